package console

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"

	"github.com/weir-run/weir/worker"
)

// listedWaits is of how many runs a page lists the waits: each is asked by itself.
const listedWaits = 25

// waitsPage is the list of open waits.
type waitsPage struct {
	Flow  string
	Waits []waitLine
	Next  string // the address of the next page
}

// waitLine is a wait in a list.
type waitLine struct {
	worker.OpenWait
	URL string // of its run
}

func (c *Console) showWaits(w http.ResponseWriter, r *http.Request, s session) {
	q := r.URL.Query()
	page, err := base64.RawURLEncoding.DecodeString(q.Get("page"))
	if err != nil {
		c.notice(w, http.StatusNotFound, "There is no such list", "The address may be mistyped.")
		return
	}
	p := waitsPage{Flow: q.Get("flow")}
	ctx, cancel := context.WithTimeout(r.Context(), 2*askTimeout)
	defer cancel()
	waits, next, err := c.Runs.OpenWaits(ctx, worker.ListRequest{Slug: p.Flow, Limit: listedWaits, Page: page})
	if err != nil {
		c.fault(w, err)
		return
	}
	for _, wait := range waits {
		p.Waits = append(p.Waits, waitLine{wait, c.runURL(wait.WorkflowID, wait.RunID)})
	}
	if len(next) > 0 {
		p.Next = c.listURL("waits", map[string]string{"flow": p.Flow, "page": base64.RawURLEncoding.EncodeToString(next)})
	}
	c.render(w, http.StatusOK, "waits-list", "Waits", s, p)
}

// reassign takes the form that gives an approver's place to somebody else.
func (c *Console) reassign(w http.ResponseWriter, r *http.Request, _ session) {
	f := r.PostForm
	occurrence, err := strconv.Atoi(f.Get("occurrence"))
	if err != nil {
		c.notice(w, http.StatusBadRequest, "That could not be read", "Open the run’s page again and repeat it there. Nothing was changed.")
		return
	}
	_, err = c.Runs.Reassign(context.WithoutCancel(r.Context()), worker.Reassignment{
		WorkflowID: f.Get("id"), RunID: f.Get("run-id"), Key: f.Get("key"), Occurrence: occurrence, From: f.Get("from"), To: f.Get("to"), By: byConsole,
	})
	var refused *worker.ReassignError
	switch {
	case errors.As(err, &refused):
		c.notice(w, http.StatusUnprocessableEntity, "That could not be done", "Nothing was changed: "+refused.Reason+".")
	case err != nil:
		c.fault(w, err)
	default:
		c.Logger.Info("reassigned in the console", "workflow-id", f.Get("id"), "key", f.Get("key"))
		c.back(w, r, "reassigned", "")
	}
}

// Waiting are the approvers who have yet to decide.
func (f waitForm) Waiting() []string {
	var out []string
	for _, who := range f.Approvers {
		if f.Vote(who) == "" {
			out = append(out, who)
		}
	}
	return out
}

// Vote is what an approver has decided, "" if nothing yet.
func (f waitForm) Vote(approver string) string {
	for _, v := range f.Votes {
		if v.Approver == approver {
			return v.Action
		}
	}
	return ""
}
