package gateway

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/weir-run/weir/gateway/page"
	"github.com/weir-run/weir/gateway/token"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// askTimeout bounds a question to a running workflow. Without a worker nobody answers it.
const askTimeout = 4 * time.Second

// byLink is who decided when the decider didn't say: somebody who had the link.
const byLink = "link"

// verdict is what became of a request to an approval link: one status, and both forms of the answer.
type verdict struct {
	status     int
	retryAfter bool
	notice     page.Notice
	Outcome    string         `json:"outcome"`
	Action     string         `json:"action,omitempty"`
	By         string         `json:"by,omitempty"`
	At         string         `json:"at,omitempty"`
	Key        string         `json:"key,omitempty"`
	WorkflowID string         `json:"workflow-id,omitempty"`
	Approvals  int            `json:"approvals,omitempty"` // so far, of a wait that takes several
	Quorum     int            `json:"quorum,omitempty"`
	Fields     []fieldProblem `json:"fields,omitempty"`
}

// showApproval is GET and HEAD of a link: a page, whatever the Accept header says. It decides nothing.
func (s *Server) showApproval(w http.ResponseWriter, r *http.Request) {
	claims, err := s.claims(r.PathValue("token"))
	if errors.Is(err, token.ErrInvalid) {
		s.writeNotice(w, forbidden())
		return
	}
	note(r.Context(), slog.String("workflow-id", claims.WorkflowID), slog.String("key", claims.Key))
	q := s.ask(r.Context(), claims)
	if q.ended != nil {
		if q.ended.status == http.StatusConflict { // a page that tells how it ended is no conflict
			q.ended.status = http.StatusOK
		}
		s.writeNotice(w, *q.ended)
		return
	}
	if err != nil {
		s.writeNotice(w, over(claims))
		return
	}
	writePage(w, http.StatusOK, q.page.HTML())
}

// decideApproval is POST of a link: it decides.
func (s *Server) decideApproval(w http.ResponseWriter, r *http.Request) {
	claims, err := s.claims(r.PathValue("token"))
	if errors.Is(err, token.ErrInvalid) {
		s.answer(w, r, forbidden())
		return
	}
	ctx := r.Context()
	note(ctx, slog.String("workflow-id", claims.WorkflowID), slog.String("key", claims.Key))
	if err != nil { // run out: only what happened before can be told
		v := over(claims)
		if q := s.ask(ctx, claims); q.ended != nil {
			v = *q.ended
		}
		s.answer(w, r, v)
		return
	}
	sent, p := readDecision(w, r, claims)
	if p != nil {
		s.answer(w, r, refusedDecision(claims, p))
		return
	}
	decided, err := s.runs.Decide(context.WithoutCancel(ctx), worker.Decision{
		WorkflowID: claims.WorkflowID, RunID: claims.FirstRunID, Key: claims.Key, Occurrence: claims.Occurrence,
		Value: value.Of(sent.payload), By: sent.by, Approver: claims.Approver,
	})
	var invalid *worker.InvalidDecisionError
	switch {
	case errors.As(err, &invalid):
		s.refuseForm(w, r, claims, sent, &problem{
			status: http.StatusUnprocessableEntity, Code: "invalid-decision", Message: invalid.Reason,
		})
	case err != nil:
		noteFault(ctx, err)
		s.answer(w, r, unavailable())
	default:
		v := s.outcome(ctx, claims, decided)
		note(ctx, slog.String("outcome", v.Outcome), slog.String("action", v.Action))
		s.answer(w, r, v)
	}
}

