package tracing

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
	"go.temporal.io/sdk/client"
	contrib "go.temporal.io/sdk/contrib/opentelemetry"
	"go.temporal.io/sdk/workflow"
)

// Client adds Temporal's tracing interceptor to a client's options: to its own calls, and to the work of every worker made with it.
// Signals, queries and updates aren't traced: their names are the keys of waits, which may be input.
func (t *Tracing) Client(o client.Options) (client.Options, error) {
	if t == nil {
		return o, nil
	}
	i, err := contrib.NewTracingInterceptor(contrib.TracerOptions{
		Tracer: t.tracer, TextMapPropagator: propagation.TraceContext{}, DisableBaggage: true, SpanStarter: start,
		DisableSignalTracing: true, DisableQueryTracing: true, DisableUpdateTracing: true,
		AllowInvalidParentSpans: true, // what somebody else wrote into a header must not fail a run
	})
	if err != nil {
		return o, fmt.Errorf("trace runs: %w", err)
	}
	o.Interceptors = append(slices.Clone(o.Interceptors), i)
	return o, nil
}

// start starts a span of the interceptor's. A run's is the same one whenever a worker replays the run, so that the spans of its
// steps keep their parent.
func start(ctx context.Context, t trace.Tracer, name string, opts ...trace.SpanStartOption) trace.Span {
	if strings.HasPrefix(name, "RunWorkflow:") {
		config := trace.NewSpanStartConfig(opts...)
		began := config.Timestamp() // of the run: it is in its history
		parent := trace.SpanContextFromContext(ctx).SpanID()
		ctx = context.WithValue(ctx, seedKey{}, fmt.Sprintf("%s %d %s", parent, began.UnixNano(), name))
	}
	_, span := t.Start(ctx, name, opts...)
	return &quiet{Span: span}
}

// runTag is the interceptor's only attribute that is kept.
const runTag = attribute.Key("temporalRunID")

// quiet is a span of the interceptor's, less what may hold input: the workflow ID, and what errors say.
type quiet struct {
	trace.Span
	continued bool
}

// RecordError notes nothing but whether it is an error at all.
func (q *quiet) RecordError(err error, _ ...trace.EventOption) {
	var again *workflow.ContinueAsNewError
	q.continued = errors.As(err, &again)
}

// AddEvent adds none.
func (q *quiet) AddEvent(string, ...trace.EventOption) {}

// SetStatus leaves the description out.
func (q *quiet) SetStatus(code codes.Code, _ string) {
	if !q.continued {
		q.Span.SetStatus(code, "")
	}
}

// SetAttributes keeps the run's id.
func (q *quiet) SetAttributes(all ...attribute.KeyValue) {
	for _, a := range all {
		if a.Key == runTag {
			q.Span.SetAttributes(a)
		}
	}
}

// Step says which attempt of which step the span of this activity is, in the words that metrics have for it.
func Step(ctx context.Context, flow, step, outcome string, attempt int) {
	q, ok := trace.SpanFromContext(ctx).(*quiet)
	if !ok {
		return
	}
	q.Span.SetAttributes(attribute.String("weir.flow", flow), attribute.String("weir.step", step),
		attribute.String("weir.outcome", outcome), attribute.Int("weir.attempt", attempt))
}
