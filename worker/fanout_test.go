package worker

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
)

func TestFanoutKeepsItemOrderAndItsConcurrency(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(let [from (flow/now-ms)
		vs (flow/step :fanout :all {:items [40 10 20 30] :max-concurrency 2
			:do (fn [n] (flow/step :sleep :nap {:seconds n}) (* 2 n))})]
		[vs (quot (- (flow/now-ms) from) 1000)])`))
	// 40 beside 10, 20 and then 30: the last ends after 60 seconds.
	require.JSONEq(t, `[[80,20,40,60],60]`, b.result())
	require.Equal(t, []string{"all done", "nap done", "nap#2 done", "nap#3 done", "nap#4 done"}, b.states())
}

func TestFanoutOfNothingIsEmpty(t *testing.T) {
	t.Parallel()
	require.JSONEq(t, `[]`, setup(t, singleton(`(flow/step :fanout :all {:items [] :do inc})`)).result())
}

func TestFanoutErrors(t *testing.T) {
	t.Parallel()
	const do = `:do (fn [n] (flow/step :sleep :nap {:seconds n}) (if (odd? n) (throw (ex-info (str "odd " n) {:n n})) n))`
	for options, want := range map[string]struct {
		value string
		naps  int
	}{
		`:on-error :continue`: {`[2,null,4,null,6]`, 5},
		`:on-error :collect`: {`[2,{"error":{"message":"odd 3","code":"exception","data":{"n":3}}},4,
			{"error":{"message":"odd 5","code":"exception","data":{"n":5}}},6]`, 5},
		`:max-concurrency 2`:                 {`"odd 3"`, 3}, // 5 and 6 never begin
		`:on-error :fail :max-concurrency 5`: {`"odd 3"`, 5}, // all began; the first in item order counts
	} {
		b := setup(t, singleton(fmt.Sprintf(`(try (flow/step :fanout :all {:items [2 3 4 5 6] %s %s}) (catch Exception e (ex-message e)))`, do, options)))
		require.JSONEq(t, want.value, b.result(), options)
		naps := 0
		for _, e := range b.timeline().Entries {
			if e.Step == "nap" {
				naps++
			}
		}
		require.Equal(t, want.naps, naps, options)
	}
}

func TestFanoutCallsFlows(t *testing.T) {
	t.Parallel()
	b := family(t, `(let [{:keys [id n]} (flow/input)]
		(if (= id "p")
			(flow/step :fanout :all {:on-error :collect :items
				[{:type :call-flow :flow-slug :t :input {:id "a" :n 1}} {:type :call-flow :flow-slug :t :input {:id "p"}} {:type (str "call-flow") :flow-slug "t" :input {:id "b" :n 2}}
				 (vec [7])]})
			[id n]))`)
	require.JSONEq(t, `[["a",1], {"error":{"code":"own-lane","message":"step all/1 failed: flow t failed: lane t/p is held by a run that waits for this one",
			"data":{"type":"step-failed","step":"all/1","code":"own-lane","message":"flow t failed: lane t/p is held by a run that waits for this one","attempts":1}}}, ["b",2],
		{"error":{"code":"invalid-config","message":"step all/3 failed: without :do an item must be {:type :call-flow :flow-slug :name :input {...}}, not a vector",
			"data":{"type":"step-failed","step":"all/3","code":"invalid-config","message":"without :do an item must be {:type :call-flow :flow-slug :name :input {...}}, not a vector","attempts":1}}}]`, b.result())
	require.Equal(t, "weir.child/default-test-run-id/fanout/all/1.0", b.timeline().Entries[1].Called)
}

func TestFanoutBounds(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(count (flow/step :fanout :all {:items (range 1000) :max-concurrency 50 :do inc}))`))
	require.JSONEq(t, `1000`, b.result())
	require.Equal(t, 1_000, definition.MaxItems)
	for _, config := range []string{
		`{:items (range 1001) :do inc}`, `{:items (range 3) :max-concurrency (+ 50 1) :do inc}`, `{:items (range 3) :max-concurrency (- 0 1) :do inc}`,
		`{:items (str "abc") :do inc}`, `{:items (range 2) :do (str "x")}`, `{:items (range 2) :do inc :on-error (keyword "skip")}`,
	} {
		b := setup(t, singleton(`(try (flow/step :fanout :all `+config+`) (catch Exception e (:code (ex-data e))))`))
		require.JSONEq(t, `"invalid-config"`, b.result(), config)
	}
}

func TestALimitStopsAFanout(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(flow/step :fanout :all {:items (range 100) :on-error :collect :max-concurrency 1 :do (fn [n] (loop [] (recur)))})`))
	require.Equal(t, "work-limit", b.failure().Type())
}
