package gateway

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/gateway/token"
	"github.com/weir-run/weir/worker"
)

const (
	signingSecret = "whsec_the_signing_secret"
	apiToken      = "the-api-token"
	publicURL     = "https://weir.example.com/base"
	firstRunID    = "0198f3a1-1111-7abc-8def-0123456789ab"
)

var testNow = time.Unix(1760000000, 0).UTC()

// bundle is a gateway on fakes, and what it wrote to its log.
type bundle struct {
	server  *Server
	handler http.Handler
	runs    *fakeRuns
	flows   fakeFlows
	secrets fakeSecrets
	redis   *miniredis.Miniredis
	keys    token.Keys
	log     *lockedBuffer
}

func setup(t *testing.T) *bundle {
	t.Helper()
	keys, err := token.ParseKeys("k1:" + base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32)))
	require.NoError(t, err)
	m := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: m.Addr(), MaxRetries: -1})
	t.Cleanup(func() { client.Close() })
	b := &bundle{
		runs: newFakeRuns(), flows: fakeFlows{"orders": orderFlow()}, secrets: fakeSecrets{"signing": {signingSecret}},
		redis: m, keys: keys, log: &lockedBuffer{},
	}
	b.server, err = New(Options{
		Runs: b.runs, Flows: b.flows, Secrets: b.secrets, Deliveries: NewDeliveries(client), Keys: keys, PublicURL: publicURL + "/",
		APIToken: apiToken, Now: func() time.Time { return testNow },
		Logger: slog.New(slog.NewJSONHandler(b.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	require.NoError(t, err)
	b.handler = b.server.Handler()
	return b
}

// orderFlow has a webhook in Stripe's scheme and an HTTP interface.
func orderFlow() *definition.Flow {
	return &definition.Flow{
		Slug: "orders", Name: "Order Orchestration",
		Webhook: &definition.Interface{
			ID: "order-updated", EventName: "orders.updated", Invocation: "default", Enabled: true,
			Auth: definition.Auth{Type: "hmac-sha256", Header: "Stripe-Signature", SecretRef: "signing"},
		},
		HTTP: &definition.Interface{
			ID: "quote", Invocation: "default", Enabled: true, Method: "post",
			Auth: definition.Auth{Type: "bearer", SecretRef: "signing"},
		},
	}
}

// send is one request to the handler.
func (b *bundle) send(method, target, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	return w
}

func answerOf(t *testing.T, w *httptest.ResponseRecorder) map[string]any {
	t.Helper()
	var m map[string]any
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &m), w.Body.String())
	return m
}

// fakeRuns keeps lanes, waits and their decisions as worker.Starter promises to.
type fakeRuns struct {
	mu         sync.Mutex
	started    []worker.StartRequest
	byDedupe   map[string]worker.Started
	latest     map[string]string // lane to run
	busy       bool
	startErr   error // every start fails
	lostErr    error // every start happens, and its answer is lost
	waits      []worker.Wait
	decided    map[string]worker.Decided // by wait's key
	offers     []worker.Decision
	timeline   worker.Timeline
	askErr     error // no worker answers
	run        worker.Run
	runErr     error // Temporal doesn't, or knows no such run
	decide     error
	result     json.RawMessage
	ended      error
	never      bool // the result doesn't come
	listed     worker.ListRequest
	canceled   []string
	nextPage   []byte // of waits
	reassigned []worker.Reassignment
	reassign   error
	outcome    string // of decisions, instead of the usual
}

func newFakeRuns() *fakeRuns {
	return &fakeRuns{
		byDedupe: map[string]worker.Started{}, latest: map[string]string{}, decided: map[string]worker.Decided{},
		run:      worker.Run{WorkflowID: "orders/o-1", RunID: firstRunID, Slug: "orders", Status: worker.StatusWaiting, Started: testNow.Add(-time.Hour)},
		timeline: worker.Timeline{Status: worker.StatusWaiting, Slug: "orders", Version: 3, Started: testNow.Add(-time.Hour)},
	}
}

func (f *fakeRuns) Start(_ context.Context, r worker.StartRequest) (worker.Started, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.startErr != nil {
		return worker.Started{}, f.startErr
	}
	var id string
	m, ok := r.Input.AsMap()
	if ok {
		id, ok = m.GetKw("order-id").AsString()
	}
	if !ok {
		return worker.Started{}, &worker.InputError{Slug: r.Slug, Problems: []definition.Problem{{Field: "order-id", Message: "order-id is missing: expected text"}}}
	}
	lane := r.Slug + "/" + id
	if first, ok := f.byDedupe[r.DedupeID]; ok && first.RunID == f.latest[lane] { // as Temporal does: the lane's latest only
		first.Decision = worker.DecisionDeduplicated
		return first, nil
	}
	f.started = append(f.started, r)
	if f.busy {
		return worker.Started{WorkflowID: "weir.entry/" + r.Slug + "/1", RunID: "entry-1", Lane: lane, Decision: worker.DecisionQueued}, nil
	}
	s := worker.Started{WorkflowID: lane, Lane: lane, RunID: fmt.Sprintf("run-%d", len(f.started)), Decision: worker.DecisionStarted, Version: r.Version}
	f.latest[lane] = s.RunID
	if r.DedupeID != "" {
		f.byDedupe[r.DedupeID] = s
	}
	return s, f.lostErr
}

func (f *fakeRuns) Earlier(_ context.Context, r worker.StartRequest, _ time.Time, _ int) (worker.Started, bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	first, ok := f.byDedupe[r.DedupeID]
	first.Decision = worker.DecisionDeduplicated
	return first, ok, f.startErr
}

func (f *fakeRuns) starts() []worker.StartRequest {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]worker.StartRequest{}, f.started...)
}

