package body_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition/body"
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/syntax"
)

const risky = `(fn [r] {:high? (= :high (:level r)) :level (:level r)})`

// form reads one form.
func form(t *testing.T, text string) *syntax.Node {
	t.Helper()
	return formOf(t, "body.edn", text)
}

func formOf(t *testing.T, file, text string) *syntax.Node {
	t.Helper()
	forms, problems := syntax.Read(file, []byte(text))
	require.Empty(t, problems)
	require.Len(t, forms, 1)
	return forms[0]
}

func env(t *testing.T) body.Env {
	return body.Env{
		Inputs: []string{"in"},
		Slots:  map[string]string{"api": "http-api", "key": "secret", "db": "database"},
		Templates: map[string]body.Template{
			"query":  {Type: "db-query"},
			"prompt": {Type: "llm-prompt", Body: form(t, `{:id :prompt :system "{{a}}" :prompt "{{b}}"}`)},
			"fetch":  {Type: "http-request", Body: form(t, `{:path "/x" :connection :api}`)},
			"bare":   {Type: "http-request", Body: form(t, `{:path "/x"}`)},
			"named":  {Type: "http-request", Body: form(t, `{:path "/{{a}}" :connection :api :query {:q "{{#each b}}{{c}}{{/each}}"}}`)},
			"edn":    {Type: "http-request", Body: form(t, `{:connection :api :response-as :edn}`)},
			"notice": {Type: "notification"},
		},
		Functions: map[string]*syntax.Node{
			"risky": formOf(t, "risky.edn", risky),
			"plain": form(t, `(fn [r] (:level r))`),
			"id":    form(t, `(fn [{:keys [risk]}] risk)`),
		},
	}
}

// short is a list of problems as line:col code, a W before warnings.
func short(list diagnostic.List) []string {
	out := []string{}
	for _, d := range list.Sort() {
		severity := ""
		if d.Severity == diagnostic.Warning {
			severity = "W "
		}
		out = append(out, fmt.Sprintf("%s%d:%d %s", severity, d.Pos.Line, d.Pos.Col, d.Code))
	}
	return out
}

func TestStepsAreFoundWhereverTheyStand(t *testing.T) {
	t.Parallel()
	sites := body.Sites(form(t, `
		(let [f (fn [id] (flow/step :http id {:url "x"}))
		      {:keys [a] :or {a (flow/step :time :default {})}} {}]
		  (flow/step :time :one)
		  '(flow/step :time :quoted {})
		  (doseq [x [1 2]] (flow/step :kv :many {}))
		  (->> {:operation :get} (flow/step :kv :threaded))
		  (cond-> {} a (assoc :x (flow/step :time :inside {})))
		  (f :two))`))
	var found []string
	for _, s := range sites {
		found = append(found, fmt.Sprintf("%s/%s %v", s.Type, s.ID, s.Repeats()))
	}
	require.Equal(t, []string{"http/ true", "time/default false", "time/one false", "kv/many true", "kv/threaded false", "time/inside false"}, found)
}

