package worker

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"go.temporal.io/api/serviceerror"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/wire"
)

// QueryRecording answers with a Recording: for `weir show --record`.
const QueryRecording = "recording"

// MaxRecording is the most bytes that the values of a recorded run may have together: a query's answer is one message.
const MaxRecording = 1 << 20

// Recording is what a run was given and what its steps gave it: all that it depended on.
type Recording struct {
	Slug       string         `json:"slug"`
	Version    int            `json:"version"`
	WorkflowID string         `json:"workflow-id"`
	RunID      string         `json:"run-id"`
	Began      time.Time      `json:"began"`
	Invocation string         `json:"invocation,omitempty"`
	Input      wire.V         `json:"input"`
	Steps      []RecordedStep `json:"steps"` // in the order in which the run went on with them
	// Run is set on an entry: the run that was started on its behalf.
	Run *RunRef `json:"run,omitempty"`
	// Definition is the text of the version, and File its name: what the run executed. Starter.Recording adds them.
	Definition string `json:"definition,omitempty"`
	File       string `json:"file,omitempty"`
}

// RecordedStep is how one occurrence of a step ended: with a value, a failure, or as a wait.
type RecordedStep struct {
	Step       string           `json:"step"`
	Occurrence int              `json:"occurrence"`
	Value      *wire.V          `json:"value,omitempty"`
	Failure    *RecordedFailure `json:"failure,omitempty"`
	Wait       *RecordedWait    `json:"wait,omitempty"`
}

// RecordedFailure is why a step gave no value.
type RecordedFailure struct {
	Code     string  `json:"code"`
	Message  string  `json:"message"`
	Status   int     `json:"status,omitempty"`
	Attempts int     `json:"attempts,omitempty"`
	Data     *wire.V `json:"data,omitempty"`
}

// RecordedWait is how a wait ended: with a decision, or State StateTimedOut.
type RecordedWait struct {
	State string    `json:"state"`
	Value *wire.V   `json:"value,omitempty"`
	By    string    `json:"by,omitempty"`
	At    time.Time `json:"at,omitzero"`
}

// recording answers the query.
func (x *execution) recording() (Recording, error) {
	rec := Recording{Slug: x.slug(), WorkflowID: x.info.WorkflowExecution.ID, RunID: x.firstRun(), Run: x.target}
	r := x.current
	switch {
	case x.target != nil:
		return rec, nil
	case r == nil:
		return rec, errors.New("its body never began")
	}
	rec.Version, rec.Began, rec.Invocation = x.plan.Version, r.began, r.arguments.more.Invocation
	rec.Input.Value = r.arguments.input.value
	size := len(r.arguments.input.raw.Payload().GetData())
	for _, list := range [][]resumption{r.memo.past, r.memo.fresh} {
		for i := range list {
			if size += len(list[i].Result); size > MaxRecording {
				return rec, fmt.Errorf("the values of the run's steps have more than %d bytes, and no more can be recorded", MaxRecording)
			}
			step, ok, err := list[i].recorded()
			if err != nil {
				return rec, err
			}
			if ok {
				rec.Steps = append(rec.Steps, step)
			}
		}
	}
	return rec, nil
}

// recorded is a resumption for people; ok is false for a pause, which leaves nothing.
func (e *resumption) recorded() (s RecordedStep, ok bool, err error) {
	if step, n, isCall := callOf(e.Of); isCall {
		return e.recordedCall(step, n)
	}
	n, id, _ := strings.Cut(e.Of, " ")
	if s.Occurrence, err = strconv.Atoi(n); err != nil {
		return s, false, nil // the pause of a poll
	}
	s.Step = id
	switch {
	case e.Wait != nil:
		s.Wait = &RecordedWait{State: e.Wait.State, Value: e.Wait.Value, By: e.Wait.By, At: e.Wait.At}
	case e.Failure != nil:
		s.Failure = e.Failure.recorded()
	case len(e.Result) > 0:
		v, err := wire.Unmarshal(e.Result)
		if err != nil {
			return s, false, fmt.Errorf("read the result of step %s: %w", id, err)
		}
		s.Value = &wire.V{Value: v}
	default:
		return s, false, nil
	}
	return s, true, nil
}

func (r *remembered) recorded() *RecordedFailure {
	return &RecordedFailure{Code: r.Code, Message: r.Message, Status: r.Status, Attempts: r.Attempts, Data: r.Data}
}

// recordedCall is recorded for the call of a flow, whose result is plain JSON.
func (e *resumption) recordedCall(step string, n int) (RecordedStep, bool, error) {
	s := RecordedStep{Step: step, Occurrence: n}
	if e.Failure != nil {
		s.Failure = e.Failure.recorded()
		if _, own, cut := strings.Cut(s.Failure.Message, " failed: "); cut { // what the called flow says of itself
			s.Failure.Message = own
		}
		return s, true, nil
	}
	s.Value = &wire.V{}
	if len(e.Result) == 0 {
		return s, true, nil
	}
	v, err := wire.FromJSON(e.Result, wire.JSONLimits{})
	if err != nil {
		return s, false, fmt.Errorf("read the result of flow %s: %w", step, err)
	}
	s.Value.Value = v
	return s, true, nil
}

// UnrecordableError says why a run can't be recorded.
type UnrecordableError struct{ Reason string }

func (e *UnrecordableError) Error() string { return "the run can't be recorded: " + e.Reason }

// Recording asks a run what it depended on, and adds its definition. Values of inputs whose type keeps them secret are left out,
// wherever they stand, and so are signatures of addresses. Errors are ErrUnknownRun and ErrUnavailable, wrapped, and
// *UnrecordableError.
func (s *Starter) Recording(ctx context.Context, workflowID, runID string) (Recording, error) {
	var rec Recording
	if _, err := s.ask(ctx, workflowID, runID, QueryRecording, &rec); err != nil {
		var failed *serviceerror.QueryFailed
		if errors.As(err, &failed) {
			return rec, &UnrecordableError{Reason: failed.Message}
		}
		return rec, fmt.Errorf("recording: %w", err)
	}
	if rec.Run != nil {
		return s.Recording(ctx, rec.Run.WorkflowID, rec.Run.RunID)
	}
	f, err := s.versions.Get(ctx, rec.Slug, rec.Version)
	if err != nil {
		return rec, fmt.Errorf("recording: version %d of %s: %w", rec.Version, rec.Slug, unavailable(err))
	}
	rec.complete(f)
	return rec, nil
}

// complete adds the definition and leaves secrets out.
func (rec *Recording) complete(f *definition.Flow) {
	rec.Definition, rec.File = string(f.Text), f.File
	rec.scrub(f)
}

// secretTypes are the types of inputs that nobody is shown.
var secretTypes = map[string]bool{"password": true, "secret": true}

// scrub leaves secrets out.
func (rec *Recording) scrub(f *definition.Flow) {
	sc := scrubber{}
	if input, ok := rec.Input.Value.AsMap(); ok {
		for _, i := range f.Invocations {
			sc.know(input, i.Inputs)
		}
		if activation, ok := input.GetKw("activation").AsMap(); ok {
			for _, form := range f.Forms {
				sc.know(activation, form.Fields)
			}
		}
	}
	rec.Input.Value = sc.clean(rec.Input.Value)
	for i := range rec.Steps {
		step := &rec.Steps[i]
		sc.cleanV(step.Value)
		if step.Failure != nil {
			step.Failure.Message = sc.text(step.Failure.Message)
			sc.cleanV(step.Failure.Data)
		}
		if step.Wait != nil {
			sc.cleanV(step.Wait.Value)
		}
	}
}
