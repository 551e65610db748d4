package gateway

import (
	"context"
	"errors"
	"time"

	"github.com/weir-run/weir/metrics"
	"github.com/weir-run/weir/worker"
)

// Bounds of starts. Temporal takes only so many a second: past that, waiting makes every start late and none sooner.
const (
	MaxStarts     = 48              // at once
	startPatience = 1 * time.Second // how long a start waits for its turn
)

// errOverloaded says that there was no turn for a start: nothing was tried.
var errOverloaded = errors.New("too many starts at once")

// admitted are runs of which only so many are started at once; starts and decisions are counted.
type admitted struct {
	Runs
	turns   chan struct{}
	metrics *metrics.Metrics
}

func admit(r Runs, m *metrics.Metrics) *admitted {
	return &admitted{Runs: r, turns: make(chan struct{}, MaxStarts), metrics: m}
}

// Start waits for a turn, and gives up before anything was done.
func (a *admitted) Start(ctx context.Context, r worker.StartRequest) (worker.Started, error) {
	patience := time.NewTimer(startPatience)
	defer patience.Stop()
	select {
	case a.turns <- struct{}{}:
		defer func() { <-a.turns }()
	case <-patience.C:
		a.metrics.TurnedAway("start")
		return worker.Started{}, errOverloaded
	case <-ctx.Done():
		return worker.Started{}, errOverloaded
	}
	done, err := a.Runs.Start(ctx, r)
	a.metrics.Started(r.Slug, startWord(done, err))
	return done, err
}

// startWord is a start's outcome as a label.
func startWord(done worker.Started, err error) string {
	var input *worker.InputError
	switch {
	case err == nil:
		return done.Decision
	case errors.As(err, &input):
		return "invalid"
	case errors.Is(err, worker.ErrUnknownFlow):
		return "unknown"
	}
	return "unavailable"
}

// Decide decides, and counts.
func (a *admitted) Decide(ctx context.Context, d worker.Decision) (worker.Decided, error) {
	done, err := a.Runs.Decide(ctx, d)
	outcome := done.Outcome
	if err != nil {
		outcome = "refused"
	}
	a.metrics.Decided(worker.SlugOf(d.WorkflowID), outcome)
	return done, err
}
