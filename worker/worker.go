package worker

import (
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/metrics"
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
	// ContinueAfter is after how many events runs that begin here are continued as new; default DefaultContinueAfter.
	ContinueAfter int
	// StickyCacheOff makes every workflow task replay its history: for tests. It holds for the whole process, and only
	// where no worker runs in it yet (an embedded server has some).
	StickyCacheOff bool
	// Metrics, if set, measure the attempts of steps.
	Metrics *metrics.Metrics
}

const (
	deadlockTimeout = 5 * time.Second
	stickyTimeout   = 3 * time.Second
	// stopTimeout is how long a worker that stops lets its attempts finish. What takes longer is cancelled, and tried again elsewhere.
	stopTimeout = 20 * time.Second
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
		BuildID:      buildID(),
		Interceptors: interceptorsFor(planned{searchAttributes: opt.SearchAttributes, continueAfter: opt.ContinueAfter, metrics: opt.Metrics}),
		// The language's own limits end an evaluation long before; this only leaves a busy machine its time.
		DeadlockDetectionTimeout: deadlockTimeout,
		WorkerStopTimeout:        stopTimeout,
		// A worker that died is noticed before whoever decides a wait gives up on an answer.
		StickyScheduleToStartTimeout: stickyTimeout,
		// The SDK would hold back a beat for most of the time after which its absence counts.
		MaxHeartbeatThrottleInterval: heartbeatTimeout / 3,
	})
	registerWorkflows(w, &Flow{Links: opt.Links, TimeScale: opt.TimeScale})
	acts.Register(w)
	newCoordinator(NewStarter(c, nil, StarterOptions{TaskQueue: opt.TaskQueue})).register(w)
	return w
}

// registerWorkflows makes known all that runs on Weir's task queue.
func registerWorkflows(w worker.WorkflowRegistry, flow *Flow) {
	w.RegisterDynamicWorkflow(flow.Execute, workflow.DynamicRegisterOptions{})
	w.RegisterWorkflowWithOptions(runQueue, workflow.RegisterOptions{Name: typeQueue})
}
