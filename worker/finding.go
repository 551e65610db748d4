package worker

import (
	"context"
	"fmt"
	"strings"
	"time"

	"go.temporal.io/api/workflowservice/v1"

	"github.com/weir-run/weir/interpreter/value"
)

// maxEarlier is how many runs of a lane Earlier looks at.
const maxEarlier = 200

// clockSkew is how far the clocks of Temporal and of whoever says since may lie apart.
const clockSkew = 5 * time.Minute

// Earlier looks for the run that an earlier Start with the same DedupeID made, even where other runs of the lane came
// after it: for those who died, or were cut off, before they learned what became of their start. It looks at runs that
// began after since. Runs of the last moment may escape it, but Start itself attaches to those.
func (s *Starter) Earlier(ctx context.Context, r StartRequest, since time.Time) (Started, bool, error) {
	f, version, err := s.flow(ctx, r.Slug, r.Version)
	if err != nil {
		return Started{}, false, err
	}
	if r.Input.IsNil() {
		r.Input = value.Of(value.EmptyMap)
	}
	key, err := f.LaneKey(r.Input)
	if err != nil {
		return Started{}, false, laneProblem(r.Slug, f, err)
	}
	lane, err := LaneID(r.Slug, key)
	if err != nil {
		return Started{}, false, laneProblem(r.Slug, f, err)
	}
	answer, err := s.client.ListWorkflow(ctx, &workflowservice.ListWorkflowExecutionsRequest{
		PageSize: maxEarlier,
		Query:    laneQuery(lane) + " AND StartTime >= '" + since.Add(-clockSkew).UTC().Format(time.RFC3339) + "'",
	})
	if err != nil {
		return Started{}, false, fmt.Errorf("find run: %w", unavailable(err))
	}
	for _, info := range answer.GetExecutions() {
		if info.GetExecution().GetWorkflowId() != lane {
			continue
		}
		d, err := s.client.DescribeWorkflowExecution(ctx, lane, info.GetExecution().GetRunId())
		if isNotFound(err) {
			continue // over for longer than the namespace keeps it
		}
		if err != nil {
			return Started{}, false, fmt.Errorf("find run: %w", unavailable(err))
		}
		if _, ok := d.GetWorkflowExtendedInfo().GetRequestIdInfos()[r.requestID()]; ok {
			return Started{
				WorkflowID: lane, Lane: lane, RunID: info.GetExecution().GetRunId(), Decision: DecisionDeduplicated, Version: version,
			}, true, nil
		}
	}
	return Started{}, false, nil
}

// laneQuery finds the runs of a lane, and maybe of others: quotes and backslashes can't be escaped in a query, so that a
// name which has them is searched by what stands before the first.
func laneQuery(lane string) string {
	if i := strings.IndexAny(lane, `'"\`); i >= 0 {
		return "WorkflowId STARTS_WITH '" + lane[:i] + "'"
	}
	return "WorkflowId = '" + lane + "'"
}
