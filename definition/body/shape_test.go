package body_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition/body"
	"github.com/weir-run/weir/definition/schema"
)

var shorthands = strings.NewReplacer(
	"GET", `(flow/step :http :get {:connection :api :response-as :edn})`,
	"KEPT", `(flow/step :http :kept {:connection :api :persist {:type :blob}})`,
	"NAP", `(flow/step :sleep :nap {:seconds 1})`,
	"KV", `(flow/step :kv :kv {:operation :get :key "k"})`,
	"ASK", `(flow/step :wait :ask {:key k})`,
	"TELL", `(flow/step :notify :tell {:template :notice})`,
	"CALL", `(flow/step :function :call {:ref :risky})`,
)

func TestResultsAreUsedInShapesThatTheyHave(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`(+ 1 GET)`:                                             "step :get gives a map, and + needs numbers",
		`(let [r GET] (inc r))`:                                 "step :get gives a map, and inc needs numbers",
		`(let [r GET] (-> r :body (+ 1)))`:                      "",
		`(< (:status GET) 300)`:                                 "",
		`(= "200" (:status GET))`:                               "the :status of step :get gives a number, which never equals text",
		`(= 200 (:status GET))`:                                 "",
		`(= :ok GET)`:                                           "step :get gives a map, which never equals a keyword",
		`(case (:status GET) "200" 1 2)`:                        "the :status of step :get gives a number, which never equals text",
		`(:statuss GET)`:                                        "step :get gives a map with :status, and this reads :statuss",
		`(let [{:keys [boddy]} GET] boddy)`:                     "step :get gives a map with :body, and this reads :boddy",
		`(let [r GET] (get r :headrs))`:                         "step :get gives a map with :headers, and this reads :headrs",
		`(let [r GET] [(:id r) (:state r) (r :items)])`:         "",
		`(let [[a b] GET] [a b])`:                               "step :get gives a map, which has no order to take it apart by",
		`(first KV)`:                                            "step :kv gives a map, which has no order for first",
		`(let [x KV] (second x))`:                               "step :kv gives a map, which has no order for second",
		`(first (:value KV))`:                                   "",
		`(:valu KV)`:                                            "step :kv gives a map without :valu: this is always nil",
		`(:created? KV)`:                                        "step :kv gives a map without :created?: this is always nil",
		`(get-in KV [:value :a :b])`:                            "",
		`(get-in KV [:val :a])`:                                 "step :kv gives a map without :val: this is always nil",
		`(:missing KV 1)`:                                       "",
		`(:body NAP)`:                                           "step :nap gives nil, which has no :body: this is always nil",
		`(let [x NAP] (x))`:                                     "step :nap gives nil, which can't be called",
		`(do NAP nil)`:                                          "",
		`(let [r KEPT] [(:uri r) (:status r)])`:                 "",
		`(let [r KEPT] (:items r))`:                             "step :kept gives a map without :items: this is always nil",
		`(let [r KEPT] (get-in r [:body :items]))`:              "step :kept gives a map without :body: this is always nil",
		`(let [{:keys [uri total]} KEPT] [uri total])`:          "step :kept gives a map without :total: this is always nil",
		`(let [[a] ASK] a)`:                                     "step :ask gives a map, which has no order to take it apart by",
		`(let [{:keys [action by note]} ASK] [action by note])`: "",
		`(= :approve ASK)`:                                      "step :ask gives a map, which never equals a keyword",
		`(:ok TELL)`:                                            "step :tell gives a map without :ok: this is always nil",
		`(:sent? TELL)`:                                         "",
		`(:anything CALL)`:                                      "",
		`(+ 1 CALL)`:                                            "",
		`(+ 1 (flow/uuid))`:                                     "flow/uuid gives text, and + needs numbers",
		`(- (flow/now-ms) 5)`:                                   "",
		`(:a (flow/parallel GET KV))`:                           "flow/parallel gives a vector, which has no :a: this is always nil",
		`(let [[a b] (flow/parallel GET KV)] [(:status a) (:value b)])`:  "",
		`(let [[a b] (flow/parallel GET KV)] [(:status a) (:status b)])`: "step :kv gives a map without :status: this is always nil",
		`(first (flow/input))`:                                                             "(flow/input) gives a map, which has no order for first",
		`(:ab (flow/poll {:interval 1} KV))`:                                               "step :kv gives a map without :ab: this is always nil",
		`(let [f (fn [r] (:statuss r))] (f GET))`:                                          "step :get gives a map with :status, and this reads :statuss",
		`(:x (flow/step :function :id {:input KV}))`:                                       "step :kv gives a map without :x: this is always nil",
		`(flow/step :function :f {:code "(fn [r] r)" :persist {:type :kv :key "k"}})`:      "",
		`(:a (flow/step :function :f {:code "(fn [r] r)" :persist {:type :kv :key "k"}}))`: "step :f gives a map without :a: this is always nil",
		`(:now-ms (flow/step :time :t))`:                                                   "",
		`(:ms (flow/step :time :t))`:                                                       "step :t gives a map without :ms: this is always nil",
		`(:a (flow/step :kv :x {:operation op :key "k"}))`:                                 "",
		`(:a (flow/step :kv :x config))`:                                                   "",
		`(let [r (if x KV GET)] [(+ 1 (:value r)) (:status r)])`:                           "",
		`(let [r (if x KV GET)] (+ 1 r))`:                                                  "",
		`(let [r (if x KV {:value 1})] (:other r))`:                                        "",
		`(let [r (if x KV (f))] (:other r))`:                                               "",
		`(let [r (if x KV)] (:other r))`:                                                   "step :kv gives a map without :other: this is always nil",
		`(let [r (try KV (catch Exception e nil))] (:other r))`:                            "step :kv gives a map without :other: this is always nil",
		`(let [r (try KV (catch Exception e (ex-data e)))] (:code r))`:                     "",
		`(let [f (fn [v] (if (map? v) (:n v) (+ v 1)))] (f KV))`:                           "",
		`(let [r KV] (cond (number? r) (+ r 1) :else 2))`:                                  "",
		`(let [r KV] (and (vector? r) (first r)))`:                                         "",
		`(let [r KV] (when (contains? r :x) (:x r)))`:                                      "",
		`(loop [x 0] (if (:status x) x (recur GET)))`:                                      "",
		`(loop [x nil n 0] (if x (:value x) (recur KV (inc n))))`:                          "",
		`(loop [x KV n 0] (if (< n 2) (recur (:value x) (inc n)) (+ x 1)))`:                "",
		`((fn [x] (if (seq x) (recur (:value x)) (+ x 1))) KV)`:                            "",
		`(reduce (fn [acc r] (+ acc (:value r))) 0 [KV KV])`:                               "",
		`(reduce + [KV 1])`:                                                                "",
		`(map :status [GET GET])`:                                                          "",
		`(for [r [KV]] (:vlue r))`:                                                         "step :kv gives a map without :vlue: this is always nil",
		`(doseq [[k v] KV] k v)`:                                                           "",
		`(let [r (assoc KV :extra 1)] (:extra r))`:                                         "",
		`(let [r (merge KV {:extra 1})] (:extra r))`:                                       "",
		`(let [r (update KV :value inc)] (+ 1 (:value r)))`:                                "",
		`(count GET)`:                     "",
		`(some-> GET :body :items first)`: "",
	} {
		r := &schema.Report{}
		body.TraceJSON(r, form(t, shorthands.Replace(text)), env(t))
		var got []string
		for _, d := range r.List.Sort() {
			require.Equal(t, "wrong-shape", d.Code, text)
			got = append(got, d.Message)
		}
		require.Equal(t, want, strings.Join(got, "\n"), text)
	}
}

func TestWrongShapesSayWhatToDo(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`(+ 1 GET)`:        "read a part of it: (:body ...) or (:status ...)",
		`(:valeu KV)`:      "did you mean :value?",
		`(:created? KV)`:   "read a part of it: (:value ...)",
		`(:items KEPT)`:    ":persist keeps the result in a store and gives a ref to it: read it by :load in a :function step, or leave :persist out",
		`(let [[a] KV])`:   "take it apart by {:keys [...]}",
		`(:ok TELL)`:       "it has :channels :errors :sent?",
		`(:statuss GET)`:   "did you mean :status?",
		`(:uro KEPT)`:      "did you mean :uri?",
		`(= :approve ASK)`: "read a part of it: (:action ...)",
	} {
		r := &schema.Report{}
		body.TraceJSON(r, form(t, shorthands.Replace(text)), env(t))
		require.Len(t, r.List, 1, text)
		require.Equal(t, want, r.List[0].Hint, text)
	}
}
