package flowtest_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/flowtest"
)

func TestCalledFlowsAreAnswered(t *testing.T) {
	t.Parallel()
	suites, problems := flowtest.Load(filepath.Join("testdata", "calls.test.edn"))
	require.NoError(t, problems.Err())
	results, err := flowtest.Run(t.Context(), suites, flowtest.Options{})
	require.NoError(t, err)
	for _, r := range results {
		require.True(t, r.Passed(), flowtest.Text(results, 0, nil))
	}
	_, problems = load(t, `(flow/call-flow :ship {})`, `{:tests [{:name "x" :answers {:shop {:value 1}}}]}`)
	require.Len(t, problems, 1)
	require.Equal(t, "test-unknown-step", problems[0].Code)
	require.Equal(t, "did you mean :ship?", problems[0].Hint)
}