func TestInspectChecksConfigurations(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		`(flow/step :http :a {:connection :api :path "/x" :method :get})`: {},
		`(flow/step :htp :a {})`:                                 {"1:12 unknown-step-type"},
		`(flow/step "http" :a {})`:                               {"1:12 wrong-type"},
		`(flow/step :fanout :a {})`:                              {"1:23 missing-field"},
		`(flow/step :fanout :a)`:                                 {"1:1 missing-field"},
		`(flow/step :fanout :a {:items [1 x] :do f})`:            {},
		`(flow/step :fanout :a {:items [1 x]})`:                  {"1:32 missing-field"},
		`(flow/step :fanout :a {:items xs :max-concurrency 51})`: {"1:51 out-of-range"},
		`(flow/step :fanout :a {:items xs :on-error :skip})`:     {"1:44 unknown-value"},
		`(flow/step :fanout :a {:items xs :retry {}})`:           {"W 1:34 unknown-field"},
		`(flow/step :fanout :a {:items [{:type :call-flow :flow-slug :b :input {} :version 2 :timeout 5}]})`: {},
		`(flow/step :fanout :a {:items [{:type :call :flow-slug "a b"}]})`:                                   {"1:39 unknown-value", "1:56 bad-slug"},
		`(flow/step :my/unknown {})`:                                                                         {"1:12 unknown-step-type"},
		`(flow/step t :a {:any 1})`:                                                                          {},
		`(flow/step :http :a {:connection :apu})`:                                                            {"1:34 unknown-slot"},
		`(flow/step :http :a {:connection :key})`:                                                            {"1:34 wrong-slot-type"},
		`(flow/step :http :a {})`:                                                                            {"1:21 missing-field"},
		`(flow/step :http :a)`:                                                                               {"1:1 missing-field"},
		`(flow/step :http :a {:template :fetch})`:                                                            {},
		`(flow/step :http :a {:template :bare})`:                                                             {"1:21 missing-field"},
		`(flow/step :http :a {:template :fetsch})`:                                                           {"1:32 unknown-template"},
		`(flow/step :http :a {:template :notice :url "http://x"})`:                                           {"1:32 wrong-template-type"},
		`(flow/step :http :a {:url "http://x" :methd :get})`:                                                 {"W 1:38 unknown-field"},
		`(flow/step :http :a {:url "http://x" :method :gett})`:                                               {"1:46 unknown-value"},
		`(flow/step :http :a {:url "http://x" :method m :json (f)})`:                                         {},
		`(flow/step :http :a {:url "http://x" :retry 3})`:                                                    {"1:45 wrong-type"},
		`(flow/step :http :a {:url "http://x" :retry {:max-attempts 0 :backof-ms 3 :multiplier 0.5}})`:       {"1:60 wrong-type", "W 1:62 unknown-field", "1:87 out-of-range"},
		`(flow/step :http :a {:url "http://x" :timeout "soon"})`:                                             {"1:47 wrong-type"},
		`(flow/step :http :a {:url "http://x" :persist {:type :kv :key "a b" :ttl 31536001}})`:               {"1:63 bad-key", "1:74 out-of-range"},
		`(flow/step :http :a [1])`:                                                                           {"1:21 wrong-type"},
		`(flow/step :http :a (merge m {}))`:                                                                  {},
		`(flow/step :http 7 {:url "x"})`:                                                                     {"1:18 wrong-type"},
		`(flow/step :function :a {:ref :riski})`:                                                             {"1:31 unknown-function"},
		`(flow/step :function :a {:ref :risky :code "(fn [x] x)"})`:                                          {"1:44 contradiction"},
		`(flow/step :function :a {:input {:a 1}})`:                                                           {},
		`(flow/step :wait :a {:timeout "31d"})`:                                                              {"1:21 missing-field", "1:31 out-of-range"},
		`(flow/step :wait :a {:key k :timeout "soon" :on-timeout :continue})`:                                {"1:38 bad-duration", "W 1:57 missing-default"},
		`(flow/step :wait :a {:key k :default-value 1})`:                                                     {"W 1:44 unused-field"},
		`(flow/step :wait :a {:key k :notify {:template :fetch}})`:                                           {"1:48 wrong-template-type"},
		`(flow/step :wait :a {:key k :notify {:data {}}})`:                                                   {"1:37 missing-field"},
		`(flow/step :wait :a {:key k :quorum 2})`:                                                            {"1:37 missing-field"},
		`(flow/step :wait :a {:key k :approvers ["a" "b"] :quorum 3})`:                                       {"W 1:40 missing-field", "1:58 out-of-range"},
		`(flow/step :wait :a {:key k :approvers ["a" :b "a" 7 "" x] :quorum 2 :notify {:template :notice}})`: {"1:48 duplicate-approver", "1:52 wrong-type", "1:54 wrong-type"},
		`(flow/step :wait :a {:key k :approvers [] :notify {:template :notice}})`:                            {"1:40 out-of-range"},
		`(flow/step :wait :a {:key k :approvers (people) :quorum n :notify {:template :notice}})`:            {},
		`(flow/step :wait :a {:key k :quorum 0 :approvers "ann" :notify {:template :notice}})`:               {"1:37 wrong-type", "1:50 wrong-type"},
		`(flow/step :wait :a {:key k :remind [{:after "1h"}]})`:                                              {"1:38 missing-field"},
		`(flow/step :wait :a {:key k :notify {:template :notice} :timeout "2h" :remind [{:after "1h"} {:after "2h"} {:afterr "1h"} "1h" x]})`:    {"1:102 out-of-range", "1:108 missing-field", "W 1:109 unknown-field", "1:123 wrong-type"},
		`(flow/step :wait :a {:key k :remind [{:after "24h" :notify {:template :notice}} {:after "23h" :notify {:template :notize}}]})`:          {"1:46 out-of-range", "1:114 unknown-template"},
		`(flow/step :wait :a {:key k :approvers as :notify {:template :notice} :remind (mine)})`:                                                 {},
		`(doseq [x xs] (flow/step :wait :a {:key "same"}))`:                                                                                      {"W 1:41 shared-wait-key"},
		`(flow/step :notify :a {:channels {:email {}}})`:                                                                                         {"1:35 unknown-channel"},
		`(flow/step :notify :a {:channels {:http {:path "/x"}}})`:                                                                                {"1:41 missing-field"},
		`(flow/step :kv :a {:operation :set :key "k"})`:                                                                                          {"1:19 missing-field"},
		`(flow/step :kv :a {:operation :sett :key "k"})`:                                                                                         {"1:31 unknown-value"},
		`(flow/step :kv :a {:operation :append :key "k"})`:                                                                                       {"1:19 missing-field"},
		`(flow/step :kv :a {:operation :list-keys :limit 1001})`:                                                                                 {"1:49 out-of-range"},
		`(flow/step :blob :a {:operation :read :ref r :as :text})`:                                                                               {},
		`(flow/step :blob :a {:operation :url :ref r :expires "8d"})`:                                                                            {"1:54 out-of-range"},
		`(flow/step :blob :a {:operation :delete :ref r :as :text})`:                                                                             {"W 1:52 unused-field"},
		`(flow/step :blob :a {:operation :erase :ref r})`:                                                                                        {"1:33 unknown-value"},
		`(flow/step :blob :a {:operation :read})`:                                                                                                {"1:21 missing-field"},
		`(flow/step :llm :a {:connection :api :model "m" :prompt p :schema {:type "object"} :max-tokens 128000})`:                                {},
		`(flow/step :llm :a {:connection :api :model "m" :template :prompt :data {:a 1}})`:                                                       {"W 1:59 unsupplied-variable"},
		`(flow/step :llm :a {:connection :api :model "m" :template :prompt :data {:a 1 :b 2}})`:                                                  {},
		`(flow/step :llm :a {:connection :api :prompt p})`:                                                                                       {"1:20 missing-field"},
		`(flow/step :llm :a {:connection :db :model "m" :prompt p})`:                                                                             {"1:33 wrong-slot-type"},
		`(flow/step :llm :a {:connection :api :model "m"})`:                                                                                      {"1:20 missing-field"},
		`(flow/step :llm :a {:connection :api :model "m" :prompt p :messages [] :api :other :max-tokens 128001})`:                                {"1:69 contradiction", "1:77 unknown-value", "1:96 out-of-range"},
		`(flow/step :llm :a {:connection :api :model "m" :prompt p :stream true})`:                                                               {"1:67 missing-field"},
		`(flow/step :llm :a {:connection :api :model "m" :prompt p :stream true :schema {} :persist {:type :blob}})`:                             {"1:67 contradiction"},
		`(flow/step :db :a {:connection :db :sql "select 1" :params [x]})`:                                                                       {},
		`(flow/step :db :a {:connection :db :template :query :params {:a 1}})`:                                                                   {},
		`(flow/step :db :a {:connection :db :statements [{:sql "select 1"} {:template :query}]})`:                                                {},
		`(flow/step :db :a {:connection :db :sql (str "select " x)})`:                                                                            {"1:41 computed-sql"},
		`(flow/step :db :a {:connection :db :statements [{:sql s} {:params 1} 3]})`:                                                              {"1:55 computed-sql", "1:58 missing-field", "1:70 wrong-type"},
		`(flow/step :db :a {:connection :api :sql "x"})`:                                                                                         {"1:32 wrong-slot-type"},
		`(flow/step :db :a {:connection :dbb :sql "x"})`:                                                                                         {"1:32 unknown-slot"},
		`(flow/step :db :a {:connection :db})`:                                                                                                   {"1:19 missing-field"},
		`(flow/step :db :a {:connection :db :sql "x" :template :query})`:                                                                         {"1:55 contradiction"},
		`(flow/step :db :a {:connection :db :template :named})`:                                                                                  {"1:46 wrong-template-type"},
		`(flow/step :db :a {:connection :db :sql "x" :read-only true :once true})`:                                                               {"1:67 contradiction"},
		`(flow/step :db :a {:connection :db :statements [] :max-rows 10001 :sql "x"})`:                                                           {"1:48 out-of-range", "1:61 out-of-range", "1:72 contradiction"},
		`(flow/step :http :a {:connection :db :path "/"})`:                                                                                       {"1:34 wrong-slot-type"},
		`(flow/step :sleep :a {:duration "8d"})`:                                                                                                 {"1:33 out-of-range"},
		`(flow/step :sleep :a {:seconds 1 :millis 1})`:                                                                                           {"1:42 contradiction"},
		`(flow/step :sleep :a {})`:                                                                                                               {"1:22 missing-field"},
		`(flow/step :time :a {})`:                                                                                                                {},
		`(flow/poll {:timeout "2h" :max-attempts 101 :evry 3} (flow/step :time :a {}))`:                                                          {"1:22 out-of-range", "1:41 out-of-range", "W 1:45 unknown-field"},
		`(flow/step :wait :a {:key k :webhook {:path "x"}})`:                                                                                     {"1:38 step-not-available"},
		`(flow/step :sleep :a {:seconds 1 :retry {}})`:                                                                                           {"W 1:34 unknown-field"},
		`(flow/step :http :a {:template :named :data {:a 1}})`:                                                                                   {"W 1:32 unsupplied-variable"},
		`(flow/step :http :a {:template :named :data {:a 1 :b 2}})`:                                                                              {},
		`(flow/step :http :a {:template :named :data d})`:                                                                                        {},
		`(flow/step :wait :a {:key k :notify {:channels {:http {:url "http://x" :body "{{in}} {{approval-url}} {{x}}"}} :data {:y 1}}})`:         {"W 1:78 unsupplied-variable"},
		`(flow/step :wait :a {:key k :notify {:channels {:http {:url "http://x" :body "{{approver}} {{reminder}}"}}}})`:                          {"W 1:78 unsupplied-variable", "W 1:78 unsupplied-variable"},
		`(flow/step :wait :a {:key k :approvers as :remind rs :notify {:channels {:http {:url "http://x" :body "{{approver}} {{reminder}}"}}}})`: {},
		`(flow/step :notify :a {:channels {:http {:url "http://x" :json [{:t "{{#if x}}{{y.z}}{{/if}}"}]}} :data {:x 1}})`:                       {"W 1:69 unsupplied-variable"},
		`(flow/step :notify :a {:channels {:http {:url "http://x" :body "{{in}}"}} :data {}})`:                                                   {"W 1:64 unsupplied-variable"},
		`(loop [] (flow/step :time :a) (recur))`:                                                                                                 {"W 1:2 endless-loop"},
		`(while true (flow/step :time :a))`:                                                                                                      {"W 1:2 endless-loop"},
		`(loop [x 1] (let [y (flow/step :time :a)] (cond y (recur 1) :else (recur 2))))`:                                                         {"W 1:2 endless-loop"},
		`(loop [x 1] (recur 2))`:                                                    {},
		`(flow/call-flow :other {})`:                                                {},
		`(flow/call-flow :other 5)`:                                                 {"1:24 wrong-type"},
		`(flow/call-flow 5 {})`:                                                     {"1:17 wrong-type"},
		`(flow/call-flow {:flow-slug :b :inputs {} :timeout "31d"})`:                {"W 1:32 unknown-field", "1:52 out-of-range"},
		`(flow/call-flow {:input {}})`:                                              {"1:17 missing-field"},
		`(do (flow/step :time :a {}) (flow/step :time :a {}))`:                      {"W 1:46 duplicate-step"},
		`(if x (flow/step :time :a {}) (flow/step :time :a {}))`:                    {},
		`(dotimes [i 2] (flow/step :time :a {}) (flow/step :time :a {}))`:           {},
		`(try (flow/step :time :a {}) (catch Exception e (flow/step :time :a {})))`: {"W 1:66 duplicate-step"},
	} {
		r := &schema.Report{}
		body.Inspect(r, form(t, text), env(t))
		require.Equal(t, want, short(r.List), text)
	}
}

