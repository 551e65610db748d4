package worker

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
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
	approvers    []string
	quorum       int
	reminders    []reminder
}

// reminder is a notification that is sent while the wait goes on.
type reminder struct {
	after  time.Duration
	notify value.Value
}

// readWait reads the config of a wait. Runs that began when waits had no approvers and reminders go on without.
func readWait(s *step, approvers bool) (waitConfig, *failure) {
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
	if !approvers {
		return c, nil
	}
	if f := c.readApprovers(m); f != nil {
		return c, f
	}
	return c, c.readReminders(m.GetKw("remind"))
}

// readReminders reads :remind. They are sent in the order in which they are due.
func (c *waitConfig) readReminders(list value.Value) *failure {
	if list.IsNil() {
		return nil
	}
	switch list.Kind() {
	case value.KindVector, value.KindList, value.KindSeq:
	default:
		return failed(codeInvalidConfig, `:remind must be a vector like [{:after "1h"}], not %s`, describe(list))
	}
	var f *failure
	value.Each(nil, list, func(v value.Value) bool {
		m, _ := v.AsMap()
		r := reminder{notify: m.GetKw("notify")}
		if r.notify.IsNil() {
			r.notify = c.notify
		}
		var err error
		r.after, err = definition.ParseDuration(m.GetKw("after"))
		switch {
		case err != nil:
			f = failed(codeInvalidConfig, ":after of a reminder: %s", err)
		case r.after < millisecond || r.after >= c.timeout:
			f = failed(codeInvalidConfig, ":after of a reminder must be at least 1 ms and shorter than the wait's :timeout, %v, not %v", c.timeout, r.after)
		case r.notify.IsNil():
			f = failed(codeInvalidConfig, "a reminder needs :notify, or its wait does")
		case len(c.reminders) == definition.MaxReminders:
			f = failed(codeInvalidConfig, "a wait takes at most %d reminders", definition.MaxReminders)
		}
		c.reminders = append(c.reminders, r)
		return f == nil
	})
	slices.SortStableFunc(c.reminders, func(a, b reminder) int { return cmp.Compare(a.after, b.after) })
	return f
}

// wait holds the run until a decision for its key comes, or its deadline.
func (h *host) wait(th *value.Thread, s *step) (value.Value, *failure) {
	c, f := readWait(s, h.run.plan.Waits > 0)
	if f != nil {
		return value.Nil, f
	}
	w := h.register(s, c)
	if past := h.recall(th, s.memoName()); past != nil {
		h.repeat(s, c, w, past)
	} else if h.run.fetch(w) {
		h.conclude(s, w, nil)
	} else {
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
		Required: c.required, Roles: c.roles, Quorum: c.quorum,
	}}
	for _, who := range c.approvers {
		w.seats = append(w.seats, seat{Approver: who})
	}
	if seats, ok := h.run.seats[s.memoName()]; ok { // some were given to others before the run was continued
		w.seats = seats
		for _, e := range w.reassignments() {
			h.run.journal.add(e)
		}
	}
	for _, r := range c.reminders {
		w.Reminders = append(w.Reminders, now.Add(h.run.scaled(r.after)))
	}
	h.run.receive()
	h.run.book.register(w)
	e := &s.item.Entry
	e.Kind, e.Type, e.State = KindWait, "", StateWaiting
	e.Key, e.KeyN, e.Deadline, e.Quorum = w.Key, w.Occurrence, w.Deadline, w.Quorum
	return w
}

// conclude notes in the memo how the wait ended.
func (h *host) conclude(s *step, w *wait, notices []Entry) {
	if w.state == StateDecided {
		h.run.book.unread--
	}
	h.run.record(resumption{Of: s.memoName(), Wait: rememberWait(w, notices)})
}

// repeat ends the wait as the memo says it ended.
func (h *host) repeat(s *step, c waitConfig, w *wait, past *resumption) {
	if past.Wait == nil {
		divergence("step %s was no wait", s.name())
	}
	for _, e := range past.Wait.notices() {
		h.run.journal.add(e)
	}
	if past.Wait.State != StateDecided {
		h.run.book.end(w, past.Wait.State)
		if c.goesOn {
			s.item.finish(h.run.now(), StateTimedOut)
		}
		return
	}
	o := past.Wait.offer()
	h.run.book.decide(w, o)
	h.run.book.unread--
	w.item.By, w.item.Action, w.item.Votes = o.By, o.action(), past.Wait.Votes
	w.item.finish(h.run.now(), StateDecided)
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
	w.timer = line.timerUntil(w.Deadline, w.Key)
	sent := line.announcements(s, c, w)
	for w.state == StateWaiting && !w.timer.IsReady() {
		sent.send()
		h.run.publish()
		err := workflow.Await(h.ctx, func() bool {
			return len(h.run.in.inbox) > 0 || w.state != StateWaiting || w.timer.IsReady() || sent.ready() || h.mayPart()
		})
		if err != nil || h.ctx.Err() != nil { // a cancelled timer is ready, too
			h.run.book.end(w, StateCancelled)
			s.item.finish(h.run.now(), StateCancelled)
			panic(cancelled())
		}
		h.run.receive()
		sent.settle(h.ctx)
		if w.state == StateWaiting && !w.timer.IsReady() && h.mayPart() {
			panic(continued())
		}
	}
	if w.state == StateWaiting {
		h.run.book.end(w, StateTimedOut)
	}
	release()
	sent.drop()
	h.conclude(s, w, append(sent.entries(), w.reassignments()...))
	if c.goesOn {
		s.item.finish(h.run.now(), StateTimedOut)
	}
	h.run.showWaits()
	th.Refill()
}
