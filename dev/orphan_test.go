//go:build !slim

package dev_test

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/dev"
)

const childVariable = "WEIR_TEST_DEV_CHILD"

// asChild makes this process the dev server of TestNothingIsLeftBehind.
func asChild() {
	path := os.Getenv(childVariable)
	if path == "" {
		return
	}
	err := dev.Run(context.Background(), dev.Options{Paths: []string{path}, Stdin: strings.NewReader(""), Stdout: os.Stdout, Stderr: os.Stderr})
	if err != nil {
		os.Exit(1)
	}
	os.Exit(0)
}

func TestNothingIsLeftBehind(t *testing.T) {
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childVariable+"=../examples/hello-world")
	stderr, err := cmd.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	lines := bufio.NewScanner(stderr)
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "gateway ") {
	}
	require.NoError(t, lines.Err())
	children := childrenOf(t, cmd.Process.Pid)
	require.NotEmpty(t, children, "the S3 store runs in a child")

	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait()
	for _, pid := range children {
		require.Eventually(t, func() bool {
			state, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
			return err != nil || strings.Contains(string(state), ") Z ")
		}, 20*time.Second, 10*time.Millisecond, "process %d", pid)
	}
}

func childrenOf(t *testing.T, parent int) []int {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	require.NoError(t, err)
	var children []int
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it has just ended
		}
		_, rest, _ := strings.Cut(string(text), ") ")
		fields := strings.Fields(rest)
		if len(fields) > 1 && fields[1] == strconv.Itoa(parent) {
			pid, err := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			require.NoError(t, err)
			children = append(children, pid)
		}
	}
	return children
}
