package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// testedFlow writes a flow of one labelled branch with tests, and returns their folder.
func testedFlow(t *testing.T, tests string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"one.edn": `{:slug :one :concurrency {:type :singleton}
 :flow '^{:label "Any?" :yes "Tell"} (if (:items (flow/input)) (flow/step :time :now) 7)}`,
		"one.test.edn": tests,
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

func TestTestVerb(t *testing.T) {
	t.Parallel()
	dir := testedFlow(t, `{:tests [{:name "none" :expect {:result 7}} {:name "some" :input {:items [1]} :expect {:steps [:now]}}]}`)
	code, out, errs := weir("test", "--coverage", dir)
	require.Equal(t, exitDone, code, out+errs)
	require.Contains(t, out, "  ok    none\n  ok    some\n2 tests passed in ")
	require.Contains(t, out, "one: 1 of 1 step, 2 of 2 ways of labelled decisions\n")
	require.Empty(t, errs)

	dir = testedFlow(t, `{:tests [{:name "none" :expect {:result 8}} {:name "other"}]}`)
	code, out, _ = weir("test", dir)
	require.Equal(t, exitFailed, code)
	require.Contains(t, out, "one.test.edn:1:41: error: :result: expected 8, got 7 [test-mismatch]\n")
	require.Contains(t, out, "1 of 2 tests failed in ")

	code, out, _ = weir("test", "--json", "--coverage", dir)
	require.Equal(t, exitFailed, code)
	var got testedJSON
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	require.Equal(t, []any{false, 1, 1, "one", "none", 1}, []any{got.OK, got.Passed, got.Failed, got.Tests[0].Flow, got.Tests[0].Name, got.Tests[0].Line})
	require.Equal(t, []string{"test-mismatch", ":result", "8", "7"}, []string{
		got.Tests[0].Failures[0].Code, got.Tests[0].Failures[0].Path, got.Tests[0].Failures[0].Expected, got.Tests[0].Failures[0].Actual,
	})
	require.Equal(t, coveredBranchJSON{"Any?", "Tell", 2, 0}, got.Coverage[0].Branches[0])

	code, out, _ = weir("test", "--run", "other$", dir)
	require.Equal(t, exitDone, code)
	require.Contains(t, out, "1 test passed")
}

func TestTestVerbRefuses(t *testing.T) {
	t.Parallel()
	dir := testedFlow(t, `{:tests [{:name "none" :expct {}}]}`)
	code, out, errs := weir("test", dir)
	require.Equal(t, exitFailed, code)
	require.Empty(t, out)
	require.Contains(t, errs, "hint: did you mean :expect?")
	dir = testedFlow(t, `{:tests [{:name "none"}]}`)
	for _, args := range [][]string{{"test"}, {"test", dir + "/none"}, {"test", "--run", "(", dir}, {"test", "--run", "nothing like it", dir}} {
		code, out, errs = weir(args...)
		require.Equal(t, exitUsage, code, args)
		require.Empty(t, out)
		require.NotEmpty(t, errs)
	}
}

func TestTestVerbMakesMistakes(t *testing.T) {
	t.Parallel()
	dir := testedFlow(t, `{:tests [{:name "none" :expect {:result 7}} {:name "some" :input {:items [1]} :expect {:steps [:now]}}]}`)
	code, out, errs := weir("test", "--mutate", dir)
	require.Equal(t, exitDone, code, out+errs)
	require.Contains(t, out, "2 of 2 mistakes made on purpose were noticed\n")

	dir = testedFlow(t, `{:tests [{:name "some" :input {:items [1]}}]}`)
	code, out, _ = weir("test", "--mutate", dir)
	require.Equal(t, exitFailed, code)
	require.Contains(t, out, "one.edn:2:65: warning: no test fails when the step :now is left out [test-survivor]\n")
	require.Contains(t, out, "0 of 2 mistakes made on purpose were noticed\n")
	code, out, _ = weir("test", "--mutate", "--json", dir)
	require.Equal(t, exitFailed, code)
	var got testedJSON
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	require.Equal(t, []any{false, 2, 2, 0}, []any{got.OK, got.Mistakes.Made, len(got.Mistakes.Survivors), got.Failed})

	dir = testedFlow(t, `{:tests [{:name "none" :expect {:result 8}}]}`)
	_, out, _ = weir("test", "--mutate", dir)
	require.NotContains(t, out, "mistakes", "tests have to pass first")
}
