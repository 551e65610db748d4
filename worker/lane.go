package worker

import (
	"cmp"
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
	"golang.org/x/sync/errgroup"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// digestInLane is how much of a version's digest names its lanes, where versions coexist.
const digestInLane = 12

// laneFor names the lane of an input.
func laneFor(f *definition.Flow, input value.Value) (lane, key string, err error) {
	if key, err = f.LaneKey(input); err != nil {
		return "", "", err
	}
	digest := ""
	if f.Concurrency.OnNewVersion == definition.Coexist {
		digest = f.Digest
	}
	lane, err = laneOfVersion(f.Slug, key, digest)
	return lane, key, err
}

// laneOfVersion names a lane. Where the versions of a flow coexist, and only there, digest is given: each has its own lanes then, slug@digest and slug/key@digest.
func laneOfVersion(slug, key, digest string) (string, error) {
	if digest == "" {
		return LaneID(slug, key)
	}
	lane := slug
	if key != "" {
		lane += "/" + strings.ReplaceAll(escapeKey(key), "@", "%40")
	}
	return checkedLane(lane+"@"+digest[:min(digestInLane, len(digest))], key)
}

// admission says how a run came to its lane.
type admission struct {
	Decision string `json:"decision"` // DecisionQueued or DecisionSuperseded
	// Superseded is the run that it ended.
	Superseded string `json:"superseded,omitempty"`
	// Since is when the start was made of a run that was queued.
	Since time.Time `json:"since,omitzero"`
}

func (a *admission) note(began time.Time) string {
	if a.Decision == DecisionSuperseded {
		return "superseded run id " + a.Superseded
	}
	return "queued for " + began.Sub(a.Since).Round(time.Millisecond).String()
}

// assigned is a start whose input is right and whose lane is known.
type assigned struct {
	StartRequest
	flow      *definition.Flow
	version   int
	lane, key string
	input     []byte
}

// pinned tells whether the run has to be of this version, however long it is queued.
func (p *assigned) pinned() bool {
	return p.Version != 0 || p.flow.Concurrency.OnNewVersion == definition.Coexist
}

func (p *assigned) supersedes() bool { return p.flow.Concurrency.OnNewVersion == definition.Supersede }

// Start starts a run, or puts it into its lane's queue. What it says is durable in Temporal. Errors are *InputError, ErrUnknownFlow and
// ErrUnavailable, wrapped.
//
// An idle lane takes the start of its run alone, and, where starts queue, one read before that: whether a queue is open,
// which nobody may overtake.
func (s *Starter) Start(ctx context.Context, r StartRequest) (Started, error) {
	p, err := s.place(ctx, r)
	if err != nil {
		return Started{}, err
	}
	seen, err := s.look(ctx, p)
	if err != nil {
		return Started{}, err
	}
	if seen.again != nil {
		return *seen.again, nil
	}
	if !seen.queue {
		done, busy, err := s.begin(ctx, p, enumspb.WORKFLOW_ID_CONFLICT_POLICY_FAIL, nil)
		if err != nil || busy == "" {
			return done, err
		}
		if p.supersedes() {
			done, _, err = s.begin(ctx, p, enumspb.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING,
				&admission{Decision: DecisionSuperseded, Superseded: busy})
			return done, err
		}
	}
	return s.enqueue(ctx, p)
}

// place checks a start and finds its lane.
func (s *Starter) place(ctx context.Context, r StartRequest) (*assigned, error) {
	f, version, err := s.flow(ctx, r.Slug, r.Version)
	if err != nil {
		return nil, err
	}
	if r.Input.IsNil() {
		r.Input = value.Of(value.EmptyMap)
	}
	if _, problems := f.CheckInput(r.Invocation, r.Input); len(problems) > 0 {
		return nil, &InputError{Slug: r.Slug, Problems: problems}
	}
	p := &assigned{StartRequest: r, flow: f, version: version}
	if p.lane, p.key, err = laneFor(f, r.Input); err != nil {
		return nil, laneProblem(r.Slug, f, err)
	}
	if p.input, err = wire.Marshal(r.Input); err != nil {
		return nil, fmt.Errorf("start %s: %w", r.Slug, err)
	}
	if len(p.input) > MaxInput {
		return nil, &InputError{Slug: r.Slug, Problems: []definition.Problem{{
			Message: fmt.Sprintf("the input has %d bytes, and at most %d are allowed", len(p.input), MaxInput),
		}}}
	}
	return p, nil
}

// seen is what a start finds.
type seen struct {
	queue bool     // the lane's queue is open
	again *Started // an earlier start with the same DedupeID
}

// look asks Temporal what is there, all at once.
func (s *Starter) look(ctx context.Context, p *assigned) (seen, error) {
	var found seen
	var run, entry *Started
	asked, ctx := errgroup.WithContext(ctx)
	if !p.supersedes() {
		asked.Go(func() (err error) {
			found.queue, err = s.open(ctx, QueueID(p.lane))
			return err
		})
	}
	if p.DedupeID != "" {
		asked.Go(func() (err error) {
			run, err = s.attached(ctx, p)
			return err
		})
		asked.Go(func() (err error) {
			entry, err = s.entered(ctx, p)
			return err
		})
	}
	if err := asked.Wait(); err != nil {
		return seen{}, fmt.Errorf("start %s: %w", p.Slug, err)
	}
	found.again = cmp.Or(run, entry)
	return found, nil
}

// open tells whether the latest execution of a workflow ID is open.
func (s *Starter) open(ctx context.Context, workflowID string) (bool, error) {
	f, err := s.describe(ctx, workflowID, "")
	if errors.Is(err, ErrUnknownRun) {
		return false, nil
	}
	return err == nil && isOpen(f.Status), err
}

func isOpen(status enumspb.WorkflowExecutionStatus) bool {
	return status == enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING || status == enumspb.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW ||
		status == enumspb.WORKFLOW_EXECUTION_STATUS_PAUSED
}

// attached finds what an earlier start with the same DedupeID made, if that is the latest run of the lane. (The server answers
// a repeated request with the run that it made, too, but doesn't say that it did: two at one moment are both told "started".)
func (s *Starter) attached(ctx context.Context, p *assigned) (*Started, error) {
	latest, err := s.describe(ctx, p.lane, "")
	if errors.Is(err, ErrUnknownRun) {
		return nil, nil
	}
	if _, ok := latest.Requests[p.requestID()]; err != nil || !ok {
		return nil, err
	}
	return &Started{WorkflowID: p.lane, RunID: latest.FirstRunID, Lane: p.lane, Version: p.version, Decision: DecisionDeduplicated}, nil
}

// entered finds the entry that an earlier start with the same DedupeID made, because its lane was busy. Whoever made it may have died before
// it was in the queue: what is acknowledged has its place.
func (s *Starter) entered(ctx context.Context, p *assigned) (*Started, error) {
	id := EntryID(p.Slug, p.requestID())
	f, err := s.describe(ctx, id, "")
	if errors.Is(err, ErrUnknownRun) {
		return nil, nil
	}
	if err == nil && isOpen(f.Status) {
		err = s.join(ctx, p.lane, ticketOf(f))
	}
	return &Started{WorkflowID: id, RunID: f.FirstRunID, Lane: p.lane, Decision: DecisionDeduplicated}, err
}

// ticketOf is the ticket of an entry that a Starter made.
func ticketOf(f found) ticket {
	r := runOf(f.Info)
	return ticket{ID: r.WorkflowID, Run: r.RunID, At: r.Started, Version: r.Version}
}

// begin starts the run under its lane's ID. busy is the run that holds the lane, if that is why it wasn't started.
func (s *Starter) begin(ctx context.Context, p *assigned, conflict enumspb.WorkflowIdConflictPolicy, how *admission) (done Started, busy string, err error) {
	o := s.options(p, p.lane)
	o.WorkflowExecutionTimeout = MaxRun
	o.WorkflowIDConflictPolicy = conflict
	o.EnableEagerStart = true
	if s.opt.SearchAttributes {
		o.TypedSearchAttributes = temporal.NewSearchAttributes(append(runAttributes(p.Slug, p.key, p.version), foreseenBuild())...)
	}
	runID, err := s.execute(ctx, p, o, start{Version: p.version, Invocation: p.Invocation, Lane: how})
	var holder *serviceerror.WorkflowExecutionAlreadyStarted
	if errors.As(err, &holder) {
		return Started{}, cmp.Or(holder.FirstExecutionRunId, holder.RunId), nil
	}
	done = Started{WorkflowID: p.lane, RunID: runID, Lane: p.lane, Version: p.version, Decision: DecisionStarted}
	if how != nil {
		done.Decision, done.Superseded = how.Decision, how.Superseded
	}
	return done, "", err
}

// enqueue starts an entry and puts it at the end of the queue. If this process dies in between, the entry does the second
// part itself.
func (s *Starter) enqueue(ctx context.Context, p *assigned) (Started, error) {
	o := s.options(p, EntryID(p.Slug, cmp.Or(p.requestID(), uuid.NewString())))
	o.WorkflowIDReusePolicy = enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE
	more := start{Invocation: p.Invocation, Queue: true}
	if p.pinned() {
		more.Version = p.version
		if s.opt.SearchAttributes { // the version is needed
			o.TypedSearchAttributes = temporal.NewSearchAttributes(runAttributes(p.Slug, p.key, p.version)...)
		}
	}
	done := Started{WorkflowID: o.ID, Lane: p.lane, Version: more.Version, Decision: DecisionQueued}
	now := time.Now()
	runID, err := s.execute(ctx, p, o, more)
	var earlier *serviceerror.WorkflowExecutionAlreadyStarted
	if errors.As(err, &earlier) {
		again, err := s.entered(ctx, p)
		if err != nil || again == nil {
			return Started{}, fmt.Errorf("start %s: %w", p.Slug, cmp.Or(err, unavailable(earlier)))
		}
		return *again, nil
	}
	if err != nil {
		return Started{}, err
	}
	done.RunID = runID
	return done, s.join(ctx, p.lane, ticket{ID: o.ID, Run: runID, At: now.UTC(), Version: more.Version})
}

// join puts an entry into a lane's queue, and opens the queue for it where there is none. An entry joins once, however often it asks.
func (s *Starter) join(ctx context.Context, lane string, t ticket) error {
	_, err := s.client.SignalWithStartWorkflow(ctx, QueueID(lane), signalJoin, t, client.StartWorkflowOptions{
		TaskQueue: s.opt.TaskQueue, StaticSummary: oneLine("queue of " + lane),
	}, typeQueue, lineup{Lane: lane})
	if err != nil {
		return fmt.Errorf("join the queue of %s: %w", lane, unavailable(err))
	}
	return nil
}

// options are what the start of a run and of an entry have in common.
func (s *Starter) options(p *assigned, id string) client.StartWorkflowOptions {
	return client.StartWorkflowOptions{
		ID:                       id,
		TaskQueue:                s.opt.TaskQueue,
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
		WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
		StaticSummary:            oneLine(p.flow.Name),

		WorkflowExecutionErrorWhenAlreadyStarted: true,
	}
}

// execute starts a workflow of the flow's type, and knows a repeated request.
func (s *Starter) execute(ctx context.Context, p *assigned, o client.StartWorkflowOptions, more start) (runID string, err error) {
	call := &startCall{requestID: p.requestID()}
	run, err := s.client.ExecuteWorkflow(withStartCall(ctx, call), o, p.Slug, encoded{data: p.input}, more)
	if err != nil {
		return "", fmt.Errorf("start %s: %w", p.Slug, unavailable(err))
	}
	if !call.seen {
		return "", fmt.Errorf("start %s: the client was not made with worker.ClientOptions", p.Slug)
	}
	return run.GetRunID(), nil
}
