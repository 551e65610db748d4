package worker

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/temporal"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// Types of the errors by which runs fail, beside the codes of steps and of the language itself.
const (
	codeInvalidInput  = "invalid-input"
	codeLaneBusy      = "lane-busy"
	codeLaneMismatch  = "lane-mismatch"
	codeLaneFull      = "lane-full"
	codeInvalidResult = "invalid-result"
	codeInvalidFlow   = "invalid-definition"
	codeInvalidConfig = "invalid-config"
	codeUnknownType   = "unknown-step-type"
	codeCallDepth     = "call-depth"
	codeOwnLane       = "own-lane"
	codeCallTimeout   = "call-timeout"
	codeCallFailed    = "call-failed"
	codeExpectation   = "expectation-failed"
	codeStepTimeout   = "step-timeout"
	codeStepFailed    = "step-failed"
	codeWaitTimeout   = "wait-timeout"
	codeStepLimit     = "step-limit"
	codeCancelled     = value.CodeCancelled
	codeUnknownFlow   = "unknown-flow"
)

// failure is why a step gave no result.
type failure struct {
	Code     string
	Message  string
	Status   int // of HTTP
	Attempts int
	Data     value.Value
}

func failed(code, format string, args ...any) *failure {
	return &failure{Code: code, Message: fmt.Sprintf(format, args...), Attempts: 1}
}

// exception is what the body catches.
func (f *failure) exception(s *step) *value.Exception {
	data := value.NewMap(
		value.Kw("type"), value.Kw("step-failed"),
		value.Kw("step"), value.Kw(s.id),
		value.Kw("code"), value.String(f.Code),
		value.Kw("message"), value.String(f.Message),
		value.Kw("attempts"), value.Int(int64(f.Attempts)),
	)
	m, _ := data.AsMap()
	if s.n > 1 {
		m = m.Assoc(nil, value.Kw("occurrence"), value.Int(int64(s.n)))
	}
	if f.Status != 0 {
		m = m.Assoc(nil, value.Kw("status"), value.Int(int64(f.Status)))
	}
	if !f.Data.IsNil() {
		m = m.Assoc(nil, value.Kw("data"), f.Data)
	}
	return &value.Exception{
		Class: "ExceptionInfo", Code: f.Code, Data: value.Of(m),
		Message: "step " + stepName(s.id, s.n) + " failed: " + f.Message,
	}
}

// stepFailure reads the error of an activity.
func stepFailure(err error, policy *temporal.RetryPolicy) *failure {
	f := &failure{Code: codeStepFailed, Attempts: 1}
	var activityError *temporal.ActivityError
	if errors.As(err, &activityError) && activityError.RetryState() == enumspb.RETRY_STATE_MAXIMUM_ATTEMPTS_REACHED {
		f.Attempts = int(policy.MaximumAttempts)
	}
	var app *temporal.ApplicationError
	var timeout *temporal.TimeoutError
	var panicked *temporal.PanicError
	switch {
	case errors.As(err, &app):
		f.Code, f.Message = app.Type(), app.Message()
		f.readDetails(app)
	case errors.As(err, &timeout):
		f.Code, f.Message = codeStepTimeout, timeoutMessage(timeout.TimeoutType())
		f.Attempts = max(f.Attempts, 1)
	case errors.As(err, &panicked):
		f.Message = "internal error: " + panicked.Error()
	default:
		f.Message = err.Error()
	}
	return f
}

func timeoutMessage(kind enumspb.TimeoutType) string {
	if kind == enumspb.TIMEOUT_TYPE_HEARTBEAT {
		return "the worker that ran it was lost"
	}
	return "it took longer than its :timeout"
}

func (f *failure) readDetails(app *temporal.ApplicationError) {
	var detail activities.Failure
	if !app.HasDetails() || app.Details(&detail) != nil {
		return
	}
	f.Status, f.Data = detail.Status, detail.Data.Value
	f.Attempts = max(f.Attempts, detail.Attempts)
}

