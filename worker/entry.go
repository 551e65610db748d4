package worker

import (
	"errors"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/definition"
)

// How often an entry that waits for its turn makes sure that it is in the queue, which somebody may have terminated.
const (
	rejoinFirst = 10 * time.Second
	rejoinMost  = time.Hour
)

// entry is an execution under another ID than its lane's.
type entry struct {
	*execution
	lane   string
	input  arrived
	more   start
	pinned bool // its run has to be of that version
	queued bool // it is in the queue, and its turn decides
	how    *admission
}

// enter serves an execution that was started under another ID than its lane's, by the temporal CLI, a schedule, another flow, or a
// Starter that found the lane busy: it starts the run under the lane's ID when it may, as a child that outlives it, hands on
// every signal and decision, and ends as the run ends. Cancelling it takes it out of the queue, or cancels the run;
// terminating it leaves the run alone.
func (x *execution) enter(lane string, input arrived, more start) (converter.RawValue, error) {
	e := &entry{execution: x, lane: lane, input: input, more: more, queued: more.Queue}
	e.pinned = more.Version != 0 || x.plan.flow.Concurrency.OnNewVersion == definition.Coexist
	if err := x.refuseOwnLane(lane, more); err != nil {
		return converter.RawValue{}, err
	}
	child, at, err := e.admitted()
	if err != nil {
		return converter.RawValue{}, entryError(e.lane, err)
	}
	x.target = &RunRef{WorkflowID: at.ID, RunID: at.RunID}
	x.ready, x.status = true, StatusRunning
	x.journal.note(x.now(), "", "its run is "+at.ID+", run id "+at.RunID)
	x.publish()
	workflow.Go(x.ctx, func(ctx workflow.Context) { x.handOn(ctx, child) })
	var result converter.RawValue
	err = child.Get(x.ctx, &result)
	// Decisions that are being handed on get their answer.
	if waitErr := workflow.Await(x.ctx, func() bool { return workflow.AllHandlersFinished(x.ctx) }); waitErr != nil {
		workflow.GetLogger(x.ctx).Debug("cancelled while decisions were being handed on")
	}
	if err != nil {
		return converter.RawValue{}, entryError(e.lane, err)
	}
	return result, nil
}

// admitted starts the run once its lane lets it: at once, instead of another, or after those that came before.
func (e *entry) admitted() (workflow.ChildWorkflowFuture, workflow.Execution, error) {
	for {
		if err := e.join(); err != nil {
			return nil, workflow.Execution{}, err
		}
		if e.queued {
			if err := e.awaitTurn(); err != nil {
				return nil, workflow.Execution{}, err
			}
		}
		child, at, err := e.proceed()
		if e.plan.Lanes == 0 || !isBusy(err) && !errors.Is(err, errMoved) {
			return child, at, err
		}
		e.queued = isBusy(err)
	}
}

// errMoved says that by the newest version the run belongs to another lane.
var errMoved = errors.New("another lane")

// proceed starts the run. What has its turn waits until the lane is idle, and looks for the newest version right before it starts.
func (e *entry) proceed() (workflow.ChildWorkflowFuture, workflow.Execution, error) {
	for {
		if e.queued {
			if err := e.renew(); err != nil {
				return nil, workflow.Execution{}, err
			}
		}
		child, at, err := e.start()
		if !e.queued || !isBusy(err) {
			return child, at, err
		}
		if err := e.awaitIdle(); err != nil {
			return nil, workflow.Execution{}, err
		}
	}
}

func isBusy(err error) bool {
	var busy *temporal.ChildWorkflowExecutionAlreadyStartedError
	return errors.As(err, &busy)
}

// supersedes tells whether the run ends the one that holds the lane. What was queued, by another version of the flow, never does.
func (e *entry) supersedes() bool {
	return !e.queued && e.plan.Lanes > 0 && e.plan.flow.Concurrency.OnNewVersion == definition.Supersede
}

// join looks at the lane, and joins its queue if that is open or if the entry has to wait.
func (e *entry) join() error {
	if e.plan.Lanes == 0 { // it began when there were no queues
		return nil
	}
	ctx, _ := workflow.NewDisconnectedContext(e.ctx) // half a join would be none
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
		StartToCloseTimeout: planTimeout, ScheduleToCloseTimeout: localForever,
		RetryPolicy: &temporal.RetryPolicy{InitialInterval: planBackoff, BackoffCoefficient: 2, MaximumInterval: planMaxWait},
	})
	j := joining{Lane: e.lane, Queue: e.queued, Supersede: e.supersedes(), Ticket: e.ticket()}
	var found joined
	if err := workflow.ExecuteLocalActivity(ctx, activityJoin, j).Get(ctx, &found); err != nil {
		return err
	}
	e.queued, e.how = found.Queued, nil
	switch {
	case found.Queued:
		e.how = &admission{Decision: DecisionQueued, Since: e.started}
	case found.Holder != "":
		e.how = &admission{Decision: DecisionSuperseded, Superseded: found.Holder}
	}
	return nil
}

