package body_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition/body"
	"github.com/weir-run/weir/definition/schema"
)

// found are the warnings of some codes that Inspect has for a body.
func found(t *testing.T, text string, codes ...string) []string {
	t.Helper()
	r := &schema.Report{}
	body.Inspect(r, form(t, text), env(t))
	out := []string{}
	for _, d := range r.List {
		for _, code := range codes {
			if d.Code == code {
				out = append(out, text[d.Pos.Col-1:d.End.Col-1]+" "+d.Code)
			}
		}
	}
	return out
}

func TestLoopsOfStepsEnd(t *testing.T) {
	t.Parallel()
	const step = `(flow/step :http :get {:connection :api})`
	for text, want := range map[string]string{
		// Endless: nothing but a failure ends them.
		`(loop [] ` + step + ` (recur))`:                                               "loop endless-loop",
		`(while true ` + step + `)`:                                                    "while endless-loop",
		`(letfn [(go [] ` + step + ` (go))] (go))`:                                     "go endless-loop",
		`((fn go [n] (let [r ` + step + `] (go (inc n)))) 1)`:                          "go endless-loop",
		`(letfn [(go [n] (if n (do ` + step + ` (go n)) (go 1)))] (go 1))`:             "go endless-loop",
		`(letfn [(a [] ` + step + ` (b)) (b [] (a))] (a))`:                             "a endless-loop",
		`(letfn [(a [n] ` + step + ` (b n)) (b [n] (if (pos? n) (a (dec n))))] (a 1))`: "",
		`(letfn [(go [n] 1 (go n))] (go 1))`:                                           "",

		// Unbounded: they do the same until the outside changes.
		`(loop [] (let [r ` + step + `] (if (:done r) r (recur))))`:                                       "loop unbounded-loop",
		`(loop [n 1] (if (:done ` + step + `) n (recur (inc n))))`:                                        "loop unbounded-loop",
		`(loop [n 1] (let [r ` + step + ` ok (:ok r)] (cond ok r :else (recur (inc n)))))`:                "loop unbounded-loop",
		`(while (not (:done ` + step + `)) 1)`:                                                            "while unbounded-loop",
		`(letfn [(go [] (let [r ` + step + `] (if (:done r) r (go))))] (go))`:                             "go unbounded-loop",
		`(loop [] (when-not (:done ` + step + `) (flow/step :kv :k {:operation :get :key "k"}) (recur)))`: "loop unbounded-loop",

		// Bounded by a count, the data, a pause, or what they change themselves.
		`(loop [n 1] (let [r ` + step + `] (if (or (:done r) (= n 10)) r (recur (inc n)))))`:                                             "",
		`(loop [n 1] (if (or (:done ` + step + `) (= n 10)) n (recur (inc n))))`:                                                         "",
		`(loop [xs [1 2]] (when (seq xs) ` + step + ` (recur (rest xs))))`:                                                               "",
		`(loop [xs [1 2]] (when-let [x (first xs)] ` + step + ` (recur (rest xs))))`:                                                     "",
		`(loop [cursor nil] (let [r (flow/step :http :page {:connection :api :query {:c cursor}})] (if-let [c (:next r)] (recur c) r)))`: "",
		`(loop [page 1] (let [r (flow/step :http :page {:connection :api :query {:page page}})] (when (:more r) (recur (inc page)))))`:   "",
		`(loop [all []] (let [r ` + step + `] (if (:item r) (recur (conj all (:item r))) all)))`:                                         "",
		`(loop [] (let [r ` + step + `] (when-not (:done r) (flow/step :sleep :nap {:seconds 5}) (recur))))`:                             "",
		`(loop [] (let [r (flow/step :wait :ask {:key (str (flow/uuid))})] (when-not (:done r) (recur))))`:                               "",
		`(loop [] (let [r (flow/step :kv :n {:operation :increment :key "k"})] (when (< (:value r) 9) (recur))))`:                        "",
		`(let [n (atom 0)] (while (< @n 5) ` + step + ` (swap! n inc)))`:                                                                 "",
		`(let [since (flow/now-ms)] (loop [] (if (flow/elapsed? since "5m") nil (do ` + step + ` (recur)))))`:                            "",
		`(letfn [(go [n] (when (pos? n) ` + step + ` (go (dec n))))] (go 3))`:                                                            "",
		`(doseq [x [1 2]] ` + step + `)`:              "",
		`(loop [n 1] (if (< n 3) (recur (inc n)) n))`: "",
		`(loop [] (recur))`:                           "",
	} {
		got := found(t, text, "endless-loop", "unbounded-loop")
		if want == "" {
			require.Empty(t, got, text)
			continue
		}
		require.Equal(t, []string{want}, got, text)
	}
}

func TestKeysOfWaitsDiffer(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`(flow/step :wait :a {:key "k"})`:                                                                            "",
		`(do (flow/step :wait :a {:key "k"}) (flow/step :wait :b {:key :k}))`:                                        ":k",
		`(do (flow/step :wait :a {:key "k"}) (flow/step :wait :b {:key "l"}))`:                                       "",
		`(if x (flow/step :wait :a {:key "k"}) (flow/step :wait :b {:key "k"}))`:                                     "",
		`(do (flow/step :wait :a {:key (str "k" id)}) (flow/step :wait :b {:key (str "k" id)}))`:                     `(str "k" id)`,
		`(do (flow/step :wait :a {:key (str (flow/uuid))}) (flow/step :wait :b {:key (str (flow/uuid))}))`:           "",
		`(do ((fn [id] (flow/step :wait :a {:key (str id)})) 1) ((fn [id] (flow/step :wait :b {:key (str id)})) 2))`: "",
		`(doseq [x [1 2]] (flow/step :wait :a {:key "k"}))`:                                                          `"k"`,
		`(doseq [x [1 2]] (flow/step :wait :a {:key (str "k" id)}))`:                                                 `(str "k" id)`,
		`(doseq [x [1 2]] (flow/step :wait :a {:key (str "k" x)}))`:                                                  "",
		`(doseq [x [1 2] :let [k (str x)]] (flow/step :wait :a {:key k}))`:                                           "",
		`(loop [n 1] (flow/step :wait :a {:key (str n)}) (recur (inc n)))`:                                           "",
		`(loop [n 1] (flow/step :wait :a {:key (str id)}) (recur (inc n)))`:                                          `(str id)`,
		`(dotimes [i 3] (flow/step :wait :a {:key (str "k" i)}))`:                                                    "",
		`(while x (flow/step :wait :a {:key k}))`:                                                                    "k",
		`(let [f (fn [id] (flow/step :wait :a {:key (str id)}))] (f 1))`:                                             "",
		`(let [f (fn [] (flow/step :wait :a {:key (str id)}))] (f))`:                                                 "",
		`(flow/step :wait :a {:key "k" :event {:name "paid"}})`:                                                      `"k"`,
		`(flow/step :wait :a {:key (str "paid:" id) :event {:name "paid"}})`:                                         "",
		`(flow/step :wait :a {:key :k :webhook {:path "paid"}})`:                                                     ":k",
	} {
		got := found(t, text, "shared-wait-key")
		if want == "" {
			require.Empty(t, got, text)
			continue
		}
		require.Equal(t, []string{want + " shared-wait-key"}, got, text)
	}
}
