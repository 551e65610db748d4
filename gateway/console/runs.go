package console

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"time"

	"github.com/weir-run/weir/worker"
)

// statuses are what the list filters by, in its order.
var statuses = []string{
	worker.StatusRunning, worker.StatusWaiting, worker.StatusCompleted, worker.StatusFailed, worker.StatusCancelled, worker.StatusTerminated, worker.StatusTimedOut,
}

// runLine is a run in a list.
type runLine struct {
	worker.Run
	URL string
}

func (c *Console) runLines(runs []worker.Run) []runLine {
	lines := make([]runLine, len(runs))
	for i, run := range runs {
		lines[i] = runLine{run, c.runURL(run.WorkflowID, run.RunID)}
	}
	return lines
}

// runsPage is the list of runs.
type runsPage struct {
	Flow, Status string
	Filters      []filter
	Runs         []runLine
	Next         string // the address of the next page
}

type filter struct {
	Name, URL string
	Current   bool
}

// listed is how many runs a page lists.
const listed = 50

func (c *Console) showRuns(w http.ResponseWriter, r *http.Request, s session) {
	q := r.URL.Query()
	p := runsPage{Flow: q.Get("flow"), Status: q.Get("status")}
	page, err := base64.RawURLEncoding.DecodeString(q.Get("page"))
	known := p.Status == ""
	for _, status := range append([]string{""}, statuses...) {
		known = known || p.Status == status
		p.Filters = append(p.Filters, filter{status, c.runsURL(p.Flow, status, ""), p.Status == status})
	}
	if err != nil || !known {
		c.notice(w, http.StatusNotFound, "There is no such list", "The address may be mistyped.")
		return
	}
	runs, next, err := c.Runs.List(r.Context(), worker.ListRequest{Slug: p.Flow, Status: p.Status, Limit: listed, Page: page})
	if err != nil {
		c.fault(w, err)
		return
	}
	p.Runs = c.runLines(runs)
	if len(next) > 0 {
		p.Next = c.runsURL(p.Flow, p.Status, base64.RawURLEncoding.EncodeToString(next))
	}
	c.render(w, http.StatusOK, "runs", "Runs", s, p)
}

func (c *Console) runsURL(flow, status, page string) string {
	return c.listURL("runs", map[string]string{"flow": flow, "status": status, "page": page})
}

// listURL is the address of a list; what is empty is left out.
func (c *Console) listURL(list string, parameters map[string]string) string {
	q := url.Values{}
	for name, text := range parameters {
		if text != "" {
			q.Set(name, text)
		}
	}
	if len(q) == 0 {
		return c.prefix + "/ui/" + list
	}
	return c.prefix + "/ui/" + list + "?" + q.Encode()
}

// over tells whether a run has ended.
func over(status string) bool {
	return status != worker.StatusRunning && status != worker.StatusWaiting
}

// took is how long a run has taken so far.
func took(started, ended, now time.Time) time.Duration {
	if ended.IsZero() {
		ended = now
	}
	return ended.Sub(started)
}
