package store_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/activities/store/storetest"
	"github.com/weir-run/weir/definition"
)

func flow(t *testing.T, slug string, n int) *definition.Flow {
	t.Helper()
	f, problems := definition.Parse(slug+".edn", fmt.Appendf(nil, `{:slug :%s :concurrency {:type :singleton :on-new-version :drain} :flow '(+ %d 1)}`, slug, n))
	require.NoError(t, problems.Err())
	return f
}

func TestVersions(t *testing.T) {
	t.Parallel()
	storetest.EachObjects(t, func(t *testing.T, o *store.Objects) {
		ctx := context.Background()
		v, other := store.NewVersions(o), store.NewVersions(o)
		live := func(v *store.Versions, slug string) int {
			n, err := v.Live(ctx, slug)
			require.NoError(t, err)
			return n
		}
		deploy := func(v *store.Versions, f *definition.Flow) (int, bool) {
			n, created, err := v.Deploy(ctx, f)
			require.NoError(t, err)
			return n, created
		}
		require.Zero(t, live(v, "a"))
		n, created := deploy(v, flow(t, "a", 1))
		require.True(t, created)
		require.Equal(t, 1, n)
		n, created = deploy(other, flow(t, "a", 1))
		require.False(t, created)
		require.Equal(t, 1, n)
		n, _ = deploy(v, flow(t, "a", 2))
		require.Equal(t, 2, n)
		n, _ = deploy(other, flow(t, "a", 3))
		require.Equal(t, 3, n)
		n, err := v.Rollback(ctx, "a", 1)
		require.NoError(t, err)
		require.Equal(t, 4, n)
		require.Equal(t, 4, live(v, "a"))
		require.Equal(t, 4, live(store.NewVersions(o), "a"))
		deploy(v, flow(t, "b", 1))

		f, err := store.NewVersions(o).Get(ctx, "a", 4)
		require.NoError(t, err)
		require.Equal(t, flow(t, "a", 1).Digest, f.Digest)
		require.Equal(t, "a.edn", f.File)
		again, err := v.Get(ctx, "a", 4)
		require.NoError(t, err)
		first, err := v.Get(ctx, "a", 1)
		require.NoError(t, err)
		require.Same(t, first, again)
		for _, n := range []int{0, 5, -1} {
			_, err = v.Get(ctx, "a", n)
			require.ErrorIs(t, err, store.ErrNotFound)
		}
		_, err = v.Rollback(ctx, "a", 9)
		require.ErrorIs(t, err, store.ErrNotFound)

		list, err := v.List(ctx, "a")
		require.NoError(t, err)
		require.Equal(t, []int{4, 3, 2, 1}, numbers(list))
		require.False(t, list[0].At.IsZero())
		slugs, err := v.Slugs(ctx)
		require.NoError(t, err)
		require.Equal(t, []string{"a", "b"}, slugs)
	})
}

func numbers(vs []store.Version) (out []int) {
	for _, v := range vs {
		out = append(out, v.Number)
	}
	return out
}

// Processes that deploy at once get a number each, without gaps.
func TestDeploysAtOnce(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	o := storetest.Objects(t)
	const deployers = 6
	got, failures := make([]int, deployers), make([]error, deployers)
	var wg sync.WaitGroup
	for i := range deployers {
		f := flow(t, "a", i)
		wg.Go(func() { got[i], _, failures[i] = store.NewVersions(o).Deploy(ctx, f) })
	}
	wg.Wait()
	for _, err := range failures {
		require.NoError(t, err)
	}
	slices.Sort(got)
	require.Equal(t, []int{1, 2, 3, 4, 5, 6}, got)
}

func TestADamagedTextIsNoFlow(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	o := storetest.Objects(t)
	f := flow(t, "a", 1)
	_, _, err := store.NewVersions(o).Deploy(ctx, f)
	require.NoError(t, err)
	require.NoError(t, o.Put(ctx, "texts/"+f.Digest+".edn", []byte("{}"), store.PutOptions{}))
	_, err = store.NewVersions(o).Get(ctx, "a", 1)
	require.ErrorIs(t, err, store.ErrDamaged)
}
