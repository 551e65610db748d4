package worker

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"
)

// OpenWait is an open wait with the run that it belongs to.
type OpenWait struct {
	WorkflowID string `json:"workflow-id"`
	RunID      string `json:"run-id"`
	Slug       string `json:"slug"`
	Wait
	// Unanswered says that no worker could be asked: nothing is known but the key and the step.
	Unanswered bool `json:"unanswered,omitempty"`
}

// askedAtOnce is how many runs are asked for their waits at once.
const askedAtOnce = 8

// OpenWaits lists the open waits of the runs that List lists, whatever r.Status says: the newest runs first.
func (s *Starter) OpenWaits(ctx context.Context, r ListRequest) (waits []OpenWait, next []byte, err error) {
	r.Status = StatusWaiting
	runs, next, err := s.List(ctx, r)
	if err != nil {
		return nil, nil, fmt.Errorf("list waits: %w", err)
	}
	found := make([][]OpenWait, len(runs))
	var asking errgroup.Group
	asking.SetLimit(askedAtOnce)
	for i, run := range runs {
		asking.Go(func() error {
			found[i] = s.waitsOf(ctx, run)
			return nil
		})
	}
	_ = asking.Wait() // what a run doesn't tell is no error of the list
	for _, list := range found {
		waits = append(waits, list...)
	}
	return waits, next, ctx.Err()
}

func (s *Starter) waitsOf(ctx context.Context, run Run) []OpenWait {
	var out []OpenWait
	waits, err := s.Waits(ctx, run.WorkflowID, run.RunID)
	for _, w := range waits {
		out = append(out, OpenWait{WorkflowID: run.WorkflowID, RunID: run.RunID, Slug: run.Slug, Wait: w})
	}
	if err == nil {
		return out
	}
	for _, key := range run.Waiting {
		out = append(out, OpenWait{
			WorkflowID: run.WorkflowID, RunID: run.RunID, Slug: run.Slug, Wait: Wait{Key: key, Step: run.Step}, Unanswered: true,
		})
	}
	return out
}
