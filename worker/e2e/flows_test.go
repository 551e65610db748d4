//go:build !slim

package e2e_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"

	"github.com/weir-run/weir/worker"
)

type assertions = assert.CollectT

// scenarios share one server and one worker; each deploys flows of its own.
var scenarios = map[string]func(t *testing.T, w *world){
	"the order flow, approved over a link":                  orderApproved,
	"the order flow, from the temporal CLI":                 orderByHand,
	"the order flow, of low risk":                           orderOfLowRisk,
	"a repeated start attaches":                             repeatedStart,
	"packaged steps are called":                             packagedSteps,
	"an earlier start is found":                             earlierStart,
	"an earlier start is found in a crowd":                  earlierInACrowd,
	"decisions are told what became of them":                decisions,
	"a decision without a worker is kept":                   keptDecision,
	"several approvers, a reminder and a reassignment":      severalApprovers,
	"approvers of a run that is continued":                  continuedApprovers,
	"waits are listed":                                      listedWaits,
	"an entry passes a decision on":                         entryDecision,
	"runs are listed":                                       listing,
	"a run is cancelled":                                    cancelling,
	"attempts are counted where they happen":                attempts,
	"the first to come counts, also while no worker is up":  firstToCome,
	"a stream whose worker is killed in the middle":         killedStream,
	"no secret leaves":                                      canaryPlain,
	"no secret leaves, and payloads are encrypted":          canarySealed,
	"workers are killed":                                    killedWorkers,
	"a run under its lane's ID":                             underItsLane,
	"workers are killed at every point":                     killedAtEveryPoint,
	"lines cross over the parts of a run":                   crossingLines,
	"a run is cancelled right when it was continued":        cancelledInTheDark,
	"very many steps while others are pending":              longLoop,
	"schedules over a change of the clocks":                 daylight,
	"schedules are shown, paused and resumed":               scheduleStates,
	"schedules follow the definition":                       schedules,
	"40 values of 900 KB at once":                           manyLargeValues,
	"80 values of 100 KB at once":                           manyMediumValues,
	"an input as large as a webhook's body":                 largeInput,
	"values at the edges of what a history takes":           valueEdges,
	"input is checked before a run starts":                  startInput,
	"runs stay on their version while workers are replaced": runsStayOnTheirVersion,
	"a version is pruned while runs start on it":            startsWhilePruning,
	"runs without search attributes are counted":            censusWithoutAttributes,
}

func seed(t *testing.T, slug string) string {
	t.Helper()
	text, err := os.ReadFile("testdata/order.edn")
	require.NoError(t, err)
	return strings.Replace(string(text), ":advanced-order-orchestration", ":"+slug, 1)
}

// order lets the outside know an order.
func (w *world) order(id, risk string) {
	w.outside.answer("GET /orders-api/orders/"+id, `200 application/json {"id":"`+id+`","total":120}`)
	w.outside.answer("GET /orders-api/orders/"+id+"/risk", `200 application/edn {:risk-level :`+risk+` :score 91}`)
	w.outside.answer("POST /orders-api/orders/"+id+"/fulfill", `201 application/json {"fulfilled":true}`)
	w.outside.answer("POST /sendgrid/v3/mail/send", `202 text/plain ok`)
}

