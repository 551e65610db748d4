package activities_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/interpreter/value"
)

const riskFunctions = ` :functions [{:id :risk-summary :language :clojure
 :code "(fn [risk] {:risk-level (:risk-level risk) :risk-score (:score risk) :needs-approval (= :high (:risk-level risk))})"}
 {:id :context :language :clojure :code "(fn [input] [(:flow/ctx input) (:step/ctx input) (dissoc input :flow/ctx :step/ctx)])"}
 {:id :thrower :language :clojure :code "(fn [input]\n  (throw (ex-info \"bad risk\" {:level (:level input)})))"}
 {:id :number :language :clojure :code "(fn [input] (inc (:text input)))"}
 {:id :forever :language :clojure :code "(fn [_] (loop [n 0] (recur (inc n))))"}
 {:id :deep :language :clojure :code "(fn [_] ((fn down [n] (+ 1 (down n))) 0))"}
 {:id :huge :language :clojure :code "(fn [_] (loop [s \"x\"] (recur (str s s))))"}
 {:id :lazy :language :clojure :code "(fn [_] (map inc [1 2 3]))"}]`

func TestFunction(t *testing.T) {
	t.Parallel()
	b := setup(t, riskFunctions)
	require.Equal(t, `{:risk-level :high, :risk-score 91, :needs-approval true}`, show(b.do(t, "function", `{:ref :risk-summary :input {:risk-level :high :score 91}}`)))
	require.Equal(t, `[{:workflow-id "default-test-workflow-id", :run-id "default-test-run-id", :slug "orders", :version 1} {:id "a-step", :occurrence 1, :attempt 1} {:a 1}]`,
		show(b.do(t, "function", `{:ref :context :input {:a 1}}`)))
	require.Equal(t, `{:a #{1}}`, show(b.do(t, "function", `{:input {:a #{1}}}`)))
	require.Equal(t, `nil`, show(b.do(t, "function", `{}`)))
	require.Equal(t, `(2 3 4)`, show(b.do(t, "function", `{:ref :lazy}`)))
	for range 2 {
		require.Equal(t, `7`, show(b.do(t, "function", `{:code "(fn [{:keys [n]}] (+ n 2))" :input {:n 5}}`)))
	}
	require.Equal(t, `"{\"a\":1}"`, show(b.do(t, "function", `{:code "(fn [_] (json/write-str {:a 1}))"}`)))
	require.Equal(t, `6`, show(b.do(t, "function", `{:code (fn [x] (* 2 (:n x))) :input {:n 3}}`)))

	m, _ := edn(t, `{:status 200 :body {:risk-level :high :score 1}}`).AsMap()
	call := b.call(t, `{:ref :risk-summary}`)
	config, _ := call.Config.Value.AsMap()
	call.Config.Value = value.Of(config.Assoc(nil, value.Kw("input"), value.Of(m.Envelope())))
	v, err := b.run(t, "function", call)
	require.NoError(t, err)
	require.Equal(t, `{:risk-level :high, :risk-score 1, :needs-approval true}`, show(v), "an http result goes into a function as it is")
}

func TestFunctionFailures(t *testing.T) {
	t.Parallel()
	b := setup(t, riskFunctions)
	app, detail := b.fails(t, "function", `{:ref :thrower :input {:level 5}}`, fault.Function, false)
	require.Contains(t, app.Message(), "bad risk")
	require.Contains(t, app.Message(), "orders.edn:")
	require.Equal(t, `{:level 5}`, show(detail.Data.Value))
	app, _ = b.fails(t, "function", `{:ref :number :input {:text "x"}}`, fault.Function, false)
	require.Contains(t, app.Message(), "ClassCastException")
	for name, code := range map[string]string{":deep": value.CodeDepth, ":huge": value.CodeSize} {
		b.fails(t, "function", `{:ref `+name+`}`, code, false)
	}
	// Whichever of its two bounds a function meets first depends on how busy the machine is.
	_, err := b.run(t, "function", b.call(t, `{:ref :forever}`))
	require.ErrorAs(t, err, &app)
	require.Contains(t, []string{value.CodeWork, activities.TimeLimit}, app.Type())
	require.True(t, app.NonRetryable())
	b.fails(t, "function", `{:ref :nope}`, fault.InvalidConfig, false)
	b.fails(t, "function", `{:ref :lazy :code "(fn [x] x)"}`, fault.InvalidConfig, false)
	b.fails(t, "function", `{:ref :lazy :input [1]}`, fault.InvalidConfig, false)
	app, _ = b.fails(t, "function", `{:code "(fn [x] (slurp x))"}`, fault.Function, false)
	require.Contains(t, app.Message(), "slurp")
	b.fails(t, "function", `{:code "5"}`, fault.Function, false)
	b.fails(t, "function", `{:code "(fn [x"}`, fault.Function, false)
}

