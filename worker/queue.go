package worker

import (
	"slices"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

const (
	// MaxQueueBytes bounds what a lane's queue keeps of its entries (some 6 000 of them): Temporal takes no more than 2 MB at once. Entries past
	// it fail with lane-full.
	MaxQueueBytes = 1_500_000
	// ticketBytes is what a ticket has besides its workflow ID.
	ticketBytes = 160
	// continueQueueAfter is after how many events a queue is continued as new. It never changes: replays depend on it.
	continueQueueAfter = 2_000
	// serveAttempt is longer than anything that an entry may wait for.
	serveAttempt = 365 * 24 * time.Hour
)

// ticket is a place in a lane's queue: an entry, which waits for its turn.
type ticket struct {
	ID      string    `json:"i"` // the entry's workflow ID
	Run     string    `json:"r"` // its first run
	At      time.Time `json:"t"` // when it was started
	Version int       `json:"v,omitempty"`
	// ByHand is set where the entry was started by somebody else than a Starter, and so takes its place only when a worker sees it.
	ByHand bool `json:"h,omitempty"`
}

func (t ticket) is(other ticket) bool { return t.ID == other.ID && t.Run == other.Run }

func (t ticket) size() int { return len(t.ID) + ticketBytes }

// turn is what a queue tells an entry.
type turn struct {
	Run  string `json:"run"` // the entry's first run
	Full bool   `json:"full,omitempty"`
}

// lineup is a lane's queue: what waits, in the order in which it goes ahead, and whose turn it is. It is the argument and the answer of the workflow.
type lineup struct {
	Lane    string   `json:"lane"`
	Waiting []ticket `json:"waiting,omitempty"`
	Current *ticket  `json:"current,omitempty"`
}

// add puts a ticket into the queue: once, and at its end, but for one that was started by hand, which goes before
// those that were started after it.
func (l *lineup) add(t ticket) (full bool) {
	if l.Current != nil && l.Current.is(t) || slices.ContainsFunc(l.Waiting, t.is) {
		return false
	}
	size := t.size()
	for _, w := range l.Waiting {
		size += w.size()
	}
	if size > MaxQueueBytes {
		return true
	}
	i := len(l.Waiting)
	for t.ByHand && i > 0 && l.Waiting[i-1].At.After(t.At) {
		i--
	}
	l.Waiting = slices.Insert(l.Waiting, i, t)
	return false
}

// remove takes a ticket out.
func (l *lineup) remove(t ticket) { l.Waiting = slices.DeleteFunc(l.Waiting, t.is) }

// queue is the workflow of a lineup.
type queue struct {
	lineup
	ctx  workflow.Context
	in   *inbound
	left bool // the current entry gave its turn up
}

// runQueue lets the entries of one lane go ahead one after the other. Each has the turn from when it is told so until its execution ends: it
// starts the lane's run and ends with it. The queue ends when nobody waits and nobody has the turn; whoever comes then opens a new one.
func runQueue(ctx workflow.Context, l lineup) error {
	in := inboundOf(ctx)
	ctx, _ = workflow.NewDisconnectedContext(ctx) // cancelling a queue would lose what waits in it
	q := &queue{lineup: l, ctx: ctx, in: in}
	err := workflow.SetQueryHandlerWithOptions(ctx, QueryQueue, func() (lineup, error) { return q.lineup, nil },
		workflow.QueryHandlerOptions{Description: "the entries that wait for the lane, in their order"})
	if err != nil {
		return err
	}
	for {
		q.receive()
		if q.Current == nil && len(q.Waiting) == 0 {
			return nil
		}
		if q.long() {
			return workflow.NewContinueAsNewError(ctx, typeQueue, q.lineup)
		}
		if q.Current == nil {
			first := q.Waiting[0]
			q.Current, q.Waiting, q.left = &first, q.Waiting[1:], false
		}
		if q.serve() {
			q.Current = nil
		}
	}
}

func (q *queue) long() bool {
	info := workflow.GetInfo(q.ctx)
	return info.GetContinueAsNewSuggested() || info.GetCurrentHistoryLength() > continueQueueAfter
}

// serve gives the current entry its turn and waits until it is over. It comes back early where the queue's history has grown long.
func (q *queue) serve() (over bool) {
	ctx, cancel := workflow.WithCancel(workflow.WithActivityOptions(q.ctx, workflow.ActivityOptions{
		StartToCloseTimeout: serveAttempt, HeartbeatTimeout: watchTimeout, Summary: oneLine(q.Current.ID),
		RetryPolicy: &temporal.RetryPolicy{InitialInterval: time.Second, BackoffCoefficient: 1},
	}))
	defer cancel()
	served := workflow.ExecuteActivity(ctx, activityServe, *q.Current)
	for {
		// The context is never cancelled.
		_ = workflow.Await(q.ctx, func() bool { return served.IsReady() || len(q.in.inbox) > 0 })
		q.receive()
		switch {
		case served.IsReady(), q.left:
			return true
		case q.long():
			return false
		}
	}
}

// receive takes what came: entries that join or leave.
func (q *queue) receive() {
	for _, s := range q.in.take() {
		var t ticket
		if err := DataConverter().FromPayload(s.Payload, &t); err != nil || t.ID == "" {
			workflow.GetLogger(q.ctx).Warn("a signal was ignored", "name", s.Name, "error", err)
			continue
		}
		switch s.Name {
		case signalJoin:
			if q.add(t) {
				q.refuse(t)
			}
		case signalLeave:
			q.remove(t)
			q.left = q.left || q.Current != nil && q.Current.is(t)
		}
	}
}

// refuse tells an entry that there is no room for it.
func (q *queue) refuse(t ticket) {
	sent := workflow.SignalExternalWorkflow(q.ctx, t.ID, "", signalTurn, turn{Run: t.Run, Full: true})
	if err := sent.Get(q.ctx, nil); err != nil {
		workflow.GetLogger(q.ctx).Warn("an entry that found the queue full is gone", "entry", t.ID, "error", err)
	}
}

// hearTurn keeps what a queue says.
func (b *inbound) hearTurn(arg *commonpb.Payloads) error {
	if ps := arg.GetPayloads(); len(ps) > 0 {
		var t turn
		if err := DataConverter().FromPayload(ps[0], &t); err != nil {
			return nil // not from a queue of ours
		}
		b.turn = t
	}
	return nil
}

// childPolicy is how an entry's run takes its lane.
func childPolicy(supersedes bool) enumspb.WorkflowIdReusePolicy {
	if supersedes {
		//nolint:staticcheck // children have no conflict policy: the server makes TERMINATE_EXISTING of this
		return enumspb.WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING
	}
	return enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE
}
