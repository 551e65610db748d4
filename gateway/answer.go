package gateway

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// RetryAfter is how long a sender is asked to wait when something behind the gateway is away.
const RetryAfter = 5 * time.Second

// Problems are told as RFC 9457 has it, their codes and messages under shorter names besides.
const (
	problemJSON = "application/problem+json"
	plainJSON   = "application/json"
	problemType = "urn:weir:problem:"
)

// problem is an answer that says no. Code is stable and for programs, Message is for people.
type problem struct {
	status     int
	retryAfter time.Duration

	Code    string         `json:"error"`
	Message string         `json:"message"`
	Fields  []fieldProblem `json:"fields,omitempty"`
	// Decision is there where a start was refused.
	Decision string `json:"decision,omitempty"`
}

// fieldProblem is what is wrong with one field of an input.
type fieldProblem struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// The answers that don't depend on anything.
var (
	problemUnverified  = problem{status: http.StatusUnauthorized, Code: "unauthorized", Message: "not verified"}
	problemTooLarge    = problem{status: http.StatusRequestEntityTooLarge, Code: "too-large", Message: "the body is too large"}
	problemTooSlow     = problem{status: http.StatusRequestTimeout, Code: "too-slow", Message: "the body came too slowly"}
	problemBroken      = problem{status: http.StatusBadRequest, Code: "bad-request", Message: "the request could not be read"}
	problemEncoded     = problem{status: http.StatusUnsupportedMediaType, Code: "unsupported-encoding", Message: "send the body without Content-Encoding"}
	problemUnavailable = problem{status: http.StatusServiceUnavailable, retryAfter: RetryAfter, Code: "unavailable", Message: "nothing was started; try again"}
	problemClaimed     = problem{status: http.StatusServiceUnavailable, retryAfter: RetryAfter, Code: "unavailable", Message: "the same delivery is being taken at this moment; try again"}
	problemOverloaded  = problem{status: http.StatusServiceUnavailable, retryAfter: RetryAfter, Code: "overloaded", Message: "too much at once; try again"}
	problemNoRun       = problem{status: http.StatusNotFound, Code: "unknown-run", Message: "there is no such run"}
	problemNotFound    = problem{status: http.StatusNotFound, Code: "not-found", Message: "there is nothing here"}
)

func writeProblem(w http.ResponseWriter, p problem) {
	if p.retryAfter > 0 {
		setRetryAfter(w, p.retryAfter)
	}
	if p.status == http.StatusUnauthorized {
		setDefault(w.Header(), "WWW-Authenticate", `Weir realm="weir"`)
	}
	b, err := json.Marshal(struct {
		Type   string `json:"type"`
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail"`
		problem
	}{problemType + p.Code, http.StatusText(p.status), p.status, p.Message, p})
	if err != nil { // texts and nothing else
		panic(err)
	}
	writeBytes(w, p.status, problemJSON, append(b, '\n'))
}

func setRetryAfter(w http.ResponseWriter, d time.Duration) {
	w.Header().Set("Retry-After", strconv.Itoa(int(d/time.Second)))
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		status, b = http.StatusInternalServerError, []byte(`{"error":"internal","message":"the answer can't be written as JSON"}`)
	}
	writeBytes(w, status, plainJSON, append(b, '\n'))
}

// writeBytes answers with JSON that is already text.
func writeBytes(w http.ResponseWriter, status int, contentType string, b []byte) {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	w.Write(b) //nolint:errcheck // the client left: nothing to tell it
}
