package gateway

import (
	"errors"
	"io"
	"net/http"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// Limits of what comes in.
const (
	MaxBody         = 5 << 20  // of a delivery
	MaxDecisionBody = 64 << 10 // of a decision
	MaxHeaderBytes  = 32 << 10
	MaxJSONDepth    = 100
)

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
