package dev

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestWatchSeesWhatEditorsDo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "flow.edn")
	require.NoError(t, os.WriteFile(file, []byte("{}"), 0o600))
	changes := make(chan struct{}, 100)
	require.NoError(t, watch(t.Context(), []string{file, dir}, func() { changes <- struct{}{} }))
	seen := func(what string) {
		t.Helper()
		select {
		case <-changes:
		case <-time.After(20 * time.Second):
			require.Fail(t, "no change seen: "+what)
		}
	}
	require.NoError(t, os.WriteFile(file, []byte("{:a 1}"), 0o600))
	seen("written in place")
	beside := filepath.Join(dir, ".flow.edn.swp")
	require.NoError(t, os.WriteFile(beside, []byte("{:a 2}"), 0o600))
	require.NoError(t, os.Rename(beside, file))
	seen("replaced")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "dev.log"), []byte("a log"), 0o600))
	sub := filepath.Join(dir, "parts")
	require.NoError(t, os.Mkdir(sub, 0o700))
	seen("a folder made")
	require.NoError(t, os.WriteFile(filepath.Join(sub, "part.edn"), []byte("{}"), 0o600))
	seen("a file in a new folder")
}

func TestWatchNeedsItsPath(t *testing.T) {
	t.Parallel()
	require.ErrorIs(t, watch(t.Context(), []string{filepath.Join(t.TempDir(), "absent")}, func() {}), os.ErrNotExist)
}

func TestToolsFilesAreIgnored(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"/a/flow.edn": false, "/a/.flow.edn.swp": true, "/a/flow.edn~": true, "/a/#flow.edn#": true, "/a/.git": true, "/a/node_modules": true,
	} {
		require.Equal(t, want, ignored(name), name)
	}
}

func TestOnlyAFlowsFilesMatter(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"/a/flow.edn": true, "/a/part.clj": true, "/a/parts": true, "/a/dev.log": false, "/a/out.err": false, "/a/page.png": false,
	} {
		require.Equal(t, want, source(name), name)
	}
}
