//go:build !slim

package e2e_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/worker"
)

const childFlow = `{:slug :child-a :concurrency {:type :keyed :key-field :id} :flow
'(let [{:keys [id fail nap]} (flow/input)]
   (when fail (throw (ex-info "no stock" {:sku id})))
   (when nap
     (try (flow/step :sleep :nap {:seconds nap})
          (finally (flow/step :kv :undo {:operation :set :key (str "undone-" id) :value true}))))
   {:id id :version (:version (:flow/ctx (flow/input)))})}`

func init() {
	scenarios["children: results, failures, limits"] = childResults
	scenarios["children: depth"] = childDepth
	scenarios["children: timeout"] = childTimeout
	scenarios["children: cancel"] = childCancel
}

func childResults(t *testing.T, w *world) {
	w.deploy(t, childFlow)
	w.deploy(t, `{:slug :parent-a :concurrency {:type :singleton} :flow
	'(let [code (fn [f] (try (f) (catch :default e (:code (ex-data e)))))]
	   {:ok      (flow/call-flow :child-a {:id "1"})
	    :failed  (try (flow/call-flow {:flow-slug :child-a :input {:id "2" :fail true}})
	               (catch :default e (select-keys (ex-data e) [:step :code :data])))
	    :unknown (code (fn [] (flow/call-flow :no-such-flow {})))
	    :invalid (code (fn [] (flow/call-flow :child-a {})))
	    :version (code (fn [] (flow/call-flow {:flow-slug :child-a :version 7 :input {:id "1"}})))
	    :late    (code (fn [] (flow/call-flow {:flow-slug :child-a :timeout 1 :input {:id "late" :nap 600}})))
	    :held    (code (fn [] (flow/call-flow :parent-a {})))
	    :fan     (mapv (fn [r] (or (:id r) (get-in r [:error :code]))) (flow/step :fanout :fan {:on-error :collect :max-concurrency 2
	               :items (vec (for [n (range 4)] {:type :call-flow :flow-slug :child-a :input {:id (str "f" n) :fail (= n 2)}}))}))})}`)
	s, out := w.run(t, "parent-a", `{}`)
	require.JSONEq(t, `{"ok":{"id":"1","version":1},
		"failed":{"step":"child-a","code":"exception","data":{"sku":"2"}},
		"unknown":"unknown-flow","invalid":"invalid-input","version":"unknown-version","late":"call-timeout","held":"own-lane",
		"fan":["f0","f1","exception","f3"]}`, out)
	line, err := w.starter.Timeline(t.Context(), s.WorkflowID, s.RunID)
	require.NoError(t, err)
	require.Equal(t, "call-flow", line.Entries[0].Type)
	require.Equal(t, "weir.child/"+s.RunID+"/call/child-a/1", line.Entries[0].Called)
	child, err := w.starter.Timeline(t.Context(), line.Entries[0].Called, "")
	require.NoError(t, err)
	require.Equal(t, "child-a/1", child.WorkflowID, "an entry shows its run")
	w.record(t, "child-flows", s.WorkflowID, s.RunID)
	w.record(t, "child-flows-entry", line.Entries[0].Called, "")
}

// childTimeout has the called run's finally part done when its caller goes on.
func childTimeout(t *testing.T, w *world) {
	w.deploy(t, strings.Replace(childFlow, ":child-a", ":child-t", 1))
	w.deploy(t, `{:slug :parent-t :concurrency {:type :singleton} :flow
	'(try (flow/call-flow {:flow-slug :child-t :timeout 1 :input {:id "t" :nap 600}})
	   (catch :default e [(:code (ex-data e)) (:value (flow/step :kv :undone {:operation :get :key "undone-t"}))]))}`)
	s, out := w.run(t, "parent-t", `{}`)
	require.JSONEq(t, `["call-timeout",true]`, out)
	run, err := w.starter.Describe(t.Context(), "child-t/t", "")
	require.NoError(t, err)
	require.Equal(t, worker.StatusCancelled, run.Status)
	w.record(t, "call-timeout", s.WorkflowID, s.RunID)
}

func childDepth(t *testing.T, w *world) {
	w.deploy(t, `{:slug :deep :concurrency {:type :keyed :key-field :n} :flow
	'(let [n (:n (flow/input))]
	   (if (< n 9)
	     (try (flow/call-flow :deep {:n (inc n)}) (catch :default e {:at n :code (:code (ex-data e))}))
	     :bottom))}`)
	_, out := w.run(t, "deep", `{:n 0}`)
	require.JSONEq(t, `{"at":5,"code":"call-depth"}`, out)
	_, out = w.run(t, "deep", `{:n 4}`)
	require.JSONEq(t, `"bottom"`, out)
}

func childCancel(t *testing.T, w *world) {
	w.deploy(t, `{:slug :child-c :concurrency {:type :keyed :key-field :id} :flow
	'(try (flow/step :sleep :nap {:seconds 600})
	      (finally (flow/step :kv :undo {:operation :set :key "child-c-undone" :value "child"})))}`)
	w.deploy(t, `{:slug :parent-c :concurrency {:type :singleton} :flow
	'(try (flow/call-flow :child-c {:id "x"})
	      (catch :default e :swallowed)
	      (finally (flow/step :kv :seen {:operation :append :key "parent-c" :item (:value (flow/step :kv :undone {:operation :get :key "child-c-undone"}))})))}`)
	s, err := w.starter.Start(t.Context(), worker.StartRequest{Slug: "parent-c"})
	require.NoError(t, err)
	require.EventuallyWithT(t, func(c *assertions) {
		line, err := w.starter.Timeline(t.Context(), "child-c/x", "")
		require.NoError(c, err)
		require.NotEmpty(c, line.Entries)
	}, time.Minute, 20*time.Millisecond)
	require.NoError(t, w.starter.Cancel(t.Context(), s.WorkflowID, s.RunID))
	for _, id := range []string{s.WorkflowID, "child-c/x"} {
		_, err = w.starter.Result(t.Context(), id, "")
		var ended *worker.RunError
		require.ErrorAs(t, err, &ended)
		require.Equal(t, worker.StatusCancelled, ended.Status, id)
	}
	w.deploy(t, `{:slug :reader-c :concurrency {:type :singleton} :flow '(:value (flow/step :kv :get {:operation :get :key "parent-c"}))}`)
	_, out := w.run(t, "reader-c", `{}`)
	require.JSONEq(t, `["child"]`, out, "the child's finally parts ran before its caller's")
	w.record(t, "cancelled", s.WorkflowID, s.RunID)
}

// packagedSteps keeps the history of a run whose steps are packaged.
func packagedSteps(t *testing.T, w *world) {
	w.deploy(t, `{:slug :desk :concurrency {:type :singleton}
		:steps [{:id :desk/look :type :http :defaults {:url "$OUTSIDE/desk" :retry {:max-attempts 1}}}
			{:id :desk/count :type :kv :defaults {:operation :increment :key "desk"}}]
		:flow '[(:body (flow/step :desk/look)) (let [by {:delta 5}] (:value (flow/step :desk/count :fifth by)))]}`)
	w.outside.answer("GET /desk", `200 application/json {"open":true}`)
	s, out := w.run(t, "desk", `{}`)
	require.JSONEq(t, `[{"open":true},5]`, out)
	w.record(t, "packaged-steps", s.WorkflowID, s.RunID)
}
