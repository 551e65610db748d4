package activities

import (
	"context"

	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// answered does a step's work and puts what it gives, or why it failed, into Temporal's terms.
func answered(ctx context.Context, call Call, work func(context.Context, Call) (value.Value, error)) (wire.V, error) {
	v, err := work(ctx, call)
	if err != nil {
		return wire.V{}, failed(ctx, call, err)
	}
	return wire.V{Value: v}, nil
}

// readStep takes the parts of a call that every step has: its config, and where its result goes.
func readStep(call Call) (*value.Map, persistence, error) {
	config, err := configOf(call)
	if err != nil {
		return nil, persistence{}, err
	}
	persist, err := parsePersist(config.GetKw("persist"))
	return config, persist, err
}

// stepOf is readStep, with where the call happens and the flow's definition.
func (a *Activities) stepOf(ctx context.Context, call Call) (config *value.Map, p persistence, at place, f *definition.Flow, err error) {
	if config, p, err = readStep(call); err != nil {
		return nil, p, at, nil, err
	}
	at = call.place(ctx)
	f, _, err = a.flow(ctx, at.Slug, call.Version)
	return config, p, at, f, err
}

func configOf(call Call) (*value.Map, error) {
	if call.Config.Value.IsNil() {
		return value.EmptyMap, nil
	}
	config, ok := call.Config.Value.AsMap()
	if !ok {
		return nil, fault.New(fault.InvalidConfig, "the config of a step must be a map (found: %s)", value.KindName(call.Config.Value))
	}
	return config, nil
}
