package store_test

import (
	"context"
	"errors"
	"math"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/activities/store/storetest"
	"github.com/weir-run/weir/interpreter/value"
)

// edn compares values as the language does, and shows them when they differ.
func edn(t *testing.T, want, got value.Value) {
	t.Helper()
	require.Equal(t, value.PrStr(nil, want), value.PrStr(nil, got))
}

func vector(vs ...int64) value.Value {
	out := make([]value.Value, len(vs))
	for i, v := range vs {
		out[i] = value.Int(v)
	}
	return value.VectorFrom(out)
}

func eachKV(t *testing.T, suite func(t *testing.T, ctx context.Context, kv *store.KV, r storetest.Redis)) {
	t.Helper()
	t.Parallel()
	storetest.EachRedis(t, func(t *testing.T, r storetest.Redis) {
		suite(t, context.Background(), store.NewKV(r.Client, r.Prefix), r)
	})
}

func TestSetAndGetKeepTypes(t *testing.T) {
	eachKV(t, func(t *testing.T, ctx context.Context, kv *store.KV, _ storetest.Redis) {
		for _, v := range []value.Value{
			value.Nil, value.True, value.Int(math.MaxInt64), value.Double(3), value.String("~:x"), value.Kw("a/b"), value.Char('x'),
			value.BigInt(big.NewInt(7)), value.Ratio(big.NewRat(1, 3)), vector(), vector(1, 2), value.NewSet(nil, value.Int(1)),
			value.NewList(value.Int(1)), value.NewMap(value.Kw("b"), value.Int(1), value.String("a"), value.Nil, vector(1), value.NewList()),
		} {
			created, err := kv.Set(ctx, store.Write{Key: "k"}, v, false)
			require.NoError(t, err)
			_ = created
			got, exists, err := kv.Get(ctx, "k")
			require.NoError(t, err)
			require.True(t, exists)
			edn(t, v, got)
		}
	})
}

func TestSetSaysWhetherItCreated(t *testing.T) {
	eachKV(t, func(t *testing.T, ctx context.Context, kv *store.KV, _ storetest.Redis) {
		set := func(v int64, ifAbsent bool) bool {
			created, err := kv.Set(ctx, store.Write{Key: "a:b"}, value.Int(v), ifAbsent)
			require.NoError(t, err)
			return created
		}
		require.True(t, set(1, true))
		require.False(t, set(2, true))
		got, _, err := kv.Get(ctx, "a:b")
		require.NoError(t, err)
		edn(t, value.Int(1), got)
		require.False(t, set(3, false))
		got, _, err = kv.Get(ctx, "a:b")
		require.NoError(t, err)
		edn(t, value.Int(3), got)

		exists, err := kv.Exists(ctx, "a:b")
		require.NoError(t, err)
		require.True(t, exists)
		deleted, err := kv.Delete(ctx, store.Write{Key: "a:b"})
		require.NoError(t, err)
		require.True(t, deleted)
		deleted, err = kv.Delete(ctx, store.Write{Key: "a:b"})
		require.NoError(t, err)
		require.False(t, deleted)
		exists, err = kv.Exists(ctx, "a:b")
		require.NoError(t, err)
		require.False(t, exists)
		_, exists, err = kv.Get(ctx, "a:b")
		require.NoError(t, err)
		require.False(t, exists)
	})
}

func TestKeysExpire(t *testing.T) {
	eachKV(t, func(t *testing.T, ctx context.Context, kv *store.KV, r storetest.Redis) {
		exists := func(key string) bool {
			ok, err := kv.Exists(ctx, key)
			require.NoError(t, err)
			return ok
		}
		_, err := kv.Set(ctx, store.Write{Key: "set", TTL: 60}, value.Int(1), false)
		require.NoError(t, err)
		_, err = kv.Set(ctx, store.Write{Key: "forever"}, value.Int(1), false)
		require.NoError(t, err)
		_, _, err = kv.Increment(ctx, store.Write{Key: "set"}, value.Int(1))
		require.NoError(t, err)
		_, _, err = kv.Increment(ctx, store.Write{Key: "set"}, value.Double(0.5))
		require.NoError(t, err)
		_, err = kv.Append(ctx, store.Write{Key: "list", TTL: 60}, []value.Value{value.Int(1)}, 10)
		require.NoError(t, err)
		_, err = kv.Set(ctx, store.Write{Key: "vector", TTL: 60}, vector(1), false)
		require.NoError(t, err)
		_, err = kv.Append(ctx, store.Write{Key: "vector"}, []value.Value{value.Int(2)}, 10)
		require.NoError(t, err)
		r.Pass(59 * time.Second)
		require.True(t, exists("set") && exists("list") && exists("vector"))
		r.Pass(2 * time.Second)
		require.False(t, exists("set") || exists("list") || exists("vector"))
		require.True(t, exists("forever"))
	})
}

