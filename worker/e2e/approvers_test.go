//go:build !slim

package e2e_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/worker"
)

// severalApprovers asks three, of whom two have to approve: one decides twice, one gives the place to another, who is reminded.
func severalApprovers(t *testing.T, w *world) {
	w.deploy(t, `{:slug :panel :concurrency {:type :singleton} :flow '(let [d (flow/step :wait :ask {:key "go" :timeout "1h"
		:approvers ["ann" "bob" "cid"] :quorum 2 :remind [{:after "2s"}]
		:notify {:channels {:http {:url "$OUTSIDE/panel" :method :post :body "{{approver}} {{reminder}} {{approval-url}}"}}}})]
		[(:action d) (mapv :approver (:votes d))])}`)
	w.outside.answer("POST /panel", "202 text/plain ok")
	s, err := w.starter.Start(t.Context(), worker.StartRequest{Slug: "panel"})
	require.NoError(t, err)
	require.Equal(t, []string{"ann", "bob", "cid"}, w.waiting(t, s.WorkflowID, s.RunID)[0].Approvers)
	vote := func(approver, action string) worker.Decided {
		d, err := w.starter.Decide(t.Context(), worker.Decision{
			WorkflowID: s.WorkflowID, RunID: s.RunID, Key: "go", Occurrence: 1, Value: edn(t, `{:action "`+action+`"}`), By: approver, Approver: approver,
		})
		require.NoError(t, err)
		return d
	}
	d := vote("ann", "approve")
	require.Equal(t, []any{worker.OutcomeCounted, 1, 2}, []any{d.Outcome, d.Approvals, d.Quorum})
	require.Equal(t, worker.OutcomeAlreadyCounted, vote("ann", "reject").Outcome)
	move := worker.Reassignment{WorkflowID: s.WorkflowID, RunID: s.RunID, Key: "go", From: "bob", To: "dan", By: "op"}
	now, err := w.starter.Reassign(t.Context(), move)
	require.NoError(t, err)
	require.Equal(t, []string{"ann", "cid", "dan"}, now.Approvers)
	_, err = w.starter.Reassign(t.Context(), move)
	var refused *worker.ReassignError
	require.ErrorAs(t, err, &refused)
	require.Equal(t, "bob is no approver of the wait go", refused.Reason)
	require.Equal(t, worker.OutcomeReassigned, vote("bob", "approve").Outcome)
	require.Eventually(t, func() bool { return len(w.outside.requests("/panel")) == 6 }, time.Minute, 20*time.Millisecond)
	sent := map[string]int{}
	for _, r := range w.outside.requests("/panel") {
		sent[r.Body]++
	}
	at := "http://weir/approvals/panel/go/1/approve"
	require.Equal(t, map[string]int{"ann  " + at: 1, "bob  " + at: 1, "cid  " + at: 1, "dan  " + at: 1, "cid 1 " + at: 1, "dan 1 " + at: 1}, sent)
	require.Equal(t, worker.OutcomeDecided, vote("dan", "approve").Outcome)
	require.JSONEq(t, `["approve",["ann","dan"]]`, w.result(t, s.WorkflowID, s.RunID))
	require.Equal(t, worker.OutcomeOver, vote("cid", "reject").Outcome)
	_, err = w.starter.Reassign(t.Context(), move)
	require.ErrorAs(t, err, &refused)
	move.WorkflowID, move.RunID = "panel/none", ""
	_, err = w.starter.Reassign(t.Context(), move)
	require.True(t, errors.Is(err, worker.ErrUnknownRun), "%v", err)
	w.record(t, "approvers", s.WorkflowID, s.RunID)
}

// listedWaits lists the waits of all runs of a flow, also while no worker is up.
func listedWaits(t *testing.T, w *world) {
	w.deploy(t, `{:slug :wl :concurrency {:type :keyed :key-field :id} :invocations {:default {:inputs [{:name :id :required true}]}}
		:flow '(flow/parallel (flow/step :wait :a {:key "a" :title "First?" :timeout "1h"}) (flow/step :wait :b {:key "b" :timeout "1h"}))}`)
	stop := w.work(t, worker.Options{TaskQueue: "wl"})
	starter := w.start(worker.StarterOptions{TaskQueue: "wl", AnswerWithin: 2 * time.Second})
	for _, id := range []string{"1", "2"} {
		_, err := starter.Start(t.Context(), worker.StartRequest{Slug: "wl", Input: edn(t, `{:id "`+id+`"}`)})
		require.NoError(t, err)
	}
	list := func(want int) []worker.OpenWait {
		var waits []worker.OpenWait
		require.EventuallyWithT(t, func(c *assertions) {
			var err error
			waits, _, err = starter.OpenWaits(t.Context(), worker.ListRequest{Slug: "wl"})
			require.NoError(c, err)
			require.Len(c, waits, want)
		}, time.Minute, 50*time.Millisecond)
		return waits
	}
	waits := list(4)
	require.Equal(t, []string{"wl/2", "a", "First?", "wl"}, []string{waits[0].WorkflowID, waits[0].Key, waits[0].Title, waits[0].Slug})
	require.False(t, waits[0].Deadline.IsZero())
	stop()
	waits = list(4)
	require.True(t, waits[0].Unanswered)
	require.ElementsMatch(t, []string{"a", "b"}, []string{waits[2].Key, waits[3].Key})
	require.Equal(t, "wl/1", waits[2].WorkflowID)
}

