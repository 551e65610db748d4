package tracing

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/proto"
)

func TestOffUnlessTheEnvironmentSaysSo(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		env  map[string]string
		want bool
	}{
		"nothing":       {map[string]string{"OTEL_SERVICE_NAME": "x"}, false},
		"an endpoint":   {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://h"}, true},
		"one of traces": {map[string]string{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://h"}, true},
		"disabled":      {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://h", "OTEL_SDK_DISABLED": "TRUE"}, false},
		"not disabled":  {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://h", "OTEL_SDK_DISABLED": "1"}, true},
		"no exporter":   {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://h", "OTEL_TRACES_EXPORTER": "none"}, false},
	} {
		require.Equal(t, test.want, wanted(func(k string) string { return test.env[k] }), name)
	}
}

func TestOffCostsNothing(t *testing.T) {
	for _, v := range []string{"OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"} {
		t.Setenv(v, "")
	}
	off, err := FromEnvironment(t.Context(), slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	require.Nil(t, off)
	require.Nil(t, off.Around())
	o, err := off.Client(client.Options{})
	require.NoError(t, err)
	require.Empty(t, o.Interceptors)
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	same, end := off.Request(r)
	require.Same(t, r, same)
	end("/", 200)
	require.NoError(t, off.Close())
}

func TestOtherProtocolsAreRefused(t *testing.T) {
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
	t.Setenv("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
	_, err := FromEnvironment(t.Context(), slog.New(slog.DiscardHandler))
	require.EqualError(t, err, `open traces: OTEL_EXPORTER_OTLP_PROTOCOL "grpc": only http/protobuf is spoken`)
}

// TestAReceiverGetsTheSpans sends a span over the wire: it arrives when the process stops, not only when the batch is due.
func TestAReceiverGetsTheSpans(t *testing.T) {
	var mu sync.Mutex
	var got []*collector.ExportTraceServiceRequest
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		m := &collector.ExportTraceServiceRequest{}
		if r.URL.Path != "/v1/traces" || r.Header.Get("Content-Type") != "application/x-protobuf" || proto.Unmarshal(body, m) != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		got = append(got, m)
	}))
	defer receiver.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.URL)
	t.Setenv("OTEL_SERVICE_NAME", "orders")
	on, err := FromEnvironment(t.Context(), slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	_, end := on.Request(httptest.NewRequest(http.MethodPost, "/hooks/a/b?secret=q", nil))
	end("POST /hooks/{slug}/{event}", 202)
	require.NoError(t, on.Close())
	require.Len(t, got, 1)
	spans := got[0].ResourceSpans[0]
	require.Equal(t, "POST /hooks/{slug}/{event}", spans.ScopeSpans[0].Spans[0].Name)
	require.Contains(t, spans.Resource.String(), `"orders"`)
	require.NotContains(t, got[0].String(), "secret")
}

// TestAReceiverThatHangsHoldsNobodyUp stops within the bound.
func TestAReceiverThatHangsHoldsNobodyUp(t *testing.T) {
	on := New(sdktrace.NewBatchSpanProcessor(hanging{}))
	_, end := on.Request(httptest.NewRequest(http.MethodGet, "/", nil))
	end("/", 200)
	require.ErrorIs(t, on.Close(), context.DeadlineExceeded)
}

type hanging struct{}

func (hanging) ExportSpans(ctx context.Context, _ []sdktrace.ReadOnlySpan) error {
	<-ctx.Done()
	return ctx.Err()
}

func (hanging) Shutdown(context.Context) error { return nil }

// recording traces into memory.
func recording(t *testing.T) (*Tracing, func() tracetest.SpanStubs) {
	t.Helper()
	memory := tracetest.NewInMemoryExporter()
	on := New(sdktrace.NewSimpleSpanProcessor(memory))
	t.Cleanup(func() { require.NoError(t, on.Close()) })
	return on, memory.GetSpans
}