func (e *entry) ticket() ticket {
	t := ticket{ID: e.info.WorkflowExecution.ID, Run: e.firstRun(), At: e.info.WorkflowStartTime.UTC(), ByHand: !e.more.Queue}
	if e.pinned {
		t.Version = e.plan.Version
	}
	return t
}

// awaitTurn waits until the queue says that it is this entry's turn.
func (e *entry) awaitTurn() error {
	if e.status != StatusQueued {
		e.status, e.wanted = StatusQueued, e.lane
		e.journal.note(e.now(), "", "it waits for its turn in lane "+e.lane)
		e.publish()
	}
	mine := func() bool { return e.in.turn.Run == e.firstRun() }
	for every := rejoinFirst; !mine(); every = min(2*every, rejoinMost) {
		told, err := workflow.AwaitWithTimeout(e.ctx, every, mine)
		if err != nil {
			e.leave()
			return err
		}
		if told {
			break
		}
		if err := e.join(); err != nil {
			return err
		}
	}
	if e.in.turn.Full {
		return runFailure{
			Code: codeLaneFull, Lane: e.lane, Message: "too much waits for lane " + e.lane + " already", Hint: "start it again later",
		}.fail()
	}
	return nil
}

// renew takes the newest version, unless the entry is bound to one. It gives errMoved where the run belongs to another lane by that.
func (e *entry) renew() error {
	if e.pinned {
		return nil
	}
	p, err := e.loadPlan(0)
	if err != nil {
		return err
	}
	e.plan = p
	if _, problems := p.flow.CheckInput(e.more.Invocation, e.input.value); len(problems) > 0 {
		return invalidInput(problems)
	}
	lane, err := e.execution.lane(e.input.value)
	if err != nil || lane == e.lane {
		return err
	}
	e.leave()
	e.lane, e.in.turn = lane, turn{}
	e.journal.note(e.now(), "", "by version "+itoa(p.Version)+" its lane is "+lane)
	return errMoved
}

// leave takes the entry out of the queue. Should that fail, the queue finds out when it comes to it.
func (e *entry) leave() {
	ctx, _ := workflow.NewDisconnectedContext(e.ctx)
	err := workflow.SignalExternalWorkflow(ctx, QueueID(e.lane), "", signalLeave, e.ticket()).Get(ctx, nil)
	if err != nil {
		workflow.GetLogger(ctx).Debug("there is no queue to leave", "error", err)
	}
}

// awaitIdle waits for the end of a run that holds the lane though it is this entry's turn: it was there before the queue was, or somebody
// started it under the lane's own ID.
func (e *entry) awaitIdle() error {
	ctx := workflow.WithActivityOptions(e.ctx, workflow.ActivityOptions{
		StartToCloseTimeout: serveAttempt, HeartbeatTimeout: watchTimeout, Summary: oneLine(e.lane),
		RetryPolicy: &temporal.RetryPolicy{InitialInterval: time.Second, BackoffCoefficient: 1},
	})
	return workflow.ExecuteActivity(ctx, activityIdle, e.lane).Get(ctx, nil)
}

// start starts the run.
func (e *entry) start() (workflow.ChildWorkflowFuture, workflow.Execution, error) {
	o := workflow.ChildWorkflowOptions{
		WorkflowID:               e.lane,
		WorkflowExecutionTimeout: MaxRun,
		ParentClosePolicy:        enumspb.PARENT_CLOSE_POLICY_ABANDON,
		WorkflowIDReusePolicy:    childPolicy(e.supersedes()),
		WaitForCancellation:      true,
		StaticSummary:            e.plan.flow.Name,
	}
	if e.plan.SearchAttributes {
		o.TypedSearchAttributes = temporal.NewSearchAttributes(runAttributes(e.slug(), e.key, e.plan.Version)...)
	}
	more := start{Version: e.plan.Version, Invocation: e.more.Invocation, Lane: e.how, Call: e.more.Call}
	child := workflow.ExecuteChildWorkflow(workflow.WithChildOptions(e.ctx, o), e.slug(), e.input.raw, more)
	var at workflow.Execution
	err := child.GetChildWorkflowExecution().Get(e.ctx, &at)
	if err == nil {
		e.unpin()
	}
	return child, at, err
}

// unpin lets go of the version that the entry needed while it was queued: its run has it now.
func (e *entry) unpin() {
	if _, has := workflow.GetTypedSearchAttributes(e.ctx).GetKeyword(attributeFlow); !has {
		return
	}
	if err := workflow.UpsertTypedSearchAttributes(e.ctx, attributeVersion.ValueUnset(), attributeFlow.ValueUnset()); err != nil {
		workflow.GetLogger(e.ctx).Warn("search attributes were not set", "error", err)
	}
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
	switch {
	case isBusy(err):
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
