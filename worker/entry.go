package worker

import (
	"errors"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// enter serves an execution that was started under another ID than its lane's, by the temporal CLI or a schedule: it
// starts the run under the lane's ID, as a child that outlives it, hands on every signal and decision, and ends as the run
// ends. Cancelling it cancels the run; terminating it leaves the run alone. A busy lane refuses.
func (x *execution) enter(lane string, input arrived, more start) (converter.RawValue, error) {
	more.Version = x.plan.Version
	o := workflow.ChildWorkflowOptions{
		WorkflowID:               lane,
		WorkflowExecutionTimeout: MaxRun,
		ParentClosePolicy:        enumspb.PARENT_CLOSE_POLICY_ABANDON,
		WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
		WaitForCancellation:      true,
		StaticSummary:            x.plan.flow.Name,
	}
	if x.plan.SearchAttributes {
		o.TypedSearchAttributes = temporal.NewSearchAttributes(runAttributes(x.slug(), x.key, x.plan.Version)...)
	}
	child := workflow.ExecuteChildWorkflow(workflow.WithChildOptions(x.ctx, o), x.slug(), input.raw, more)
	var at workflow.Execution
	if err := child.GetChildWorkflowExecution().Get(x.ctx, &at); err != nil {
		return converter.RawValue{}, entryError(lane, err)
	}
	x.target = &RunRef{WorkflowID: at.ID, RunID: at.RunID}
	x.ready = true
	x.journal.note(x.now(), "", "its run is "+at.ID+", run id "+at.RunID)
	x.publish()
	workflow.Go(x.ctx, func(ctx workflow.Context) { x.handOn(ctx, child) })
	var result converter.RawValue
	err := child.Get(x.ctx, &result)
	// Decisions that are being handed on get their answer.
	if waitErr := workflow.Await(x.ctx, func() bool { return workflow.AllHandlersFinished(x.ctx) }); waitErr != nil {
		workflow.GetLogger(x.ctx).Debug("cancelled while decisions were being handed on")
	}
	if err != nil {
		return converter.RawValue{}, entryError(lane, err)
	}
	return result, nil
}

// handOn passes every signal on, one after the other, in the order they came.
func (x *execution) handOn(ctx workflow.Context, child workflow.ChildWorkflowFuture) {
	for {
		if err := workflow.Await(ctx, func() bool { return len(x.in.inbox) > 0 }); err != nil {
			return
		}
		for _, s := range x.in.take() {
			var arg any
			if s.Payload != nil {
				arg = converter.NewRawValue(s.Payload)
			}
			if err := child.SignalChildWorkflow(ctx, s.Name, arg).Get(ctx, nil); err != nil {
				x.journal.note(x.now(), "", "signal "+s.Name+" found its run over")
			}
		}
	}
}

// forward passes a decision on and answers what the run answered.
func (x *execution) forward(ctx workflow.Context, q decideRequest) (decideReply, error) {
	if q.ID == "" {
		q.ID = x.target.RunID + "/" + workflow.GetCurrentUpdateInfo(ctx).ID
	}
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
		StartToCloseTimeout: time.Minute, Summary: "decide " + q.Key,
		RetryPolicy: &temporal.RetryPolicy{MaximumAttempts: DefaultAttempts},
	})
	var reply decideReply
	err := workflow.ExecuteLocalActivity(ctx, activityDecide, *x.target, q).Get(ctx, &reply)
	var app *temporal.ApplicationError
	if errors.As(err, &app) {
		return reply, app
	}
	return reply, err
}

// entryError passes on how the run ended as it is.
func entryError(lane string, err error) error {
	var app *temporal.ApplicationError
	var busy *temporal.ChildWorkflowExecutionAlreadyStartedError
	switch {
	case errors.As(err, &busy):
		return runFailure{Code: codeLaneBusy, Lane: lane, Message: "lane " + lane + " is busy: another run is active"}.fail()
	case temporal.IsCanceledError(err):
		return temporal.NewCanceledError()
	case errors.As(err, &app):
		return app
	case temporal.IsTerminatedError(err):
		return runFailure{Code: StatusTerminated, Lane: lane, Message: "the run was terminated"}.fail()
	case temporal.IsTimeoutError(err):
		return runFailure{Code: StatusTimedOut, Lane: lane, Message: "the run took too long"}.fail()
	}
	return err
}
