package view

import (
	"fmt"

	"github.com/weir-run/weir/worker"
)

// Frame is a run at one moment.
type Frame struct {
	Timeline worker.Timeline
	// Links decide the open waits, by the wait's key.
	Links map[string]Links
}

// Links are the two links of one wait.
type Links struct{ Approve, Reject string }

// Waiting answers the open waits, oldest first.
func (f Frame) Waiting() []worker.Entry {
	var waits []worker.Entry
	for _, e := range f.Timeline.Entries {
		if e.Kind == worker.KindWait && e.State == worker.StateWaiting {
			waits = append(waits, e)
		}
	}
	return waits
}

// identities names each entry the same way in every frame of a run, though
// entries move when older ones are dropped: by what it is and, among alike ones,
// by its turn.
func identities(entries []worker.Entry) []string {
	names := make([]string, len(entries))
	turns := map[string]int{}
	for i, e := range entries {
		name := fmt.Sprintf("%s %s#%d", e.Kind, e.Step, e.Occurrence)
		if e.Kind == worker.KindDecision || e.Kind == worker.KindNote {
			name = fmt.Sprintf("%s %d %s %s %s %d", e.Kind, e.Line, e.Label, e.Answer, e.Note, e.Started.UnixNano())
		}
		turns[name]++
		names[i] = fmt.Sprintf("%s ~%d", name, turns[name])
	}
	return names
}
