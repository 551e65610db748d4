package worker

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// CatchupWindow is how late a schedule still fires what it missed while the server was down; older firings are dropped.
const CatchupWindow = time.Hour

// noteOurs begins the notes of schedules that Weir itself paused; one that a person paused stays paused.
const noteOurs = "weir: "

// scheduleMemo marks the Temporal schedules that are Weir's to change and delete.
const scheduleMemo = "weir-flow"

// ReconcileSchedules makes Temporal's schedules of a flow equal to those its definition declares: new ones are
// created, changed ones updated, those it no longer has deleted. One that is disabled, or that lacks an input its
// invocation needs, is paused and its note says why. Schedules that aren't ours are left alone, and one that a person
// paused stays so. Runs start on the version that is live when they fire; version only tells which one declares this.
func ReconcileSchedules(ctx context.Context, c client.Client, f *definition.Flow, version int) error {
	declared := map[string]bool{}
	var errs []error
	for i := range f.Schedules {
		s := &f.Schedules[i]
		declared[ScheduleID(f.Slug, s.ID)] = true
		if err := putSchedule(ctx, c.ScheduleClient(), scheduleOptions(f, s, version)); err != nil {
			errs = append(errs, fmt.Errorf("schedule %s of %s: %w", s.ID, f.Slug, err))
		}
	}
	stale, err := ourSchedules(ctx, c.ScheduleClient(), f.Slug, declared)
	if err != nil {
		errs = append(errs, fmt.Errorf("list schedules of %s: %w", f.Slug, err))
	}
	for _, id := range stale {
		if err := c.ScheduleClient().GetHandle(ctx, id).Delete(ctx); err != nil && !isNotFound(err) {
			errs = append(errs, fmt.Errorf("delete schedule %s: %w", id, err))
		}
	}
	return errors.Join(errs...)
}

// ourSchedules lists the Temporal schedules of a flow that its definition doesn't declare.
func ourSchedules(ctx context.Context, sc client.ScheduleClient, slug string, declared map[string]bool) ([]string, error) {
	list, err := sc.List(ctx, client.ScheduleListOptions{PageSize: 1_000})
	if err != nil {
		return nil, err
	}
	var stale []string
	for list.HasNext() {
		entry, err := list.Next()
		if err != nil {
			return nil, err
		}
		_, ours := entry.Memo.GetFields()[scheduleMemo]
		if ours && strings.HasPrefix(entry.ID, schedulePrefix(slug)) && !declared[entry.ID] {
			stale = append(stale, entry.ID)
		}
	}
	return stale, nil
}

func scheduleOptions(f *definition.Flow, s *definition.Schedule, version int) client.ScheduleOptions {
	input := s.Input
	if input.IsNil() {
		input = value.Of(value.EmptyMap)
	}
	o := client.ScheduleOptions{
		ID:            ScheduleID(f.Slug, s.ID),
		Spec:          client.ScheduleSpec{CronExpressions: []string{s.Cron}, TimeZoneName: s.Timezone},
		Overlap:       overlapOf(f),
		CatchupWindow: CatchupWindow,
		Note:          noteOurs + "as version " + strconv.Itoa(version) + " declares it",
		Memo:          map[string]any{scheduleMemo: f.Slug},
		Action: &client.ScheduleWorkflowAction{
			ID:            scheduledID(f.Slug, s.ID),
			Workflow:      f.Slug,
			TaskQueue:     DefaultTaskQueue,
			Args:          []any{wire.V{Value: input}, start{Invocation: s.Invocation}},
			StaticSummary: oneLine(s.Label),
		},
	}
	if reason := pauseReason(f, s, input); reason != "" {
		o.Paused, o.Note = true, noteOurs+reason
	}
	return o
}

// overlapOf is what a firing does while the run of an earlier one goes on: a draining flow keeps one firing waiting, any
// other skips it.
func overlapOf(f *definition.Flow) enumspb.ScheduleOverlapPolicy {
	if f.Concurrency.OnNewVersion == "drain" {
		return enumspb.SCHEDULE_OVERLAP_POLICY_BUFFER_ONE
	}
	return enumspb.SCHEDULE_OVERLAP_POLICY_SKIP
}

func pauseReason(f *definition.Flow, s *definition.Schedule, input value.Value) string {
	if !s.Enabled {
		return "paused, the flow has :enabled false"
	}
	if _, problems := f.CheckInput(s.Invocation, input); len(problems) > 0 {
		texts := make([]string, len(problems))
		for i, p := range problems {
			texts[i] = p.Message
		}
		return "paused, its :input is not enough: " + strings.Join(texts, "; ")
	}
	if _, err := f.LaneKey(input); err != nil {
		return "paused, its :input is not enough: " + err.Error()
	}
	return ""
}

func putSchedule(ctx context.Context, sc client.ScheduleClient, o client.ScheduleOptions) error {
	_, err := sc.Create(ctx, o)
	if err == nil || !errors.Is(err, temporal.ErrScheduleAlreadyRunning) {
		return err
	}
	return sc.GetHandle(ctx, o.ID).Update(ctx, client.ScheduleUpdateOptions{
		DoUpdate: func(in client.ScheduleUpdateInput) (*client.ScheduleUpdate, error) {
			return &client.ScheduleUpdate{Schedule: merged(in.Description.Schedule, o)}, nil
		},
	})
}

// merged is the schedule that o declares, with what a person may have changed by hand: a pause of theirs.
func merged(have client.Schedule, o client.ScheduleOptions) *client.Schedule {
	state := &client.ScheduleState{Paused: o.Paused, Note: o.Note}
	if s := have.State; s != nil && s.Paused && !strings.HasPrefix(s.Note, noteOurs) {
		state.Paused, state.Note = true, s.Note
	}
	spec := o.Spec
	return &client.Schedule{
		Action: o.Action,
		Spec:   &spec,
		Policy: &client.SchedulePolicies{Overlap: o.Overlap, CatchupWindow: o.CatchupWindow},
		State:  state,
	}
}

func isNotFound(err error) bool {
	var gone *serviceerror.NotFound
	return errors.As(err, &gone)
}
