//go:build !slim

package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// recordings are the calls by which a worker gets something into a history.
var recordings = map[string]bool{
	"RespondWorkflowTaskCompleted": true, "RespondWorkflowTaskFailed": true,
	"RespondActivityTaskCompleted": true, "RespondActivityTaskFailed": true,
}

// reaper kills its own process at the n-th of the points that a worker passes through: right before and right after each call that
// records something. It tells them all on standard error.
type reaper struct {
	at   int64 // 0: never
	seen atomic.Int64
}

func (r *reaper) point(when, what string) {
	n := r.seen.Add(1)
	fmt.Fprintf(os.Stderr, "point %d %s %s\n", n, when, what)
	if n == r.at {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
}

func (r *reaper) intercept(ctx context.Context, method string, request, reply any, c *grpc.ClientConn, invoke grpc.UnaryInvoker, opts ...grpc.CallOption) error {
	name := filepath.Base(method)
	if !recordings[name] {
		return invoke(ctx, method, request, reply, c, opts...)
	}
	r.point("before", name)
	err := invoke(ctx, method, request, reply, c, opts...)
	if err == nil {
		r.point("after", name)
	}
	return err
}

// doomed starts a worker process that dies at a point, and gives what tells its points when it is dead or stopped.
func (w *world) doomed(t *testing.T, taskQueue string, at int64) (stop func() []string, dead <-chan struct{}) {
	t.Helper()
	p := w.places
	p.TaskQueue, p.Points, p.DieAt = taskQueue, true, at
	text, err := json.Marshal(p)
	require.NoError(t, err)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), processVariable+"="+string(text))
	stdin, err := cmd.StdinPipe()
	require.NoError(t, err)
	output, err := cmd.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	said, ended := make(chan string, 1), make(chan struct{})
	go func() {
		all, _ := io.ReadAll(output)
		said <- string(all)
		_ = cmd.Wait()
		close(ended)
	}()
	t.Cleanup(func() { _ = stdin.Close(); _ = cmd.Process.Kill() })
	return func() []string {
		_ = stdin.Close()
		_ = cmd.Process.Kill()
		var points []string
		for _, line := range strings.Split(<-said, "\n") {
			if strings.HasPrefix(line, "point ") {
				points = append(points, line)
			}
		}
		return points
	}, ended
}

// killedAtEveryPoint kills the worker of an order's run at every point that the run passes through. The result is right each time, and
// the outside sees no more than repeats of requests under their keys.
func killedAtEveryPoint(t *testing.T, w *world) {
	w.deploy(t, seed(t, "orders-k"))
	w.order("k-0", "high")
	stop, _ := w.doomed(t, "kill-0", 0)
	w.orderSurvives(t, 0)
	points := stop()
	require.Greater(t, len(points), 10)
	t.Logf("the run passes through %d points:\n%s", len(points), strings.Join(points, "\n"))
	for i, point := range points {
		t.Run(point, func(t *testing.T) {
			t.Parallel()
			_, dead := w.doomed(t, fmt.Sprint("kill-", i+1), int64(i+1))
			w.orderOutlives(t, i+1, dead)
		})
	}
	// And while a request of its is under way.
	for i, request := range []string{"GET /orders-api/orders/%s", "GET /orders-api/orders/%s/risk", "POST /orders-api/orders/%s/fulfill"} {
		t.Run(request, func(t *testing.T) {
			t.Parallel()
			n := 100 + i
			stop, dead := w.doomed(t, fmt.Sprint("kill-", n), 0)
			w.outside.before(fmt.Sprintf(request, fmt.Sprint("k-", n)), sync.OnceFunc(func() { stop() }))
			w.orderOutlives(t, n, dead)
		})
	}
}

// orderOutlives lets an order's run go on in another worker when the one is dead.
func (w *world) orderOutlives(t *testing.T, n int, dead <-chan struct{}) {
	t.Helper()
	w.order(fmt.Sprint("k-", n), "high")
	go func() {
		<-dead
		if t.Context().Err() == nil {
			w.process(t, fmt.Sprint("kill-", n))
		}
	}()
	w.orderSurvives(t, n)
	select {
	case <-dead:
	default:
		t.Log("the run passed through fewer points this time")
	}
}

// orderSurvives runs order k-N on its own task queue, approves it, and checks what came of it.
func (w *world) orderSurvives(t *testing.T, n int) {
	t.Helper()
	id := fmt.Sprint("k-", n)
	starter := w.start(worker.StarterOptions{TaskQueue: fmt.Sprint("kill-", n)})
	s, err := starter.Start(t.Context(), worker.StartRequest{Slug: "orders-k", Input: edn(t, `{:order-id "`+id+`"}`)})
	require.NoError(t, err)
	require.Eventually(t, func() bool { return w.mailed("/approvals/orders-k/" + id + "/") }, 2*time.Minute, 50*time.Millisecond)
	d, err := starter.Decide(t.Context(), worker.Decision{
		ID: "click", WorkflowID: s.WorkflowID, RunID: s.RunID, Key: "approval:order:" + id, Occurrence: 1, Value: edn(t, `{:action "approve"}`),
	})
	require.NoError(t, err)
	require.Contains(t, []string{worker.OutcomeDecided, worker.OutcomeKept}, d.Outcome)
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	result, err := starter.Result(ctx, s.WorkflowID, s.RunID)
	require.NoError(t, err)
	out := decode(t, string(result))
	require.Equal(t, "approve", out["action"])
	require.Equal(t, true, out["fulfillment"].(map[string]any)["body"].(map[string]any)["fulfilled"])
	require.Equal(t, true, out["notification"].(map[string]any)["sent?"])

	fulfilled := w.outside.requests("/orders-api/orders/" + id + "/fulfill")
	require.NotEmpty(t, fulfilled)
	require.LessOrEqual(t, len(fulfilled), 2, "one kill repeats a request once")
	for _, r := range fulfilled {
		require.NotEmpty(t, r.Key)
		require.Equal(t, fulfilled[0].Key, r.Key)
	}
	keys := map[string]int{}
	for _, r := range w.outside.requests("/sendgrid/v3/mail/send") {
		if strings.Contains(r.Body, "/orders-k/"+id+"/") || strings.Contains(r.Body, "Order "+id+" result") {
			keys[r.Key]++
		}
	}
	require.Len(t, keys, 2, "the question and the outcome: %v", keys)
	for key, times := range keys {
		require.NotEmpty(t, key)
		require.LessOrEqual(t, times, 2)
	}
	require.Len(t, w.objects(t, "blobs/retained/orders-k/"+s.RunID), 1, "one artifact")
	audit, ok, err := w.places.kv().Get(t.Context(), "orders:audit:"+id)
	require.NoError(t, err)
	require.True(t, ok)
	require.Contains(t, value.PrStr(nil, audit), ":action :approve")
	require.NoError(t, worker.Replay(quiet(), w.history(t, s.WorkflowID, s.RunID)))
}
