package dev

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFoldersOfDeadServersAreSwept(t *testing.T) {
	t.Parallel()
	temp := t.TempDir()
	dead := exec.Command("true")
	require.NoError(t, dead.Run())
	for name, kept := range map[string]bool{
		fmt.Sprintf("weir-dev-%d-1", dead.Process.Pid): false,
		fmt.Sprintf("weir-dev-%d-1", os.Getpid()):      true,
		fmt.Sprintf("weir-dev-%d-1", os.Getppid()):     true,
		"weir-dev-x-1":  true,
		"weir-dev--1-1": true,
		"other":         true,
	} {
		path := filepath.Join(temp, name)
		require.NoError(t, os.Mkdir(path, 0o700))
		sweep(temp)
		_, err := os.Stat(path)
		require.Equal(t, kept, err == nil, name)
	}
}

func TestADataFolderHasOneServer(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a", "b")
	first, err := openFolder(dir)
	require.NoError(t, err)
	_, err = openFolder(dir)
	var wrong *UsageError
	require.ErrorAs(t, err, &wrong)
	require.ErrorIs(t, err, errLocked)
	kept, err := first.keep("key", func() string { return "one" })
	require.NoError(t, err)
	first.close()
	_, err = os.Stat(first.secret)
	require.ErrorIs(t, err, os.ErrNotExist, "overlays of bindings go")

	second, err := openFolder(dir)
	require.NoError(t, err)
	defer second.close()
	again, err := second.keep("key", func() string { return "two" })
	require.NoError(t, err)
	require.Equal(t, kept, again)
}
