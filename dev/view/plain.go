package view

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/weir-run/weir/worker"
)

// Plain writes one line for everything new that a frame shows. It is safe for
// concurrent use.
type Plain struct {
	mu    sync.Mutex
	out   io.Writer
	now   func() time.Time
	run   string
	shown map[string]string // identity of an entry: the state it was shown in
	ended bool
}

// NewPlain returns a view that writes to out.
func NewPlain(out io.Writer) *Plain {
	return &Plain{out: out, now: time.Now, shown: map[string]string{}}
}

// Show writes what the frame has that the ones before did not.
func (p *Plain) Show(f Frame) {
	p.mu.Lock()
	defer p.mu.Unlock()
	t := f.Timeline
	if t.RunID != p.run {
		p.run, p.shown, p.ended = t.RunID, map[string]string{}, false
		fmt.Fprintf(p.out, "run %s  version %d  run id %s\n", clean(t.WorkflowID), t.Version, t.RunID)
	}
	for i, name := range identities(t.Entries) {
		e := t.Entries[i]
		if before, ok := p.shown[name]; ok && before == e.State {
			continue
		}
		p.shown[name] = e.State
		fmt.Fprintf(p.out, "  %s %s\n", mark(e), line(e, p.now()))
		if links, ok := f.Links[e.Key]; ok && e.State == worker.StateWaiting {
			fmt.Fprintf(p.out, "      approve  %s\n      reject   %s\n", links.Approve, links.Reject)
		}
	}
	if over(t.Status) && !p.ended {
		p.ended = true
		fmt.Fprintf(p.out, "run %s  %s\n", clean(t.WorkflowID), join(t.Status, clean(t.Error)))
	}
}

// Note writes a line that belongs to no run.
func (p *Plain) Note(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	fmt.Fprintln(p.out, text)
}

// Close has nothing to give back.
func (p *Plain) Close() {}

func over(status string) bool {
	return status != "" && status != worker.StatusRunning && status != worker.StatusWaiting
}
