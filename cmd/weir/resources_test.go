package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/flowtest/bucket"
)

// bucketServer is an S3 store that the environment names.
func bucketServer(t *testing.T) *store.Blobs {
	t.Helper()
	withoutEnvironment(t)
	held := bucket.New()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		resp, err := held.RoundTrip(r)
		if err != nil {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		defer resp.Body.Close()
		for name, values := range resp.Header {
			w.Header()[name] = values
		}
		w.WriteHeader(resp.StatusCode)
		_, _ = io.Copy(w, resp.Body)
	}))
	t.Cleanup(server.Close)
	t.Setenv("WEIR_S3_ENDPOINT", server.URL)
	t.Setenv("WEIR_S3_ACCESS_KEY", "a")
	t.Setenv("WEIR_S3_SECRET_KEY", "secret-canary")
	objects, err := store.OpenObjects(t.Context(), store.S3Options{Endpoint: server.URL, AccessKey: "a", SecretKey: "secret-canary"})
	require.NoError(t, err)
	return store.NewBlobs(objects)
}

func TestResources(t *testing.T) {
	blobs := bucketServer(t)
	keep := func(slug, run string, tier store.Tier, text string) store.Ref {
		ref, err := blobs.Put(t.Context(), store.Work{Slug: slug, Run: run, Step: "keep"}, tier, []byte(text), store.PutOptions{ContentType: "text/plain"})
		require.NoError(t, err)
		return ref
	}
	one := keep("orders", "r1", store.Retained, "one")
	two := keep("orders", "r2", store.Ephemeral, "two!")
	other := keep("orders2", "r1", store.Retained, "other")
	list := func(args ...string) (uris []string) {
		code, stdout, stderr := weir(append([]string{"resources", "list", "--json"}, args...)...)
		require.Equal(t, exitDone, code, stderr)
		var all []resource
		require.NoError(t, json.Unmarshal([]byte(stdout), &all))
		for _, r := range all {
			uris = append(uris, r.URI)
		}
		return uris
	}
	require.Equal(t, []string{one.URI, other.URI, two.URI}, list())
	require.Equal(t, []string{one.URI, two.URI}, list("--flow", "orders"))
	require.Equal(t, []string{two.URI}, list("--flow", "orders", "--run", "r2"))
	require.Equal(t, []string{one.URI, other.URI}, list("--run", "r1"))
	require.Equal(t, []string{two.URI}, list("--tier", "ephemeral"))
	require.Equal(t, []string{one.URI}, list("--limit", "1"))

	code, stdout, stderr := weir("resources", "read", one.URI)
	require.Equal(t, exitDone, code, stderr)
	require.Equal(t, "one", stdout)
	file := filepath.Join(t.TempDir(), "out")
	code, _, stderr = weir("resources", "read", two.URI, "-o", file)
	require.Equal(t, exitDone, code, stderr)
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, "two!", string(content))
	code, _, _ = weir("resources", "read", two.URI, "-o", file)
	require.Equal(t, exitUsage, code, "no file is overwritten")
	code, _, stderr = weir("resources", "read", one.URI, "--sha256", "00", "-o", file+"2")
	require.Equal(t, exitFailed, code)
	require.Contains(t, stderr, "SHA-256")
	require.NoFileExists(t, file+"2")

	code, stdout, stderr = weir("resources", "url", one.URI, "--expires", "10m")
	require.Equal(t, exitDone, code, stderr)
	require.Contains(t, stdout, "X-Amz-Expires=600")
	require.NotContains(t, stdout+stderr, "secret-canary")

	code, _, stderr = weir("resources", "delete", one.URI)
	require.Equal(t, exitDone, code, stderr)
	require.Equal(t, []string{other.URI, two.URI}, list())
	for line, want := range map[string]int{
		"read " + one.URI: exitFailed, "url " + one.URI: exitFailed, "delete " + other.URI + " " + one.URI: exitFailed,
		"read nonsense": exitUsage, "delete res://x": exitUsage, "url " + other.URI + " --expires 8000h": exitUsage, "list --tier gold": exitUsage, "list --limit 0": exitUsage,
	} {
		code, stdout, stderr := weir(append([]string{"resources"}, strings.Fields(line)...)...)
		require.Equal(t, want, code, "%s\n%s", line, stderr)
		require.Empty(t, stdout, line)
	}
	require.Equal(t, []string{other.URI, two.URI}, list(), "nothing was deleted beside what isn't there")
}