// outcome turns what the run said into an answer.
func (s *Server) outcome(ctx context.Context, c token.Claims, d worker.Decided) verdict {
	v := verdict{Outcome: d.Outcome, Key: c.Key, WorkflowID: c.WorkflowID, Action: c.Action, By: d.By, Approvals: d.Approvals, Quorum: d.Quorum}
	if !d.At.IsZero() {
		v.At = d.At.UTC().Format(time.RFC3339)
	}
	switch d.Outcome {
	case worker.OutcomeDecided:
		v.status, v.notice = http.StatusOK, page.Decided(c.Action)
	case worker.OutcomeKept:
		v.status, v.notice = http.StatusAccepted, page.Kept(c.Action)
	case worker.OutcomeAlreadyDecided:
		v.Action = actionOf(d.Value)
		v.status, v.notice = http.StatusConflict, page.AlreadyDecided(v.Action)
	case worker.OutcomeCounted:
		v.status, v.notice = http.StatusOK, page.Counted(c.Action, d.Approvals, d.Quorum)
	case worker.OutcomeAlreadyCounted:
		v.Action = actionOf(d.Value)
		v.status, v.notice = http.StatusConflict, page.AlreadyCounted(v.Action, d.Approvals, d.Quorum)
	case worker.OutcomeReassigned:
		return reassigned(c)
	case worker.OutcomeOver: // by the deadline or with its run, which may have ended after somebody decided
		if q := s.ask(ctx, c); q.ended != nil && q.ended.Outcome == worker.OutcomeAlreadyDecided {
			return *q.ended
		}
		return over(c)
	default:
		return unknown(c)
	}
	v.notice.Facts = append(essentials(c), page.Fact{Label: "By", Text: d.By}, page.Fact{Label: "At", Time: d.At})
	return v
}

// actionOf is the :action of a decision's payload.
func actionOf(v value.Value) string {
	m, ok := v.AsMap()
	if !ok {
		return ""
	}
	a := m.GetKw("action")
	if kw, ok := a.AsKeyword(); ok {
		return kw.Name
	}
	text, _ := a.AsString()
	return text
}

// essentials is what a link itself says of its run.
func essentials(c token.Claims) []page.Fact {
	return []page.Fact{{Label: "Run", Text: c.WorkflowID}, {Label: "Question", Text: c.Key}}
}

func forbidden() verdict {
	return verdict{status: http.StatusForbidden, Outcome: "forbidden", notice: page.Forbidden()}
}

func over(c token.Claims) verdict {
	v := verdict{status: http.StatusGone, Outcome: worker.OutcomeOver, Key: c.Key, WorkflowID: c.WorkflowID, notice: page.Over()}
	v.notice.Facts = essentials(c)
	return v
}

// reassigned is the answer to an approver whose place somebody else has now.
func reassigned(c token.Claims) verdict {
	v := verdict{status: http.StatusGone, Outcome: worker.OutcomeReassigned, Key: c.Key, WorkflowID: c.WorkflowID, notice: page.Reassigned()}
	v.notice.Facts = essentials(c)
	return v
}

func unavailable() verdict {
	return verdict{status: http.StatusServiceUnavailable, retryAfter: true, Outcome: "unavailable", notice: page.Unavailable()}
}

func unknown(c token.Claims) verdict {
	return verdict{status: http.StatusNotFound, Outcome: worker.OutcomeUnknown, Key: c.Key, WorkflowID: c.WorkflowID, notice: page.Unknown()}
}

func refusedDecision(c token.Claims, p *problem) verdict {
	return verdict{
		status: p.status, Outcome: p.Code, Key: c.Key, WorkflowID: c.WorkflowID, Fields: p.Fields, notice: page.Refused(p.Message),
	}
}

// answer writes a verdict as a page for people and as JSON for programs.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, v verdict) {
	if wantsPage(r) {
		s.writeNotice(w, v)
		return
	}
	w.Header().Set("Referrer-Policy", "no-referrer")
	if v.retryAfter {
		setRetryAfter(w, RetryAfter)
	}
	writeJSON(w, v.status, v)
}

func (s *Server) writeNotice(w http.ResponseWriter, v verdict) {
	if v.retryAfter {
		setRetryAfter(w, RetryAfter)
	}
	writePage(w, v.status, v.notice.HTML())
}

// wantsPage tells a browser from a program.
func wantsPage(r *http.Request) bool { return strings.Contains(r.Header.Get("Accept"), "text/html") }

func writePage(w http.ResponseWriter, status int, html []byte) {
	page.Headers(w.Header())
	w.WriteHeader(status)
	w.Write(html) //nolint:errcheck // the reader left: nothing to tell them
}
