package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/activities/store/storetest"
)

func deployed(t *testing.T, v *store.Versions, slug string, texts ...int) {
	t.Helper()
	for _, n := range texts {
		_, _, err := v.Deploy(context.Background(), flow(t, slug, n))
		require.NoError(t, err)
	}
}

func TestPrune(t *testing.T) {
	t.Parallel()
	storetest.EachObjects(t, func(t *testing.T, o *store.Objects) {
		ctx := context.Background()
		now := time.Now()
		clock := func() time.Time { return now }
		v, other := store.NewVersions(o), store.NewVersions(o)
		v.SetClock(clock)
		other.SetClock(clock)
		deployed(t, v, "a", 1, 2, 3)
		_, err := other.Get(ctx, "a", 1) // the other process has it parsed
		require.NoError(t, err)

		require.ErrorIs(t, v.Prune(ctx, "a", 3), store.ErrLive)
		require.ErrorIs(t, v.Prune(ctx, "a", 9), store.ErrNotFound)
		require.NoError(t, v.Prune(ctx, "a", 1))
		require.NoError(t, v.Prune(ctx, "a", 1), "again")
		require.NoError(t, v.Prune(ctx, "a", 2))

		var pruned *store.PrunedError
		_, err = v.Get(ctx, "a", 1)
		require.ErrorAs(t, err, &pruned)
		require.ErrorIs(t, err, store.ErrNotFound)
		_, _, err = v.Rollback(ctx, "a", 1)
		require.ErrorAs(t, err, &pruned)
		now = now.Add(store.LiveTTL)
		_, err = other.Get(ctx, "a", 1)
		require.ErrorAs(t, err, &pruned, "what a process knows is no older than that")

		// A process that looks upward from an old number finds its way past the pruned ones.
		deployed(t, store.NewVersions(o), "a", 4)
		live, err := other.Live(ctx, "a")
		require.NoError(t, err)
		require.Equal(t, 4, live)
		list, err := other.List(ctx, "a")
		require.NoError(t, err)
		require.Equal(t, []int{4, 3, 2, 1}, numbers(list))
		require.Equal(t, []bool{true, true, false, false}, []bool{list[0].Pruned.IsZero(), list[1].Pruned.IsZero(), list[2].Pruned.IsZero(), list[3].Pruned.IsZero()})
	})
}

// What was acknowledged at the moment of the pruning goes on: its text is there until no run can need it.
func TestPruningTakesNoTextFromARun(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	o := storetest.Objects(t)
	now := time.Now()
	v := store.NewVersions(o)
	v.SetClock(func() time.Time { return now })
	deployed(t, v, "a", 1, 2)
	require.NoError(t, v.Prune(ctx, "a", 1))
	at := now.UTC().Truncate(time.Millisecond)
	fresh := func() *store.Versions { // a worker without a cache
		w := store.NewVersions(o)
		w.SetClock(func() time.Time { return now })
		return w
	}
	for _, moment := range []struct {
		after               time.Duration
		begins, kept, tried bool
	}{
		{0, true, true, false},
		{store.PruneGrace - time.Millisecond, true, true, false},
		{store.PruneGrace, false, true, false},
		{store.KeepPruned - time.Millisecond, false, true, false},
		{store.KeepPruned, false, false, true},
	} {
		now = at.Add(moment.after)
		gone, err := fresh().Discard(ctx, "a", 1)
		require.NoError(t, err)
		require.Equal(t, moment.tried, gone, moment.after)
		_, err = fresh().Begin(ctx, "a", 1)
		require.Equal(t, moment.begins, err == nil, "%v after: %v", moment.after, err)
		_, err = fresh().Kept(ctx, "a", 1)
		require.Equal(t, moment.kept, err == nil, "%v after: %v", moment.after, err)
	}
	gone, err := fresh().Discard(ctx, "a", 2)
	require.NoError(t, err)
	require.False(t, gone, "it was never pruned")
}

// A roll-back has a copy of its own: discarding the version it came from takes nothing from it.
func TestARollbackOutlivesItsOrigin(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	o := storetest.Objects(t)
	now := time.Now()
	v := store.NewVersions(o)
	v.SetClock(func() time.Time { return now })
	deployed(t, v, "a", 1, 2)
	n, _, err := v.Rollback(ctx, "a", 1)
	require.NoError(t, err)
	require.NoError(t, v.Prune(ctx, "a", 1))
	now = now.Add(store.KeepPruned + time.Second)
	gone, err := v.Discard(ctx, "a", 1)
	require.NoError(t, err)
	require.True(t, gone)
	f, err := store.NewVersions(o).Get(ctx, "a", n)
	require.NoError(t, err)
	require.Equal(t, flow(t, "a", 1).Digest, f.Digest)
}

// Versions that were stored before texts had copies of their own are read where they are.
func TestAVersionOfTheFirstLayout(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	o := storetest.Objects(t)
	f := flow(t, "a", 1)
	require.NoError(t, o.Put(ctx, "texts/"+f.Digest+".edn", f.Text, store.PutOptions{}))
	require.NoError(t, o.Put(ctx, "flows/a/1.json", fmt.Appendf(nil, `{"digest":%q,"at":"2026-11-01T00:00:00Z"}`, f.Digest), store.PutOptions{}))
	got, err := store.NewVersions(o).Get(ctx, "a", 1)
	require.NoError(t, err)
	require.Equal(t, f.Digest, got.Digest)
}
