//go:build !slim

package e2e_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/installation"
	"github.com/weir-run/weir/tracing"
	"github.com/weir-run/weir/worker"
	"github.com/weir-run/weir/worker/payload"
)

const (
	callersTrace = "4bf92f3577b34da6a3ce929d0e0e4736"
	callersSpan  = "00f067aa0ba902b7"
)

// delivered begins with a webhook, asks, fails, waits for a person, and asks again. Names with "secret" must be in no span.
const delivered = `{:slug :traced :concurrency {:type :keyed :key-field :id} :invocations {:default {:inputs [{:name :id :required true}]}}
	:requires [{:slot :outside :type :http-api :base-url "https://unused.example" :auth {:type :bearer}} {:slot :signing :type :secret}]
	:interfaces {:webhook [{:id :in :event-name "come" :auth {:type :bearer :secret-ref :signing}}]}
	:flow '(let [in (flow/input)
	             a (flow/step :http :ask {:connection :outside :path "/secret-path" :query {:k "secret-query"} :headers {"X-Own" "secret-header"}
	                                      :method :post :json in})
	             b (flow/step :http :refused {:connection :outside :path "/secret-refused" :on-error :skip :placement :regular})
	             d (flow/step :wait :person {:key (str "secret-key-" (:id in)) :title "secret-title"})
	             c (flow/step :http :after {:connection :outside :path "/after"})]
	         (:action d))}`

// secrets are what no span may hold.
var secrets = []string{"secret", "tracestate", "theirs", "baggage", apiToken}

// leaks are the secrets that spans hold, wherever in them.
func leaks(spans tracetest.SpanStubs, secrets []string) (found []string) {
	text := fmt.Sprintf("%+v", spans) // with events, links, status and resource
	for _, s := range spans {
		for _, a := range s.Attributes {
			text += fmt.Sprintf(" %s=%s", a.Key, a.Value.Emit())
		}
		for _, e := range s.Events {
			text += fmt.Sprintf(" %s %+v", e.Name, e.Attributes)
		}
		text += s.SpanContext.TraceState().String()
	}
	for _, s := range secrets {
		if strings.Contains(text, s) {
			found = append(found, s)
		}
	}
	return found
}

