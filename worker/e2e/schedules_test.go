//go:build !slim

package e2e_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"github.com/weir-run/weir/worker"
)

const scheduled = `{:slug :clocked :concurrency {:type :keyed :key-field :id}
	:invocations {:default {:inputs [{:name :id :type :text :required true}]}}
	:schedules [%s] :flow '(:id (flow/input))}`

func schedules(t *testing.T, w *world) {
	sc := w.client.ScheduleClient()
	reconcile := func(version int, list string) {
		f := w.deploy(t, replaced(scheduled, list))
		require.NoError(t, worker.ReconcileSchedules(t.Context(), w.client, f, version))
	}
	describe := func(id string) *client.ScheduleDescription {
		d, err := sc.GetHandle(t.Context(), "clocked/schedule/"+id).Describe(t.Context())
		require.NoError(t, err)
		return d
	}
	_, err := sc.Create(t.Context(), client.ScheduleOptions{
		ID: "clocked/schedule/theirs", Spec: client.ScheduleSpec{CronExpressions: []string{"0 0 1 1 *"}},
		Action: &client.ScheduleWorkflowAction{Workflow: "clocked", TaskQueue: "weir"}, Paused: true,
	})
	require.NoError(t, err)

	reconcile(1, `{:id :hourly :cron "0 * * * *"} {:id :daily :label "Daily" :cron "30 8 * * *" :timezone "Europe/Rome" :input {:id "d-1"}}
		{:id :off :cron "0 * * * *" :enabled false :input {:id "o"}}`)
	d := describe("hourly")
	require.True(t, d.Schedule.State.Paused)
	require.Equal(t, "weir: paused, its :input is not enough: id is missing: expected text", d.Schedule.State.Note)
	d = describe("off")
	require.True(t, d.Schedule.State.Paused)
	require.Equal(t, "weir: paused, the flow has :enabled false", d.Schedule.State.Note)
	d = describe("daily")
	require.False(t, d.Schedule.State.Paused)
	require.Equal(t, "weir: as version 1 declares it", d.Schedule.State.Note)
	require.Equal(t, enumspb.SCHEDULE_OVERLAP_POLICY_BUFFER_ONE, d.Schedule.Policy.Overlap)
	require.Equal(t, time.Hour, d.Schedule.Policy.CatchupWindow)
	require.Equal(t, "Europe/Rome", d.Schedule.Spec.TimeZoneName)
	require.NotEmpty(t, d.Info.NextActionTimes)
	rome, err := time.LoadLocation("Europe/Rome")
	require.NoError(t, err)
	require.Equal(t, "08:30", d.Info.NextActionTimes[0].In(rome).Format("15:04"))

	require.NoError(t, sc.GetHandle(t.Context(), "clocked/schedule/daily").Trigger(t.Context(), client.ScheduleTriggerOptions{}))
	require.EventuallyWithT(t, func(c *assertions) {
		r, err := w.starter.Describe(t.Context(), "clocked/d-1", "")
		require.NoError(c, err)
		require.Equal(c, worker.StatusCompleted, r.Status)
	}, time.Minute, 50*time.Millisecond)

	require.NoError(t, sc.GetHandle(t.Context(), "clocked/schedule/daily").Pause(t.Context(), client.SchedulePauseOptions{Note: "holidays"}))
	require.EventuallyWithT(t, func(c *assertions) { // deleting needs visibility, which follows
		n := 0
		list, err := sc.List(t.Context(), client.ScheduleListOptions{})
		require.NoError(c, err)
		for list.HasNext() {
			_, err := list.Next()
			require.NoError(c, err)
			n++
		}
		require.Equal(c, 4, n)
	}, time.Minute, 50*time.Millisecond)
	reconcile(2, `{:id :hourly :cron "15 * * * *" :input {:id "h"}} {:id :daily :cron "30 9 * * *" :timezone "Europe/Rome" :input {:id "d-1"}}`)
	d = describe("hourly")
	require.False(t, d.Schedule.State.Paused, "it has its input now")
	require.Equal(t, "weir: as version 2 declares it", d.Schedule.State.Note)
	require.Equal(t, 15, d.Info.NextActionTimes[0].Minute())
	d = describe("daily")
	require.True(t, d.Schedule.State.Paused, "a person paused it")
	require.Equal(t, "holidays", d.Schedule.State.Note)
	_, err = sc.GetHandle(t.Context(), "clocked/schedule/off").Describe(t.Context())
	require.Error(t, err, "no longer declared")
	require.True(t, describe("theirs").Schedule.State.Paused)
}
