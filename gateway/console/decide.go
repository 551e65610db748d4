package console

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// told are the words for what became of a form, by their name in the address.
var told = map[string]string{
	"approve":                   "Approved. The run goes on.",
	"reject":                    "Rejected. The run goes on.",
	"kept":                      "Your decision is kept. It takes effect as soon as a worker is up, unless another one was first.",
	"already":                   "That was decided before. Nothing was changed now.",
	"over":                      "That wait is over. Nothing was changed.",
	"unknown":                   "There is no such wait any more. Nothing was changed.",
	worker.DecisionStarted:      "Started.",
	worker.DecisionQueued:       "It waits for its turn: another run holds its lane.",
	worker.DecisionSuperseded:   "Started, instead of the run that held its lane.",
	worker.DecisionDeduplicated: "It was started before, by the same form.",
	"reassigned":                "Somebody else is asked now.",
	"cancelling":                "The run was asked to end.",
}

// byConsole is who decided where the decider gave no name.
const byConsole = "console"

// Limits of what is typed, in characters.
const (
	maxComment = 2000
	maxField   = 1000
	maxName    = 100
)

// decide takes a wait's form.
func (c *Console) decide(w http.ResponseWriter, r *http.Request, _ session) {
	f := r.PostForm
	occurrence, err := strconv.Atoi(f.Get("occurrence"))
	action := f.Get("action")
	if err != nil || f.Get("key") == "" || (action != "approve" && action != "reject") {
		c.notice(w, http.StatusBadRequest, "That could not be read", "Open the run’s page again and repeat it there. Nothing was changed.")
		return
	}
	payload := value.EmptyMap.Assoc(nil, value.Kw("action"), value.String(action))
	by := byConsole
	for name, texts := range f {
		field, ok := strings.CutPrefix(name, "field-")
		if !ok || texts[0] == "" {
			continue
		}
		most := maxField
		switch field {
		case "comment":
			most = maxComment
		case "by":
			most = maxName
			by = texts[0]
		}
		if len(texts) > 1 || !utf8.ValidString(texts[0]) || utf8.RuneCountInString(texts[0]) > most || !known(field, f["field"]) {
			c.notice(w, http.StatusUnprocessableEntity, "That could not be taken", "Nothing was changed. A field is too long, or was sent twice.")
			return
		}
		payload = payload.Assoc(nil, value.Kw(field), value.String(texts[0]))
	}
	decided, err := c.Runs.Decide(context.WithoutCancel(r.Context()), worker.Decision{
		WorkflowID: f.Get("id"), RunID: f.Get("run-id"), Key: f.Get("key"), Occurrence: occurrence, Value: value.Of(payload), By: by,
	})
	var invalid *worker.InvalidDecisionError
	switch {
	case errors.As(err, &invalid):
		c.notice(w, http.StatusUnprocessableEntity, "That could not be taken", "Nothing was decided yet: "+invalid.Reason+".")
	case err != nil:
		c.fault(w, err)
	default:
		c.Logger.Info("decided in the console", "workflow-id", f.Get("id"), "key", f.Get("key"), "action", action, slog.String("outcome", decided.Outcome))
		c.back(w, r, outcomeNames[decided.Outcome], action)
	}
}

// known tells whether the form that was shown had a field of that name.
func known(name string, fields []string) bool {
	for _, f := range append(fields, "comment", "by") {
		if f == name {
			return true
		}
	}
	return false
}

var outcomeNames = map[string]string{
	worker.OutcomeDecided: "", worker.OutcomeKept: "kept", worker.OutcomeAlreadyDecided: "already", worker.OutcomeOver: "over", worker.OutcomeUnknown: "unknown",
}

// back shows the run again, with what became of the form.
func (c *Console) back(w http.ResponseWriter, r *http.Request, name, action string) {
	if name == "" {
		name = action
	}
	to := strings.TrimPrefix(c.runURL(r.PostForm.Get("id"), r.PostForm.Get("run-id")), c.prefix)
	c.redirect(w, r, to+"&told="+name)
}

// cancel takes the form that ends a run.
func (c *Console) cancel(w http.ResponseWriter, r *http.Request, _ session) {
	id := r.PostForm.Get("id")
	if err := c.Runs.Cancel(context.WithoutCancel(r.Context()), id, r.PostForm.Get("run-id")); err != nil {
		c.fault(w, err)
		return
	}
	c.Logger.Info("cancelled in the console", "workflow-id", id)
	c.back(w, r, "cancelling", "")
}
