package flowtest_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/flowtest"
	"github.com/weir-run/weir/interpreter/diagnostic"
)

// TestEveryMistakeInAnExampleIsNoticed breaks each example, and the order flow that has always to run, in every way there is:
// its tests have to fail each time.
func TestEveryMistakeInAnExampleIsNoticed(t *testing.T) {
	t.Parallel()
	suites, problems := flowtest.Load("../examples", "testdata")
	require.NoError(t, problems.Err())
	require.Greater(t, len(suites), 6)
	all, err := flowtest.Mutate(t.Context(), suites, flowtest.Options{})
	require.NoError(t, err)
	require.Empty(t, flowtest.Survivors(all))
	made := map[string]int{}
	for _, m := range all {
		made[m.Slug]++
		require.NotEmpty(t, m.By)
	}
	require.Equal(t, map[string]int{
		"batch-fulfilment": 6, "fulfil-line": 3, "go-function": 1, "hello-world": 2, "http-enrichment": 3, "kv-session-history": 2, "order-orchestration": 10, "release-approval": 3, "scheduled-rollup": 5, "ticket-triage": 4, "wait-for-approval": 2,
		"advanced-order-orchestration": 10, "calls": 3, "packaged": 3,
	}, made)
}

func TestTheSeedPasses(t *testing.T) {
	t.Parallel()
	suites, problems := flowtest.Load(filepath.Join("testdata", "advanced-order-orchestration.test.edn"))
	require.NoError(t, problems.Err())
	results, err := flowtest.Run(t.Context(), suites, flowtest.Options{})
	require.NoError(t, err)
	for _, r := range results {
		require.True(t, r.Passed(), flowtest.Text(results, 0, nil))
	}
}

func TestMistakesOfEveryKind(t *testing.T) {
	t.Parallel()
	f, problems := definition.Parse("f.edn", []byte(`{:slug :f :concurrency {:type :singleton}
 :functions [{:id :a :code "(fn [{:keys [x]}] (if (= x \"1\") :one :two))"} {:id :b :code '(fn [{:keys [x]}] (when x 1))}]
 :flow '(let [in (flow/input)
              a  (when (:a in) (flow/step :function :a {:ref :a}))
              b  (cond (:b in) 1 (:c in) 2 :else (flow/step :function :b {:ref :b}))
              c  (if-let [x (:c in)] x 0)
              d  (cond-> 1 (:d in) inc)
              e  (condp = (:e in) 1 :one :other)
              f  '(if quoted (flow/step :function :c {}))]
          [a b c d e f])}`))
	require.NoError(t, problems.Err())
	var got []string
	for _, m := range flowtest.Mutants(f) {
		got = append(got, diagnostic.Place(m.Pos)+" "+m.What)
		require.NotEqual(t, f.Digest, m.Flow.Digest)
	}
	require.ElementsMatch(t, []string{
		"f.edn:2:51 the test is negated", "f.edn:2:116 the test is negated",
		"f.edn:4:24 the test is negated", "f.edn:4:33 the step :a is left out",
		"f.edn:5:24 the test is negated", "f.edn:5:34 the test is negated", "f.edn:5:44 the test is negated", "f.edn:5:51 the step :b is left out",
		"f.edn:6:29 what is bound is nil", "f.edn:7:28 the test is negated", "f.edn:8:25 the predicate is turned round",
	}, got)
}

func TestMistakesThatNobodyNoticesAreShown(t *testing.T) {
	t.Parallel()
	const body = `(let [_a (flow/step :function :one {})] ^{:label "Big?"} (if (:big (flow/input)) 1 2))`
	suites, problems := load(t, body, `{:tests [{:name "x" :expect {:steps [:one]}} {:name "y" :input {:big true}}]}`)
	require.NoError(t, problems.Err())
	all, err := flowtest.Mutate(t.Context(), suites, flowtest.Options{})
	require.NoError(t, err)
	require.Len(t, all, 2)
	left := flowtest.Survivors(all)
	require.Len(t, left, 1)
	require.Equal(t, "no test fails when the test is negated", left[0].Message)
	require.Contains(t, flowtest.MutationText(all, nil), "1 of 2 mistakes made on purpose were noticed\n")

	suites, _ = load(t, body, `{:tests [{:name "x" :expect {:steps [:one] :result 2}} {:name "y" :input {:big true}}]}`)
	all, err = flowtest.Mutate(t.Context(), suites, flowtest.Options{Lanes: 1})
	require.NoError(t, err)
	require.Empty(t, flowtest.Survivors(all))
}
