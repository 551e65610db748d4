//go:build !slim

package e2e_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/worker"
)

// earlierStart finds a start's run after another one of the same lane, where the server knows the repetition no more.
func earlierStart(t *testing.T, w *world) {
	w.deploy(t, replaced(ask, "found"))
	began := time.Now()
	request := func(dedupe string) worker.StartRequest {
		return worker.StartRequest{Slug: "found", Input: edn(t, `{:id "it's 1%"}`), DedupeID: dedupe}
	}
	var runs []worker.Started
	for _, dedupe := range []string{"a", "b"} {
		_, ok, err := w.starter.Earlier(t.Context(), request(dedupe), began, 0)
		require.NoError(t, err)
		require.False(t, ok)
		s, err := w.starter.Start(t.Context(), request(dedupe))
		require.NoError(t, err)
		w.waiting(t, s.WorkflowID, s.RunID)
		w.decide(t, s, "approve", 0)
		w.result(t, s.WorkflowID, s.RunID)
		runs = append(runs, s)
	}
	for i, dedupe := range []string{"a", "b"} {
		var found worker.Started
		require.Eventually(t, func() bool { // visibility follows a moment later
			var ok bool
			var err error
			found, ok, err = w.starter.Earlier(t.Context(), request(dedupe), began, 0)
			require.NoError(t, err)
			return ok
		}, 10*time.Second, 20*time.Millisecond)
		require.Equal(t, runs[i].RunID, found.RunID)
		require.Equal(t, runs[i].WorkflowID, found.WorkflowID)
		require.Equal(t, worker.DecisionDeduplicated, found.Decision)
	}
	_, ok, err := w.starter.Earlier(t.Context(), request("c"), began, 0)
	require.NoError(t, err)
	require.False(t, ok)
	_, ok, err = w.starter.Earlier(t.Context(), request("a"), began.Add(time.Hour), 0)
	require.NoError(t, err)
	require.False(t, ok, "it began before that")
}

// earlierInACrowd finds a start's run behind more runs of its lane than a page of Temporal's list has.
func earlierInACrowd(t *testing.T, w *world) {
	w.deploy(t, `{:slug :crowd :concurrency {:type :singleton} :flow '(:version (:flow/ctx (flow/input)))}`)
	began := time.Now()
	r := worker.StartRequest{Slug: "crowd", DedupeID: "first"}
	first, err := w.starter.Start(t.Context(), r)
	require.NoError(t, err)
	w.result(t, first.WorkflowID, first.RunID)
	for range 55 {
		w.run(t, "crowd", `{}`)
	}
	var found worker.Started
	require.Eventually(t, func() bool {
		var ok bool
		found, ok, err = w.starter.Earlier(t.Context(), r, began, 0)
		require.NoError(t, err)
		return ok
	}, 10*time.Second, 100*time.Millisecond)
	require.Equal(t, first.RunID, found.RunID)
}
