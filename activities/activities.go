package activities

import (
	"context"
	"log/slog"
	"time"

	"go.temporal.io/sdk/activity"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/egress"
	"github.com/weir-run/weir/activities/request"
	"github.com/weir-run/weir/activities/store"
)

// The names of the activity types: a contract with running histories.
const (
	NameHTTP       = "http"
	NameFunction   = "function"
	NameKV         = "kv"
	NameNotify     = "notify"
	NameBlob       = "blob"
	NameDefinition = "definition"
)

// LinkMaker makes the links that decide a wait; the gateway knows how.
type LinkMaker interface {
	Links(w PendingWait) (approve, reject string, err error)
}

// PendingWait names a wait for its links.
type PendingWait struct {
	WorkflowID string
	FirstRunID string // of the run that waits
	RunID      string // of its execution now
	Key        string
	Occurrence int // which wait of that key in the run, from 1
	Expires    time.Time
}

// Deps is what activities work with. All of it is needed, but for Links and Logger.
type Deps struct {
	Versions *store.Versions
	Blobs    *store.Blobs
	KV       *store.KV
	Bindings *binding.Source
	Egress   *egress.Guard
	Links    LinkMaker    // nil: notifications of waits have no links
	Logger   *slog.Logger // nil: slog's default
}

// Activities are the step activities of one worker process. They are safe for concurrent use.
type Activities struct {
	Deps
	client *request.Client
	code   *codeCache
}

// New makes the activities.
func New(d Deps) *Activities {
	if d.Logger == nil {
		d.Logger = slog.Default()
	}
	return &Activities{Deps: d, client: request.NewClient(d.Egress), code: newCodeCache()}
}

// Close lets go of idle connections. The stores are the caller's.
func (a *Activities) Close() { a.client.Close() }

// Registry is where activities are registered: a Temporal worker, or a test's environment.
type Registry interface {
	RegisterActivityWithOptions(a any, options activity.RegisterOptions)
}

// Register makes the activities known to a worker under their names.
func (a *Activities) Register(r Registry) {
	for name, f := range map[string]any{
		NameHTTP: a.HTTP, NameFunction: a.Function, NameKV: a.KeyValue, NameNotify: a.Notify, NameBlob: a.Blob, NameDefinition: a.Definition,
	} {
		r.RegisterActivityWithOptions(f, activity.RegisterOptions{Name: name})
	}
}

// margin is how much of an attempt's time is left for saying that it ran out.
const margin = 250 * time.Millisecond

// bounded ends the work a little before the attempt does, so that it can say why.
func bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	deadline, ok := ctx.Deadline()
	if !ok {
		return ctx, func() {}
	}
	left := time.Until(deadline)
	return context.WithDeadline(ctx, deadline.Add(-min(margin, left/10)))
}
