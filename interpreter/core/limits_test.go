package core_test

import (
	"errors"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/core"
	"github.com/weir-run/weir/interpreter/value"
)

// hostile are evaluations that would take forever or all memory. Each ends in a limit.
var hostile = []string{
	`(apply str (repeat 1000000000 "x"))`,
	`(clojure.string/join (repeat "ab"))`,
	`(clojure.string/join "," (range))`,
	`(loop [s "x"] (recur (str s s)))`,
	`(loop [s "x"] (recur (clojure.string/replace s "x" "xx")))`,
	`(loop [s "x"] (recur (clojure.string/replace s #"x" "$0$0")))`,
	`(loop [v [1]] (recur (into v v)))`,
	`(loop [v [1]] (recur (vec (concat v v))))`,
	`(loop [v [1]] (recur [v v]))`,
	`(vec (range 1000000000000))`,
	`(vec (range))`,
	`(into #{} (range))`,
	`(into {} (map (fn [i] [i i])) (range))`,
	`(zipmap (range) (range))`,
	`(reduce * (range 1N 1000000))`,
	`(loop [n 3N] (recur (* n n)))`,
	`(reduce (fn [s _] (concat s s)) [1] (range 100))`,
	`(last (reduce (fn [s _] (map inc s)) (range 10) (range 100000)))`,
	`(count (range 0 10 0))`,
	`(dorun (repeat 1))`,
	`(doall (cycle [1 2]))`,
	`(last (iterate inc 0))`,
	`(nth (repeatedly (fn [] 1)) 1000000000)`,
	`(filter neg? (range))`,
	`(first (filter neg? (range)))`,
	`(some neg? (range))`,
	`(every? nat-int? (range))`,
	`(drop 1000000000000 (range))`,
	`(frequencies (range))`,
	`(group-by even? (range))`,
	`(sort (range))`,
	`(sort-by - (range))`,
	`(reverse (range))`,
	`(partition 1000000000 (range))`,
	`(take-last 5 (range))`,
	`(flatten (iterate list 1))`,
	`(count (tree-seq (constantly true) (fn [x] [x x]) 1))`,
	`(distinct (range))`,
	`(transduce (map inc) + (range))`,
	`(into [] (partition-all 1000000000) (range))`,
	`(mapcat identity (repeat [1]))`,
	`(format "%999999999d" 1)`,
	`(format "%.999999999f" 1.5)`,
	`(format "%999999999s" "")`,
	`(re-seq #"" (apply str (repeat 10000000 "x")))`,
	`(let [s (apply str (repeat 200000 "a"))] (re-matches #"(a|aa|aaa|aaaa)*(b|c|d{500})" s))`,
	`(let [s (apply str (repeat 20000 "a"))] (re-find #"(x+x+)+y|(a{1,300}){1,3}b" s))`,
	`(let [s (apply str (repeat 100000 "a"))] (count (re-seq #"a.*b|a" s)))`,
	`(loop [s "x"] (recur (clojure.string/escape s {\x "xxx"})))`,
	`(loop [m {}] (recur {:a m :b m}))`,
	`(pr-str (reduce (fn [v _] [v v]) [] (range 60)))`,
	`(hash (reduce (fn [v _] [v v]) [] (range 60)))`,
	`(= (reduce (fn [v _] [v v]) [] (range 60)) (reduce (fn [v _] [v v]) [] (range 60)))`,
	`(clojure.walk/postwalk identity (reduce (fn [v _] [v v]) [] (range 60)))`,
	`(clojure.walk/postwalk identity (reduce (fn [v _] [v]) [] (range 100000)))`,
	`(get-in {} (repeat :a))`,
	`(update-in {} (repeat :a) inc)`,
	`((fn [f] (dotimes [i 100000000] (f i))) (memoize identity))`,
	`(trampoline (fn f [] f))`,
	`(last (iteration inc :initk 0))`,
	`(run! identity (range))`,
	`(bigint (apply str (repeat 10000000 "9")))`,
	`(clojure.edn/read-string (apply str (repeat 100000000 "[")))`,
	`(clojure.set/union #{} (range))`,
	`(clojure.set/join (set (map (fn [i] {:a 1 :b i}) (range 10000))) (set (map (fn [i] {:a 1 :c i}) (range 10000))))`,
	`(apply juxt (range))`,
	`(apply + (range))`,
	`(apply max 1 (repeat 1))`,
	`(bounded-count 1000000000000 (map inc (range)))`,
	`(reductions + (range))`,
	`(keyword (apply str (repeat 1000000000 "k")))`,
	`(subseq (into (sorted-set) (range)) > 5)`,
	`(clojure.string/split (apply str (repeat 100000000 ",")) #",")`,
	`(str (reduce (fn [a b] (cons b a)) nil (range)))`,
	`(compare (reduce (fn [v _] [v v]) [0] (range 60)) (reduce (fn [v _] [v v]) [0] (range 60)))`,
	`(json/write-str (reduce (fn [v _] [v v]) ["x"] (range 60)))`,
	`(json/parse (apply str (repeat 100000000 "[")))`,
}

func TestHostileEvaluationsEndInALimit(t *testing.T) {
	opt := interpreter.Options{Natives: core.FunctionLibrary()}
	limits := value.Limits{Work: value.DefaultWork / 8, Size: value.DefaultSize / 4} // sooner, so that the test is short
	for _, form := range hostile {
		_, err := interpreter.Eval("hostile.clj", form, value.NewThread(limits), opt)
		var failure *interpreter.Error
		require.ErrorAs(t, err, &failure, form)
		require.True(t, failure.Limit, "%s: %v", form, err)
	}
	var mem runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&mem)
	require.Less(t, mem.HeapAlloc, uint64(256<<20), "nothing of it stays in memory")
}

func TestSortSurvivesALyingComparator(t *testing.T) {
	t.Parallel()
	for _, by := range []string{"(constantly true)", "(constantly false)", "(constantly 1)", "(constantly -1)", "(fn [a b] (odd? (+ a b)))", "(fn [a b] (- (rem (* a 7919) 13) (rem (* b 104729) 11)))"} {
		got := evaluate(`(= (set (sort ` + by + ` (range 1000))) (set (range 1000)))`)
		require.Equal(t, "true", got, by)
		got = evaluate(`(count (into (sorted-set-by ` + by + `) (range 100)))`)
		require.NotContains(t, got, "!", by)
	}
}

func TestACatchAllDoesNotSwallowALimit(t *testing.T) {
	t.Parallel()
	_, err := interpreter.Eval("f.clj", `(try (vec (range)) (catch Throwable e :swallowed))`, value.NewThread(value.Limits{}), interpreter.Options{})
	var failure *interpreter.Error
	require.True(t, errors.As(err, &failure) && failure.Limit, "%v", err)
}
