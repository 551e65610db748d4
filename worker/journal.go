package worker

import (
	"slices"
	"strconv"
	"time"
)

func itoa(n int) string { return strconv.Itoa(n) }

// journal gathers a run's timeline. Lines of finished entries are rendered once.
type journal struct {
	items   []*item
	skipped int
}

// item is an entry that may still change.
type item struct {
	Entry
	line string // rendered, once the entry is over
}

// add appends an entry and lets go of the oldest finished one when there are too many.
func (j *journal) add(e Entry) *item {
	if len(j.items) >= MaxTimelineEntries {
		if i := slices.IndexFunc(j.items, (*item).over); i >= 0 {
			j.items = slices.Delete(j.items, i, i+1)
			j.skipped++
		}
	}
	it := &item{Entry: e}
	j.items = append(j.items, it)
	return it
}

// note appends a remark.
func (j *journal) note(at time.Time, step, text string) {
	j.add(Entry{Kind: KindNote, Step: step, Started: at, Note: text})
}

// over tells whether the entry changes no more.
func (it *item) over() bool { return it.State != StateRunning && it.State != StateWaiting }

// entries copies the timeline.
func (j *journal) entries() []Entry {
	out := make([]Entry, len(j.items))
	for i, it := range j.items {
		out[i] = it.Entry
	}
	return out
}
