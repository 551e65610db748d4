package gateway

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/weir-run/weir/gateway/signature"
	"github.com/weir-run/weir/worker"
)

// startTimeout bounds one start, so that it is over before its claim is.
const startTimeout = 8 * time.Second

// started is the answer to what started a run, or put it into its lane's queue: then the ids are those of its entry, which ends as
// the run will, and the status URL tells of both.
type started struct {
	RunID      string `json:"run-id"`
	WorkflowID string `json:"workflow-id"`
	Decision   string `json:"decision"`
	Lane       string `json:"lane,omitempty"`
	Superseded string `json:"superseded-run-id,omitempty"`
	StatusURL  string `json:"status-url"`
}

// hook takes a webhook's delivery: POST /hooks/{slug}/{event}.
func (s *Server) hook(w http.ResponseWriter, r *http.Request) {
	d, body, p := s.enter(w, r, func(ctx context.Context) (*door, error) {
		return s.webhook(ctx, r.PathValue("slug"), r.PathValue("event"))
	})
	if p != nil {
		writeProblem(w, *p)
		return
	}
	input, p := readObject(body)
	if p != nil {
		writeProblem(w, *p)
		return
	}
	id, p := d.deliveryID(r.Header, input)
	if p != nil {
		writeProblem(w, *p)
		return
	}
	got, p := s.once(r.Context(), Delivery{Slug: d.flow.Slug, Door: d.id, ID: id}, d.request(input))
	if p != nil {
		writeProblem(w, *p)
		return
	}
	writeJSON(w, http.StatusAccepted, got)
}

// enter reads a request, finds its door and has it verified: the way in that
// all doors share. Whatever is wrong with the path or the proof, the answer is
// the same, and so is, as far as it is cheap, the time it takes.
func (s *Server) enter(w http.ResponseWriter, r *http.Request, find func(context.Context) (*door, error)) (*door, []byte, *problem) {
	ctx := r.Context()
	body, p := readBody(w, r, MaxBody)
	if p != nil {
		return nil, nil, p
	}
	d, err := find(ctx)
	if err != nil {
		noteFault(ctx, err)
		return nil, nil, &problemUnavailable
	}
	if d == nil {
		signature.Burn(body)
		note(ctx, slog.String("refused", "no such door"))
		return nil, nil, &problemUnverified
	}
	note(ctx, slog.String("flow", d.flow.Slug), slog.String("door", d.id))
	err = s.verify(d, r, body)
	switch {
	case errors.Is(err, signature.ErrUnusable):
		noteFault(ctx, err)
		return nil, nil, &problemUnverified
	case err != nil:
		note(ctx, slog.String("refused", err.Error()))
		return nil, nil, &problemUnverified
	case encoded(r):
		return nil, nil, &problemEncoded
	}
	wait, err := s.deliveries.Admit(ctx, d)
	switch {
	case err != nil:
		noteFault(ctx, err)
		return nil, nil, &problemUnavailable
	case wait > 0:
		s.metrics.TurnedAway("rate")
		return nil, nil, tooMany(wait)
	}
	return d, body, nil
}

// once starts the run of a delivery, however often that comes, through however many gateways. Without an id it is another one each time.
func (s *Server) once(ctx context.Context, del Delivery, request worker.StartRequest) (started, *problem) {
	ctx = context.WithoutCancel(ctx) // a sender that hangs up must not leave a start half done
	if del.ID == "" {
		return s.start(ctx, request)
	}
	request.DedupeID = del.StartID()
	claim, err := s.deliveries.Claim(ctx, del)
	if errors.Is(err, errClaimed) {
		note(ctx, slog.String("refused", err.Error()))
		return started{}, &problemClaimed
	}
	if err != nil {
		noteFault(ctx, err)
		return started{}, &problemUnavailable
	}
	if claim.Done {
		return s.repeated(ctx, claim), nil
	}
	if claim.Lost, err = s.deliveries.Lost(ctx, s.neverRan); err != nil {
		noteFault(ctx, err)
		s.release(ctx, claim, true)
		return started{}, &problemUnavailable
	}
	got, p := s.startClaimed(ctx, claim, request)
	if p != nil {
		s.release(ctx, claim, p.status != http.StatusServiceUnavailable || p == &problemOverloaded)
		return started{}, p
	}
	confirmed, err := s.deliveries.Confirm(ctx, claim, got.WorkflowID, got.RunID)
	if err != nil {
		// The run exists and a repetition will find it by its request id.
		noteFault(ctx, err)
		return got, nil
	}
	if confirmed.RunID != got.RunID {
		return s.repeated(ctx, confirmed), nil
	}
	return got, nil
}

