package worker

import (
	"errors"
	"fmt"
	"slices"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// MaxCallDepth is how deep flows may call flows: the first one's calls are of depth 1.
const MaxCallDepth = 5

// callEndBound is how long a caller whose call took too long waits for the end of the run that it called: its finally parts have CleanupBound, and it
// may take a moment to hear of the cancellation. Should no worker be up, the caller goes on after it.
const callEndBound = CleanupBound + 30*time.Second

// callPrefix begins the workflow IDs of the entries by which runs call other flows.
const callPrefix = "weir.child/"

// typeCall is what the timeline calls a flow/call-flow.
const typeCall = "call-flow"

// callChain is what a called run knows of those above it.
type callChain struct {
	Depth int      `json:"depth"`
	Lanes []string `json:"lanes"` // that the runs above hold, the outermost first
}

// call is one flow that a run calls: by flow/call-flow, or as an item of a :fanout.
type call struct {
	slug    string
	input   value.Value
	version int
	timeout time.Duration // 0: as long as the run may take
	id      string        // what tells it from the run's other calls, in the workflow ID and in the memo
}

// CallFlow runs another flow and gives its result.
func (h *host) CallFlow(th *value.Thread, spec value.Value) value.Value {
	h.partIfLong()
	h.countStep()
	slug := field(spec, "flow-slug")
	s := &step{typ: typeCall, id: "call-flow"}
	if name, err := textOf(slug); err == nil && name != "" {
		s.id = name
	}
	s.n = h.run.occurrence("flow/call-flow " + s.id)
	s.item = h.run.journal.add(Entry{
		Kind: KindStep, Step: s.id, Type: typeCall, Occurrence: s.n, State: StateRunning, Started: h.run.now(),
	})
	c, f := readCall(value.Realize(th, spec))
	var v value.Value
	if f == nil {
		c.id = "call/" + s.id + "/" + itoa(s.n)
		v, f = h.callFlow(th, s, c)
	}
	if f != nil {
		return s.throw(h, f)
	}
	s.item.finish(h.run.now(), StateDone)
	return v
}

// readCall reads {:flow-slug :input :version :timeout}.
func readCall(spec value.Value) (call, *failure) {
	c := call{input: value.Of(value.EmptyMap)}
	m, ok := spec.AsMap()
	if !ok {
		return c, failed(codeInvalidConfig, "a call must be a map like {:flow-slug :name :input {...}}, not %s", describe(spec))
	}
	var err error
	if c.slug, err = textOf(m.GetKw("flow-slug")); err != nil || !definition.IsSlug(c.slug) {
		return c, failed(codeInvalidConfig, ":flow-slug must be the slug of a flow, not %s", describe(m.GetKw("flow-slug")))
	}
	if in := m.GetKw("input"); !in.IsNil() {
		if _, ok := in.AsMap(); !ok {
			return c, failed(codeInvalidConfig, ":input must be a map, not %s", describe(in))
		}
		if kind := impureKind(in); kind != "" {
			return c, failed(codeInvalidConfig, "a %s can't be passed to a flow", kind)
		}
		c.input = in
	}
	if v := m.GetKw("version"); !v.IsNil() {
		n, ok := v.AsInt()
		if !ok || n < 1 {
			return c, failed(codeInvalidConfig, ":version must be the number of a version, not %s", describe(v))
		}
		c.version = int(n)
	}
	if t := m.GetKw("timeout"); !t.IsNil() {
		if c.timeout, err = definition.ParseDuration(t); err != nil || c.timeout < millisecond || c.timeout > MaxRun {
			return c, failed(codeInvalidConfig, ":timeout must be a duration of at most 30 days, not %s", describe(t))
		}
	}
	return c, nil
}

// callFlow calls a flow, and waits for its result or for the call's timeout. The flow runs as an entry does: in its own
// lane, behind those that came before.
func (h *host) callFlow(th *value.Thread, s *step, c call) (value.Value, *failure) {
	s.item.Called = callPrefix + h.run.firstRun() + "/" + escapeKey(c.id)
	if past := h.recall(th, c.id); past != nil {
		if past.Failure != nil {
			return value.Nil, past.Failure.failure()
		}
		return calledResult(s, past.Result)
	}
	data, f := h.called(th, s, c)
	if f != nil {
		h.run.record(resumption{Of: c.id, Failure: remember(f)})
		return value.Nil, f
	}
	h.run.record(resumption{Of: c.id, Result: data})
	return calledResult(s, data)
}

// called runs the child. Only what Temporal recorded of it decides; the run's memo doesn't know it yet.
func (h *host) called(th *value.Thread, s *step, c call) ([]byte, *failure) {
	chain := h.chain()
	if chain.Depth > MaxCallDepth {
		return nil, failed(codeCallDepth, "flows call flows %d deep, and no deeper", MaxCallDepth)
	}
	input, err := wire.Marshal(c.input)
	if err != nil {
		return nil, failed(codeInvalidConfig, "%s", err)
	}
	if len(input) > MaxInput {
		return nil, failed(codeTooLarge, "%s", tooLarge("the input", len(input), MaxInput))
	}
	ctx, stop := workflow.WithCancel(h.ctx)
	defer stop()
	future := workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{
		WorkflowID: s.item.Called,
		// Whoever is waiting for it is gone then: cancelled, it cancels its run.
		ParentClosePolicy:        enumspb.PARENT_CLOSE_POLICY_REQUEST_CANCEL,
		WorkflowExecutionTimeout: MaxRun,
		WaitForCancellation:      true,
		StaticSummary:            s.summary(),
	}), c.slug, encoded{data: input}, start{Version: c.version, Call: &chain})
	return h.awaitCall(th, c, future, stop)
}

