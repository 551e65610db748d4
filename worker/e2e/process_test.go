//go:build !slim

package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"testing"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"google.golang.org/grpc"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/egress"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/worker"
	"github.com/weir-run/weir/worker/payload"
)

// processVariable makes the test program a worker: its value holds the places, as JSON.
const processVariable = "WEIR_E2E_WORKER"

// places is where everything is, for this process and for workers in others.
type places struct {
	Temporal, Redis, Bindings, TaskQueue string
	PayloadKeys                          string
	Points                               bool         // a worker's process tells the points that it passes through
	DieAt                                int64        // and dies at this one
	logger                               *slog.Logger // nil: none
	S3                                   store.S3Options
}

func (p places) dial() (client.Client, error) {
	way, err := p.way()
	if err != nil {
		return nil, err
	}
	options := client.Options{HostPort: p.Temporal, Logger: p.log()}
	if p.Points {
		options.ConnectionOptions.DialOptions = []grpc.DialOption{grpc.WithUnaryInterceptor((&reaper{at: p.DieAt}).intercept)}
	}
	o, err := way.Apply(worker.ClientOptions(options))
	if err != nil {
		return nil, err
	}
	return client.Dial(o)
}

func (p places) log() log.Logger {
	if p.logger == nil {
		return quiet()
	}
	return log.NewStructuredLogger(p.logger)
}

// way is what happens to payloads between this process and Temporal.
func (p places) way() (payload.Way, error) {
	objects, err := store.OpenObjects(context.Background(), p.S3)
	if err != nil {
		return payload.Way{}, err
	}
	var keys payload.Keys
	if p.PayloadKeys != "" {
		if keys, err = payload.ParseKeys(p.PayloadKeys); err != nil {
			return payload.Way{}, err
		}
	}
	return payload.NewWay(store.NewPayloads(objects), keys)
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
	kv := p.kv()
	return activities.New(activities.Deps{
		Versions: versions, Blobs: store.NewBlobs(objects), KV: kv, Bindings: source, Egress: guard, Links: links{}, Logger: p.logger,
	}), versions, nil
}

func (p places) kv() *store.KV {
	return store.NewKV(redis.NewClient(&redis.Options{Addr: p.Redis}), "")
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
	kill, _ = w.processID(t, taskQueue)
	return kill
}

// processID is process, and tells the process's id.
func (w *world) processID(t *testing.T, taskQueue string) (kill func(), pid int) {
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
	return kill, cmd.Process.Pid
}
