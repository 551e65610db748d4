package gateway

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/weir-run/weir/gateway/page"
	"github.com/weir-run/weir/gateway/token"
	"github.com/weir-run/weir/worker"
)

// question is how a wait stands: either there is something to ask, or it has ended.
type question struct {
	page  page.Approval
	ended *verdict
}

// ask asks the run how the wait of a link stands. Where nobody answers, the
// page shows what the link says: a decision will be kept.
func (s *Server) ask(ctx context.Context, c token.Claims) question {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	t, err := s.runs.Timeline(ctx, c.WorkflowID, c.FirstRunID)
	switch {
	case errors.Is(err, worker.ErrUnknownRun):
		v := unknown(c)
		return question{ended: &v}
	case err != nil:
		note(ctx, slog.String("unanswered", err.Error()))
		return s.askTemporal(ctx, c)
	}
	waits, err := s.runs.Waits(ctx, c.WorkflowID, c.FirstRunID)
	if err != nil {
		note(ctx, slog.String("unanswered", err.Error()))
		return s.askTemporal(ctx, c)
	}
	if i := slices.IndexFunc(waits, func(w worker.Wait) bool { return w.Key == c.Key && w.Occurrence == c.Occurrence }); i >= 0 {
		if v := voted(c, waits[i]); v != nil {
			return question{ended: v}
		}
		return question{page: s.fullPage(ctx, c, t, waits[i])}
	}
	if v := s.ending(c, t); v != nil {
		return question{ended: v}
	}
	return question{page: s.approvalPage(c)} // on its way: a decision is kept for it
}

// voted tells why there is nothing to ask an approver while the wait goes on; nil if there is.
func voted(c token.Claims, w worker.Wait) *verdict {
	if c.Approver == "" {
		return nil
	}
	approvals := 0
	var own *worker.Vote
	for i, v := range w.Votes {
		if v.Action == token.Approve {
			approvals++
		}
		if v.Approver == c.Approver {
			own = &w.Votes[i]
		}
	}
	switch {
	case own != nil:
		v := verdict{
			status: http.StatusConflict, Outcome: worker.OutcomeAlreadyCounted, Action: own.Action, By: c.Approver, At: own.At.UTC().Format(time.RFC3339),
			Key: c.Key, WorkflowID: c.WorkflowID, Approvals: approvals, Quorum: w.Quorum, notice: page.AlreadyCounted(own.Action, approvals, w.Quorum),
		}
		v.notice.Facts = append(essentials(c), page.Fact{Label: "By", Text: c.Approver}, page.Fact{Label: "At", Time: own.At})
		return &v
	case !slices.Contains(w.Approvers, c.Approver):
		v := reassigned(c)
		return &v
	}
	return nil
}

// askTemporal finds out what can be told where no worker answers.
func (s *Server) askTemporal(ctx context.Context, c token.Claims) question {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), askTimeout)
	defer cancel()
	run, err := s.runs.Describe(ctx, c.WorkflowID, c.FirstRunID)
	var v verdict
	switch {
	case errors.Is(err, worker.ErrUnknownRun):
		v = unknown(c)
	case err != nil:
		noteFault(ctx, err)
		v = unavailable()
	case run.Status != worker.StatusRunning && run.Status != worker.StatusWaiting:
		v = over(c)
	default:
		p := s.approvalPage(c)
		p.Sparse = true
		return question{page: p}
	}
	return question{ended: &v}
}

// ending tells how a wait that isn't open ended, nil if it didn't.
func (s *Server) ending(c token.Claims, t worker.Timeline) *verdict {
	over := over(c)
	if e := entryOf(c, t); e != nil {
		if e.State != worker.StateDecided {
			return &over
		}
		return &verdict{
			status: http.StatusConflict, Outcome: worker.OutcomeAlreadyDecided, Action: e.Action, By: e.By, At: e.Ended.UTC().Format(time.RFC3339),
			Key: c.Key, WorkflowID: c.WorkflowID, notice: decidedNotice(c, e),
		}
	}
	running := t.Status == worker.StatusRunning || t.Status == worker.StatusWaiting
	if !running || t.Skipped > 0 { // a line that isn't kept any more was that of a wait that ended
		return &over
	}
	return nil
}

