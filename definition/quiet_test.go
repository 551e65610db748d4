package definition_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
)

// TestWhatIsRightIsNotWarnedOf loads what others wrote in good faith: the examples, and the flows of the docs.
func TestWhatIsRightIsNotWarnedOf(t *testing.T) {
	t.Parallel()
	flows, problems := definition.LoadAll("../examples")
	require.Empty(t, problems)
	require.NotEmpty(t, flows)

	pages, err := filepath.Glob("../docs/*.md")
	require.NoError(t, err)
	found := 0
	for _, page := range append(pages, "../README.md") {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		for _, block := range regexp.MustCompile("(?s)```(?:clojure|edn|clj)\n(\\{:slug.*?)```").FindAllSubmatch(text, -1) {
			found++
			_, problems := definition.Parse(page, block[1])
			require.Empty(t, problems, "%s\n%s", page, block[1])
		}
	}
	require.NotZero(t, found)
}
