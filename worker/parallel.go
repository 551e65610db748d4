package worker

import (
	"errors"

	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/value"
)

// Parallel evaluates the branches concurrently and gives their values in order. It ends when all have ended, also
// when one throws: then what the first in form order threw goes on. What no try may see goes before that.
func (h *host) Parallel(th *value.Thread, branches []value.Value) []value.Value {
	call := itoa(h.next("parallel"))
	results := make([]value.Value, len(branches))
	errs := make([]error, len(branches))
	left := len(branches)
	for i, branch := range branches {
		own := th.Fork()
		h.run.lines.active++
		workflow.GoNamed(h.ctx, "branch "+h.linePath(call, i), func(ctx workflow.Context) {
			line := &host{run: h.run, ctx: ctx, path: h.linePath(call, i)}
			line.attach(own)
			line.begun()
			results[i], errs[i] = interpreter.Call(own, branch)
			left--
			h.run.leave()
		})
	}
	h.join(func() bool { return left == 0 })
	th.Refill()
	throwFirst(errs)
	return results
}

// linePath names the line of evaluation that works on the i-th part of something that this line divided.
func (h *host) linePath(of string, i int) string {
	path := of + "." + itoa(i)
	if h.path == "" {
		return path
	}
	return h.path + "/" + path
}

// throwFirst panics with the first limit among errs, or else with the first exception.
func throwFirst(errs []error) {
	for _, err := range errs {
		var limit *value.LimitError
		if errors.As(err, &limit) {
			panic(limit)
		}
	}
	for _, err := range errs {
		var thrown *value.Exception
		if errors.As(err, &thrown) {
			panic(thrown)
		}
		if err != nil {
			panic(err)
		}
	}
}
