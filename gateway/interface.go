package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// How long an HTTP interface waits for a run's result.
const (
	DefaultResultWait = 25 * time.Second
	MaxResultWait     = 60 * time.Second // what a Prefer: wait=SECONDS header may ask for
)

// callInterface starts a run and answers with its result, or with 202 and the
// status URL if the result takes longer than the caller waits.
func (s *Server) callInterface(w http.ResponseWriter, r *http.Request) {
	d, body, p := s.enter(w, r, func(ctx context.Context) (*door, error) {
		return s.httpInterface(ctx, r.PathValue("slug"), r.PathValue("id"), r.Method)
	})
	var input *value.Map
	if p == nil {
		input, p = readObject(body)
	}
	if p == nil && len(body) == 0 && r.Method == http.MethodGet {
		input = queryInput(r, d)
	}
	if p != nil {
		writeProblem(w, *p)
		return
	}
	var got started
	key, p := idempotencyKey(r.Header)
	if p == nil {
		got, p = s.once(r.Context(), Delivery{Slug: d.flow.Slug, Door: d.id, ID: key}, d.request(input))
	}
	if p != nil {
		writeProblem(w, *p)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), resultWait(r.Header))
	defer cancel()
	result, err := s.runs.Result(ctx, got.WorkflowID, got.RunID)
	var failed *worker.RunError
	switch {
	case err == nil:
		writeResult(w, result)
	case errors.As(err, &failed):
		writeJSON(w, http.StatusBadGateway, struct {
			started
			Failure shownFailure `json:"failure"`
		}{got, shownFailure{Code: failed.Code, Message: "the run " + failed.Status}})
	default: // not yet, or not known: the run goes on either way
		writeJSON(w, http.StatusAccepted, got)
	}
}

// queryInput makes an input of a GET's query, without the parameter that carries the caller's key.
func queryInput(r *http.Request, d *door) *value.Map {
	m := value.EmptyMap
	q := r.URL.Query()
	for _, name := range slices.Sorted(maps.Keys(q)) {
		if name != d.scheme.KeyParam() {
			m = m.Assoc(nil, fieldKey(name), value.String(q.Get(name)))
		}
	}
	return m
}

// resultWait is how long to wait for a result: as RFC 7240's Prefer asks, within bounds.
func resultWait(h http.Header) time.Duration {
	for preference := range strings.SplitSeq(strings.Join(h.Values("Prefer"), ","), ",") {
		name, text, _ := strings.Cut(strings.TrimSpace(preference), "=")
		if seconds, err := strconv.Atoi(text); err == nil && strings.EqualFold(name, "wait") && seconds >= 0 {
			return min(time.Duration(seconds)*time.Second, MaxResultWait)
		}
	}
	return DefaultResultWait
}

// writeResult answers with a run's result. A map with an integer status is a
// response itself, with headers and body; anything else is the body of a 200.
func writeResult(w http.ResponseWriter, result json.RawMessage) {
	var response struct {
		Status  *int                       `json:"status"`
		Headers map[string]json.RawMessage `json:"headers"`
		Body    json.RawMessage            `json:"body"`
	}
	if json.Unmarshal(result, &response) != nil || response.Status == nil || *response.Status < 200 || *response.Status > 599 {
		writeBytes(w, http.StatusOK, plainJSON, append(result, '\n'))
		return
	}
	h := w.Header()
	for name, raw := range response.Headers {
		if text, ok := headerText(raw); ok && allowedHeader(name) {
			h.Set(name, text)
		}
	}
	h.Set("X-Content-Type-Options", "nosniff")
	var text string
	switch {
	case len(response.Body) == 0 || string(response.Body) == "null":
		w.WriteHeader(*response.Status)
		return
	case json.Unmarshal(response.Body, &text) == nil:
		setDefault(h, "Content-Type", "text/plain; charset=utf-8")
	default:
		setDefault(h, "Content-Type", "application/json")
		text = string(response.Body)
	}
	w.WriteHeader(*response.Status)
	fmt.Fprint(w, text) //nolint:errcheck // the caller left: nothing to tell it
}

func setDefault(h http.Header, name, text string) {
	if h.Get(name) == "" {
		h.Set(name, text)
	}
}

// headerText takes texts and numbers.
func headerText(raw json.RawMessage) (string, bool) {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text, !strings.ContainsAny(text, "\r\n\x00")
	}
	var number json.Number
	err := json.Unmarshal(raw, &number)
	return number.String(), err == nil
}

// allowedHeader keeps a flow from breaking the connection.
func allowedHeader(name string) bool {
	switch http.CanonicalHeaderKey(name) {
	case "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "Trailer", "Te", "Keep-Alive":
		return false
	}
	for _, r := range name {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_') {
			return false
		}
	}
	return name != ""
}
