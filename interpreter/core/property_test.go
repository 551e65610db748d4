package core_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/core"
	"github.com/weir-run/weir/interpreter/value"
)

// Transducers, lazy seqs, sequence, eduction and transduce are five ways to the same elements.
func TestPipelinesGiveTheSameHoweverTheyRun(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		stage := rapid.SampledFrom([]string{
			"map inc", "map hash", "filter some?", "remove nil?", "keep identity", "keep #(if (number? %) % nil)", "take 3", "take 0", "drop 2",
			"take-while number?", "drop-while number?", "take-nth 2", "map-indexed vector", "keep-indexed (fn [i x] (if (even? i) x))",
			"partition-all 2", "partition-by type-of", "distinct", "dedupe", "interpose :sep", "mapcat list-of", "replace {1 :one}",
		})
		var stages []string
		for range rapid.IntRange(1, 5).Draw(t, "stages") {
			stages = append(stages, stage.Draw(t, "stage"))
		}
		source := rapid.SampledFrom([]string{"%s", "(map identity %s)", "(apply list %s)", "(concat %[1]s (list 1 1 nil))", "(vec (range 70))", "(set %s)"}).Draw(t, "source")
		if strings.Contains(source, "%") {
			source = fmt.Sprintf(source, fmt.Sprint(rapid.SliceOfN(rapid.IntRange(-2, 3), 0, 40).Draw(t, "numbers")))
		}
		form := fmt.Sprintf(`(let [inc #(if (number? %%) (+ %% 1) %%) type-of (juxt number? nil? coll?) list-of (fn [x] [x x]) xs %s
			xf (comp (%s)) lazy (vec (->> xs (%s)))]
			(= lazy (into [] xf xs) (vec (sequence xf xs)) (vec (eduction xf xs)) (transduce xf conj xs) (reduce conj [] (eduction xf xs))))`,
			source, strings.Join(stages, ") ("), strings.Join(stages, ") ("))
		require.Equal(t, "true", evaluate(strings.ReplaceAll(form, "\n", " ")), form)
	})
}

// No call of a library function, however wrong, ends in anything but a value, an exception or a limit.
func FuzzCalls(f *testing.F) {
	names := core.Names()
	pool, err := interpreter.Eval("pool.clj", `[nil true false 0 1 -1 3 1.5 ##NaN 1N 2.5M 1/2 9223372036854775807 \a "" "abc" "é😀" "%5.2f" :a :n/b 'c
		[] [1 2 3] () '(1 2) {} {:a 1 :b nil} #{} #{1 2} (sorted-map 1 2) (sorted-set 3 1) (range 40) (map inc [1 2]) #"(a)?b*"
		inc + (fn [x] x) (fn [a b] a) (fn [& xs] xs) (map inc) (filter odd?) cat (comp) (atom 1) (delay 1) (volatile! 1) (reduced 5) (transient [])
		#inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (ex-info "x" {}) (tagged-literal 'a 1) (eduction (map inc) [1]) (first {:k 1})]`,
		value.NewThread(value.Limits{}), interpreter.Options{})
	require.NoError(f, err)
	v, _ := pool[0].AsVector()
	values := v.Slice()
	for _, name := range []string{"range", "cycle", "repeat"} { // endless ones, which Eval would realize
		b, _ := core.Lookup("clojure.core/" + name)
		values = append(values, b.Call(value.NewThread(value.Limits{}), []value.Value{value.NewVector(value.Int(1))}[:b.Min]))
	}
	for i := range names {
		f.Add(uint16(i), []byte{1, 2, 3})
	}
	f.Fuzz(func(t *testing.T, n uint16, choice []byte) {
		name := names[int(n)%len(names)]
		b, _ := core.Lookup(name)
		args := make([]value.Value, 0, 5)
		for _, c := range choice[:min(len(choice), 5)] {
			args = append(args, values[int(c)%len(values)])
		}
		defer func() {
			switch r := recover().(type) {
			case nil, *value.Exception, *value.LimitError:
			default:
				t.Fatalf("(%s %v): %v", name, args, r)
			}
		}()
		th := value.NewThread(value.Limits{Work: 20_000, Size: 1 << 20, Depth: 200})
		value.PrStr(th, b.Call(th, args))
	})
}
