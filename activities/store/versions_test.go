package store_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
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
		n, created, err := v.Rollback(ctx, "a", 1)
		require.NoError(t, err)
		require.True(t, created)
		require.Equal(t, 4, n)
		n, created, err = other.Rollback(ctx, "a", 1)
		require.NoError(t, err)
		require.False(t, created, "that text is live already")
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
		_, _, err = v.Rollback(ctx, "a", 9)
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

// Processes that deploy at once get a number each, without gaps; the highest is live, and every text is kept. Those
// that deploy the same text make one version of it.
func TestDeploysAtOnce(t *testing.T) {
	t.Parallel()
	storetest.EachObjects(t, func(t *testing.T, o *store.Objects) {
		ctx := context.Background()
		const deployers, twins = 24, 8
		got, digests, failures := make([]int, deployers), map[string]bool{}, make([]error, deployers+twins)
		var created atomic.Int32
		var wg sync.WaitGroup
		for i := range deployers {
			f := flow(t, "a", i)
			digests[f.Digest] = true
			wg.Go(func() { got[i], _, failures[i] = store.NewVersions(o).Deploy(ctx, f) })
		}
		for i := range twins {
			f := flow(t, "same", 1)
			wg.Go(func() {
				n, won, err := store.NewVersions(o).Deploy(ctx, f)
				if failures[deployers+i] = err; won {
					created.Add(1)
				}
				assert.Equal(t, 1, n)
			})
		}
		wg.Wait()
		for _, err := range failures {
			require.NoError(t, err)
		}
		require.EqualValues(t, 1, created.Load())
		slices.Sort(got)
		v := store.NewVersions(o)
		for i, n := range got {
			require.Equal(t, i+1, n)
			f, err := v.Get(ctx, "a", n)
			require.NoError(t, err)
			delete(digests, f.Digest)
		}
		require.Empty(t, digests)
		live, err := v.Live(ctx, "a")
		require.NoError(t, err)
		require.Equal(t, deployers, live)
	})
}

func TestADamagedTextIsNoFlow(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	o := storetest.Objects(t)
	f := flow(t, "a", 1)
	_, _, err := store.NewVersions(o).Deploy(ctx, f)
	require.NoError(t, err)
	for info, err := range o.List(ctx, "texts/"+f.Digest+"/", true) {
		require.NoError(t, err)
		require.NoError(t, o.Put(ctx, info.Name, []byte("{}"), store.PutOptions{}))
	}
	_, err = store.NewVersions(o).Get(ctx, "a", 1)
	require.ErrorIs(t, err, store.ErrDamaged)
}
