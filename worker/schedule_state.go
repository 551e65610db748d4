package worker

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.temporal.io/sdk/client"

	"github.com/weir-run/weir/definition"
)

// States of a schedule.
const (
	ScheduleActive = "active"
	SchedulePaused = "paused"
	// ScheduleMissing is declared by the live version and absent from Temporal, ScheduleStray the other way round: a deploy
	// brings both in line.
	ScheduleMissing = "missing"
	ScheduleStray   = "stray"
)

// ErrNoSchedule says that a flow has no such schedule.
var ErrNoSchedule = errors.New("there is no such schedule")

// ScheduleState is a flow's schedule as Temporal has it.
type ScheduleState struct {
	Slug     string      `json:"slug"`
	ID       string      `json:"id"`
	Label    string      `json:"label,omitempty"`
	Cron     string      `json:"cron,omitempty"`
	Timezone string      `json:"timezone,omitempty"`
	State    string      `json:"state"`            // one of Schedule...
	Reason   string      `json:"reason,omitempty"` // of a pause
	Overlap  string      `json:"overlap,omitempty"`
	Catchup  string      `json:"catch-up,omitempty"` // how late a missed firing is made up for
	Next     []time.Time `json:"next,omitempty"`
	Recent   []Firing    `json:"recent,omitempty"` // the newest last
	// Missed counts the firings that came to be more than the catch-up window late, and were dropped.
	Missed int `json:"missed,omitempty"`
}

// Firing is one start that a schedule made. Its workflow is an entry: the run is the one that its timeline names.
type Firing struct {
	For        time.Time `json:"for"` // when it was due
	At         time.Time `json:"at"`
	WorkflowID string    `json:"workflow-id"`
	RunID      string    `json:"run-id"`
}

// Schedules describes the schedules of a flow: those that its live definition declares, in their order, and what else of ours is
// there in Temporal.
func Schedules(ctx context.Context, c client.Client, f *definition.Flow) ([]ScheduleState, error) {
	var out []ScheduleState
	declared := map[string]bool{}
	for i := range f.Schedules {
		s := &f.Schedules[i]
		declared[ScheduleID(f.Slug, s.ID)] = true
		state := ScheduleState{Slug: f.Slug, ID: s.ID, Label: s.Label, Cron: s.Cron, Timezone: s.Timezone, State: ScheduleMissing}
		if err := state.describe(ctx, c.ScheduleClient()); err != nil {
			return nil, err
		}
		out = append(out, state)
	}
	ids, err := ourSchedules(ctx, c.ScheduleClient(), f.Slug)
	if err != nil {
		return nil, fmt.Errorf("list schedules of %s: %w", f.Slug, unavailable(err))
	}
	for _, id := range ids {
		if declared[id] {
			continue
		}
		state := ScheduleState{Slug: f.Slug, ID: strings.TrimPrefix(id, schedulePrefix(f.Slug)), State: ScheduleMissing}
		if err := state.describe(ctx, c.ScheduleClient()); err != nil {
			return nil, err
		}
		if state.State != ScheduleMissing { // deleted, and still in the list
			state.State = ScheduleStray
			out = append(out, state)
		}
	}
	return out, nil
}

// describe adds what Temporal knows of the schedule, if it does.
func (s *ScheduleState) describe(ctx context.Context, sc client.ScheduleClient) error {
	d, err := sc.GetHandle(ctx, ScheduleID(s.Slug, s.ID)).Describe(ctx)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("schedule %s of %s: %w", s.ID, s.Slug, unavailable(err))
	}
	s.State = ScheduleActive
	if state := d.Schedule.State; state != nil && state.Paused {
		s.State, s.Reason = SchedulePaused, strings.TrimPrefix(strings.TrimPrefix(state.Note, noteOurs), notePaused)
	}
	if p := d.Schedule.Policy; p != nil {
		s.Overlap, s.Catchup = p.Overlap.String(), p.CatchupWindow.String()
	}
	if spec := d.Schedule.Spec; spec != nil && s.Timezone == "" {
		s.Timezone = spec.TimeZoneName
	}
	if s.State == ScheduleActive {
		s.Next = d.Info.NextActionTimes
	}
	s.Missed = d.Info.NumActionsMissedCatchupWindow
	for _, a := range d.Info.RecentActions {
		firing := Firing{For: a.ScheduleTime, At: a.ActualTime}
		if w := a.StartWorkflowResult; w != nil {
			firing.WorkflowID, firing.RunID = w.WorkflowID, w.FirstExecutionRunID
		}
		s.Recent = append(s.Recent, firing)
	}
	return nil
}