func orderApproved(t *testing.T, w *world) {
	w.deploy(t, seed(t, "orders-a"))
	w.order("a-1", "high")
	s, err := w.starter.Start(t.Context(), worker.StartRequest{Slug: "orders-a", Input: edn(t, `{:order-id "a-1"}`)})
	require.NoError(t, err)
	require.Equal(t, "orders-a/a-1", s.WorkflowID)
	waits := w.waiting(t, s.WorkflowID, s.RunID)
	require.Equal(t, "approval:order:a-1", waits[0].Key)
	require.Contains(t, w.details(t, s.WorkflowID), "[Approve](http://weir/approvals/orders-a/a-1/approval:order:a-1/1/approve)")
	require.Contains(t, w.details(t, s.WorkflowID), "Manager approval required? → **Wait for manager action**")
	d, err := w.starter.Decide(t.Context(), worker.Decision{
		WorkflowID: s.WorkflowID, RunID: s.RunID, Key: waits[0].Key, Occurrence: 1, Value: edn(t, `{:action "approve"}`), By: "Ann",
	})
	require.NoError(t, err)
	require.Equal(t, worker.OutcomeDecided, d.Outcome)
	out := decode(t, w.result(t, s.WorkflowID, s.RunID))
	require.Equal(t, "approve", out["action"])
	require.Equal(t, "Ann", out["approval"].(map[string]any)["by"])
	require.Equal(t, true, out["fulfillment"].(map[string]any)["body"].(map[string]any)["fulfilled"])
	require.True(t, strings.HasPrefix(out["risk-artifact-ref"].(string), "res://"), out)
	require.Equal(t, true, out["notification"].(map[string]any)["sent?"])
	done := w.outside.requests("/orders-api/orders/a-1/fulfill")
	require.Len(t, done, 1)
	require.NotEmpty(t, done[0].Key)
	require.True(t, w.mailed("/approvals/orders-a/a-1/approval:order:a-1/1/approve"))
	w.record(t, "order-approved", s.WorkflowID, s.RunID)
}

// mailed tells whether a mail with that text has been sent.
func (w *world) mailed(text string) bool {
	for _, r := range w.outside.requests("/sendgrid/v3/mail/send") {
		if strings.Contains(r.Body, text) {
			return true
		}
	}
	return false
}

func orderByHand(t *testing.T, w *world) {
	w.deploy(t, seed(t, "orders-b"))
	w.order("b-7", "high")
	cli, err := client.NewClientFromExisting(w.client, client.Options{Logger: quiet()}) // the SDK's own data converter, as the CLI's
	require.NoError(t, err)
	run, err := cli.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: "by-hand", TaskQueue: "weir"}, "orders-b", json.RawMessage(`{"order-id":"b-7"}`))
	require.NoError(t, err)
	require.NoError(t, cli.SignalWorkflow(t.Context(), "by-hand", "", "approval:order:b-7", json.RawMessage(`{"action":"reject"}`)))
	var out map[string]any
	require.NoError(t, run.Get(t.Context(), &out))
	require.Equal(t, "reject", out["action"])
	require.Equal(t, map[string]any{"status": "not-fulfilled"}, out["fulfillment"])
	require.Empty(t, w.outside.requests("/orders-api/orders/b-7/fulfill"))
	for _, id := range []string{"by-hand", "orders-b/b-7"} {
		for _, e := range w.history(t, id, "").Events {
			if e.GetUpsertWorkflowSearchAttributesEventAttributes() == nil { // Temporal's own, which unsets by null
				require.NotContains(t, e.String(), "binary/", "%s: every payload is JSON", id)
			}
		}
	}
	r, err := w.starter.Describe(t.Context(), "orders-b/b-7", "")
	require.NoError(t, err)
	require.Equal(t, []any{"orders-b", 1, "b-7", worker.StatusCompleted}, []any{r.Slug, r.Version, r.Key, r.Status})
	w.record(t, "entry", "by-hand", "")
	w.record(t, "order-rejected", "orders-b/b-7", "")
}

func orderOfLowRisk(t *testing.T, w *world) {
	w.deploy(t, seed(t, "orders-c"))
	w.order("c-1", "low")
	s, out := w.run(t, "orders-c", `{:order-id "c-1"}`)
	require.Equal(t, map[string]any{"action": "approve", "reason": "auto"}, decode(t, out)["approval"])
	line, err := w.starter.Timeline(t.Context(), s.WorkflowID, s.RunID)
	require.NoError(t, err)
	require.Equal(t, worker.StatusCompleted, line.Status)
	var steps []string
	for _, e := range line.Entries {
		steps = append(steps, e.Step+e.Label)
		require.False(t, e.Started.IsZero())
	}
	require.Equal(t, []string{"fetch-order", "fetch-risk", "risk-summary", "persist-risk", "Manager approval required?", "Fulfillment decision",
		"fulfill-order", "write-audit", "send-outcome-email"}, steps)
	h := w.history(t, s.WorkflowID, s.RunID)
	t.Logf("%d events, %d bytes", len(h.Events), size(h))
	described, err := w.client.DescribeWorkflowExecution(t.Context(), s.WorkflowID, s.RunID)
	require.NoError(t, err)
	require.Equal(t, h.Events[0].GetWorkflowExecutionStartedEventAttributes().GetSearchAttributes().GetIndexedFields()["BuildIds"].GetData(),
		described.GetWorkflowExecutionInfo().GetSearchAttributes().GetIndexedFields()["BuildIds"].GetData(), "Temporal had nothing to add")
	w.record(t, "order-low-risk", s.WorkflowID, s.RunID)
}

