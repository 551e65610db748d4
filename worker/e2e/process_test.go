//go:build !slim

package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/egress"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/worker"
)

// processVariable makes the test program a worker: its value holds the places, as JSON.
const processVariable = "WEIR_E2E_WORKER"

// places is where everything is, for this process and for workers in others.
type places struct {
	Temporal, Redis, Bindings, TaskQueue string
	S3                                   store.S3Options
}

func (p places) dial() (client.Client, error) {
	return client.Dial(worker.ClientOptions(client.Options{HostPort: p.Temporal, Logger: quiet()}))
}

func (p places) activities() (*activities.Activities, *store.Versions, error) {
	objects, err := store.OpenObjects(context.Background(), p.S3)
	if err != nil {
		return nil, nil, err
	}
	source, err := binding.Open(binding.File{Path: p.Bindings})
	if err != nil {
		return nil, nil, err
	}
	guard, err := egress.New(egress.Options{Dev: true})
	if err != nil {
		return nil, nil, err
	}
	versions := store.NewVersions(objects)
	kv := store.NewKV(redis.NewClient(&redis.Options{Addr: p.Redis}), "")
	return activities.New(activities.Deps{
		Versions: versions, Blobs: store.NewBlobs(objects), KV: kv, Bindings: source, Egress: guard, Links: links{},
	}), versions, nil
}

// workerProcess is the worker of another process; it ends with the test program's.
func workerProcess() {
	text := os.Getenv(processVariable)
	if text == "" {
		return
	}
	if err := work(text); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func work(text string) error {
	var p places
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return err
	}
	c, err := p.dial()
	if err != nil {
		return err
	}
	acts, _, err := p.activities()
	if err != nil {
		return err
	}
	w := worker.New(c, acts, worker.Options{TaskQueue: p.TaskQueue, SearchAttributes: true})
	if err := w.Start(); err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, os.Stdin) // until the parent ends
	return nil
}

// process starts a worker in a process of its own and returns what kills it, at once and for good.
func (w *world) process(t *testing.T, taskQueue string) (kill func()) {
	t.Helper()
	p := w.places
	p.TaskQueue = taskQueue
	text, err := json.Marshal(p)
	require.NoError(t, err)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), processVariable+"="+string(text))
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	kill = func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	t.Cleanup(func() {
		_ = stdin.Close()
		kill()
	})
	return kill
}
