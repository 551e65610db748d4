package flowtest_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/flowtest"
	"github.com/weir-run/weir/interpreter/diagnostic"
)

func TestMistakesInTestFilesAreShown(t *testing.T) {
	t.Parallel()
	const body = `(let [a (flow/step :http :fetch-order {:connection :api :path "/"})]
		^{:label "Big?" :yes "B" :no "S"} (if (:big a) (flow/step :wait :ask {:key "k"}) (flow/step :sleep :nap {:seconds 1})))`
	for test, want := range map[string][2]string{
		`:answers {:fetch-oder {:value 1}}`:              {"the flow has no step :fetch-oder [test-unknown-step]", "did you mean :fetch-order?"},
		`:answers {:ask {:value 1}}`:                     {"a :wait step takes no answer [test-answer]", "say under :waits what comes"},
		`:answers {:nap {:value 1}}`:                     {"a :sleep step takes no answer [test-answer]", "the clock skips it"},
		`:answers {:fetch-order 1}`:                      {"an answer must be a map, not 1 [test-answer]", ""},
		`:answers {:fetch-order {:value 1 :status 2}}`:   {"an answer is one of :value, :fail and an http answer [test-answer]", ""},
		`:answers {:fetch-order []}`:                     {"a vector of answers holds at least one [test-answer]", ""},
		`:answers {:fetch-order {:value 'x}}`:            {"is code, and this is read as data [test-data]", ""},
		`:waits {:fetch-order :approve}`:                 {"the step :fetch-order is no wait but a :http step [test-wait]", ""},
		`:waits {:ask :aprove}`:                          {"what comes to a wait can't be :aprove [test-wait]", ""},
		`:waits {:ask {:by "me"}}`:                       {"a decision needs an :action or a :value [test-wait]", ""},
		`:waits {:ask {:action :approve :after "soon"}}`: {":after:", ""},
		`:stubs {:apu {[:get "/"] {:json 1}}}`:           {"the flow has no slot :apu [test-unknown-slot]", "did you mean :api?"},
		`:stubs {:api {[:gat "/"] {:json 1}}}`:           {"this is no method [stubs-method]", ""},
		`:stubs "none.edn"`:                              {"[stubs-unreadable]", "the path is relative to the test file"},
		`:kv {"a b" 1}`:                                  {"[test-kv-key]", ""},
		`:input {:a @b}`:                                 {"[test-data]", ""},
		`:input [1]`:                                     {":input must be a map, not a vector [wrong-type]", ""},
		`:now "2026-01-01"`:                              {"must be an instant", ""},
		`:invocation :other`:                             {"the flow has no invocation :other [test-unknown-invocation]", ""},
		`:cancel-after "later"`:                          {":cancel-after:", ""},
		`:expct {:result 1}`:                             {"a test has no field :expct [unknown-field]", "did you mean :expect?"},
		`:expect {:reslt 1}`:                             {"an expectation has no field :reslt [unknown-field]", "did you mean :result?"},
		`:expect {:result strng?}`:                       {"unknown name strng?", ""},
		`:expect {:result 1 :error "x"}`:                 {"a run has a result or an error [test-expectation]", ""},
		`:expect {:steps [:fetch-ordr]}`:                 {"the flow has no step :fetch-ordr [test-unknown-step]", "did you mean :fetch-order?"},
		`:expect {:path [{:step :asq}]}`:                 {"the flow has no step :asq [test-unknown-step]", "did you mean :ask?"},
		`:expect {:path [["Bigg?" "B"]]}`:                {`the flow has no decision "Bigg?" [test-unknown-decision]`, `did you mean "Big?"?`},
		`:expect {:decisions {"Big?" "X"}}`:              {`"Big?" is answered "B" or "S" [test-unknown-decision]`, ""},
		`:expect {:steps [["Big?" "B"]]}`:                {"a vector is no part of a path [test-expectation]", ""},
		`:expect {:requests [{:methd :get}]}`:            {"a request has no field :methd [unknown-field]", "did you mean :method?"},
		`:expect {:requests [{:slot :apj}]}`:             {"the flow has no slot :apj [test-unknown-slot]", "did you mean :api?"},
		`:expect {:took "soon"}`:                         {":took:", ""},
	} {
		suites, problems := load(t, body, `{:tests [{:name "x" `+test+`}]}`)
		require.True(t, problems.HasErrors(), test)
		require.Empty(t, suites)
		require.Contains(t, problems[0].String(), want[0], test)
		require.Contains(t, problems[0].Hint, want[1], test)
		require.Equal(t, 1, problems[0].Pos.Line, test)
		require.Greater(t, problems[0].Pos.Col, 10, test)
	}
	for text, want := range map[string]string{
		``:                                   "the file is empty",
		`{:tests []} 2`:                      "a test file holds one map",
		`[]`:                                 "a test file must be a map",
		`{}`:                                 "a test file needs :tests",
		`{:tests [{:input {}}]}`:             "a test needs :name",
		`{:tests [{:name "a"} {:name "a"}]}`: `another test has the name "a"`,
		`{:tests [1]}`:                       "must be a map, not 1",
		`{:flow "none.edn" :tests [{:name "a"}]}`: "can't be read",
		`{:tests [`:                              "never closed",
		`{:stubs {:api 1} :tests [{:name "a"}]}`: "[stubs-shape]",
	} {
		_, problems := load(t, body, text)
		require.True(t, problems.HasErrors(), text)
		require.Contains(t, problems.Error(), want, text)
	}
}