func TestIncrement(t *testing.T) {
	eachKV(t, func(t *testing.T, ctx context.Context, kv *store.KV, _ storetest.Redis) {
		check := func(key string, delta, now, previous value.Value) {
			t.Helper()
			n, p, err := kv.Increment(ctx, store.Write{Key: key}, delta)
			require.NoError(t, err)
			edn(t, now, n)
			edn(t, previous, p)
		}
		check("n", value.Int(1), value.Int(1), value.Int(0))
		check("n", value.Int(-5), value.Int(-4), value.Int(1))
		check("n", value.Double(0.5), value.Double(-3.5), value.Double(-4))
		check("n", value.Int(1), value.Double(-2.5), value.Double(-3.5))
		check("f", value.Double(2), value.Double(2), value.Double(0))
		check("big", value.Int(1<<62), value.Int(1<<62), value.Int(0))
		check("big", value.Int(1<<62-1), value.Int(math.MaxInt64), value.Int(1<<62))

		var invalid *store.InvalidError
		_, _, err := kv.Increment(ctx, store.Write{Key: "big"}, value.Int(1))
		require.ErrorAs(t, err, &invalid)
		require.ErrorContains(t, err, "64-bit")
		_, err = kv.Set(ctx, store.Write{Key: "s"}, value.String("1"), false)
		require.NoError(t, err)
		_, _, err = kv.Increment(ctx, store.Write{Key: "s"}, value.Int(1))
		require.ErrorContains(t, err, "is not a number (found: string)")
		_, err = kv.Append(ctx, store.Write{Key: "l"}, []value.Value{value.Int(1)}, 5)
		require.NoError(t, err)
		_, _, err = kv.Increment(ctx, store.Write{Key: "l"}, value.Int(1))
		require.ErrorContains(t, err, "is not a number (found: vector)")
		_, _, err = kv.Increment(ctx, store.Write{Key: "n"}, value.String("1"))
		require.ErrorAs(t, err, &invalid)
	})
}

func TestAppend(t *testing.T) {
	eachKV(t, func(t *testing.T, ctx context.Context, kv *store.KV, _ storetest.Redis) {
		appended := func(key string, longest int, items ...int64) value.Value {
			t.Helper()
			v, err := kv.Append(ctx, store.Write{Key: key}, vector(items...).Ref().(*value.Vector).Slice(), longest)
			require.NoError(t, err)
			got, _, err := kv.Get(ctx, key)
			require.NoError(t, err)
			edn(t, v, got)
			return v
		}
		edn(t, vector(), appended("a", 3))
		edn(t, vector(1), appended("a", 3, 1))
		edn(t, vector(1, 2, 3), appended("a", 3, 2, 3))
		edn(t, vector(2, 3, 4), appended("a", 3, 4))
		edn(t, vector(8, 9), appended("a", 2, 5, 6, 7, 8, 9))
		edn(t, vector(8, 9), appended("a", 2))

		_, err := kv.Set(ctx, store.Write{Key: "v"}, vector(1, 2, 3), false)
		require.NoError(t, err)
		edn(t, vector(2, 3, 4), appended("v", 3, 4))
		_, err = kv.Set(ctx, store.Write{Key: "n"}, value.Nil, false)
		require.NoError(t, err)
		edn(t, vector(1), appended("n", 3, 1))

		mixed := []value.Value{value.Kw("x"), value.NewMap(value.Kw("a"), value.Nil), value.String("~#set"), vector()}
		v, err := kv.Append(ctx, store.Write{Key: "m"}, mixed, 10)
		require.NoError(t, err)
		edn(t, value.VectorFrom(mixed), v)

		_, err = kv.Set(ctx, store.Write{Key: "map"}, value.NewMap(), false)
		require.NoError(t, err)
		_, err = kv.Append(ctx, store.Write{Key: "map"}, mixed, 10)
		require.ErrorContains(t, err, "is not a vector (found: map)")
		for _, longest := range []int{0, store.MaxAppended + 1} {
			_, err = kv.Append(ctx, store.Write{Key: "a"}, mixed, longest)
			require.ErrorContains(t, err, ":max-length")
		}
	})
}

