package gateway

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/weir-run/weir/gateway/access"
	"github.com/weir-run/weir/gateway/console"
	"github.com/weir-run/weir/gateway/token"
	"github.com/weir-run/weir/metrics"
	"github.com/weir-run/weir/tracing"
)

// Limits of a connection. A sender that is slower than these is cut off.
const (
	headerTimeout   = 10 * time.Second
	readTimeout     = 30 * time.Second
	writeTimeout    = 90 * time.Second // longer than MaxResultWait
	idleTimeout     = 2 * time.Minute
	shutdownTimeout = 20 * time.Second // longer than startTimeout
	MaxInFlight     = 512              // requests at once; more are asked to come again
)

// Options is what a gateway needs.
type Options struct {
	Runs       Runs
	Flows      Flows
	Secrets    Secrets
	Deliveries *Deliveries
	Keys       token.Keys // of the approval links
	PublicURL  string     // where the world finds this gateway: scheme, host, maybe a path
	APIToken   string     // of the runs API: it may do everything
	APITokens  string     // path of a file with more tokens, see package access; without either there is no runs API
	Codec      Codec      // for Temporal's Web UI and CLI
	Checks     []Check    // for /readyz
	Pages      PagesOptions
	Metrics    *metrics.Metrics // nil counts nothing; GET /metrics shows them to who has the API token
	Tracing    *tracing.Tracing // nil traces nothing
	// TrustedProxies are the peers whose X-Forwarded-For counts.
	TrustedProxies []netip.Prefix
	Logger         *slog.Logger     // default slog.Default()
	Now            func() time.Time // default time.Now
}

// Server is the gateway. It keeps no state of its own.
type Server struct {
	runs       Runs
	flows      Flows
	secrets    Secrets
	deliveries *Deliveries
	keys       token.Keys
	base       string // the public URL without a slash at its end
	tokens     *access.Book
	codec      Codec
	readiness  *readiness
	console    *console.Console // nil without pages
	metrics    *metrics.Metrics
	tracing    *tracing.Tracing
	trusted    []netip.Prefix
	log        *slog.Logger
	now        func() time.Time
	slots      chan struct{}
	bodies     atomic.Int64  // bytes that may still be held
	resultWait time.Duration // how long a tool waits for its run
}

// New checks the options and makes a gateway of them.
func New(o Options) (*Server, error) {
	if o.Runs == nil || o.Flows == nil || o.Secrets == nil || o.Deliveries == nil {
		return nil, errors.New("gateway: Runs, Flows, Secrets and Deliveries are needed")
	}
	base, err := publicBase(o.PublicURL)
	if err != nil {
		return nil, err
	}
	s := &Server{
		runs: admit(o.Runs, o.Metrics), metrics: o.Metrics, tracing: o.Tracing, flows: o.Flows, secrets: o.Secrets, deliveries: o.Deliveries,
		keys: o.Keys, base: base, codec: o.Codec, trusted: o.TrustedProxies,
		log: o.Logger, now: o.Now, slots: make(chan struct{}, MaxInFlight),
	}
	s.bodies.Store(MaxBodies)
	s.resultWait = DefaultResultWait
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.tokens, err = access.Open(o.APIToken, o.APITokens, s.now, s.log); err != nil {
		return nil, fmt.Errorf("gateway: %w", err)
	}
	s.readiness = &readiness{checks: o.Checks, now: s.now, log: s.log}
	return s, s.openPages(o)
}

// Handler serves all routes. docs/webhooks.md and docs/approvals.md describe them.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	health(mux, s.readiness)
	mux.Handle("POST /hooks/{slug}/{event}", s.bounded(s.hook))
	mux.Handle("/flows/{slug}/interfaces/{id}", s.bounded(s.callInterface))
	mux.Handle("GET /approvals/{token}", s.bounded(s.showApproval))
	mux.Handle("POST /approvals/{token}", s.bounded(s.decideApproval))
	if !s.tokens.Empty() {
		for pattern, handler := range s.api() {
			mux.Handle(pattern, s.bounded(handler))
		}
		mux.Handle("/mcp", s.bounded(s.serveMCP(s.mcpHandler())))
	}
	if !s.tokens.Empty() && s.metrics != nil {
		mux.Handle("GET /metrics", s.bounded(s.scopedToAll(access.Read, s.metrics.Handler().ServeHTTP)))
	}
	s.codec.routes(mux, s.bounded)
	s.pages(mux)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { writeProblem(w, problemNotFound) })
	return logged(mux, s.log, s.now, s.metrics, s.tracing)
}

// api are the routes of the runs API. openapi.yaml describes them.
func (s *Server) api() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"GET /api/openapi.yaml":       s.openapi,
		"POST /api/flows/{slug}/runs": s.scoped(access.Start, s.startRun),
		"GET /api/runs":               s.scoped(access.Read, s.listRuns),
		"GET /api/waits":              s.scoped(access.Read, s.listWaits),
		"GET /api/queue":              s.scoped(access.Read, s.listQueue),
		"GET /api/runs/{id...}":       s.scoped(access.Read, s.showRun),
		"POST /api/runs/{id...}":      s.authorized(s.actOnRun),
	}
}

// Serve answers on the listener until ctx is done, then lets what is under way finish.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	return serve(ctx, l, s.httpServer())
}

// httpServer is the server with its bounds for what senders may do.
func (s *Server) httpServer() *http.Server {
	srv := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: MaxHeaderBytes, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	srv.RegisterOnShutdown(s.Closing)
	(&connections{log: s.log}).watch(srv)
	return srv
}

func serve(ctx context.Context, l net.Listener, srv *http.Server) error {
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve gateway: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := srv.Shutdown(grace); err != nil {
		return fmt.Errorf("stop gateway: %w", err)
	}
	return nil
}

// bounded turns requests away while too many are under way, or hold too much.
func (s *Server) bounded(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case s.slots <- struct{}{}:
			body := &meteredBody{ReadCloser: r.Body, left: &s.bodies}
			defer func() {
				body.release()
				<-s.slots
			}()
			r.Body = body
			next(w, r)
		default:
			s.metrics.TurnedAway("request")
			writeProblem(w, problemOverloaded)
		}
	})
}

// statusURL is where the runs API tells of a run.
func (s *Server) statusURL(workflowID, runID string) string {
	parts := strings.Split(workflowID, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return s.base + "/api/runs/" + strings.Join(parts, "/") + "?run-id=" + url.QueryEscape(runID)
}

// prefix is the path of the public URL.
func (s *Server) prefix() string {
	u, err := url.Parse(s.base)
	if err != nil { // publicBase parsed it
		return ""
	}
	return u.Path
}

// publicBase checks a public URL and takes the slash off its end.
func publicBase(text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", fmt.Errorf("public URL %q: must be http(s)://host, maybe with a port and a path (WEIR_PUBLIC_URL)", text)
	}
	return strings.TrimRight(u.String(), "/"), nil
}
