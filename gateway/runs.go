package gateway

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"github.com/weir-run/weir/gateway/token"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// MaxList is how many runs one page of a list holds at most.
const MaxList = 1000

// byAPI is who decided when a caller of the runs API didn't say.
const byAPI = "api"

// authorized lets requests with the API token through.
func (s *Server) authorized(next http.HandlerFunc) http.HandlerFunc {
	want := sha256.Sum256([]byte(s.apiToken))
	return func(w http.ResponseWriter, r *http.Request) {
		values := r.Header.Values("Authorization")
		if len(values) == 1 {
			scheme, sent, _ := strings.Cut(values[0], " ")
			got := sha256.Sum256([]byte(strings.TrimSpace(sent)))
			if subtle.ConstantTimeCompare(got[:], want[:]) == 1 && strings.EqualFold(scheme, "bearer") {
				next(w, r)
				return
			}
		}
		note(r.Context(), slog.String("refused", "API token"))
		w.Header().Set("WWW-Authenticate", `Bearer realm="weir"`)
		writeJSON(w, http.StatusUnauthorized, problem{Code: "unauthorized", Message: "send Authorization: Bearer and the API token"})
	}
}

// startRun is POST /api/flows/{slug}/runs: {"input": {...}, "invocation": "...", "version": n}, all of them optional.
func (s *Server) startRun(w http.ResponseWriter, r *http.Request) {
	m, p := readJSON(w, r, MaxBody)
	if p == nil {
		p = onlyFields(m, "input", "invocation", "version")
	}
	if p != nil {
		writeProblem(w, *p)
		return
	}
	request := worker.StartRequest{Slug: r.PathValue("slug"), Input: m.GetKw("input")}
	if _, isMap := request.Input.AsMap(); !isMap && !request.Input.IsNil() {
		writeProblem(w, *invalid("input", "must be an object"))
		return
	}
	var textOK, numberOK bool
	if request.Invocation, textOK = optionalText(m, "invocation"); !textOK {
		writeProblem(w, *invalid("invocation", "must be a text"))
		return
	}
	if request.Version, numberOK = optionalCount(m, "version"); !numberOK {
		writeProblem(w, *invalid("version", "must be a whole number from 1"))
		return
	}
	if key := r.Header.Get("Idempotency-Key"); key != "" {
		request.DedupeID = "api:" + key
	}
	got, p := s.start(context.WithoutCancel(r.Context()), request)
	if p != nil {
		writeProblem(w, *p)
		return
	}
	writeJSON(w, http.StatusAccepted, got)
}

