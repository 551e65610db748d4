//go:build !slim

package e2e_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"

	"github.com/weir-run/weir/worker"
)

// laneScenarios are about lanes that are busy.
var laneScenarios = map[string]func(t *testing.T, w *world){
	"a busy lane queues":                       queueing,
	"a queued start is one":                    queuedOnce,
	"a repeated start is in the queue":         queuedAgain,
	"a queued start is cancelled":              queuedCancelled,
	"a queue goes on behind a lost holder":     lostHolders,
	"a start ends the run before it":           superseding,
	"what was superseded writes no more":       fencing,
	"a superseded run ends its retries":        supersededRetries,
	"versions run side by side":                coexisting,
	"a queued run uses the newest version":     queuedVersions,
	"an entry waits that nobody put in line":   unlinedEntry,
	"a queue that was terminated loses none":   queueTerminated,
	"workers die while a queue is at work":     queueWorkersDie,
	"a run under its lane's ID takes its turn": handMadeHolder,
	"an idle lane costs one look":              roundTrips,
}

func TestLanes(t *testing.T) {
	w := newWorld(t)
	for name, scenario := range laneScenarios {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scenario(t, w)
		})
	}
}

// startOf starts a run of a flow with :id.
func (w *world) startOf(t *testing.T, slug, id string) worker.Started {
	t.Helper()
	s, err := w.starter.Start(t.Context(), worker.StartRequest{Slug: slug, Input: edn(t, `{:id "`+id+`"}`)})
	require.NoError(t, err)
	return s
}

// byHand starts an entry as the temporal CLI does.
func (w *world) byHand(t *testing.T, id, slug, input string) client.WorkflowRun {
	t.Helper()
	run, err := w.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: id, TaskQueue: "weir"}, slug, json.RawMessage(input))
	require.NoError(t, err)
	return run
}

// queued waits until so many wait, and lists them.
func (w *world) queued(t *testing.T, slug string, n int) []worker.Queued {
	t.Helper()
	var got []worker.Queued
	require.EventuallyWithT(t, func(c *assertions) {
		var err error
		got, err = w.starter.Queued(t.Context(), slug)
		require.NoError(c, err)
		require.Len(c, got, n)
	}, time.Minute, 50*time.Millisecond)
	return got
}

// firstTask is when a run began to do anything, zero if it never did. The server dates starts from when they came in, and what comes in
// while another run of the lane still goes on may have to wait for its end.
func (w *world) firstTask(t *testing.T, workflowID, runID string) time.Time {
	t.Helper()
	for _, e := range w.history(t, workflowID, runID).Events {
		if e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED {
			return e.GetEventTime().AsTime()
		}
	}
	return time.Time{}
}

// spans are the runs of a lane, in turn, from Temporal's own record.
func (w *world) spans(t *testing.T, lane string) []worker.Run {
	t.Helper()
	var runs []worker.Run
	seen := map[string]bool{}
	answer, err := w.client.ListWorkflow(t.Context(), &workflowservice.ListWorkflowExecutionsRequest{Query: "WorkflowId = '" + lane + "'", PageSize: 1000})
	require.NoError(t, err)
	for _, e := range answer.Executions {
		r, err := w.starter.Describe(t.Context(), lane, e.GetExecution().GetRunId())
		require.NoError(t, err)
		if !seen[r.RunID] {
			runs = append(runs, r)
		}
		seen[r.RunID] = true
	}
	slices.SortFunc(runs, func(a, b worker.Run) int {
		if a.Ended.IsZero() || b.Ended.IsZero() {
			return -a.Ended.Compare(b.Ended) // the open one comes last
		}
		return a.Ended.Compare(b.Ended)
	})
	for i := 1; i < len(runs); i++ {
		require.False(t, runs[i-1].Ended.IsZero(), "%s has two open runs", lane)
		first := w.firstTask(t, lane, runs[i].RunID)
		require.False(t, !first.IsZero() && first.Before(runs[i-1].Ended), "%s: two runs overlap", lane)
	}
	return runs
}

