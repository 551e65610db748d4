package worker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/wire"
)

// Bounds of a rehearsal in real time. A busy machine stands still for seconds at times, and that is no deadlock.
const (
	rehearsalDeadlock = time.Minute
	// RehearsalIdle is how long nothing may happen in a rehearsal before it is given up.
	RehearsalIdle = 30 * time.Second
	// rehearsalPatience is longer than the run's clock can be from the machine's.
	rehearsalPatience = 200 * 365 * 24 * time.Hour
)

// ErrStuck says that nothing happened in a rehearsal for RehearsalIdle.
var ErrStuck = errors.New("the run is stuck")

// Rehearsal is one run of a flow in Temporal's test environment, in this process: the same workflow code, and a clock that
// skips whatever the run waits for. It is the registry of its activities; then Run it.
type Rehearsal struct {
	env     *testsuite.TestWorkflowEnvironment
	planned planned
	calls   *answeredCalls
}

// RehearsalStart says what is run.
type RehearsalStart struct {
	Slug       string
	Key        string // of its lane, "" for a singleton
	Digest     string // of the version, where the flow's versions coexist
	Invocation string // "" for the flow's usual one
	Version    int    // 0: the live one
	Input      json.RawMessage
}

// Rehearse prepares a run. Flow may be shared by many: it keeps what plans compile to.
func (f *Flow) Rehearse(began time.Time) *Rehearsal {
	suite := &testsuite.WorkflowTestSuite{}
	suite.SetLogger(noLog{})
	env := suite.NewTestWorkflowEnvironment()
	env.SetDataConverter(DataConverter())
	// All steps of a run stay in one execution: that it may go on in another one is no concern of its author.
	p := planned{continueAfter: patience * MaxStepExecutions}
	calls := &answeredCalls{}
	env.SetWorkerOptions(worker.Options{
		Interceptors:             append(interceptorsFor(p), &patient{calls: calls}),
		DeadlockDetectionTimeout: rehearsalDeadlock,
	})
	env.SetTestTimeout(RehearsalIdle)
	env.SetStartTime(began)
	registerWorkflows(env, f)
	env.RegisterWorkflowWithOptions(answered, workflow.RegisterOptions{Name: typeAnswered})
	return &Rehearsal{env: env, planned: p, calls: calls}
}

// Now is the run's clock.
func (r *Rehearsal) Now() time.Time { return r.env.Now() }

// RegisterActivityWithOptions registers an activity. The environment shows interceptors no results of local activities, so
// those of ours are intercepted here.
func (r *Rehearsal) RegisterActivityWithOptions(a any, o activity.RegisterOptions) {
	switch run := a.(type) {
	case func(context.Context, activities.Call) (wire.V, error):
		a = func(ctx context.Context, c activities.Call) (any, error) {
			return r.attempt(ctx, c, func() (any, error) { return run(ctx, c) })
		}
	case func(context.Context, activities.Request) (activities.Plan, error):
		a = func(ctx context.Context, q activities.Request) (any, error) {
			return r.attempt(ctx, q, func() (any, error) { return run(ctx, q) })
		}
	}
	r.env.RegisterActivityWithOptions(a, o)
}

func (r *Rehearsal) attempt(ctx context.Context, arg any, run func() (any, error)) (any, error) {
	a := &attempt{planned: r.planned}
	a.Next = &called{run: run}
	return a.ExecuteActivity(ctx, &interceptor.ExecuteActivityInput{Args: []any{arg}})
}

// called is an activity behind an attempt.
type called struct {
	interceptor.ActivityInboundInterceptorBase
	run func() (any, error)
}

func (c *called) ExecuteActivity(context.Context, *interceptor.ExecuteActivityInput) (any, error) {
	return c.run()
}

// Run runs the flow to its end and gives its result, plain JSON. Errors: *RunError, or one with ErrStuck.
func (r *Rehearsal) Run(s RehearsalStart) (result json.RawMessage, err error) {
	lane, err := laneOfVersion(s.Slug, s.Key, s.Digest)
	if err != nil {
		return nil, fmt.Errorf("rehearse %s: %w", s.Slug, err)
	}
	defer func() {
		if p := recover(); p != nil {
			result, err = nil, rehearsalPanic(p)
		}
	}()
	r.env.SetStartWorkflowOptions(client.StartWorkflowOptions{
		ID: lane, TaskQueue: DefaultTaskQueue, WorkflowExecutionTimeout: MaxRun, WorkflowRunTimeout: MaxRun,
	})
	r.env.ExecuteWorkflow(s.Slug, s.Input, start{Version: s.Version, Invocation: s.Invocation})
	if err := r.env.GetWorkflowError(); err != nil {
		return nil, runError(err)
	}
	if err := r.env.GetWorkflowResult(&result); err != nil {
		return nil, fmt.Errorf("rehearse %s: %w", s.Slug, err)
	}
	return result, nil
}

