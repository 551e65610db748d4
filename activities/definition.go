package activities

import (
	"context"
	"errors"
	"strings"

	"go.temporal.io/sdk/activity"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/definition"
)

// Request asks for the plan of a version of the flow whose workflow asks.
type Request struct {
	Version int   `json:"v,omitempty"` // 0: the live one
	Began   int64 `json:"b,omitempty"` // when the first task of the execution did, in microseconds since 1970
}

// UnknownFlow is the code of a start of a flow that nobody deployed.
const UnknownFlow = "unknown-flow"

// Definition finds the version that a run is to execute and returns what the run records of it. It fails, for
// good, if there is no such flow or version, or if a required slot lacks what its :auth needs.
func (a *Activities) Definition(ctx context.Context, r Request) (Plan, error) {
	info := activity.GetInfo(ctx)
	slug := info.WorkflowType.Name
	plan, f, err := a.plan(ctx, slug, r.Version)
	if err == nil && f.Concurrency.OnNewVersion == definition.Supersede && strings.HasPrefix(info.WorkflowExecution.ID, slug) {
		// Before the run does anything, it closes the door behind the one that it superseded.
		plan.Fence = r.Began
		err = a.KV.Raise(ctx, store.Fence{Lane: info.WorkflowExecution.ID, At: r.Began})
	}
	if err != nil {
		return Plan{}, failed(ctx, Call{Step: "definition"}, err)
	}
	return plan, nil
}

func (a *Activities) plan(ctx context.Context, slug string, version int) (Plan, *definition.Flow, error) {
	if version != 0 {
		if _, err := a.Versions.Begin(ctx, slug, version); err != nil {
			return Plan{}, nil, unknownVersion(slug, version, err)
		}
	}
	f, version, err := a.flow(ctx, slug, version)
	if err != nil {
		return Plan{}, nil, err
	}
	if problems := a.Bindings.Check(f); len(problems) > 0 {
		return Plan{}, nil, fault.New(fault.SlotUnbound, "%v", binding.Problems(problems)).Hinted("bind it in the file that " + binding.Variable + " names")
	}
	plan, err := NewPlan(f, version, func(slot string) bool { return a.Bindings.Bound(f, slot) })
	return plan, f, err
}

// flow loads a version, the live one for 0.
func (a *Activities) flow(ctx context.Context, slug string, version int) (*definition.Flow, int, error) {
	if version == 0 {
		var err error
		if version, err = a.Versions.Live(ctx, slug); err != nil {
			return nil, 0, err
		}
		if version == 0 {
			return nil, 0, fault.New(UnknownFlow, "there is no flow %s", slug).Hinted("deploy it: weir deploy PATH")
		}
	}
	f, err := a.Versions.Kept(ctx, slug, version)
	return f, version, unknownVersion(slug, version, err)
}

// unknownVersion makes a failure for good of a version that isn't there or no longer may be used.
func unknownVersion(slug string, version int, err error) error {
	var pruned *store.PrunedError
	switch {
	case errors.As(err, &pruned):
		return fault.New(fault.UnknownVersion, "%v", pruned)
	case errors.Is(err, store.ErrNotFound):
		return fault.New(fault.UnknownVersion, "there is no version %d of the flow %s", version, slug)
	}
	return err
}
