package tracing

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// closeTimeout bounds how long a process that stops waits for its last spans to be taken.
const closeTimeout = 5 * time.Second

// scope is the name under which all spans are made.
const scope = "github.com/weir-run/weir"

// Tracing is what one process traces with.
type Tracing struct {
	provider *sdktrace.TracerProvider
	tracer   trace.Tracer
}

// FromEnvironment makes what the standard variables of OpenTelemetry ask for: nil where they name no receiver of traces or say that
// there shall be none.
func FromEnvironment(ctx context.Context, log *slog.Logger) (*Tracing, error) {
	if !wanted(os.Getenv) {
		return nil, nil
	}
	if p := protocol(os.Getenv); p != "" && p != "http/protobuf" {
		return nil, fmt.Errorf("open traces: OTEL_EXPORTER_OTLP_PROTOCOL %q: only http/protobuf is spoken", p)
	}
	exporter, err := otlptracehttp.New(ctx) // reads endpoint, headers, certificates and timeout from the environment
	if err != nil {
		return nil, fmt.Errorf("open traces: %w", err)
	}
	// The SDK would write to stderr, past the process's log.
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("traces", "error", err) }))
	about, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", "weir")),
		resource.WithTelemetrySDK(), resource.WithFromEnv()) // the last one wins
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open traces: %w", err), exporter.Shutdown(ctx))
	}
	return New(sdktrace.NewBatchSpanProcessor(exporter), sdktrace.WithResource(about)), nil
}

// New traces to a processor. The sampler is the environment's (OTEL_TRACES_SAMPLER), and follows the caller by default.
func New(to sdktrace.SpanProcessor, opts ...sdktrace.TracerProviderOption) *Tracing {
	p := sdktrace.NewTracerProvider(append(opts, sdktrace.WithSpanProcessor(to), sdktrace.WithIDGenerator(ids{}))...)
	return &Tracing{provider: p, tracer: p.Tracer(scope)}
}

// Close sends what is left, for a bounded time.
func (t *Tracing) Close() error {
	if t == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	if err := t.provider.Shutdown(ctx); err != nil {
		return fmt.Errorf("send the last traces: %w", err)
	}
	return nil
}

func wanted(env func(string) string) bool {
	if strings.EqualFold(strings.TrimSpace(env("OTEL_SDK_DISABLED")), "true") || strings.TrimSpace(env("OTEL_TRACES_EXPORTER")) == "none" {
		return false
	}
	return env("OTEL_EXPORTER_OTLP_ENDPOINT") != "" || env("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") != ""
}

func protocol(env func(string) string) string {
	if p := env("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"); p != "" {
		return p
	}
	return env("OTEL_EXPORTER_OTLP_PROTOCOL")
}
