package jail

import (
	"context"
	"crypto/sha256"
	"runtime"
	"sync"
	"time"
)

// Options says how a pool runs its children.
type Options struct {
	Mode Mode
	// InFlight is how many calls run at once; 0: two per core.
	InFlight int
	lack     []string // locks that are to be taken for missing: for tests
}

// Pool runs functions. It is safe for concurrent use.
type Pool struct {
	opt    Options
	flight chan struct{}

	mu     sync.Mutex
	idle   []*process // the longest idle first
	closed bool
}

// NewPool makes a pool; children start when they are needed.
func NewPool(opt Options) *Pool {
	if opt.InFlight == 0 {
		opt.InFlight = 2 * runtime.GOMAXPROCS(0)
	}
	return &Pool{opt: opt, flight: make(chan struct{}, opt.InFlight)}
}

// Call runs source's Run with an input, a JSON object, and gives its result as JSON. Errors are of type *Error.
// The function is dead when ctx is done.
func (p *Pool) Call(ctx context.Context, source string, input []byte) ([]byte, error) {
	if p.opt.Mode == Off {
		return nil, failed(CodeUnavailable, "", "Go functions are switched off on this installation (%s)", Variable)
	}
	if len(input) > MaxInput {
		return nil, failed(CodeInput, "pass it less", "the input has more than %d MB", MaxInput>>20)
	}
	select {
	case p.flight <- struct{}{}:
		defer func() { <-p.flight }()
	case <-ctx.Done():
		return nil, failed(CodeTime, "", "the function waited too long for its turn")
	}
	sum := sha256.Sum256([]byte(source))
	child, err := p.take(ctx, string(sum[:]), source)
	if err != nil {
		return nil, err
	}
	a, alive, err := child.ask(ctx, input)
	child.calls++
	if !alive || a.kind == kindRetire || child.calls >= MaxCalls {
		child.kill()
	} else {
		p.put(child)
	}
	if err != nil {
		return nil, err
	}
	return a.data, nil
}

// take finds a child that waits with this function, or starts one.
func (p *Pool) take(ctx context.Context, digest, source string) (*process, error) {
	p.mu.Lock()
	for i := len(p.idle) - 1; i >= 0; i-- {
		child := p.idle[i]
		if child.digest != digest {
			continue
		}
		p.idle = append(p.idle[:i], p.idle[i+1:]...)
		child.idle.Stop()
		select {
		case <-child.ended: // someone killed it meanwhile
			continue
		default:
		}
		p.mu.Unlock()
		return child, nil
	}
	p.mu.Unlock()
	return start(ctx, digest, setup{Source: source, Mode: p.opt.Mode, Lack: p.opt.lack})
}

// put lets a child wait for its next call.
func (p *Pool) put(child *process) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		child.kill()
		return
	}
	child.idle = time.AfterFunc(IdleTime, func() { p.drop(child) })
	p.idle = append(p.idle, child)
	var oldest *process
	if len(p.idle) > MaxIdle {
		oldest = p.idle[0]
		p.idle = p.idle[1:]
		oldest.idle.Stop()
	}
	p.mu.Unlock()
	if oldest != nil {
		oldest.kill()
	}
}

// drop ends a child that has waited for too long.
func (p *Pool) drop(child *process) {
	p.mu.Lock()
	found := false
	for i, c := range p.idle {
		if c == child {
			p.idle = append(p.idle[:i], p.idle[i+1:]...)
			found = true
			break
		}
	}
	p.mu.Unlock()
	if found {
		child.kill()
	}
}

// Close ends the children that wait; those at work end with their calls.
func (p *Pool) Close() {
	p.mu.Lock()
	idle := p.idle
	p.idle, p.closed = nil, true
	p.mu.Unlock()
	for _, child := range idle {
		child.idle.Stop()
		child.kill()
	}
}
