package gateway

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/weir-run/weir/gateway/access"
	"github.com/weir-run/weir/gateway/token"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// MaxList is how many runs one page of a list holds at most.
const MaxList = 1000

// startRun is POST /api/flows/{slug}/runs: {"input": {...}, "invocation": "...", "version": n}, all of them optional.
func (s *Server) startRun(w http.ResponseWriter, r *http.Request) {
	if !s.isFor(w, r, r.PathValue("slug")) {
		return
	}
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
	var got started
	key, p := idempotencyKey(r.Header)
	if p == nil {
		got, p = s.once(r.Context(), Delivery{Slug: request.Slug, ID: key}, request)
	}
	if p != nil {
		writeProblem(w, *p)
		return
	}
	writeJSON(w, http.StatusAccepted, got)
}

// listRuns is GET /api/runs?flow=&status=&limit=&page=.
func (s *Server) listRuns(w http.ResponseWriter, r *http.Request) {
	request, p := listRequest(r)
	if p != nil {
		writeProblem(w, *p)
		return
	}
	if !s.isFor(w, r, request.Slug) {
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

// listWaits is GET /api/waits?flow=&approver=&limit=&page=: the open waits of at most limit runs.
func (s *Server) listWaits(w http.ResponseWriter, r *http.Request) {
	request, p := listRequest(r)
	if p != nil {
		writeProblem(w, *p)
		return
	}
	if !s.isFor(w, r, request.Slug) {
		return
	}
	waits, next, err := s.runs.OpenWaits(r.Context(), request)
	if err != nil {
		s.writeRunError(w, r, err)
		return
	}
	if approver := r.URL.Query().Get("approver"); approver != "" {
		waits = slices.DeleteFunc(waits, func(w worker.OpenWait) bool { return !awaits(w.Wait, approver) })
	}
	writeJSON(w, http.StatusOK, struct {
		Waits []worker.OpenWait `json:"waits"`
		Next  string            `json:"next-page,omitempty"`
	}{append([]worker.OpenWait{}, waits...), base64.RawURLEncoding.EncodeToString(next)})
}

// awaits tells whether a wait asks an approver who has yet to decide.
func awaits(w worker.Wait, approver string) bool {
	voted := slices.ContainsFunc(w.Votes, func(v worker.Vote) bool { return v.Approver == approver })
	return slices.Contains(w.Approvers, approver) && !voted
}

// listRequest reads the parameters of a list.
func listRequest(r *http.Request) (worker.ListRequest, *problem) {
	q := r.URL.Query()
	request := worker.ListRequest{Slug: q.Get("flow"), Status: q.Get("status")}
	var err error
	if text := q.Get("limit"); text != "" {
		if request.Limit, err = strconv.Atoi(text); err != nil || request.Limit < 1 || request.Limit > MaxList {
			return request, invalid("limit", "must be a whole number from 1 to "+strconv.Itoa(MaxList))
		}
	}
	if request.Page, err = base64.RawURLEncoding.DecodeString(q.Get("page")); err != nil {
		return request, invalid("page", "must be the next-page of an answer")
	}
	return request, nil
}

// shownRun is one run in full.
type shownRun struct {
	worker.Run
	Lane     string          `json:"lane,omitempty"`
	Decision string          `json:"decision,omitempty"` // of the lane about its start
	Of       *worker.RunRef  `json:"run,omitempty"`      // of an entry: the run that it started
	Digest   string          `json:"digest,omitempty"`
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
	if !s.isForRun(w, r, id, runID) {
		return
	}
	run, err := s.runs.Describe(r.Context(), id, runID)
	if err != nil {
		s.writeRunError(w, r, err)
		return
	}
	if r.URL.Query().Has("recording") {
		s.record(w, r, run)
		return
	}
	shown := shownRun{Run: run}
	if t, err := s.runs.Timeline(r.Context(), id, run.RunID); err == nil {
		shown.Timeline, shown.Skipped, shown.Version = t.Entries, t.Skipped, max(run.Version, t.Version)
		shown.Lane, shown.Digest, shown.Decision = cmp.Or(t.Lane, t.WorkflowID), t.Digest, t.Decision
		if t.WorkflowID != id {
			shown.Of = &worker.RunRef{WorkflowID: t.WorkflowID, RunID: t.RunID}
		}
		if run.Status == worker.StatusRunning && (t.Status == worker.StatusQueued || t.Status == worker.StatusWaiting) {
			shown.Status = t.Status // of an entry, which is only under way for Temporal
		}
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

// record answers GET /api/runs/{id}?recording: what the run was given and what its steps gave it, without secrets.
func (s *Server) record(w http.ResponseWriter, r *http.Request, run worker.Run) {
	rec, err := s.runs.Recording(r.Context(), run.WorkflowID, run.RunID)
	var not *worker.UnrecordableError
	switch {
	case errors.As(err, &not):
		writeProblem(w, problem{status: http.StatusUnprocessableEntity, Code: "unrecordable", Message: not.Error()})
	case err != nil:
		s.writeRunError(w, r, err)
	default:
		writeJSON(w, http.StatusOK, rec)
	}
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

// actOnRun is POST /api/runs/{workflow-id}/cancel, .../decide and .../reassign.
func (s *Server) actOnRun(w http.ResponseWriter, r *http.Request) {
	id, verb, _ := cutLast(r.PathValue("id"), "/")
	runID := r.URL.Query().Get("run-id")
	scope, known := verbs[verb]
	if id == "" || !known {
		writeProblem(w, problemNotFound)
		return
	}
	if !s.hasScope(w, r, scope) || !s.isForRun(w, r, id, runID) {
		return
	}
	switch verb {
	case "cancel":
		if err := s.runs.Cancel(r.Context(), id, runID); err != nil {
			s.writeRunError(w, r, err)
			return
		}
		writeJSON(w, http.StatusAccepted, map[string]string{"workflow-id": id, "outcome": "cancelling"})
	case "decide":
		s.decideRun(w, r, id, runID)
	case "reassign":
		s.reassign(w, r, id, runID)
	}
}

// verbs are what can be done with a run, each with the scope that it takes.
var verbs = map[string]access.Scope{"cancel": access.Operate, "decide": access.Decide, "reassign": access.Operate}

// decideRun takes {"key": "...", "value": {...}, "by": "...", "occurrence": n, "approver": "..."}. Without an approver it decides for
// all of them.
func (s *Server) decideRun(w http.ResponseWriter, r *http.Request, id, runID string) {
	m, p := readJSON(w, r, MaxDecisionBody)
	if p == nil {
		p = onlyFields(m, "key", "value", "by", "occurrence", "approver")
	}
	if p != nil {
		writeProblem(w, *p)
		return
	}
	key, keyOK := optionalText(m, "key")
	said, byOK := optionalText(m, "by")
	approver, approverOK := optionalText(m, "approver")
	occurrence, countOK := optionalCount(m, "occurrence")
	switch {
	case !keyOK || key == "":
		writeProblem(w, *invalid("key", "must name the wait"))
		return
	case !byOK:
		writeProblem(w, *invalid("by", "must be a text"))
		return
	case !approverOK:
		writeProblem(w, *invalid("approver", "must be a text"))
		return
	case !countOK:
		writeProblem(w, *invalid("occurrence", "must be a whole number from 1"))
		return
	}
	decided, err := s.runs.Decide(context.WithoutCancel(r.Context()), worker.Decision{
		WorkflowID: id, RunID: runID, Key: key, Occurrence: occurrence, Value: m.GetKw("value"), By: by(r, cmp.Or(said, approver)), Approver: approver,
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

// listQueue is GET /api/queue?flow=: what waits in the lanes of a flow, each lane in its order.
func (s *Server) listQueue(w http.ResponseWriter, r *http.Request) {
	slug := r.URL.Query().Get("flow")
	if !slugText.MatchString(slug) {
		writeProblem(w, *invalid("flow", "must name a flow"))
		return
	}
	if !s.isFor(w, r, slug) {
		return
	}
	queued, err := s.runs.Queued(r.Context(), slug)
	if err != nil {
		s.writeRunError(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, struct {
		Queued []worker.Queued `json:"queued"`
	}{append([]worker.Queued{}, queued...)})
}

func (s *Server) writeRunError(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, worker.ErrUnknownRun) {
		writeProblem(w, problemNoRun)
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
