//go:build !slim

// Package e2e_test knocks at the doors of whole installations: a gateway and a worker, as production makes them, on a
// real Temporal server, a real S3 store and a Redis.
package e2e_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	sdkworker "go.temporal.io/sdk/worker"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/store/storetest"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/dev/embedded"
	"github.com/weir-run/weir/gateway"
	"github.com/weir-run/weir/gateway/token"
	"github.com/weir-run/weir/installation"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

const apiToken = "the-api-token"

func TestMain(m *testing.M) { storetest.Main(m) }

// world is an installation whose gateway listens, and the Temporal server behind it.
type world struct {
	*installation.Installation
	gate     string // the gateway's address
	links    *gateway.Links
	server   *embedded.Temporal
	temporal embedded.TemporalOptions
	work     func() // stops the worker
	log      *lockedBuffer
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return newWorldWith(t, binding.Empty(), func(*installation.Settings) {})
}

// newWorldWith makes a world with other settings.
func newWorldWith(t *testing.T, bindings *binding.Source, change func(*installation.Settings)) *world {
	t.Helper()
	sdkworker.SetStickyWorkflowCacheSize(0) // before the server, whose own workers share the process's cache
	dir, p := t.TempDir(), freePorts(t, 6)
	w := &world{log: &lockedBuffer{}, temporal: embedded.TemporalOptions{
		File: filepath.Join(dir, "temporal.db"), LogFile: filepath.Join(dir, "temporal.log"), Durable: true,
		Frontend: p[0], UI: p[1], HTTP: p[2], History: p[3], Matching: p[4], Worker: p[5],
	}}
	w.startTemporal(t)
	t.Cleanup(func() { require.NoError(t, w.server.Stop()) })
	keys, err := token.ParseKeys("k1:" + base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32)))
	require.NoError(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	w.gate = "http://" + l.Addr().String()
	w.links, err = gateway.LinkMaker(w.gate, keys)
	require.NoError(t, err)
	settings := installation.Settings{
		Temporal: client.Options{HostPort: w.server.Address}, RedisURL: "redis://" + miniredis.RunT(t).Addr(), S3: storetest.S3Options(t),
		PublicURL: w.gate, SigningKeys: keys, APIToken: apiToken, Development: true,
	}
	change(&settings)
	w.Installation, err = installation.Open(t.Context(), installation.Worker|installation.Gateway, settings, bindings, slog.New(slog.NewJSONHandler(w.log, nil)))
	require.NoError(t, err)
	t.Cleanup(w.Close)
	server, err := w.NewGateway()
	require.NoError(t, err)
	front := &httptest.Server{Listener: l, Config: &http.Server{Handler: server.Handler()}}
	front.Start()
	t.Cleanup(func() {
		server.Closing()
		front.Close()
	})
	w.startWorker(t)
	t.Cleanup(func() { w.work() })
	return w
}

func (w *world) startTemporal(t *testing.T) {
	t.Helper()
	var err error
	w.server, err = embedded.StartTemporal(w.temporal)
	require.NoError(t, err)
}

func (w *world) startWorker(t *testing.T) {
	t.Helper()
	stop, err := w.StartWorker()
	require.NoError(t, err)
	w.work = sync.OnceFunc(stop)
}

func (w *world) deploy(t *testing.T, text string) {
	t.Helper()
	f, problems := definition.Parse("flow.edn", []byte(text))
	require.False(t, problems.HasErrors(), "%v", problems)
	_, err := w.Deploy(t.Context(), f)
	require.NoError(t, err)
}

func (w *world) start(t *testing.T, slug, input string) worker.Started {
	t.Helper()
	s, err := w.Starter.Start(t.Context(), worker.StartRequest{Slug: slug, Input: edn(t, input)})
	require.NoError(t, err)
	require.Equal(t, worker.DecisionStarted, s.Decision)
	return s
}

// open waits until the run waits, and gives its first wait.
func (w *world) open(t *testing.T, s worker.Started) worker.Wait {
	t.Helper()
	var waits []worker.Wait
	require.EventuallyWithT(t, func(c *assert.CollectT) {
		var err error
		waits, err = w.Starter.Waits(t.Context(), s.WorkflowID, s.RunID)
		require.NoError(c, err)
		require.NotEmpty(c, waits)
	}, time.Minute, 20*time.Millisecond)
	return waits[0]
}

// buttons are the links of a run's wait.
func (w *world) buttons(t *testing.T, s worker.Started, wait worker.Wait) (approve, reject string) {
	t.Helper()
	approve, reject, err := w.links.Links(activities.PendingWait{
		WorkflowID: s.WorkflowID, FirstRunID: s.RunID, RunID: s.RunID, Key: wait.Key, Occurrence: wait.Occurrence, Expires: wait.Deadline,
	})
	require.NoError(t, err)
	return approve, reject
}

// told is the JSON answer of the gateway.
type told struct {
	status                  int
	Outcome, Action, By, At string
}

func press(t *testing.T, link, body string) told {
	t.Helper()
	r, err := http.Post(link, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	require.NoError(t, err)
	a := told{status: r.StatusCode}
	require.NoError(t, json.Unmarshal(text, &a), string(text))
	return a
}

// look is the status and the heading of a link's page.
func look(t *testing.T, link string) (status int, heading string) {
	t.Helper()
	r, err := http.Get(link)
	require.NoError(t, err)
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	require.NoError(t, err)
	_, after, _ := strings.Cut(string(text), "<h1>")
	heading, _, _ = strings.Cut(after, "</h1>")
	return r.StatusCode, heading
}

func (w *world) result(t *testing.T, s worker.Started) string {
	t.Helper()
	out, err := w.Starter.Result(t.Context(), s.WorkflowID, s.RunID)
	require.NoError(t, err)
	return string(out)
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

func edn(t *testing.T, text string) value.Value {
	t.Helper()
	v, ok, problems := syntax.ReadValue("test", []byte(text))
	require.True(t, ok && !problems.HasErrors(), "%v", problems)
	return v
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func quiet() log.Logger { return log.NewStructuredLogger(slog.New(slog.DiscardHandler)) }
