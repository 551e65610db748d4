//go:build !slim

package e2e_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/worker"
)

const scheduled = `{:slug :clocked :concurrency {:type :keyed :key-field :id}
	:invocations {:default {:inputs [{:name :id :type :text :required true}]}}
	:schedules [%s] :flow '(:id (flow/input))}`

func schedules(t *testing.T, w *world) {
	sc := w.client.ScheduleClient()
	reconcile := func(version int, list string) {
		f := w.deploy(t, replaced(scheduled, list))
		require.NoError(t, worker.ReconcileSchedules(t.Context(), w.client, f, version, nil))
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
	require.Equal(t, worker.Overlap, d.Schedule.Policy.Overlap)
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
			entry, err := list.Next()
			require.NoError(c, err)
			if strings.HasPrefix(entry.ID, "clocked/") {
				n++
			}
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

// daylight asks the server's own calendar when schedules that Weir made fire over changes of the clocks.
func daylight(t *testing.T, w *world) {
	f := w.deploy(t, `{:slug :daylight :concurrency {:type :singleton} :flow '1 :schedules [
		{:id :morning :cron "30 8 * * *" :timezone "Europe/Rome"}
		{:id :night :cron "30 2 * * *" :timezone "Europe/Rome"}
		{:id :hourly :cron "0 * * * *" :timezone "Europe/Rome"}
		{:id :plain :cron "30 2 * * *"}]}`)
	require.NoError(t, worker.ReconcileSchedules(t.Context(), w.client, f, 1, nil))
	times := func(id, from, to string) []string {
		begin, err := time.Parse(time.RFC3339, from)
		require.NoError(t, err)
		end, err := time.Parse(time.RFC3339, to)
		require.NoError(t, err)
		answer, err := w.client.WorkflowService().ListScheduleMatchingTimes(t.Context(), &workflowservice.ListScheduleMatchingTimesRequest{
			Namespace: "default", ScheduleId: worker.ScheduleID("daylight", id), StartTime: timestamppb.New(begin), EndTime: timestamppb.New(end),
		})
		require.NoError(t, err)
		var out []string
		for _, at := range answer.GetStartTime() {
			out = append(out, at.AsTime().Format("01-02 15:04"))
		}
		return out
	}
	const springs, summer = "2027-03-27T00:00:00Z", "2027-03-30T00:00:00Z"
	const falls, winter = "2027-10-30T00:00:00Z", "2027-11-02T00:00:00Z"
	// The local time stays: 8:30 in Rome, be it UTC+1 or UTC+2.
	require.Equal(t, []string{"03-27 07:30", "03-28 06:30", "03-29 06:30"}, times("morning", springs, summer))
	require.Equal(t, []string{"10-30 06:30", "10-31 07:30", "11-01 07:30"}, times("morning", falls, winter))
	// 2:30 doesn't exist on March 28, and fires on no other time instead; on October 31 it exists twice, and fires once.
	require.Equal(t, []string{"03-27 01:30", "03-29 00:30"}, times("night", springs, summer))
	require.Equal(t, []string{"10-30 00:30", "10-31 01:30", "11-01 01:30"}, times("night", falls, winter))
	// Every hour: 2:00 in Rome is left out once and doubled once, and fires once where it is doubled.
	require.Equal(t, []string{"03-28 00:00", "03-28 01:00", "03-28 02:00"}, times("hourly", "2027-03-27T23:30:00Z", "2027-03-28T02:30:00Z"))
	require.Equal(t, []string{"10-30 23:00", "10-31 00:00", "10-31 02:00"}, times("hourly", "2027-10-30T22:30:00Z", "2027-10-31T02:30:00Z"))
	// UTC knows no such changes.
	require.Equal(t, []string{"03-27 02:30", "03-28 02:30", "03-29 02:30"}, times("plain", springs, summer))
	require.Equal(t, []string{"10-30 02:30", "10-31 02:30", "11-01 02:30"}, times("plain", falls, winter))
}

// scheduleStates shows schedules as `weir schedules` does, and what a person may do with them.
func scheduleStates(t *testing.T, w *world) {
	i := w.installed(t)
	deploy := func(list string) {
		f, problems := definition.Parse("flow.edn", []byte(replacedWord(replaced(scheduled, list), ":clocked", ":stated")))
		require.NoError(t, problems.Err())
		_, err := i.Deploy(t.Context(), f)
		require.NoError(t, err)
	}
	states := func() map[string]worker.ScheduleState {
		list, err := i.Schedules(t.Context(), "stated")
		require.NoError(t, err)
		out := map[string]worker.ScheduleState{}
		for _, s := range list {
			out[s.ID] = s
		}
		return out
	}
	deploy(`{:id :a :label "A" :cron "0 4 * * *" :timezone "Asia/Tokyo" :input {:id "s-1"}} {:id :lacks :cron "0 * * * *"} {:id :gone :cron "0 * * * *" :input {:id "g"}}`)
	got := states()
	require.Len(t, got, 3)
	require.Equal(t, []string{worker.ScheduleActive, "", "Asia/Tokyo", "AllowAll", "1h0m0s"},
		[]string{got["a"].State, got["a"].Reason, got["a"].Timezone, got["a"].Overlap, got["a"].Catchup})
	require.Equal(t, 19, got["a"].Next[0].UTC().Hour())
	require.Equal(t, worker.SchedulePaused, got["lacks"].State)
	require.Equal(t, "its :input is not enough: id is missing: expected text", got["lacks"].Reason)
	require.Empty(t, got["lacks"].Next)

	var paused *worker.SchedulePausedError
	for _, act := range []func() error{
		func() error { return worker.ResumeSchedule(t.Context(), w.client, "stated", "lacks") },
		func() error { return worker.TriggerSchedule(t.Context(), w.client, "stated", "lacks") },
		func() error { return worker.PauseSchedule(t.Context(), w.client, "stated", "lacks", "") },
	} {
		require.ErrorAs(t, act(), &paused)
	}
	require.ErrorIs(t, worker.PauseSchedule(t.Context(), w.client, "stated", "nobody", ""), worker.ErrNoSchedule)
	require.NoError(t, worker.TriggerSchedule(t.Context(), w.client, "stated", "a"))
	require.EventuallyWithT(t, func(c *assertions) { require.Len(c, states()["a"].Recent, 1) }, time.Minute, 50*time.Millisecond)
	require.NoError(t, worker.PauseSchedule(t.Context(), w.client, "stated", "a", "holidays"))

	// A deploy deletes what is no longer declared at once, though Temporal's list may not show it yet; a person's pause stays.
	deploy(`{:id :a :cron "0 5 * * *" :timezone "Asia/Tokyo" :input {:id "s-1"}} {:id :lacks :cron "0 * * * *" :input {:id "l"}}`)
	got = states()
	require.Len(t, got, 2)
	require.Equal(t, []string{worker.SchedulePaused, "holidays"}, []string{got["a"].State, got["a"].Reason})
	require.Equal(t, worker.ScheduleActive, got["lacks"].State)
	require.NoError(t, worker.ResumeSchedule(t.Context(), w.client, "stated", "a"))
	require.Equal(t, 20, states()["a"].Next[0].UTC().Hour())

	require.NoError(t, w.client.ScheduleClient().GetHandle(t.Context(), "stated/schedule/a").Delete(t.Context()))
	require.EventuallyWithT(t, func(c *assertions) { require.Equal(c, worker.ScheduleMissing, states()["a"].State) }, time.Minute, 50*time.Millisecond)
	back, err := i.Rollback(t.Context(), "stated", 1)
	require.NoError(t, err)
	require.Equal(t, 3, back.Version)
	require.EventuallyWithT(t, func(c *assertions) {
		require.Equal(c, worker.ScheduleActive, states()["gone"].State, "a roll-back brings its schedules back")
		require.Equal(c, worker.ScheduleActive, states()["a"].State)
	}, time.Minute, 50*time.Millisecond)
}