func TestPersistAndLoad(t *testing.T) {
	t.Parallel()
	b := setup(t, riskFunctions)
	ref := b.do(t, "function", `{:input {:order {:id 7 :state :new} :tags #{:a}} :persist {:type :blob}}`)
	m, ok := ref.AsMap()
	require.True(t, ok)
	require.Equal(t, "application/edn", textValue(m, "content-type"))
	require.Equal(t, `{:order {:id 7, :state :new}, :tags #{:a}}`, show(b.do(t, "blob", `{:ref `+show(ref)+`}`)))
	require.Equal(t, `[:new 1]`, show(b.do(t, "function", `{:code "(fn [{:keys [data n]}] [(get-in data [:order :state]) n])" :load [:data] :input {:n 1 :data `+show(ref)+`}}`)))
	require.Equal(t, `[:new nil]`, show(b.do(t, "function", `{:code "(fn [{:keys [data n]}] [(get-in data [:order :state]) n])" :load [:data] :input {:data "`+textValue(m, "uri")+`"}}`)))

	json := b.do(t, "function", `{:input {:a :b} :persist {:type :blob :content-type "application/json" :tier :ephemeral :filename "x.json"}}`)
	require.Equal(t, `{:a "b"}`, show(b.do(t, "blob", `{:ref `+show(json)+`}`)))
	text := b.do(t, "function", `{:code "(fn [_] \"hello\")" :persist {:type :blob}}`)
	require.Equal(t, `"hello"`, show(b.do(t, "blob", `{:operation :read :ref `+show(text)+`}`)))
	require.Contains(t, show(b.do(t, "blob", `{:operation :url :expires "10m" :ref `+show(text)+`}`)), `{:url "http`)
	b.do(t, "blob", `{:operation :delete :ref `+show(text)+`}`)
	b.do(t, "blob", `{:operation :delete :ref `+show(text)+`}`) // an attempt that comes again finds it done
	b.fails(t, "blob", `{:operation :read :ref `+show(text)+`}`, fault.BlobMissing, false)

	ref = b.do(t, "function", `{:input {:a 1} :persist {:type :blob}}`)
	kept := b.do(t, "function", `{:input {:a #{1}} :persist {:type :kv :key "k:1" :ttl 60}}`)
	require.Equal(t, `{:a #{1}}`, show(b.do(t, "function", `{:code "(fn [x] (:r x))" :load [:r] :input {:r `+show(kept)+`}}`)))
	damaged, _ := ref.AsMap()
	b.fails(t, "blob", `{:ref `+show(value.Of(damaged.Assoc(nil, value.Kw("sha256"), value.String("00"))))+`}`, fault.BlobDamaged, false)

	for _, config := range []string{
		`{:persist {:type :tape}}`, `{:persist {:type :blob :tier :golden}}`, `{:persist {:type :blob :signed-url "soon"}}`, `{:input {:a 1} :persist {:type :blob :content-type "image/png"}}`,
		`{:load [:a] :input {}}`, `{:load :a :input {}}`, `{:load [:a] :input {:a "http://x"}}`, `{:load [:a] :input {:a "res://x"}}`, `{:persist {:type :kv :key "k" :ttl "x"}}`,
	} {
		b.fails(t, "function", config, fault.InvalidConfig, false)
	}
	b.fails(t, "function", `{:persist {:type :kv :key "not a key"}}`, fault.KVInvalid, false)
	b.fails(t, "function", `{:load [:a] :input {:a "res://kv/none"}}`, fault.InvalidConfig, false)
	b.fails(t, "function", `{:load [:a] :input {:a "res://kv/k:1/00000000000000000000000000000000"}}`, fault.BlobMissing, false)
	b.fails(t, "blob", `{:operation :burn :ref `+show(ref)+`}`, fault.InvalidConfig, false)
	b.fails(t, "blob", `{:operation :read}`, fault.InvalidConfig, false)
	b.fails(t, "blob", `{:operation :read :as :nope :ref `+show(ref)+`}`, fault.InvalidConfig, false)
}