// rehearsalPanic tells the environment's own end of patience from every other panic, which passes.
func rehearsalPanic(p any) error {
	text, ok := p.(string)
	if !ok || !strings.HasPrefix(text, "test timeout") {
		panic(p)
	}
	return fmt.Errorf("%w: nothing happened for %v", ErrStuck, RehearsalIdle)
}

// Timeline is what the run did so far.
func (r *Rehearsal) Timeline() (Timeline, error) {
	var t Timeline
	got, err := r.env.QueryWorkflow(QueryTimeline)
	if err == nil {
		err = got.Get(&t)
	}
	if err != nil {
		return t, fmt.Errorf("ask for the timeline: %w", err)
	}
	return t, nil
}

// Waits are the open waits.
func (r *Rehearsal) Waits() ([]Wait, error) {
	var w openWaits
	got, err := r.env.QueryWorkflow(QueryWaits)
	if err == nil {
		err = got.Get(&w)
	}
	if err != nil {
		return nil, fmt.Errorf("ask for the waits: %w", err)
	}
	return w.Waits, nil
}

// Recording is what the run depended on, as Starter.Recording tells it, with the definition that it ran.
func (r *Rehearsal) Recording(f *definition.Flow) (Recording, error) {
	var rec Recording
	got, err := r.env.QueryWorkflow(QueryRecording)
	if err == nil {
		err = got.Get(&rec)
	}
	if err != nil {
		return rec, fmt.Errorf("ask for the recording: %w", err)
	}
	rec.complete(f)
	return rec, nil
}

// OnTimer calls f in the run's own time, once the run blocks, whenever it has set a timer: as each wait does.
func (r *Rehearsal) OnTimer(f func()) {
	r.env.SetOnTimerScheduledListener(func(string, time.Duration) { r.env.RegisterDelayedCallback(f, 0) })
}

// After calls f when the run's clock has gone on by d.
func (r *Rehearsal) After(d time.Duration, f func()) { r.env.RegisterDelayedCallback(f, d) }

// Cancel asks the run to end.
func (r *Rehearsal) Cancel() { r.env.CancelWorkflow() }

// Decide sends a decision, as Starter.Decide does, and tells what became of it once the run has looked at it. It is for
// functions that OnTimer and After call.
func (r *Rehearsal) Decide(d Decision, told func(Decided, error)) {
	if d.ID == "" {
		d.ID = uuid.NewString()
	}
	r.env.UpdateWorkflow(UpdateDecide, d.ID, &listener{told}, d.request())
}

// patient lets local activities be tried again however far the run's clock is from the machine's: the environment
// compares the two.
type patient struct {
	interceptor.WorkerInterceptorBase
	calls *answeredCalls
}

func (q *patient) InterceptWorkflow(_ workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	p := &patientInbound{calls: q.calls}
	p.Next = next
	return p
}

type patientInbound struct {
	interceptor.WorkflowInboundInterceptorBase
	calls *answeredCalls
}

func (p *patientInbound) Init(out interceptor.WorkflowOutboundInterceptor) error {
	o := &patientOutbound{calls: p.calls}
	o.Next = out
	return p.Next.Init(o)
}

type patientOutbound struct {
	interceptor.WorkflowOutboundInterceptorBase
	calls *answeredCalls
}

func (p *patientOutbound) ExecuteLocalActivity(ctx workflow.Context, name string, args ...any) workflow.Future {
	o := workflow.GetLocalActivityOptions(ctx)
	o.ScheduleToCloseTimeout = rehearsalPatience
	return p.Next.ExecuteLocalActivity(workflow.WithLocalActivityOptions(ctx, o), name, args...)
}

// listener hears what became of an update.
type listener struct{ told func(Decided, error) }

func (t *listener) Accept()          {}
func (t *listener) Reject(err error) { t.told(refusal(err)) }
func (t *listener) Complete(v any, err error) {
	var app *temporal.ApplicationError
	reply, ok := v.(decideReply)
	switch {
	case errors.As(err, &app):
		t.told(refusal(err))
	case err != nil || !ok:
		t.told(Decided{}, fmt.Errorf("decide: %w", err))
	default:
		t.told(reply.decided(), nil)
	}
}

// noLog drops the SDK's logs.
type noLog struct{}

func (noLog) Debug(string, ...any) {}
func (noLog) Info(string, ...any)  {}
func (noLog) Warn(string, ...any)  {}
func (noLog) Error(string, ...any) {}
