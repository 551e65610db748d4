//go:build !slim

package e2e_test

import (
	"context"
	"path"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"google.golang.org/grpc"

	"github.com/weir-run/weir/worker"
)

// calls are the methods of Temporal that a client called, by name.
type calls struct {
	mu  sync.Mutex
	got []string
}

func (c *calls) intercept(ctx context.Context, method string, request, reply any, on *grpc.ClientConn, invoke grpc.UnaryInvoker, o ...grpc.CallOption) error {
	c.mu.Lock()
	c.got = append(c.got, path.Base(method))
	c.mu.Unlock()
	return invoke(ctx, method, request, reply, on, o...)
}

// take gives the calls since the last time.
func (c *calls) take() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	got := c.got
	c.got = nil
	slices.Sort(got) // some are made at the same time
	return got
}

// roundTrips counts what a start asks of Temporal: docs/decisions/0031 tells the figures.
func roundTrips(t *testing.T, w *world) {
	var c calls
	dialled, err := client.Dial(worker.ClientOptions(client.Options{
		HostPort: w.places.Temporal, Logger: quiet(),
		ConnectionOptions: client.ConnectionOptions{DialOptions: []grpc.DialOption{grpc.WithChainUnaryInterceptor(c.intercept)}},
	}))
	require.NoError(t, err)
	t.Cleanup(dialled.Close)
	starter := worker.NewStarter(dialled, w.versions, worker.StarterOptions{SearchAttributes: true, TaskQueue: "nobody"})
	for _, policy := range []string{"supersede", "drain", "coexist"} {
		w.deploy(t, `{:slug :trips-`+policy+` :concurrency {:type :keyed :key-field :id :on-new-version :`+policy+`} :flow '(do 1)}`)
	}
	c.take()
	const look, begin = "DescribeWorkflowExecution", "StartWorkflowExecution"
	for _, step := range []struct {
		slug, dedupe, decision string
		want                   []string
	}{
		{"trips-supersede", "", worker.DecisionStarted, []string{begin}},
		{"trips-supersede", "", worker.DecisionSuperseded, []string{begin, begin}},
		{"trips-drain", "", worker.DecisionStarted, []string{look, begin}},
		{"trips-drain", "", worker.DecisionQueued, []string{look, "SignalWithStartWorkflowExecution", begin, begin}},
		{"trips-drain", "", worker.DecisionQueued, []string{look, "SignalWithStartWorkflowExecution", begin}},
		{"trips-coexist", "a", worker.DecisionStarted, []string{look, look, look, begin}}, // the three are one round trip
		{"trips-coexist", "a", worker.DecisionDeduplicated, []string{look, look, look}},
	} {
		s, err := starter.Start(t.Context(), worker.StartRequest{Slug: step.slug, Input: edn(t, `{:id "1"}`), DedupeID: step.dedupe})
		require.NoError(t, err)
		require.Equal(t, step.decision, s.Decision, step.slug)
		require.Equal(t, step.want, c.take(), "%s %s", step.slug, step.decision)
	}
}