// listRuns is GET /api/runs?flow=&status=&limit=&page=.
func (s *Server) listRuns(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	request := worker.ListRequest{Slug: q.Get("flow"), Status: q.Get("status")}
	var err error
	if text := q.Get("limit"); text != "" {
		if request.Limit, err = strconv.Atoi(text); err != nil || request.Limit < 1 || request.Limit > MaxList {
			writeProblem(w, *invalid("limit", "must be a whole number from 1 to "+strconv.Itoa(MaxList)))
			return
		}
	}
	if request.Page, err = base64.RawURLEncoding.DecodeString(q.Get("page")); err != nil {
		writeProblem(w, *invalid("page", "must be the next-page of an answer"))
		return
	}
	runs, next, err := s.runs.List(r.Context(), request)
	if err != nil {
		s.writeRunError(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, struct {
		Runs []worker.Run `json:"runs"`
		Next string       `json:"next-page,omitempty"`
	}{append([]worker.Run{}, runs...), base64.RawURLEncoding.EncodeToString(next)})
}

// shownRun is one run in full.
type shownRun struct {
	worker.Run
	Timeline []worker.Entry  `json:"timeline,omitempty"`
	Skipped  int             `json:"timeline-skipped,omitempty"`
	Waits    []worker.Wait   `json:"waits,omitempty"`
	Result   json.RawMessage `json:"result,omitempty"`
	Failure  *shownFailure   `json:"failure,omitempty"`
	// Unanswered says that no worker could be asked: the timeline and the waits aren't known.
	Unanswered bool `json:"unanswered,omitempty"`
}

// shownFailure is how a run ended without a result.
type shownFailure struct {
	Code    string          `json:"code,omitempty"`
	Message string          `json:"message"`
	Detail  json.RawMessage `json:"detail,omitempty"`
}

// showRun is GET /api/runs/{workflow-id}?run-id=; the latest run of that workflow id without a run id.
func (s *Server) showRun(w http.ResponseWriter, r *http.Request) {
	id, runID := r.PathValue("id"), r.URL.Query().Get("run-id")
	run, err := s.runs.Describe(r.Context(), id, runID)
	if err != nil {
		s.writeRunError(w, r, err)
		return
	}
	shown := shownRun{Run: run}
	if t, err := s.runs.Timeline(r.Context(), id, run.RunID); err == nil {
		shown.Timeline, shown.Skipped, shown.Version = t.Entries, t.Skipped, max(run.Version, t.Version)
	} else {
		shown.Unanswered = true
	}
	switch run.Status {
	case worker.StatusRunning, worker.StatusWaiting:
		if !shown.Unanswered {
			if shown.Waits, err = s.runs.Waits(r.Context(), id, run.RunID); err != nil {
				shown.Unanswered = true
			}
		}
	default:
		shown.Result, shown.Failure = s.ended(r.Context(), run)
	}
	writeJSON(w, http.StatusOK, shown)
}

// ended is what a run that is over left.
func (s *Server) ended(ctx context.Context, run worker.Run) (json.RawMessage, *shownFailure) {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	result, err := s.runs.Result(ctx, run.WorkflowID, run.RunID)
	var failed *worker.RunError
	switch {
	case err == nil:
		return result, nil
	case errors.As(err, &failed):
		return nil, &shownFailure{Code: failed.Code, Message: failed.Error(), Detail: failed.Detail}
	}
	noteFault(ctx, err)
	return nil, nil
}

// actOnRun is POST /api/runs/{workflow-id}/cancel and .../decide.
func (s *Server) actOnRun(w http.ResponseWriter, r *http.Request) {
	id, verb, _ := cutLast(r.PathValue("id"), "/")
	runID := r.URL.Query().Get("run-id")
	switch {
	case id != "" && verb == "cancel":
		if err := s.runs.Cancel(r.Context(), id, runID); err != nil {
			s.writeRunError(w, r, err)
			return
		}
		writeJSON(w, http.StatusAccepted, map[string]string{"workflow-id": id, "outcome": "cancelling"})
	case id != "" && verb == "decide":
		s.decideRun(w, r, id, runID)
	default:
		writeProblem(w, problemNotFound)
	}
}

// decideRun takes {"key": "...", "value": {...}, "by": "...", "occurrence": n}.
func (s *Server) decideRun(w http.ResponseWriter, r *http.Request, id, runID string) {
	m, p := readJSON(w, r, MaxDecisionBody)
	if p == nil {
		p = onlyFields(m, "key", "value", "by", "occurrence")
	}
	if p != nil {
		writeProblem(w, *p)
		return
	}
	key, keyOK := optionalText(m, "key")
	by, byOK := optionalText(m, "by")
	occurrence, countOK := optionalCount(m, "occurrence")
	switch {
	case !keyOK || key == "":
		writeProblem(w, *invalid("key", "must name the wait"))
		return
	case !byOK:
		writeProblem(w, *invalid("by", "must be a text"))
		return
	case !countOK:
		writeProblem(w, *invalid("occurrence", "must be a whole number from 1"))
		return
	}
	if by == "" {
		by = byAPI
	}
	decided, err := s.runs.Decide(context.WithoutCancel(r.Context()), worker.Decision{
		WorkflowID: id, RunID: runID, Key: key, Occurrence: occurrence, Value: m.GetKw("value"), By: by,
	})
	var refused *worker.InvalidDecisionError
	switch {
	case errors.As(err, &refused):
		writeProblem(w, problem{status: http.StatusUnprocessableEntity, Code: "invalid-decision", Message: refused.Reason})
	case err != nil:
		s.writeRunError(w, r, err)
	default:
		v := s.outcome(r.Context(), token.Claims{WorkflowID: id, FirstRunID: runID, Key: key, Occurrence: max(occurrence, 1)}, decided)
		if v.Action == "" {
			v.Action = actionOf(decided.Value)
		}
		writeJSON(w, v.status, v)
	}
}

func (s *Server) writeRunError(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, worker.ErrUnknownRun) {
		writeProblem(w, problem{status: http.StatusNotFound, Code: "unknown-run", Message: "there is no such run"})
		return
	}
	noteFault(r.Context(), err)
	writeProblem(w, problem{status: http.StatusServiceUnavailable, retryAfter: RetryAfter, Code: "unavailable", Message: "try again"})
}

// readJSON reads a request's JSON object.
func readJSON(w http.ResponseWriter, r *http.Request, limit int64) (*value.Map, *problem) {
	body, p := readBody(w, r, limit)
	if p != nil {
		return nil, p
	}
	if encoded(r) {
		return nil, &problemEncoded
	}
	return readObject(body)
}

// onlyFields refuses what a request may not hold: most likely an input that wasn't put under "input".
func onlyFields(m *value.Map, names ...string) *problem {
	var unknown string
	m.Each(func(k, _ value.Value) bool {
		kw, ok := k.AsKeyword()
		for _, name := range names {
			if ok && kw.FullName() == name {
				return true
			}
		}
		unknown = value.Text(nil, k)
		return false
	})
	if unknown == "" {
		return nil
	}
	return invalid(strings.TrimPrefix(unknown, ":"), "is unknown; known are "+strings.Join(names, ", "))
}

func invalid(field, message string) *problem {
	return &problem{
		status: http.StatusUnprocessableEntity, Code: "invalid-request", Message: field + " " + message,
		Fields: []fieldProblem{{Field: field, Message: message}},
	}
}

func optionalText(m *value.Map, name string) (string, bool) {
	v := m.GetKw(name)
	text, ok := v.AsString()
	return text, ok || v.IsNil()
}

func optionalCount(m *value.Map, name string) (int, bool) {
	v := m.GetKw(name)
	n, ok := v.AsInt()
	return int(n), v.IsNil() || (ok && n >= 1 && n < 1<<31)
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
