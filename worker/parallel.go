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
	call := h.next("parallel")
	results := make([]value.Value, len(branches))
	errs := make([]error, len(branches))
	group := workflow.NewWaitGroup(h.ctx)
	group.Add(len(branches))
	for i, branch := range branches {
		own := th.Fork()
		workflow.GoNamed(h.ctx, "branch "+h.branchPath(call, i), func(ctx workflow.Context) {
			line := &host{run: h.run, ctx: ctx, path: h.branchPath(call, i)}
			line.attach(own)
			results[i], errs[i] = interpreter.Call(own, branch)
			group.Done()
		})
	}
	group.Wait(h.ctx)
	th.Refill()
	throwFirst(errs)
	return results
}

func (h *host) branchPath(call, branch int) string {
	path := itoa(call) + "." + itoa(branch)
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
