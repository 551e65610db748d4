package worker

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// Decision ends a wait, or tries to.
type Decision struct {
	WorkflowID string
	RunID      string // the first run of the execution, as Started and tokens name it; "" for whatever runs under WorkflowID
	Key        string
	Occurrence int         // the only wait of that key that it may end; 0: the one that is open
	Value      value.Value // what was decided, usually a map with :action
	By         string
	Approver   string // who it is of those that the wait asks; "" decides for all of them
	// ID is the same for all deliveries of one decision; a new one is made where it is "".
	ID string
}

// Decided tells what became of a decision. Value, By and At are those of the decision that stands.
type Decided struct {
	Outcome string
	Value   value.Value
	By      string
	At      time.Time
	// Approvals and Quorum tell how far a wait that goes on has come.
	Approvals, Quorum int
}

// InvalidDecisionError refuses a decision that lacks what the wait's :validation asks for.
type InvalidDecisionError struct{ Reason string }

func (e *InvalidDecisionError) Error() string { return "invalid decision: " + e.Reason }

// decideRequest is the argument of the update "decide".
type decideRequest struct {
	Key        string `json:"key"`
	Value      wire.V `json:"value"`
	By         string `json:"by,omitempty"`
	Occurrence int    `json:"occurrence,omitempty"`
	ID         string `json:"id,omitempty"`
	Approver   string `json:"approver,omitempty"`
}

// decideReply is its answer, and the detail of a refusal.
type decideReply struct {
	Outcome string    `json:"outcome"`
	Value   wire.V    `json:"value"`
	By      string    `json:"by,omitempty"`
	At      time.Time `json:"at,omitzero"`
	// Approvals is how many approvers have approved so far, Quorum how many have to; of waits that go on.
	Approvals int `json:"approvals,omitempty"`
	Quorum    int `json:"quorum,omitempty"`
}

// Types of the errors by which a run refuses a decision.
const (
	refusedDecided    = OutcomeAlreadyDecided
	refusedOver       = OutcomeOver
	refusedCounted    = OutcomeAlreadyCounted
	refusedReassigned = OutcomeReassigned
	refusedInvalid    = "invalid-decision"
)

// Decide sends a decision to a run and waits for what becomes of it. Where no worker answers in time, it is left with
// Temporal as a signal (OutcomeKept), which the run finds when a worker is up again. Nothing is decided twice, whichever
// way it comes. Errors are *InvalidDecisionError and ErrUnavailable, wrapped.
func (s *Starter) Decide(ctx context.Context, d Decision) (Decided, error) {
	if d.ID == "" {
		d.ID = uuid.NewString()
	}
	reply, err := s.update(ctx, d)
	var gone *serviceerror.NotFound
	switch {
	case err == nil:
		return reply, nil
	case errors.As(err, &gone):
		return s.gone(ctx, d)
	case noAnswer(ctx, err):
		return s.signal(ctx, d)
	}
	return refusal(err)
}

// request is what a run is sent.
func (d Decision) request() decideRequest {
	return decideRequest{Key: d.Key, Value: wire.V{Value: d.Value}, By: d.By, Occurrence: d.Occurrence, ID: d.ID, Approver: d.Approver}
}

func (s *Starter) update(ctx context.Context, d Decision) (Decided, error) {
	ctx, cancel := context.WithTimeout(ctx, s.opt.AnswerWithin)
	defer cancel()
	handle, err := s.client.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		UpdateID:            d.ID,
		WorkflowID:          d.WorkflowID,
		FirstExecutionRunID: d.RunID,
		UpdateName:          UpdateDecide,
		WaitForStage:        client.WorkflowUpdateStageCompleted,
		Args:                []any{d.request()},
	})
	if err != nil {
		return Decided{}, err
	}
	var reply decideReply
	if err := handle.Get(ctx, &reply); err != nil {
		return Decided{}, err
	}
	return reply.decided(), nil
}

func (r decideReply) decided() Decided {
	return Decided{Outcome: r.Outcome, Value: r.Value.Value, By: r.By, At: r.At, Approvals: r.Approvals, Quorum: r.Quorum}
}

// refusal turns the error by which a run refused a decision into what it says.
func refusal(err error) (Decided, error) {
	var app *temporal.ApplicationError
	if !errors.As(err, &app) {
		return Decided{}, fmt.Errorf("decide: %w", unavailable(err))
	}
	switch app.Type() {
	case refusedDecided, refusedOver, refusedCounted, refusedReassigned:
		var reply decideReply
		if app.HasDetails() && app.Details(&reply) == nil {
			return reply.decided(), nil
		}
		return Decided{Outcome: app.Type()}, nil
	case refusedInvalid:
		return Decided{}, &InvalidDecisionError{Reason: app.Message()}
	}
	return Decided{}, fmt.Errorf("decide: %w", err)
}

// noAnswer tells whether err means that no worker answered in time, while the caller still has time.
func noAnswer(ctx context.Context, err error) bool {
	if ctx.Err() != nil {
		return false
	}
	var timeout *client.WorkflowUpdateServiceTimeoutOrCanceledError
	var slow *serviceerror.DeadlineExceeded
	return errors.As(err, &timeout) || errors.As(err, &slow) || errors.Is(err, context.DeadlineExceeded)
}

// signal leaves a decision with Temporal.
func (s *Starter) signal(ctx context.Context, d Decision) (Decided, error) {
	o := d.request().offer()
	for range 3 { // the run may be continued as new between the two calls
		at, err := s.find(ctx, d.WorkflowID, d.RunID)
		if err != nil {
			return decideFound(err)
		}
		if at.Status != enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING {
			return Decided{Outcome: OutcomeOver}, nil
		}
		err = s.client.SignalWorkflow(ctx, d.WorkflowID, at.RunID, d.Key, wire.V{Value: withReserved(o)})
		if err == nil {
			return Decided{Outcome: OutcomeKept, Value: d.Value, By: d.By}, nil
		}
		if !isNotFound(err) {
			return Decided{}, fmt.Errorf("decide: %w", unavailable(err))
		}
	}
	return Decided{Outcome: OutcomeOver}, nil
}

// gone tells a run that ended from one that never was.
func (s *Starter) gone(ctx context.Context, d Decision) (Decided, error) {
	if _, err := s.find(ctx, d.WorkflowID, d.RunID); err != nil {
		return decideFound(err)
	}
	return Decided{Outcome: OutcomeOver}, nil
}

func decideFound(err error) (Decided, error) {
	if errors.Is(err, ErrUnknownRun) {
		return Decided{Outcome: OutcomeUnknown}, nil
	}
	return Decided{}, fmt.Errorf("decide: %w", err)
}

// invalidReason is the message for a decision that lacks required fields.
func invalidReason(key string, missing []string) string {
	return fmt.Sprintf("the wait %s needs %s", key, ":"+strings.Join(missing, " :"))
}