func TestKV(t *testing.T) {
	t.Parallel()
	b := setup(t, "")
	step := 0
	do := func(config string) string {
		t.Helper()
		step++
		call := b.call(t, config)
		call.N = step
		v, err := b.run(t, "kv", call)
		require.NoError(t, err, config)
		return show(v)
	}
	require.Equal(t, `{:success true, :key "a:1", :created? true}`, do(`{:operation :set :key "a:1" :value {:x :y} :ttl 60}`))
	require.Equal(t, `{:success true, :key "a:1", :created? false}`, do(`{:operation :set :key "a:1" :value 1 :if-not-exists true}`))
	require.Equal(t, `{:success true, :value {:x :y}, :exists? true}`, do(`{:operation :get :key "a:1"}`))
	require.Equal(t, `{:success true, :value :none, :exists? false}`, do(`{:operation "get" :key "b" :default :none}`))
	require.Equal(t, `{:success true, :key "a:1", :exists? true}`, do(`{:operation :exists :key "a:1"}`))
	require.Equal(t, `{:success true, :swapped? false}`, do(`{:operation :compare-and-set :key "a:1" :expected {:x :z} :value 5}`))
	require.Equal(t, `{:success true, :swapped? true}`, do(`{:operation :compare-and-set :key "a:1" :expected {:x :y} :value 5}`))
	require.Equal(t, `{:success true, :key "a:1", :value 6, :previous 5}`, do(`{:operation :increment :key "a:1"}`))
	require.Equal(t, `{:success true, :key "a:1", :value 16, :previous 6}`, do(`{:operation :increment :key :a:1 :delta 10}`))
	require.Equal(t, `{:success true, :key "l", :value [1]}`, do(`{:operation :append :key "l" :item 1}`))
	require.Equal(t, `{:success true, :key "l", :value [nil :x]}`, do(`{:operation :append :key "l" :items [2 nil :x] :max-length 2}`))
	require.Equal(t, `{:success true, :keys ["a:1" "l"], :count 2}`, do(`{:operation :list-keys}`))
	require.Equal(t, `{:success true, :keys ["a:1"], :count 1}`, do(`{:operation :list-keys :prefix "a:" :limit 10}`))
	require.Equal(t, `{:success true, :key "a:1", :deleted? true}`, do(`{:operation :delete :key "a:1"}`))
	require.Equal(t, `{:success true, :key "a:1", :deleted? false}`, do(`{:operation :delete :key "a:1"}`))

	// Another attempt of the same step changes nothing more.
	for range 3 {
		require.Equal(t, `{:success true, :key "n", :value 1, :previous 0}`, show(b.do(t, "kv", `{:operation :increment :key "n"}`)))
	}
	for config, code := range map[string]string{
		`{:operation :flush}`: fault.KVInvalid, `{}`: fault.KVInvalid, `{:operation :get}`: fault.KVInvalid, `{:operation :get :key "ä"}`: fault.KVInvalid,
		`{:operation :set :key "k"}`: fault.KVInvalid, `{:operation :set :key "k" :value 1 :ttl 0}`: fault.KVInvalid, `{:operation :set :key "k" :value 1 :ttl 31536001}`: fault.KVInvalid,
		`{:operation :set :key "k" :value 1 :ttl "1h"}`: fault.InvalidConfig, `{:operation :append :key "l"}`: fault.KVInvalid, `{:operation :append :key "l" :item 1 :items []}`: fault.KVInvalid,
		`{:operation :append :key "l" :items 5}`: fault.KVInvalid, `{:operation :append :key "l" :item 1 :max-length 0}`: fault.KVInvalid, `{:operation :list-keys :limit 1001}`: fault.KVInvalid,
		`{:operation :increment :key "l"}`: fault.KVInvalid,
	} {
		b.fails(t, "kv", config, code, false)
	}
}
