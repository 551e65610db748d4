package interpreter_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/value"
)

func TestLimitsAtTheEdge(t *testing.T) {
	t.Parallel()
	deep := compile(t, "((fn f [n] (if (zero? n) 0 (+ 1 (f (dec n))))) 9)", interpreter.Options{})
	_, err := deep.Run(value.NewThread(value.Limits{Depth: 10}))
	require.NoError(t, err)
	_, err = deep.Run(value.NewThread(value.Limits{Depth: 9}))
	require.ErrorContains(t, err, "[depth-limit]")

	long := compile(t, "(loop [i 0] (when (< i 500) (recur (inc i))))", interpreter.Options{})
	_, err = long.Run(value.NewThread(value.Limits{Work: 500}))
	require.NoError(t, err)
	_, err = long.Run(value.NewThread(value.Limits{Work: 499}))
	require.ErrorContains(t, err, "t.clj:1:1: error: the evaluation did more than 499 units of work [work-limit]")
}

func TestOrdinaryRecursionIsDeepEnough(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		"((fn f [n] (if (zero? n) 0 (+ 1 (f (dec n))))) 1500)",
		"((fn f [xs] (when (seq xs) (cons (inc (first xs)) (f (rest xs))))) (range 1000))",
		"((fn f [n] (if (zero? n) 0 (let [x (f (dec n))] (cond (nil? x) 1 :else (do (when x (+ 1 x))))))) 1000)",
		"(count ((fn f [n] (when (pos? n) (lazy-seq (cons n (f (dec n)))))) 100000))",
		"((fn f [t] (if (map? t) (+ 1 (reduce + 0 (map f (vals t)))) 0)) (reduce (fn [a _] {:a a}) 1 (range 500)))",
	} {
		_, err := compile(t, source, interpreter.Options{}).Run(value.NewThread(value.Limits{}))
		require.NoError(t, err, source)
	}
}

func TestManyLocalsAndManyArguments(t *testing.T) {
	t.Parallel()
	source := "(let ["
	for i := range 2000 {
		source += "x" + string(rune('a'+i%26)) + " (inc " + []string{"1", "xa"}[min(i, 1)] + ")\n"
	}
	require.Equal(t, "2001", printed(t, "(let [r 0] "+source+"] (if (pos? xa) 2001 r)))", interpreter.Options{}))
	args := ""
	for range 3000 {
		args += " 1"
	}
	require.Equal(t, "3000", printed(t, "((fn [& xs] (count xs))"+args+")", interpreter.Options{}))
}

func TestCancelFromOutside(t *testing.T) {
	t.Parallel()
	program := compile(t, "(loop [] (recur))", interpreter.Options{})
	th := value.NewThread(value.Limits{Work: 1 << 60})
	ended := make(chan error)
	go func() {
		_, err := program.Run(th)
		ended <- err
	}()
	th.Cancel()
	require.ErrorContains(t, <-ended, "[cancelled]")
}

func TestWhatLeavesAnEvaluationIsWholeAndFinite(t *testing.T) {
	t.Parallel()
	require.Equal(t, "#atom[(1 2)]", printed(t, "(atom (map inc [0 1]))", interpreter.Options{}))
	for _, source := range []string{
		"(atom (concat true))",
		"[(volatile! (map inc :a))]",
		"(let [a (atom nil)] (reset! a [a]) a)",
		"(reduced (range))",
		"(ex-info \"m\" {:s (range)})",
		"(throw (ex-info \"m\" {:s (range)}))",
		"(throw (ex-info \"m\" {} (ex-info \"n\" {:s (range)})))",
		"(let [a (atom nil)] (reset! a a) (throw (ex-info \"m\" {:a a})))",
	} {
		_, err := compile(t, source, interpreter.Options{}).Run(value.NewThread(value.Limits{Work: 100_000}))
		require.Error(t, err, source)
	}
	e := thrown(t, "(throw (ex-info \"m\" {:s (map inc :a)}))", interpreter.Options{})
	require.Equal(t, "m", e.Message)
	require.True(t, e.Data.IsNil())
}

func TestWorkCountsWhatATurnEvaluates(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("(inc 1) ", 1600)
	for source, enough := range map[string]bool{
		"(loop [i 0] (when (< i 900) (recur (inc i))))":                                  true,
		"(loop [i 0] (if (< i 900) (recur (inc i)) (do " + long + ")))":                  true,
		"(loop [i 0] (when (< i 900) " + long + " (recur (inc i))))":                     false,
		"(dotimes [i 900] " + long + ")":                                                 false,
		"(doseq [i (range 900)] " + long + ")":                                           false,
		"(count (for [i (range 900)] (do " + long + ")))":                                false,
		"(let [f (fn [x] " + long + ")] (dotimes [i 900] (f i)))":                        false,
		"(let [f (fn [x] (fn [] " + long + "))] (dotimes [i 400] (f i)))":                true,
		"(dotimes [i 400] (lazy-seq " + long + "))":                                      true,
		"(run! (fn [s] (seq s)) (map (fn [i] (lazy-seq " + long + " nil)) (range 200)))": false,
	} {
		name := strings.ReplaceAll(source, long, "...")
		_, err := compile(t, source, interpreter.Options{}).Run(value.NewThread(value.Limits{Work: 1600}))
		if enough {
			require.NoError(t, err, name)
		} else {
			require.ErrorContains(t, err, "[work-limit]", name)
		}
	}
}
