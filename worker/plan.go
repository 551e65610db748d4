package worker

import (
	"errors"
	"slices"
	"sync"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/definition"
)

// How hard a run tries to read its definition: a store that is down delays runs and fails none.
const (
	planTimeout = 30 * time.Second
	planBackoff = 200 * time.Millisecond
	planMaxWait = 30 * time.Second
)

// maxPrograms is how many compiled plans a process keeps.
const maxPrograms = 512

// plan is what a run needs of its definition, ready for use.
type plan struct {
	activities.Plan
	flow *definition.Flow // inputs, concurrency and the compiled body
}

func (p *plan) bound(slot string) bool { return slices.Contains(p.Bound, slot) }

// loadPlan runs the local activity "definition", whose small result is all that a replay needs, and makes it usable.
func (x *execution) loadPlan(version int) (*plan, error) {
	ctx := workflow.WithLocalActivityOptions(x.ctx, workflow.LocalActivityOptions{
		StartToCloseTimeout: planTimeout, ScheduleToCloseTimeout: localForever,
		RetryPolicy: &temporal.RetryPolicy{InitialInterval: planBackoff, BackoffCoefficient: 2, MaximumInterval: planMaxWait},
	})
	var p activities.Plan
	// The first task of a run comes after the end of the run before it in its lane. Its start needn't: a start that waits in the server for
	// the end of another run is dated from when it came in.
	asked := activities.Request{Version: version, Began: workflow.Now(x.ctx).UnixMicro()}
	if err := workflow.ExecuteLocalActivity(ctx, activityDefinition, asked).Get(ctx, &p); err != nil {
		return nil, planError(err)
	}
	return x.usable(p)
}

// usable compiles a plan, or finds it compiled.
func (x *execution) usable(p activities.Plan) (*plan, error) {
	f, err := x.programs.flow(x.slug(), p)
	if err != nil {
		return nil, runFailure{Code: codeInvalidFlow, Message: err.Error()}.fail()
	}
	return &plan{Plan: p, flow: f}, nil
}

func planError(err error) error {
	var app *temporal.ApplicationError
	if temporal.IsCanceledError(err) || !errors.As(err, &app) {
		return err
	}
	return runFailure{Code: app.Type(), Message: app.Message()}.fail()
}

// programs keeps what plans compile to, per process, by digest.
type programs struct {
	mu    sync.Mutex
	flows map[string]*definition.Flow
	order []string // oldest first
}

func (c *programs) flow(slug string, p activities.Plan) (*definition.Flow, error) {
	key := slug + " " + p.Digest
	c.mu.Lock()
	defer c.mu.Unlock()
	if f, ok := c.flows[key]; ok {
		return f, nil
	}
	f, err := p.Flow(slug)
	if err != nil {
		return nil, err
	}
	if c.flows == nil {
		c.flows = map[string]*definition.Flow{}
	}
	if len(c.order) == maxPrograms {
		delete(c.flows, c.order[0])
		c.order = c.order[1:]
	}
	c.flows[key] = f
	c.order = append(c.order, key)
	return f, nil
}
