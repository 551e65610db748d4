//go:build !slim

package e2e_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/installation"
	"github.com/weir-run/weir/worker"
)

// parked is how many runs wait on the first version.
const parked = 50

// The second version has one step less, and another under a new name.
const (
	firstShipping = `{:slug :shipping :concurrency {:type :keyed :key-field :id} :invocations {:default {:inputs [{:name :id :required true}]}}
	:functions [{:id :price :language :clojure :code "(fn [x] {:total (* 2 (:n x))})"}]
	:flow '(let [a (flow/step :wait :ask {:key "go" :timeout "1h"})
	             weighed (flow/step :function :weigh {:input {:n 21}})
	             price (flow/step :function :price {:ref :price :input weighed})]
	         {:version 1 :action (:action a) :total (:total price)})}`
	secondShipping = `{:slug :shipping :concurrency {:type :keyed :key-field :id} :invocations {:default {:inputs [{:name :id :required true}]}}
	:functions [{:id :price :language :clojure :code "(fn [x] {:total (* 100 (:n x))})"}]
	:flow '(let [a (flow/step :wait :ask-manager {:key "go" :timeout "1h"})
	             price (flow/step :function :price {:ref :price :input {:n 1}})]
	         {:version 2 :action (:action a) :total (:total price)})}`
)

// installed opens the world as weir's own verbs do.
func (w *world) installed(t *testing.T) *installation.Installation {
	t.Helper()
	i, err := installation.Open(t.Context(), installation.Deployer, installation.Settings{
		Temporal: client.Options{HostPort: w.places.Temporal}, S3: w.places.S3,
	}, binding.Empty(), slog.New(slog.NewTextHandler(io.Discard, nil)))
	require.NoError(t, err)
	t.Cleanup(i.Close)
	return i
}

// fleet is a flow's runs by their keys, on a task queue of its own.
type fleet struct {
	*world
	i       *installation.Installation
	starter *worker.Starter
	slug    string
	runs    map[string]worker.Started
}

func (f *fleet) startAll(t *testing.T, from, to, version int) {
	t.Helper()
	for n := from; n < to; n++ {
		key := fmt.Sprintf("%s-%d", f.slug, n)
		s, err := f.starter.Start(t.Context(), worker.StartRequest{Slug: f.slug, Version: version, Input: edn(t, `{:id "`+key+`"}`)})
		require.NoError(t, err)
		f.runs[key] = s
	}
}

// finish decides the waits of runs and checks what each gave.
func (f *fleet) finish(t *testing.T, from, to int, want string) {
	t.Helper()
	for n := from; n < to; n++ {
		s := f.runs[fmt.Sprintf("%s-%d", f.slug, n)]
		require.NoError(t, f.client.SignalWorkflow(t.Context(), s.WorkflowID, s.RunID, "go", map[string]any{"action": "approve"}))
	}
	for n := from; n < to; n++ {
		s := f.runs[fmt.Sprintf("%s-%d", f.slug, n)]
		require.JSONEq(t, want, f.result(t, s.WorkflowID, s.RunID))
	}
}

// counts are "version state active waiting", newest first.
func (f *fleet) counts(t require.TestingT) []string {
	versions, err := f.i.History(context.Background(), f.slug)
	require.NoError(t, err)
	var out []string
	for _, v := range versions {
		out = append(out, fmt.Sprintf("%d %s %d %d", v.Number, v.State, v.Active, v.Waiting))
	}
	return out
}

// settles waits until the counts are these, and looks on a few times: they stay.
func (f *fleet) settles(t *testing.T, want ...string) {
	t.Helper()
	require.EventuallyWithT(t, func(c *assertions) { require.Equal(c, want, f.counts(c)) }, time.Minute, 50*time.Millisecond)
	f.holds(t, want...)
}

func (f *fleet) holds(t *testing.T, want ...string) {
	t.Helper()
	for range 5 {
		require.Equal(t, want, f.counts(t))
	}
}