// settle ends the wait of whatever run of the lane is at one.
func (w *world) settle(t *testing.T, lane, action string) {
	t.Helper()
	waits := w.waiting(t, lane, "")
	_, err := w.starter.Decide(t.Context(), worker.Decision{WorkflowID: lane, Key: waits[0].Key, Value: edn(t, `{:action "`+action+`"}`)})
	require.NoError(t, err)
}

func queueing(t *testing.T, w *world) {
	first := w.ask(t, "queueing", "1")
	var entries []worker.Started
	for range 3 {
		s := w.startOf(t, "queueing", "1")
		require.Equal(t, worker.DecisionQueued, s.Decision)
		require.True(t, worker.IsEntry(s.WorkflowID))
		require.Equal(t, "queueing/1", s.Lane)
		entries = append(entries, s)
	}
	hand := w.byHand(t, "queueing-by-hand", "queueing", `{"id":"1"}`)
	other := w.startOf(t, "queueing", "2")
	require.Equal(t, worker.DecisionStarted, other.Decision, "another key is another lane")
	got := w.queued(t, "queueing", 4)
	for i, s := range entries {
		require.Equal(t, worker.Queued{WorkflowID: s.WorkflowID, RunID: s.RunID, Lane: "queueing/1", Position: i + 1, Since: got[i].Since}, got[i])
	}
	line, err := w.starter.Timeline(t.Context(), entries[1].WorkflowID, entries[1].RunID)
	require.NoError(t, err)
	require.Equal(t, worker.StatusQueued, line.Status)

	w.decide(t, first, "first", 1)
	for i, action := range []string{"a", "b", "c", "d"} {
		w.queued(t, "queueing", 3-i)
		w.settle(t, "queueing/1", action)
		if i < len(entries) {
			require.JSONEq(t, `"`+action+`"`, w.result(t, entries[i].WorkflowID, entries[i].RunID))
		}
	}
	var out string
	require.NoError(t, hand.Get(t.Context(), &out))
	require.Equal(t, "d", out)
	require.Eventually(t, func() bool { return len(w.spans(t, "queueing/1")) == 5 }, time.Minute, 50*time.Millisecond)
	line, err = w.starter.Timeline(t.Context(), entries[2].WorkflowID, "")
	require.NoError(t, err)
	require.Equal(t, "queueing/1", line.WorkflowID)
	require.Equal(t, worker.DecisionQueued, line.Decision)
	require.Contains(t, line.Entries[0].Note, "queued for")

	w.record(t, "queue", worker.QueueID("queueing/1"), "")
	w.record(t, "entry-queued", entries[0].WorkflowID, "")
	require.Eventually(t, func() bool { // the queue has ended: the lane is idle again
		r, err := w.starter.Describe(t.Context(), worker.QueueID("queueing/1"), "")
		require.NoError(t, err)
		return r.Status == worker.StatusCompleted
	}, time.Minute, 20*time.Millisecond)
	require.Equal(t, worker.DecisionStarted, w.startOf(t, "queueing", "1").Decision)
}

func queuedOnce(t *testing.T, w *world) {
	first := w.ask(t, "once", "1")
	r := worker.StartRequest{Slug: "once", Input: edn(t, `{:id "1"}`), DedupeID: "delivery-1"}
	one, err := w.starter.Start(t.Context(), r)
	require.NoError(t, err)
	require.Equal(t, worker.DecisionQueued, one.Decision)
	again := func() {
		t.Helper()
		two, err := w.starter.Start(t.Context(), r)
		require.NoError(t, err)
		require.Equal(t, []string{one.WorkflowID, one.RunID, worker.DecisionDeduplicated}, []string{two.WorkflowID, two.RunID, two.Decision})
		found, ok, err := w.starter.Earlier(t.Context(), r, time.Now(), 0)
		require.NoError(t, err)
		require.True(t, ok)
		require.Equal(t, one.RunID, found.RunID)
	}
	again()
	w.queued(t, "once", 1)
	w.decide(t, first, "first", 1)
	w.queued(t, "once", 0)
	again()
	w.settle(t, "once/1", "second")
	require.JSONEq(t, `"second"`, w.result(t, one.WorkflowID, one.RunID))
	again()
	require.Len(t, w.spans(t, "once/1"), 2)
}