// SchedulePausedError refuses to pause, resume or fire a schedule that Weir paused: its runs would fail.
type SchedulePausedError struct{ Slug, ID, Reason string }

func (e *SchedulePausedError) Error() string {
	return fmt.Sprintf("schedule %s of %s is paused by Weir: %s; change the flow and deploy it", e.ID, e.Slug, e.Reason)
}

// PauseSchedule pauses a schedule for a person, who gives a reason. It stays so over deploys. Errors: ErrNoSchedule,
// *SchedulePausedError.
func PauseSchedule(ctx context.Context, c client.Client, slug, id, reason string) error {
	handle, state, err := ourSchedule(ctx, c, slug, id)
	if err != nil {
		return err
	}
	if err := refusePaused(slug, id, state); err != nil {
		return err
	}
	if reason == "" || strings.HasPrefix(reason, noteOurs) { // which would read as Weir's own
		reason = strings.TrimSpace("by hand " + reason)
	}
	return scheduleError(slug, id, handle.Pause(ctx, client.SchedulePauseOptions{Note: reason}))
}

// ResumeSchedule ends the pause that a person made. Errors: ErrNoSchedule, *SchedulePausedError.
func ResumeSchedule(ctx context.Context, c client.Client, slug, id string) error {
	handle, state, err := ourSchedule(ctx, c, slug, id)
	if err != nil || !state.Paused {
		return err
	}
	if err := refusePaused(slug, id, state); err != nil {
		return err
	}
	return scheduleError(slug, id, handle.Unpause(ctx, client.ScheduleUnpauseOptions{Note: noteOurs + "resumed by hand"}))
}

// TriggerSchedule fires a schedule now. Errors: ErrNoSchedule, *SchedulePausedError.
func TriggerSchedule(ctx context.Context, c client.Client, slug, id string) error {
	handle, state, err := ourSchedule(ctx, c, slug, id)
	if err != nil {
		return err
	}
	if err := refusePaused(slug, id, state); err != nil {
		return err
	}
	return scheduleError(slug, id, handle.Trigger(ctx, client.ScheduleTriggerOptions{Overlap: Overlap}))
}

func refusePaused(slug, id string, state client.ScheduleState) error {
	if reason, ours := strings.CutPrefix(state.Note, noteOurs); state.Paused && ours {
		return &SchedulePausedError{Slug: slug, ID: id, Reason: strings.TrimPrefix(reason, notePaused)}
	}
	return nil
}

// ourSchedule finds a schedule that Weir made.
func ourSchedule(ctx context.Context, c client.Client, slug, id string) (client.ScheduleHandle, client.ScheduleState, error) {
	handle := c.ScheduleClient().GetHandle(ctx, ScheduleID(slug, id))
	d, err := handle.Describe(ctx)
	if isNotFound(err) || (err == nil && !isOurs(d.Memo)) {
		return nil, client.ScheduleState{}, fmt.Errorf("%w: %s of %s", ErrNoSchedule, id, slug)
	}
	if err != nil {
		return nil, client.ScheduleState{}, scheduleError(slug, id, err)
	}
	if d.Schedule.State == nil {
		return handle, client.ScheduleState{}, nil
	}
	return handle, *d.Schedule.State, nil
}

func scheduleError(slug, id string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("schedule %s of %s: %w", id, slug, unavailable(err))
}