func TestTraceJSONFollowsValues(t *testing.T) {
	t.Parallel()
	const get = `(flow/step :http :get {:connection :api})`
	for text, flagged := range map[string][]string{
		`(= :high (:level GET))`:                                                        {`(= :high (:level GET))`},
		`(let [r GET] (= (:status r) 200))`:                                             nil,
		`(let [r GET] (= nil (:status r)))`:                                             nil,
		`(let [r GET] (= :x (-> r :body :status)))`:                                     {`(= :x (-> r :body :status))`},
		`(let [{:keys [level]} GET] (= level :high))`:                                   {`(= level :high)`},
		`(let [{{[l & more] :levels} :body} GET] (= (first more) :high))`:               {`(= (first more) :high)`},
		`(let [r GET] (= :high (keyword (:level r))))`:                                  nil,
		`(let [r GET] (= "high" (:level r)))`:                                           nil,
		`(let [r GET] (case (:level r) :high 1 (:low :mid) 2 "high" 3 0))`:              {`:high`, `:low`, `:mid`},
		`(let [r GET] (condp = (:level r) :high 1 2))`:                                  {`:high`},
		`(let [r GET] (#{:high :critical} (get r :level)))`:                             {`(#{:high :critical} (get r :level))`},
		`(let [r GET] (contains? #{:high} (get-in r [:body :level])))`:                  {`(contains? #{:high} (get-in r [:body :level]))`},
		`(let [r GET] (filter #(= :high (:level %)) (:items r)))`:                       {`(= :high (:level %))`},
		`(let [r GET] (for [i (:items r) :let [l (:level i)]] (= l :high)))`:            {`(= l :high)`},
		`(let [r GET high? (fn [x] (= :high x))] (high? (:level r)))`:                   {`(= :high x)`},
		`(let [r GET want :high] (if (:ok r) (= want (or (:level r) "low"))))`:          {`(= want (or (:level r) "low"))`},
		`(let [r (assoc GET :kind :order)] (= :order (:kind r)))`:                       nil,
		`(let [r (merge GET {:kind :order})] [(= :order (:kind r)) (= :x (:other r))])`: {`(= :x (:other r))`},
		`(loop [r nil] (if (= :done (:state r)) r (recur GET)))`:                        {`(= :done (:state r))`},
		`(flow/step :function :f {:ref :risky :input GET})`:                             {`(= :high (:level r))`},
		`(= :low (:level (flow/step :function :f {:ref :risky :input GET})))`:           {`(= :low (:level (flow/step :function :f {:ref :risky :input GET})))`, `(= :high (:level r))`},
		`(= :a (:b (flow/step :function :f {:ref :id :input {:risk GET}})))`:            {`(= :a (:b (flow/step :function :f {:ref :id :input {:risk GET}})))`},
		`(= :a (flow/step :function :f {:ref :plain :input {:level :a}}))`:              nil,
		`(= :a (:b (flow/step :function :f {:input GET})))`:                             {`(= :a (:b (flow/step :function :f {:input GET})))`},
		`(= :a (:type (flow/step :http :g {:connection :api :persist {:type :blob}})))`: nil,
		`(= :a (:b (flow/step :http :g {:connection :api :response-as :edn})))`:         nil,
		`(= :a (:b (flow/step :http :g {:connection :api :response-as :text})))`:        nil,
		`(= :a (:b (flow/step :http :g {:connection :api :accept "application/edn"})))`: nil,
		`(= :a (:b (flow/step :http :g {:template :edn})))`:                             nil,
		`(= :approve (:action (flow/step :wait :w {:key k})))`:                          {`(= :approve (:action (flow/step :wait :w {:key k})))`},
		`(= :approve (keyword (:action (flow/step :wait :w {:key k}))))`:                nil,
		`(= :express (:shipping (flow/input)))`:                                         {`(= :express (:shipping (flow/input)))`},
		`(= :a (:value (flow/step :kv :k {:operation :get :key "k"})))`:                 nil,
		`(letfn [(f [x] (f x))] (f GET))`:                                               nil,
		`(try (= :a (:b GET)) (catch Exception e (= :a (:b (ex-data e)))))`:             {`(= :a (:b GET))`},
		`(some-> GET :level (= :high))`:                                                 {`(= :high)`},
		`(some #{:a} (:tags GET))`:                                                      {`(some #{:a} (:tags GET))`},
		`(let [= (fn [a b] 1)] (= :a (:b GET)))`:                                        nil,
	} {
		text = strings.ReplaceAll(text, "GET", get)
		for i := range flagged {
			flagged[i] = strings.ReplaceAll(flagged[i], "GET", get)
		}
		r := &schema.Report{}
		body.TraceJSON(r, form(t, text), env(t))
		var found []string
		for _, d := range r.List {
			require.Equal(t, "json-keyword", d.Code, "%s: %s", text, d.Message)
			source := text
			if d.Pos.File == "risky.edn" {
				source = risky
			}
			found = append(found, source[d.Pos.Col-1:d.End.Col-1])
		}
		require.ElementsMatch(t, flagged, found, text)
	}
}

