package interpreter_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/value"
)

func benchmark(b *testing.B, source, want string) {
	program := compile(b, source, interpreter.Options{})
	b.ReportAllocs()
	for b.Loop() {
		v, err := program.Run(value.NewThread(value.Limits{Work: 1 << 40, Size: 1 << 40}))
		require.NoError(b, err)
		if value.PrStr(nil, v) != want {
			b.Fatalf("got %s", value.PrStr(nil, v))
		}
	}
}

func BenchmarkFib25(b *testing.B) {
	benchmark(b, "(letfn [(fib [n] (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))] (fib 25))", "75025")
}

func BenchmarkLoopTo1e6(b *testing.B) {
	benchmark(b, "(loop [i 0 sum 0] (if (< i 1000000) (recur (inc i) (+ sum i)) sum))", "499999500000")
}

func BenchmarkMapFilterReduce1e5Maps(b *testing.B) {
	const rows = "(mapv (fn [i] {:id i :qty (mod i 7) :price (* 2 i)}) (range 100000))"
	made, err := compile(b, rows, interpreter.Options{}).Run(value.NewThread(value.Limits{Work: 1 << 40, Size: 1 << 40}))
	require.NoError(b, err)
	total, err := compile(b, `(fn [rows] (reduce + (map (fn [r] (* (:qty r) (:price r))) (filter (fn [r] (odd? (:qty r))) rows))))`, interpreter.Options{}).
		Run(value.NewThread(value.Limits{}))
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		v, err := interpreter.Call(value.NewThread(value.Limits{Work: 1 << 40, Size: 1 << 40}), total, made)
		require.NoError(b, err)
		if value.PrStr(nil, v) != "12856757150" {
			b.Fatalf("got %s", value.PrStr(nil, v))
		}
	}
}

func BenchmarkSmallFunctionOf5Keys(b *testing.B) {
	fn, err := compile(b, `(fn [{:keys [a b c d e]}] {:a (inc a) :b (+ b c) :c d :d (= d e) :e e})`, interpreter.Options{}).
		Run(value.NewThread(value.Limits{}))
	require.NoError(b, err)
	in := value.NewMap(value.Kw("a"), value.Int(1), value.Kw("b"), value.Int(2), value.Kw("c"), value.Int(3), value.Kw("d"), value.Int(4), value.Kw("e"), value.Int(5))
	th := value.NewThread(value.Limits{Work: 1 << 60, Size: 1 << 60})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := interpreter.Call(th, fn, in); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTryWithoutThrow(b *testing.B) {
	benchmark(b, "(loop [i 0] (if (< i 100000) (recur (try (inc i) (catch Exception e 0))) i))", "100000")
}

func BenchmarkForOver1e5(b *testing.B) {
	benchmark(b, "(reduce + (for [x (range 100000) :when (odd? x)] (* x 2)))", "5000000000")
}

func BenchmarkClosureCalls(b *testing.B) {
	benchmark(b, "(let [add (fn [k] (fn [x] (+ x k)))] (loop [i 0] (if (< i 100000) (recur ((add 1) i)) i)))", "100000")
}
