package worker

import (
	"fmt"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/value"
)

// Flow is the workflow behind every flow: each slug is a workflow type of its own, and one function serves them all.
type Flow struct {
	// Links, if set, makes the links that decide a wait; they stand in the run's current details.
	Links activities.LinkMaker
	// TimeScale above 1 makes sleeps, waits and polls that much shorter: for dev mode.
	TimeScale float64

	programs programs
}

// Execute is the workflow. Its arguments are the input, a JSON object, and optionally what a Starter adds.
func (f *Flow) Execute(ctx workflow.Context, args converter.EncodedValues) (converter.RawValue, error) {
	x := &execution{
		Flow: f, ctx: ctx, info: workflow.GetInfo(ctx), in: inboundOf(ctx), status: StatusRunning, started: workflow.Now(ctx),
	}
	if err := x.listen(); err != nil {
		return converter.RawValue{}, err
	}
	result, err := x.execute(args)
	x.end(err)
	return result, err
}

// listen sets the handlers up, before anything else, so that none is ever missing.
func (x *execution) listen() error {
	err := workflow.SetQueryHandlerWithOptions(x.ctx, QueryTimeline, func() (Timeline, error) { return x.timeline(), nil },
		workflow.QueryHandlerOptions{Description: "what the run did, step by step"})
	if err == nil {
		err = workflow.SetQueryHandlerWithOptions(x.ctx, QueryWaits, func() (openWaits, error) { return x.waits(), nil },
			workflow.QueryHandlerOptions{Description: "the open waits: keys, deadlines"})
	}
	if err == nil {
		err = workflow.SetQueryHandlerWithOptions(x.ctx, QueryRecording, func() (Recording, error) { return x.recording() },
			workflow.QueryHandlerOptions{Description: "what the run was given, and what its steps gave it"})
	}
	if err == nil {
		err = workflow.SetUpdateHandlerWithOptions(x.ctx, UpdateDecide, x.decide, workflow.UpdateHandlerOptions{
			Validator: x.checkDecision, Description: `decides a wait: {"key": ..., "value": {"action": "approve"}, "by": ...}`,
		})
	}
	if err == nil {
		err = workflow.SetUpdateHandlerWithOptions(x.ctx, UpdateReassign, x.reassign, workflow.UpdateHandlerOptions{
			Validator: x.checkReassignment, Description: `gives the place of an approver to another: {"key": ..., "from": ..., "to": ...}`,
		})
	}
	return err
}

func (x *execution) execute(args converter.EncodedValues) (converter.RawValue, error) {
	all, err := readArguments(args)
	if err != nil {
		return converter.RawValue{}, err
	}
	input, more := all.input, all.more
	if err := x.resolve(more); err != nil {
		return converter.RawValue{}, err
	}
	checked, problems := x.plan.flow.CheckInput(more.Invocation, input.value)
	if len(problems) > 0 {
		return converter.RawValue{}, invalidInput(problems)
	}
	lane, err := x.lane(input.value)
	if err != nil {
		return converter.RawValue{}, err
	}
	if id := x.info.WorkflowExecution.ID; id != lane {
		if foreignLane(id, x.slug(), lane) {
			return converter.RawValue{}, runFailure{
				Code: codeLaneMismatch, Lane: lane,
				Message: fmt.Sprintf("workflow id %s would occupy another lane: this input's lane is %s", id, lane),
			}.fail()
		}
		if err := x.refuseOwnLane(lane, more); err != nil {
			return converter.RawValue{}, err
		}
		return x.enter(lane, input, more)
	}
	r, err := newRun(x, checked, all)
	if err != nil {
		return converter.RawValue{}, err
	}
	return r.evaluate()
}

// lane is the workflow ID that this input's runs have.
func (x *execution) lane(input value.Value) (string, error) {
	lane, key, err := laneFor(x.plan.flow, input)
	if err != nil {
		problems := laneProblem(x.slug(), x.plan.flow, err).Problems
		return "", runFailure{Code: codeInvalidInput, Message: "invalid input: " + err.Error(), Problems: problems}.fail()
	}
	x.key = key
	return lane, nil
}

func invalidInput(problems []definition.Problem) error {
	return runFailure{Code: codeInvalidInput, Message: "invalid input: " + problemText(problems), Problems: problems}.fail()
}

// arrived is the input as it came.
type arrived struct {
	raw   converter.RawValue
	value value.Value
}

// arguments are those of a flow's workflow: the input, what a Starter adds, and of a run that was continued as new the
// segments of its memo.
type arguments struct {
	input    arrived
	more     start
	segments []converter.RawValue
}

// readArguments reads the workflow's arguments: no input is an empty map.
func readArguments(args converter.EncodedValues) (arguments, error) {
	var a arguments
	in := &a.input
	var second converter.RawValue
	if args.HasValues() {
		if err := args.Get(&in.raw, &second); err != nil {
			return a, invalidArgument(err)
		}
	}
	var err error
	if in.value, err = readOutside(in.raw.Payload()); err != nil {
		return a, invalidArgument(err)
	}
	if in.value.IsNil() {
		in.value = value.Of(value.EmptyMap)
		in.raw = converter.NewRawValue(jsonPayload([]byte("{}")))
	}
	if p := second.Payload(); p != nil {
		if err := DataConverter().FromPayload(p, &a.more); err != nil {
			return a, invalidArgument(err)
		}
	}
	if a.more.Carried == nil {
		return a, nil
	}
	a.segments = make([]converter.RawValue, a.more.Carried.Segments)
	targets := []any{&in.raw, &second}
	for i := range a.segments {
		targets = append(targets, &a.segments[i])
	}
	if err := args.Get(targets...); err != nil {
		return a, invalidArgument(err)
	}
	return a, nil
}

func invalidArgument(err error) error {
	return runFailure{Code: codeInvalidInput, Message: "invalid input: " + err.Error()}.fail()
}

// resolve gets the plan: what the run needs of its definition, recorded once.
func (x *execution) resolve(more start) error {
	var p *plan
	var err error
	if c := more.Carried; c != nil {
		x.started = c.Started
		p, err = x.usable(c.Plan)
	} else {
		p, err = x.loadPlan(more.Version)
	}
	if err != nil {
		return err
	}
	if p.Semantics > interpreter.SemanticsVersion {
		// Not a failure of the run: a newer worker can go on with it.
		panic(fmt.Sprintf("the run needs language semantics %d, and this worker has %d: upgrade it", p.Semantics, interpreter.SemanticsVersion))
	}
	x.plan = p
	return nil
}

// end shows how the execution ended.
func (x *execution) end(err error) {
	switch {
	case err == nil:
		x.status = StatusCompleted
	case temporal.IsCanceledError(err):
		x.status = StatusCancelled
	default:
		x.status, x.failure = StatusFailed, messageOf(err)
	}
	x.publish()
}