func (s *Server) release(ctx context.Context, c Claim, nothingStarted bool) {
	if err := s.deliveries.Release(ctx, c, nothingStarted); err != nil {
		noteFault(ctx, err)
	}
}

// neverRan tells that Temporal knows of no run at all.
func (s *Server) neverRan(ctx context.Context) (bool, error) {
	runs, _, err := s.runs.List(ctx, worker.ListRequest{})
	return len(runs) == 0, err
}

// startClaimed starts the run of a claimed delivery, unless an earlier holder of the claim did, or one that Redis forgot.
func (s *Server) startClaimed(ctx context.Context, c Claim, request worker.StartRequest) (started, *problem) {
	if c.Again || c.Lost {
		ctx, cancel := context.WithTimeout(ctx, startTimeout)
		defer cancel()
		since, most := c.Since, 0
		if c.Lost {
			since, most = s.now().Add(-RememberDeliveries), LookBack
		}
		found, ok, err := s.runs.Earlier(ctx, request, since, most)
		if err != nil {
			return started{}, s.startProblem(ctx, err)
		}
		if ok {
			return s.startedOf(ctx, found), nil
		}
	}
	return s.start(ctx, request)
}

// repeated is the answer to a delivery whose run was started before.
func (s *Server) repeated(ctx context.Context, c Claim) started {
	s.metrics.Repeated(worker.SlugOf(c.WorkflowID))
	first := worker.Started{WorkflowID: c.WorkflowID, RunID: c.RunID, Decision: worker.DecisionDeduplicated}
	if !worker.IsEntry(c.WorkflowID) {
		first.Lane = c.WorkflowID
	}
	return s.startedOf(ctx, first)
}

// start starts a run and puts what went wrong into an answer.
func (s *Server) start(ctx context.Context, request worker.StartRequest) (started, *problem) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	got, err := s.runs.Start(ctx, request)
	if err != nil {
		return started{}, s.startProblem(ctx, err)
	}
	return s.startedOf(ctx, got), nil
}

func (s *Server) startedOf(ctx context.Context, got worker.Started) started {
	note(ctx, slog.String("decision", got.Decision), slog.String("workflow-id", got.WorkflowID), slog.String("run-id", got.RunID))
	return started{
		RunID: got.RunID, WorkflowID: got.WorkflowID, Decision: got.Decision, Lane: got.Lane, Superseded: got.Superseded,
		StatusURL: s.statusURL(got.WorkflowID, got.RunID),
	}
}

func (s *Server) startProblem(ctx context.Context, err error) *problem {
	var input *worker.InputError
	switch {
	case errors.Is(err, errOverloaded):
		note(ctx, slog.String("refused", err.Error()))
		return &problemOverloaded
	case errors.As(err, &input):
		note(ctx, slog.String("decision", worker.DecisionRejected))
		return inputProblem(input)
	case errors.Is(err, worker.ErrUnknownFlow):
		note(ctx, slog.String("refused", "unknown flow"))
		return &problemNotFound
	default:
		noteFault(ctx, err)
		return &problemUnavailable
	}
}

func inputProblem(e *worker.InputError) *problem {
	p := &problem{status: http.StatusUnprocessableEntity, Code: "invalid-input", Decision: worker.DecisionRejected}
	messages := make([]string, len(e.Problems))
	for i, f := range e.Problems {
		p.Fields = append(p.Fields, fieldProblem{Field: f.Field, Message: f.Message})
		messages[i] = f.Message
	}
	p.Message = strings.Join(messages, "; ")
	return p
}
