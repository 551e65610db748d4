package store_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/activities/store/storetest"
)

func TestBlobs(t *testing.T) {
	t.Parallel()
	storetest.EachObjects(t, func(t *testing.T, o *store.Objects) {
		ctx := context.Background()
		b := store.NewBlobs(o)
		w := store.Work{Slug: "orders", Run: "01-run", Step: "ns/persist risk", Occurrence: 1}
		ref, err := b.Put(ctx, w, store.Retained, []byte("one"), store.PutOptions{ContentType: "text/plain"})
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(ref.URI, "res://retained/orders/01-run/ns_persist_risk-"), ref.URI)
		require.Equal(t, "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed", ref.SHA256)

		// The same work writes the same object, in another process too; other work another one.
		again, err := store.NewBlobs(o).Put(ctx, w, store.Retained, []byte("two!"), store.PutOptions{ContentType: "text/plain", Filename: "a.txt"})
		require.NoError(t, err)
		require.Equal(t, ref.URI, again.URI)
		w.Occurrence = 2
		other, err := b.Put(ctx, w, store.Retained, []byte("2"), store.PutOptions{})
		require.NoError(t, err)
		require.NotEqual(t, ref.URI, other.URI)

		data, info, err := b.Read(ctx, again, "orders", 4)
		require.NoError(t, err)
		require.Equal(t, "two!", string(data))
		require.Equal(t, "a.txt", info.Filename)
		_, _, err = b.Read(ctx, ref, "orders", 100)
		require.ErrorIs(t, err, store.ErrDamaged)
		_, _, err = b.Read(ctx, again, "orders", 3)
		require.ErrorIs(t, err, store.ErrTooLarge)
		_, err = b.URL(ctx, ref.URI, "orders", time.Hour)
		require.NoError(t, err)
		_, err = b.URL(ctx, ref.URI, "orders", 0)
		require.Error(t, err)
		require.NoError(t, b.Delete(ctx, ref.URI, "orders"))
		_, _, err = b.Read(ctx, again, "orders", 10)
		require.ErrorIs(t, err, store.ErrNotFound)
	})
}

func TestAddressesOfBlobsAreChecked(t *testing.T) {
	t.Parallel()
	b := store.NewBlobs(storetest.Objects(t))
	tag := strings.Repeat("0", 32)
	for _, uri := range []string{
		"", "res://", "res://retained/a/b/c", "res://retained/a/b/c/short", "res://other/a/b/c/" + tag, "http://retained/a/b/c/" + tag,
		"res://retained/../b/c/" + tag, "res://retained/a/b//" + tag, "res://retained/a/b/c/d/" + tag, "res://retained/a/%2e/c/" + tag, "res://retained/a/b/c/" + tag + "?x",
		"res://kv/k", "res://kv/not a key/" + tag, "res://kv/k/" + tag[1:] + "g", "res://kv/k/x/" + tag,
	} {
		_, _, err := b.Open(context.Background(), store.Ref{URI: uri}, "a")
		require.ErrorContains(t, err, "not the address of a resource", uri)
		require.Error(t, b.Delete(context.Background(), uri, store.Operator))
	}
	_, _, err := b.Open(context.Background(), store.Ref{URI: "res://retained/a/b/c/" + tag}, "a")
	require.ErrorIs(t, err, store.ErrNotFound)
}

// pattern gives n bytes that differ from part to part.
type pattern struct{ at, n int64 }

func (p *pattern) Read(b []byte) (int, error) {
	if p.at == p.n {
		return 0, io.EOF
	}
	n := int(min(int64(len(b)), p.n-p.at))
	for i := range b[:n] {
		at := p.at + int64(i)
		b[i] = byte(at ^ at>>12 ^ at>>21)
	}
	p.at += int64(n)
	return n, nil
}

func TestBlobsAreStreamed(t *testing.T) {
	t.Parallel()
	storetest.EachObjects(t, func(t *testing.T, o *store.Objects) {
		ctx := context.Background()
		b := store.NewBlobs(o)
		const size = 20 << 20
		w := store.Work{Slug: "s", Run: "r", Step: "stream"}
		ref, err := b.Stream(ctx, w, store.Ephemeral, &pattern{n: size}, store.PutOptions{ContentType: "application/octet-stream"})
		require.NoError(t, err)
		require.EqualValues(t, size, ref.Size)
		data, _, err := b.Read(ctx, ref, "s", size)
		require.NoError(t, err)
		want, err := io.ReadAll(&pattern{n: size})
		require.NoError(t, err)
		require.True(t, bytes.Equal(want, data))

		small, err := b.Stream(ctx, store.Work{Slug: "s", Run: "r", Step: "small"}, store.Retained, strings.NewReader("x"), store.PutOptions{})
		require.NoError(t, err)
		require.EqualValues(t, 1, small.Size)

		broken := errors.New("connection lost")
		w.Step = "broken"
		_, err = b.Stream(ctx, w, store.Ephemeral, io.MultiReader(&pattern{n: size}, failing{broken}), store.PutOptions{})
		require.ErrorIs(t, err, broken)
		require.Empty(t, names(t, o, "blobs/ephemeral/s/r/broken", true))
		require.Empty(t, names(t, o, "uploads/", true))
	})
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// A retained blob may have 50 MB and not one byte more, streamed or not.
func TestTheSizeOfARetainedBlobIsBounded(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	o := storetest.Objects(t)
	b := store.NewBlobs(o)
	_, err := b.Stream(ctx, store.Work{Slug: "s", Run: "r", Step: "over"}, store.Retained, &pattern{n: store.MaxRetainedBytes + 1}, store.PutOptions{})
	require.ErrorIs(t, err, store.ErrTooLarge)
	require.Empty(t, names(t, o, "blobs/retained/s/r/over", true))
	ref, err := b.Stream(ctx, store.Work{Slug: "s", Run: "r", Step: "at"}, store.Retained, &pattern{n: store.MaxRetainedBytes}, store.PutOptions{})
	require.NoError(t, err)
	require.EqualValues(t, store.MaxRetainedBytes, ref.Size)
	_, err = b.Put(ctx, store.Work{Slug: "s", Run: "r", Step: "put"}, store.Retained, make([]byte, store.MaxRetainedBytes+1), store.PutOptions{})
	require.ErrorIs(t, err, store.ErrTooLarge)
}
