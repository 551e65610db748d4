package store_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/activities/store/storetest"
)

// An address opens what it names to the flow that made it, and to nobody else who happens to know it.
func TestAddressesOpenTheirOwnFlowsResourcesOnly(t *testing.T) {
	t.Parallel()
	b := store.NewBlobs(storetest.Objects(t))
	w := store.Work{Slug: "orders", Run: "r", Step: "keep"}
	own, err := b.Put(t.Context(), w, store.Retained, []byte("mine"), store.PutOptions{})
	require.NoError(t, err)
	w.Shared, w.Step = true, "share"
	shared, err := b.Put(t.Context(), w, store.Retained, []byte("ours"), store.PutOptions{})
	require.NoError(t, err)
	for reader, reads := range map[string][]bool{"orders": {true, true}, "other": {false, true}, store.Operator: {true, true}} {
		for i, ref := range []store.Ref{own, shared} {
			_, _, err := b.Read(t.Context(), ref, reader, 10)
			_, urlErr := b.URL(t.Context(), ref.URI, reader, time.Minute)
			if reads[i] {
				require.NoError(t, err)
				require.NoError(t, urlErr)
				continue
			}
			require.ErrorIs(t, err, store.ErrNotFound)
			require.ErrorIs(t, urlErr, store.ErrNotFound)
			require.ErrorIs(t, b.Delete(t.Context(), ref.URI, reader), store.ErrNotFound)
		}
	}
	forged := strings.Replace(own.URI, "/orders/", "/other/", 1)
	_, _, err = b.Read(t.Context(), store.Ref{URI: forged}, "other", 10)
	require.ErrorIs(t, err, store.ErrNotFound)
}

// Who was sent a signed URL has seen the object's name, and still doesn't know the address.
func TestASignedURLDoesNotTellTheAddress(t *testing.T) {
	t.Parallel()
	b := store.NewBlobs(storetest.Objects(t))
	ref, err := b.Put(t.Context(), store.Work{Slug: "orders", Run: "r", Step: "keep"}, store.Retained, []byte("x"), store.PutOptions{})
	require.NoError(t, err)
	url, err := b.URL(t.Context(), ref.URI, "orders", time.Hour)
	require.NoError(t, err)
	name, tag := ref.URI[:strings.LastIndex(ref.URI, "/")], ref.URI[strings.LastIndex(ref.URI, "/")+1:]
	require.NotContains(t, url, tag)
	rest := url[strings.Index(url, "/retained/"):]
	seen := strings.Split(strings.SplitN(rest, "?", 2)[0], "/")
	_, _, err = b.Open(t.Context(), store.Ref{URI: name + "/" + seen[len(seen)-1]}, "orders")
	require.ErrorIs(t, err, store.ErrNotFound)
}

func TestAddressesOfValuesInKV(t *testing.T) {
	t.Parallel()
	b := store.NewBlobs(storetest.Objects(t))
	uri, err := b.KVAddress(t.Context(), "order:1", "orders", false)
	require.NoError(t, err)
	key, is, err := b.KVKey(t.Context(), uri, "orders")
	require.NoError(t, err)
	require.True(t, is)
	require.Equal(t, "order:1", key)
	_, _, err = b.KVKey(t.Context(), uri, "other")
	require.ErrorIs(t, err, store.ErrNotFound)
	_, _, err = b.KVKey(t.Context(), strings.Replace(uri, "order:1", "order:2", 1), "orders")
	require.ErrorIs(t, err, store.ErrNotFound)
	_, _, err = b.KVKey(t.Context(), "res://kv/order:1", "orders")
	require.True(t, store.IsNoAddress(err))
	require.True(t, store.IsNoAddress(b.Delete(t.Context(), uri, "orders")))
}

// The end of a damaged content is never given: who forwards it can't complete it.
func TestDamagedContentNeverEnds(t *testing.T) {
	t.Parallel()
	storetest.EachObjects(t, func(t *testing.T, o *store.Objects) {
		b := store.NewBlobs(o)
		w := store.Work{Slug: "s", Run: "r", Step: "damaged"}
		want, err := io.ReadAll(&pattern{n: 300_000})
		require.NoError(t, err)
		ref, err := b.Put(t.Context(), w, store.Retained, want, store.PutOptions{})
		require.NoError(t, err)
		for _, object := range names(t, o, "blobs/", true) {
			bad := bytes.Clone(want)
			bad[1000] ^= 1
			require.NoError(t, o.Put(t.Context(), object, bad, store.PutOptions{SHA256: ref.SHA256}))
		}
		for _, known := range []store.Ref{ref, {URI: ref.URI}} {
			r, info, err := b.Open(t.Context(), known, "s")
			require.NoError(t, err)
			require.EqualValues(t, len(want), info.Size)
			got, err := io.ReadAll(r)
			require.ErrorIs(t, err, store.ErrDamaged)
			require.Less(t, len(got), len(want))
			require.NoError(t, r.Close())
		}
	})
}
