package flowtest

import "sync"

// inflight counts what a run has under way. Once it is over, nothing more begins.
type inflight struct {
	mu   sync.Mutex
	n    int
	over bool
	idle chan struct{}
}

// begin tells whether something may begin; then end has to be called.
func (f *inflight) begin() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.over {
		return false
	}
	f.n++
	return true
}

func (f *inflight) end() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.n--; f.over && f.n == 0 {
		close(f.idle)
	}
}

// close lets nothing begin any more and waits for what is under way.
func (f *inflight) close() {
	f.mu.Lock()
	f.over, f.idle = true, make(chan struct{})
	if f.n == 0 {
		close(f.idle)
	}
	f.mu.Unlock()
	<-f.idle
}
