package metrics

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// MaxSeries bounds the label values of one metric.
const MaxSeries = 2000

const other = "other"

// seconds are the buckets of durations: from a cached read to an hour.
var seconds = []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600}

// Metrics is what one process counts.
type Metrics struct {
	registry  *prometheus.Registry
	starts    counter
	repeated  counter
	decisions counter
	requests  timer
	steps     timer
	retries   counter
	refused   counter
	sdk       sdk
}

// New makes the metrics of a process.
func New() *Metrics {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return &Metrics{
		registry:  r,
		starts:    newCounter(r, "weir_starts_total", "Starts by flow and what became of them.", "flow", "decision"),
		repeated:  newCounter(r, "weir_repeated_deliveries_total", "Deliveries that had started a run before.", "flow"),
		decisions: newCounter(r, "weir_decisions_total", "Decisions about waits by flow and outcome.", "flow", "outcome"),
		refused:   newCounter(r, "weir_turned_away_total", "Requests turned away because too much was under way.", "what"),
		requests:  newTimer(r, "weir_request_seconds", "How long requests to the gateway took, by route and status.", "route", "status"),
		steps:     newTimer(r, "weir_step_seconds", "How long attempts of steps took.", "flow", "step", "type", "outcome"),
		retries:   newCounter(r, "weir_step_retries_total", "Attempts of steps beyond the first.", "flow", "step"),
		sdk:       sdk{registry: r, counters: map[string]counter{}, gauges: map[string]gauge{}, timers: map[string]timer{}},
	}
}

// Handler serves all of it in Prometheus' text form.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// Started counts a start: decision is started, deduplicated, rejected, ..., or the code of a refusal.
func (m *Metrics) Started(flow, decision string) {
	if m != nil {
		m.starts.add(1, flow, decision)
	}
}

// Repeated counts a delivery that came again.
func (m *Metrics) Repeated(flow string) {
	if m != nil {
		m.repeated.add(1, flow)
	}
}

// Decided counts a decision.
func (m *Metrics) Decided(flow, outcome string) {
	if m != nil {
		m.decisions.add(1, flow, outcome)
	}
}

// TurnedAway counts a request that there was no room for.
func (m *Metrics) TurnedAway(what string) {
	if m != nil {
		m.refused.add(1, what)
	}
}

// Requested measures a request. The route is a pattern, never a path.
func (m *Metrics) Requested(route string, status string, took time.Duration) {
	if m != nil {
		m.requests.observe(took, route, status)
	}
}

// Stepped measures one attempt of a step; outcome is "ok", or the code of its failure.
func (m *Metrics) Stepped(flow, step, typ, outcome string, attempt int, took time.Duration) {
	if m == nil {
		return
	}
	m.steps.observe(took, flow, step, typ, outcome)
	if attempt > 1 {
		m.retries.add(1, flow, step)
	}
}

// Sample is one value of a gauge, and its label's.
type Sample struct {
	Of    string
	Value float64
}

// Gauge reads a metric whenever the metrics are read, at most once in that time.
func (m *Metrics) Gauge(name, help, label string, every time.Duration, read func() []Sample) {
	m.registry.MustRegister(&reader{desc: prometheus.NewDesc(name, help, []string{label}, nil), every: every, read: read})
}

// reader is a gauge that is read when it is asked for.
type reader struct {
	desc  *prometheus.Desc
	every time.Duration
	read  func() []Sample

	mu      sync.Mutex
	at      time.Time
	samples []Sample
}

// Describe tells what it collects.
func (r *reader) Describe(to chan<- *prometheus.Desc) { to <- r.desc }

// Collect reads it, or gives what was read a moment ago.
func (r *reader) Collect(to chan<- prometheus.Metric) {
	r.mu.Lock()
	if r.at.IsZero() || time.Since(r.at) >= r.every {
		r.samples, r.at = r.read(), time.Now()
	}
	samples := r.samples
	r.mu.Unlock()
	for _, s := range samples[:min(len(samples), MaxSeries)] {
		to <- prometheus.MustNewConstMetric(r.desc, prometheus.GaugeValue, s.Value, valid(s.Of))
	}
}

// bound keeps the number of label values of a metric small.
type bound struct {
	mu   sync.Mutex
	seen map[string]bool
}

func (b *bound) values(values []string) []string {
	for i, v := range values {
		values[i] = valid(v)
	}
	key := strings.Join(values, "\x00")
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.seen[key] {
		return values
	}
	if len(b.seen) >= MaxSeries {
		for i := range values {
			values[i] = other
		}
		return values
	}
	if b.seen == nil {
		b.seen = map[string]bool{}
	}
	b.seen[key] = true
	return values
}

const maxLabel = 200

func valid(text string) string {
	return strings.ToValidUTF8(text[:min(len(text), maxLabel)], "")
}

type counter struct {
	*bound
	vec *prometheus.CounterVec
}

func newCounter(r *prometheus.Registry, name, help string, labels ...string) counter {
	c := counter{&bound{}, prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)}
	r.MustRegister(c.vec)
	return c
}

func (c counter) add(n float64, values ...string) {
	c.vec.WithLabelValues(c.values(values)...).Add(n)
}

type gauge struct {
	*bound
	vec *prometheus.GaugeVec
}

type timer struct {
	*bound
	vec *prometheus.HistogramVec
}

func newTimer(r *prometheus.Registry, name, help string, labels ...string) timer {
	t := timer{&bound{}, prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: seconds}, labels)}
	r.MustRegister(t.vec)
	return t
}

func (t timer) observe(took time.Duration, values ...string) {
	t.vec.WithLabelValues(t.values(values)...).Observe(took.Seconds())
}
