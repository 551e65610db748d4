package worker

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"

	"github.com/weir-run/weir/activities"
)

func TestSleep(t *testing.T) {
	t.Parallel()
	for config, want := range map[string]string{
		`{:duration "1h30m"}`: "5400000", `{:seconds 2.5}`: "2500", `{:millis 250}`: "250", `{:seconds 604800}`: "604800000", `{:millis 0}`: "0",
	} {
		b := setup(t, singleton(`(let [from (flow/now-ms)] [(flow/step :sleep :nap `+config+`) (- (flow/now-ms) from)])`))
		require.JSONEq(t, `[null,`+want+`]`, b.result(), config)
	}
	for config, want := range map[string]string{
		`{}`: "needs one of :duration, :seconds and :millis", `{:seconds 1 :millis 1}`: "and has 2 of them",
		`{:duration "8d"}`: "at most 7 days", `{:seconds 604801}`: ":seconds must be a number from 0 to 604800", `{:seconds -1}`: ":seconds must be",
		`{:duration "soon"}`: ":duration: ",
	} {
		b := setup(t, singleton(`(let [c `+config+`] (flow/step :sleep :nap c))`))
		app := b.failure()
		require.Equal(t, "invalid-config", app.Type(), config)
		require.Contains(t, app.Message(), want)
	}
}

func TestTimeIsTheRunsOwn(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`[(flow/step :time :now) (flow/now-ms) (flow/now)]`))
	start := time.Date(2026, 3, 4, 5, 6, 7, 89_000_000, time.UTC)
	b.SetStartTime(start)
	require.JSONEq(t, `[{"now":"2026-03-04T05:06:07.089Z","now-ms":1772600767089},1772600767089,"2026-03-04T05:06:07.089Z"]`, b.result())
}

func TestIdsAndNumbersAreDrawnFromOneRecordedSeed(t *testing.T) {
	t.Parallel()
	body := `(let [a (flow/uuid) b (flow/uuid) r (flow/rand) s (flow/rand)
		[[c x] [d y]] (flow/parallel [(flow/uuid) (flow/rand)] [(flow/uuid) (flow/rand)])]
		{:ids (count (set [a b c d])) :numbers (count (set [r s x y])) :ok (every? (fn [n] (and (<= 0 n) (< n 1))) [r s x y]) :a (str a)})`
	run := func() (ids, a string) {
		b := setup(t, singleton(body))
		var out struct {
			IDs, Numbers int
			OK           bool
			A            string
		}
		require.NoError(t, json.Unmarshal([]byte(b.result()), &out))
		require.Equal(t, 4, out.IDs)
		require.Equal(t, 4, out.Numbers)
		require.True(t, out.OK)
		require.Regexp(t, `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, out.A)
		return "", out.A
	}
	_, one := run()
	_, two := run()
	require.NotEqual(t, one, two, "the seed isn't the run's id")
}

func TestDrawsDependOnTheirPlaceAlone(t *testing.T) {
	t.Parallel()
	r := &run{seed: []byte("seed")}
	a, b := &host{run: r, path: "1.0"}, &host{run: r, path: "1.1"}
	first := []string{a.UUID(), b.UUID(), a.UUID()}
	a, b = &host{run: r, path: "1.0"}, &host{run: r, path: "1.1"}
	third := b.UUID()
	require.Equal(t, []string{a.UUID(), third, a.UUID()}, first)
}

func TestParallelRunsAtOnceAndKeepsOrder(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(let [from (flow/now-ms)
		vs (flow/parallel (do (flow/step :sleep :a {:seconds 30}) 1) (do (flow/step :sleep :b {:seconds 10}) 2) 3)]
		[vs (quot (- (flow/now-ms) from) 1000)])`))
	require.JSONEq(t, `[[1,2,3],30]`, b.result())
	require.Equal(t, []string{"a done", "b done"}, b.states())
}

func TestParallelThrowsTheFirstOfItsFormsAfterAllEnded(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(let [from (flow/now-ms)] (try (flow/parallel
			(do (flow/step :sleep :a {:seconds 30}) (throw (ex-info "slow" {})))
			(throw (ex-info "quick" {}))
			(flow/step :sleep :c {:seconds 60}))
		(catch Exception e [(ex-message e) (quot (- (flow/now-ms) from) 1000)])))`))
	require.JSONEq(t, `["slow",60]`, b.result())

	b = setup(t, singleton(`(try (flow/parallel (throw (ex-info "x" {})) (loop [] (recur))) (catch :default e 1))`))
	require.Equal(t, "work-limit", b.failure().Type())
}

func TestParallelNestsAndCountsOccurrences(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(flow/parallel
		(flow/parallel (:input (flow/step :function :s {:input {:n 1}})) (:input (flow/step :function :s {:input {:n 2}})))
		(:input (flow/step :function :s {:input {:n 3}})))`))
	require.JSONEq(t, `[[{"n":1},{"n":2}],{"n":3}]`, b.result())
	seen := map[int]bool{}
	for _, c := range b.calls {
		seen[c.N] = true
	}
	require.Equal(t, map[int]bool{0: true, 2: true, 3: true}, seen)
}

func TestCancelledParallelEnds(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(try (flow/parallel (flow/step :sleep :a {:duration "1d"}) (try (throw (ex-info "x" {})) (catch Exception e 1)) (flow/step :wait :b {:key "b"}) (flow/step :http :c {:method :post :url "http://x" :retry {:max-attempts 1000 :backoff-ms 60000}})) (catch :default e 1))`))
	b.on("http", failing(1_000, "http-status", echo))
	b.after(time.Minute, b.CancelWorkflow)
	b.run()
	require.True(t, temporal.IsCanceledError(b.GetWorkflowError()), "%v", b.GetWorkflowError())
}

func TestSlotBound(t *testing.T) {
	t.Parallel()
	h := &host{run: &run{execution: &execution{plan: &plan{Plan: activities.Plan{Bound: []string{"api"}}}}}}
	require.True(t, h.SlotBound("api"))
	require.False(t, h.SlotBound("other"))
}

func TestTimeScale(t *testing.T) {
	t.Parallel()
	f := &Flow{TimeScale: 3600}
	require.Equal(t, 2*time.Second, f.scaled(2*time.Hour))
	require.Equal(t, time.Millisecond, f.scaled(time.Second))
	require.Equal(t, time.Duration(0), f.scaled(0))
	require.Equal(t, time.Hour, (&Flow{}).scaled(time.Hour))
}

func TestStepLimit(t *testing.T) {
	t.Parallel()
	h := &host{run: &run{steps: MaxStepExecutions - 1}}
	h.countStep()
	require.PanicsWithError(t, "the run executed 100000 steps, and no more are allowed", h.countStep)
}