// TestOneTraceFromTheWebhookToTheRequest follows a delivery through the gateway, its run and the steps to the service that they ask.
// Every workflow task of it replays the run (newWorld turns the cache off).
func TestOneTraceFromTheWebhookToTheRequest(t *testing.T) {
	memory := tracetest.NewInMemoryExporter()
	var mu sync.Mutex
	asked := map[string]http.Header{}
	outside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked[r.URL.Path] = r.Header.Clone()
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/secret-refused" {
			w.WriteHeader(http.StatusTeapot)
		}
		_, _ = io.WriteString(w, `{"answer":"secret-answer"}`)
	}))
	defer outside.Close()
	file := filepath.Join(t.TempDir(), "bindings.edn")
	require.NoError(t, os.WriteFile(file, fmt.Appendf(nil, `{:outside {:base-url "%s" :token "secret-token"} :signing {:secret "secret-signing"}}`, outside.URL), 0o600))
	bindings, err := binding.Open(binding.File{Path: file})
	require.NoError(t, err)
	w := newWorldWith(t, bindings, func(s *installation.Settings) {
		s.Tracing = tracing.New(sdktrace.NewSimpleSpanProcessor(memory))
		var err error
		s.PayloadKeys, err = payload.ParseKeys("k1:" + base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{9}, 32))) // headers travel so, too
		require.NoError(t, err)
	})
	w.deploy(t, delivered)

	s := w.deliver(t)
	wait := w.open(t, s)
	approve, _ := w.buttons(t, s, wait)
	token := approve[strings.LastIndex(approve, "/")+1:]
	token, _, _ = strings.Cut(token, "?")
	require.Equal(t, "decided", press(t, approve, `{}`).Outcome)
	require.Equal(t, `"approve"`, w.result(t, s))

	var spans tracetest.SpanStubs
	require.Eventually(t, func() bool { spans = memory.GetSpans(); return len(named(spans, "RunActivity:http")) >= 3 }, time.Minute, 20*time.Millisecond)
	byID := map[string]tracetest.SpanStub{}
	for _, s := range spans {
		byID[s.SpanContext.SpanID().String()] = s
	}
	chain := func(s tracetest.SpanStub) (names []string) {
		for {
			require.Equal(t, callersTrace, s.SpanContext.TraceID().String(), s.Name)
			names = append(names, s.Name)
			parent := s.Parent.SpanID().String()
			if parent == callersSpan {
				return names
			}
			var ok bool
			s, ok = byID[parent]
			require.True(t, ok, "the parent of %s is no span: %v", names[len(names)-1], names)
		}
	}
	up := []string{"RunActivity:http", "StartActivity:http", "RunWorkflow:traced", "StartWorkflow:traced", "POST /hooks/{slug}/{event}"}
	for path, method := range map[string]string{"/secret-path": "POST", "/secret-refused": "GET", "/after": "GET"} {
		parts := strings.Split(asked[path].Get("traceparent"), "-")
		require.Len(t, parts, 4, path)
		require.Equal(t, callersTrace, parts[1])
		sent, ok := byID[parts[2]]
		require.True(t, ok, "%s was told of a span that isn't there", path)
		require.Equal(t, append([]string{method}, up...), chain(sent))
		require.Empty(t, asked[path].Get("tracestate")+asked[path].Get("baggage"), "what the caller told us only")
	}
	runs := map[string]bool{}
	for _, s := range named(spans, "RunWorkflow:traced") {
		runs[s.SpanContext.SpanID().String()] = true
		require.NotEqual(t, codes.Error, s.Status.Code)
	}
	require.Len(t, runs, 1, "a run is one span, however often it is replayed")
	require.ElementsMatch(t, []string{"ask", "refused", "after"}, steps(spans))

	require.Empty(t, leaks(spans, append(secrets, token)))
	require.NotEmpty(t, named(spans, "POST /approvals/{token}"))
	with := tracetest.SpanStubs{{Attributes: []attribute.KeyValue{attribute.String("url.full", approve)}}, {Name: "RunWorkflow:traced/secret-id"}}
	require.Equal(t, []string{"secret", token}, leaks(append(spans, with...), append(secrets, token)), "it would be found")

	// A start by the API, without a trace of its own, begins one. Its input is refused by nobody: the run fails.
	r, err := http.NewRequest(http.MethodPost, w.gate+"/api/flows/failing/runs", strings.NewReader(`{"input":{"id":"secret-id"}}`))
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bearer "+apiToken)
	w.deploy(t, `{:slug :failing :concurrency {:type :keyed :key-field :id} :invocations {:default {:inputs [{:name :id :required true}]}}
		:flow '(throw (ex-info (str "no " (:id (flow/input))) {}))}`)
	before := len(memory.GetSpans())
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	resp.Body.Close()
	require.Equal(t, http.StatusAccepted, resp.StatusCode)
	require.Eventually(t, func() bool {
		ran := named(memory.GetSpans(), "RunWorkflow:failing")
		return len(ran) > 0 && ran[len(ran)-1].Status.Code == codes.Error
	}, time.Minute, 20*time.Millisecond)
	fresh := memory.GetSpans()[before:]
	start, ran := named(fresh, "StartWorkflow:failing")[0], named(fresh, "RunWorkflow:failing")[0]
	entered := named(fresh, "POST /api/flows/{slug}/runs")[0]
	require.False(t, entered.Parent.IsValid())
	require.Equal(t, entered.SpanContext.SpanID(), start.Parent.SpanID())
	require.Equal(t, start.SpanContext.SpanID(), ran.Parent.SpanID())
	require.Equal(t, entered.SpanContext.TraceID(), ran.SpanContext.TraceID())
	require.Empty(t, leaks(fresh, secrets))

	// What the interceptor adds to a history is nothing that a replay without it needs.
	h := &historypb.History{}
	for it := w.Client.GetWorkflowHistory(t.Context(), s.WorkflowID, s.RunID, false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT); it.HasNext(); {
		e, err := it.Next()
		require.NoError(t, err)
		h.Events = append(h.Events, e)
	}
	require.NoError(t, worker.Replay(quiet(), h))
}

// deliver is the webhook's sender, whose request belongs to a trace.
func (w *world) deliver(t *testing.T) worker.Started {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, w.gate+"/hooks/traced/come?q=secret-query", strings.NewReader(`{"id":"secret-id"}`))
	require.NoError(t, err)
	for k, v := range map[string]string{
		"Authorization": "Bearer secret-signing", "Content-Type": "application/json", "Traceparent": "00-" + callersTrace + "-" + callersSpan + "-01",
		"Tracestate": "vendor=theirs", "Baggage": "user=secret-user",
	} {
		r.Header.Set(k, v)
	}
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusAccepted, resp.StatusCode, string(body))
	var got struct {
		RunID      string `json:"run-id"`
		WorkflowID string `json:"workflow-id"`
	}
	require.NoError(t, json.Unmarshal(body, &got))
	assert.NotEmpty(t, got.RunID)
	return worker.Started{WorkflowID: got.WorkflowID, RunID: got.RunID}
}

func named(spans tracetest.SpanStubs, name string) (out tracetest.SpanStubs) {
	for _, s := range spans {
		if s.Name == name {
			out = append(out, s)
		}
	}
	return out
}

// steps are those that spans name.
func steps(spans tracetest.SpanStubs) (out []string) {
	for _, s := range spans {
		for _, a := range s.Attributes {
			if a.Key == "weir.step" {
				out = append(out, a.Value.AsString())
			}
		}
	}
	return out
}