// continuedApprovers continues a run as new while it waits for approvers, of whom one has decided and one has given the place away.
func continuedApprovers(t *testing.T, w *world) {
	w.deploy(t, `{:slug :panelled :concurrency {:type :singleton} :flow '(let [work (fn [n] (doseq [i (range n)] (flow/step :function :work {:input {:i i}})))
		[d] (flow/parallel
			(flow/step :wait :ask {:key "go" :timeout "1h" :approvers ["ann" "bob" "cid"] :quorum 3
				:notify {:channels {:http {:url "$OUTSIDE/panelled" :method :post :body "{{approver}}"}}}})
			(do (flow/step :wait :hold {:key "hold" :timeout "1h"}) (work 80)))]
		(work 40)
		[(:action d) (mapv :approver (:votes d))])}`)
	w.outside.answer("POST /panelled", "202 text/plain ok")
	w.work(t, worker.Options{TaskQueue: "panelled", ContinueAfter: lowThreshold})
	starter := w.start(worker.StarterOptions{TaskQueue: "panelled"})
	s, err := starter.Start(t.Context(), worker.StartRequest{Slug: "panelled"})
	require.NoError(t, err)
	w.waiting(t, s.WorkflowID, s.RunID)
	decide := func(key, approver string) string {
		d, err := starter.Decide(t.Context(), worker.Decision{
			WorkflowID: s.WorkflowID, RunID: s.RunID, Key: key, Value: edn(t, `{:action "approve"}`), By: approver, Approver: approver,
		})
		require.NoError(t, err)
		return d.Outcome
	}
	require.Equal(t, worker.OutcomeCounted, decide("go", "ann"))
	_, err = starter.Reassign(t.Context(), worker.Reassignment{WorkflowID: s.WorkflowID, RunID: s.RunID, Key: "go", From: "bob", To: "dan", By: "op"})
	require.NoError(t, err)
	require.Equal(t, worker.OutcomeDecided, decide("hold", ""))
	require.EventuallyWithT(t, func(c *assertions) {
		at, err := starter.Describe(t.Context(), s.WorkflowID, s.RunID)
		require.NoError(c, err)
		line, err := starter.Timeline(t.Context(), s.WorkflowID, s.RunID)
		require.NoError(c, err)
		done := 0
		for _, e := range line.Entries {
			if e.Step == "work" && e.State == worker.StateDone {
				done++
			}
		}
		require.Equal(c, 80, done)
		require.Equal(c, s.RunID, at.RunID)
	}, time.Minute, 100*time.Millisecond)
	wait := w.waiting(t, s.WorkflowID, s.RunID)[0]
	require.Equal(t, []string{"ann", "cid", "dan"}, wait.Approvers)
	require.Len(t, wait.Votes, 1)
	require.Equal(t, worker.OutcomeAlreadyCounted, decide("go", "ann"), "a vote counts once over all parts of a run")
	require.Equal(t, worker.OutcomeReassigned, decide("go", "bob"))
	require.Equal(t, worker.OutcomeCounted, decide("go", "cid"))
	require.Equal(t, worker.OutcomeDecided, decide("go", "dan"))
	require.JSONEq(t, `["approve",["ann","cid","dan"]]`, w.result(t, s.WorkflowID, s.RunID))
	require.Greater(t, w.parts(t, s), 2)
	require.Len(t, w.outside.requests("/panelled"), 4, "nobody is notified again")
	notes := 0
	line, err := starter.Timeline(t.Context(), s.WorkflowID, s.RunID)
	require.NoError(t, err)
	for _, e := range line.Entries {
		if e.Note == "reassigned from bob to dan by op" {
			notes++
		}
	}
	require.Equal(t, 1, notes)
}
