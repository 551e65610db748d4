package worker

import (
	"context"
	"encoding/json"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// bundle runs one flow in Temporal's time-skipping environment, its activities played by functions.
type bundle struct {
	*testsuite.TestWorkflowEnvironment
	t     *testing.T
	flow  *definition.Flow
	plays map[string]play

	joining func(joining) (joined, error) // how an entry finds its lane: idle, unless a test says otherwise
	idle    func(lane string) error

	mu    sync.Mutex
	calls []played
	input string
}

// play is one attempt of an activity.
type play func(c activities.Call, attempt int) (value.Value, error)

// played is a call that an activity saw.
type played struct {
	activities.Call
	Type, ID string
	Local    bool
	Attempt  int
	Timeout  time.Duration
}

// singleton is a flow with that body and nothing else; keyed has lanes by :id.
func singleton(body string) string {
	return `{:slug :t :name "Test" :concurrency {:type :singleton} :flow '` + body + `}`
}

func keyed(body string) string {
	return `{:slug :t :name "Test" :concurrency {:type :keyed :key-field :id}
	:invocations {:default {:inputs [{:name :id :type :text :required true} {:name :n :type :number :default 7}]}} :flow '` + body + `}`
}

func parse(t *testing.T, text string) *definition.Flow {
	t.Helper()
	f, problems := definition.Parse("t.edn", []byte(text))
	require.False(t, problems.HasErrors(), "%v", problems)
	return f
}

func setup(t *testing.T, text string) *bundle {
	t.Helper()
	b := &bundle{t: t, flow: parse(t, text), plays: map[string]play{}, input: `{}`}
	b.joining = func(joining) (joined, error) { return joined{}, nil }
	b.idle = func(string) error { return nil }
	suite := &testsuite.WorkflowTestSuite{}
	suite.SetLogger(silent{})
	b.TestWorkflowEnvironment = suite.NewTestWorkflowEnvironment()
	b.SetDataConverter(DataConverter())
	// A machine that builds beside its tests stands still for seconds at times, and that is no deadlock.
	b.SetWorkerOptions(worker.Options{Interceptors: interceptorsFor(planned{}), DeadlockDetectionTimeout: time.Minute})
	b.SetStartWorkflowOptions(client.StartWorkflowOptions{ID: "t", TaskQueue: "weir"})
	b.SetTestTimeout(20 * time.Second)
	registerWorkflows(b.TestWorkflowEnvironment, &Flow{})
	b.register()
	return b
}

func (b *bundle) register() {
	named := func(name string) activity.RegisterOptions { return activity.RegisterOptions{Name: name} }
	b.RegisterActivityWithOptions(func(context.Context, activities.Request) (activities.Plan, error) {
		return activities.NewPlan(b.flow, 3, func(string) bool { return true })
	}, named(activityDefinition))
	b.RegisterActivityWithOptions(func(_ context.Context, j joining) (joined, error) { return b.joining(j) }, named(activityJoin))
	b.RegisterActivityWithOptions(func(_ context.Context, lane string) error { return b.idle(lane) }, named(activityIdle))
	for name := range activityTypes {
		b.RegisterActivityWithOptions(func(ctx context.Context, c activities.Call) (wire.V, error) {
			return b.play(ctx, name, c)
		}, named(name))
	}
}

func (b *bundle) play(ctx context.Context, name string, c activities.Call) (wire.V, error) {
	info := activity.GetInfo(ctx)
	b.mu.Lock()
	b.calls = append(b.calls, played{Call: c, Type: name, ID: info.ActivityID, Local: info.IsLocalActivity, Attempt: int(info.Attempt), Timeout: info.StartToCloseTimeout})
	f := b.plays[name]
	b.mu.Unlock()
	if f == nil {
		f = echo
	}
	v, err := f(c, int(info.Attempt))
	return wire.V{Value: v}, err
}

// echo gives back the step's config.
func echo(c activities.Call, _ int) (value.Value, error) { return c.Config.Value, nil }

// on plays an activity.
func (b *bundle) on(name string, f play) { b.plays[name] = f }

// failing fails the first n attempts with a retryable error of that code.
func failing(n int, code string, after play) play {
	return func(c activities.Call, attempt int) (value.Value, error) {
		if attempt <= n {
			return value.Nil, stepError(c, code, attempt, false)
		}
		return after(c, attempt)
	}
}

func stepError(c activities.Call, code string, attempt int, final bool) error {
	return temporal.NewApplicationErrorWithOptions("it broke", code, temporal.ApplicationErrorOptions{
		NonRetryable: final,
		Details:      []any{activities.Failure{Step: c.Step, Code: code, Message: "it broke", Status: 503, Attempts: attempt}},
	})
}

// run executes the flow to its end.
func (b *bundle) run() { b.ExecuteWorkflow(b.flow.Slug, json.RawMessage(b.input)) }

// result runs the flow and gives its result as JSON text.
func (b *bundle) result() string {
	b.t.Helper()
	b.run()
	require.True(b.t, b.IsWorkflowCompleted())
	require.NoError(b.t, b.GetWorkflowError())
	var out json.RawMessage
	require.NoError(b.t, b.GetWorkflowResult(&out))
	return string(out)
}

// failure runs the flow and gives the error that it fails with.
func (b *bundle) failure() *temporal.ApplicationError {
	b.t.Helper()
	b.run()
	require.True(b.t, b.IsWorkflowCompleted())
	var app *temporal.ApplicationError
	require.ErrorAs(b.t, b.GetWorkflowError(), &app)
	require.True(b.t, app.NonRetryable())
	return app
}

// timeline asks the run.
func (b *bundle) timeline() Timeline {
	b.t.Helper()
	got, err := b.QueryWorkflow(QueryTimeline)
	require.NoError(b.t, err)
	var t Timeline
	require.NoError(b.t, got.Get(&t))
	return t
}

// open asks the run for its waits.
func (b *bundle) open() []Wait {
	b.t.Helper()
	got, err := b.QueryWorkflow(QueryWaits)
	require.NoError(b.t, err)
	var w openWaits
	require.NoError(b.t, got.Get(&w))
	return w.Waits
}

// details are the current details that the Web UI shows.
func (b *bundle) details() string {
	b.t.Helper()
	got, err := b.QueryWorkflow("__temporal_workflow_metadata")
	require.NoError(b.t, err)
	var raw converter.RawValue
	require.NoError(b.t, got.Get(&raw))
	var meta struct {
		CurrentDetails string `json:"currentDetails"`
	}
	require.NoError(b.t, json.Unmarshal(raw.Payload().GetData(), &meta))
	return meta.CurrentDetails
}

// states are the timeline's entries, one text each.
func (b *bundle) states() []string {
	var out []string
	for _, e := range b.timeline().Entries {
		switch e.Kind {
		case KindDecision:
			out = append(out, e.Label+" "+e.Answer)
		case KindNote:
			out = append(out, "note: "+e.Note)
		default:
			out = append(out, stepName(e.Step, e.Occurrence)+" "+e.State)
		}
	}
	return out
}

// after does something when the run's own clock has gone on by d.
func (b *bundle) after(d time.Duration, f func()) { b.RegisterDelayedCallback(f, d) }

// signal sends JSON.
func (b *bundle) signal(name, text string) { b.SignalWorkflow(name, json.RawMessage(text)) }

// update sends a decision; the answer is there once the run has handled it.
func (b *bundle) update(q decideRequest) *answer {
	a := &answer{}
	b.UpdateWorkflow(UpdateDecide, q.ID+"-update", a, q)
	return a
}

// answer is what became of an update.
type answer struct {
	reply    decideReply
	rejected error
	failed   error
	done     bool
}

func (a *answer) Accept()          {}
func (a *answer) Reject(err error) { a.rejected, a.done = err, true }
func (a *answer) Complete(v any, err error) {
	a.failed, a.done = err, true
	if reply, ok := v.(decideReply); ok {
		a.reply = reply
	}
}

// edn reads one value.
func edn(t *testing.T, text string) value.Value {
	t.Helper()
	v, ok, problems := syntax.ReadValue("test", []byte(text))
	require.True(t, ok && !problems.HasErrors(), "%v", problems)
	return v
}

// silent drops the SDK's logs.
type silent struct{}

func (silent) Debug(string, ...any) {}
func (silent) Info(string, ...any)  {}
func (silent) Warn(string, ...any)  {}
func (silent) Error(string, ...any) {}
