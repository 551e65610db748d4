package worker

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/converter"
)

// ErrUnknownRun says that Temporal knows no such run (any more).
var ErrUnknownRun = errors.New("unknown run")

// Run is what a list shows of a run.
type Run struct {
	WorkflowID string    `json:"workflow-id"`
	RunID      string    `json:"run-id"` // of the chain's first execution
	Slug       string    `json:"slug"`
	Version    int       `json:"version,omitempty"` // 0 where the namespace has no search attributes
	Key        string    `json:"key,omitempty"`
	Status     string    `json:"status"`
	Step       string    `json:"step,omitempty"`    // the step it waits at
	Waiting    []string  `json:"waiting,omitempty"` // the keys it waits for
	Started    time.Time `json:"started"`
	Ended      time.Time `json:"ended,omitzero"`
	Events     int64     `json:"events,omitempty"`
	Bytes      int64     `json:"bytes,omitempty"`
}

// ListRequest selects runs, newest first.
type ListRequest struct {
	Slug   string // "" for all flows
	Status string // "" for all, else one of Status...
	Limit  int    // default 50
	Page   []byte // of the answer before
}

// found is one execution as Temporal describes it.
type found struct {
	RunID      string // the current one
	FirstRunID string
	Status     enumspb.WorkflowExecutionStatus
	Info       *workflowpb.WorkflowExecutionInfo
	Pending    []*workflowpb.PendingActivityInfo
	Requests   map[string]*workflowpb.RequestIdInfo // that made or changed it
}

// Describe tells about one run; runID is its first run's, "" for the latest of workflowID.
func (s *Starter) Describe(ctx context.Context, workflowID, runID string) (Run, error) {
	f, err := s.find(ctx, workflowID, runID)
	if err != nil {
		return Run{}, fmt.Errorf("describe run: %w", err)
	}
	run := runOf(f.Info)
	run.RunID = f.FirstRunID
	return run, nil
}

// List lists runs. Entries, which only start other runs, are left out.
func (s *Starter) List(ctx context.Context, r ListRequest) (runs []Run, next []byte, err error) {
	limit := cmp.Or(r.Limit, 50)
	for {
		answer, err := s.client.ListWorkflow(ctx, &workflowservice.ListWorkflowExecutionsRequest{
			PageSize: int32(limit), NextPageToken: r.Page, Query: s.query(r),
		})
		if err != nil {
			return nil, nil, fmt.Errorf("list runs: %w", unavailable(err))
		}
		for _, info := range answer.GetExecutions() {
			run := runOf(info)
			if isRun(run) && (r.Status == "" || run.Status == r.Status) {
				runs = append(runs, run)
			}
		}
		r.Page = answer.GetNextPageToken()
		if len(r.Page) == 0 || len(runs) >= limit {
			return runs, r.Page, nil
		}
	}
}

var statusQueries = map[string]string{
	StatusRunning: "Running", StatusWaiting: "Running", StatusCompleted: "Completed", StatusFailed: "Failed",
	StatusCancelled: "Canceled", StatusTerminated: "Terminated", StatusTimedOut: "TimedOut",
}

func (s *Starter) query(r ListRequest) string {
	var terms []string
	switch {
	case r.Slug == "" && s.opt.SearchAttributes:
		terms = append(terms, attributeFlow.GetName()+" IS NOT NULL")
	case r.Slug != "":
		terms = append(terms, "WorkflowType = '"+strings.ReplaceAll(r.Slug, "'", "")+"'")
	}
	if status, ok := statusQueries[r.Status]; ok {
		terms = append(terms, "ExecutionStatus = '"+status+"'")
	}
	if r.Status == StatusWaiting && s.opt.SearchAttributes {
		terms = append(terms, attributeWaiting.GetName()+" IS NOT NULL")
	}
	return strings.Join(terms, " AND ")
}

// isRun tells a run from an entry and from coordinators: it has its lane's workflow ID.
func isRun(r Run) bool {
	return isLaneOf(r.WorkflowID, r.Slug)
}

// Cancel asks a run to end as cancelled.
func (s *Starter) Cancel(ctx context.Context, workflowID, runID string) error {
	f, err := s.find(ctx, workflowID, runID)
	if err == nil {
		err = s.client.CancelWorkflow(ctx, workflowID, f.RunID)
		if isNotFound(err) {
			err = ErrUnknownRun
		}
	}
	if err != nil {
		return fmt.Errorf("cancel run: %w", unavailable(err))
	}
	return nil
}

// Result waits for a run's end and returns its result as plain JSON. A run that failed gives *RunError.
func (s *Starter) Result(ctx context.Context, workflowID, runID string) (json.RawMessage, error) {
	var result json.RawMessage
	err := s.client.GetWorkflow(ctx, workflowID, runID).Get(ctx, &result)
	if isNotFound(err) {
		return nil, fmt.Errorf("result of run: %w", ErrUnknownRun)
	}
	if err != nil {
		return nil, runError(err)
	}
	if result == nil {
		result = json.RawMessage("null")
	}
	return result, nil
}

