package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"go.temporal.io/sdk/client"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/gateway/token"
	"github.com/weir-run/weir/installation"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
	"github.com/weir-run/weir/worker"
)

// weirSlug is the flow that is measured: the definition that Weir is held to.
const weirSlug = "advanced-order-orchestration"

// weirTeam runs the flow as `weir serve` does.
type weirTeam struct {
	open *installation.Installation
	halt func()
}

func newWeirTeam(ctx context.Context, s crewSettings) (*weirTeam, error) {
	keys, err := token.ParseKeys("k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "weir-bench-crew")
	if err != nil {
		return nil, err
	}
	bindings := filepath.Join(dir, "bindings.edn")
	text := fmt.Sprintf(`{:orders-api {:base-url %q :token "t-1"} :sendgrid {:base-url %q :token "t-2"} :webhook-signing-secret {:secret "s"} :hook {:secret %q}}`,
		s.At.Outside, s.At.Outside, doorsSecret)
	if err := os.WriteFile(bindings, []byte(text), 0o600); err != nil {
		return nil, err
	}
	source, err := binding.Open(binding.File{Path: bindings})
	if err != nil {
		return nil, err
	}
	open, err := installation.Open(ctx, installation.Worker|installation.Gateway, installation.Settings{
		Temporal: client.Options{HostPort: s.At.Temporal}, RedisURL: s.At.Redis,
		S3: store.S3Options{
			Endpoint: "http://" + s.At.S3Endpoint, AccessKey: s.At.S3AccessKey, SecretKey: s.At.S3SecretKey, Bucket: "weir", Region: "us-east-1",
		},
		PublicURL: "http://localhost", SigningKeys: keys, Development: true,
	}, source, quietLogger())
	if err != nil {
		return nil, err
	}
	t := &weirTeam{open: open, halt: func() {}}
	if err := t.deploy(ctx, s.Flow); err != nil {
		return nil, err
	}
	if s.Works {
		t.halt, err = open.StartWorker()
	}
	return t, err
}

func (t *weirTeam) deploy(ctx context.Context, path string) error {
	f, problems := definition.Load(path)
	if problems.HasErrors() {
		return problems
	}
	_, _, err := t.open.Versions.Deploy(ctx, f)
	return err
}

func (t *weirTeam) start(ctx context.Context, orderID string) (string, string, error) {
	done, err := t.open.Starter.Start(ctx, worker.StartRequest{
		Slug: weirSlug, Input: value.NewMap(value.Kw("order-id"), value.String(orderID)),
	})
	return done.WorkflowID, done.RunID, err
}

func (t *weirTeam) approve(ctx context.Context, workflowID, runID, orderID string) error {
	return t.temporal().SignalWorkflow(ctx, workflowID, runID, approvalKey(orderID), wire.V{
		Value: value.NewMap(value.Kw("action"), value.String("approve")),
	})
}

func (t *weirTeam) temporal() client.Client { return t.open.Client }
func (t *weirTeam) stop()                   { t.halt(); t.open.Close() }
