package standin

import (
	"net/http"
	"sync"
	"time"
)

// Limits of what is remembered.
const (
	// MaxRecords is how many requests are kept; older ones go first.
	MaxRecords = 10_000
	// MaxRecordedBody is how much of a body is kept.
	MaxRecordedBody = 1 << 20
)

// Request is one request as the record keeps it: credentials and the values of
// its query are left out.
type Request struct {
	At     time.Time   `json:"at"`
	Flow   string      `json:"flow"`
	Slot   string      `json:"slot"`
	Method string      `json:"method"`
	Path   string      `json:"path"`
	Route  string      `json:"route,omitempty"` // empty: no route took it
	Status int         `json:"status"`
	Header http.Header `json:"header,omitempty"`
	Body   string      `json:"body,omitempty"`
	// Authorized tells whether it came with an Authorization header.
	Authorized bool `json:"authorized"`
}

// IdempotencyKey is the request's key, or empty.
func (r Request) IdempotencyKey() string { return r.Header.Get("Idempotency-Key") }

// recordedHeaders are the headers worth keeping; all others might be secret.
var recordedHeaders = []string{"Accept", "Content-Type", "Idempotency-Key", "User-Agent"}

// record keeps the requests, newest last, and passes each on as it comes.
type record struct {
	mu       sync.Mutex
	requests []Request
	watchers []func(Request)
}

func (r *record) add(request Request) {
	r.mu.Lock()
	r.requests = append(r.requests, request)
	if over := len(r.requests) - MaxRecords; over > 0 {
		r.requests = append([]Request(nil), r.requests[over:]...)
	}
	watchers := r.watchers
	r.mu.Unlock()
	for _, watch := range watchers {
		watch(request)
	}
}

func (r *record) all() []Request {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]Request(nil), r.requests...)
}

func (r *record) watch(f func(Request)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.watchers = append(r.watchers, f)
}

func keptHeader(h http.Header) http.Header {
	kept := http.Header{}
	for _, name := range recordedHeaders {
		if values := h.Values(name); len(values) > 0 {
			kept[http.CanonicalHeaderKey(name)] = values
		}
	}
	return kept
}
