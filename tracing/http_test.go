package tracing

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

const (
	callersTrace = "4bf92f3577b34da6a3ce929d0e0e4736"
	callersSpan  = "00f067aa0ba902b7"
	callers      = "00-" + callersTrace + "-" + callersSpan + "-01"
)

func TestTheCallersTraceGoesOn(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		headers []string
		goesOn  bool
	}{
		"one":              {[]string{callers}, true},
		"none":             {nil, false},
		"two":              {[]string{callers, callers}, false},
		"of another shape": {[]string{"00-xyz"}, false},
		"all zero":         {[]string{"00-00000000000000000000000000000000-" + callersSpan + "-01"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			on, spans := recording(t)
			r := httptest.NewRequest("BREW", "/approvals/the-token?q=secret", nil)
			r.Header["Traceparent"] = test.headers
			r.Header.Set("Tracestate", "vendor=theirs")
			r.Header.Set("Baggage", "user=them")
			r, end := on.Request(r)
			sc := trace.SpanContextFromContext(r.Context())
			require.Equal(t, test.goesOn, sc.TraceID().String() == callersTrace)
			require.Empty(t, sc.TraceState().String())
			end("GET /approvals/{token}", 500)
			got := spans()[0]
			require.Equal(t, "_OTHER /approvals/{token}", got.Name)
			require.Equal(t, codes.Error, got.Status.Code)
			for _, secret := range []string{"the-token", "secret", "BREW", "theirs", "them"} {
				require.NotContains(t, fmt.Sprintf("%+v", got), secret)
			}
		})
	}
}

func TestProbesAreNotTraced(t *testing.T) {
	t.Parallel()
	on, spans := recording(t)
	_, end := on.Request(httptest.NewRequest(http.MethodGet, "/healthz", nil))
	end("GET /healthz", 200)
	require.Empty(t, spans())
}

func TestWhatMatchedNoRouteIsNamedByItsMethod(t *testing.T) {
	t.Parallel()
	on, spans := recording(t)
	_, end := on.Request(httptest.NewRequest(http.MethodGet, "/secret", nil))
	end("none", 404)
	require.Equal(t, "GET", spans()[0].Name)
}

type sender func(*http.Request) (*http.Response, error)

func (s sender) RoundTrip(r *http.Request) (*http.Response, error) { return s(r) }

func TestStepsTellWhomTheyAskOfTheirTrace(t *testing.T) {
	t.Parallel()
	on, spans := recording(t)
	var told []string
	status, failure := 200, error(nil)
	send := on.Around()(sender(func(r *http.Request) (*http.Response, error) {
		told = append(told, r.Header.Get("traceparent"))
		return &http.Response{StatusCode: status, Body: http.NoBody}, failure
	}))
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPut, "https://user:pass@h.example:8/secret/path?k=secret", nil)
	require.NoError(t, err)
	_, err = send.RoundTrip(r)
	require.NoError(t, err)
	require.Empty(t, r.Header, "a transport changes no request")
	status = 503
	_, err = send.RoundTrip(r)
	require.NoError(t, err)
	failure = errors.New("dial https://h.example/secret")
	_, err = send.RoundTrip(r)
	require.Error(t, err)
	r.Header.Set("traceparent", callers)
	failure = nil
	_, err = send.RoundTrip(r)
	require.NoError(t, err)
	all := spans()
	require.Len(t, all, 4)
	for i, s := range all[:3] {
		require.Equal(t, "00-"+s.SpanContext.TraceID().String()+"-"+s.SpanContext.SpanID().String()+"-01", told[i])
	}
	require.Equal(t, callers, told[3], "a flow's own")
	require.Equal(t, codes.Unset, all[0].Status.Code)
	require.Equal(t, codes.Error, all[1].Status.Code)
	require.Equal(t, codes.Error, all[2].Status.Code)
	require.Contains(t, fmt.Sprintf("%+v", all), "h.example")
	for _, secret := range []string{"secret", "pass", "user:"} {
		require.NotContains(t, fmt.Sprintf("%+v", all), secret)
	}
}
