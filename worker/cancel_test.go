package worker

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"
)

// stepsOf are the ids of the activities that were called, in order.
func stepsOf(b *bundle) []string {
	var out []string
	for _, c := range b.calls {
		out = append(out, c.Step)
	}
	return out
}

// stopped runs a flow that is cancelled after a minute, and gives the steps that reached outside.
func stopped(t *testing.T, body string) (*bundle, []string) {
	t.Helper()
	b := setup(t, singleton(body))
	b.after(time.Minute, b.CancelWorkflow)
	b.run()
	require.True(t, temporal.IsCanceledError(b.GetWorkflowError()), "%v", b.GetWorkflowError())
	return b, stepsOf(b)
}

const undo = `(fn [id] (flow/step :http id {:method :post :url "http://x"}))`

func TestCancelledRunsDoTheirFinallyParts(t *testing.T) {
	t.Parallel()
	for name, wait := range map[string]string{
		"sleep": `(flow/step :sleep :long {:duration "2d"})`,
		"wait":  `(flow/step :wait :long {:key "k"})`,
		"poll":  `(flow/poll {:interval "30m" :return-on (fn [_] false)} 1)`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, steps := stopped(t, `(let [undo `+undo+`]
				(try
					(try `+wait+` (catch :default e (undo :never)) (finally (undo :inner) (flow/step :sleep :pause {:seconds 5}) (undo :inner-2)))
					(undo :after)
					(finally (undo :outer))))`)
			require.Equal(t, []string{"inner", "inner-2", "outer"}, steps)
			require.Contains(t, b.states(), "note: the run was cancelled: its finally parts have 1m0s")
		})
	}
}

func TestWhatAFinallyPartThrowsStopsNoOther(t *testing.T) {
	t.Parallel()
	_, steps := stopped(t, `(let [undo `+undo+`]
		(try
			(try (flow/step :sleep :long {:duration "2d"}) (finally (undo :first) (throw (ex-info "x" {})) (undo :never)))
			(finally (undo :second))))`)
	require.Equal(t, []string{"first", "second"}, steps)
}

func TestFinallyPartsOfACancelledRunAreBounded(t *testing.T) {
	t.Parallel()
	b, steps := stopped(t, `(let [undo `+undo+`]
		(try
			(try (flow/step :sleep :long {:duration "2d"}) (finally (undo :first) (flow/step :sleep :longer {:duration "2d"}) (undo :late)))
			(finally (undo :too-late))))`)
	require.Equal(t, []string{"first"}, steps)
	require.Equal(t, time.Minute+CleanupBound, b.Now().Sub(b.timeline().Started))
}

func TestBranchesOfACancelledRunEndBeforeIt(t *testing.T) {
	t.Parallel()
	const naps = `(try (flow/step :sleep :long {:duration "2d"}) (finally (flow/step :sleep :pause {:seconds n}) (undo id)))`
	for name, body := range map[string]string{
		"parallel": `(let [undo ` + undo + ` nap (fn [n id] ` + naps + `)]
			(try (flow/parallel (nap 20 :b) (nap 10 :a) 3) (finally (undo :outer))))`,
		"fanout": `(let [undo ` + undo + ` nap (fn [[n id]] ` + naps + `)]
			(try (flow/step :fanout :all {:items [[20 :b] [10 :a] [1 :c]] :max-concurrency 2 :do nap}) (finally (undo :outer))))`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, steps := stopped(t, body)
			require.Equal(t, []string{"a", "b", "outer"}, steps)
		})
	}
}
