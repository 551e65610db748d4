package bucket_test

import (
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/flowtest/bucket"
)

func open(t *testing.T) (*store.Objects, *bucket.Bucket) {
	t.Helper()
	b := bucket.New()
	o, err := store.OpenObjects(t.Context(), store.S3Options{Endpoint: bucket.Endpoint, AccessKey: "a", SecretKey: "b", Transport: b})
	require.NoError(t, err)
	return o, b
}

func listed(t *testing.T, o *store.Objects, prefix string, deep bool) []string {
	t.Helper()
	var names []string
	for info, err := range o.List(t.Context(), prefix, deep) {
		require.NoError(t, err)
		names = append(names, info.Name)
	}
	return names
}

func TestObjectsAreKeptAsTheyWerePut(t *testing.T) {
	t.Parallel()
	o, b := open(t)
	ctx := t.Context()
	put := store.PutOptions{ContentType: "text/x-test", Filename: "ä b.txt"}
	require.NoError(t, o.Put(ctx, "a/b c.txt", []byte("hello"), put))
	got, err := o.Get(ctx, "a/b c.txt", 100)
	require.NoError(t, err)
	require.Equal(t, "hello", string(got))
	info, err := o.Stat(ctx, "a/b c.txt")
	require.NoError(t, err)
	require.Equal(t, []any{int64(5), "text/x-test", "ä b.txt"}, []any{info.Size, info.ContentType, info.Filename})

	won, err := o.Claim(ctx, "claim", []byte("one"), store.PutOptions{})
	require.NoError(t, err)
	require.True(t, won)
	won, err = o.Claim(ctx, "claim", []byte("two"), store.PutOptions{})
	require.NoError(t, err)
	require.False(t, won, "there is one already")

	require.NoError(t, o.Put(ctx, "empty", nil, store.PutOptions{}))
	require.ElementsMatch(t, []string{"a/", "claim", "empty"}, listed(t, o, "", false))
	require.Equal(t, []string{"a/b c.txt"}, listed(t, o, "a/", true))
	require.NoError(t, o.Delete(ctx, "empty"))
	_, err = o.Get(ctx, "empty", 1)
	require.ErrorIs(t, err, store.ErrNotFound)
	_, err = o.Stat(ctx, "empty")
	require.ErrorIs(t, err, store.ErrNotFound)

	require.Equal(t, []string{"a/b c.txt", "claim"}, b.Names())
	b.Keep([]string{"claim", "nothing"})
	require.Equal(t, []string{"claim"}, b.Names())
}

func TestStreamsComeInParts(t *testing.T) {
	t.Parallel()
	o, b := open(t)
	data := bytes.Repeat([]byte("0123456789abcdef"), 40<<16) // 40 MB: three parts
	n, err := o.Stream(t.Context(), "large", bytes.NewReader(data), store.PutOptions{ContentType: "application/x-large"})
	require.NoError(t, err)
	require.Equal(t, int64(len(data)), n)
	r, info, err := o.Open(t.Context(), "large")
	require.NoError(t, err)
	got, err := io.ReadAll(r)
	require.NoError(t, err)
	require.True(t, bytes.Equal(data, got))
	require.Equal(t, "application/x-large", info.ContentType)

	ctx, stop := context.WithCancel(t.Context())
	_, err = o.Stream(ctx, "broken", io.MultiReader(bytes.NewReader(data[:20<<20]), reader(func([]byte) (int, error) {
		stop()
		return 0, io.ErrUnexpectedEOF
	})), store.PutOptions{})
	require.Error(t, err)
	require.Equal(t, []string{"large"}, b.Names())
	_, err = o.Stream(t.Context(), "broken", bytes.NewReader(data[:1]), store.PutOptions{})
	require.NoError(t, err, "what was left behind is cleared")
}

type reader func([]byte) (int, error)

func (r reader) Read(p []byte) (int, error) { return r(p) }