const ask = `{:slug :%s :concurrency {:type :keyed :key-field :id} :invocations {:default {:inputs [{:name :id :required true}]}}
	:flow '(:action (flow/step :wait :ask {:key "go" :timeout "1h"}))}`

func (w *world) ask(t *testing.T, slug, id string) worker.Started {
	t.Helper()
	w.deploy(t, replaced(ask, slug))
	s, err := w.starter.Start(t.Context(), worker.StartRequest{Slug: slug, Input: edn(t, `{:id "`+id+`"}`)})
	require.NoError(t, err)
	return s
}

// decide answers the wait "go".
func (w *world) decide(t *testing.T, s worker.Started, action string, occurrence int) worker.Decided {
	t.Helper()
	d, err := w.starter.Decide(t.Context(), worker.Decision{
		WorkflowID: s.WorkflowID, RunID: s.RunID, Key: "go", Occurrence: occurrence, Value: edn(t, `{:action "`+action+`"}`), By: action,
	})
	require.NoError(t, err)
	return d
}

func repeatedStart(t *testing.T, w *world) {
	w.deploy(t, replaced(ask, "again"))
	r := worker.StartRequest{Slug: "again", Input: edn(t, `{:id "1"}`), DedupeID: "delivery-1"}
	first, err := w.starter.Start(t.Context(), r)
	require.NoError(t, err)
	require.Equal(t, worker.DecisionStarted, first.Decision)
	second, err := w.starter.Start(t.Context(), r)
	require.NoError(t, err)
	require.Equal(t, worker.DecisionDeduplicated, second.Decision)
	require.Equal(t, first.RunID, second.RunID)
	w.waiting(t, first.WorkflowID, first.RunID)
	w.decide(t, first, "approve", 0)
	w.result(t, first.WorkflowID, first.RunID)
	third, err := w.starter.Start(t.Context(), r)
	require.NoError(t, err)
	require.Equal(t, first.RunID, third.RunID, "also when the run is over")
	require.Equal(t, worker.DecisionDeduplicated, third.Decision)
}

func decisions(t *testing.T, w *world) {
	w.deploy(t, `{:slug :told :concurrency {:type :singleton} :flow '(let [a (flow/step :wait :ask {:key "go" :timeout "1h" :validation [:action]})]
		[(:action a) (:action (flow/step :wait :ask {:key "go" :timeout "1h"}))])}`)
	s, err := w.starter.Start(t.Context(), worker.StartRequest{Slug: "told"})
	require.NoError(t, err)
	w.waiting(t, s.WorkflowID, s.RunID)
	_, err = w.starter.Decide(t.Context(), worker.Decision{WorkflowID: s.WorkflowID, RunID: s.RunID, Key: "go", Value: edn(t, `{}`)})
	var invalid *worker.InvalidDecisionError
	require.ErrorAs(t, err, &invalid)
	require.Equal(t, "the wait go needs :action", invalid.Reason)
	require.Equal(t, worker.OutcomeDecided, w.decide(t, s, "one", 1).Outcome)
	again := w.decide(t, s, "two", 1)
	require.Equal(t, worker.OutcomeAlreadyDecided, again.Outcome)
	require.Equal(t, "one", again.By)
	require.Equal(t, worker.OutcomeDecided, w.decide(t, s, "three", 2).Outcome)
	require.JSONEq(t, `["one","three"]`, w.result(t, s.WorkflowID, s.RunID))
	require.Equal(t, worker.OutcomeOver, w.decide(t, s, "late", 2).Outcome)
	require.Equal(t, worker.OutcomeUnknown, w.decide(t, worker.Started{WorkflowID: "told/none"}, "x", 1).Outcome)
	w.record(t, "two-waits", s.WorkflowID, s.RunID)
}

