//go:build !slim

package e2e_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"

	"github.com/weir-run/weir/worker"
)

// often is a worker that continues runs as new all the time.
func (w *world) often(t *testing.T, taskQueue string, after int) *worker.Starter {
	t.Helper()
	w.work(t, worker.Options{TaskQueue: taskQueue, ContinueAfter: after})
	return w.start(worker.StarterOptions{TaskQueue: taskQueue})
}

// chain are the histories of a run's executions.
func (w *world) chain(t *testing.T, s worker.Started) (all []*historypb.History, ids []string) {
	t.Helper()
	for id := s.RunID; id != ""; {
		h := w.history(t, s.WorkflowID, id)
		all, ids = append(all, h), append(ids, id)
		id = h.Events[len(h.Events)-1].GetWorkflowExecutionContinuedAsNewEventAttributes().GetNewExecutionRunId()
	}
	return all, ids
}

// crossingLines keeps the histories of a run whose lines cross, from part to part.
func crossingLines(t *testing.T, w *world) {
	text, err := os.ReadFile("testdata/conformance/crossing.edn")
	require.NoError(t, err)
	w.deploy(t, replacedWord(string(text), ":crossing", ":crossed"))
	w.outside.answer("POST /seen", "200 application/json {}")
	starter := w.often(t, "crossed", 60)
	s, err := starter.Start(t.Context(), worker.StartRequest{Slug: "crossed"})
	require.NoError(t, err)
	require.Contains(t, w.result(t, s.WorkflowID, s.RunID), `"wrong":[]`)
	_, ids := w.chain(t, s)
	require.Greater(t, len(ids), 1)
	w.record(t, "lines", s.WorkflowID, ids[0])
	w.record(t, "lines-continued", s.WorkflowID, ids[1])
}

// cancelledInTheDark cancels a run right when it was continued, before its next execution has looked at anything: what it did before
// is undone as if it had been cancelled a moment later.
func cancelledInTheDark(t *testing.T, w *world) {
	w.deploy(t, `{:slug :dark :concurrency {:type :singleton} :flow '(let [reserved (atom [])]
		(try
		  (flow/parallel (dotimes [i 12] (swap! reserved conj (:n (flow/step :function :reserve {:input {:n i}}))))
		                 (flow/step :fanout :more {:items (range 6) :max-concurrency 2 :do (fn [i] (flow/step :function :extra {:input {:n i}}))}))
		  (dotimes [i 20] (flow/step :function :after {:input {:n i}}))
		  (flow/step :wait :hold {:key "dark" :timeout "1h"})
		  (finally (flow/step :http :release {:url "$OUTSIDE/release" :method :post :json @reserved}))))}`)
	w.outside.answer("POST /release", "200 application/json {}")
	starter := w.often(t, "dark", 12)
	s, err := starter.Start(t.Context(), worker.StartRequest{Slug: "dark"})
	require.NoError(t, err)
	w.waiting(t, s.WorkflowID, "")
	parts, _ := w.chain(t, s)
	require.Greater(t, len(parts), 1)
	require.NoError(t, w.client.TerminateWorkflow(t.Context(), s.WorkflowID, "", "test"))

	// The last execution once more, on a queue that nobody serves, cancelled before it has begun.
	var args []any
	for _, p := range parts[len(parts)-1].Events[0].GetWorkflowExecutionStartedEventAttributes().GetInput().GetPayloads() {
		args = append(args, converter.NewRawValue(p))
	}
	again, err := w.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: s.WorkflowID, TaskQueue: "dark-later"}, "dark", args...)
	require.NoError(t, err)
	require.NoError(t, w.client.CancelWorkflow(t.Context(), again.GetID(), again.GetRunID()))
	require.Empty(t, w.outside.requests("/release"))
	w.work(t, worker.Options{TaskQueue: "dark-later", ContinueAfter: 12})
	_, err = w.starter.Result(t.Context(), again.GetID(), again.GetRunID())
	var ended *worker.RunError
	require.ErrorAs(t, err, &ended)
	require.Equal(t, worker.StatusCancelled, ended.Status)
	released := w.outside.requests("/release")
	require.Len(t, released, 1)
	require.JSONEq(t, `[0,1,2,3,4,5,6,7,8,9,10,11]`, released[0].Body)
	w.record(t, "cancelled-in-the-dark", again.GetID(), again.GetRunID())
}

// longLoop executes very many steps while a signal is kept, a wait is open and a timer runs. What comes out is what the plain
// arithmetic gives, and no part's history is long.
func longLoop(t *testing.T, w *world) {
	w.deploy(t, fmt.Sprintf(`{:slug :long :concurrency {:type :singleton} :flow '(let [sum (atom 0)
		[total decided rested] (flow/parallel
		  (loop [i 0 acc 7]
		    (if (= i %d)
		      (do (reset! sum acc) acc)
		      (recur (inc i) (:n (flow/step :function :next {:input {:n (mod (+ (* acc 31) i) 1000003)}})))))
		  (flow/step :wait :ask {:key "long" :timeout "24h"})
		  (do (flow/step :sleep :rest {:duration "%s"}) :rested))]
		{:total total :sum @sum :decided decided :rested rested :early (flow/step :wait :early {:key "early" :timeout "1h"})})}`, longSteps, longRest))
	starter := w.start(worker.StarterOptions{TaskQueue: "long"})
	w.work(t, worker.Options{TaskQueue: "long", ContinueAfter: longContinueAfter})
	s, err := starter.Start(t.Context(), worker.StartRequest{Slug: "long"})
	require.NoError(t, err)
	w.send(t, s, edn(t, `["early" {:action :approve}]`))
	require.Eventually(t, func() bool {
		line, err := w.starter.Timeline(t.Context(), s.WorkflowID, s.RunID)
		return err == nil && line.Skipped+len(line.Entries) > longSteps
	}, longTimeout, time.Second)
	w.send(t, s, edn(t, `["long" {:action :approve}]`))
	result, err := starter.Result(t.Context(), s.WorkflowID, s.RunID)
	require.NoError(t, err)
	want := 7
	for i := range longSteps {
		want = (want*31 + i) % 1000003
	}
	var got struct {
		Total, Sum     int
		Decided, Early struct{ Action string }
		Rested         string
	}
	require.NoError(t, json.Unmarshal(result, &got))
	require.Equal(t, []any{want, want, "approve", "approve", "rested"}, []any{got.Total, got.Sum, got.Decided.Action, got.Early.Action, got.Rested})

	parts, _ := w.chain(t, s)
	require.Greater(t, len(parts), 3)
	var pace []string
	for i, h := range parts {
		require.Less(t, len(h.Events), 10_000)
		steps := 0
		for _, e := range h.Events {
			if e.GetEventType() == enumspb.EVENT_TYPE_MARKER_RECORDED {
				steps++
			}
		}
		began := h.Events[2].GetEventTime().AsTime() // of the first workflow task: the server lets a second pass between continuations
		took := h.Events[len(h.Events)-1].GetEventTime().AsTime().Sub(began)
		if i < len(parts)-1 {
			pace = append(pace, (took / time.Duration(max(steps, 1))).Round(10*time.Microsecond).String())
		}
	}
	line, err := w.starter.Timeline(t.Context(), s.WorkflowID, s.RunID)
	require.NoError(t, err)
	require.Equal(t, s.RunID, line.RunID, "one id, whatever part answers")
	t.Logf("%d steps in %d executions; time per step in each: %s", longSteps, len(parts), strings.Join(pace, " "))
}
