package store_test

import (
	"context"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/activities/store/storetest"
)

func TestObjects(t *testing.T) {
	t.Parallel()
	storetest.EachObjects(t, func(t *testing.T, o *store.Objects) {
		ctx := context.Background()

		_, err := o.Get(ctx, "a/none", 10)
		require.ErrorIs(t, err, store.ErrNotFound)
		_, err = o.Stat(ctx, "a/none")
		require.ErrorIs(t, err, store.ErrNotFound)
		require.NoError(t, o.Delete(ctx, "a/none"))

		require.NoError(t, o.Put(ctx, "a/1.json", []byte("{}"), store.PutOptions{ContentType: "application/json", Filename: "größe 1.json"}))
		require.NoError(t, o.Put(ctx, "a/1.json", []byte("{1}"), store.PutOptions{ContentType: "application/json", Filename: "größe 1.json"}))
		require.NoError(t, o.Put(ctx, "a/b/2", nil, store.PutOptions{}))
		info, err := o.Stat(ctx, "a/1.json")
		require.NoError(t, err)
		require.EqualValues(t, 3, info.Size)
		require.Equal(t, "application/json", info.ContentType)
		require.Equal(t, "größe 1.json", info.Filename)
		data, err := o.Get(ctx, "a/1.json", 3)
		require.NoError(t, err)
		require.Equal(t, "{1}", string(data))
		_, err = o.Get(ctx, "a/1.json", 2)
		require.ErrorIs(t, err, store.ErrTooLarge)

		won, err := o.Claim(ctx, "a/1.json", []byte("x"), store.PutOptions{})
		require.NoError(t, err)
		require.False(t, won)
		won, err = o.Claim(ctx, "a/3", []byte("x"), store.PutOptions{})
		require.NoError(t, err)
		require.True(t, won)

		require.Equal(t, []string{"a/1.json", "a/3", "a/b/"}, names(t, o, "a/", false))
		require.Equal(t, []string{"a/1.json", "a/3", "a/b/2"}, names(t, o, "a/", true))

		address, err := o.URL(ctx, "a/1.json", time.Minute)
		require.NoError(t, err)
		resp, err := http.Get(address)
		require.NoError(t, err)
		defer resp.Body.Close()
		data, err = io.ReadAll(resp.Body)
		require.NoError(t, err)
		require.Equal(t, "{1}", string(data))

		require.NoError(t, o.Delete(ctx, "a/1.json"))
		_, err = o.Get(ctx, "a/1.json", 10)
		require.ErrorIs(t, err, store.ErrNotFound)
	})
}

func names(t *testing.T, o *store.Objects, prefix string, deep bool) (out []string) {
	for info, err := range o.List(context.Background(), prefix, deep) {
		require.NoError(t, err)
		out = append(out, info.Name)
	}
	return out
}

func TestAClaimHasOneWinner(t *testing.T) {
	t.Parallel()
	storetest.EachObjects(t, func(t *testing.T, o *store.Objects) {
		const rivals = 6
		won := make(chan bool, rivals)
		for range rivals {
			go func() {
				ok, err := o.Claim(context.Background(), "claim", []byte("x"), store.PutOptions{})
				won <- ok && err == nil
			}()
		}
		winners := 0
		for range rivals {
			if <-won {
				winners++
			}
		}
		require.Equal(t, 1, winners)
	})
}

func TestOpenObjectsChecksTheEndpoint(t *testing.T) {
	t.Parallel()
	for _, endpoint := range []string{"", "host:9000", "ftp://host", "http://host/path"} {
		_, err := store.OpenObjects(context.Background(), store.S3Options{Endpoint: endpoint})
		require.ErrorContains(t, err, "WEIR_S3_ENDPOINT", endpoint)
	}
}
