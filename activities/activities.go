package activities

import (
	"context"
	"log/slog"
	"net/http"
	"runtime"
	"time"

	"go.temporal.io/sdk/activity"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/database"
	"github.com/weir-run/weir/activities/egress"
	"github.com/weir-run/weir/activities/request"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/jail"
)

// The names of the activity types: a contract with running histories.
const (
	NameHTTP       = "http"
	NameFunction   = "function"
	NameKV         = "kv"
	NameNotify     = "notify"
	NameBlob       = "blob"
	NameDatabase   = "db"
	NameLLM        = "llm"
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
	Approver   string // whom the links are for; "" where the wait asks nobody in particular
}

// Deps is what activities work with. All of it is needed, but for Links, Logger and Around.
type Deps struct {
	Versions *store.Versions
	Blobs    *store.Blobs
	KV       *store.KV
	Bindings *binding.Source
	Egress   *egress.Guard
	Links    LinkMaker                                 // nil: notifications of waits have no links
	Logger   *slog.Logger                              // nil: slog's default
	GoJail   jail.Mode                                 // what Go functions need of the kernel; "" for everything
	Around   func(http.RoundTripper) http.RoundTripper // sees the requests of steps; nil: nobody does
}

// Activities are the step activities of one worker process. They are safe for concurrent use.
type Activities struct {
	Deps
	client    *request.Client
	code      *codeCache
	large     *interpreter.Gate
	jail      *jail.Pool
	databases database.Pools
}

// New makes the activities.
func New(d Deps) *Activities {
	if d.Logger == nil {
		d.Logger = slog.Default()
	}
	return &Activities{Deps: d, client: request.NewClient(d.Egress, d.Around), code: newCodeCache(),
		large: interpreter.NewGate(largeFunctions * runtime.GOMAXPROCS(0)), jail: jail.NewPool(jail.Options{Mode: d.GoJail})}
}

// Close lets go of idle connections and processes. The stores are the caller's.
func (a *Activities) Close() {
	a.client.Close()
	a.jail.Close()
	a.databases.Close()
}

// Registry is where activities are registered: a Temporal worker, or a test's environment.
type Registry interface {
	RegisterActivityWithOptions(a any, options activity.RegisterOptions)
}

// Register makes the activities known to a worker under their names.
func (a *Activities) Register(r Registry) {
	for name, f := range map[string]any{
		NameHTTP: a.HTTP, NameFunction: a.Function, NameKV: a.KeyValue, NameNotify: a.Notify, NameBlob: a.Blob, NameDatabase: a.Database, NameLLM: a.LanguageModel, NameDefinition: a.Definition,
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