func keptDecision(t *testing.T, w *world) {
	w.deploy(t, `{:slug :kept :concurrency {:type :singleton} :flow '[(:action (flow/step :wait :ask {:key "go" :timeout "1h"})) (:action (flow/step :wait :ask {:key "go" :timeout "1s" :on-timeout :continue :default-value {}}))]}`)
	stop := w.work(t, worker.Options{TaskQueue: "kept"})
	starter := w.start(worker.StarterOptions{TaskQueue: "kept", AnswerWithin: 2 * time.Second})
	s, err := starter.Start(t.Context(), worker.StartRequest{Slug: "kept"})
	require.NoError(t, err)
	w.waiting(t, s.WorkflowID, s.RunID)
	stop()
	d, err := starter.Decide(t.Context(), worker.Decision{WorkflowID: s.WorkflowID, RunID: s.RunID, Key: "go", Occurrence: 1, Value: edn(t, `{:action "approve"}`)})
	require.NoError(t, err)
	require.Equal(t, worker.OutcomeKept, d.Outcome)
	_, err = starter.Timeline(t.Context(), s.WorkflowID, s.RunID)
	require.ErrorIs(t, err, worker.ErrUnavailable)
	r, err := starter.Describe(t.Context(), s.WorkflowID, s.RunID)
	require.NoError(t, err)
	require.Equal(t, worker.StatusWaiting, r.Status)
	w.work(t, worker.Options{TaskQueue: "kept"})
	require.JSONEq(t, `["approve",null]`, w.result(t, s.WorkflowID, s.RunID), "it decides once, though it was sent twice")
}

func entryDecision(t *testing.T, w *world) {
	w.deploy(t, replaced(ask, "entry"))
	run, err := w.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: "entry-by-hand", TaskQueue: "weir"}, "entry", json.RawMessage(`{"id":"1"}`))
	require.NoError(t, err)
	waits := w.waiting(t, "entry-by-hand", run.GetRunID())
	require.Equal(t, "go", waits[0].Key, "an entry answers for its run")
	d, err := w.starter.Decide(t.Context(), worker.Decision{WorkflowID: "entry-by-hand", Key: "go", Value: edn(t, `{:action "approve"}`)})
	require.NoError(t, err)
	require.Equal(t, worker.OutcomeDecided, d.Outcome)
	var out string
	require.NoError(t, run.Get(t.Context(), &out))
	require.Equal(t, "approve", out)
	line, err := w.starter.Timeline(t.Context(), "entry-by-hand", "")
	require.NoError(t, err)
	require.Equal(t, "entry/1", line.WorkflowID)
}

func listing(t *testing.T, w *world) {
	s := w.ask(t, "listed", "1")
	w.waiting(t, s.WorkflowID, s.RunID)
	list := func(r worker.ListRequest, want int) []worker.Run {
		var runs []worker.Run
		require.EventuallyWithT(t, func(c *assertions) {
			var err error
			runs, _, err = w.starter.List(t.Context(), r)
			require.NoError(c, err)
			require.Len(c, runs, want)
		}, time.Minute, 50*time.Millisecond)
		return runs
	}
	got := list(worker.ListRequest{Slug: "listed", Status: worker.StatusWaiting}, 1)[0]
	require.Equal(t, []any{s.RunID, "listed/1", "1", 1, "ask"}, []any{got.RunID, got.WorkflowID, got.Key, got.Version, got.Step})
	require.Equal(t, []string{"go"}, got.Waiting)
	require.Empty(t, list(worker.ListRequest{Slug: "listed", Status: worker.StatusRunning}, 0))
	w.decide(t, s, "approve", 1)
	w.result(t, s.WorkflowID, s.RunID)
	got = list(worker.ListRequest{Slug: "listed", Status: worker.StatusCompleted}, 1)[0]
	require.Empty(t, got.Waiting)
	require.False(t, got.Ended.IsZero())
}

