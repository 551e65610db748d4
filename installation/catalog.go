package installation

import (
	"context"
	"fmt"
	"time"

	"go.temporal.io/api/workflowservice/v1"

	"github.com/weir-run/weir/worker"
)

// DeployedFlow is a flow as the installation has it.
type DeployedFlow struct {
	Slug    string    `json:"slug"`
	Live    int       `json:"live"`
	Digest  string    `json:"digest"`
	At      time.Time `json:"deployed"`
	Running int64     `json:"running"`
}

// DeployedVersion is one version of a flow.
type DeployedVersion struct {
	Number int       `json:"version"`
	Live   bool      `json:"live"`
	Digest string    `json:"digest"`
	At     time.Time `json:"deployed"`
	// Running counts the runs still on it; -1 where Temporal has no search
	// attributes to count by.
	Running int64 `json:"running"`
}

// Flows lists what is deployed.
func (i *Installation) Flows(ctx context.Context) ([]DeployedFlow, error) {
	slugs, err := i.Versions.Slugs(ctx)
	if err != nil {
		return nil, fmt.Errorf("list flows: %w", err)
	}
	flows := []DeployedFlow{}
	for _, slug := range slugs {
		live, err := i.Versions.Live(ctx, slug)
		if err != nil {
			return nil, fmt.Errorf("list flows: %w", err)
		}
		record, err := i.Versions.Version(ctx, slug, live)
		if err != nil {
			return nil, fmt.Errorf("list flows: %w", err)
		}
		running, err := i.running(ctx, slug, "")
		if err != nil {
			return nil, err
		}
		flows = append(flows, DeployedFlow{Slug: slug, Live: live, Digest: record.Digest, At: record.At, Running: running})
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
	versions := []DeployedVersion{}
	live := 0
	for _, r := range records {
		live = max(live, r.Number)
	}
	for _, r := range records {
		v := DeployedVersion{Number: r.Number, Live: r.Number == live, Digest: r.Digest, At: r.At, Running: -1}
		if i.attributes {
			if v.Running, err = i.running(ctx, slug, fmt.Sprintf(" AND WeirVersion = %d", r.Number)); err != nil {
				return nil, err
			}
		}
		versions = append(versions, v)
	}
	return versions, nil
}

// running counts the open runs of a flow: those under its canonical IDs, without
// the entries that only started them.
func (i *Installation) running(ctx context.Context, slug, more string) (int64, error) {
	query := fmt.Sprintf("WorkflowType = '%s' AND ExecutionStatus = 'Running' AND (WorkflowId = '%s' OR WorkflowId STARTS_WITH '%s/')%s",
		slug, slug, slug, more)
	answer, err := i.Client.CountWorkflow(ctx, &workflowservice.CountWorkflowExecutionsRequest{Query: query})
	if err != nil {
		return 0, fmt.Errorf("count runs of %s: %w", slug, err)
	}
	return answer.GetCount(), nil
}
