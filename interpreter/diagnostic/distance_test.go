package diagnostic_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter/diagnostic"
)

func TestDistanceCountsEditsAndGivesUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{{"map", "map", 0}, {"map", "mapv", 1}, {"mpa", "map", 1}, {"nap", "map", 1}, {"filter", "fitler", 1}, {"", "ab", 2}, {"abc", "xyz", 3}} {
		require.Equal(t, c.want, diagnostic.Distance(c.a, c.b, 9), c)
		require.Equal(t, c.want, diagnostic.Distance(c.b, c.a, 9), c)
	}
	require.Equal(t, 2, diagnostic.Distance("a", "abcdef", 2))
}
