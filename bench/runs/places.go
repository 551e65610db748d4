package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/weir-run/weir/activities/store/s3child"
	"github.com/weir-run/weir/dev/embedded"
)

// places are the servers' addresses.
type places struct {
	Temporal, Redis, Outside             string
	S3Endpoint, S3AccessKey, S3SecretKey string
}

// process is a child that is spoken to in lines of JSON.
type process struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

// startProcess runs this program again in a role, with its settings as the first line of input.
func startProcess(role string, settings any) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &process{cmd: exec.Command(self)}
	p.cmd.Env = append(os.Environ(), roleVariable+"="+role)
	p.cmd.Stderr = os.Stderr
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = bufio.NewReader(out)
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", role, err)
	}
	return p, p.tell(settings)
}

func (p *process) tell(v any) error { return json.NewEncoder(p.in).Encode(v) }

func (p *process) hear(into any) error {
	line, err := p.out.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("a process of the benchmark ended: %w", err)
	}
	return json.Unmarshal(line, into)
}

func (p *process) ask(question, answer any) error {
	if err := p.tell(question); err != nil {
		return err
	}
	return p.hear(answer)
}

// stop ends the process in peace, kill at once.
func (p *process) stop() {
	_ = p.in.Close()
	_ = p.cmd.Wait()
}

func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

func startServers(dir, outside string) (*process, places, error) {
	p, err := startProcess("servers", dir)
	if err != nil {
		return nil, places{}, err
	}
	at := places{}
	if err := p.hear(&at); err != nil {
		return nil, at, err
	}
	at.Outside = outside
	return p, at, nil
}

// serveAll is the role "servers": it says where they are and serves until its input ends.
func serveAll() error {
	in := bufio.NewReader(os.Stdin)
	var dir string
	if err := json.NewDecoder(in).Decode(&dir); err != nil {
		return err
	}
	finish, err := profile("servers")
	if err != nil {
		return err
	}
	defer finish()
	ports, err := freePorts(7)
	if err != nil {
		return err
	}
	temporal, err := embedded.StartTemporal(embedded.TemporalOptions{
		File: filepath.Join(dir, "temporal.db"), LogFile: filepath.Join(dir, "temporal.log"),
		Frontend: ports[0], UI: ports[1], HTTP: ports[2], History: ports[3], Matching: ports[4], Worker: ports[5],
	})
	if err != nil {
		return err
	}
	redis, err := embedded.StartRedis(embedded.RedisOptions{Address: fmt.Sprintf("%s:%d", embedded.Loopback, ports[6])})
	if err != nil {
		return err
	}
	s3, err := s3child.Start(s3child.Options{Dir: filepath.Join(dir, "s3")})
	if err != nil {
		return err
	}
	if err := json.NewEncoder(os.Stdout).Encode(places{
		Temporal: temporal.Address, Redis: redis.URL,
		S3Endpoint: s3.Endpoint, S3AccessKey: s3.AccessKey, S3SecretKey: s3.SecretKey,
	}); err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, in)
	s3.Stop()
	return temporal.Stop()
}

func freePorts(n int) ([]int, error) {
	ports := make([]int, n)
	for i := range ports {
		l, err := net.Listen("tcp", embedded.Loopback+":0")
		if err != nil {
			return nil, err
		}
		defer l.Close()
		ports[i] = l.Addr().(*net.TCPAddr).Port
	}
	return ports, nil
}
