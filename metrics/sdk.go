package metrics

import (
	"maps"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.temporal.io/sdk/client"
)

// sdkLabels are the tags of the SDK that are kept; a metric that lacks one has it empty. The workflow type is the flow's slug.
var sdkLabels = []string{"operation", "workflow_type", "activity_type", "worker_type", "task_queue", "poller_type", "failure_reason", "status_code"}

// sdk keeps what the Temporal SDK counts, each metric under the SDK's own name.
type sdk struct {
	registry *prometheus.Registry
	mu       sync.Mutex
	counters map[string]counter
	gauges   map[string]gauge
	timers   map[string]timer
}

// Temporal is a handler for client.Options.
func (m *Metrics) Temporal() client.MetricsHandler { return sdkHandler{&m.sdk, nil} }

type sdkHandler struct {
	*sdk
	tags map[string]string
}

// WithTags adds tags.
func (h sdkHandler) WithTags(tags map[string]string) client.MetricsHandler {
	all := maps.Clone(h.tags)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, tags)
	return sdkHandler{h.sdk, all}
}

func (h sdkHandler) values() []string {
	values := make([]string, len(sdkLabels))
	for i, name := range sdkLabels {
		if v := h.tags[name]; v != "none" {
			values[i] = v
		}
	}
	return values
}

// Counter finds or makes a counter.
func (h sdkHandler) Counter(name string) client.MetricsCounter {
	h.mu.Lock()
	defer h.mu.Unlock()
	c, ok := h.counters[name]
	if !ok {
		c = newCounter(h.registry, name+"_total", "Of the Temporal SDK.", sdkLabels...)
		h.counters[name] = c
	}
	return sdkCounter(func(n int64) { c.add(float64(n), h.values()...) })
}

// Gauge finds or makes a gauge.
func (h sdkHandler) Gauge(name string) client.MetricsGauge {
	h.mu.Lock()
	defer h.mu.Unlock()
	g, ok := h.gauges[name]
	if !ok {
		g = gauge{&bound{}, prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: "Of the Temporal SDK."}, sdkLabels)}
		h.registry.MustRegister(g.vec)
		h.gauges[name] = g
	}
	return sdkGauge(func(v float64) { g.vec.WithLabelValues(g.values(h.values())...).Set(v) })
}

// Timer finds or makes a timer.
func (h sdkHandler) Timer(name string) client.MetricsTimer {
	h.mu.Lock()
	defer h.mu.Unlock()
	t, ok := h.timers[name]
	if !ok {
		t = newTimer(h.registry, name+"_seconds", "Of the Temporal SDK.", sdkLabels...)
		h.timers[name] = t
	}
	return sdkTimer(func(took time.Duration) { t.observe(took, h.values()...) })
}

type sdkCounter func(int64)

// Inc adds.
func (f sdkCounter) Inc(n int64) { f(n) }

type sdkGauge func(float64)

// Update sets.
func (f sdkGauge) Update(v float64) { f(v) }

type sdkTimer func(time.Duration)

// Record measures.
func (f sdkTimer) Record(took time.Duration) { f(took) }
