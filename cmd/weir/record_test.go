package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestShowRecordsARun(t *testing.T) {
	answers := map[string]string{
		"/api/runs/f": `{"workflow-id":"f","run-id":"r","status":"completed","result":{"n":2},"timeline":[{"kind":"step","step":"a","state":"done"}]}`,
		"/api/runs/f?recording=&run-id=r": `{"slug":"f","version":1,"workflow-id":"f","run-id":"r","began":"2026-03-01T10:00:00Z","input":{},"file":"dir/f.edn",
			"steps":[{"step":"a","occurrence":1,"value":{"n":2}}],
			"definition":"{:slug :f :concurrency {:type :singleton} :flow '(flow/step :kv :a {:operation :get :key \"k\"})}"}`,
		"/api/runs/open": `{"workflow-id":"open","run-id":"r","status":"running"}`,
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, answers[r.URL.RequestURI()])
	}))
	t.Cleanup(server.Close)
	t.Setenv("WEIR_PUBLIC_URL", server.URL)
	t.Setenv("WEIR_API_TOKEN", "t0ken-t0ken-t0ken-t0ken-t0ken-t0ken")
	code, out, errs := weir("show", "f", "--record")
	require.Equal(t, exitDone, code, errs)
	require.Contains(t, out, "{:flow \"f.edn\"\n")
	require.Contains(t, out, ":answers {:a {:value {:n 2}}}")
	require.Contains(t, out, ":expect {:result {:n 2}, :path [:a]}")

	file := filepath.Join(t.TempDir(), "f.test.edn")
	code, out, errs = weir("show", "f", "--record", file)
	require.Equal(t, exitDone, code, errs)
	require.Empty(t, out)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Contains(t, string(text), "recorded from f, version 1, run r")

	code, _, errs = weir("show", "f", "--record", file)
	require.Equal(t, exitFailed, code)
	require.Contains(t, errs, "file exists")
	code, _, errs = weir("show", "f", "--record", "f.edn")
	require.Equal(t, exitUsage, code)
	require.Contains(t, errs, "ends in .test.edn, as in f.test.edn")
	code, _, errs = weir("show", "open", "--record")
	require.Equal(t, exitFailed, code)
	require.Contains(t, errs, "run open is running")
}
