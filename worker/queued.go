package worker

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.temporal.io/api/workflowservice/v1"
	"golang.org/x/sync/errgroup"
)

// Queued is a start that waits for its lane. Its execution is an entry: cancelling that takes it out of the queue.
type Queued struct {
	WorkflowID string    `json:"workflow-id"`
	RunID      string    `json:"run-id"`
	Lane       string    `json:"lane"`
	Position   int       `json:"position"`          // in its lane, from 1
	Version    int       `json:"version,omitempty"` // 0: the one that is live when its turn comes
	Since      time.Time `json:"since"`
}

// Queued lists what waits in the lanes of a flow, lane by lane. Temporal's visibility finds the queues, and follows their opening by a moment; each is
// asked, which needs a worker.
func (s *Starter) Queued(ctx context.Context, slug string) ([]Queued, error) {
	request := &workflowservice.ListWorkflowExecutionsRequest{
		PageSize: maxListed,
		Query: fmt.Sprintf("WorkflowType = '%s' AND ExecutionStatus = 'Running' AND WorkflowId STARTS_WITH '%s'",
			typeQueue, strings.ReplaceAll(QueueID(slug), "'", "")),
	}
	var out []Queued
	for {
		answer, err := s.client.ListWorkflow(ctx, request)
		if err != nil {
			return nil, fmt.Errorf("list queue of %s: %w", slug, unavailable(err))
		}
		parts := make([][]Queued, len(answer.GetExecutions()))
		asked, ctx := errgroup.WithContext(ctx)
		asked.SetLimit(censusCalls)
		for i, info := range answer.GetExecutions() {
			if lane := strings.TrimPrefix(info.GetExecution().GetWorkflowId(), queuePrefix); isLaneOf(lane, slug) {
				asked.Go(func() (err error) {
					parts[i], err = s.queuedIn(ctx, lane)
					return err
				})
			}
		}
		if err := asked.Wait(); err != nil {
			return nil, fmt.Errorf("list queue of %s: %w", slug, err)
		}
		out = append(out, slices.Concat(parts...)...)
		if request.NextPageToken = answer.GetNextPageToken(); len(request.NextPageToken) == 0 {
			slices.SortStableFunc(out, func(a, b Queued) int { return strings.Compare(a.Lane, b.Lane) })
			return out, nil
		}
	}
}

// queuedIn asks one queue. Whoever has the turn still waits where a run that was there before the queue holds the lane.
func (s *Starter) queuedIn(ctx context.Context, lane string) ([]Queued, error) {
	var l lineup
	if _, err := s.ask(ctx, QueueID(lane), "", QueryQueue, &l); err != nil {
		if errors.Is(err, ErrUnknownRun) {
			return nil, nil
		}
		return nil, err
	}
	waiting := l.Waiting
	if l.Current != nil {
		var t Timeline
		_, err := s.ask(ctx, l.Current.ID, "", QueryTimeline, &t)
		if err != nil && !errors.Is(err, ErrUnknownRun) {
			return nil, err
		}
		if t.Status == StatusQueued {
			waiting = append([]ticket{*l.Current}, waiting...)
		}
	}
	out := make([]Queued, len(waiting))
	for i, t := range waiting {
		out[i] = Queued{WorkflowID: t.ID, RunID: t.Run, Lane: lane, Position: i + 1, Version: t.Version, Since: t.At}
	}
	return out, nil
}
