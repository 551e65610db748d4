package flowtest_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/flowtest"
	"github.com/weir-run/weir/interpreter/diagnostic"
)

// head is what most flows of these tests have.
const head = `{:slug :f :concurrency {:type :singleton}
 :requires [{:slot :api :type :http-api :base-url "https://api.example.com" :auth {:type :bearer}}]
`

// write puts files into a folder and returns it. Keys are names: "f.edn" is the flow.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

// load reads a flow with that body and the tests.
func load(t *testing.T, body, tests string) ([]*flowtest.Suite, diagnostic.List) {
	t.Helper()
	return flowtest.Load(write(t, map[string]string{"f.edn": head + ":flow '" + body + "}", "f.test.edn": tests}))
}

// run runs the tests of a flow with that body.
func run(t *testing.T, body, tests string) []flowtest.Result {
	t.Helper()
	suites, problems := load(t, body, tests)
	require.NoError(t, problems.Err())
	results, err := flowtest.Run(t.Context(), suites, flowtest.Options{})
	require.NoError(t, err)
	return results
}

// passes runs tests that all have to pass.
func passes(t *testing.T, body, tests string) {
	t.Helper()
	for _, r := range run(t, body, tests) {
		for _, f := range r.Failures {
			require.Fail(t, r.Test.Name, f.Error())
		}
	}
}

// fails runs one test and gives what failed, without files.
func fails(t *testing.T, body, test string) []string {
	t.Helper()
	results := run(t, body, `{:tests [`+test+`]}`)
	require.Len(t, results, 1)
	var out []string
	for _, f := range results[0].Failures {
		require.Positive(t, f.Pos.Line)
		out = append(out, f.Message+" ["+f.Code+"]")
	}
	return out
}
