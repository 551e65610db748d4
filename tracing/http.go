package tracing

import (
	"net/http"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// Names of attributes, as OpenTelemetry's conventions have them.
const (
	attrMethod = "http.request.method"
	attrRoute  = "http.route"
	attrStatus = "http.response.status_code"
	attrHost   = "server.address"
)

const parentHeader = "Traceparent" // as net/http writes it

// untraced are the paths that machines ask for every few seconds.
var untraced = map[string]bool{"/healthz": true, "/readyz": true, "/metrics": true}

// Request begins the span of a request to this process; end ends it. The request that it returns carries the span. Route is the
// pattern that matched: a path may hold a token.
func (t *Tracing) Request(r *http.Request) (traced *http.Request, end func(route string, status int)) {
	if t == nil || untraced[r.URL.Path] {
		return r, func(string, int) {}
	}
	ctx := r.Context()
	// More than one header is none, says the W3C. What else the caller's tracing wants to be told to others (tracestate,
	// baggage) stays here: it would travel to the services that steps call.
	if len(r.Header.Values(parentHeader)) == 1 {
		from := propagation.MapCarrier{"traceparent": r.Header.Get(parentHeader)}
		ctx = propagation.TraceContext{}.Extract(ctx, from)
	}
	method := methodOf(r.Method)
	ctx, span := t.tracer.Start(ctx, method, trace.WithSpanKind(trace.SpanKindServer), trace.WithAttributes(attribute.String(attrMethod, method)))
	return r.WithContext(ctx), func(route string, status int) {
		if _, path, ok := strings.Cut(route, " "); ok {
			route = path // the pattern has a method of its own
		}
		if strings.HasPrefix(route, "/") {
			span.SetName(method + " " + route)
			span.SetAttributes(attribute.String(attrRoute, route))
		}
		span.SetAttributes(attribute.Int(attrStatus, status))
		if status >= http.StatusInternalServerError {
			span.SetStatus(codes.Error, "")
		}
		span.End()
	}
}

// Around sees the requests that steps send: each gets a span, and tells whom it asks of its trace. It is nil where nothing is traced.
func (t *Tracing) Around() func(http.RoundTripper) http.RoundTripper {
	if t == nil {
		return nil
	}
	return func(next http.RoundTripper) http.RoundTripper { return outgoing{next: next, tracer: t.tracer} }
}

type outgoing struct {
	next   http.RoundTripper
	tracer trace.Tracer
}

// RoundTrip sends a request. Its span ends when the answer begins.
func (o outgoing) RoundTrip(req *http.Request) (*http.Response, error) {
	method := methodOf(req.Method)
	ctx, span := o.tracer.Start(req.Context(), method, trace.WithSpanKind(trace.SpanKindClient),
		trace.WithAttributes(attribute.String(attrMethod, method), attribute.String(attrHost, req.URL.Hostname())))
	sent := req.WithContext(ctx)
	if sent.Header.Get(parentHeader) == "" { // a flow that sends one of its own knows why
		sent.Header = req.Header.Clone() // the caller's is not ours to change, and redirects copy it
		if sent.Header == nil {
			sent.Header = http.Header{}
		}
		propagation.TraceContext{}.Inject(ctx, propagation.HeaderCarrier(sent.Header))
	}
	resp, err := o.next.RoundTrip(sent)
	switch {
	case err != nil:
		span.SetStatus(codes.Error, "") // the error's text may have an address in it
	default:
		span.SetAttributes(attribute.Int(attrStatus, resp.StatusCode))
		if resp.StatusCode >= http.StatusBadRequest {
			span.SetStatus(codes.Error, "")
		}
	}
	span.End()
	return resp, err
}

// methodOf keeps words of a caller's own out of the spans.
func methodOf(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions,
		http.MethodConnect, http.MethodTrace:
		return method
	case "":
		return http.MethodGet
	}
	return "_OTHER"
}
