package gateway

import (
	"context"
	"encoding/json"
	"time"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/worker"
)

// Runs is what the doors do with runs; worker.Starter does it, and says what
// each method promises. A run id is always that of a run's first execution.
type Runs interface {
	Start(ctx context.Context, r worker.StartRequest) (worker.Started, error)
	// Earlier finds the run of a start that may have been made since then, and whose answer was lost. It looks at that many
	// of the lane's runs, the newest; at all where most is 0.
	Earlier(ctx context.Context, r worker.StartRequest, since time.Time, most int) (worker.Started, bool, error)
	Decide(ctx context.Context, d worker.Decision) (worker.Decided, error)
	Result(ctx context.Context, workflowID, runID string) (json.RawMessage, error)
	Questions
	Operator
}

// Questions ask how a run stands. Describe is answered by Temporal, the others by a worker.
type Questions interface {
	Describe(ctx context.Context, workflowID, runID string) (worker.Run, error)
	Timeline(ctx context.Context, workflowID, runID string) (worker.Timeline, error)
	Waits(ctx context.Context, workflowID, runID string) ([]worker.Wait, error)
	Recording(ctx context.Context, workflowID, runID string) (worker.Recording, error)
}

// Operator is what the runs API does besides.
type Operator interface {
	List(ctx context.Context, r worker.ListRequest) (runs []worker.Run, next []byte, err error)
	OpenWaits(ctx context.Context, r worker.ListRequest) (waits []worker.OpenWait, next []byte, err error)
	Queued(ctx context.Context, slug string) ([]worker.Queued, error)
	Cancel(ctx context.Context, workflowID, runID string) error
	Reassign(ctx context.Context, r worker.Reassignment) (worker.Wait, error)
}

// Flows finds the live version of a flow; store.Versions does. Live gives 0 for a slug that nobody deployed.
type Flows interface {
	Live(ctx context.Context, slug string) (int, error)
	Get(ctx context.Context, slug string, version int) (*definition.Flow, error)
	Slugs(ctx context.Context) ([]string, error)
}

// Secrets gives the live secrets of a flow's slot: one, or two while it is rotated. binding.Source does.
type Secrets interface {
	Live(f *definition.Flow, slot string) ([]binding.Secret, error)
}