// awaitCall waits for a called flow. One that takes too long is cancelled, and has callEndBound to end: what its caller does then doesn't
// run into its finally parts.
func (h *host) awaitCall(th *value.Thread, c call, future workflow.ChildWorkflowFuture, stop func()) ([]byte, *failure) {
	if c.timeout > 0 {
		ended, err := h.within(h.run.scaled(c.timeout), c.id, future)
		late := err == nil && !ended
		if late && h.run.plan.Calls > 0 {
			stop()
			_, err = h.within(callEndBound, "end of "+c.id, future)
		}
		if late && err == nil {
			th.Refill()
			return nil, failed(codeCallTimeout, "flow %s took longer than %v", c.slug, c.timeout)
		}
	}
	var raw converter.RawValue
	if err := h.pause(th, future, &raw); err != nil {
		return nil, callFailure(c, err)
	}
	return raw.Payload().GetData(), nil
}

// within waits so long for a called flow's end, and tells whether that came. The error is there if this run is cancelled meanwhile.
func (h *host) within(d time.Duration, what string, future workflow.ChildWorkflowFuture) (ended bool, err error) {
	timer, release := workflow.WithCancel(h.ctx)
	defer release()
	due := workflow.NewTimerWithOptions(timer, d, workflow.TimerOptions{Summary: what})
	h.run.publish()
	h.run.inflight++
	err = workflow.Await(h.ctx, func() bool { return future.IsReady() || due.IsReady() })
	h.run.inflight--
	return future.IsReady(), err
}

// chain is what the flows that this run calls are told.
func (h *host) chain() callChain {
	above := h.run.arguments.more.Call
	if above == nil {
		above = &callChain{}
	}
	return callChain{Depth: above.Depth + 1, Lanes: append(slices.Clip(above.Lanes), h.run.info.WorkflowExecution.ID)}
}

// calledResult reads what a flow gave: plain JSON, as every run's result.
func calledResult(s *step, data []byte) (value.Value, *failure) {
	s.item.Size = len(data)
	if len(data) > MaxValue {
		return value.Nil, failed(codeTooLarge, "%s", tooLarge("the result", len(data), MaxValue))
	}
	if len(data) == 0 {
		return value.Nil, nil
	}
	v, err := wire.FromJSON(data, wire.JSONLimits{})
	if err != nil {
		return value.Nil, failed(codeInvalidResult, "%s", err)
	}
	return v, nil
}

// callFailure is why a called flow gave no result.
func callFailure(c call, err error) *failure {
	f := failed(codeCallFailed, "flow %s failed: %s", c.slug, err)
	var app *temporal.ApplicationError
	var exists *temporal.ChildWorkflowExecutionAlreadyStartedError
	switch {
	case errors.As(err, &app):
		f.Code, f.Message = app.Type(), "flow "+c.slug+" failed: "+app.Message()
		var detail runFailure
		if app.HasDetails() && app.Details(&detail) == nil {
			f.readDetail(c, detail)
		}
	case errors.As(err, &exists):
		f.Message = fmt.Sprintf("flow %s was called before, and that call goes on", c.slug)
	case temporal.IsCanceledError(err):
		f.Code, f.Message = codeCallFailed, "flow "+c.slug+" was cancelled"
	case temporal.IsTerminatedError(err):
		f.Message = "flow " + c.slug + " was terminated"
	case temporal.IsTimeoutError(err):
		f.Message = "flow " + c.slug + " took too long"
	}
	return f
}

// readDetail takes over what a failed run says of itself.
func (f *failure) readDetail(c call, detail runFailure) {
	f.Message = "flow " + c.slug + " failed: " + detail.Message
	if len(detail.Data) == 0 {
		return
	}
	if data, err := wire.FromJSON(detail.Data, wire.JSONLimits{}); err == nil {
		f.Data = data
	}
}

// refuseOwnLane ends an execution that would wait for, or end, a run that waits for it.
func (x *execution) refuseOwnLane(lane string, more start) error {
	if more.Call == nil || !slices.Contains(more.Call.Lanes, lane) {
		return nil
	}
	return runFailure{
		Code: codeOwnLane, Lane: lane, Message: "lane " + lane + " is held by a run that waits for this one",
		Hint: "call a flow whose lane is another",
	}.fail()
}