// cancelled ends the evaluation of a run that was cancelled: no try sees it.
func cancelled() *value.LimitError {
	return &value.LimitError{Code: codeCancelled, Message: "the run was cancelled"}
}

// runFailure is the detail of a failed run's error.
type runFailure struct {
	Code     string               `json:"code"`
	Message  string               `json:"message"`
	Position string               `json:"position,omitempty"` // FILE:LINE:COL
	Stack    []string             `json:"stack,omitempty"`
	Hint     string               `json:"hint,omitempty"`
	Data     json.RawMessage      `json:"data,omitempty"` // the exception's ex-data
	Problems []definition.Problem `json:"problems,omitempty"`
	Lane     string               `json:"lane,omitempty"`
}

// Bounds of what a failed run keeps: bytes of its message and of the exception's ex-data.
const (
	maxFailureMessage = 4 << 10
	maxFailureData    = 16 << 10
)

// fail ends a run: outermost, typed, and never retried.
func (f runFailure) fail() error {
	f.Message = shortened(f.Message, maxFailureMessage)
	message := f.Message
	if f.Position != "" {
		message += " (at " + f.Position + ")"
	}
	if f.Hint != "" {
		message += "; " + f.Hint
	}
	return temporal.NewApplicationErrorWithOptions(message, f.Code,
		temporal.ApplicationErrorOptions{NonRetryable: true, Details: []any{f}})
}

// messageOf is an error for people.
func messageOf(err error) string {
	var app *temporal.ApplicationError
	if errors.As(err, &app) {
		return app.Message()
	}
	return err.Error()
}

// shortened is text of at most n bytes.
func shortened(text string, n int) string {
	if len(text) <= n {
		return text
	}
	return strings.ToValidUTF8(text[:n], "") + "…"
}

// bodyError turns what an evaluation ended with into the run's error. What isn't the language's stays as it is.
func bodyError(err error) error {
	var e *interpreter.Error
	if !errors.As(err, &e) {
		return err
	}
	if e.Limit && e.Code == codeCancelled {
		return temporal.NewCanceledError()
	}
	f := runFailure{Code: e.Code, Message: e.Message, Position: position(e.Pos), Hint: e.Hint}
	for _, frame := range e.Stack {
		f.Stack = append(f.Stack, frame.Fn+" "+position(frame.Pos))
		if len(f.Stack) == 20 {
			break
		}
	}
	if !e.Data.IsNil() {
		if data, err := wire.MarshalPlain(e.Data); err == nil && len(data) <= maxFailureData {
			f.Data = data
		}
	}
	return f.fail()
}

func position(p value.Pos) string {
	if p.Line == 0 {
		return ""
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// RunError is how a run ended without a result.
type RunError struct {
	Status  string          // StatusFailed, StatusCancelled, ...
	Code    string          // what kind of failure
	Message string          // for people
	Detail  json.RawMessage // code, message, position, data, ...; may be nil
}

func (e *RunError) Error() string {
	if e.Code == "" {
		return "run " + e.Status
	}
	return e.Message + " [" + e.Code + "]"
}

// runError reads the error with which a run ended; other errors pass.
func runError(err error) error {
	var app *temporal.ApplicationError
	var gone *temporal.TerminatedError
	var late *temporal.TimeoutError
	var stopped *temporal.CanceledError
	switch {
	case errors.As(err, &app):
		e := &RunError{Status: StatusFailed, Code: app.Type(), Message: app.Message()}
		if app.HasDetails() {
			_ = app.Details(&e.Detail)
		}
		return e
	case errors.As(err, &stopped):
		return &RunError{Status: StatusCancelled}
	case errors.As(err, &gone):
		return &RunError{Status: StatusTerminated}
	case errors.As(err, &late):
		return &RunError{Status: StatusTimedOut}
	}
	return unavailable(err)
}