// queuedAgain repeats a start whose entry was made, but never put into the queue. Nobody works here, so that the entry can't do that either.
func queuedAgain(t *testing.T, w *world) {
	w.deploy(t, replaced(ask, "again"))
	starter := w.start(worker.StarterOptions{TaskQueue: "nobody"})
	r := worker.StartRequest{Slug: "again", Input: edn(t, `{:id "1"}`), DedupeID: "delivery-1"}
	_, err := starter.Start(t.Context(), worker.StartRequest{Slug: r.Slug, Input: r.Input})
	require.NoError(t, err)
	one, err := starter.Start(t.Context(), r)
	require.NoError(t, err)
	require.Equal(t, worker.DecisionQueued, one.Decision)
	for name, repeat := range map[string]func() (worker.Started, error){
		"start": func() (worker.Started, error) { return starter.Start(t.Context(), r) },
		"earlier": func() (worker.Started, error) {
			s, ok, err := starter.Earlier(t.Context(), r, time.Now(), 0)
			require.True(t, ok)
			return s, err
		},
	} {
		require.NoError(t, w.client.TerminateWorkflow(t.Context(), worker.QueueID("again/1"), "", "test"))
		two, err := repeat()
		require.NoError(t, err, name)
		require.Equal(t, []string{one.WorkflowID, one.RunID, worker.DecisionDeduplicated}, []string{two.WorkflowID, two.RunID, two.Decision}, name)
		queue, err := w.client.DescribeWorkflowExecution(t.Context(), worker.QueueID("again/1"), "")
		require.NoError(t, err)
		require.Equal(t, enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING, queue.GetWorkflowExecutionInfo().GetStatus(), name)
	}
}

func queuedCancelled(t *testing.T, w *world) {
	first := w.ask(t, "left", "1")
	a, b := w.startOf(t, "left", "1"), w.startOf(t, "left", "1")
	hand := w.byHand(t, "left-by-hand", "left", `{"id":"1"}`)
	w.queued(t, "left", 3)
	require.NoError(t, w.starter.Cancel(t.Context(), a.WorkflowID, a.RunID)) // whose turn it is, behind the holder
	require.NoError(t, w.starter.Cancel(t.Context(), hand.GetID(), ""))
	got := w.queued(t, "left", 1)
	require.Equal(t, b.WorkflowID, got[0].WorkflowID)
	_, err := w.starter.Result(t.Context(), a.WorkflowID, a.RunID)
	var ended *worker.RunError
	require.ErrorAs(t, err, &ended)
	require.Equal(t, worker.StatusCancelled, ended.Status)
	w.decide(t, first, "first", 1)
	w.settle(t, "left/1", "b")
	require.JSONEq(t, `"b"`, w.result(t, b.WorkflowID, b.RunID))
	require.Len(t, w.spans(t, "left/1"), 2)
}

