package gateway

import (
	"context"
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/metrics"
	"github.com/weir-run/weir/worker"
)

// gatedRuns starts nothing until it is let.
type gatedRuns struct {
	*fakeRuns
	entered chan struct{}
	gate    chan struct{}
}

func (s *gatedRuns) Start(ctx context.Context, r worker.StartRequest) (worker.Started, error) {
	s.entered <- struct{}{}
	<-s.gate
	return s.fakeRuns.Start(ctx, r)
}

// TestStartsAreAdmittedInTurn fills every turn: the next delivery is turned away before anything was done, and can be sent again.
func TestStartsAreAdmittedInTurn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	slow := &gatedRuns{fakeRuns: b.runs, entered: make(chan struct{}, MaxStarts), gate: make(chan struct{})}
	m := metrics.New()
	b.server.runs, b.server.metrics = admit(slow, m), m
	var first sync.WaitGroup
	for i := range MaxStarts {
		first.Go(func() {
			w := b.send("POST", "/api/flows/orders/runs", `{"input":{"order-id":"o-`+string(rune('A'+i%26))+string(rune('a'+i/26))+`"}}`, "Authorization", "Bearer "+apiToken)
			require.Equal(t, http.StatusAccepted, w.Code, w.Body.String())
		})
	}
	for range MaxStarts {
		<-slow.entered
	}
	w := b.send("POST", "/api/flows/orders/runs", `{"input":{"order-id":"o-late"}}`, "Authorization", "Bearer "+apiToken)
	require.Equal(t, http.StatusServiceUnavailable, w.Code)
	require.Equal(t, "5", w.Header().Get("Retry-After"))
	require.Equal(t, "overloaded", answerOf(t, w)["error"])
	require.Equal(t, http.StatusOK, b.send("GET", "/api/runs", "", "Authorization", "Bearer "+apiToken).Code, "other doors stay open")
	close(slow.gate)
	first.Wait()
	require.Len(t, b.runs.starts(), MaxStarts)
	require.Equal(t, http.StatusAccepted, b.send("POST", "/api/flows/orders/runs", `{"input":{"order-id":"o-late"}}`, "Authorization", "Bearer "+apiToken).Code)
}

func TestMetricsNeedTheToken(t *testing.T) {
	t.Parallel()
	m := metrics.New()
	b := pagesBundle(t, func(o *Options) { o.Metrics = m })
	require.Equal(t, http.StatusUnauthorized, b.send("GET", "/metrics", "").Code)
	require.Equal(t, http.StatusUnauthorized, b.send("GET", "/metrics", "", "Authorization", "Bearer nope").Code)
	b.send("POST", b.link(t, approve), "")
	b.send("GET", "/approvals/secret-looking-token", "")
	w := b.send("GET", "/metrics", "", "Authorization", "Bearer "+apiToken)
	require.Equal(t, http.StatusOK, w.Code)
	require.Contains(t, w.Body.String(), `weir_decisions_total{flow="orders",outcome="decided"} 1`)
	require.Contains(t, w.Body.String(), `weir_request_seconds_count{route="GET /approvals/{token}",status="403"} 1`)
	require.NotContains(t, w.Body.String(), "secret-looking")
	without := pagesBundle(t, func(o *Options) { o.Metrics, o.APIToken = m, "" })
	require.Equal(t, http.StatusNotFound, without.send("GET", "/metrics", "").Code, "without a token nobody reads them here")
}
