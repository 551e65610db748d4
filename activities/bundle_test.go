package activities_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/egress"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/activities/store/storetest"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

func TestMain(m *testing.M) { storetest.Main(m) }

const secretText = "tok-5e3c8f1b2a77"

// bundle is what a test of activities needs: stores, a deployed flow, a server that stands for the outside.
type bundle struct {
	deps   activities.Deps
	acts   *activities.Activities
	flow   *definition.Flow
	server *outside
}

// outside records the requests that it gets and answers them.
type outside struct {
	*httptest.Server
	mu     sync.Mutex
	got    []outsideRequest
	answer http.HandlerFunc
	raw    http.HandlerFunc // reads the body itself; nothing is recorded
}

type outsideRequest struct {
	Method, URI, Body string
	Header            http.Header
}

func (o *outside) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	raw := o.raw
	o.mu.Unlock()
	if raw != nil {
		raw(w, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		body = []byte(err.Error())
	}
	o.mu.Lock()
	o.got = append(o.got, outsideRequest{r.Method, r.RequestURI, string(body), r.Header.Clone()})
	answer := o.answer
	o.mu.Unlock()
	if answer != nil {
		answer(w, r)
	}
}

func (o *outside) requests() []outsideRequest {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]outsideRequest(nil), o.got...)
}

// answers makes the server answer with a body of that type, always.
func (o *outside) answers(status int, contentType, body string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.answer = func(w http.ResponseWriter, _ *http.Request) {
		if contentType != "" {
			w.Header().Set("Content-Type", contentType)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

const flowHead = `{:slug :orders :concurrency {:type :singleton :on-new-version :drain}
 :requires [{:slot :api :type :http-api :base-url "https://api.example.com" :auth {:type :bearer}}]
`

// setup deploys a flow with the given fields beside the usual ones; its slot :api is bound to the server.
func setup(t testing.TB, more string) *bundle {
	t.Helper()
	b := &bundle{server: &outside{}}
	b.server.Server = httptest.NewServer(b.server)
	t.Cleanup(b.server.Close)
	if !strings.Contains(more, ":flow ") {
		more += " :flow '(flow/input)"
	}
	var problems interface{ Err() error }
	b.flow, problems = parse("orders.edn", flowHead+more+"}")
	require.NoError(t, problems.Err())
	path := filepath.Join(t.TempDir(), "bindings.edn")
	require.NoError(t, os.WriteFile(path, []byte(`{:api {:base-url "`+b.server.URL+`/v1" :token "`+secretText+`"}}`), 0o600))
	source, err := binding.Open(binding.File{Path: path})
	require.NoError(t, err)
	guard, err := egress.New(egress.Options{Dev: true})
	require.NoError(t, err)
	objects := storetest.Objects(t)
	b.deps = activities.Deps{
		Versions: store.NewVersions(objects), Blobs: store.NewBlobs(objects), KV: storetest.KV(t), Bindings: source, Egress: guard, Links: links{},
	}
	b.acts = activities.New(b.deps)
	t.Cleanup(b.acts.Close)
	_, _, err = b.deps.Versions.Deploy(context.Background(), b.flow)
	require.NoError(t, err)
	return b
}

func parse(file, text string) (*definition.Flow, interface{ Err() error }) {
	f, problems := definition.Parse(file, []byte(text))
	return f, problems
}

// links makes links that show what they were made of.
type links struct{}

func (links) Links(w activities.PendingWait) (string, string, error) {
	tail := w.Key + "-" + w.FirstRunID[:4]
	return "https://weir.test/approvals/yes-" + tail, "https://weir.test/approvals/no-" + tail, nil
}

func edn(t testing.TB, text string) value.Value {
	t.Helper()
	v, ok, problems := syntax.ReadValue("test", []byte(text))
	require.NoError(t, problems.Err(), text)
	require.True(t, ok)
	return v
}

func show(v value.Value) string { return value.PrStr(nil, v) }

// call is a step of the flow with that config.
func (b *bundle) call(t testing.TB, config string) activities.Call {
	return activities.Call{Version: 1, Slug: "orders", Step: "a-step", Config: wire.V{Value: edn(t, config)}}
}

func quietSuite() *testsuite.WorkflowTestSuite {
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(log.NewStructuredLogger(slog.New(slog.DiscardHandler)))
	return &suite
}

// run executes one attempt of an activity.
func (b *bundle) run(t testing.TB, name string, call activities.Call) (value.Value, error) {
	t.Helper()
	suite := quietSuite()
	env := suite.NewTestActivityEnvironment()
	b.acts.Register(env)
	encoded, err := env.ExecuteActivity(name, call)
	if err != nil {
		return value.Nil, err
	}
	var out wire.V
	require.NoError(t, encoded.Get(&out))
	return out.Value, nil
}

func (b *bundle) do(t testing.TB, name, config string) value.Value {
	t.Helper()
	v, err := b.run(t, name, b.call(t, config))
	require.NoError(t, err, config)
	return v
}

// fails executes an attempt that has to fail, and checks that the error is typed and holds no secret.
func (b *bundle) fails(t testing.TB, name, config, code string, retry bool) (*temporal.ApplicationError, activities.Failure) {
	t.Helper()
	_, err := b.run(t, name, b.call(t, config))
	return typed(t, err, code, retry)
}

func typed(t testing.TB, err error, code string, retry bool) (*temporal.ApplicationError, activities.Failure) {
	t.Helper()
	var app *temporal.ApplicationError
	require.True(t, errors.As(err, &app), "%v", err)
	require.Equal(t, code, app.Type(), app.Message())
	require.Equal(t, !retry, app.NonRetryable(), app.Message())
	require.NotContains(t, app.Error(), secretText)
	var detail activities.Failure
	require.NoError(t, app.Details(&detail))
	require.Equal(t, code, detail.Code)
	require.Equal(t, "a-step", detail.Step)
	require.NotContains(t, show(detail.Data.Value), secretText)
	return app, detail
}