// lostHolders ends the holder in every way that it can't tell the queue of.
func lostHolders(t *testing.T, w *world) {
	w.deploy(t, replaced(ask, "lost"))
	short, err := w.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{
		ID: "lost/2", TaskQueue: "weir", WorkflowExecutionTimeout: 3 * time.Second,
	}, "lost", json.RawMessage(`{"id":"2"}`))
	require.NoError(t, err)
	w.waiting(t, "lost/2", "")
	behind := w.startOf(t, "lost", "2")
	require.Equal(t, worker.DecisionQueued, behind.Decision)
	require.Eventually(t, func() bool {
		r, err := w.starter.Describe(t.Context(), "lost/2", "")
		require.NoError(t, err)
		return r.RunID != short.GetRunID()
	}, 15*time.Second, 50*time.Millisecond, "the lane of a run that timed out is free")
	w.settle(t, "lost/2", "behind")
	require.JSONEq(t, `"behind"`, w.result(t, behind.WorkflowID, behind.RunID))

	w.startOf(t, "lost", "1")
	var entries []worker.Started
	for range 3 {
		entries = append(entries, w.startOf(t, "lost", "1"))
	}
	w.waiting(t, "lost/1", "")
	w.queued(t, "lost", 3)
	began := time.Now()
	require.NoError(t, w.client.TerminateWorkflow(t.Context(), "lost/1", "", "test"))
	w.queued(t, "lost", 2)
	require.Less(t, time.Since(began), 10*time.Second)

	w.waiting(t, "lost/1", "") // a run of the queue
	require.NoError(t, w.client.TerminateWorkflow(t.Context(), "lost/1", "", "test"))
	w.queued(t, "lost", 1)
	_, err = w.starter.Result(t.Context(), entries[0].WorkflowID, entries[0].RunID)
	var ended *worker.RunError
	require.ErrorAs(t, err, &ended)
	require.Equal(t, worker.StatusTerminated, ended.Code)

	w.waiting(t, "lost/1", "")
	second, err := w.starter.Describe(t.Context(), "lost/1", "")
	require.NoError(t, err)
	_, err = w.client.ResetWorkflowExecution(t.Context(), &workflowservice.ResetWorkflowExecutionRequest{
		Namespace: "default", WorkflowExecution: &commonpb.WorkflowExecution{WorkflowId: "lost/1", RunId: second.RunID}, Reason: "test", RequestId: "reset-1",
		WorkflowTaskFinishEventId: 3,
	})
	require.NoError(t, err)
	w.settle(t, "lost/1", "after the reset")
	require.JSONEq(t, `"after the reset"`, w.result(t, entries[1].WorkflowID, entries[1].RunID))
	w.settle(t, "lost/1", "last")
	require.JSONEq(t, `"last"`, w.result(t, entries[2].WorkflowID, entries[2].RunID))
}

func coexisting(t *testing.T, w *world) {
	text := strings.Replace(replaced(ask, "beside"), ":key-field :id", ":key-field :id :on-new-version :coexist", 1)
	one := w.deploy(t, text)
	a := w.startOf(t, "beside", "x@1")
	require.Equal(t, "beside/x%401@"+one.Digest[:12], a.WorkflowID)
	behind := w.startOf(t, "beside", "x@1")
	require.Equal(t, worker.DecisionQueued, behind.Decision)
	two := w.deploy(t, text+"\n; two")
	require.NotEqual(t, one.Digest, two.Digest)
	b := w.startOf(t, "beside", "x@1")
	require.Equal(t, worker.DecisionStarted, b.Decision, "another version runs beside it")
	require.Equal(t, 2, b.Version)
	w.waiting(t, b.WorkflowID, b.RunID)
	hand := w.byHand(t, "beside-by-hand", "beside", `{"id":"x@1"}`)
	require.Len(t, w.queued(t, "beside", 2), 2)
	w.decide(t, a, "a", 1)
	w.settle(t, a.WorkflowID, "behind")
	require.JSONEq(t, `"behind"`, w.result(t, behind.WorkflowID, behind.RunID))
	for _, r := range w.spans(t, a.WorkflowID) {
		require.Equal(t, 1, r.Version, "it stays with its version")
	}
	w.decide(t, b, "b", 1)
	w.settle(t, b.WorkflowID, "hand")
	var out string
	require.NoError(t, hand.Get(t.Context(), &out))
	require.Equal(t, "hand", out)
	w.record(t, "coexisting", a.WorkflowID, "")
	run := w.byHand(t, "beside/x@1", "beside", `{"id":"x@1"}`)
	require.ErrorContains(t, run.Get(t.Context(), nil), "would occupy another lane")
}

func queuedVersions(t *testing.T, w *world) {
	const text = `{:slug :renewed :concurrency {:type :singleton} :flow '(do (flow/step :wait :ask {:key "go" :timeout "1h"}) [N (:version (:flow/ctx (flow/input)))])}`
	w.deploy(t, replacedWord(text, "N", "1"))
	start := func(version int) worker.Started {
		s, err := w.starter.Start(t.Context(), worker.StartRequest{Slug: "renewed", Version: version})
		require.NoError(t, err)
		return s
	}
	start(0)
	newest, asked := start(0), start(1)
	w.queued(t, "renewed", 2)
	w.deploy(t, replacedWord(text, "N", "2"))
	require.Eventually(t, func() bool { // the pinned one needs its version
		census, err := w.starter.Census(t.Context(), "renewed", []int{1})
		require.NoError(t, err)
		return census[1].Open() == 2
	}, time.Minute, 50*time.Millisecond)
	for range 3 {
		w.settle(t, "renewed", "go")
	}
	require.JSONEq(t, `[2,2]`, w.result(t, newest.WorkflowID, newest.RunID))
	require.JSONEq(t, `[1,1]`, w.result(t, asked.WorkflowID, asked.RunID))
}

