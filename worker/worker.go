package worker

import (
	"context"
	"errors"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/interpreter/wire"
)

// Options configures a worker. The zero value works.
type Options struct {
	TaskQueue string // default DefaultTaskQueue
	Identity  string // default: the SDK's
	// SearchAttributes says that EnsureSearchAttributes succeeded: runs set theirs.
	SearchAttributes bool
	// Links, if set, makes the links that decide a wait, for the run's page in the Temporal Web UI.
	Links activities.LinkMaker
	// TimeScale above 1 makes sleeps, waits and polls that much shorter: for dev mode.
	TimeScale float64
	// StickyCacheOff makes every workflow task replay its history: for tests. It holds for the whole process, and only
	// where no worker runs in it yet (an embedded server has some).
	StickyCacheOff bool
}

const (
	deadlockTimeout = 5 * time.Second
	stickyTimeout   = 3 * time.Second
)

// New returns a worker that runs every flow: Start or Run it. Its client must have been made with ClientOptions.
func New(c client.Client, acts *activities.Activities, opt Options) worker.Worker {
	if opt.TaskQueue == "" {
		opt.TaskQueue = DefaultTaskQueue
	}
	if opt.StickyCacheOff {
		worker.SetStickyWorkflowCacheSize(0)
	}
	w := worker.New(c, opt.TaskQueue, worker.Options{
		Identity:     opt.Identity,
		Interceptors: interceptorsFor(opt.SearchAttributes),
		// The language's own limits end an evaluation long before; this only leaves a busy machine its time.
		DeadlockDetectionTimeout: deadlockTimeout,
		// A worker that died is noticed before whoever decides a wait gives up on an answer.
		StickyScheduleToStartTimeout: stickyTimeout,
	})
	flow := &Flow{Links: opt.Links, TimeScale: opt.TimeScale}
	w.RegisterDynamicWorkflow(flow.Execute, workflow.DynamicRegisterOptions{})
	acts.Register(w)
	between := &coordinator{starter: NewStarter(c, nil, StarterOptions{TaskQueue: opt.TaskQueue})}
	w.RegisterActivityWithOptions(between.decide, activity.RegisterOptions{Name: activityDecide})
	return w
}

// coordinator does what an entry can't do itself.
type coordinator struct{ starter *Starter }

// decide passes a decision on to the run that an entry started.
func (c *coordinator) decide(ctx context.Context, to RunRef, q decideRequest) (decideReply, error) {
	d, err := c.starter.Decide(ctx, Decision{
		WorkflowID: to.WorkflowID, RunID: to.RunID, Key: q.Key, Occurrence: q.Occurrence, Value: q.Value.Value, By: q.By, ID: q.ID,
	})
	var invalid *InvalidDecisionError
	if errors.As(err, &invalid) {
		return decideReply{}, temporal.NewNonRetryableApplicationError(invalid.Reason, refusedInvalid, nil)
	}
	if err != nil {
		return decideReply{}, err
	}
	return decideReply{Outcome: d.Outcome, Value: wire.V{Value: d.Value}, By: d.By, At: d.At}, nil
}
