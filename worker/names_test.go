package worker_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weir-run/weir/worker"
)

func TestLanesAreNamedByTheirKeys(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{
		"": "orders", "o-1": "orders/o-1", `it's "a/b" \ #?`: `orders/it's "a/b" \ #?`, "ü": "orders/%C3%BC", "100%": "orders/100%25", "a\nb\x7f": "orders/a%0Ab%7F",
	} {
		got, err := worker.LaneID("orders", key)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	most := 1000 - len(worker.QueueID("orders/"))
	longest, err := worker.LaneID("orders", strings.Repeat("k", most))
	require.NoError(t, err)
	require.Len(t, worker.QueueID(longest), 1000)
	_, err = worker.LaneID("orders", strings.Repeat("k", most+1))
	require.ErrorContains(t, err, "at most 989")
}

// TestKeysKeepTheirOwnLanes: no two keys share one, and every lane's name can travel in a header.
func TestKeysKeepTheirOwnLanes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.OneOf(rapid.StringMatching(`[%0-9A-Fü]{1,4}`), rapid.StringN(1, 20, 80))
		a, b := keys.Draw(t, "a"), keys.Draw(t, "b")
		laneA, err := worker.LaneID("orders", a)
		require.NoError(t, err)
		laneB, err := worker.LaneID("orders", b)
		require.NoError(t, err)
		require.Equal(t, a == b, laneA == laneB)
		require.Regexp(t, `^[ -~]+$`, laneA)
	})
}
