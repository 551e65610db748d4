package activities

import (
	"context"
	"errors"

	"go.temporal.io/sdk/activity"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/definition"
)

// Request asks for the plan of a version of the flow whose workflow asks.
type Request struct {
	Version int `json:"v,omitempty"` // 0: the live one
}

// UnknownFlow is the code of a start of a flow that nobody deployed.
const UnknownFlow = "unknown-flow"

// Definition finds the version that a run is to execute and returns what the run records of it. It fails, for
// good, if there is no such flow or version, or if a required slot lacks what its :auth needs.
func (a *Activities) Definition(ctx context.Context, r Request) (Plan, error) {
	slug := activity.GetInfo(ctx).WorkflowType.Name
	plan, err := a.plan(ctx, slug, r.Version)
	if err != nil {
		return Plan{}, failed(ctx, Call{Step: "definition"}, err)
	}
	return plan, nil
}

func (a *Activities) plan(ctx context.Context, slug string, version int) (Plan, error) {
	f, version, err := a.flow(ctx, slug, version)
	if err != nil {
		return Plan{}, err
	}
	if problems := a.Bindings.Check(f); len(problems) > 0 {
		return Plan{}, fault.New(fault.SlotUnbound, "%v", binding.Problems(problems)).Hinted("bind it in the file that " + binding.Variable + " names")
	}
	return NewPlan(f, version, func(slot string) bool { return a.Bindings.Bound(f, slot) })
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
	f, err := a.Versions.Get(ctx, slug, version)
	if errors.Is(err, store.ErrNotFound) {
		return nil, 0, fault.New(fault.UnknownVersion, "there is no version %d of the flow %s", version, slug)
	}
	return f, version, err
}
