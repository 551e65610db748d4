package activities

import (
	"context"
	"errors"

	"go.temporal.io/sdk/temporal"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/egress"
	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/activities/template"
	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/wire"
)

// Failure is the detail of a step's error.
type Failure struct {
	Step     string `json:"step,omitempty"`
	Code     string `json:"code"`
	Message  string `json:"message,omitempty"`
	Hint     string `json:"hint,omitempty"`
	Status   int    `json:"status,omitempty"` // of HTTP
	Attempts int    `json:"attempts,omitempty"`
	Data     wire.V `json:"data"`
}

// failed makes the error that leaves an activity: typed, outermost, and retried only where that can help.
func failed(ctx context.Context, call Call, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return temporal.NewCanceledError()
	}
	f := faultOf(err)
	detail := Failure{Step: call.Step, Code: f.Code, Hint: f.Hint, Status: f.Status, Attempts: call.place(ctx).Attempt, Data: wire.V{Value: f.Data}}
	return temporal.NewApplicationErrorWithOptions(f.Error(), f.Code, temporal.ApplicationErrorOptions{
		NonRetryable: !f.Retry, NextRetryDelay: f.After, Details: []any{detail},
	})
}

// faultOf finds or makes the fault in an error of any package under activities.
func faultOf(err error) *fault.Error {
	var f *fault.Error
	var wrong *template.Error
	var unbound binding.Problem
	var language *interpreter.Error
	var invalid *store.InvalidError
	refused, isRefused := egress.Refused(err)
	switch {
	case errors.As(err, &f):
		return f
	case errors.As(err, &wrong):
		return fault.New(fault.Template, "%v", wrong)
	case errors.As(err, &unbound):
		return fault.New(fault.SlotUnbound, "%v", unbound).Hinted("bind it in the file that " + binding.Variable + " names")
	case isRefused:
		return fault.New(fault.EgressRefused, "%v", refused).Hinted(refused.Hint())
	case errors.As(err, &language):
		return languageFault(language)
	case errors.As(err, &invalid):
		return fault.New(fault.KVInvalid, "%s", invalid.Message)
	case errors.Is(err, store.ErrSuperseded):
		return fault.New(fault.Superseded, "%v", err)
	case errors.Is(err, store.ErrTooLarge):
		return fault.New(fault.BlobTooLarge, "%v", err)
	case errors.Is(err, store.ErrNotFound):
		return fault.New(fault.BlobMissing, "%v", err)
	case errors.Is(err, store.ErrDamaged):
		return fault.New(fault.BlobDamaged, "%v", err)
	}
	return fault.Passing(fault.StoreFailed, "%v", err)
}

// languageFault is what a function's error becomes: its own code for a limit, function-error for what it threw.
func languageFault(e *interpreter.Error) *fault.Error {
	code := fault.Function
	if e.Limit {
		code = e.Code
	}
	f := fault.New(code, "%s", e.Message)
	if e.Class != "" && e.Class != "ExceptionInfo" && !e.Limit {
		f.Message = e.Class + ": " + e.Message
	}
	if e.Pos.Line > 0 {
		f.Message += " (at " + diagnostic.Place(e.Pos) + ")"
	}
	f.Hint, f.Data = e.Hint, e.Data
	return f
}
