package body_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition/body"
	"github.com/weir-run/weir/definition/schema"
)

func TestWhatLocalsNameIsChecked(t *testing.T) {
	t.Parallel()
	const notice = `{:channels {:http {:url "http://x" :body "{{a}} {{b}}"}} :data `
	for text, want := range map[string][]string{
		`(let [c :apu] (flow/step :http :a {:connection c}))`:                                             {"1:48 unknown-slot"},
		`(let [c :api] (flow/step :http :a {:connection c}))`:                                             {},
		`(let [c (f)] (flow/step :http :a {:connection c}))`:                                              {},
		`(let [c (if x :apu (f))] (flow/step :http :a {:connection c}))`:                                  {},
		`(let [get (fn [c] (flow/step :http :a {:connection c}))] [(get :api) (get :apu)])`:               {"1:52 unknown-slot"},
		`(let [r :riski] (flow/step :function :a {:ref r}))`:                                              {"1:47 unknown-function"},
		`(let [t :fetsch] (flow/step :http :a {:template t}))`:                                            {"1:49 unknown-template"},
		`(let [t :notice] (flow/step :http :a {:template t :url "http://x"}))`:                            {"1:49 wrong-template-type"},
		`(let [t :named] (flow/step :http :a {:template t :data {:a 1}}))`:                                {"W 1:48 unsupplied-variable"},
		`(let [d {:a 1}] (flow/step :http :a {:template :named :data d}))`:                                {"W 1:48 unsupplied-variable"},
		`(let [d (assoc {:a 1} :b 2)] (flow/step :http :a {:template :named :data d}))`:                   {},
		`(let [d (assoc {:a 1} :c 2)] (flow/step :http :a {:template :named :data d}))`:                   {"W 1:61 unsupplied-variable"},
		`(let [d (merge {:a 1} {:c 2})] (flow/step :http :a {:template :named :data d}))`:                 {"W 1:63 unsupplied-variable"},
		`(let [d (merge {:a 1} other)] (flow/step :http :a {:template :named :data d}))`:                  {},
		`(let [d (assoc {:a 1} k 2)] (flow/step :http :a {:template :named :data d}))`:                    {},
		`(let [d {:a 1 "b" 2}] (flow/step :http :a {:template :named :data d}))`:                          {},
		`(let [d (if x {:a 1} {:b 2})] (flow/step :http :a {:template :named :data d}))`:                  {},
		`(flow/step :http :a {:template :named :data (flow/input)})`:                                      {},
		`(let [d {:a 1}] (flow/step :notify :a ` + notice + `d}))`:                                        {"W 1:80 unsupplied-variable"},
		`(let [d {:a 1 :b 2}] (flow/step :notify :a ` + notice + `d}))`:                                   {},
		`(let [d {:a 1}] (flow/step :wait :a {:key k :notify ` + notice + `d}}))`:                         {"W 1:94 unsupplied-variable"},
		`(let [say (fn [d] (flow/step :notify :a ` + notice + `d}))] [(say {:a 1 :b 1}) (say {:a 1})])`:   {"W 1:82 unsupplied-variable"},
		`(loop [d {:a 1}] (if x (flow/step :http :a {:template :named :data d}) (recur (assoc d :b 1))))`: {},
	} {
		r := &schema.Report{}
		body.TraceJSON(r, form(t, text), env(t))
		require.Equal(t, want, short(r.List), text)
	}
}
