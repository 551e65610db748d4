package worker

import (
	"slices"
	"time"

	"github.com/weir-run/weir/interpreter/value"
)

// What became of a decision that was sent to a run.
const (
	OutcomeDecided        = "decided"         // it ended the wait
	OutcomeAlreadyDecided = "already-decided" // another one had ended it
	OutcomeOver           = "over"            // the wait timed out, or its run ended
	OutcomeUnknown        = "unknown"         // there is no such run
	OutcomeKept           = "kept"            // the run has not reached the wait, or no worker is up
	OutcomeCounted        = "counted"         // it is one of several that the wait takes, which goes on
	OutcomeAlreadyCounted = "already-counted" // this approver has decided before; the wait goes on
	OutcomeReassigned     = "reassigned"      // this approver isn't asked any more
)

// maxClosedWaits is how many ended waits a run remembers to tell late decisions about.
const maxClosedWaits = 1_000

// offer is a decision on its way to a wait.
type offer struct {
	Value      value.Value
	By         string
	ID         string // the same for all deliveries of one decision; may be ""
	Occurrence int    // of the key, the only one it may decide; 0: the one that is open, or comes next
	Approver   string // whose it is, where the wait has approvers; "" is an operator's, which ends it
	At         time.Time
}

// wait is one registered wait.
type wait struct {
	Wait
	item     *item
	state    string // StateWaiting, StateDecided, StateTimedOut or StateCancelled
	decision offer
	timer    interface{ IsReady() bool } // of the deadline; nil before it runs
	seats    []seat                      // of its approvers
	votes    []offer                     // theirs
	reminded int                         // reminders that were sent
}

// waitBook knows the waits of a run: those that are open, what came before they did, and how they ended.
type waitBook struct {
	open   []*wait
	closed []*wait // oldest first
	count  map[string]int
	kept   map[string][]offer
	taken  map[string]bool // ids of offers that were kept or decided something
	unread int             // decided waits whose lines have yet to go on
}

// register opens a wait; its occurrence is the next of its key.
func (b *waitBook) register(w *wait) {
	if b.count == nil {
		b.count = map[string]int{}
	}
	b.count[w.Key]++
	w.Occurrence = b.count[w.Key]
	w.state = StateWaiting
	b.open = append(b.open, w)
}

// end closes an open wait.
func (b *waitBook) end(w *wait, state string) {
	w.state = state
	b.open = slices.DeleteFunc(b.open, func(o *wait) bool { return o == w })
	if len(b.closed) == maxClosedWaits {
		b.closed = slices.Delete(b.closed, 0, 1)
	}
	b.closed = append(b.closed, w)
}

// decide ends w by o.
func (b *waitBook) decide(w *wait, o offer) {
	w.decision = o
	b.take(o)
	b.unread++
	b.end(w, StateDecided)
}

// keep holds o for a wait that the run has yet to reach.
func (b *waitBook) keep(key string, o offer) {
	if b.kept == nil {
		b.kept = map[string][]offer{}
	}
	b.take(o)
	b.kept[key] = append(b.kept[key], o)
}

func (b *waitBook) take(o offer) {
	if o.ID == "" {
		return
	}
	if b.taken == nil { // of a run that is continued, its ids come first
		b.taken = map[string]bool{}
	}
	b.taken[o.ID] = true
}

// repeated tells whether this very decision has arrived before, by another way.
func (b *waitBook) repeated(o offer) bool { return o.ID != "" && b.taken[o.ID] }

// fetch hands out the oldest kept decision for w.
func (b *waitBook) fetch(w *wait) (offer, bool) {
	list := b.kept[w.Key]
	for i, o := range list {
		if o.Occurrence == 0 || o.Occurrence == w.Occurrence {
			b.kept[w.Key] = slices.Delete(list, i, i+1)
			return o, true
		}
	}
	return offer{}, false
}

// find says which open wait a decision for key may end, or which ended one answers for it; nil, nil when the run
// has yet to reach it. Occurrence 0 means the oldest open one, or else the newest of that key.
func (b *waitBook) find(key string, occurrence int) (open, ended *wait) {
	for _, w := range b.open {
		if w.Key == key && (occurrence == 0 || occurrence == w.Occurrence) {
			return w, nil
		}
	}
	for _, w := range slices.Backward(b.closed) {
		if w.Key == key && (occurrence == 0 || occurrence == w.Occurrence) {
			return nil, w
		}
	}
	if occurrence > 0 && occurrence <= b.count[key] { // ended long ago
		return nil, &wait{Wait: Wait{Key: key, Occurrence: occurrence}, state: StateTimedOut}
	}
	return nil, nil
}

// keys lists the keys of the open waits, each once.
func (b *waitBook) keys() []string {
	var out []string
	for _, w := range b.open {
		if !slices.Contains(out, w.Key) {
			out = append(out, w.Key)
		}
	}
	return out
}

// list copies the open waits.
func (b *waitBook) list() []Wait {
	out := make([]Wait, len(b.open))
	for i, w := range b.open {
		out[i] = w.shown()
	}
	return out
}