func TestCompareAndSet(t *testing.T) {
	eachKV(t, func(t *testing.T, ctx context.Context, kv *store.KV, _ storetest.Redis) {
		swap := func(key string, expected, v value.Value) bool {
			t.Helper()
			ok, err := kv.CompareAndSet(ctx, store.Write{Key: key}, expected, v)
			require.NoError(t, err)
			return ok
		}
		require.False(t, swap("k", value.Int(1), value.Int(2)))
		require.True(t, swap("k", value.Nil, value.NewMap(value.Kw("a"), value.Int(1), value.Kw("b"), value.Int(2))))
		require.False(t, swap("k", value.Nil, value.Int(2)))
		require.True(t, swap("k", value.NewMap(value.Kw("b"), value.Int(2), value.Kw("a"), value.Int(1)), vector(1)), "order doesn't matter")
		_, err := kv.Append(ctx, store.Write{Key: "l"}, []value.Value{value.Int(1), value.Int(2)}, 5)
		require.NoError(t, err)
		require.True(t, swap("l", vector(1, 2), value.Kw("done")))
		got, _, err := kv.Get(ctx, "l")
		require.NoError(t, err)
		edn(t, value.Kw("done"), got)
	})
}

func TestARepeatedWriteTakesEffectOnce(t *testing.T) {
	eachKV(t, func(t *testing.T, ctx context.Context, kv *store.KV, r storetest.Redis) {
		w := func(key, token string) store.Write { return store.Write{Key: key, Token: token} }
		for range 2 {
			now, previous, err := kv.Increment(ctx, w("n", "t1"), value.Int(5))
			require.NoError(t, err)
			edn(t, value.Int(5), now)
			edn(t, value.Int(0), previous)
		}
		for range 2 {
			now, _, err := kv.Increment(ctx, w("n", "t2"), value.Double(0.5))
			require.NoError(t, err)
			edn(t, value.Double(5.5), now)
		}
		for range 2 {
			v, err := kv.Append(ctx, w("l", "t1"), []value.Value{value.Int(1)}, 10)
			require.NoError(t, err)
			edn(t, vector(1), v)
		}
		for range 2 {
			created, err := kv.Set(ctx, w("s", "t1"), value.Int(1), true)
			require.NoError(t, err)
			require.True(t, created)
		}
		for range 2 {
			swapped, err := kv.CompareAndSet(ctx, w("s", "t2"), value.Int(1), value.Int(2))
			require.NoError(t, err)
			require.True(t, swapped)
		}
		_, err := kv.Set(ctx, w("s", "t3"), value.Int(9), false)
		require.NoError(t, err)
		_, err = kv.CompareAndSet(ctx, w("s", "t2"), value.Int(1), value.Int(2))
		require.NoError(t, err)
		got, _, err := kv.Get(ctx, "s")
		require.NoError(t, err)
		edn(t, value.Int(9), got)
		for range 2 {
			deleted, err := kv.Delete(ctx, w("s", "t4"))
			require.NoError(t, err)
			require.True(t, deleted)
		}
		// A long answer isn't remembered word for word, only that the write was done.
		long := []value.Value{value.String(strings.Repeat("x", 2000))}
		for range 2 {
			v, err := kv.Append(ctx, w("long", "t1"), long, 10)
			require.NoError(t, err)
			edn(t, value.VectorFrom(long), v)
		}
		r.Pass(store.TokenTTL + time.Second)
		now, _, err := kv.Increment(ctx, w("n", "t1"), value.Int(5))
		require.NoError(t, err)
		edn(t, value.Double(10.5), now)
	})
}

func TestListKeys(t *testing.T) {
	eachKV(t, func(t *testing.T, ctx context.Context, kv *store.KV, r storetest.Redis) {
		other := store.NewKV(r.Client, "other-"+r.Prefix)
		_, err := store.NewKV(r.Client, "").Set(ctx, store.Write{Key: "b:7", TTL: 1}, value.Nil, false)
		require.NoError(t, err)
		for _, key := range []string{"b:2", "a:1", "b:1", "b-3"} {
			_, err := kv.Set(ctx, store.Write{Key: key, Token: "t"}, value.Int(1), false)
			require.NoError(t, err)
		}
		_, err = other.Set(ctx, store.Write{Key: "b:9"}, value.Int(1), false)
		require.NoError(t, err)
		keys, err := kv.List(ctx, "", 1000)
		require.NoError(t, err)
		require.Equal(t, []string{"a:1", "b-3", "b:1", "b:2"}, keys)
		keys, err = kv.List(ctx, "b:", 1000)
		require.NoError(t, err)
		require.Equal(t, []string{"b:1", "b:2"}, keys)
		keys, err = kv.List(ctx, "b", 2)
		require.NoError(t, err)
		require.Len(t, keys, 2)
		keys, err = kv.List(ctx, "zz", 1)
		require.NoError(t, err)
		require.Empty(t, keys)
		for _, limit := range []int{0, -1, store.MaxListedKeys + 1} {
			_, err = kv.List(ctx, "", limit)
			require.ErrorContains(t, err, ":limit")
		}
		_, err = kv.List(ctx, "b*", 10)
		require.ErrorContains(t, err, ":prefix")
	})
}

