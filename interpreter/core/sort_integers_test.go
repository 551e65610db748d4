package core

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weir-run/weir/interpreter/value"
)

func TestSortRankedIsAStableSort(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		near := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-300, 300), rapid.Int64Range(-1<<20, 1<<20))
		ints := rapid.SliceOfN(near, 0, 3*fewRanked).Draw(t, "ints")
		keys, ok := rankedOf(len(ints), func(i int) val { return value.Int(ints[i]) })
		require.True(t, ok)
		want := slices.Clone(keys)
		slices.SortStableFunc(want, func(a, b ranked) int { return cmp.Compare(ints[a.at], ints[b.at]) })
		got := sortRanked(keys)
		require.Equal(t, want, got)
		for _, r := range got {
			require.Equal(t, value.Int(ints[r.at]), r.integer())
		}
	})
	_, ok := rankedOf(2, func(i int) val { return []val{value.Int(1), value.Double(1)}[i] })
	require.False(t, ok)
}
