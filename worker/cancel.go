package worker

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// CleanupBound is how long a cancelled run may take for its finally parts, all together.
const CleanupBound = time.Minute

// cleanup runs a finally part of a line whose run was cancelled: until CleanupBound has passed since the first one, its
// steps reach outside as ever. The run ends as cancelled all the same.
func (h *host) cleanup(run func()) {
	r := h.run
	r.clock = workflow.Now(h.ctx) // the cancellation is what this line goes on with
	if r.cleanUntil.IsZero() {
		r.cleanUntil = r.clock.Add(CleanupBound)
		r.journal.note(r.now(), "", "the run was cancelled: its finally parts have "+CleanupBound.String())
	}
	left := r.cleanUntil.Sub(r.clock)
	if left <= 0 {
		return
	}
	before := h.ctx
	ctx, stop := workflow.NewDisconnectedContext(h.ctx)
	h.ctx = ctx
	over, release := workflow.WithCancel(ctx)
	workflow.GoNamed(over, "cleanup bound", func(ctx workflow.Context) {
		if workflow.NewTimerWithOptions(ctx, left, workflow.TimerOptions{Summary: "cleanup bound"}).Get(ctx, nil) == nil {
			stop()
		}
	})
	defer func() {
		release()
		h.ctx = before
	}()
	run()
}

// join blocks until all branches of this line have ended. Should the run be cancelled meanwhile, each still ends by itself,
// its finally parts done or out of time.
func (h *host) join(ended func() bool) {
	if !h.goOn("join", ended) {
		return
	}
	ctx, _ := workflow.NewDisconnectedContext(h.ctx)
	_ = workflow.Await(ctx, ended) // nothing cancels ctx
	panic(cancelled())
}