func TestLimitsOfKV(t *testing.T) {
	eachKV(t, func(t *testing.T, ctx context.Context, kv *store.KV, _ storetest.Redis) {
		set := func(w store.Write, v value.Value) error {
			_, err := kv.Set(ctx, w, v, false)
			return err
		}
		var invalid *store.InvalidError
		require.NoError(t, set(store.Write{Key: strings.Repeat("k", store.MaxKeyLength)}, value.Nil))
		for _, key := range []string{"", strings.Repeat("k", store.MaxKeyLength+1), "a b", "a/b", "ä", "a{b}", "a\n", "a*"} {
			require.ErrorAs(t, set(store.Write{Key: key}, value.Nil), &invalid, key)
			_, _, err := kv.Get(ctx, key)
			require.ErrorAs(t, err, &invalid)
			_, err = kv.Exists(ctx, key)
			require.ErrorAs(t, err, &invalid)
		}
		require.NoError(t, set(store.Write{Key: "k", TTL: store.MinTTL}, value.Nil))
		require.NoError(t, set(store.Write{Key: "k", TTL: store.MaxTTL}, value.Nil))
		for _, ttl := range []int64{-1, store.MaxTTL + 1} {
			require.ErrorContains(t, set(store.Write{Key: "k", TTL: ttl}, value.Nil), ":ttl")
		}
		quotes := 2
		require.NoError(t, set(store.Write{Key: "v"}, value.String(strings.Repeat("x", store.MaxValueBytes-quotes-1))))
		require.ErrorAs(t, set(store.Write{Key: "v"}, value.String(strings.Repeat("x", store.MaxValueBytes-quotes))), &invalid)

		half := value.String(strings.Repeat("x", store.MaxValueBytes/2-4))
		_, err := kv.Append(ctx, store.Write{Key: "l"}, []value.Value{half}, 10)
		require.NoError(t, err)
		_, err = kv.Append(ctx, store.Write{Key: "l"}, []value.Value{half}, 10)
		require.NoError(t, err)
		_, err = kv.Append(ctx, store.Write{Key: "l"}, []value.Value{value.Int(12345)}, 10)
		require.ErrorAs(t, err, &invalid)
		got, _, err := kv.Get(ctx, "l")
		require.NoError(t, err)
		require.EqualValues(t, 2, value.Count(nil, got))
		_, err = kv.Append(ctx, store.Write{Key: "l"}, []value.Value{value.Int(12345)}, 2)
		require.NoError(t, err)
	})
}

// Many writers at once lose nothing, whichever way the value has to be changed.
func TestConcurrentWrites(t *testing.T) {
	eachKV(t, func(t *testing.T, ctx context.Context, kv *store.KV, _ storetest.Redis) {
		_, err := kv.Set(ctx, store.Write{Key: "l"}, vector(), false)
		require.NoError(t, err)
		const writers, turns = 8, 20
		var wg sync.WaitGroup
		failures := make([]error, writers)
		for i := range writers {
			wg.Go(func() {
				for range turns {
					_, _, a := kv.Increment(ctx, store.Write{Key: "n"}, value.Int(1))
					_, _, b := kv.Increment(ctx, store.Write{Key: "f"}, value.Double(0.5))
					_, c := kv.Append(ctx, store.Write{Key: "l"}, []value.Value{value.Int(1)}, 1000)
					failures[i] = errors.Join(failures[i], a, b, c)
				}
			})
		}
		wg.Wait()
		require.NoError(t, errors.Join(failures...))
		n, _, err := kv.Get(ctx, "n")
		require.NoError(t, err)
		edn(t, value.Int(writers*turns), n)
		f, _, err := kv.Get(ctx, "f")
		require.NoError(t, err)
		edn(t, value.Double(writers*turns/2), f)
		l, _, err := kv.Get(ctx, "l")
		require.NoError(t, err)
		require.EqualValues(t, writers*turns, value.Count(nil, l))
	})
}
