package worker

import (
	"errors"
	"fmt"
	"time"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
)

// Limits and defaults of flow/poll.
const (
	MaxPoll             = time.Hour
	MaxPollAttempts     = 100
	DefaultPollInterval = 5 * time.Second
)

const (
	codePollExhausted = "poll-exhausted"
	codePollAborted   = "poll-aborted"
)

// pollOptions are those of flow/poll.
type pollOptions struct {
	id                string
	timeout           time.Duration
	attempts          int
	returnOn, abortOn value.Value
	delays            definition.Backoff
}

// Poll evaluates step, a function of no arguments, until :return-on is truthy for its value (without one: until the value
// is). A value that :abort-on is truthy for, and running out of time or attempts, throw.
func (h *host) Poll(th *value.Thread, opts, poll value.Value) value.Value {
	s := &step{id: "poll"}
	o, err := readPoll(opts)
	if err != nil {
		panic(failed(codeInvalidConfig, "flow/poll: %s", err).exception(s))
	}
	s.id = o.id
	s.n = h.run.occurrence("flow/poll " + s.id)
	began := h.run.now()
	for attempt := 1; ; attempt++ {
		v := value.Call(th, poll)
		if o.met(th, v) {
			return v
		}
		if !o.abortOn.IsNil() && value.Call1(th, o.abortOn, v).Truthy() {
			panic(pollEnd(codePollAborted, ":abort-on was met", attempt, v).exception(s))
		}
		wait := h.run.scaled(o.delays.Delay(int64(attempt)))
		if attempt == o.attempts || h.run.now().Sub(began)+wait > h.run.scaled(o.timeout) {
			panic(pollEnd(codePollExhausted, fmt.Sprintf("not met in %d attempts", attempt), attempt, v).exception(s))
		}
		if f := h.rest(th, "poll "+s.name()+"/"+itoa(attempt), s.name(), wait); f != nil {
			panic(f.exception(s))
		}
	}
}

func (o pollOptions) met(th *value.Thread, v value.Value) bool {
	if o.returnOn.IsNil() {
		return v.Truthy()
	}
	return value.Call1(th, o.returnOn, v).Truthy()
}

// pollEnd is why polling gave no value; the last one seen goes with it.
func pollEnd(code, message string, attempts int, last value.Value) *failure {
	f := &failure{Code: code, Message: message, Attempts: attempts}
	if impureKind(last) == "" {
		f.Data = value.NewMap(value.Kw("last"), last)
	}
	return f
}

func readPoll(v value.Value) (pollOptions, error) {
	o := pollOptions{id: "poll", timeout: MaxPoll, attempts: MaxPollAttempts,
		delays: definition.Backoff{Base: DefaultPollInterval, Factor: 1, Max: DefaultPollInterval}}
	m, ok := v.AsMap()
	if !ok {
		return o, fmt.Errorf("its options must be a map, not %s", describe(v))
	}
	if id := m.GetKw("id"); !id.IsNil() {
		name, err := textOf(id)
		if err != nil || name == "" {
			return o, errors.New(":id must be a keyword")
		}
		o.id = name
	}
	var err error
	if t := m.GetKw("timeout"); !t.IsNil() {
		if o.timeout, err = definition.ParseDuration(t); err != nil || o.timeout > MaxPoll {
			return o, fmt.Errorf(":timeout must be a duration of at most 1h, not %s", describe(t))
		}
	}
	if a := m.GetKw("max-attempts"); !a.IsNil() {
		n, ok := a.AsInt()
		if !ok || n < 1 || n > MaxPollAttempts {
			return o, fmt.Errorf(":max-attempts must be a whole number from 1 to %d, not %s", MaxPollAttempts, describe(a))
		}
		o.attempts = int(n)
	}
	o.returnOn, o.abortOn = m.GetKw("return-on"), m.GetKw("abort-on")
	return o, o.readDelays(m)
}

// readDelays reads :interval, and :backoff as a factor or as {:base :factor :max}.
func (o *pollOptions) readDelays(m *value.Map) error {
	interval := m.GetKw("interval")
	if !interval.IsNil() {
		d, err := definition.ParseDuration(interval)
		if err != nil || d < millisecond {
			return fmt.Errorf(":interval must be a duration like \"10s\", not %s", describe(interval))
		}
		o.delays.Base, o.delays.Max = d, d
	}
	backoff := m.GetKw("backoff")
	if backoff.IsNil() {
		return nil
	}
	if factor, ok := number(backoff); ok {
		if factor < 1 {
			return errors.New(":backoff must be at least 1")
		}
		o.delays.Factor, o.delays.Max = factor, MaxPoll
		return nil
	}
	read := definition.ParseBackoff("flow/poll", backoff)
	if field(backoff, "base").IsNil() && !interval.IsNil() {
		read.Base, read.Max = o.delays.Base, max(read.Max, o.delays.Base)
	}
	o.delays = read
	return nil
}
