package installation

import (
	"context"
	"fmt"

	"github.com/weir-run/weir/worker"
)

// Schedules lists the schedules of a flow, or with an empty slug those of all
// flows. Error: worker.ErrUnknownFlow.
func (i *Installation) Schedules(ctx context.Context, slug string) ([]worker.ScheduleState, error) {
	slugs := []string{slug}
	if slug == "" {
		var err error
		if slugs, err = i.Versions.Slugs(ctx); err != nil {
			return nil, fmt.Errorf("list schedules: %w", err)
		}
	}
	out := []worker.ScheduleState{}
	for _, slug := range slugs {
		live, err := i.Versions.Newest(ctx, slug)
		if err != nil {
			return nil, fmt.Errorf("list schedules: %w", err)
		}
		if live == 0 {
			return nil, fmt.Errorf("list schedules of %s: %w", slug, worker.ErrUnknownFlow)
		}
		f, err := i.Versions.Get(ctx, slug, live)
		if err != nil {
			return nil, fmt.Errorf("list schedules: %w", err)
		}
		states, err := worker.Schedules(ctx, i.Client, f)
		if err != nil {
			return nil, err
		}
		out = append(out, states...)
	}
	return out, nil
}
