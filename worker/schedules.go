package worker

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
)

// CatchupWindow is how late a schedule still fires what it missed while the server was down; older firings are dropped.
const CatchupWindow = time.Hour

// Overlap is what a firing does while the run of an earlier one goes on: it starts, and the flow's lane decides, as it does about
// every other start.
const Overlap = enumspb.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL

// noteOurs begins the notes of schedules that Weir itself wrote, notePaused what follows where it paused one. A schedule that a
// person paused has another note, and stays paused.
const (
	noteOurs   = "weir: "
	notePaused = "paused, "
)

// scheduleMemo marks the Temporal schedules that are Weir's to change and delete.
const scheduleMemo = "weir-flow"

// ReconcileSchedules makes Temporal's schedules of a flow equal to those its definition declares: new ones are
// created, changed ones updated, those it no longer has deleted. One that is disabled, or that lacks an input its
// invocation needs, is paused and its note says why. Schedules that aren't ours are left alone, and one that a person
// paused stays so. Runs start on the version that is live when they fire; version only tells which one declares this.
// before, if any, is the version before it: what that one declared is found at once, what older ones did by Temporal's visibility.
func ReconcileSchedules(ctx context.Context, c client.Client, f *definition.Flow, version int, before *definition.Flow) error {
	declared := map[string]bool{}
	var errs []error
	for i := range f.Schedules {
		s := &f.Schedules[i]
		declared[ScheduleID(f.Slug, s.ID)] = true
		if err := putSchedule(ctx, c.ScheduleClient(), scheduleOptions(f, s, version)); err != nil {
			errs = append(errs, fmt.Errorf("schedule %s of %s: %w", s.ID, f.Slug, err))
		}
	}
	stale, err := staleSchedules(ctx, c.ScheduleClient(), f.Slug, declared, before)
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

// staleSchedules are the Temporal schedules of a flow that are ours and that its definition doesn't declare.
func staleSchedules(ctx context.Context, sc client.ScheduleClient, slug string, declared map[string]bool, before *definition.Flow) ([]string, error) {
	stale, err := ourSchedules(ctx, sc, slug)
	stale = slices.DeleteFunc(stale, func(id string) bool { return declared[id] })
	if err != nil || before == nil {
		return stale, err
	}
	for i := range before.Schedules {
		id := ScheduleID(slug, before.Schedules[i].ID)
		if declared[id] || slices.Contains(stale, id) {
			continue
		}
		d, err := sc.GetHandle(ctx, id).Describe(ctx)
		switch {
		case isNotFound(err):
		case err != nil:
			return stale, err
		case isOurs(d.Memo):
			stale = append(stale, id)
		}
	}
	return stale, nil
}

// ourSchedules lists the IDs of the Temporal schedules of a flow that are ours. It follows a change by a moment.
func ourSchedules(ctx context.Context, sc client.ScheduleClient, slug string) ([]string, error) {
	list, err := sc.List(ctx, client.ScheduleListOptions{PageSize: 1_000})
	if err != nil {
		return nil, err
	}
	var ids []string
	for list.HasNext() {
		entry, err := list.Next()
		if err != nil {
			return nil, err
		}
		if isOurs(entry.Memo) && strings.HasPrefix(entry.ID, schedulePrefix(slug)) {
			ids = append(ids, entry.ID)
		}
	}
	return ids, nil
}

func isOurs(memo *commonpb.Memo) bool {
	_, ours := memo.GetFields()[scheduleMemo]
	return ours
}

func scheduleOptions(f *definition.Flow, s *definition.Schedule, version int) client.ScheduleOptions {
	input := s.Input
	if input.IsNil() {
		input = value.Of(value.EmptyMap)
	}
	o := client.ScheduleOptions{
		ID:            ScheduleID(f.Slug, s.ID),
		Spec:          client.ScheduleSpec{CronExpressions: []string{s.Cron}, TimeZoneName: s.Timezone},
		Overlap:       Overlap,
		CatchupWindow: CatchupWindow,
		Note:          noteOurs + "as version " + strconv.Itoa(version) + " declares it",
		Memo:          map[string]any{scheduleMemo: f.Slug},
		Action: &client.ScheduleWorkflowAction{
			ID:            scheduledID(f.Slug, s.ID),
			Workflow:      f.Slug,
			TaskQueue:     DefaultTaskQueue,
			Args:          []any{lasting{Value: input}, start{Invocation: s.Invocation}},
			StaticSummary: oneLine(s.Label),
		},
	}
	if reason := pauseReason(f, s, input); reason != "" {
		o.Paused, o.Note = true, noteOurs+reason
	}
	return o
}

func pauseReason(f *definition.Flow, s *definition.Schedule, input value.Value) string {
	if !s.Enabled {
		return notePaused + "the flow has :enabled false"
	}
	if _, problems := f.CheckInput(s.Invocation, input); len(problems) > 0 {
		texts := make([]string, len(problems))
		for i, p := range problems {
			texts[i] = p.Message
		}
		return notePaused + "its :input is not enough: " + strings.Join(texts, "; ")
	}
	if _, err := f.LaneKey(input); err != nil {
		return notePaused + "its :input is not enough: " + err.Error()
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