// runsStayOnTheirVersion is a deploy under parked runs, with every worker replaced on the way.
func runsStayOnTheirVersion(t *testing.T, w *world) {
	f := &fleet{world: w, i: w.installed(t), slug: "shipping", runs: map[string]worker.Started{}}
	f.starter = w.start(worker.StarterOptions{TaskQueue: f.slug})
	w.deploy(t, firstShipping)
	left, right := w.process(t, f.slug), w.process(t, f.slug)
	f.startAll(t, 0, parked, 0)
	f.settles(t, "1 live 0 50")

	w.deploy(t, secondShipping)
	f.holds(t, "2 live 0 0", "1 draining 0 50")
	f.startAll(t, parked, parked+10, 0)
	f.startAll(t, parked+10, parked+12, 1) // weir run --version
	f.settles(t, "2 live 0 10", "1 draining 0 52")
	left()
	w.process(t, f.slug)
	f.holds(t, "2 live 0 10", "1 draining 0 52")
	f.finish(t, 0, 20, `{"version":1,"action":"approve","total":42}`)
	f.settles(t, "2 live 0 10", "1 draining 0 32")
	right()
	w.process(t, f.slug)
	f.holds(t, "2 live 0 10", "1 draining 0 32")
	f.finish(t, parked, parked+5, `{"version":2,"action":"approve","total":100}`)

	var needed *installation.NeededError
	require.ErrorAs(t, f.i.Prune(t.Context(), f.slug, 1), &needed)
	require.Equal(t, "0 active and 32 waiting runs are on it", needed.Why)
	f.finish(t, 20, parked, `{"version":1,"action":"approve","total":42}`)
	f.finish(t, parked+10, parked+12, `{"version":1,"action":"approve","total":42}`)
	f.settles(t, "2 live 0 5", "1 drained 0 0")

	// Rolling back is a new number with the old text; its origin can be pruned then.
	back, err := f.i.Rollback(t.Context(), f.slug, 1)
	require.NoError(t, err)
	require.Equal(t, 3, back.Version)
	require.True(t, back.Created)
	require.ErrorAs(t, f.i.Prune(t.Context(), f.slug, 3), &needed)
	require.Equal(t, "it is live", needed.Why)
	pruned, err := f.i.PruneDrained(t.Context(), f.slug)
	require.NoError(t, err)
	require.Equal(t, []int{1}, pruned)
	f.settles(t, "3 live 0 0", "2 draining 0 5", "1 pruned 0 0")
	_, err = w.start(worker.StarterOptions{}).Start(t.Context(), worker.StartRequest{Slug: f.slug, Version: 1, Input: edn(t, `{:id "late"}`)})
	require.ErrorIs(t, err, worker.ErrUnknownFlow)
	f.finish(t, parked+5, parked+10, `{"version":2,"action":"approve","total":100}`)
}

// startsWhilePruning: whatever start is acknowledged while its version is pruned ends on that version.
func startsWhilePruning(t *testing.T, w *world) {
	i := w.installed(t)
	const text = `{:slug :raced :concurrency {:type :keyed :key-field :id} :invocations {:default {:inputs [{:name :id :required true}]}}
	:functions [{:id :f :language :clojure :code "(fn [x] {:v VERSION})"}] :flow '(:v (flow/step :function :f {:ref :f :input {}}))}`
	w.deploy(t, replacedWord(text, "VERSION", "1"))
	w.deploy(t, replacedWord(text, "VERSION", "2"))
	var wg sync.WaitGroup
	var mu sync.Mutex
	var started []worker.Started
	refused := 0
	for n := range 4 {
		wg.Go(func() {
			for k := 0; ; k++ {
				s, err := w.starter.Start(t.Context(), worker.StartRequest{Slug: "raced", Version: 1, Input: edn(t, fmt.Sprintf(`{:id "%d-%d"}`, n, k))})
				if err != nil {
					require.ErrorIs(t, err, worker.ErrUnknownFlow)
					mu.Lock()
					refused++
					mu.Unlock()
					return
				}
				mu.Lock()
				started = append(started, s)
				mu.Unlock()
			}
		})
	}
	require.Eventually(t, func() bool { return i.Prune(t.Context(), "raced", 1) == nil }, time.Minute, time.Millisecond)
	wg.Wait()
	require.Equal(t, 4, refused)
	require.NotEmpty(t, started)
	for _, s := range started {
		require.JSONEq(t, "1", w.result(t, s.WorkflowID, s.RunID))
	}
}

// censusWithoutAttributes counts runs that carry no search attributes.
func censusWithoutAttributes(t *testing.T, w *world) {
	w.deploy(t, replaced(ask, "uncounted"))
	s := w.ask(t, "uncounted", "1")
	w.waiting(t, s.WorkflowID, s.RunID)
	require.EventuallyWithT(t, func(c *assertions) {
		counts, err := worker.NewStarter(w.client, w.versions, worker.StarterOptions{}).Census(t.Context(), "uncounted", []int{1})
		require.NoError(c, err)
		require.Equal(c, map[int]worker.Census{1: {Waiting: 1}}, counts)
	}, time.Minute, 50*time.Millisecond)
}
