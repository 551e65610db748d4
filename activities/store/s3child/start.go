// Package s3child runs a real S3 server (versitygw over a folder) in a child of the present program, for
// dev mode and for tests. The server changes its process's working directory and keeps state in
// package variables: that is why it gets a process of its own, made by running the same binary again.
//
// A program that starts one calls Main first thing in its main (or TestMain). The child ends with its
// parent, even a killed one: it serves only as long as its standard input stays open.
package s3child

import (
	"bufio"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// childVariable tells a process that it is the child.
const childVariable = "WEIR_S3_CHILD"

// Region is the region that the server signs for.
const Region = "us-east-1"

// StartTimeout and StopTimeout bound the two.
const (
	StartTimeout = 30 * time.Second
	StopTimeout  = 5 * time.Second
)

// readyMark precedes the address in the child's first line of output.
const readyMark = "weir-s3-ready "

// Options says where the server keeps its objects and where it listens.
type Options struct {
	Dir       string // made if missing
	Address   string // "127.0.0.1:9000"; empty: a free port on 127.0.0.1
	AccessKey string // empty: random ones
	SecretKey string
}

// Server is a running child.
type Server struct {
	Endpoint  string // host:port, plain HTTP
	AccessKey string
	SecretKey string

	cmd   *exec.Cmd
	input io.Closer
	ended chan struct{}
	once  sync.Once
}

// Start runs the child and returns when it answers.
func Start(opt Options) (*Server, error) {
	if err := os.MkdirAll(opt.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("start S3 server: %w", err)
	}
	if opt.AccessKey == "" {
		opt.AccessKey, opt.SecretKey = "weir", rand.Text()
	}
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("start S3 server: %w", err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childVariable+"=1")
	detach(cmd)
	var log tail
	cmd.Stderr = &log
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start S3 server: %w", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start S3 server: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start S3 server: %w", err)
	}
	s := &Server{AccessKey: opt.AccessKey, SecretKey: opt.SecretKey, cmd: cmd, input: in, ended: make(chan struct{})}
	ready := make(chan string, 1)
	go s.watch(out, ready)
	if err := json.NewEncoder(in).Encode(opt); err != nil {
		return nil, errors.Join(fmt.Errorf("start S3 server: %w: %s", err, log.String()), s.Stop())
	}
	timeout := time.NewTimer(StartTimeout)
	defer timeout.Stop()
	select {
	case s.Endpoint = <-ready:
		return s, nil
	case <-s.ended:
		return nil, fmt.Errorf("start S3 server: it ended: %s", log.String())
	case <-timeout.C:
		return nil, errors.Join(fmt.Errorf("start S3 server: no answer within %s: %s", StartTimeout, log.String()), s.Stop())
	}
}

// Ended is closed when the child has ended, asked to or not.
func (s *Server) Ended() <-chan struct{} { return s.ended }

// Stop ends the child and waits for it.
func (s *Server) Stop() error {
	var err error
	s.once.Do(func() {
		_ = s.input.Close() // tells the child to end; a failure means that it has
		timeout := time.NewTimer(StopTimeout)
		defer timeout.Stop()
		select {
		case <-s.ended:
		case <-timeout.C:
			if err = s.cmd.Process.Kill(); err == nil {
				<-s.ended
			}
		}
	})
	if err != nil {
		return fmt.Errorf("stop S3 server: %w", err)
	}
	return nil
}

// watch reads the child's output to its end and then collects the child.
func (s *Server) watch(out io.Reader, ready chan<- string) {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if address, ok := strings.CutPrefix(lines.Text(), readyMark); ok {
			ready <- address
			break
		}
	}
	_, _ = io.Copy(io.Discard, out)
	_ = s.cmd.Wait() // why it ended is in its log
	close(s.ended)
}

// tail keeps the last bytes written to it.
type tail struct {
	mu   sync.Mutex
	text []byte
}

const tailBytes = 4 << 10

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, p...)
	if over := len(t.text) - tailBytes; over > 0 {
		t.text = append(t.text[:0], t.text[over:]...)
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(string(t.text))
}
