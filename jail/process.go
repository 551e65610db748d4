package jail

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// process is a child as its parent sees it.
type process struct {
	digest  string
	cmd     *exec.Cmd
	in      io.WriteCloser
	answers chan answer   // one for each call, and then closed
	ended   chan struct{} // the child is gone and collected
	log     head
	calls   int
	idle    *time.Timer
}

type answer struct {
	kind byte
	data []byte
}

// start runs a child and loads the function in it.
func start(ctx context.Context, digest string, with setup) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, failed(CodeLost, "", "start a Go function: %v", err)
	}
	p := &process{digest: digest, answers: make(chan answer), ended: make(chan struct{})}
	p.cmd = &exec.Cmd{Path: self, Args: []string{childName}, Env: []string{}, Dir: "/", Stderr: &p.log, SysProcAttr: attributes()}
	var out io.ReadCloser
	if p.in, err = p.cmd.StdinPipe(); err == nil {
		if out, err = p.cmd.StdoutPipe(); err == nil {
			err = p.cmd.Start()
		}
	}
	if err != nil {
		return nil, failed(CodeLost, "", "start a Go function: %v", err)
	}
	go p.listen(out)
	data, _ := json.Marshal(with)
	ctx, cancel := context.WithTimeout(ctx, StartTimeout)
	defer cancel()
	if _, _, err := p.ask(ctx, data); err != nil {
		p.kill()
		return nil, err
	}
	return p, nil
}

// listen reads answers until the child ends, and collects it.
func (p *process) listen(out io.Reader) {
	for {
		kind, data, err := readFrame(out, MaxOutput+maxMessage)
		if err != nil {
			break
		}
		p.answers <- answer{kind, data}
	}
	_ = p.cmd.Process.Kill() // it may have closed its output, or said what no child says
	_ = p.cmd.Wait()
	close(p.answers)
	close(p.ended)
}

// ask sends one frame and waits for its answer. After an error that isn't the function's own the child is good for nothing.
func (p *process) ask(ctx context.Context, data []byte) (answer, bool, error) {
	sent := make(chan struct{})
	go func() { // a child that is busy dying doesn't read
		_ = writeFrame(p.in, 0, data)
		close(sent)
	}()
	select {
	case a, ok := <-p.answers:
		if !ok {
			return a, false, p.death()
		}
		if a.kind == kindError {
			var e Error
			if json.Unmarshal(a.data, &e) != nil {
				return a, false, failed(CodeLost, "", "the function's process answered nonsense")
			}
			return a, true, &e
		}
		return a, true, nil
	case <-ctx.Done():
		return answer{}, false, failed(CodeTime, "give it less to do at a time, or a longer :timeout", "the function took too long")
	}
}

// death tells why a child ended, by its last words.
func (p *process) death() *Error {
	words := p.log.String()
	switch {
	case strings.Contains(words, "stack overflow") || strings.Contains(words, "stack exceeds"):
		return failed(CodeStack, "recur less deep, or loop", "the function recurred too deep: its stack has more than %d MB", MaxStack>>20)
	case strings.Contains(words, "out of memory") || strings.Contains(words, "cannot allocate") || strings.Contains(words, "failed to allocate") || strings.Contains(words, "newosproc"):
		return failed(CodeMemory, "work on less at a time", "the function took more than %d MB of memory", MaxMemory>>20)
	}
	first, _, _ := strings.Cut(words, "\n")
	if strings.HasPrefix(first, "fatal error: ") || strings.HasPrefix(first, "panic: ") {
		return failed(CodePanic, "", "%s", first)
	}
	return failed(CodeLost, "", "the function's process ended: %v", p.cmd.ProcessState)
}

// kill ends the child now and waits until it is collected.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.in.Close()
	for range p.answers { // lets listen come to its end
	}
	<-p.ended
}

// head keeps the first bytes written to it: a runtime says first why it dies.
type head struct {
	mu   sync.Mutex
	text []byte
}

const headBytes = 4 << 10

func (h *head) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.text = append(h.text, p[:min(len(p), headBytes-len(h.text))]...)
	return len(p), nil
}

func (h *head) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return string(h.text)
}
