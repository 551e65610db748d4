package core_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// rows makes 100 000 small maps, as an API's answer holds them.
const rows = `(mapv (fn [i] {:id i :qty (rem i 7) :price (rem (* i 31) 100) :name (str "item-" (rem i 1000))}) (range 100000))`

// benchmark calls a function of the rows again and again.
func benchmark(b *testing.B, fn string) {
	forms, problems := syntax.Read("bench.clj", []byte("[(fn [rows] "+fn+") "+rows+"]"))
	require.False(b, problems.HasErrors(), "%v", problems)
	program, problems := interpreter.Compile(forms[0], interpreter.Options{})
	require.False(b, problems.HasErrors(), "%v", problems)
	th := value.NewThread(value.Limits{Work: 1 << 60, Size: 1 << 60})
	pair, err := program.Run(th)
	require.NoError(b, err)
	v, _ := pair.AsVector()
	b.ReportAllocs()
	for b.Loop() {
		_, err := interpreter.Call(th, v.At(0), v.At(1))
		require.NoError(b, err)
	}
}

func BenchmarkMapFilterReduce(b *testing.B) {
	benchmark(b, `(reduce + 0 (filter even? (map (fn [r] (* (:qty r) (:price r))) rows)))`)
}

func BenchmarkMapFilterReduceOfMaps(b *testing.B) {
	benchmark(b, `(->> rows (map (fn [r] (assoc r :total (* (:qty r) (:price r))))) (filter (fn [r] (> (:total r) 50))) (map :total) (reduce +))`)
}

func BenchmarkTransduce(b *testing.B) {
	benchmark(b, `(transduce (comp (map (fn [r] (* (:qty r) (:price r)))) (filter even?)) + 0 rows)`)
}

func BenchmarkInto(b *testing.B) {
	benchmark(b, `(count (into [] (map :price) rows))`)
}

func BenchmarkSortBy(b *testing.B) {
	benchmark(b, `(first (sort-by :price rows))`)
}

func BenchmarkGroupBy(b *testing.B) {
	benchmark(b, `(count (group-by :name rows))`)
}

func BenchmarkStrings(b *testing.B) {
	benchmark(b, `(count (apply str (map (fn [i] (str "n" i ",")) (range 100000))))`)
}

func BenchmarkNested(b *testing.B) {
	benchmark(b, `(count (reduce (fn [m i] (update-in m [(rem i 10) :n] (fnil inc 0))) {} (range 100000)))`)
}

func BenchmarkRegex(b *testing.B) {
	benchmark(b, `(count (re-seq #"\w+-\d+" (clojure.string/join " " (map :name (take 10000 rows)))))`)
}
