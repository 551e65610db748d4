package worker

import (
	"context"
	"errors"
	"fmt"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/definition"
)

// maxReassignments bounds how often the places of one wait are given away.
const maxReassignments = 200

// Reassignment gives the place of one approver of an open wait to somebody else.
type Reassignment struct {
	WorkflowID string
	RunID      string // as in Decision
	Key        string
	Occurrence int // the only wait of that key that it may change; 0: the one that is open
	From, To   string
	By         string // who wants it so
}

// ReassignError says why a reassignment can't be.
type ReassignError struct{ Reason string }

func (e *ReassignError) Error() string { return "reassign: " + e.Reason }

// reassignRequest is the argument of the update "reassign".
type reassignRequest struct {
	Key        string `json:"key"`
	Occurrence int    `json:"occurrence,omitempty"`
	From       string `json:"from"`
	To         string `json:"to"`
	By         string `json:"by,omitempty"`
}

// refusedReassignment is the type of the error by which a run refuses one.
const refusedReassignment = "invalid-reassignment"

// Reassign gives an approver's place to somebody else, and returns the wait as it is then: the links of the one stop working,
// the other gets the notification. An entry passes it on. Errors: *ReassignError, ErrUnknownRun and ErrUnavailable, wrapped.
// Nothing is kept where no worker answers.
func (s *Starter) Reassign(ctx context.Context, r Reassignment) (Wait, error) {
	var at openWaits
	f, err := s.ask(ctx, r.WorkflowID, r.RunID, QueryWaits, &at)
	if err != nil {
		return Wait{}, fmt.Errorf("reassign: %w", err)
	}
	if at.Run != nil {
		r.WorkflowID, r.RunID = at.Run.WorkflowID, at.Run.RunID
		return s.Reassign(ctx, r)
	}
	ctx, cancel := context.WithTimeout(ctx, s.opt.AnswerWithin)
	defer cancel()
	handle, err := s.client.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		WorkflowID: r.WorkflowID, FirstExecutionRunID: f.FirstRunID, UpdateName: UpdateReassign, WaitForStage: client.WorkflowUpdateStageCompleted,
		Args: []any{reassignRequest{Key: r.Key, Occurrence: r.Occurrence, From: r.From, To: r.To, By: r.By}},
	})
	var w Wait
	if err == nil {
		err = handle.Get(ctx, &w)
	}
	var app *temporal.ApplicationError
	switch {
	case err == nil:
		return w, nil
	case errors.As(err, &app) && app.Type() == refusedReassignment:
		return Wait{}, &ReassignError{Reason: app.Message()}
	case isNotFound(err):
		return Wait{}, &ReassignError{Reason: "the run is over"}
	}
	return Wait{}, fmt.Errorf("reassign: %w", unavailable(err))
}

// checkReassignment refuses what would change nothing; a refused update leaves no trace in the history.
func (x *execution) checkReassignment(q reassignRequest) error {
	if !x.ready {
		return nil
	}
	_, err := x.reassignable(q)
	return err
}

// reassignable finds the wait and the seat that are meant.
func (x *execution) reassignable(q reassignRequest) (*wait, error) {
	no := func(format string, args ...any) error {
		return refuse(refusedReassignment, fmt.Sprintf(format, args...), nil)
	}
	w, _ := x.book.find(q.Key, q.Occurrence)
	switch {
	case w == nil || w.late():
		return nil, no("the run doesn't wait for %s", q.Key)
	case len(w.seats) == 0:
		return nil, no("the wait %s has no :approvers", q.Key)
	case q.To == "" || len(q.To) > definition.MaxApprover:
		return nil, no("an approver's name has 1 to %d bytes", definition.MaxApprover)
	case w.vote(q.From) != nil:
		return nil, no("%s has decided already", q.From)
	case w.seated(q.From) < 0:
		return nil, no("%s is no approver of the wait %s", q.From, q.Key)
	case w.seated(q.To) >= 0:
		return nil, no("%s is an approver of the wait %s already", q.To, q.Key)
	case len(w.seats) >= definition.MaxApprovers+maxReassignments:
		return nil, no("the wait %s was reassigned %d times, and no more are allowed", q.Key, maxReassignments)
	}
	return w, nil
}

// reassign is the update.
func (x *execution) reassign(ctx workflow.Context, q reassignRequest) (Wait, error) {
	if err := workflow.Await(ctx, func() bool { return x.ready }); err != nil {
		return Wait{}, err
	}
	x.receive()
	w, err := x.reassignable(q)
	if err != nil {
		return Wait{}, err
	}
	text := "reassigned from " + q.From + " to " + q.To
	if q.By != "" {
		text += " by " + q.By
	}
	w.seats[w.seated(q.From)].Left = true
	w.seats = append(w.seats, seat{Approver: q.To, Reminded: w.reminded, Note: text, At: x.now()})
	x.journal.note(x.now(), w.Step, text)
	return w.shown(), nil
}
