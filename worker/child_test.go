package worker

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
)

// family runs a keyed flow as its run of id "p", which may call itself for other ids.
func family(t *testing.T, body string) *bundle {
	t.Helper()
	b := setup(t, keyed(body))
	b.SetStartWorkflowOptions(client.StartWorkflowOptions{ID: "t/p"})
	b.input = `{"id":"p"}`
	return b
}

func TestCallFlowGivesTheOtherFlowsResultAsJSON(t *testing.T) {
	t.Parallel()
	b := family(t, `(let [{:keys [id n]} (flow/input)]
		(if (= id "p")
			{:one (flow/call-flow :t {:id "a" :n 1}) :two (flow/call-flow {:flow-slug :t :input {:id "b" :n 2} :timeout "1h"})}
			{:id id :kind :child :n n :at (:workflow-id (:flow/ctx (flow/input)))}))`)
	require.JSONEq(t, `{"one":{"id":"a","kind":"child","n":1,"at":"t/a"},"two":{"id":"b","kind":"child","n":2,"at":"t/b"}}`, b.result())
	require.Equal(t, []string{"t done", "t#2 done"}, b.states())
	entries := b.timeline().Entries
	require.Equal(t, "weir.child/default-test-run-id/call/t/1", entries[0].Called)
	require.Equal(t, "call-flow", entries[0].Type)
}

func TestCallFlowFailsTyped(t *testing.T) {
	t.Parallel()
	b := family(t, `(if (= (:id (flow/input)) "p")
		(try (flow/call-flow :t {:id "a"}) (catch Exception e [(ex-message e) (ex-data e)]))
		(throw (ex-info "no stock" {:sku "x" :left 0})))`)
	require.JSONEq(t, `["step t failed: flow t failed: no stock", {"type":"step-failed","step":"t","code":"exception","attempts":1,
		"message":"flow t failed: no stock","data":{"sku":"x","left":0}}]`, b.result())

	for call, code := range map[string]string{
		`(flow/call-flow :t {:id "p"})`:                                      "own-lane",
		`(flow/call-flow :t {:n 1})`:                                         "invalid-input",
		`(flow/call-flow (keyword "a b") {})`:                                "invalid-config",
		`(flow/call-flow {:flow-slug :t :input (vec [1])})`:                  "invalid-config",
		`(flow/call-flow {:flow-slug :t :input {:id "a"} :version (- 0 1)})`: "invalid-config",
		`(flow/call-flow {:flow-slug :t :input {:id "a"} :timeout "10s"})`:   "call-timeout",
	} {
		b := family(t, fmt.Sprintf(`(if (= (:id (flow/input)) "p") (try %s (catch Exception e (:code (ex-data e)))) (flow/step :sleep :long {:seconds 60}))`, call))
		require.JSONEq(t, `"`+code+`"`, b.result(), call)
	}
}

// TestACallThatTakesTooLongHasEndedWhenItsCallerGoesOn: what the called run still does in its finally parts comes first, within a bound.
func TestACallThatTakesTooLongHasEndedWhenItsCallerGoesOn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		child string
		steps []string
		took  time.Duration
	}{
		"at once":         {`(flow/step :sleep :long {:duration "2d"})`, []string{"last", "mine"}, 10 * time.Second},
		"a finally part":  {`(try (flow/step :sleep :long {:duration "2d"}) (finally (flow/step :sleep :nap {:seconds 20}) (flow/step :kv :undo {:operation :get :key "k"})))`, []string{"undo", "last", "mine"}, 30 * time.Second},
		"an endless one":  {`(try (flow/step :sleep :long {:duration "2d"}) (finally (flow/step :sleep :nap {:duration "2d"}) (flow/step :kv :undo {:operation :get :key "k"})))`, []string{"last", "mine"}, 10*time.Second + CleanupBound},
		"the caller ends": {`(try (flow/step :sleep :long {:duration "2d"}) (finally (flow/step :sleep :nap {:seconds 40}) (flow/step :kv :undo {:operation :get :key "k"})))`, []string{"undo", "last"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := family(t, `(if (= (:id (flow/input)) "p")
				(let [from (flow/now-ms)
				      code (try (flow/call-flow {:flow-slug :t :input {:id "a"} :timeout "10s"}) (catch Exception e (:code (ex-data e)))
				             (finally (flow/step :kv :last {:operation :get :key "k"})))]
				  (flow/step :kv :mine {:operation :get :key "k"})
				  [code (- (flow/now-ms) from)])
				`+c.child+`)`)
			if c.took == 0 {
				b.after(30*time.Second, b.CancelWorkflow)
				b.run()
				require.True(t, temporal.IsCanceledError(b.GetWorkflowError()), "%v", b.GetWorkflowError())
			} else {
				require.JSONEq(t, fmt.Sprintf(`["call-timeout",%d]`, c.took.Milliseconds()), b.result())
			}
			require.Equal(t, c.steps, stepsOf(b))
		})
	}
}

func TestCallsGoNoDeeperThanTheirBound(t *testing.T) {
	t.Parallel()
	b := family(t, `(let [{:keys [id n]} (flow/input)]
		(try {:deeper (flow/call-flow :t {:id (str id "x") :n (inc n)})} (catch Exception e [n (:code (ex-data e))])))`)
	b.input = `{"id":"p","n":0}`
	require.JSONEq(t, `{"deeper":{"deeper":{"deeper":{"deeper":{"deeper":[5,"call-depth"]}}}}}`, b.result())
	require.Equal(t, 5, MaxCallDepth)
}

func TestCancellingARunCancelsTheFlowThatItCalls(t *testing.T) {
	t.Parallel()
	b := family(t, `(if (= (:id (flow/input)) "p")
		(flow/call-flow :t {:id "a"})
		(try (flow/step :sleep :long {:duration "2d"}) (finally (flow/step :kv :undo {:operation :set :key "k" :value 1}))))`)
	b.after(time.Minute, b.CancelWorkflow)
	b.run()
	require.True(t, temporal.IsCanceledError(b.GetWorkflowError()), "%v", b.GetWorkflowError())
	require.Len(t, b.calls, 1, "the called flow's finally part ran")
}
