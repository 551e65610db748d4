package worker

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
)

// MaxRun is how long a run may take, waits included.
const MaxRun = 30 * 24 * time.Hour

// MaxInput is the most bytes that a run's input may have as it is recorded. A webhook's body of 5 MB fits whatever is in it: text
// that needs escapes takes a little more here than in the body.
const MaxInput = 8 << 20

// Decisions about a start.
const (
	DecisionStarted      = "started"
	DecisionQueued       = "queued"       // it waits for its lane; Started names its entry, which ends as its run will
	DecisionSuperseded   = "superseded"   // it ended the run that held the lane, and began
	DecisionDeduplicated = "deduplicated" // an earlier start with the same DedupeID stands
	DecisionRejected     = "rejected"     // nothing was started: the error says why
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

// Versions finds stored definitions. Live gives the number of the version that new runs use, 0 when there is none.
type Versions interface {
	Live(ctx context.Context, slug string) (int, error)
	Get(ctx context.Context, slug string, number int) (*definition.Flow, error)
}

// StarterOptions configures a Starter. The zero value works.
type StarterOptions struct {
	TaskQueue        string        // default DefaultTaskQueue
	Namespace        string        // default "default"
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
	if opt.Namespace == "" {
		opt.Namespace = client.DefaultNamespace
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
	// as that is its lane's latest, and to its entry, if it had to queue, as long as Temporal keeps that.
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
	WorkflowID string // of the run; of its entry where it is queued
	RunID      string
	Decision   string // one of Decision...
	Lane       string
	Version    int    // 0: the one that is live when its turn comes
	Superseded string // run id of the run that this one ended
}

// start is the second argument of a flow's workflow: what isn't input. Starts by hand leave it out.
type start struct {
	Version    int    `json:"version,omitempty"`
	Invocation string `json:"invocation,omitempty"`
	// Call is there where a run of another flow called this one.
	Call *callChain `json:"call,omitempty"`
	// Queue is set for an entry whose starter puts it into the lane's queue.
	Queue bool `json:"queue,omitempty"`
	// Lane says how a run came to its lane, where that wasn't simply idle.
	Lane *admission `json:"lane,omitempty"`
	// Carried is there where the run was continued as new.
	Carried *carried `json:"carried,omitempty"`
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
