package worker

import (
	"strings"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// Step ids of what a wait sends: the wait's own, one of these, and, where there are several, "-" and a number.
const (
	notifySuffix = "/notify"
	remindSuffix = "/remind"
)

// NoticeOf tells whether a step is a notification or a reminder of a wait, and of which.
func NoticeOf(step string) (wait string, ok bool) {
	for _, suffix := range [...]string{notifySuffix, remindSuffix} {
		if i := strings.LastIndex(step, suffix); i > 0 && strings.Trim(step[i+len(suffix):], "-0123456789") == "" {
			return step[:i], true
		}
	}
	return "", false
}

// announcements is what a wait sends: its notification, and its reminders in time; to each of its approvers where it has some.
type announcements struct {
	host   *host // whose context ends with the wait
	step   *step
	config waitConfig
	wait   *wait
	list   []*notice
	asked  int             // seats that have got the notification
	next   workflow.Future // the timer of the next reminder; nil before it is set
}

// announcements begins what a wait sends. What it sent before the run was continued isn't sent again.
func (h *host) announcements(s *step, c waitConfig, w *wait) *announcements {
	a := &announcements{host: h, step: s, config: c, wait: w}
	if len(w.seats) == 0 {
		a.add(s.id+notifySuffix, c.notify, "", 0)
	}
	return a
}

// send sends what is due, and sets the timer of the next reminder.
func (a *announcements) send() {
	for ; a.asked < len(a.wait.seats); a.asked++ {
		if s := a.wait.seats[a.asked]; !s.Left || a.known(a.seatID(notifySuffix, a.asked)) {
			a.add(a.seatID(notifySuffix, a.asked), a.config.notify, s.Approver, 0)
		}
	}
	for len(a.wait.Reminders) > 0 {
		if a.next == nil {
			a.next = a.host.timerUntil(a.wait.Reminders[0], a.wait.Key+" reminder "+itoa(a.wait.reminded+1))
		}
		if !a.next.IsReady() {
			return
		}
		a.next = nil
		a.remind(a.config.reminders[a.wait.reminded].notify)
	}
}

// remind sends the next reminder: to those of the approvers who have yet to decide.
func (a *announcements) remind(notify value.Value) {
	w := a.wait
	w.reminded++
	w.Reminders = w.Reminders[1:]
	suffix := remindSuffix + "-" + itoa(w.reminded)
	if len(w.seats) == 0 {
		a.add(a.step.id+suffix, notify, "", w.reminded)
	}
	for i, s := range w.seats {
		id := a.seatID(suffix, i)
		if a.known(id) || !s.Left && s.Reminded < w.reminded && w.vote(s.Approver) == nil {
			a.add(id, notify, s.Approver, w.reminded)
		}
	}
}

func (a *announcements) seatID(suffix string, i int) string {
	return a.step.id + suffix + "-" + itoa(i+1)
}

// known tells whether a notification was sent before the run was continued.
func (a *announcements) known(id string) bool {
	_, ok := a.host.run.notices[stepName(id, a.step.n)]
	return ok
}

func (a *announcements) add(id string, notify value.Value, approver string, reminder int) {
	if notify.IsNil() {
		return
	}
	ref := &activities.WaitRef{Key: a.wait.Key, N: a.wait.Occurrence, Expires: a.wait.Deadline, Approver: approver, Reminder: reminder}
	a.list = append(a.list, a.host.announce(&step{typ: "notify", id: id, n: a.step.n}, notify, ref))
}

// ready tells whether a notification is over, an approver has yet to get one, or a reminder is due.
func (a *announcements) ready() bool {
	if a.asked < len(a.wait.seats) || a.next != nil && a.next.IsReady() {
		return true
	}
	for _, n := range a.list {
		if n.ready() {
			return true
		}
	}
	return false
}

func (a *announcements) settle(ctx workflow.Context) {
	for _, n := range a.list {
		n.settle(ctx)
	}
}

func (a *announcements) drop() {
	for _, n := range a.list {
		n.drop()
	}
}

// entries is what the timeline says of them.
func (a *announcements) entries() []Entry {
	var out []Entry
	for _, n := range a.list {
		out = append(out, *n.entry())
	}
	return out
}

// notice is one notification of a wait.
type notice struct {
	future workflow.Future // nil once it is over
	step   *step
	host   *host
	policy placing
}

// announce sends a notification of a wait: a notify activity that makes the signed links itself.
func (h *host) announce(s *step, notify value.Value, ref *activities.WaitRef) *notice {
	n := &notice{host: h, step: s}
	h.run.open[s.name()] = n
	if past, ok := h.run.notices[s.name()]; ok {
		s.item = h.run.journal.add(past)
		return n
	}
	s.item = h.run.journal.add(Entry{Kind: KindStep, Step: s.id, Type: "notify", Occurrence: s.n, State: StateRunning, Started: workflow.Now(h.ctx)})
	var err error
	if n.step.opt, err = splitOptions(notify, options); err != nil {
		return n.fail(failed(codeInvalidConfig, ":notify %s", err))
	}
	if kind := impureKind(n.step.opt.Config); kind != "" {
		return n.fail(failed(codeInvalidConfig, "a %s can't be passed to a step", kind))
	}
	n.step.item.Title = n.step.opt.Title
	n.policy = h.place(n.step)
	call := h.call(n.step)
	call.Input = &wire.V{Value: h.run.input}
	call.Wait = ref
	call.Strict = true // its failure is noted; an answer of {:sent? false} would have to be read
	var f *failure
	if n.future, f = h.dispatch(n.step, n.policy, n.step.name(), call); f != nil {
		return n.fail(f)
	}
	h.run.inflight++
	return n
}

// ready tells whether the notification is over and nobody has looked how it went.
func (n *notice) ready() bool { return n.future != nil && n.future.IsReady() }

// settle notes how the notification went, once it is over.
func (n *notice) settle(ctx workflow.Context) {
	if !n.ready() {
		return
	}
	n.host.run.inflight--
	var raw converter.RawValue
	err := n.future.Get(ctx, &raw)
	n.future = nil
	if err != nil {
		n.fail(stepFailure(err, n.policy.policy))
		return
	}
	if _, f := n.host.result(n.step, raw); f != nil {
		n.fail(f)
	}
	n.step.item.finish(workflow.Now(ctx), StateDone)
}

// fail notes that nobody was notified; the wait goes on.
func (n *notice) fail(f *failure) *notice {
	it := n.step.item
	it.Error, it.Code, it.Attempts = oneLine(f.Message), f.Code, max(it.Attempts, f.Attempts)
	it.finish(workflow.Now(n.host.ctx), StateFailed)
	return n
}

// drop gives up a notification whose wait is over.
func (n *notice) drop() {
	if n.future != nil {
		n.future = nil
		n.host.run.inflight--
	}
	n.step.item.finish(workflow.Now(n.host.ctx), StateCancelled)
	delete(n.host.run.open, n.step.name())
}

// entry is what the timeline says of the notification.
func (n *notice) entry() *Entry {
	e := n.step.item.Entry
	return &e
}
