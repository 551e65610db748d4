//go:build !slim

package e2e_test

import (
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/worker"
)

func superseding(t *testing.T, w *world) {
	w.deploy(t, strings.Replace(replaced(ask, "newer"), ":key-field :id", ":key-field :id :on-new-version :supersede", 1))
	first := w.startOf(t, "newer", "1")
	require.Equal(t, worker.DecisionStarted, first.Decision)
	w.waiting(t, "newer/1", first.RunID)
	second := w.startOf(t, "newer", "1")
	require.Equal(t, []string{worker.DecisionSuperseded, first.RunID, "newer/1"}, []string{second.Decision, second.Superseded, second.WorkflowID})
	r, err := w.starter.Describe(t.Context(), "newer/1", first.RunID)
	require.NoError(t, err)
	require.Equal(t, worker.StatusTerminated, r.Status)
	line, err := w.starter.Timeline(t.Context(), "newer/1", second.RunID)
	require.NoError(t, err)
	require.Equal(t, worker.DecisionSuperseded, line.Decision)
	require.Equal(t, "superseded run id "+first.RunID, line.Entries[0].Note)

	w.waiting(t, "newer/1", second.RunID)
	fence, err := redis.NewClient(&redis.Options{Addr: w.places.Redis}).Get(t.Context(), store.DefaultPrefix+"lane:newer/1").Int64()
	require.NoError(t, err)
	require.Equal(t, w.firstTask(t, "newer/1", second.RunID).UnixMicro(), fence, "its first task comes after the end of what went before, its start needn't")

	hand := w.byHand(t, "newer-by-hand", "newer", `{"id":"1"}`)
	require.Eventually(t, func() bool {
		r, err := w.starter.Describe(t.Context(), "newer/1", second.RunID)
		require.NoError(t, err)
		return r.Status == worker.StatusTerminated
	}, time.Minute, 20*time.Millisecond)
	w.settle(t, "newer/1", "last")
	var out string
	require.NoError(t, hand.Get(t.Context(), &out))
	require.Equal(t, "last", out)
	line, err = w.starter.Timeline(t.Context(), "newer-by-hand", "")
	require.NoError(t, err)
	require.Equal(t, worker.DecisionSuperseded, line.Decision)
	require.Len(t, w.spans(t, "newer/1"), 3)
	w.record(t, "superseding", "newer/1", second.RunID)
	w.record(t, "entry-superseding", "newer-by-hand", "")
}

// fencing holds a request of a run back until another run has superseded it: its result isn't kept any more.
func fencing(t *testing.T, w *world) {
	w.deploy(t, `{:slug :fenced :concurrency {:type :singleton :on-new-version :supersede} :flow '(let [n (:n (flow/input))]
		(flow/step :kv :own {:operation :set :key "fenced-own" :value n})
		(when (= n 1) (flow/step :http :slow {:url "$OUTSIDE/fenced" :timeout 30 :placement :local :persist {:type :kv :key "fenced-late"}}))
		(:value (flow/step :kv :look {:operation :get :key "fenced-late" :default "none"})))}`)
	w.outside.answer("GET /fenced", `200 application/json {"late":true}`)
	asked, goOn := make(chan struct{}), make(chan struct{})
	w.outside.before("GET /fenced", func() { close(asked); <-goOn })
	start := func(n string) worker.Started {
		s, err := w.starter.Start(t.Context(), worker.StartRequest{Slug: "fenced", Input: edn(t, `{:n `+n+`}`)})
		require.NoError(t, err)
		return s
	}
	start("1")
	<-asked
	second := start("2")
	require.JSONEq(t, `"none"`, w.result(t, second.WorkflowID, second.RunID))
	close(goOn)
	for until := time.Now().Add(2 * time.Second); time.Now().Before(until); { // long enough for a write that isn't refused
		third := start("3")
		require.JSONEq(t, `"none"`, w.result(t, third.WorkflowID, third.RunID), "the late write was kept")
	}
}

// supersededRetries ends a run while its step waits for its next attempt, on the worker and on the server.
func supersededRetries(t *testing.T, w *world) {
	for _, placement := range []string{"local", "regular"} {
		t.Run(placement, func(t *testing.T) {
			slug, path := "retrying-"+placement, "/retrying-"+placement
			w.deploy(t, `{:slug :`+slug+` :concurrency {:type :singleton :on-new-version :supersede} :flow '(let [n (:n (flow/input))]
				(if (= n 1) (flow/step :http :fail {:url "$OUTSIDE`+path+`" :placement :`+placement+` :retry {:max-attempts 100 :backoff-ms 300 :multiplier 1}}) n))}`)
			w.outside.answer("GET "+path, "503 text/plain no")
			_, err := w.starter.Start(t.Context(), worker.StartRequest{Slug: slug, Input: edn(t, `{:n 1}`)})
			require.NoError(t, err)
			require.Eventually(t, func() bool { return len(w.outside.requests(path)) > 2 }, time.Minute, 20*time.Millisecond)
			second, err := w.starter.Start(t.Context(), worker.StartRequest{Slug: slug, Input: edn(t, `{:n 2}`)})
			require.NoError(t, err)
			require.Equal(t, worker.DecisionSuperseded, second.Decision)
			require.JSONEq(t, `2`, w.result(t, second.WorkflowID, second.RunID))
			// Its worker may not have heard of the end yet: the attempts that it makes send nothing.
			n := len(w.outside.requests(path))
			require.Never(t, func() bool { return len(w.outside.requests(path)) > n }, 3*time.Second, 100*time.Millisecond)
		})
	}
}