// unlinedEntry is what a gateway leaves that dies between starting an entry and putting it in line.
func unlinedEntry(t *testing.T, w *world) {
	first := w.ask(t, "unlined", "1")
	w.waiting(t, first.WorkflowID, first.RunID)
	id := worker.EntryID("unlined", "died")
	_, err := w.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: id, TaskQueue: "weir"}, "unlined",
		json.RawMessage(`{"id":"1"}`), json.RawMessage(`{"queue":true}`))
	require.NoError(t, err)
	require.Equal(t, id, w.queued(t, "unlined", 1)[0].WorkflowID)
	w.decide(t, first, "first", 1)
	w.settle(t, "unlined/1", "second")
	require.JSONEq(t, `"second"`, w.result(t, id, ""))
}

func queueTerminated(t *testing.T, w *world) {
	first := w.ask(t, "gone", "1")
	a, b := w.startOf(t, "gone", "1"), w.startOf(t, "gone", "1")
	w.queued(t, "gone", 2)
	require.NoError(t, w.client.TerminateWorkflow(t.Context(), worker.QueueID("gone/1"), "", "test"))
	w.decide(t, first, "first", 1)
	w.settle(t, "gone/1", "a") // it had the turn already
	require.JSONEq(t, `"a"`, w.result(t, a.WorkflowID, a.RunID))
	w.settle(t, "gone/1", "b") // it looked after its place again
	require.JSONEq(t, `"b"`, w.result(t, b.WorkflowID, b.RunID))
	require.Len(t, w.spans(t, "gone/1"), 3)
}

// queueWorkersDie kills the only worker of a queue again and again.
func queueWorkersDie(t *testing.T, w *world) {
	w.deploy(t, `{:slug :dying :concurrency {:type :singleton} :flow '(do (flow/step :sleep :nap {:millis 300}) (:version (:flow/ctx (flow/input))))}`)
	starter := w.start(worker.StarterOptions{TaskQueue: "dying"})
	kill := w.process(t, "dying")
	var all []worker.Started
	for i := range 8 {
		s, err := starter.Start(t.Context(), worker.StartRequest{Slug: "dying"})
		require.NoError(t, err)
		all = append(all, s)
		if i%3 == 2 {
			kill()
			kill = w.process(t, "dying")
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	for _, s := range all {
		out, err := starter.Result(ctx, s.WorkflowID, s.RunID)
		require.NoError(t, err)
		require.JSONEq(t, "1", string(out))
	}
	require.Len(t, w.spans(t, "dying"), len(all))
}

// handMadeHolder takes the lane by its own ID, past the queue: what has the turn waits for that as well.
func handMadeHolder(t *testing.T, w *world) {
	first := w.ask(t, "made", "1")
	w.waiting(t, first.WorkflowID, first.RunID)
	_, err := w.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{
		ID: "made/1", TaskQueue: "weir", WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_FAIL, WorkflowExecutionErrorWhenAlreadyStarted: true,
	}, "made", json.RawMessage(`{"id":"1"}`))
	require.Error(t, err)
	queued := w.startOf(t, "made", "1")
	w.queued(t, "made", 1)
	_, err = w.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{
		ID: "made/1", TaskQueue: "weir", WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING,
	}, "made", json.RawMessage(`{"id":"1"}`))
	require.NoError(t, err)
	w.settle(t, "made/1", "hand")
	w.settle(t, "made/1", "queued")
	require.JSONEq(t, `"queued"`, w.result(t, queued.WorkflowID, queued.RunID))
	require.Len(t, w.spans(t, "made/1"), 3)
}