func cancelling(t *testing.T, w *world) {
	s := w.ask(t, "stopped", "1")
	w.waiting(t, s.WorkflowID, s.RunID)
	require.NoError(t, w.starter.Cancel(t.Context(), s.WorkflowID, s.RunID))
	_, err := w.starter.Result(t.Context(), s.WorkflowID, s.RunID)
	var ended *worker.RunError
	require.ErrorAs(t, err, &ended)
	require.Equal(t, worker.StatusCancelled, ended.Status, "%v", ended)
	r, err := w.starter.Describe(t.Context(), s.WorkflowID, s.RunID)
	require.NoError(t, err)
	require.Equal(t, worker.StatusCancelled, r.Status)
	require.ErrorIs(t, w.starter.Cancel(t.Context(), "nobody", ""), worker.ErrUnknownRun)
	_, err = w.starter.Result(t.Context(), "nobody", "")
	require.True(t, errors.Is(err, worker.ErrUnknownRun), "%v", err)
}

func attempts(t *testing.T, w *world) {
	w.deploy(t, `{:slug :tried :concurrency {:type :singleton} :flow '(flow/parallel
		(try (flow/step :http :gone {:url "$OUTSIDE/broken" :retry {:max-attempts 3 :backoff-ms 10}}) (catch Exception e (:attempts (ex-data e))))
		(try (flow/step :http :posted {:method :post :url "$OUTSIDE/broken" :retry {:max-attempts 2 :backoff-ms 10}}) (catch Exception e (ex-data e)))
		(flow/step :http :nothing {:url "$OUTSIDE/nothing" :on-error :skip}))}`)
	w.outside.answer("GET /broken", "503 text/plain no")
	w.outside.answer("POST /broken", "503 text/plain no")
	s, out := w.run(t, "tried", `{}`)
	var got []any
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	require.Equal(t, 3.0, got[0])
	posted := got[1].(map[string]any)
	require.Equal(t, []any{"http-status", 503.0, 2.0, "posted"}, []any{posted["code"], posted["status"], posted["attempts"], posted["step"]})
	require.Nil(t, got[2])
	keys := map[string]bool{}
	for _, r := range w.outside.requests("/broken") {
		if r.Method == "POST" {
			keys[r.Key] = true
		}
	}
	require.Len(t, keys, 1, "one key for all attempts")
	w.record(t, "failures", s.WorkflowID, s.RunID)
}

func startInput(t *testing.T, w *world) {
	w.deploy(t, replaced(ask, "checked"))
	_, err := w.starter.Start(t.Context(), worker.StartRequest{Slug: "checked"})
	var input *worker.InputError
	require.ErrorAs(t, err, &input)
	require.Equal(t, "id", input.Problems[0].Field)
	_, err = w.starter.Start(t.Context(), worker.StartRequest{Slug: "nobody"})
	require.ErrorIs(t, err, worker.ErrUnknownFlow)
	_, err = w.starter.Start(t.Context(), worker.StartRequest{Slug: "checked", Version: 9})
	require.ErrorIs(t, err, worker.ErrUnknownFlow)

	run, err := w.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{TaskQueue: "weir"}, "checked")
	require.NoError(t, err)
	var app *temporal.ApplicationError
	require.ErrorAs(t, run.Get(t.Context(), nil), &app)
	require.Equal(t, "invalid-input", app.Type())
	run, err = w.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{TaskQueue: "weir"}, "nobody")
	require.NoError(t, err)
	require.ErrorAs(t, run.Get(t.Context(), nil), &app)
	require.Equal(t, "unknown-flow", app.Type())
}

// details are what the Temporal Web UI shows of a run.
func (w *world) details(t *testing.T, workflowID string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	got, err := w.client.QueryWorkflow(ctx, workflowID, "", "__temporal_workflow_metadata")
	require.NoError(t, err)
	var raw converter.RawValue
	require.NoError(t, got.Get(&raw))
	var meta struct {
		CurrentDetails string `json:"currentDetails"`
	}
	require.NoError(t, json.Unmarshal(raw.Payload().GetData(), &meta))
	return meta.CurrentDetails
}

// replaced fills the one %s of a text.
func replaced(text, part string) string { return replacedWord(text, "%s", part) }

func replacedWord(text, word, part string) string { return strings.Replace(text, word, part, 1) }
