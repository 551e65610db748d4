package flowtest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/flowtest"
)

func TestAnswersStandForSteps(t *testing.T) {
	t.Parallel()
	passes(t, `(let [a (flow/step :http :get {:connection :api :path "/a"})
		b (flow/step :http :get {:connection :api :path "/b"})
		c (flow/step :http :get {:connection :api :path "/c"})
		d (try (flow/step :http :put {:connection :api :method :put :path "/d"}) (catch Exception e (ex-data e)))
		e (flow/step :function :kw {:input {:x 1}})]
		[(:n a) (:status a) (:n b) (:n c) (:code d) (:status d) (:attempts d) (:why (:data d)) (= :high e)])`,
		`{:tests [{:name "by occurrence, the last one repeats"
			:answers {:get [{:body {:n 1}} {:status 201 :body {:n 2}}]
				:put {:fail {:status 503 :attempts 2 :data {:why "tired"}}}
				:kw {:value :high}}
			:expect {:result [1 200 2 2 "http-status" 503 2 "tired" true]
				:requests [] :steps [:get :get :get {:step :put :state :failed :code "http-status" :attempts 2} {:step :kw :occurrence 1}]}}
			{:name "a failure that nobody catches"
			:answers {:get {:fail "egress-refused"}}
			:expect {:error "egress-refused"}}]}`)
}

func TestWaitsAreDecided(t *testing.T) {
	t.Parallel()
	const body = `(let [ask (fn [n] (flow/step :wait :ask {:key (str "k" n) :timeout "1h" :validation [:action] :on-timeout :continue :default-value {:action "late"}}))]
		(mapv (fn [n] (let [a (ask n)] (str (:action a) (:by a) (:note a)))) [1 2 3]))`
	passes(t, body, `{:tests [
		{:name "each occurrence" :waits {:ask [:approve :timeout {:action :reject :by "Bob" :value {:note "!"} :after "30m"}]}
		 :expect {:result ["approve" "late" "rejectBob!"] :took "1h30m1s"
			:path [{:step :ask :state :decided} {:state :timed-out} {:action :reject :by "Bob"}]}}
		{:name "one that is refused, then one that isn't" :waits {:ask [{:value {} :refused true} :approve]}
		 :expect {:result ["approve" "late" "late"] :took (fn [ms] (= ms 7202000))}}
		{:name "nobody" :expect {:result ["late" "late" "late"] :took "3h"}}
		{:name "cancelled meanwhile" :cancel-after "90m" :expect {:error "cancelled" :took "90m"}}]}`)
	require.Equal(t, []string{"invalid decision: the wait k1 needs :action [test-decision]"},
		fails(t, body, `{:name "x" :waits {:ask {:value {:by "me"}}} :expect {:result-has _}}`))
	require.Equal(t, []string{"the decision was taken, and the test says it is refused [test-decision]"},
		fails(t, body, `{:name "x" :waits {:ask {:action :approve :refused true}}}`))
}

func TestDecisionsComeAfterTheNotification(t *testing.T) {
	t.Parallel()
	passes(t, `(:action (flow/step :wait :ask {:key "k" :notify {:channels {:http {:connection :api :path "/tell" :json {:yes "{{approval-url}}"}}}}}))`,
		`{:tests [{:name "once" :stubs {:api {[:post "/tell"] [{:status 503} {:status 200}]}} :waits {:ask :approve}
			:expect {:result "approve" :notifications [{:path "/tell" :step :ask :body {:yes #"/waits/k/1/approve$"}} ...]}}]}`)
}