func TestTraceJSONSaysWhatToDo(t *testing.T) {
	t.Parallel()
	r := &schema.Report{}
	body.TraceJSON(r, form(t, `(= :high (:level (flow/step :http :get {:connection :api})))`), env(t))
	require.Equal(t, diagnostic.List{{
		Severity: diagnostic.Warning, Pos: r.List[0].Pos, End: r.List[0].End, Code: "json-keyword",
		Message: "the keyword :high is compared with a value that comes from JSON (step :get)",
		Hint:    `JSON has no keywords: compare with "high" or use (keyword ...); if the API answers EDN, say so: :response-as :edn`,
	}}, r.List)
}

func TestPortableReportsWhatTheOriginalDenies(t *testing.T) {
	t.Parallel()
	r := &schema.Report{}
	body.Portable(r, form(t, `(let [map inc] (-> 1 inc) (map 1) (->> [1] (filter odd?)) (clojure.core/reduce + [1]) (as-> 1 x x) '(mapv))`))
	require.Equal(t, []string{"1:36 not-portable", "1:45 not-portable", "1:60 not-portable", "1:88 not-portable"}, short(r.List))
}

// TestWaitsAtTheirLimits goes to the last approver, name and reminder that are allowed, and one past each.
func TestWaitsAtTheirLimits(t *testing.T) {
	t.Parallel()
	names := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "%q ", fmt.Sprint("a", i))
		}
		return b.String()
	}
	const wait = `(flow/step :wait :a {:key k :notify {:template :notice} :approvers [%s] :remind [%s]})`
	long := strings.Repeat("x", body.MaxApprover)
	for text, want := range map[string]string{
		fmt.Sprintf(wait, names(body.MaxApprovers), ""):                           "",
		fmt.Sprintf(wait, names(body.MaxApprovers+1), ""):                         "out-of-range",
		fmt.Sprintf(wait, `"`+long+`"`, ""):                                       "",
		fmt.Sprintf(wait, `"x`+long+`"`, ""):                                      "wrong-type",
		fmt.Sprintf(wait, "x", strings.Repeat(`{:after 1}`, body.MaxReminders)):   "",
		fmt.Sprintf(wait, "x", strings.Repeat(`{:after 1}`, body.MaxReminders+1)): "too-many",
		fmt.Sprintf(wait, "x", `{:after "23h59m59s"}`):                            "",
		fmt.Sprintf(wait, "x", `{:after "24h"}`):                                  "out-of-range",
	} {
		r := &schema.Report{}
		body.Inspect(r, form(t, text), env(t))
		codes := []string{}
		for _, d := range r.List {
			codes = append(codes, d.Code)
		}
		if want == "" {
			require.Empty(t, codes, "%.200s", text)
		} else {
			require.Equal(t, []string{want}, codes, "%.200s", text)
		}
	}
}
