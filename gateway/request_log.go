package gateway

import (
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/weir-run/weir/metrics"
	"github.com/weir-run/weir/tracing"
)

// entry is one request's line in the log. It names the route by its pattern: a
// path may hold a token, a query a key.
type entry struct {
	http.ResponseWriter
	status int
	bytes  int64
	attrs  []slog.Attr
	failed bool // something on this side is wrong
}

type entryKey struct{}

// note adds to the request's line in the log. Values must not come from secrets, tokens or bodies.
func note(ctx context.Context, attrs ...slog.Attr) {
	if e, ok := ctx.Value(entryKey{}).(*entry); ok {
		e.attrs = append(e.attrs, attrs...)
	}
}

// noteFault adds to the request's line an error that an operator should look into, and raises the line's level.
func noteFault(ctx context.Context, err error) {
	if e, ok := ctx.Value(entryKey{}).(*entry); ok {
		e.failed = true
		e.attrs = append(e.attrs, slog.String("error", err.Error()))
	}
}

// logged writes one line a request, and answers 500 where a handler panics.
func logged(next http.Handler, log *slog.Logger, now func() time.Time, m *metrics.Metrics, t *tracing.Tracing) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e := &entry{ResponseWriter: w}
		requested(r.Context())
		started := now()
		r, end := t.Request(r.WithContext(context.WithValue(r.Context(), entryKey{}, e)))
		defer func() { end(route(r), max(e.status, http.StatusOK)) }() // after the other, and also where that panics
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler { //nolint:errorlint // net/http compares it so, too
					panic(p)
				}
				log.Error("handler panicked", "route", route(r), "panic", p, "stack", string(debug.Stack()))
				e.failed = true
				if e.status == 0 {
					writeProblem(e, problem{status: http.StatusInternalServerError, Code: "internal", Message: "something went wrong here"})
				}
			}
			took := now().Sub(started)
			e.write(r, log, took)
			m.Requested(route(r), strconv.Itoa(max(e.status, http.StatusOK)), took)
		}()
		next.ServeHTTP(e, r)
	})
}

func (e *entry) write(r *http.Request, log *slog.Logger, took time.Duration) {
	level := slog.LevelInfo
	switch {
	case e.failed || e.status >= http.StatusInternalServerError:
		level = slog.LevelError
	case route(r) == "GET /healthz" || route(r) == "GET /readyz":
		level = slog.LevelDebug
	}
	log.LogAttrs(r.Context(), level, "request", append([]slog.Attr{
		slog.String("route", route(r)), slog.String("method", r.Method), slog.Int("status", max(e.status, http.StatusOK)),
		slog.Int64("bytes", e.bytes), slog.Duration("took", took),
	}, e.attrs...)...)
}

func route(r *http.Request) string {
	if r.Pattern == "" {
		return "none"
	}
	return r.Pattern
}

func (e *entry) WriteHeader(status int) {
	if e.status == 0 && status >= http.StatusOK {
		e.status = status
	}
	e.ResponseWriter.WriteHeader(status)
}

func (e *entry) Write(b []byte) (int, error) {
	if e.status == 0 {
		e.status = http.StatusOK
	}
	n, err := e.ResponseWriter.Write(b)
	e.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (e *entry) Unwrap() http.ResponseWriter { return e.ResponseWriter }
