//go:build !slim

package embedded_test

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/dev/embedded"
)

// freePorts answers n ports that were all free at one moment.
func freePorts(t *testing.T, n int) []int {
	t.Helper()
	ports := make([]int, n)
	for i := range ports {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		defer l.Close()
		ports[i] = l.Addr().(*net.TCPAddr).Port
	}
	return ports
}

func startTemporal(t *testing.T, dir string) *embedded.Temporal {
	t.Helper()
	p := freePorts(t, 6)
	server, err := embedded.StartTemporal(embedded.TemporalOptions{
		File: filepath.Join(dir, "temporal.db"), LogFile: filepath.Join(dir, "temporal.log"),
		Frontend: p[0], UI: p[1], HTTP: p[2], History: p[3], Matching: p[4], Worker: p[5],
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop()) })
	return server
}

func dial(t *testing.T, address string) client.Client {
	t.Helper()
	c, err := client.Dial(client.Options{HostPort: address, Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler))})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c
}

func echo(_ workflow.Context, in string) (string, error) { return in, nil }

func TestTemporalServesAndFindsItsRunsAgain(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	dir := t.TempDir()

	server := startTemporal(t, dir)
	c := dial(t, server.Address)
	known, err := c.OperatorService().ListSearchAttributes(ctx, &operatorservice.ListSearchAttributesRequest{Namespace: "default"})
	require.NoError(t, err)
	for name, kind := range embedded.SearchAttributes {
		require.Equal(t, kind, known.CustomAttributes[name].String(), name)
	}
	page, err := http.Get(server.UI + "/")
	require.NoError(t, err)
	require.NoError(t, page.Body.Close())
	require.Equal(t, http.StatusOK, page.StatusCode)

	w := worker.New(c, "q", worker.Options{})
	w.RegisterWorkflowWithOptions(echo, workflow.RegisterOptions{Name: "echo"})
	require.NoError(t, w.Start())
	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: "one", TaskQueue: "q"}, "echo", "hello")
	require.NoError(t, err)
	var got string
	require.NoError(t, run.Get(ctx, &got))
	require.Equal(t, "hello", got)
	w.Stop()
	require.NoError(t, server.Stop())
	require.NoError(t, server.Stop(), "a second stop is harmless")
	_, err = net.DialTimeout("tcp", server.Address, time.Second)
	require.Error(t, err, "the port is free again")

	c = dial(t, startTemporal(t, dir).Address)
	got = ""
	require.NoError(t, c.GetWorkflow(ctx, "one", run.GetRunID()).Get(ctx, &got))
	require.Equal(t, "hello", got)
}

func TestTemporalNeedsItsFolder(t *testing.T) {
	t.Parallel()
	_, err := embedded.StartTemporal(embedded.TemporalOptions{File: filepath.Join(t.TempDir(), "absent", "t.db")})
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorContains(t, err, "start temporal: look for the database's folder")
}

func TestTemporalStartsOverAnUnfinishedDatabase(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "temporal.db.new"), []byte("cut short"), 0o600))
	dial(t, startTemporal(t, dir).Address)
}
