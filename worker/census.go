package worker

import (
	"context"
	"fmt"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/workflowservice/v1"
	"golang.org/x/sync/errgroup"
)

// censusCalls is how many questions about a flow's runs are asked at once.
const censusCalls = 8

// Census counts the runs on one version of a flow.
type Census struct {
	Active  int64 // those that are under way and don't wait
	Waiting int64 // those at an open wait
}

// Open is how many runs need the version.
func (c Census) Open() int64 { return c.Active + c.Waiting }

// Census counts the open runs on each of those versions. Where runs carry search attributes Temporal's visibility counts, which
// follows a start or an end by a moment; elsewhere the open runs are listed, and each is asked, which needs a worker.
// Runs that have not had their first workflow task and were started without a version, by hand, are on none yet.
func (s *Starter) Census(ctx context.Context, slug string, versions []int) (map[int]Census, error) {
	if !s.opt.SearchAttributes {
		return s.askedCensus(ctx, slug, versions)
	}
	counts := make([]Census, len(versions))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(censusCalls)
	for i, version := range versions {
		group.Go(func() error {
			of := fmt.Sprintf("%s = '%s' AND %s = %d AND ExecutionStatus = 'Running'",
				attributeFlow.GetName(), strings.ReplaceAll(slug, "'", ""), attributeVersion.GetName(), version)
			waiting, err := s.count(ctx, of+" AND "+attributeWaiting.GetName()+" IS NOT NULL")
			if err != nil {
				return err
			}
			open, err := s.count(ctx, of)
			// A run that ended between the two questions counts once.
			counts[i] = Census{Active: max(0, open-waiting), Waiting: min(open, waiting)}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, fmt.Errorf("count runs of %s: %w", slug, err)
	}
	out := make(map[int]Census, len(versions))
	for i, version := range versions {
		out[version] = counts[i]
	}
	return out, nil
}

func (s *Starter) count(ctx context.Context, query string) (int64, error) {
	answer, err := s.client.CountWorkflow(ctx, &workflowservice.CountWorkflowExecutionsRequest{Query: query})
	if err != nil {
		return 0, unavailable(err)
	}
	return answer.GetCount(), nil
}

// Tally counts the open runs of a flow, whatever their version. It needs search attributes, and counts nothing without.
func (s *Starter) Tally(ctx context.Context, slug string) (Census, error) {
	if !s.opt.SearchAttributes {
		return Census{}, nil
	}
	of := fmt.Sprintf("%s = '%s' AND ExecutionStatus = 'Running'", attributeFlow.GetName(), strings.ReplaceAll(slug, "'", ""))
	waiting, err := s.count(ctx, of+" AND "+attributeWaiting.GetName()+" IS NOT NULL")
	if err != nil {
		return Census{}, fmt.Errorf("count runs of %s: %w", slug, err)
	}
	open, err := s.count(ctx, of)
	if err != nil {
		return Census{}, fmt.Errorf("count runs of %s: %w", slug, err)
	}
	return Census{Active: max(0, open-waiting), Waiting: min(open, waiting)}, nil
}

// Backlog tells how many tasks of a kind wait for a worker, by Temporal's own estimate.
func (s *Starter) Backlog(ctx context.Context, kind enumspb.TaskQueueType) (int64, error) {
	answer, err := s.client.WorkflowService().DescribeTaskQueue(ctx, &workflowservice.DescribeTaskQueueRequest{
		Namespace: s.opt.Namespace, TaskQueue: &taskqueuepb.TaskQueue{Name: s.opt.TaskQueue}, TaskQueueType: kind, ReportStats: true,
	})
	if err != nil {
		return 0, fmt.Errorf("backlog: %w", unavailable(err))
	}
	return answer.GetStats().GetApproximateBacklogCount(), nil
}

// askedCensus lists the open runs and asks each for its version and its state.
func (s *Starter) askedCensus(ctx context.Context, slug string, versions []int) (map[int]Census, error) {
	out := make(map[int]Census, len(versions))
	for _, version := range versions {
		out[version] = Census{}
	}
	request := &workflowservice.ListWorkflowExecutionsRequest{
		PageSize: maxListed, Query: s.query(ListRequest{Slug: slug, Status: StatusRunning}),
	}
	for {
		answer, err := s.client.ListWorkflow(ctx, request)
		if err != nil {
			return nil, fmt.Errorf("count runs of %s: %w", slug, unavailable(err))
		}
		lines := make([]Timeline, len(answer.GetExecutions()))
		group, ctx := errgroup.WithContext(ctx)
		group.SetLimit(censusCalls)
		for i, info := range answer.GetExecutions() {
			if run := runOf(info); isRun(run) {
				group.Go(func() (err error) {
					lines[i], err = s.Timeline(ctx, run.WorkflowID, run.RunID)
					return err
				})
			}
		}
		if err := group.Wait(); err != nil {
			return nil, fmt.Errorf("count runs of %s: %w", slug, err)
		}
		for _, t := range lines {
			c := out[t.Version]
			switch t.Status {
			case StatusWaiting:
				c.Waiting++
			case StatusRunning:
				c.Active++
			}
			out[t.Version] = c
		}
		if request.NextPageToken = answer.GetNextPageToken(); len(request.NextPageToken) == 0 {
			return out, nil
		}
	}
}

// maxListed is the most runs that one question lists.
const maxListed = 1_000