func TestApproversAndReminders(t *testing.T) {
	t.Parallel()
	const body = `(let [d (flow/step :wait :ask {:key "k" :timeout "4h" :approvers ["ann" "bob" "cid"] :quorum 2 :on-timeout :continue :default-value {:action "late"}
			:notify {:channels {:http {:connection :api :path "/tell" :json {:to "{{approver}}" :n "{{reminder}}" :yes "{{approval-url}}"}}}} :remind [{:after "1h"}]})]
		[(:action d) (mapv :approver (:votes d))])`
	const stubs = `:stubs {:api {[:post "/tell"] {:status 200}}}`
	passes(t, body, `{:tests [
		{:name "two of three, one reminded" `+stubs+`
		 :waits {:ask [{:action :approve :as "ann"} {:action :approve :as "ann" :refused true} {:action :approve :as "dan" :refused true} {:action :approve :as :cid :after "90m"}]}
		 :expect {:result ["approve" ["ann" "cid"]] :steps [:ask]
			:notifications #{{:body {:to "ann" :yes #"/ann/approve$"}} {:approver "bob" :body {:n ""}} {:approver "cid" :body {:n ""}} {:approver "bob" :reminder 1 :body {:n 1}} {:approver "cid" :reminder 1 :body {:n 1}}}}}
		{:name "an operator" `+stubs+` :waits {:ask [{:action :approve :as "ann"} :reject]} :expect {:result ["reject" []]}}
		{:name "nobody" `+stubs+` :expect {:result ["late" []] :took "4h"}}]}`)
	require.Equal(t, []string{"the wait k refused the decision of ann: already-counted [test-decision]"},
		fails(t, body, `{:name "x" `+stubs+` :waits {:ask [{:action :approve :as "ann"} {:action :approve :as "ann"}]} :expect {:result-has _}}`))
}

func TestKVAndItsClock(t *testing.T) {
	t.Parallel()
	passes(t, `(let [g (fn [] (:value (flow/step :kv :get {:operation :get :key "k"})))
		a (g)
		_ (flow/step :kv :set {:operation :set :key "k" :value {:v :new} :ttl 60})
		b (g)
		_ (flow/step :sleep :nap {:seconds 59})
		c (g)
		_ (flow/step :sleep :nap {:seconds 2})]
		[a b c (g)])`,
		`{:tests [{:name "empty" :expect {:result [nil {:v :new} {:v :new} nil] :kv {"k" nil} :took "61s"}}
			{:name "filled" :kv {"k" #{1} "other" 2} :expect {:result [[1] _ _ _] :kv {"other" 2}}}]}`)
	require.Equal(t, []string{
		`:kv k :a: expected :x, got "x" [test-mismatch]`, `:kv none: expected 1, and KV has no such key [test-mismatch]`,
	}, fails(t, `(flow/step :kv :set {:operation :set :key "k" :value {:a "x"}})`, `{:name "x" :expect {:kv {"k" {:a :x} "none" 1}}}`))
}

func TestNothingIsReachedOutside(t *testing.T) {
	t.Parallel()
	passes(t, `(flow/step :http :get {:url "https://example.com/"})`, `{:tests [{:name "a name" :expect {:error "egress-refused"}}]}`)
	passes(t, `(flow/step :http :get {:url "http://93.184.216.34/"})`, `{:tests [{:name "an address" :expect {:error "egress-refused"}}]}`)
	got := fails(t, `(flow/step :http :get {:connection :api :path "/x"})`, `{:name "no stubs" :expect {:result 1}}`)
	require.Contains(t, got[0], "http-status")
}

func TestTheClockIsTheTests(t *testing.T) {
	t.Parallel()
	passes(t, `[(flow/now) (:now (flow/step :time :t))]`,
		`{:defaults {:now #inst "1999-12-31T23:59:59Z"} :tests [
			{:name "old" :expect {:result [#inst "1999-12-31T23:59:59Z" "1999-12-31T23:59:59.000Z"]}}
			{:name "new" :now #inst "2150-01-01" :expect {:result [#inst "2150-01-01" _]}}]}`)
}

