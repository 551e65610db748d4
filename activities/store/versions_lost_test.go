package store_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/activities/store/storetest"
)

// A claim that the store took and whose answer is lost is tried again by the client, and refused: the deploy knows its own
// version all the same.
func TestALostAnswerToAClaim(t *testing.T) {
	t.Parallel()
	opt := storetest.S3Options(t)
	target, err := url.Parse(opt.Endpoint)
	require.NoError(t, err)
	var lost atomic.Int32
	forward := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		r.Out.Host = r.In.Host // it is signed
	}}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPut || !strings.HasSuffix(r.URL.Path, "/flows/a/1.json") || lost.Add(1) > 1 {
			forward.ServeHTTP(w, r)
			return
		}
		taken := httptest.NewRecorder()
		forward.ServeHTTP(taken, r)
		require.Equal(t, http.StatusOK, taken.Code)
		panic(http.ErrAbortHandler) // the connection breaks
	}))
	t.Cleanup(proxy.Close)
	opt.Endpoint = proxy.URL
	o, err := store.OpenObjects(t.Context(), opt)
	require.NoError(t, err)
	n, created, err := store.NewVersions(o).Deploy(t.Context(), flow(t, "a", 1))
	require.NoError(t, err)
	require.EqualValues(t, 2, lost.Load())
	require.Equal(t, 1, n)
	require.True(t, created)
	_, err = store.NewVersions(o).Get(context.Background(), "a", 1)
	require.NoError(t, err)
}
