package worker

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// MaxRun is how long a run may take, waits included.
const MaxRun = 30 * 24 * time.Hour

// MaxInput is the most bytes of a run's input; Temporal itself takes no more than 2 MB.
const MaxInput = 2<<20 - 64<<10

// Decisions about a start.
const (
	DecisionStarted      = "started"
	DecisionDeduplicated = "deduplicated"
)

// ErrUnknownFlow says that the flow, or the version of it that was asked for, is not deployed.
var ErrUnknownFlow = errors.New("unknown flow")

// ErrUnavailable says that Temporal or the store of versions could not be reached, or that no worker answered: nothing
// was acknowledged, and the same request may be sent again.
var ErrUnavailable = errors.New("unavailable")

// InputError refuses a start: its input lacks what the flow needs.
type InputError struct {
	Slug     string
	Problems []definition.Problem
}

func (e *InputError) Error() string { return "input of " + e.Slug + ": " + problemText(e.Problems) }

func problemText(problems []definition.Problem) string {
	texts := make([]string, len(problems))
	for i, p := range problems {
		texts[i] = p.Message
	}
	return strings.Join(texts, "; ")
}

// LaneBusyError refuses a start: another run holds the lane.
type LaneBusyError struct {
	Lane  string // its workflow ID
	RunID string // the first run of the execution that holds it
}

func (e *LaneBusyError) Error() string {
	return fmt.Sprintf("lane %s is busy: run %s is active", e.Lane, e.RunID)
}

// Versions finds stored definitions. Live gives the number of the version that new runs use, 0 when there is none.
type Versions interface {
	Live(ctx context.Context, slug string) (int, error)
	Get(ctx context.Context, slug string, number int) (*definition.Flow, error)
}

// StarterOptions configures a Starter. The zero value works.
type StarterOptions struct {
	TaskQueue        string        // default DefaultTaskQueue
	SearchAttributes bool          // EnsureSearchAttributes succeeded
	AnswerWithin     time.Duration // how long a worker may take to answer a decision or a query; default 5 s
}

// Starter starts runs and talks to them. Its client must have been made with ClientOptions.
type Starter struct {
	client   client.Client
	versions Versions
	opt      StarterOptions
}

// NewStarter returns a Starter.
func NewStarter(c client.Client, versions Versions, opt StarterOptions) *Starter {
	if opt.TaskQueue == "" {
		opt.TaskQueue = DefaultTaskQueue
	}
	if opt.AnswerWithin == 0 {
		opt.AnswerWithin = 5 * time.Second
	}
	return &Starter{client: c, versions: versions, opt: opt}
}

// StartRequest asks for a run.
type StartRequest struct {
	Slug       string
	Invocation string      // "" for the flow's usual one
	Input      value.Value // a map; nil is an empty one
	Version    int         // 0: the live one
	// DedupeID names what the start is for, e.g. a delivery: starts with the same one attach to the first one's run as long
	// as that is its lane's latest.
	DedupeID string
}

// requestID is what Temporal knows a repeated start by, "" for one that isn't.
func (r StartRequest) requestID() string {
	if r.DedupeID == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(r.Slug + "\x00" + r.DedupeID))
	return hex.EncodeToString(sum[:16])
}

// Started tells what became of a start.
type Started struct {
	WorkflowID string
	RunID      string
	Decision   string // DecisionStarted or DecisionDeduplicated
	Lane       string
	Version    int
}

// start is the second argument of a flow's workflow: what isn't input. Starts by hand leave it out.
type start struct {
	Version    int    `json:"version,omitempty"`
	Invocation string `json:"invocation,omitempty"`
}

// Start starts a run, if its input is right and its lane idle. Errors are *InputError, ErrUnknownFlow, *LaneBusyError
// and ErrUnavailable, wrapped.
func (s *Starter) Start(ctx context.Context, r StartRequest) (Started, error) {
	f, version, err := s.flow(ctx, r.Slug, r.Version)
	if err != nil {
		return Started{}, err
	}
	if r.Input.IsNil() {
		r.Input = value.Of(value.EmptyMap)
	}
	if _, problems := f.CheckInput(r.Invocation, r.Input); len(problems) > 0 {
		return Started{}, &InputError{Slug: r.Slug, Problems: problems}
	}
	key, err := f.LaneKey(r.Input)
	var lane string
	if err == nil {
		lane, err = LaneID(r.Slug, key)
	}
	if err != nil {
		return Started{}, laneProblem(r.Slug, f, err)
	}
	input, err := wire.Marshal(r.Input)
	if err != nil {
		return Started{}, fmt.Errorf("start %s: %w", r.Slug, err)
	}
	if len(input) > MaxInput {
		return Started{}, &InputError{Slug: r.Slug, Problems: []definition.Problem{{
			Message: fmt.Sprintf("the input has %d bytes, and at most %d are allowed", len(input), MaxInput),
		}}}
	}
	done := Started{WorkflowID: lane, Lane: lane, Version: version}
	return done, s.execute(ctx, r, f, key, input, &done)
}