func TestTestFilesAreFound(t *testing.T) {
	t.Parallel()
	const flow, tests = `{:slug :%s :concurrency {:type :singleton} :flow '1}`, `{:tests [{:name "one" :expect {:result 1}}]}`
	of := func(slug string) string { return strings.Replace(flow, "%s", slug, 1) }
	dir := write(t, map[string]string{
		"a.edn": of("a"), "b.edn": of("b"), "a.test.edn": tests, "more.test.edn": `{:flow "a.edn" :tests [{:name "two"}]}`, "b.test.edn": tests, ".c.test.edn": "{",
	})
	names := func(paths ...string) (files []string) {
		for i, p := range paths {
			paths[i] = filepath.Join(dir, p)
		}
		suites, problems := flowtest.Load(paths...)
		require.NoError(t, problems.Err())
		for _, s := range suites {
			files = append(files, filepath.Base(s.File))
		}
		return files
	}
	require.Equal(t, []string{"a.test.edn", "b.test.edn", "more.test.edn"}, names(""))
	require.Equal(t, []string{"b.test.edn", "a.test.edn", "more.test.edn"}, names("b.test.edn", ""))
	require.Equal(t, []string{"a.test.edn", "more.test.edn"}, names("a.edn"))

	alone := write(t, map[string]string{"flow.edn": of("x"), "order.test.edn": tests})
	suites, problems := flowtest.Load(alone)
	require.NoError(t, problems.Err())
	require.Equal(t, "x", suites[0].Flow.Slug, "the only flow of its folder")

	for path, want := range map[string]string{
		write(t, map[string]string{"a.edn": of("a")}):                                                        "there are no test files in this folder",
		filepath.Join(write(t, map[string]string{"a.edn": of("a")}), "a.edn"):                                "there are no test files",
		filepath.Join(dir, "none"):                                                                           "can't be read",
		write(t, map[string]string{"a.edn": of("a"), "b.edn": of("b"), "z.test.edn": tests}):                 "there is no flow to test",
		write(t, map[string]string{"a.edn": "{:slug :a :flow 1}", "a.test.edn": tests}):                      "concurrency",
		write(t, map[string]string{"a.edn": of("a"), "a.test.edn": strings.Repeat(" ", flowtest.MaxFile+1)}): "at most 4194304 are allowed",
	} {
		suites, problems := flowtest.Load(path)
		require.Empty(t, suites)
		require.True(t, problems.HasErrors(), want)
		require.Contains(t, problems.Error(), want)
	}
}

