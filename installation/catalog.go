package installation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/worker"
)

// DeployedFlow is a flow as the installation has it.
type DeployedFlow struct {
	Slug    string    `json:"slug"`
	Live    int       `json:"live"`
	Digest  string    `json:"digest"`
	At      time.Time `json:"deployed"`
	Running int64     `json:"running"` // open runs on any version, waiting ones among them
}

// States of a version.
const (
	VersionLive     = "live"     // new runs use it
	VersionDraining = "draining" // runs still need it
	VersionDrained  = "drained"  // nothing needs it
	VersionPruned   = "pruned"   // it was taken out of use
)

// DeployedVersion is one version of a flow.
type DeployedVersion struct {
	Number int       `json:"version"`
	State  string    `json:"state"` // one of Version...
	Live   bool      `json:"live"`
	Digest string    `json:"digest"`
	At     time.Time `json:"deployed"`
	// Active counts the runs on it that are under way, Waiting those at an open wait.
	Active  int64     `json:"active"`
	Waiting int64     `json:"waiting"`
	Drained bool      `json:"drained"`
	Pruned  time.Time `json:"pruned,omitzero"`
}

// Flows lists what is deployed.
func (i *Installation) Flows(ctx context.Context) ([]DeployedFlow, error) {
	slugs, err := i.Versions.Slugs(ctx)
	if err != nil {
		return nil, fmt.Errorf("list flows: %w", err)
	}
	flows := []DeployedFlow{}
	for _, slug := range slugs {
		versions, err := i.History(ctx, slug)
		if err != nil {
			return nil, err
		}
		f := DeployedFlow{Slug: slug, Live: versions[0].Number, Digest: versions[0].Digest, At: versions[0].At}
		for _, v := range versions {
			f.Running += v.Active + v.Waiting
		}
		flows = append(flows, f)
	}
	return flows, nil
}

// History lists the versions of a flow, newest first, with the runs on each.
func (i *Installation) History(ctx context.Context, slug string) ([]DeployedVersion, error) {
	records, err := i.Versions.List(ctx, slug)
	if err != nil {
		return nil, fmt.Errorf("list versions of %s: %w", slug, err)
	}
	if len(records) == 0 {
		return nil, fmt.Errorf("list versions of %s: %w", slug, worker.ErrUnknownFlow)
	}
	var counted []int
	for _, r := range records {
		if r.Pruned.IsZero() || time.Since(r.Pruned) < store.KeepPruned { // a run may have begun on it at the moment of its pruning
			counted = append(counted, r.Number)
		}
	}
	census, err := i.Starter.Census(ctx, slug, counted)
	if err != nil {
		return nil, fmt.Errorf("list versions of %s: %w", slug, err)
	}
	versions := []DeployedVersion{}
	for _, r := range records {
		c := census[r.Number]
		v := DeployedVersion{
			Number: r.Number, Live: r.Number == records[0].Number, Digest: r.Digest, At: r.At, Active: c.Active, Waiting: c.Waiting, Pruned: r.Pruned,
		}
		v.State = stateOf(v)
		v.Drained = v.State == VersionDrained || v.State == VersionPruned
		versions = append(versions, v)
	}
	return versions, nil
}

func stateOf(v DeployedVersion) string {
	switch {
	case v.Live:
		return VersionLive
	case v.Active+v.Waiting > 0:
		return VersionDraining
	case !v.Pruned.IsZero():
		return VersionPruned
	}
	return VersionDrained
}

// NeededError refuses to prune a version.
type NeededError struct {
	Slug   string
	Number int
	Why    string
}

func (e *NeededError) Error() string {
	return fmt.Sprintf("version %d of %s is needed: %s", e.Number, e.Slug, e.Why)
}

// Prune takes a version out of use that nothing needs: it isn't live, and no run is on it. A run that is acknowledged at that very
// moment loses nothing: the version's text stays until no run can need it (store.KeepPruned), and is deleted by a Prune or
// PruneDrained after that. Errors: *NeededError, worker.ErrUnknownFlow.
func (i *Installation) Prune(ctx context.Context, slug string, number int) error {
	if _, err := i.Versions.Version(ctx, slug, number); errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("prune %s: %w: it has no version %d", slug, worker.ErrUnknownFlow, number)
	} else if err != nil {
		return fmt.Errorf("prune %s: %w", slug, err)
	}
	census, err := i.Starter.Census(ctx, slug, []int{number})
	if err != nil {
		return fmt.Errorf("prune %s: %w", slug, err)
	}
	if c := census[number]; c.Open() > 0 {
		return &NeededError{Slug: slug, Number: number, Why: fmt.Sprintf("%d active and %d waiting runs are on it", c.Active, c.Waiting)}
	}
	err = i.Versions.Prune(ctx, slug, number)
	if errors.Is(err, store.ErrLive) {
		return &NeededError{Slug: slug, Number: number, Why: "it is live"}
	}
	if err == nil {
		_, err = i.Versions.Discard(ctx, slug, number)
	}
	if err != nil {
		return fmt.Errorf("prune %s: %w", slug, err)
	}
	return nil
}

// PruneDrained prunes every version that is drained and returns the numbers of those that weren't pruned before.
func (i *Installation) PruneDrained(ctx context.Context, slug string) ([]int, error) {
	versions, err := i.History(ctx, slug)
	if err != nil {
		return nil, err
	}
	done := []int{}
	for _, v := range versions {
		if !v.Drained {
			continue
		}
		err := i.Prune(ctx, slug, v.Number)
		var needed *NeededError
		if errors.As(err, &needed) { // by a run that began since
			continue
		}
		if err != nil {
			return done, err
		}
		if v.State == VersionDrained {
			done = append(done, v.Number)
		}
	}
	return done, nil
}
