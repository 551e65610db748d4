package gateway

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/worker"
)

func TestOptionsAreChecked(t *testing.T) {
	t.Parallel()
	_, err := New(Options{})
	require.ErrorContains(t, err, "Runs")
	b := setup(t)
	_, err = New(Options{Runs: b.runs, Flows: b.flows, Secrets: b.secrets, Deliveries: b.server.deliveries, PublicURL: "nowhere"})
	require.ErrorContains(t, err, "WEIR_PUBLIC_URL")
	s, err := New(Options{Runs: b.runs, Flows: b.flows, Secrets: b.secrets, Deliveries: b.server.deliveries, PublicURL: "http://127.0.0.1:7000"})
	require.NoError(t, err)
	require.WithinDuration(t, time.Now(), s.now(), time.Minute)
}

func TestHealth(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asked := 0
	now := testNow
	var down error
	b.server.readiness.now = func() time.Time { return now }
	b.server.readiness.checks = []Check{
		{"temporal", func(context.Context) error { asked++; return nil }},
		{"redis", func(context.Context) error { return down }},
	}
	require.Equal(t, http.StatusOK, b.send(http.MethodGet, "/healthz", "").Code)
	w := b.send(http.MethodGet, "/readyz", "")
	require.Equal(t, http.StatusOK, w.Code)
	require.Equal(t, map[string]any{"temporal": "ok", "redis": "ok"}, answerOf(t, w)["checks"])
	down = errors.New("dial redis://user:password@10.0.0.1")
	require.Equal(t, http.StatusOK, b.send(http.MethodGet, "/readyz", "").Code, "the verdict of this second stands")
	require.Equal(t, 1, asked)
	now = now.Add(checkPeriod)
	w = b.send(http.MethodGet, "/readyz", "")
	require.Equal(t, http.StatusServiceUnavailable, w.Code)
	require.Equal(t, map[string]any{"temporal": "ok", "redis": "unreachable"}, answerOf(t, w)["checks"])
	require.NotContains(t, w.Body.String(), "password")
	require.Equal(t, http.StatusOK, b.send(http.MethodGet, "/healthz", "").Code, "alive, though of no use")

	b.handler = Health(b.server.readiness.checks, b.server.log)
	require.Equal(t, http.StatusOK, b.send(http.MethodGet, "/healthz", "").Code)
	require.Equal(t, http.StatusServiceUnavailable, b.send(http.MethodGet, "/readyz", "").Code)
}

func TestAHangingCheckIsCutOff(t *testing.T) {
	t.Parallel()
	p := &readiness{now: time.Now, checks: []Check{{"temporal", func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }}}}
	started := time.Now()
	require.Error(t, p.run(t.Context())["temporal"])
	require.Less(t, time.Since(started), 2*CheckTimeout)
}

func TestUnknownPathsAreToldSo(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, path := range []string{"/", "/hooks/orders", "/approvals/", "/api/", "/favicon.ico"} {
		w := b.send(http.MethodGet, path, "")
		require.Equal(t, http.StatusNotFound, w.Code, path)
		require.Equal(t, "not-found", answerOf(t, w)["error"])
	}
}

// TestTheLogNamesRoutesNotPaths: paths hold tokens, queries hold keys, bodies hold anything.
func TestTheLogNamesRoutesNotPaths(t *testing.T) {
	t.Parallel()
	b := asking(t)
	link := b.link(t, approve)
	b.send(http.MethodGet, link, "")
	b.send(http.MethodPost, link+"?k=query-secret", `{"comment":"body-secret"}`, "X-Secret", "header-secret")
	b.send(http.MethodPost, "/hooks/orders/orders.updated?k=query-secret", `{"x":"body-secret"}`, "Stripe-Signature", "header-secret")
	log := b.log.String()
	require.Equal(t, 3, strings.Count(log, `"msg":"request"`), "one line a request")
	require.Contains(t, log, `"route":"POST /approvals/{token}"`)
	require.Contains(t, log, `"route":"POST /hooks/{slug}/{event}"`)
	require.Contains(t, log, `"flow":"orders"`)
	require.Contains(t, log, `"status":401`)
	require.Contains(t, log, `"outcome":"decided"`)
	for _, leak := range []string{strings.TrimPrefix(link, "/approvals/"), "query-secret", "body-secret", "header-secret", signingSecret} {
		require.NotContains(t, log, leak)
	}
}