// TestExamples runs the tests of every example: all have some, all pass, and no step or branch is left out.
func TestExamples(t *testing.T) {
	t.Parallel()
	folders, err := filepath.Glob("../examples/*/input.json")
	require.NoError(t, err)
	require.Greater(t, len(folders), 5)
	for _, input := range folders {
		suites, problems := flowtest.Load(filepath.Dir(input))
		require.NoError(t, problems.Err())
		results, err := flowtest.Run(t.Context(), suites, flowtest.Options{})
		require.NoError(t, err)
		require.NotEmpty(t, results)
		text := flowtest.Text(results, 0, func(file string) (string, bool) {
			raw, err := os.ReadFile(file)
			return string(raw), err == nil
		})
		for _, r := range results {
			require.True(t, r.Passed(), text)
		}
		for _, c := range flowtest.Cover(results) {
			require.True(t, c.Whole(), c.Text())
		}
	}
}

func TestReportsShowPlaceLineAndCaret(t *testing.T) {
	t.Parallel()
	const tests = `{:tests [{:name "good" :expect {:result 1}}
 {:name "bad"
  :expect {:result 2}}]}`
	results := run(t, `1`, tests)
	file := results[0].Suite.File
	text := flowtest.Text(results, 1500*time.Millisecond, diagnostic.OneSource(file, tests))
	require.Equal(t, file+"\n  ok    good\n  FAIL  bad\n"+
		"        "+file+":3:20: error: :result: expected 2, got 1 [test-mismatch]\n"+
		"            :expect {:result 2}}]}\n"+
		"                             ^\n"+
		"1 of 2 tests failed in 1.5s\n", text)
	require.Equal(t, []string{"2", "1", ":result"}, []string{results[1].Failures[0].Expected, results[1].Failures[0].Actual, results[1].Failures[0].Path})
}

func TestOnlySomeTestsAreRun(t *testing.T) {
	t.Parallel()
	suites, problems := load(t, `1`, `{:tests [{:name "red fish"} {:name "blue fish"} {:name "bird"}]}`)
	require.NoError(t, problems.Err())
	results, err := flowtest.Run(t.Context(), suites, flowtest.Options{Only: regexp.MustCompile(`f\.test\.edn: .*fish`), Lanes: 1})
	require.NoError(t, err)
	require.Len(t, results, 2)
	require.Equal(t, "blue fish", results[1].Test.Name)
}

func TestCoverageNamesWhatNoTestCameBy(t *testing.T) {
	t.Parallel()
	const body = `(let [_a (flow/step :function :one {})] ^{:label "Big?" :yes "B"} (if (:big (flow/input)) (flow/step :function :two {}) 0))`
	got := flowtest.Cover(run(t, body, `{:tests [{:name "x"} {:name "y"}]}`))
	require.Len(t, got, 1)
	require.False(t, got[0].Whole())
	require.Equal(t, []int{2, 0}, []int{got[0].Steps[0].Runs, got[0].Steps[1].Runs})
	require.Contains(t, got[0].Text(), "f: 1 of 2 steps, 1 of 2 ways of labelled decisions\n")
	require.Contains(t, got[0].Text(), "f.edn:3:98: no test runs :two\n")
	require.Contains(t, got[0].Text(), `no test answers "Big?" by "B"`)
	got = flowtest.Cover(run(t, body, `{:tests [{:name "x" :input {:big true}} {:name "y"}]}`))
	require.True(t, got[0].Whole(), got[0].Text())
}

// TestTheExampleOfTheDocumentationPasses runs the test file that docs/testing.md shows, beside the flow that it names.
func TestTheExampleOfTheDocumentationPasses(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/testing.md")
	require.NoError(t, err)
	_, rest, ok := strings.Cut(string(page), "```clojure\n")
	require.True(t, ok)
	shown, _, ok := strings.Cut(rest, "```")
	require.True(t, ok)
	files := map[string]string{"wait-for-approval.test.edn": shown}
	for _, name := range []string{"wait-for-approval.edn", "stubs.edn"} {
		text, err := os.ReadFile("../examples/wait-for-approval/" + name)
		require.NoError(t, err)
		files[name] = string(text)
	}
	suites, problems := flowtest.Load(write(t, files))
	require.NoError(t, problems.Err())
	results, err := flowtest.Run(t.Context(), suites, flowtest.Options{})
	require.NoError(t, err)
	require.Len(t, results, 3)
	for _, r := range results {
		require.True(t, r.Passed(), flowtest.Text(results, 0, nil))
	}
}
