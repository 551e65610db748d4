//go:build !slim

package e2e_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/worker"
)

// crowd is how many gateways start a run of one lane at the same moment.
const crowd = 50

func init() {
	laneScenarios["fifty gateways drain one lane"] = crowdDrains
	laneScenarios["fifty gateways supersede on one lane"] = crowdSupersedes
}

// atOnce has that many gateways, each with a connection of its own, start a run of an idle lane.
func (w *world) atOnce(t *testing.T, slug string) []worker.Started {
	t.Helper()
	all := make([]worker.Started, crowd)
	errs := make([]error, crowd)
	var ready, done sync.WaitGroup
	ready.Add(crowd)
	for i := range crowd {
		c, err := w.places.dial()
		require.NoError(t, err)
		t.Cleanup(c.Close)
		starter := worker.NewStarter(c, w.versions, worker.StarterOptions{SearchAttributes: true})
		done.Go(func() {
			ready.Done()
			ready.Wait()
			all[i], errs[i] = starter.Start(t.Context(), worker.StartRequest{Slug: slug, Input: edn(t, `{:id "1"}`)})
		})
	}
	done.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
	return all
}

func decisionsOf(all []worker.Started) map[string]int {
	out := map[string]int{}
	for _, s := range all {
		out[s.Decision]++
	}
	return out
}

// crowdDrains: one starts, the others queue, and each has a run.
func crowdDrains(t *testing.T, w *world) {
	w.deploy(t, `{:slug :crowded :concurrency {:type :keyed :key-field :id} :flow
		'(:value (flow/step :kv :count {:operation :increment :key "crowded"}))}`)
	all := w.atOnce(t, "crowded")
	// Those who look while the queue is open join it; a lane may be idle again before the last one comes.
	require.Positive(t, decisionsOf(all)[worker.DecisionStarted])
	require.Equal(t, crowd, decisionsOf(all)[worker.DecisionStarted]+decisionsOf(all)[worker.DecisionQueued])
	places := map[string]bool{}
	for _, s := range all {
		places[w.result(t, s.WorkflowID, s.RunID)] = true
	}
	require.Len(t, places, crowd, "each ran once")
	require.Eventually(t, func() bool { return len(w.spans(t, "crowded/1")) == crowd }, time.Minute, 50*time.Millisecond)
}

// crowdSupersedes: each is told that it began, and one is left.
func crowdSupersedes(t *testing.T, w *world) {
	w.deploy(t, `{:slug :rushed :concurrency {:type :keyed :key-field :id :on-new-version :supersede} :flow
		'(let [write (fn [] (flow/step :kv :write {:operation :append :key "rushed" :item (:run-id (:flow/ctx (flow/input)))}))]
		   (write)
		   (flow/step :wait :ask {:key "go" :timeout "1h"})
		   (last (:value (write))))}`)
	all := w.atOnce(t, "rushed")
	require.Equal(t, map[string]int{worker.DecisionStarted: 1, worker.DecisionSuperseded: crowd - 1}, decisionsOf(all))
	began, ended := map[string]bool{}, map[string]bool{}
	for _, s := range all {
		began[s.RunID], ended[s.Superseded] = true, true
	}
	require.Len(t, began, crowd)
	w.settle(t, "rushed/1", "left")
	runs := map[string]int{}
	for _, s := range all {
		r, err := w.starter.Describe(t.Context(), "rushed/1", s.RunID)
		require.NoError(t, err)
		if r.Status == worker.StatusWaiting || r.Status == worker.StatusRunning {
			require.JSONEq(t, `"`+s.RunID+`"`, w.result(t, "rushed/1", s.RunID), "whatever the order in which the starts came in, the one that is left may write")
			r.Status = worker.StatusCompleted
		}
		runs[r.Status]++
	}
	require.Equal(t, map[string]int{worker.StatusTerminated: crowd - 1, worker.StatusCompleted: 1}, runs)
	require.Eventually(t, func() bool { return len(w.spans(t, "rushed/1")) == crowd }, time.Minute, 50*time.Millisecond)
	t.Logf("%d of %d runs were named as superseded", len(ended)-1, crowd-1)
}
