package gateway

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"github.com/weir-run/weir/worker"
)

// reassign gives the place of an approver to somebody else. It takes {"key": "...", "from": "...", "to": "...", "by": "...",
// "occurrence": n} and answers with the wait as it is then.
func (s *Server) reassign(w http.ResponseWriter, r *http.Request, id, runID string) {
	m, p := readJSON(w, r, MaxDecisionBody)
	if p == nil {
		p = onlyFields(m, "key", "from", "to", "by", "occurrence")
	}
	request := worker.Reassignment{WorkflowID: id, RunID: runID}
	for _, field := range []struct {
		name   string
		needed bool
		into   *string
	}{{"key", true, &request.Key}, {"from", true, &request.From}, {"to", true, &request.To}, {"by", false, &request.By}} {
		if p != nil {
			break
		}
		text, ok := optionalText(m, field.name)
		if !ok || field.needed && text == "" {
			p = invalid(field.name, "must be a text")
		}
		*field.into = text
	}
	if p == nil {
		var ok bool
		if request.Occurrence, ok = optionalCount(m, "occurrence"); !ok {
			p = invalid("occurrence", "must be a whole number from 1")
		}
	}
	if p != nil {
		writeProblem(w, *p)
		return
	}
	request.By = by(r, request.By)
	wait, err := s.runs.Reassign(context.WithoutCancel(r.Context()), request)
	var refused *worker.ReassignError
	switch {
	case errors.As(err, &refused):
		writeProblem(w, problem{status: http.StatusUnprocessableEntity, Code: "invalid-reassignment", Message: refused.Reason})
	case err != nil:
		s.writeRunError(w, r, err)
	default:
		note(r.Context(), slog.String("workflow-id", id), slog.String("key", request.Key))
		writeJSON(w, http.StatusOK, wait)
	}
}