func TestRunsDoNotSeeEachOther(t *testing.T) {
	t.Parallel()
	var tests strings.Builder
	for i := range 60 {
		fmt.Fprintf(&tests, `{:name "%d" :kv {"k" %d} :stubs {:api {[:post "/n"] {:edn %d}}}
			:expect {:result [%d %d %d] :requests [{:body {:n %d}}] :kv {"k" %d}}}`, i, i, i, i+1, i, i, i, i+1)
	}
	passes(t, `(let [k (flow/step :kv :up {:operation :increment :key "k"})
		h (flow/step :http :send {:connection :api :method :post :path "/n" :json {:n (:previous k)}})
		b (flow/step :function :keep {:input {:n (:body h)} :persist {:type :blob}})
		l (flow/step :function :load {:input {:b b} :load [:b]})]
		[(:value k) (:body h) (:n (:b l))])`, `{:tests [`+tests.String()+`]}`)
}

func TestWhatDiffersIsTold(t *testing.T) {
	t.Parallel()
	const body = `(let [a (flow/step :function :one {:input {:n 1}})
		b ^{:label "Large?" :yes "L" :no "S"} (if (> (:n a) 5) (flow/step :function :two {}) :small)]
		{:a (:n a) :b b})`
	for test, want := range map[string][]string{
		`:result {:a 2 :b :small}`:                         {":result :a: expected 2, got 1"},
		`:result {:a 1}`:                                   {`:result :b: :b "small" is not expected`},
		`:result-has {:c 1}`:                               {":result-has :c: expected 1, and there is no :c"},
		`:error "x"`:                                       {`expected the run to fail, and its result is {:a 1, :b "small"}`},
		`:path [:one ["Large?" "L"]]`:                      {`:path 1 1: expected "L", got "S"`},
		`:steps [:one :two]`:                               {":steps 1: expected :two, and there are only 1 elements: [:one]"},
		`:decisions {"Large?" "L"}`:                        {`:decisions "Large?": expected "L", got "S"`},
		`:decisions {"Large?" nil}`:                        {`:decisions "Large?": expected nil, got "S"`},
		`:decisions {"Large?" ["S" "S"]}`:                  {`:decisions "Large?" 1: expected "S", and there are only 1 elements: ["S"]`},
		`:requests [{:slot :api}]`:                         {":requests 0: expected {:slot :api}, and there are only 0 elements: []"},
		`:took "1s"`:                                       {":took: expected 1s, got 0s"},
		`:result {:a 1 :b :small} :decisions {"Large?" _}`: nil,
	} {
		var full []string
		for _, w := range want {
			full = append(full, w+" [test-mismatch]")
		}
		if strings.HasPrefix(test, ":error") {
			full = []string{want[0] + " [test-run]"}
		}
		require.Equal(t, full, fails(t, body, `{:name "x" :expect {`+test+`}}`), test)
	}
	got := fails(t, `(throw (ex-info "broken" {}))`, `{:name "x" :expect {:result 1}}`)
	require.Len(t, got, 1)
	require.Contains(t, got[0], "the run failed: broken")
	require.Contains(t, got[0], "f.edn:3:8")
	got = fails(t, `(throw (ex-info "broken" {:why 1}))`, `{:name "x" :expect {:error {:message "broken" :data {:why 2}}}}`)
	require.Equal(t, []string{":error :data :why: expected 2, got 1 [test-mismatch]"}, got)
}

func TestATestHasItsTime(t *testing.T) {
	t.Parallel()
	suites, problems := load(t, `(loop [] (flow/step :sleep :nap {:millis 1}) (recur))`, `{:tests [{:name "endless"}]}`)
	require.NoError(t, problems.Err())
	results, err := flowtest.Run(t.Context(), suites, flowtest.Options{Limit: 300 * time.Millisecond})
	require.NoError(t, err)
	require.Len(t, results[0].Failures, 1)
	require.Equal(t, "the run could not be run: the run is stuck: it went on for 300ms of real time", results[0].Failures[0].Message)

	require.Contains(t, fails(t, `(loop [n 0] (recur (inc n)))`, `{:name "busy"}`)[0], "[work-limit]")
}

func TestOtherFlowsAreNotThere(t *testing.T) {
	t.Parallel()
	passes(t, `(try (flow/call-flow :other {:a 1}) (catch Exception e (:code (ex-data e))))`, `{:tests [{:name "x" :expect {:result "unknown-flow"}}]}`)
}
