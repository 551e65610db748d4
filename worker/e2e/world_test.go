//go:build !slim

// Package e2e_test runs flows on a real Temporal server, with the real activities, a real S3 store and a Redis.
package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	sdkworker "go.temporal.io/sdk/worker"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/activities/store/storetest"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/dev/embedded"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

func TestMain(m *testing.M) {
	workerProcess()
	storetest.Main(m)
}

// TestFlows starts one server for all scenarios.
func TestFlows(t *testing.T) {
	w := newWorld(t)
	for name, scenario := range scenarios {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scenario(t, w)
		})
	}
}

// world is a Temporal server with a worker, and what flows reach outside.
type world struct {
	client   client.Client
	versions *store.Versions
	acts     *activities.Activities
	starter  *worker.Starter
	outside  *outside
	places   places
	dir      string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{dir: t.TempDir(), outside: &outside{answers: map[string]string{}, hooks: map[string]func(){}}}
	w.outside.Server = httptest.NewServer(w.outside)
	t.Cleanup(w.outside.Close)
	sdkworker.SetStickyWorkflowCacheSize(0) // before the server, whose own workers share the process's cache
	p := freePorts(t, 6)
	server, err := embedded.StartTemporal(embedded.TemporalOptions{
		File: filepath.Join(w.dir, "temporal.db"), LogFile: filepath.Join(w.dir, "temporal.log"),
		Frontend: p[0], UI: p[1], HTTP: p[2], History: p[3], Matching: p[4], Worker: p[5],
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop()) })
	w.places.Temporal = server.Address
	w.stores(t)
	w.client, err = w.places.dial()
	require.NoError(t, err)
	t.Cleanup(w.client.Close)
	require.NoError(t, worker.EnsureSearchAttributes(t.Context(), w.client, "default"))
	w.starter = w.start(worker.StarterOptions{})
	w.work(t, worker.Options{})
	return w
}

func (w *world) stores(t *testing.T) {
	t.Helper()
	w.places.S3, w.places.Redis = storetest.S3Options(t), miniredis.RunT(t).Addr()
	w.places.Bindings = filepath.Join(w.dir, "bindings.edn")
	require.NoError(t, os.WriteFile(w.places.Bindings, fmt.Appendf(nil,
		`{:orders-api {:base-url "%s/orders-api" :token "t-1"} :sendgrid {:base-url "%s/sendgrid" :token "t-2"} :webhook-signing-secret {:secret "s"}}`,
		w.outside.URL, w.outside.URL), 0o600))
	var err error
	w.acts, w.versions, err = w.places.activities()
	require.NoError(t, err)
	t.Cleanup(w.acts.Close)
}

// start returns a Starter.
func (w *world) start(opt worker.StarterOptions) *worker.Starter {
	opt.SearchAttributes = true
	return worker.NewStarter(w.client, w.versions, opt)
}

// work starts a worker and returns what stops it.
func (w *world) work(t *testing.T, opt worker.Options) (stop func()) {
	t.Helper()
	opt.SearchAttributes, opt.StickyCacheOff, opt.Links = true, true, links{}
	sdk := worker.New(w.client, w.acts, opt)
	require.NoError(t, sdk.Start())
	stop = sync.OnceFunc(sdk.Stop)
	t.Cleanup(stop)
	return stop
}

// deploy makes a definition live.
func (w *world) deploy(t *testing.T, text string) *definition.Flow {
	t.Helper()
	f, problems := definition.Parse("flow.edn", []byte(strings.ReplaceAll(text, "$OUTSIDE", w.outside.URL)))
	require.False(t, problems.HasErrors(), "%v", problems)
	_, _, err := w.versions.Deploy(t.Context(), f)
	require.NoError(t, err)
	return f
}

// result waits for a run's end.
func (w *world) result(t *testing.T, workflowID, runID string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	out, err := w.starter.Result(ctx, workflowID, runID)
	require.NoError(t, err)
	return string(out)
}

// run starts a run and waits for its end.
func (w *world) run(t *testing.T, slug, input string) (worker.Started, string) {
	t.Helper()
	s, err := w.starter.Start(t.Context(), worker.StartRequest{Slug: slug, Input: edn(t, input)})
	require.NoError(t, err)
	require.Equal(t, worker.DecisionStarted, s.Decision)
	return s, w.result(t, s.WorkflowID, s.RunID)
}

// waiting waits until the run waits, and gives its waits.
func (w *world) waiting(t *testing.T, workflowID, runID string) []worker.Wait {
	t.Helper()
	var waits []worker.Wait
	require.EventuallyWithT(t, func(c *assertions) {
		var err error
		waits, err = w.starter.Waits(t.Context(), workflowID, runID)
		require.NoError(c, err)
		require.NotEmpty(c, waits)
	}, time.Minute, 20*time.Millisecond)
	return waits
}

// history is all that Temporal keeps of a run.
func (w *world) history(t *testing.T, workflowID, runID string) *historypb.History {
	t.Helper()
	out := &historypb.History{}
	events := w.client.GetWorkflowHistory(t.Context(), workflowID, runID, false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		e, err := events.Next()
		require.NoError(t, err)
		out.Events = append(out.Events, e)
	}
	return out
}

// outside is every server that flows talk to: it answers by method and path, and records.
type outside struct {
	*httptest.Server
	mu      sync.Mutex
	answers map[string]string // "GET /path" -> "status content-type body"
	hooks   map[string]func() // run before the answer
	got     []request
}

type request struct {
	Method, Path, Body, Key string
}

func (o *outside) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	o.mu.Lock()
	o.got = append(o.got, request{r.Method, r.URL.Path, string(body), r.Header.Get("Idempotency-Key")})
	answer, ok := o.answers[r.Method+" "+r.URL.Path]
	hook := o.hooks[r.Method+" "+r.URL.Path]
	o.mu.Unlock()
	if hook != nil {
		hook()
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	var status int
	var kind string
	_, _ = fmt.Sscan(answer, &status, &kind)
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, strings.SplitN(answer, " ", 3)[2])
}

func (o *outside) answer(to, answer string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.answers[to] = answer
}

func (o *outside) before(to string, hook func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.hooks[to] = hook
}

// requests are those to a path, in order.
func (o *outside) requests(path string) []request {
	o.mu.Lock()
	defer o.mu.Unlock()
	var out []request
	for _, r := range o.got {
		if r.Path == path {
			out = append(out, r)
		}
	}
	return out
}

// links stands for the gateway.
type links struct{}

func (links) Links(w activities.PendingWait) (approve, reject string, err error) {
	at := fmt.Sprintf("http://weir/approvals/%s/%s/%d/", w.WorkflowID, w.Key, w.Occurrence)
	return at + "approve", at + "reject", nil
}

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

func quiet() log.Logger { return log.NewStructuredLogger(slog.New(slog.DiscardHandler)) }

func edn(t *testing.T, text string) value.Value {
	t.Helper()
	v, ok, problems := syntax.ReadValue("test", []byte(text))
	require.True(t, ok && !problems.HasErrors(), "%v", problems)
	return v
}

func decode(t *testing.T, text string) map[string]any {
	t.Helper()
	var m map[string]any
	require.NoError(t, json.Unmarshal([]byte(text), &m))
	return m
}
