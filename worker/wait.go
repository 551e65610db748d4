package worker

import (
	"strings"
	"time"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// DefaultWait is how long a wait without a :timeout lasts.
const DefaultWait = 24 * time.Hour

// maxWaitKey is the longest key: it is a signal's name.
const maxWaitKey = 512

// commonOptions are those of a step that is no activity.
var commonOptions = map[string]option{
	"title": options["title"], "on-error": options["on-error"], "expect": options["expect"],
}

// waitConfig is the config of a :wait step.
type waitConfig struct {
	key          string
	timeout      time.Duration
	goesOn       bool // :on-timeout :continue
	defaultValue value.Value
	notify       value.Value
	required     []string
	roles        []string
}

// readWait reads the config of a wait.
func readWait(s *step) (waitConfig, *failure) {
	m, _ := s.opt.Config.AsMap()
	c := waitConfig{timeout: DefaultWait, defaultValue: m.GetKw("default-value"), notify: m.GetKw("notify")}
	var onTimeout string
	for _, read := range []struct {
		name string
		into func(v value.Value) error
	}{
		{"key", func(v value.Value) (err error) { c.key, err = textOf(v); return err }},
		{"timeout", func(v value.Value) (err error) { c.timeout, err = definition.ParseDuration(v); return err }},
		{"on-timeout", func(v value.Value) error { return oneOf(&onTimeout, v, "fail", "continue") }},
		{"validation", func(v value.Value) (err error) { c.required, err = readRequired(v); return err }},
		{"roles", func(v value.Value) (err error) { c.roles, err = fieldNames(v); return err }},
	} {
		if v := m.GetKw(read.name); !v.IsNil() {
			if err := read.into(v); err != nil {
				return c, failed(codeInvalidConfig, ":%s %s", read.name, err)
			}
		}
	}
	c.goesOn = onTimeout == "continue"
	switch {
	case c.key == "" || len(c.key) > maxWaitKey || strings.HasPrefix(c.key, "__"):
		return c, failed(codeInvalidConfig, ":key must have 1 to %d bytes and not begin with __, not %s", maxWaitKey, describe(m.GetKw("key")))
	case c.timeout < millisecond || c.timeout > definition.MaxWait:
		return c, failed(codeInvalidConfig, ":timeout of a wait must be between 1 ms and 30 days, not %v", c.timeout)
	}
	return c, nil
}

// wait holds the run until a decision for its key comes, or its deadline.
func (h *host) wait(th *value.Thread, s *step) (value.Value, *failure) {
	c, f := readWait(s)
	if f != nil {
		return value.Nil, f
	}
	w := h.register(s, c)
	if !h.run.fetch(w) {
		h.await(th, s, c, w)
	}
	switch {
	case w.state == StateDecided:
		return w.decision.result(), nil
	case c.goesOn:
		return c.defaultValue, nil
	}
	return value.Nil, &failure{
		Code: codeWaitTimeout, Attempts: 1, Message: "no decision for " + c.key + " came within " + c.timeout.String(),
		Data: value.NewMap(value.Kw("key"), value.String(c.key)),
	}
}

// register makes the wait known to the queries and to what decides it.
func (h *host) register(s *step, c waitConfig) *wait {
	now := h.run.now()
	w := &wait{item: s.item, Wait: Wait{
		Key: c.key, Step: s.id, StepN: s.n, Title: s.opt.Title, Since: now, Deadline: now.Add(h.run.scaled(c.timeout)),
		Required: c.required, Roles: c.roles,
	}}
	h.run.receive()
	h.run.book.register(w)
	e := &s.item.Entry
	e.Kind, e.Type, e.State = KindWait, "", StateWaiting
	e.Key, e.KeyN, e.Deadline = w.Key, w.Occurrence, w.Deadline
	return w
}

// await races the decision with the deadline: one timer, and the first to come ends the wait. The wait is registered
// before its notification leaves, and goes on when that fails.
func (h *host) await(th *value.Thread, s *step, c waitConfig, w *wait) {
	ctx, release := workflow.WithCancel(h.ctx)
	line := *h
	line.ctx = ctx
	h.run.showWaits()
	// The Web UI offers the signals that a run has asked for.
	workflow.GetSignalChannelWithOptions(ctx, w.Key, workflow.SignalChannelOptions{Description: "ends the wait " + s.name()})
	w.timer = line.timer(c.timeout, w.Key)
	notice := line.announce(s, c, w)
	for w.state == StateWaiting && !w.timer.IsReady() {
		h.run.publish()
		err := workflow.Await(h.ctx, func() bool {
			return len(h.run.in.inbox) > 0 || w.state != StateWaiting || w.timer.IsReady() || notice.ready()
		})
		if err != nil || h.ctx.Err() != nil { // a cancelled timer is ready, too
			h.run.book.end(w, StateCancelled)
			s.item.finish(h.run.now(), StateCancelled)
			panic(cancelled())
		}
		h.run.receive()
		notice = notice.settle(h.ctx, h.run.now())
	}
	if w.state == StateWaiting {
		h.run.book.end(w, StateTimedOut)
	}
	if c.goesOn {
		s.item.finish(h.run.now(), StateTimedOut)
	}
	release()
	notice.drop(h.run.now())
	h.run.showWaits()
	th.Refill()
}

// notice is the notification of a wait, on its way. A nil notice is none.
type notice struct {
	future workflow.Future
	step   *step
	host   *host
	policy placing
}

// announce sends a wait's notification: a notify activity that makes the signed links itself.
func (h *host) announce(s *step, c waitConfig, w *wait) *notice {
	if c.notify.IsNil() {
		return nil
	}
	n := &notice{host: h, step: &step{typ: "notify", id: s.id + "/notify", n: s.n}}
	n.step.item = h.run.journal.add(Entry{
		Kind: KindStep, Step: n.step.id, Type: "notify", Occurrence: s.n, State: StateRunning, Started: h.run.now(),
	})
	var err error
	if n.step.opt, err = splitOptions(c.notify, options); err != nil {
		n.fail(failed(codeInvalidConfig, ":notify %s", err))
		return nil
	}
	if kind := impureKind(n.step.opt.Config); kind != "" {
		n.fail(failed(codeInvalidConfig, "a %s can't be passed to a step", kind))
		return nil
	}
	n.step.item.Title = n.step.opt.Title
	n.policy = h.place(n.step)
	call := h.call(n.step)
	call.Input = &wire.V{Value: h.run.input}
	call.Wait = waitRef(w)
	call.Strict = true // its failure is noted; an answer of {:sent? false} would have to be read
	var f *failure
	if n.future, f = h.dispatch(n.step, n.policy, n.step.name(), call); f != nil {
		n.fail(f)
		return nil
	}
	return n
}

func (n *notice) ready() bool { return n != nil && n.future.IsReady() }

// settle notes how the notification went, once it is over, and then returns nil.
func (n *notice) settle(ctx workflow.Context, now time.Time) *notice {
	if !n.ready() {
		return n
	}
	var raw converter.RawValue
	if err := n.future.Get(ctx, &raw); err != nil {
		n.fail(stepFailure(err, n.policy.policy))
		return nil
	}
	if _, f := n.host.result(n.step, raw); f != nil {
		n.fail(f)
	}
	n.step.item.finish(now, StateDone)
	return nil
}

// fail notes that nobody was notified; the wait goes on.
func (n *notice) fail(f *failure) {
	it := n.step.item
	it.Error, it.Code, it.Attempts = oneLine(f.Message), f.Code, max(it.Attempts, f.Attempts)
	it.finish(n.host.run.now(), StateFailed)
}

// drop gives up a notification whose wait is over.
func (n *notice) drop(now time.Time) {
	if n != nil {
		n.step.item.finish(now, StateCancelled)
	}
}

// waitRef is what the notification's links are made of.
func waitRef(w *wait) *activities.WaitRef {
	return &activities.WaitRef{Key: w.Key, N: w.Occurrence, Expires: w.Deadline}
}
