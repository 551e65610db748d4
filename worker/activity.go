package worker

import (
	"time"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// heartbeatTimeout is after what silence a regular activity's worker counts as lost. Attempts that end sooner by
// themselves need no beat.
const heartbeatTimeout = 6 * time.Second

// localForever bounds a local activity, retries included, by nothing but its retry policy.
const localForever = MaxRun

// activity runs a step that is an activity.
func (h *host) activity(th *value.Thread, s *step) (value.Value, *failure) {
	if kind := impureKind(s.opt.Config); kind != "" {
		return value.Nil, failed(codeInvalidConfig, "a %s can't be passed to a step", kind)
	}
	p := h.place(s)
	call := h.call(s)
	v, f := h.execute(th, s, p, s.name(), call)
	if f != nil && s.typ == "notify" && s.opt.OnError == "" {
		return undelivered(s, f), nil
	}
	return v, f
}

// call is what the activity is told.
func (h *host) call(s *step) activities.Call {
	c := activities.Call{Version: h.run.plan.Version, Step: s.id, Config: wire.V{Value: s.opt.Config}, Fence: h.run.plan.Fence}
	if s.n > 1 {
		c.N = s.n
	}
	c.Strict = s.typ == "notify" && s.opt.OnError != ""
	if first := h.run.firstRun(); first != h.run.info.WorkflowExecution.RunID {
		c.Origin = first
	}
	return c
}

// execute runs one activity where p says, waits for it, and notes how it went in the step's entry.
func (h *host) execute(th *value.Thread, s *step, p placing, id string, call activities.Call) (value.Value, *failure) {
	if past := h.recall(th, s.memoName()); past != nil {
		s.item.Local = past.Local
		if past.Failure != nil {
			return value.Nil, past.Failure.failure()
		}
		return h.result(s, past.payload())
	}
	future, f := h.dispatch(s, p, id, call)
	if f != nil {
		return value.Nil, f
	}
	s.item.Local = p.local
	var raw converter.RawValue
	if err := h.pause(th, future, &raw); err != nil {
		f := stepFailure(err, p.policy)
		h.run.record(resumption{Of: s.memoName(), Local: p.local, Failure: remember(f)})
		return value.Nil, f
	}
	h.run.record(resumption{Of: s.memoName(), Local: p.local, Result: raw.Payload().GetData(), Attempts: attemptsOf(raw.Payload())})
	return h.result(s, raw)
}

// dispatch schedules an activity.
func (h *host) dispatch(s *step, p placing, id string, call activities.Call) (workflow.Future, *failure) {
	if p.local {
		ctx := workflow.WithLocalActivityOptions(h.ctx, workflow.LocalActivityOptions{
			StartToCloseTimeout: p.timeout, ScheduleToCloseTimeout: localForever, RetryPolicy: p.policy, Summary: s.summary(),
		})
		return workflow.ExecuteLocalActivity(ctx, p.activity, call), nil
	}
	payload, err := DataConverter().ToPayload(call)
	if err != nil {
		return nil, failed(codeInvalidConfig, "%s", err)
	}
	if f := tooLargeConfig(s, payload.GetData()); f != nil {
		return nil, f
	}
	o := workflow.ActivityOptions{ActivityID: id, StartToCloseTimeout: p.timeout, RetryPolicy: p.policy, Summary: s.summary()}
	if p.timeout > heartbeatTimeout {
		o.HeartbeatTimeout = heartbeatTimeout
	}
	return workflow.ExecuteActivity(workflow.WithActivityOptions(h.ctx, o), p.activity, converter.NewRawValue(payload)), nil
}

// tooLargeConfig refuses what a step is told if that is too large. The run's own input, which comes along with notifications, has its own
// bound, and what the step is to persist may be as large as a blob.
func tooLargeConfig(s *step, call []byte) *failure {
	limit := MaxValue
	if keepsBlob(field(s.opt.Config, "persist")) {
		limit = MaxHanded
	}
	if len(call) <= limit {
		return nil
	}
	data, err := wire.Marshal(s.opt.Config)
	if err != nil {
		return failed(codeInvalidConfig, "%s", err)
	}
	if len(data) > limit {
		return failed(codeTooLarge, "%s", tooLarge("the config", len(data), limit))
	}
	return nil
}

// result reads what an activity gave.
func (h *host) result(s *step, raw converter.RawValue) (value.Value, *failure) {
	payload := raw.Payload()
	if of := string(payload.GetMetadata()[metadataStep]); of != "" && of != s.name() {
		// As the SDK does where activities don't match: this worker must not go on with the run.
		panic("the history has the result of step " + of + " where step " + s.name() + " runs: the code that replays it isn't the code that ran")
	}
	size := len(payload.GetData())
	s.item.Attempts, s.item.Size = attemptsOf(payload), size
	if size > MaxValue {
		return value.Nil, failed(codeTooLarge, "%s", tooLarge("the result", size, MaxValue))
	}
	if size > WarnValue {
		h.run.journal.note(h.run.now(), s.name(), "its result has "+itoa(size)+" bytes, more than "+itoa(WarnValue)+
			": persist it (:persist {:type :blob})")
	}
	if size == 0 {
		return value.Nil, nil
	}
	v, err := wire.Unmarshal(payload.GetData())
	if err != nil {
		return value.Nil, failed(codeInvalidResult, "%s", err)
	}
	return v, nil
}

// undelivered is the value of a notify step whose last attempt never came back; the run goes on. (Where the delivery itself
// failed, the activity says so in the same form.)
func undelivered(s *step, f *failure) value.Value {
	s.item.Error, s.item.Code = oneLine(f.Message), f.Code
	s.item.Attempts = max(s.item.Attempts, f.Attempts)
	e := value.NewMap(value.Kw("code"), value.String(f.Code), value.Kw("message"), value.String(f.Message))
	if m, _ := e.AsMap(); f.Status != 0 {
		e = value.Of(m.Assoc(nil, value.Kw("status"), value.Int(int64(f.Status))))
	}
	return value.NewMap(value.Kw("sent?"), value.False, value.Kw("errors"), value.NewVector(e))
}

// impureKind names what in v is no data: functions, atoms and the like; "" if all is.
func impureKind(v value.Value) string {
	found := ""
	check := func(x value.Value) bool {
		found = impureKind(x)
		return found == ""
	}
	switch v.Kind() {
	case value.KindFn, value.KindAtom, value.KindVolatile, value.KindDelay, value.KindReduced, value.KindTransient, value.KindOpaque:
		return value.KindName(v)
	case value.KindMap, value.KindSortedMap:
		value.Each(nil, v, check) // entries are vectors
	case value.KindVector, value.KindList, value.KindSeq, value.KindSet, value.KindSortedSet:
		value.Each(nil, v, check)
	}
	return found
}

// placing says where and how an activity runs.
type placing struct {
	activity string
	local    bool
	timeout  time.Duration // of one attempt
	// repeatable says that a regular one may run twice all the same.
	repeatable bool
	policy     *temporal.RetryPolicy
}