func laneProblem(slug string, f *definition.Flow, err error) *InputError {
	return &InputError{Slug: slug, Problems: []definition.Problem{{
		Field: strings.Join(f.Concurrency.KeyField, "."), Message: err.Error(),
	}}}
}

func (s *Starter) flow(ctx context.Context, slug string, version int) (*definition.Flow, int, error) {
	if version == 0 {
		live, err := s.versions.Live(ctx, slug)
		if err != nil {
			return nil, 0, fmt.Errorf("start %s: %w: %w", slug, ErrUnavailable, err)
		}
		if live == 0 {
			return nil, 0, fmt.Errorf("start %s: %w", slug, ErrUnknownFlow)
		}
		version = live
	}
	f, err := s.versions.Get(ctx, slug, version)
	if errors.Is(err, store.ErrNotFound) {
		return nil, 0, fmt.Errorf("start %s: %w: it has no version %d", slug, ErrUnknownFlow, version)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("start %s: %w: %w", slug, ErrUnavailable, err)
	}
	return f, version, nil
}

func (s *Starter) execute(ctx context.Context, r StartRequest, f *definition.Flow, key string, input []byte, done *Started) error {
	o := client.StartWorkflowOptions{
		ID:                       done.Lane,
		TaskQueue:                s.opt.TaskQueue,
		WorkflowExecutionTimeout: MaxRun,
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
		WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
		EnableEagerStart:         true,
		StaticSummary:            oneLine(f.Name),

		WorkflowExecutionErrorWhenAlreadyStarted: true,
	}
	if s.opt.SearchAttributes {
		o.TypedSearchAttributes = temporal.NewSearchAttributes(runAttributes(r.Slug, key, done.Version)...)
	}
	if again, err := s.attached(ctx, r, done); again || err != nil {
		return err
	}
	call := &startCall{requestID: r.requestID()}
	run, err := s.client.ExecuteWorkflow(withStartCall(ctx, call), o, r.Slug,
		encoded{data: input}, start{Version: done.Version, Invocation: r.Invocation})
	if err != nil {
		return startError(r.Slug, done.Lane, err)
	}
	if !call.seen {
		return fmt.Errorf("start %s: the client was not made with worker.ClientOptions", r.Slug)
	}
	done.RunID = run.GetRunID()
	done.Decision = DecisionStarted
	return nil
}

// attached tells whether the latest run of the lane is what an earlier start with the same DedupeID made. (The server answers
// a repeated request with the run that it made, too, but doesn't say that it did: two at one moment are both told "started".)
func (s *Starter) attached(ctx context.Context, r StartRequest, done *Started) (bool, error) {
	if r.DedupeID == "" {
		return false, nil
	}
	latest, err := s.describe(ctx, done.Lane, "")
	if errors.Is(err, ErrUnknownRun) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("start %s: %w", r.Slug, err)
	}
	if _, ok := latest.Requests[r.requestID()]; !ok {
		return false, nil
	}
	done.RunID, done.Decision = latest.FirstRunID, DecisionDeduplicated
	return true, nil
}

func startError(slug, lane string, err error) error {
	var busy *serviceerror.WorkflowExecutionAlreadyStarted
	if errors.As(err, &busy) {
		return &LaneBusyError{Lane: lane, RunID: cmp.Or(busy.FirstExecutionRunId, busy.RunId)}
	}
	return fmt.Errorf("start %s: %w", slug, unavailable(err))
}

// unavailable marks the errors after which the same request may simply be sent again.
func unavailable(err error) error {
	var down *serviceerror.Unavailable
	var slow *serviceerror.DeadlineExceeded
	var busy *serviceerror.ResourceExhausted
	var timeout *client.WorkflowUpdateServiceTimeoutOrCanceledError
	if errors.As(err, &down) || errors.As(err, &slow) || errors.As(err, &busy) || errors.As(err, &timeout) ||
		errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return err
}
