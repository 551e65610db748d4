package store_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/activities/store/storetest"
	"github.com/weir-run/weir/interpreter/value"
)

// TestAFenceKeepsEarlierRunsOut tries every kind of write.
func TestAFenceKeepsEarlierRunsOut(t *testing.T) {
	eachKV(t, func(t *testing.T, ctx context.Context, kv *store.KV, _ storetest.Redis) {
		write := func(at int64, token string) store.Write {
			return store.Write{Key: "k", Token: token, Fence: store.Fence{Lane: "flow/it's {1}", At: at}}
		}
		all := func(at int64) map[string]error {
			errs := map[string]error{}
			_, errs["set"] = kv.Set(ctx, write(at, ""), value.Int(1), false)
			_, _, errs["increment"] = kv.Increment(ctx, write(at, ""), value.Int(1))
			_, _, errs["increment by a double"] = kv.Increment(ctx, write(at, ""), value.Double(1))
			_, errs["compare-and-set"] = kv.CompareAndSet(ctx, write(at, ""), value.Double(3), value.Nil)
			_, errs["append"] = kv.Append(ctx, write(at, ""), []value.Value{value.Int(1)}, 10)
			_, errs["delete"] = kv.Delete(ctx, write(at, ""))
			return errs
		}
		expect := func(at int64, want error) {
			t.Helper()
			for operation, err := range all(at) {
				require.ErrorIs(t, err, want, operation)
			}
		}
		expect(100, nil) // no fence stands yet
		require.NoError(t, kv.Raise(ctx, write(200, "").Fence))
		expect(200, nil)
		_, err := kv.Set(ctx, write(200, "token"), value.Double(7), false)
		require.NoError(t, err)
		expect(199, store.ErrSuperseded)
		_, err = kv.Set(ctx, write(199, "token"), value.String("older"), false)
		require.ErrorIs(t, err, store.ErrSuperseded, "also where the write was remembered")
		got, _, err := kv.Get(ctx, "k")
		require.NoError(t, err)
		edn(t, value.Double(7), got)

		require.NoError(t, kv.Raise(ctx, write(150, "").Fence), "late, and so without effect")
		expect(199, store.ErrSuperseded)
		_, err = kv.Set(ctx, store.Write{Key: "k", Fence: store.Fence{Lane: "flow/other", At: 1}}, value.Int(2), false)
		require.NoError(t, err, "another lane's")
		_, err = kv.Set(ctx, store.Write{Key: "k"}, value.Int(3), false)
		require.NoError(t, err, "one that nothing supersedes")
	})
}
