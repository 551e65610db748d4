package gateway

import (
	"errors"
	"io"
	"net/http"
	"os"
	"sync/atomic"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// Limits of what comes in.
const (
	MaxBody         = 5 << 20  // of a delivery
	MaxDecisionBody = 64 << 10 // of a decision
	MaxHeaderBytes  = 32 << 10
	MaxJSONDepth    = 100
	MaxBodies       = 256 << 20 // of all bodies that are held at once
)

// errBodies says that too many bytes are held already.
var errBodies = errors.New("too many bytes of bodies at once")

// meteredBody counts what is read against what the gateway may hold. Only what
// has arrived counts: who announces much and sends little holds little.
type meteredBody struct {
	io.ReadCloser
	left  *atomic.Int64
	taken int64
}

func (m *meteredBody) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	m.taken += int64(n)
	if m.left.Add(-int64(n)) < 0 {
		return n, errBodies
	}
	return n, err
}

// release gives back what was taken, when the request is over.
func (m *meteredBody) release() { m.left.Add(m.taken) }

// readBody reads at most limit bytes, as they were sent. The problem is nil if it did.
func readBody(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, *problem) {
	if r.ContentLength > limit {
		w.Header().Set("Connection", "close")
		return nil, &problemTooLarge
	}
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, &problemTooLarge
	case errors.Is(err, errBodies):
		return nil, &problemOverloaded
	case errors.Is(err, os.ErrDeadlineExceeded):
		w.Header().Set("Connection", "close")
		return nil, &problemTooSlow
	case err != nil:
		return nil, &problemBroken
	}
	return b, nil
}

// readObject parses a JSON object. Nothing at all is an empty one.
func readObject(b []byte) (*value.Map, *problem) {
	if len(b) == 0 {
		return value.EmptyMap, nil
	}
	v, err := wire.FromJSON(b, wire.JSONLimits{Depth: MaxJSONDepth})
	if err != nil {
		return nil, &problem{status: http.StatusUnprocessableEntity, Code: "invalid-json", Message: "the body isn't JSON: " + err.Error()}
	}
	m, ok := v.AsMap()
	if !ok {
		return nil, &problem{status: http.StatusUnprocessableEntity, Code: "invalid-json", Message: "the body must be a JSON object"}
	}
	return m, nil
}

// encoded tells whether the body is compressed or the like, which the doors don't undo: a small text may become a huge one.
func encoded(r *http.Request) bool {
	for _, e := range r.Header.Values("Content-Encoding") {
		if e != "" && e != "identity" {
			return true
		}
	}
	return false
}
