package console

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/worker"
)

// Path is where the pages are, below the public URL.
const Path = "/ui/"

// MaxForm bounds a form that is posted.
const MaxForm = 64 << 10

// Runs is what the pages do with runs; worker.Starter does it.
type Runs interface {
	Start(ctx context.Context, r worker.StartRequest) (worker.Started, error)
	Describe(ctx context.Context, workflowID, runID string) (worker.Run, error)
	Timeline(ctx context.Context, workflowID, runID string) (worker.Timeline, error)
	Waits(ctx context.Context, workflowID, runID string) ([]worker.Wait, error)
	List(ctx context.Context, r worker.ListRequest) (runs []worker.Run, next []byte, err error)
	Result(ctx context.Context, workflowID, runID string) (json.RawMessage, error)
	Decide(ctx context.Context, d worker.Decision) (worker.Decided, error)
	Cancel(ctx context.Context, workflowID, runID string) error
	OpenWaits(ctx context.Context, r worker.ListRequest) (waits []worker.OpenWait, next []byte, err error)
	Reassign(ctx context.Context, r worker.Reassignment) (worker.Wait, error)
}

// Flows finds definitions and their versions; store.Versions does.
type Flows interface {
	Live(ctx context.Context, slug string) (int, error)
	Get(ctx context.Context, slug string, version int) (*definition.Flow, error)
	Slugs(ctx context.Context) ([]string, error)
	List(ctx context.Context, slug string) ([]store.Version, error) // newest first
}

// Options is what a console needs.
type Options struct {
	Runs   Runs
	Flows  Flows
	Access Access
	// PublicURL is where browsers find the gateway; the pages are below it.
	PublicURL string
	// TemporalUI is the Temporal Web UI's address of the namespace, like http://host/namespaces/default; "" for none.
	TemporalUI string
	// Loopback lets browsers on this machine in without signing in: for dev mode.
	Loopback bool
	Now      func() time.Time // default time.Now
	Logger   *slog.Logger     // default slog.Default()
}

// Console serves the pages.
type Console struct {
	Options
	prefix  string // the path of the public URL
	public  *url.URL
	secure  bool
	cross   *http.CrossOriginProtection
	streams chan struct{}
	closing chan struct{}
	close   sync.Once
	// loopback is the key of the forms that browsers on this machine get.
	loopback []byte
}

// New makes a console.
func New(o Options) (*Console, error) {
	if o.Runs == nil || o.Flows == nil || o.Access == nil {
		return nil, errors.New("console: Runs, Flows and Access are needed")
	}
	u, err := url.Parse(o.PublicURL)
	if err != nil || u.Host == "" {
		return nil, errors.New("console: the public URL must be http(s)://host, maybe with a port and a path")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	c := &Console{
		Options: o, public: u, prefix: u.Path, secure: u.Scheme == "https", cross: http.NewCrossOriginProtection(),
		streams: make(chan struct{}, MaxStreams), closing: make(chan struct{}), loopback: make([]byte, 32),
	}
	rand.Read(c.loopback) //nolint:errcheck // it never fails
	if err := c.cross.AddTrustedOrigin(u.Scheme + "://" + u.Host); err != nil {
		return nil, errors.New("console: the public URL must be http(s)://host, maybe with a port and a path")
	}
	return c, nil
}

// Close ends the live streams, which would otherwise keep a server from stopping.
func (c *Console) Close() { c.close.Do(func() { close(c.closing) }) }

// Handler serves everything below Path. bound wraps what isn't a stream.
func (c *Console) Handler(bound func(http.HandlerFunc) http.Handler) http.Handler {
	mux := http.NewServeMux()
	page := func(pattern string, h http.HandlerFunc) { mux.Handle(pattern, bound(h)) }
	page("GET /ui/style.css", asset("text/css; charset=utf-8", styleText))
	page("GET /ui/live.js", asset("text/javascript; charset=utf-8", scriptText))
	page("GET /ui/sign-in", c.showSignIn)
	page("POST /ui/sign-in", c.sameSite(c.signIn))
	page("POST /ui/sign-out", c.sameSite(c.signOut))
	page("GET /ui/{$}", c.signedIn(c.showFlows))
	page("GET /ui/flow/{slug}", c.signedIn(c.showFlow))
	page("GET /ui/runs", c.signedIn(c.showRuns))
	page("GET /ui/waits", c.signedIn(c.showWaits))
	page("GET /ui/run", c.signedIn(c.showRun))
	page("GET /ui/start", c.signedIn(c.showStart))
	page("POST /ui/start", c.sameSite(c.signedIn(c.start)))
	page("POST /ui/decide", c.sameSite(c.signedIn(c.decide)))
	page("POST /ui/reassign", c.sameSite(c.signedIn(c.reassign)))
	page("POST /ui/cancel", c.sameSite(c.signedIn(c.cancel)))
	mux.HandleFunc("GET /ui/live", c.signedIn(c.live))
	page("/ui/", func(w http.ResponseWriter, r *http.Request) {
		c.notice(w, http.StatusNotFound, "There is nothing here", "The address may be mistyped, or what was here is gone.")
	})
	return mux
}

// asset serves a text that is part of the program. Its address has its hash, so that it may be kept.
func asset(contentType, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Content-Type", contentType)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("X-Content-Type-Options", "nosniff")
		w.Write([]byte(text)) //nolint:errcheck // the reader left
	}
}

// runURL is the page of a run.
func (c *Console) runURL(workflowID, runID string) string {
	return c.prefix + "/ui/run?" + url.Values{"id": {workflowID}, "run-id": {runID}}.Encode()
}