func decidedNotice(c token.Claims, e *worker.Entry) page.Notice {
	n := page.AlreadyDecided(e.Action)
	n.Facts = append(essentials(c), page.Fact{Label: "By", Text: e.By}, page.Fact{Label: "At", Time: e.Ended})
	return n
}

// entryOf finds the wait's line in the timeline, nil where it isn't there.
func entryOf(c token.Claims, t worker.Timeline) *worker.Entry {
	for i := range t.Entries {
		if e := &t.Entries[i]; e.Kind == worker.KindWait && e.Key == c.Key && e.KeyN == c.Occurrence {
			return e
		}
	}
	return nil
}

// approvalPage is the page as far as the link itself tells.
func (s *Server) approvalPage(c token.Claims) page.Approval {
	p := page.Approval{Flow: worker.SlugOf(c.WorkflowID), Question: c.Key, Facts: essentials(c), Deadline: c.Expires, Now: s.now(), Approver: c.Approver}
	p.First, p.Second = s.button(c), s.button(c.With(opposite(c.Action)))
	return p
}

// fullPage adds what the run tells.
func (s *Server) fullPage(ctx context.Context, c token.Claims, t worker.Timeline, w worker.Wait) page.Approval {
	p := s.approvalPage(c)
	p.Deadline = w.Deadline
	if f, err := s.flows.Get(ctx, t.Slug, t.Version); err == nil {
		p.Flow = f.Name
	}
	if p.Question = w.Title; w.Title == "" {
		p.Question = page.Readable(w.Step)
	}
	p.Facts = append(p.Facts, page.Fact{Label: "Started", Time: t.Started}, page.Fact{Label: "Asked", Time: w.Since})
	for _, v := range w.Votes {
		p.Facts = append(p.Facts, page.Fact{Label: page.Title(page.Past(v.Action)) + " by", Text: v.Approver})
	}
	if w.Quorum > 1 {
		p.Facts = append(p.Facts, page.Fact{Label: "Approvals needed", Text: strconv.Itoa(w.Quorum) + " of " + strconv.Itoa(len(w.Approvers))})
	}
	for _, name := range w.Required {
		if name != "action" && name != "by" {
			p.Required = append(p.Required, name)
		}
	}
	return p
}

// button decides the wait one way. Its link is made anew, from genuine claims, and lives no longer than they do.
func (s *Server) button(c token.Claims) page.Button {
	text, err := s.keys.Sign(c)
	if err != nil { // a token that verified is signed again: TestButtonsDecide
		return page.Button{}
	}
	return page.Button{Label: strings.ToUpper(c.Action[:1]) + c.Action[1:], Path: text, Yes: c.Action == token.Approve}
}

func opposite(action string) string {
	if action == token.Approve {
		return token.Reject
	}
	return token.Approve
}

// refuseForm tells a decider what is missing. A form is shown again, as it was filled in.
func (s *Server) refuseForm(w http.ResponseWriter, r *http.Request, c token.Claims, d decision, p *problem) {
	if d.form == nil || !wantsPage(r) {
		s.answer(w, r, refusedDecision(c, p))
		return
	}
	q := s.ask(r.Context(), c)
	if q.ended != nil {
		s.answer(w, r, *q.ended)
		return
	}
	q.page.Problem, q.page.Typed = p.Message, firsts(d.form)
	writePage(w, p.status, q.page.HTML())
}

func firsts(form url.Values) map[string]string {
	out := make(map[string]string, len(form))
	for name := range form {
		out[name] = form.Get(name)
	}
	return out
}