func (f *fakeRuns) Decide(_ context.Context, d worker.Decision) (worker.Decided, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.offers = append(f.offers, d)
	if f.decide != nil {
		return worker.Decided{}, f.decide
	}
	if f.outcome != "" {
		return worker.Decided{Outcome: f.outcome, Value: d.Value, By: d.By}, nil
	}
	if first, ok := f.decided[d.Key]; ok {
		first.Outcome = worker.OutcomeAlreadyDecided
		return first, nil
	}
	done := worker.Decided{Outcome: worker.OutcomeDecided, Value: d.Value, By: d.By, At: testNow}
	f.decided[d.Key] = done
	for i := range f.timeline.Entries {
		if e := &f.timeline.Entries[i]; e.Key == d.Key {
			e.State, e.Action, e.By, e.Ended = worker.StateDecided, actionOf(d.Value), d.By, testNow
		}
	}
	f.waits = nil
	return done, nil
}

func (f *fakeRuns) Describe(context.Context, string, string) (worker.Run, error) {
	return f.run, f.runErr
}

func (f *fakeRuns) Timeline(context.Context, string, string) (worker.Timeline, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.runErr != nil {
		return worker.Timeline{}, f.runErr
	}
	return f.timeline, f.askErr
}

func (f *fakeRuns) Waits(context.Context, string, string) ([]worker.Wait, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.waits, f.askErr
}

func (f *fakeRuns) Recording(_ context.Context, workflowID, runID string) (worker.Recording, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return worker.Recording{WorkflowID: workflowID, RunID: runID, Slug: "orders"}, f.askErr
}

func (f *fakeRuns) List(_ context.Context, r worker.ListRequest) ([]worker.Run, []byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.listed = r
	return []worker.Run{f.run}, []byte("more"), f.runErr
}

func (f *fakeRuns) OpenWaits(_ context.Context, r worker.ListRequest) ([]worker.OpenWait, []byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.listed = r
	var out []worker.OpenWait
	for _, w := range f.waits {
		out = append(out, worker.OpenWait{WorkflowID: f.run.WorkflowID, RunID: f.run.RunID, Slug: f.run.Slug, Wait: w})
	}
	return out, f.nextPage, f.runErr
}

func (f *fakeRuns) Queued(_ context.Context, slug string) ([]worker.Queued, error) {
	return []worker.Queued{{WorkflowID: "weir.entry/" + slug + "/1", RunID: "entry-1", Lane: slug + "/o-1", Position: 1, Since: testNow}}, f.runErr
}

func (f *fakeRuns) Cancel(_ context.Context, workflowID, _ string) error {
	f.canceled = append(f.canceled, workflowID)
	return f.runErr
}

func (f *fakeRuns) Reassign(_ context.Context, r worker.Reassignment) (worker.Wait, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reassigned = append(f.reassigned, r)
	if f.reassign != nil {
		return worker.Wait{}, f.reassign
	}
	w := f.waits[0]
	for i, who := range w.Approvers {
		if who == r.From {
			w.Approvers[i] = r.To
		}
	}
	return w, nil
}

func (f *fakeRuns) Result(ctx context.Context, _, _ string) (json.RawMessage, error) {
	if f.never {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return f.result, f.ended
}

type fakeFlows map[string]*definition.Flow

var errStore = errors.New("the store is away")

func (f fakeFlows) Live(_ context.Context, slug string) (int, error) {
	if f == nil || f["(away)"] != nil {
		return 0, errStore
	}
	if f[slug] == nil {
		return 0, nil
	}
	return 3, nil
}

func (f fakeFlows) Get(_ context.Context, slug string, _ int) (*definition.Flow, error) {
	if f[slug] == nil {
		return nil, errStore
	}
	return f[slug], nil
}

type fakeSecrets map[string][]string

func (f fakeSecrets) Live(_ *definition.Flow, slot string) ([]binding.Secret, error) {
	texts, ok := f[slot]
	if !ok {
		return nil, errors.New("slot :" + slot + " lacks :secret")
	}
	secrets := make([]binding.Secret, len(texts))
	for i, text := range texts {
		secrets[i] = binding.NewSecret(text)
	}
	return secrets, nil
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
