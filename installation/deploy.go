package installation

import (
	"context"
	"errors"
	"fmt"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/worker"
)

// Deployed tells what became of one flow.
type Deployed struct {
	Slug    string `json:"slug"`
	Version int    `json:"version"`
	Digest  string `json:"digest"`
	// Created tells whether this text became a new version; the live one stays
	// where it is the same.
	Created bool `json:"created"`
}

// Deploy makes the flow's text the live version, and brings its schedules in
// line. A required slot that lacks something refuses it.
func (i *Installation) Deploy(ctx context.Context, f *definition.Flow) (Deployed, error) {
	if err := binding.Problems(i.Bindings.Check(f)); err != nil {
		return Deployed{}, fmt.Errorf("deploy %s: %w", f.Slug, err)
	}
	number, created, err := i.Versions.Deploy(ctx, f)
	if err != nil {
		return Deployed{}, err
	}
	return Deployed{Slug: f.Slug, Version: number, Digest: f.Digest, Created: created}, i.schedule(ctx, f, number)
}

// Rollback makes the text of an earlier version live again, under a new number,
// with its schedules. Errors: worker.ErrUnknownFlow, *store.PrunedError.
func (i *Installation) Rollback(ctx context.Context, slug string, number int) (Deployed, error) {
	f, err := i.Versions.Get(ctx, slug, number)
	var pruned *store.PrunedError
	if errors.Is(err, store.ErrNotFound) && !errors.As(err, &pruned) {
		return Deployed{}, fmt.Errorf("roll back: %w: there is no version %d of %s", worker.ErrUnknownFlow, number, slug)
	}
	if err != nil {
		return Deployed{}, fmt.Errorf("roll back: %w", err)
	}
	if err := binding.Problems(i.Bindings.Check(f)); err != nil {
		return Deployed{}, fmt.Errorf("roll %s back: %w", slug, err)
	}
	now, created, err := i.Versions.Rollback(ctx, slug, number)
	if err != nil {
		return Deployed{}, err
	}
	return Deployed{Slug: slug, Version: now, Digest: f.Digest, Created: created}, i.schedule(ctx, f, now)
}

// schedule brings the flow's schedules in line with the live version. Where that
// is another one by now, the schedules follow it: of deploys at the same moment
// the last to look sees the last one's.
func (i *Installation) schedule(ctx context.Context, f *definition.Flow, number int) error {
	slug, deployed := f.Slug, number
	for {
		err := worker.ReconcileSchedules(ctx, i.Client, f, number, i.before(ctx, slug, number))
		if err != nil {
			return fmt.Errorf("deploy %s: version %d is live, but its schedules are not in line: %w", slug, deployed, err)
		}
		live, err := i.Versions.Newest(ctx, slug)
		if err == nil && live == number {
			return nil
		}
		if err == nil {
			number = live
			f, err = i.Versions.Get(ctx, slug, number)
		}
		if err != nil {
			return fmt.Errorf("deploy %s: version %d is live, but its schedules may not be in line: %w", slug, deployed, err)
		}
	}
}

// before is the version before that one, nil where it can't be had.
func (i *Installation) before(ctx context.Context, slug string, number int) *definition.Flow {
	if number == 1 {
		return nil
	}
	f, err := i.Versions.Kept(ctx, slug, number-1)
	if err != nil {
		i.log.Warn("schedules of an earlier version are found by listing only", "flow", slug, "version", number-1, "error", err)
		return nil
	}
	return f
}
