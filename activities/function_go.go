package activities

import (
	"context"
	"errors"
	"time"

	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
	"github.com/weir-run/weir/jail"
)

// jailed calls a Go function. Its input is plain JSON, as programs outside see a value, and its result is read like
// any JSON: keys become keywords.
func (a *Activities) jailed(ctx context.Context, f *definition.Function, arg value.Value) (value.Value, error) {
	ctx, cancel := bounded(ctx)
	if _, has := ctx.Deadline(); !has {
		ctx, cancel = context.WithTimeout(ctx, FunctionTimeout)
	}
	defer cancel()
	input, err := wire.MarshalPlain(arg)
	if err != nil {
		return value.Nil, fault.New(fault.InvalidConfig, ":input can't go into a Go function: %v", err)
	}
	began := time.Now()
	out, err := a.jail.Call(ctx, f.Source, input)
	var problem *jail.Error
	if errors.As(err, &problem) {
		if problem.Code == jail.CodeLost || problem.Code == jail.CodeUnavailable {
			a.Logger.Error("go function didn't run", "function", f.ID, "code", problem.Code, "reason", problem.Message, "after", time.Since(began))
		}
		return value.Nil, goFault(f, problem)
	}
	if err != nil {
		return value.Nil, err
	}
	v, err := wire.FromJSON(out, wire.JSONLimits{})
	if err != nil {
		return value.Nil, fault.New(jail.CodeResult, "the function's result: %v", err)
	}
	return v, nil
}

// goFault says where in the flow's text a function failed. Only a child that was lost for no reason of its own may do better.
func goFault(f *definition.Function, e *jail.Error) *fault.Error {
	out := fault.New(e.Code, "%s", e.Message).Hinted(e.Hint)
	out.Retry = e.Code == jail.CodeLost
	if e.Offset >= 0 && f.Place != nil {
		out.Message += " (at " + diagnostic.Place(f.Place(e.Offset)) + ")"
	}
	return out
}
