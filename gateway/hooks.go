package gateway

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/weir-run/weir/gateway/signature"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// startTimeout bounds one start, so that it is over before its claim is.
const startTimeout = 8 * time.Second

// started is the answer to what started a run.
type started struct {
	RunID      string `json:"run-id"`
	WorkflowID string `json:"workflow-id"`
	Decision   string `json:"decision"`
	Lane       string `json:"lane,omitempty"`
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
	got, p := s.take(r.Context(), d, id, input)
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
	return d, body, nil
}

// take starts the run of a verified delivery, once.
func (s *Server) take(ctx context.Context, d *door, id string, input *value.Map) (started, *problem) {
	ctx = context.WithoutCancel(ctx) // a sender that hangs up must not leave a start half done
	if id == "" {
		return s.start(ctx, d.request(input, ""))
	}
	del := Delivery{Slug: d.flow.Slug, Webhook: d.id, ID: id}
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
	got, p := s.startClaimed(ctx, claim, d.request(input, del.StartID()))
	if p != nil {
		if err := s.deliveries.Release(ctx, claim, p.status != http.StatusServiceUnavailable); err != nil {
			noteFault(ctx, err)
		}
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

// startClaimed starts the run of a claimed delivery, unless an earlier holder of the claim did.
func (s *Server) startClaimed(ctx context.Context, c Claim, request worker.StartRequest) (started, *problem) {
	if c.Again {
		ctx, cancel := context.WithTimeout(ctx, startTimeout)
		defer cancel()
		found, ok, err := s.runs.Earlier(ctx, request, c.Since)
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
	return s.startedOf(ctx, worker.Started{WorkflowID: c.WorkflowID, RunID: c.RunID, Lane: c.WorkflowID, Decision: worker.DecisionDeduplicated})
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
		RunID: got.RunID, WorkflowID: got.WorkflowID, Decision: got.Decision, Lane: got.Lane,
		StatusURL: s.statusURL(got.WorkflowID, got.RunID),
	}
}

func (s *Server) startProblem(ctx context.Context, err error) *problem {
	var input *worker.InputError
	var busy *worker.LaneBusyError
	switch {
	case errors.As(err, &input):
		return inputProblem(input)
	case errors.As(err, &busy):
		note(ctx, slog.String("decision", "rejected"), slog.String("lane", busy.Lane))
		return &problem{
			status: http.StatusConflict, retryAfter: BusyRetryAfter, Code: "lane-busy", Decision: "rejected",
			Message: "a run of this lane is active", Lane: busy.Lane, WorkflowID: busy.Lane, RunID: busy.RunID,
		}
	case errors.Is(err, worker.ErrUnknownFlow):
		note(ctx, slog.String("refused", "unknown flow"))
		return &problemNotFound
	default:
		noteFault(ctx, err)
		return &problemUnavailable
	}
}

func inputProblem(e *worker.InputError) *problem {
	p := &problem{status: http.StatusUnprocessableEntity, Code: "invalid-input"}
	messages := make([]string, len(e.Problems))
	for i, f := range e.Problems {
		p.Fields = append(p.Fields, fieldProblem{Field: f.Field, Message: f.Message})
		messages[i] = f.Message
	}
	p.Message = strings.Join(messages, "; ")
	return p
}
