//go:build !slim

package e2e_test

import (
	"encoding/json"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"github.com/weir-run/weir/worker"
)

// killedWorkers kills one worker while the run waits, and the next one when a request of its has been answered and the
// answer isn't recorded yet.
func killedWorkers(t *testing.T, w *world) {
	w.deploy(t, `{:slug :killed :concurrency {:type :singleton} :flow '(let [a (flow/step :wait :ask {:key "go" :timeout "1h"})]
		[(:action a) (:status (flow/step :http :deliver {:method :post :url "$OUTSIDE/killed" :retry {:max-attempts 4 :backoff-ms 50}}))])}`)
	w.outside.answer("POST /killed", "201 text/plain done")
	first := w.process(t, "killed")
	starter := w.start(worker.StarterOptions{TaskQueue: "killed"})
	s, err := starter.Start(t.Context(), worker.StartRequest{Slug: "killed"})
	require.NoError(t, err)
	w.waiting(t, s.WorkflowID, s.RunID)
	first()

	second := w.process(t, "killed")
	var once sync.Once
	w.outside.before("POST /killed", func() { once.Do(second) })
	require.Equal(t, worker.OutcomeDecided, w.decide(t, s, "approve", 1).Outcome)
	require.Eventually(t, func() bool { return len(w.outside.requests("/killed")) > 0 }, time.Minute, 20*time.Millisecond)
	w.process(t, "killed")
	require.JSONEq(t, `["approve",201]`, w.result(t, s.WorkflowID, s.RunID))
	got := w.outside.requests("/killed")
	require.Len(t, got, 2)
	require.NotEmpty(t, got[0].Key)
	require.Equal(t, got[0].Key, got[1].Key, "every attempt has the same idempotency key")
}

// firstToCome lets a deadline pass while no worker is up: a signal before it decides, one after it doesn't.
func firstToCome(t *testing.T, w *world) {
	const text = `{:slug :SLUG :concurrency {:type :singleton} :flow '(:action (flow/step :wait :ask {:key "go" :timeout "3s" :on-timeout :continue :default-value {:action "timeout"}}))}`
	for slug, c := range map[string]struct {
		before bool
		want   string
	}{"in-time": {true, `"approve"`}, "too-late": {false, `"timeout"`}} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			w.deploy(t, replacedWord(text, "SLUG", slug))
			stop := w.process(t, slug)
			starter := w.start(worker.StarterOptions{TaskQueue: slug})
			s, err := starter.Start(t.Context(), worker.StartRequest{Slug: slug})
			require.NoError(t, err)
			w.eventually(t, s, enumspb.EVENT_TYPE_TIMER_STARTED)
			stop()
			signal := func() {
				require.NoError(t, w.client.SignalWorkflow(t.Context(), s.WorkflowID, s.RunID, "go", json.RawMessage(`{"action":"approve"}`)))
			}
			if c.before {
				signal()
			}
			w.eventually(t, s, enumspb.EVENT_TYPE_TIMER_FIRED)
			if !c.before {
				signal()
			}
			w.process(t, slug)
			require.JSONEq(t, c.want, w.result(t, s.WorkflowID, s.RunID))
			w.record(t, "deadline-"+slug, s.WorkflowID, s.RunID)
		})
	}
}

// eventually waits until the run's history has an event of that type.
func (w *world) eventually(t *testing.T, s worker.Started, kind enumspb.EventType) {
	t.Helper()
	require.Eventually(t, func() bool {
		for _, e := range w.history(t, s.WorkflowID, s.RunID).Events {
			if e.GetEventType() == kind {
				return true
			}
		}
		return false
	}, time.Minute, 50*time.Millisecond)
}

// underItsLane starts a run by hand under the ID that it belongs to: it is the run, and sets its attributes itself.
func underItsLane(t *testing.T, w *world) {
	w.deploy(t, replaced(ask, "itself"))
	run, err := w.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: "itself/1", TaskQueue: "weir"}, "itself", json.RawMessage(`{"id":"1"}`))
	require.NoError(t, err)
	w.waiting(t, "itself/1", run.GetRunID())
	r, err := w.starter.Describe(t.Context(), "itself/1", run.GetRunID())
	require.NoError(t, err)
	require.Equal(t, []any{1, "1", worker.StatusWaiting}, []any{r.Version, r.Key, r.Status})
	w.decide(t, worker.Started{WorkflowID: "itself/1", RunID: run.GetRunID()}, "approve", 1)
	require.JSONEq(t, `"approve"`, w.result(t, "itself/1", run.GetRunID()))

	run, err = w.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: "itself/2", TaskQueue: "weir"}, "itself", json.RawMessage(`{"id":"1"}`))
	require.NoError(t, err)
	require.ErrorContains(t, run.Get(t.Context(), nil), "would occupy another lane")
}
