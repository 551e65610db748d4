package worker

import (
	"cmp"
	"errors"

	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

const (
	// DefaultContinueAfter is after how many events of its history a run is continued as new at the next step, if nothing
	// is under way then. Temporal suggests it at about the same length. It never changes: replays depend on it.
	DefaultContinueAfter = 4_000
	// patience is how many times as long a history may grow before lines wait at their next step for what is under way.
	patience = 2
)

// lines counts the lines of evaluation, while the run catches up with its memo, to find out when none can go on.
type lines struct {
	active  int
	waiting []*func() bool // what the others wait for
}

// recover takes up what the run carried when it was continued as new.
func (r *run) recover(args arguments) error {
	c := args.more.Carried
	if c == nil {
		r.ready = true
		return nil
	}
	if err := r.memo.open(args.segments); err != nil {
		return err
	}
	r.ready = !r.memo.behind()
	r.clock, r.began, r.seed, r.notices, r.seats = c.Began, c.Began, c.Seed, c.Notices, c.Seats
	for _, k := range c.Kept {
		o := offer{By: k.By, ID: k.ID, Occurrence: k.Occurrence, Approver: k.Approver, At: k.At}
		if k.Value != nil {
			o.Value = k.Value.Value
		}
		r.book.keep(k.Key, o)
	}
	for _, id := range c.Taken {
		r.book.take(offer{ID: id})
	}
	return nil
}

// continueAsNew ends this execution and begins the next one of the run. Whatever has come is in the book or the memo then.
func (r *run) continueAsNew() error {
	segments, err := r.memo.seal()
	if err != nil {
		return err
	}
	c := &carried{
		Plan: r.plan.Plan, Started: r.started, Began: r.began, Seed: r.seed, Notices: map[string]Entry{}, Seats: map[string][]seat{}, Segments: len(segments),
	}
	for _, w := range r.book.open { // they came before what is kept
		for _, o := range w.votes {
			o.Occurrence = w.Occurrence
			c.keep(w.Key, o)
		}
		if len(w.seats) > 0 {
			c.Seats[stepKey(w.StepN, w.Step)] = w.seats
		}
	}
	for _, key := range workflow.DeterministicKeys(r.book.kept) {
		for _, o := range r.book.kept[key] {
			c.keep(key, o)
		}
	}
	c.Taken = workflow.DeterministicKeys(r.book.taken)
	for _, name := range workflow.DeterministicKeys(r.open) {
		c.Notices[name] = *r.open[name].entry()
	}
	more := r.arguments.more
	more.Carried = c
	args := []any{r.arguments.input.raw, more}
	for _, s := range segments {
		args = append(args, s)
	}
	return workflow.NewContinueAsNewError(r.ctx, r.slug(), args...)
}

// keep takes an offer along.
func (c *carried) keep(key string, o offer) {
	k := keptOffer{Key: key, By: o.By, ID: o.ID, Occurrence: o.Occurrence, Approver: o.Approver, At: o.At}
	if !o.Value.IsNil() {
		k.Value = &wire.V{Value: o.Value}
	}
	c.Kept = append(c.Kept, k)
}

func isContinued(err error) bool {
	var e *interpreter.Error
	return errors.As(err, &e) && e.Limit && e.Code == codeContinued
}

// record adds to the memo what a line goes on with.
func (r *run) record(e resumption) {
	r.clock = workflow.Now(r.ctx)
	e.At = r.clock.UnixNano()
	r.memo.fresh = append(r.memo.fresh, e)
}

// recall gives what the memo has of name when it is its turn; nil, once the run has caught up, if it has nothing: then
// the line asks for it now.
func (h *host) recall(th *value.Thread, name string) *resumption {
	past, stopped := h.retake(name)
	if stopped {
		panic(cancelled())
	}
	if past != nil {
		th.Refill()
	}
	return past
}

// retake is recall that tells whether the run was cancelled meanwhile.
func (h *host) retake(name string) (past *resumption, stopped bool) {
	r := h.run
	m := &r.memo
	if !m.behind() {
		return nil, false
	}
	i, known := m.index[name]
	if !known || i < m.turn {
		return nil, h.hold(func() bool { return !m.behind() })
	}
	if h.hold(func() bool { return m.turn == i }) {
		return nil, true
	}
	m.turn++
	r.clock = m.past[i].at()
	r.ready = !m.behind()
	return &m.past[i], false
}

// goOn notes that this line goes on now, by itself: it begins, or what other lines did lets it. Where lines cross, the order of
// all these moments decides what each of them sees. Runs that began before this was noted go on without.
func (h *host) goOn(why string, ready func() bool) (stopped bool) {
	if h.run.plan.Turns == 0 {
		return h.hold(ready)
	}
	name := "line/" + h.path + "/" + why + "/" + itoa(h.next(why))
	past, stopped := h.retake(name)
	switch {
	case past == nil && !stopped:
		if stopped = h.hold(ready); !stopped {
			h.run.record(resumption{Of: name})
		}
	case past != nil && !ready():
		divergence("it isn't the turn of %s", name)
	}
	return stopped
}

// begun says that a line which another one has started begins.
func (h *host) begun() {
	h.goOn("begin", func() bool { return true }) // one that was stopped hears of it at its next step
}

// awaitLines holds this line until other lines have brought ready about.
func (h *host) awaitLines(ready func() bool) {
	if h.goOn("await", ready) {
		panic(cancelled())
	}
}

// over tells whether this line was stopped. One that still repeats what it did before it was continued isn't, yet: what it did
// may have to be undone.
func (h *host) over() bool { return h.ctx.Err() != nil && !h.run.memo.behind() }

// hold blocks this line until ready, which other lines bring about, and tells whether it was stopped instead.
func (h *host) hold(ready func() bool) (stopped bool) {
	if ready() {
		return false
	}
	l := &h.run.lines
	l.waiting = append(l.waiting, &ready)
	h.run.leave()
	ctx, _ := workflow.NewDisconnectedContext(h.ctx)
	err := workflow.Await(ctx, func() bool { return ready() || h.mayPart() || h.over() })
	l.active++
	for i, w := range l.waiting {
		if w == &ready {
			l.waiting = append(l.waiting[:i], l.waiting[i+1:]...)
			break
		}
	}
	if err == nil && !ready() && !h.over() {
		panic(continued())
	}
	return err != nil || !ready()
}

// leave ends or suspends a line. While the run catches up there has to be one that can go on.
func (r *run) leave() {
	l := &r.lines
	if l.active--; l.active > 0 || !r.memo.behind() {
		return
	}
	for _, ready := range l.waiting {
		if (*ready)() {
			return
		}
	}
	divergence("nothing asks for %s", r.memo.past[r.memo.turn].Of)
}

// partIfLong ends this execution of a run whose history has grown long, to go on in a new one.
func (h *host) partIfLong() {
	r := h.run
	if r.memo.behind() || r.ctx.Err() != nil || len(r.memo.fresh) == 0 {
		return
	}
	length, after := r.length(), r.continueAfter()
	if !r.parting && length < after && !r.info.GetContinueAsNewSuggested() {
		return
	}
	if !r.parting && r.inflight > 0 && length < patience*after {
		return
	}
	r.parting = true
	for {
		r.receive()
		if h.mayPart() {
			panic(continued())
		}
		if err := workflow.Await(h.ctx, func() bool { return len(r.in.inbox) > 0 || h.mayPart() }); err != nil {
			panic(cancelled())
		}
	}
}

// length is how many events the history has, or will have once what this task did is written.
func (r *run) length() int { return max(r.info.GetCurrentHistoryLength(), len(r.memo.fresh)) }

func (r *run) continueAfter() int { return cmp.Or(r.plan.ContinueAfter, DefaultContinueAfter) }

// mayPart tells the body's own line that it may give way: nothing is under way, and nothing came that isn't in the book.
// Branches are given up with it.
func (h *host) mayPart() bool {
	r := h.run
	return r.parting && h.path == "" && r.inflight == 0 && r.book.unread == 0 && len(r.in.inbox) == 0 && workflow.AllHandlersFinished(r.ctx)
}