// Timeline asks a run what it did. An entry answers with the timeline of the run it started.
func (s *Starter) Timeline(ctx context.Context, workflowID, runID string) (Timeline, error) {
	var t Timeline
	f, err := s.ask(ctx, workflowID, runID, QueryTimeline, &t)
	if err != nil {
		return t, fmt.Errorf("timeline: %w", err)
	}
	if t.Run != nil {
		return s.Timeline(ctx, t.Run.WorkflowID, t.Run.RunID)
	}
	if f.Status != enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING {
		t.Status = statusOf(f.Status)
	}
	t.addPending(f.Pending)
	return t, nil
}

// addPending tells what the server knows of the steps that are being tried and the run doesn't: attempts and the last error.
func (t *Timeline) addPending(pending []*workflowpb.PendingActivityInfo) {
	for _, p := range pending {
		for i := range t.Entries {
			e := &t.Entries[i]
			if e.State == StateRunning && stepName(e.Step, e.Occurrence) == p.GetActivityId() {
				e.Attempts = int(p.GetAttempt())
				e.Error = cmp.Or(p.GetLastFailure().GetMessage(), e.Error)
			}
		}
	}
}

// Waits asks a run for its open waits. An entry answers with those of the run it started.
func (s *Starter) Waits(ctx context.Context, workflowID, runID string) ([]Wait, error) {
	var w openWaits
	if _, err := s.ask(ctx, workflowID, runID, QueryWaits, &w); err != nil {
		return nil, fmt.Errorf("waits: %w", err)
	}
	if w.Run != nil {
		return s.Waits(ctx, w.Run.WorkflowID, w.Run.RunID)
	}
	return w.Waits, nil
}

func (s *Starter) ask(ctx context.Context, workflowID, runID, query string, answer any) (found, error) {
	f, err := s.find(ctx, workflowID, runID)
	if err != nil {
		return f, err
	}
	within, cancel := context.WithTimeout(ctx, s.opt.AnswerWithin)
	defer cancel()
	got, err := s.client.QueryWorkflow(within, workflowID, f.RunID, query)
	if err != nil {
		return f, unavailable(err)
	}
	return f, got.Get(answer)
}

// find describes the execution whose first run is runID, at the current run of its chain.
func (s *Starter) find(ctx context.Context, workflowID, runID string) (found, error) {
	f, err := s.describe(ctx, workflowID, runID)
	if err != nil || f.Status != enumspb.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW {
		return f, err
	}
	latest, err := s.describe(ctx, workflowID, "")
	if err != nil || latest.FirstRunID == f.FirstRunID {
		return latest, err
	}
	return f, nil
}

func (s *Starter) describe(ctx context.Context, workflowID, runID string) (found, error) {
	d, err := s.client.DescribeWorkflowExecution(ctx, workflowID, runID)
	var gone *serviceerror.NotFound
	if errors.As(err, &gone) {
		return found{}, ErrUnknownRun
	}
	if err != nil {
		return found{}, unavailable(err)
	}
	info := d.GetWorkflowExecutionInfo()
	return found{
		RunID:      info.GetExecution().GetRunId(),
		FirstRunID: cmp.Or(info.GetFirstRunId(), info.GetExecution().GetRunId()),
		Status:     info.GetStatus(),
		Info:       info,
		Pending:    d.GetPendingActivities(),
		Requests:   d.GetWorkflowExtendedInfo().GetRequestIdInfos(),
	}, nil
}

func runOf(info *workflowpb.WorkflowExecutionInfo) Run {
	run := Run{
		WorkflowID: info.GetExecution().GetWorkflowId(),
		RunID:      cmp.Or(info.GetFirstRunId(), info.GetExecution().GetRunId()),
		Slug:       info.GetType().GetName(),
		Status:     statusOf(info.GetStatus()),
		Started:    info.GetStartTime().AsTime(),
		Events:     info.GetHistoryLength(),
		Bytes:      info.GetHistorySizeBytes(),
	}
	if info.GetCloseTime() != nil {
		run.Ended = info.GetCloseTime().AsTime()
	}
	fields := info.GetSearchAttributes().GetIndexedFields()
	readAttribute(fields, attributeVersion.GetName(), &run.Version)
	readAttribute(fields, attributeKey.GetName(), &run.Key)
	readAttribute(fields, attributeStep.GetName(), &run.Step)
	readAttribute(fields, attributeWaiting.GetName(), &run.Waiting)
	if run.Status == StatusRunning && len(run.Waiting) > 0 {
		run.Status = StatusWaiting
	}
	if run.Status != StatusWaiting {
		run.Step, run.Waiting = "", nil
	}
	return run
}

// readAttribute reads a search attribute; one that is absent or of another type leaves target alone.
func readAttribute(fields map[string]*commonpb.Payload, name string, target any) {
	if p := fields[name]; p != nil && string(p.GetMetadata()[converter.MetadataEncoding]) == encodingJSON {
		_ = json.Unmarshal(p.GetData(), target)
	}
}

func statusOf(s enumspb.WorkflowExecutionStatus) string {
	switch s {
	case enumspb.WORKFLOW_EXECUTION_STATUS_COMPLETED:
		return StatusCompleted
	case enumspb.WORKFLOW_EXECUTION_STATUS_FAILED:
		return StatusFailed
	case enumspb.WORKFLOW_EXECUTION_STATUS_CANCELED:
		return StatusCancelled
	case enumspb.WORKFLOW_EXECUTION_STATUS_TERMINATED:
		return StatusTerminated
	case enumspb.WORKFLOW_EXECUTION_STATUS_TIMED_OUT:
		return StatusTimedOut
	}
	return StatusRunning
}
