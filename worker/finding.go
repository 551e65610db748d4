package worker

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"golang.org/x/sync/errgroup"
)

// findPage is how many runs of a lane Earlier looks at in one go. It goes on until it has seen all.
const findPage = 50

// clockSkew is how far the clocks of Temporal and of whoever says since may lie apart.
const clockSkew = 5 * time.Minute

// Earlier looks for the run that an earlier Start with the same DedupeID made, even where other runs of the lane came
// after it: for those who died, or were cut off, before they learned what became of their start. It looks at runs that
// began after since, at the newest of them where most isn't 0. Runs of the last moment may escape it, but Start itself attaches to those.
func (s *Starter) Earlier(ctx context.Context, r StartRequest, since time.Time, most int) (Started, bool, error) {
	p, err := s.place(ctx, r)
	if err != nil {
		return Started{}, false, err
	}
	lane, version := p.lane, p.version
	entry, err := s.entered(ctx, p)
	if err != nil {
		return Started{}, false, fmt.Errorf("find run: %w", err)
	}
	if entry != nil {
		return *entry, true, nil
	}
	request := &workflowservice.ListWorkflowExecutionsRequest{
		PageSize: findPage,
		Query:    laneQuery(lane) + " AND StartTime >= '" + since.Add(-clockSkew).UTC().Format(time.RFC3339) + "'",
	}
	for looked := 0; ; {
		answer, err := s.client.ListWorkflow(ctx, request)
		if err != nil {
			return Started{}, false, fmt.Errorf("find run: %w", unavailable(err))
		}
		runID, err := s.madeBy(ctx, r.requestID(), lane, answer.GetExecutions())
		if err != nil {
			return Started{}, false, fmt.Errorf("find run: %w", err)
		}
		if runID != "" {
			return Started{WorkflowID: lane, Lane: lane, RunID: runID, Decision: DecisionDeduplicated, Version: version}, true, nil
		}
		looked += len(answer.GetExecutions())
		if request.NextPageToken = answer.GetNextPageToken(); len(request.NextPageToken) == 0 || (most > 0 && looked >= most) {
			return Started{}, false, nil
		}
	}
}

// madeBy is the one of a lane's runs that a request made, "" for none.
func (s *Starter) madeBy(ctx context.Context, requestID, lane string, listed []*workflowpb.WorkflowExecutionInfo) (string, error) {
	made := make([]bool, len(listed))
	asked, ctx := errgroup.WithContext(ctx)
	asked.SetLimit(censusCalls)
	for i, info := range listed {
		if info.GetExecution().GetWorkflowId() != lane {
			continue
		}
		asked.Go(func() error {
			f, err := s.describe(ctx, lane, info.GetExecution().GetRunId())
			if errors.Is(err, ErrUnknownRun) {
				return nil // over for longer than the namespace keeps it
			}
			_, made[i] = f.Requests[requestID]
			return err
		})
	}
	if err := asked.Wait(); err != nil {
		return "", err
	}
	if i := slices.Index(made, true); i >= 0 {
		return listed[i].GetExecution().GetRunId(), nil
	}
	return "", nil
}

// laneQuery finds the runs of a lane, and maybe of others: quotes and backslashes can't be escaped in a query, so that a
// name which has them is searched by what stands before the first.
func laneQuery(lane string) string {
	if i := strings.IndexAny(lane, `'"\`); i >= 0 {
		return "WorkflowId STARTS_WITH '" + lane[:i] + "'"
	}
	return "WorkflowId = '" + lane + "'"
}
