package installation

import (
	"context"
	"fmt"

	"github.com/weir-run/weir/activities/binding"
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
		return Deployed{}, fmt.Errorf("deploy %s: %w", f.Slug, err)
	}
	if err := worker.ReconcileSchedules(ctx, i.Client, f, number); err != nil {
		return Deployed{}, fmt.Errorf("deploy %s: version %d is live, but its schedules are not in line: %w", f.Slug, number, err)
	}
	return Deployed{Slug: f.Slug, Version: number, Digest: f.Digest, Created: created}, nil
}