func TestAPanicIsAnAnswerWithoutDetails(t *testing.T) {
	t.Parallel()
	b := setup(t)
	h := logged(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("inner detail") }), b.server.log, b.server.now, nil, nil)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	require.Equal(t, http.StatusInternalServerError, w.Code)
	require.NotContains(t, w.Body.String(), "inner detail")
	require.Contains(t, b.log.String(), "inner detail")
	require.Panics(t, func() {
		logged(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }), b.server.log, b.server.now, nil, nil).
			ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	})
}

func TestTooManyAtOnceAreAskedToComeAgain(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for range MaxInFlight {
		b.server.slots <- struct{}{}
	}
	w := b.deliver(`{"order-id":"o-1"}`)
	require.Equal(t, http.StatusServiceUnavailable, w.Code)
	require.NotEmpty(t, w.Header().Get("Retry-After"))
	require.Equal(t, http.StatusOK, b.send(http.MethodGet, "/healthz", "").Code)
	<-b.server.slots
	require.Equal(t, http.StatusAccepted, b.deliver(`{"order-id":"o-1"}`).Code)
}

func TestBodiesAreBoundedTogether(t *testing.T) {
	t.Parallel()
	b := setup(t)
	body := `{"order-id":"o-1","x":"` + strings.Repeat("x", 10_000) + `"}`
	b.server.bodies.Store(int64(len(body)) - 1)
	w := b.deliver(body)
	require.Equal(t, http.StatusServiceUnavailable, w.Code)
	require.Equal(t, "overloaded", answerOf(t, w)["error"])
	require.Equal(t, int64(len(body))-1, b.server.bodies.Load(), "given back")
	b.server.bodies.Store(int64(len(body)))
	require.Equal(t, http.StatusAccepted, b.deliver(body).Code)
	require.Equal(t, http.StatusAccepted, b.deliver(body).Code)
}

// TestServeFinishesWhatIsUnderWay stops a gateway while a delivery is being taken.
func TestServeFinishesWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	b := setup(t)
	reached, release := make(chan struct{}), make(chan struct{})
	b.server.runs = &slowRuns{b.runs, reached, release}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- b.server.Serve(ctx, l) }()

	const body = `{"id":"evt_1","order-id":"o-1"}`
	status := make(chan int, 1)
	go func() {
		r, _ := http.NewRequest(http.MethodPost, "http://"+l.Addr().String()+hookPath, strings.NewReader(body))
		r.Header.Set("Stripe-Signature", stripeHeader(body, testNow))
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			status <- 0
			return
		}
		resp.Body.Close()
		status <- resp.StatusCode
	}()
	<-reached
	stop()
	require.Eventually(t, func() bool { // no new connections, once it is stopping
		c, err := net.Dial("tcp", l.Addr().String())
		if err == nil {
			c.Close()
		}
		return err != nil
	}, 5*time.Second, 5*time.Millisecond)
	close(release)
	require.Equal(t, http.StatusAccepted, <-status)
	require.NoError(t, <-served)
}

func TestHugeHeadersAreRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- b.server.Serve(ctx, l) }()
	c, err := net.Dial("tcp", l.Addr().String())
	require.NoError(t, err)
	defer c.Close()
	go fmt.Fprintf(c, "POST %s HTTP/1.1\r\nHost: x\r\nX-Big: %s\r\n\r\n", hookPath, strings.Repeat("x", 2*MaxHeaderBytes))
	line, err := bufio.NewReader(io.LimitReader(c, 1000)).ReadString('\n')
	require.NoError(t, err)
	require.Contains(t, line, "431")
	stop()
	require.NoError(t, <-served)
}

func TestServeTellsWhenItCannot(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, l.Close())
	require.ErrorContains(t, setup(t).server.Serve(t.Context(), l), "serve gateway")
}

// slowRuns holds every start until it is released.
type slowRuns struct {
	*fakeRuns
	reached, release chan struct{}
}

func (s *slowRuns) Start(ctx context.Context, r worker.StartRequest) (worker.Started, error) {
	close(s.reached)
	<-s.release
	return s.fakeRuns.Start(ctx, r)
}
