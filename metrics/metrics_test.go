package metrics_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/metrics"
)

func read(m *metrics.Metrics) string {
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	return w.Body.String()
}

func TestCountsByLabel(t *testing.T) {
	t.Parallel()
	m := metrics.New()
	m.Started("orders", "started")
	m.Started("orders", "started")
	m.Stepped("orders", "fetch", "http", "http-status", 2, 30*time.Millisecond)
	m.Gauge("weir_waits_pending", "Open waits.", "flow", time.Hour, func() []metrics.Sample { return []metrics.Sample{{Of: "orders", Value: 4}} })
	m.Temporal().WithTags(map[string]string{"workflow_type": "orders", "secret": "x"}).Counter("temporal_workflow_completed").Inc(3)
	m.Temporal().Timer("temporal_request_latency").Record(time.Second)
	m.Temporal().Gauge("temporal_num_pollers").Update(7)
	text := read(m)
	for _, want := range []string{
		`weir_starts_total{decision="started",flow="orders"} 2`, `weir_step_seconds_bucket{flow="orders",outcome="http-status",step="fetch",type="http",le="0.05"} 1`,
		`weir_step_retries_total{flow="orders",step="fetch"} 1`, `weir_waits_pending{flow="orders"} 4`, `workflow_type="orders"} 3`, `temporal_request_latency_seconds_count`, `} 7`,
	} {
		require.Contains(t, text, want)
	}
	require.NotContains(t, text, "secret")
}

func TestLabelsAreBounded(t *testing.T) {
	t.Parallel()
	m := metrics.New()
	for i := range metrics.MaxSeries + 500 {
		m.Started(fmt.Sprintf("flow-%d", i), "started")
	}
	text := read(m)
	require.Equal(t, metrics.MaxSeries+1, strings.Count(text, "weir_starts_total{"))
	require.Contains(t, text, `weir_starts_total{decision="other",flow="other"} 500`)
	m.Decided("\xff\xfe", strings.Repeat("x", 1000))
	require.NotEmpty(t, read(m))
	var none *metrics.Metrics
	none.Started("a", "b")
	none.Stepped("a", "b", "c", "d", 2, 0)
}
