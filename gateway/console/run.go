package console

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"time"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/definition/picture"
	"github.com/weir-run/weir/worker"
)

// askTimeout bounds what a run is asked. Without a worker nobody answers.
const askTimeout = 4 * time.Second

// maxShownResult is how much of a result a page shows.
const maxShownResult = 32 << 10

// runPage is one run as its page shows it.
type runPage struct {
	worker.Run
	Name        string // of the flow
	Over        bool
	Timeline    []worker.Entry
	Skipped     int
	Unanswered  bool // no worker answers: neither timeline nor waits are known
	Waits       []waitForm
	Picture     template.HTML
	Result      string
	Cut         bool // the result is longer
	Failure     *failure
	Live        string // where its news come from; "" once it is over
	Self        string
	TemporalURL string
	Told        string // what became of a form
	Now         time.Time
	CSRF        string
}

type failure struct{ Code, Message string }

// waitForm is an open wait with the form that decides it.
type waitForm struct {
	worker.Wait
	Fields  []string // that a decision must have, besides action, comment and by
	Comment bool     // a comment is required
	By      bool
}

func (c *Console) showRun(w http.ResponseWriter, r *http.Request, s session) {
	q := r.URL.Query()
	p, err := c.runPage(r.Context(), q.Get("id"), q.Get("run-id"), s)
	if err != nil {
		c.fault(w, err)
		return
	}
	p.Told = told[q.Get("told")]
	c.render(w, http.StatusOK, "run", p.WorkflowID+" · "+p.Status, s, p)
}

// runPage gathers what there is to show of a run.
func (c *Console) runPage(ctx context.Context, id, runID string, s session) (*runPage, error) {
	if id == "" {
		return nil, worker.ErrUnknownRun
	}
	run, err := c.Runs.Describe(ctx, id, runID)
	if err != nil {
		return nil, err
	}
	within, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	p := &runPage{Run: run, Name: run.Slug, Over: over(run.Status), Now: c.Now(), CSRF: s.csrf, Self: c.runURL(id, run.RunID)}
	t, err := c.Runs.Timeline(within, id, run.RunID)
	if err == nil {
		p.Timeline, p.Skipped, p.Version = t.Entries, t.Skipped, max(run.Version, t.Version)
	} else {
		p.Unanswered = true
	}
	if p.Over {
		c.ending(within, p)
	} else {
		p.Live = c.prefix + "/ui/live?" + url.Values{"id": {id}, "run-id": {run.RunID}}.Encode()
		c.waits(within, p)
	}
	c.draw(within, p)
	if c.TemporalUI != "" {
		p.TemporalURL = c.TemporalUI + "/workflows/" + url.PathEscape(id) + "/" + url.PathEscape(run.RunID)
	}
	return p, nil
}

func (c *Console) waits(ctx context.Context, p *runPage) {
	if p.Unanswered {
		return
	}
	waits, err := c.Runs.Waits(ctx, p.WorkflowID, p.RunID)
	if err != nil {
		p.Unanswered = true
		return
	}
	for _, wait := range waits {
		form := waitForm{Wait: wait}
		for _, name := range wait.Required {
			switch name {
			case "action":
			case "comment":
				form.Comment = true
			case "by":
				form.By = true
			default:
				form.Fields = append(form.Fields, name)
			}
		}
		p.Waits = append(p.Waits, form)
	}
}

// ending reads what a run that is over left.
func (c *Console) ending(ctx context.Context, p *runPage) {
	result, err := c.Runs.Result(ctx, p.WorkflowID, p.RunID)
	var failed *worker.RunError
	switch {
	case errors.As(err, &failed):
		p.Failure = &failure{failed.Code, failed.Message}
	case err == nil:
		p.Result, p.Cut = pretty(result)
	}
}

// pretty indents a result, and cuts it where it is long.
func pretty(result json.RawMessage) (text string, cut bool) {
	var b bytes.Buffer
	if len(result) > 4*maxShownResult || json.Indent(&b, result, "", "  ") != nil {
		b.Reset()
		b.Write(result)
	}
	if b.Len() > maxShownResult {
		return string(bytes.ToValidUTF8(b.Bytes()[:maxShownResult], nil)), true
	}
	return b.String(), false
}

// draw lays the run over its flow's picture. A version that can't be read any more has none.
func (c *Console) draw(ctx context.Context, p *runPage) {
	version := p.Version
	if version == 0 {
		version, _ = c.Flows.Live(ctx, p.Slug) //nolint:errcheck // then there is no picture
	}
	f, err := c.Flows.Get(ctx, p.Slug, version)
	if err != nil || f == nil {
		return
	}
	p.Name = f.Name
	graph := definition.Graph(f)
	overlay := graph.Over(visits(p.Timeline), p.Over && !p.Unanswered && p.Skipped == 0)
	p.Picture = template.HTML(graph.Inline(overlay)) //nolint:gosec // package picture escapes what it draws
}

// pictureStates are the states of a timeline's entries on a picture.
var pictureStates = map[string]picture.State{
	worker.StateRunning: picture.Running, worker.StateDone: picture.Done, worker.StateFailed: picture.Failed, worker.StateSkipped: picture.Skipped,
	worker.StateWaiting: picture.Waiting, worker.StateDecided: picture.Done, worker.StateTimedOut: picture.Skipped, worker.StateCancelled: picture.Skipped,
}

func visits(entries []worker.Entry) []picture.Visit {
	var visits []picture.Visit
	for _, e := range entries {
		switch e.Kind {
		case worker.KindStep, worker.KindWait:
			visits = append(visits, picture.Visit{Step: e.Step, State: pictureStates[e.State]})
		case worker.KindDecision:
			visits = append(visits, picture.Visit{Line: e.Line, Label: e.Label, Answer: e.Answer})
		}
	}
	return visits
}
