package worker

import (
	"context"
	"errors"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"

	"github.com/weir-run/weir/interpreter/wire"
)

const (
	// maxLongPolls is how many executions one worker watches by a question that the server answers when they end. Others it asks
	// about every lookAgain: a server takes only so many open questions.
	maxLongPolls = 200
	longPoll     = time.Minute
	lookAgain    = 3 * time.Second
	watchPause   = time.Second // after an error
)

// coordinator does for entries and queues what a workflow can't do itself.
type coordinator struct {
	starter *Starter
	polls   chan struct{}
}

func newCoordinator(s *Starter) *coordinator {
	return &coordinator{starter: s, polls: make(chan struct{}, maxLongPolls)}
}

func (c *coordinator) register(w worker.ActivityRegistry) {
	w.RegisterActivityWithOptions(c.decide, activity.RegisterOptions{Name: activityDecide})
	w.RegisterActivityWithOptions(c.join, activity.RegisterOptions{Name: activityJoin})
	w.RegisterActivityWithOptions(c.serve, activity.RegisterOptions{Name: activityServe})
	w.RegisterActivityWithOptions(c.idle, activity.RegisterOptions{Name: activityIdle})
}

// decide passes a decision on to the run that an entry started.
func (c *coordinator) decide(ctx context.Context, to RunRef, q decideRequest) (decideReply, error) {
	d, err := c.starter.Decide(ctx, Decision{
		WorkflowID: to.WorkflowID, RunID: to.RunID, Key: q.Key, Occurrence: q.Occurrence, Value: q.Value.Value, By: q.By, ID: q.ID,
	})
	var invalid *InvalidDecisionError
	if errors.As(err, &invalid) {
		return decideReply{}, temporal.NewNonRetryableApplicationError(invalid.Reason, refusedInvalid, nil)
	}
	if err != nil {
		return decideReply{}, err
	}
	return decideReply{Outcome: d.Outcome, Value: wire.V{Value: d.Value}, By: d.By, At: d.At}, nil
}

// joining is what an entry asks of its lane.
type joining struct {
	Lane string `json:"lane"`
	// Queue joins the queue in any case; else the entry joins one that is open.
	Queue bool `json:"queue,omitempty"`
	// Supersede asks for the run that holds the lane.
	Supersede bool   `json:"supersede,omitempty"`
	Ticket    ticket `json:"ticket"`
}

// joined is what it found.
type joined struct {
	Queued bool   `json:"queued,omitempty"`
	Holder string `json:"holder,omitempty"` // run id
}

// join looks at a lane for an entry, and puts it into the queue if there is one.
func (c *coordinator) join(ctx context.Context, j joining) (joined, error) {
	if j.Supersede {
		f, err := c.starter.describe(ctx, j.Lane, "")
		if errors.Is(err, ErrUnknownRun) || err == nil && !isOpen(f.Status) {
			return joined{}, nil
		}
		return joined{Holder: f.FirstRunID}, err
	}
	if !j.Queue {
		open, err := c.starter.open(ctx, QueueID(j.Lane))
		if err != nil || !open {
			return joined{}, err
		}
	}
	return joined{Queued: true}, c.starter.join(ctx, j.Lane, j.Ticket)
}

// serve tells an entry that it is its turn, and is done when the entry is over. It may do that again.
func (c *coordinator) serve(ctx context.Context, t ticket) error {
	return c.later(ctx, func(ctx context.Context) {
		told := "" // the execution that knows
		for ctx.Err() == nil {
			f, err := c.starter.describe(ctx, t.ID, "")
			switch {
			case errors.Is(err, ErrUnknownRun), err == nil && (!isOpen(f.Status) || f.FirstRunID != t.Run):
				return
			case err == nil && f.RunID != told:
				err = c.starter.client.SignalWorkflow(ctx, t.ID, f.RunID, signalTurn, turn{Run: t.Run})
				if err == nil {
					told = f.RunID
				}
			}
			if err != nil {
				pause(ctx, watchPause)
				continue
			}
			c.ended(ctx, t.ID, f.RunID)
		}
	})
}

// idle is done when nothing runs under a lane's ID.
func (c *coordinator) idle(ctx context.Context, lane string) error {
	return c.later(ctx, func(ctx context.Context) {
		for ctx.Err() == nil {
			f, err := c.starter.describe(ctx, lane, "")
			switch {
			case errors.Is(err, ErrUnknownRun), err == nil && !isOpen(f.Status):
				return
			case err != nil:
				pause(ctx, watchPause)
			default:
				c.ended(ctx, lane, f.RunID)
			}
		}
	})
}

// ended waits for the end of an execution, but not for ever: whoever asks has to look.
func (c *coordinator) ended(ctx context.Context, workflowID, runID string) {
	select {
	case c.polls <- struct{}{}:
	default:
		pause(ctx, lookAgain)
		return
	}
	defer func() { <-c.polls }()
	ctx, cancel := context.WithTimeout(ctx, longPoll)
	defer cancel()
	events := c.starter.client.GetWorkflowHistory(ctx, workflowID, runID, true, enumspb.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT)
	if !events.HasNext() {
		return
	}
	if _, err := events.Next(); err != nil {
		pause(ctx, watchPause)
	}
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// later does the work of an activity that only waits, for days maybe, without holding one of the worker's slots: it beats, and completes the
// activity when the work is done. Where the worker stops, another one takes over.
func (c *coordinator) later(ctx context.Context, work func(context.Context)) error {
	info := activity.GetInfo(ctx)
	stopped := activity.GetWorkerStopChannel(ctx)
	client, token := c.starter.client, append([]byte(nil), info.TaskToken...)
	done := make(chan struct{})
	life, cancel := context.WithCancel(context.WithoutCancel(ctx))
	go func() {
		defer close(done)
		work(life)
	}()
	go func() {
		defer cancel()
		beat := time.NewTicker(info.HeartbeatTimeout / 3)
		defer beat.Stop()
		for {
			var err error
			select {
			case <-done:
				complete(life, func(ctx context.Context) error { return client.CompleteActivity(ctx, token, nil, nil) })
				return
			case <-stopped:
				complete(life, func(ctx context.Context) error {
					return client.CompleteActivity(ctx, token, nil, temporal.NewApplicationError("the worker was stopped", "stopped"))
				})
				return
			case <-beat.C:
				err = client.RecordActivityHeartbeat(life, token)
			}
			var cancelled *temporal.CanceledError
			if isNotFound(err) || errors.As(err, &cancelled) {
				return // nobody waits for it any more
			}
		}
	}()
	return activity.ErrResultPending
}

// watchTimeout is heartbeatTimeout of the activities that only wait: there may be thousands, and each beats.
const watchTimeout = 15 * time.Second

// complete tries for as long as the server would believe that this worker is alive.
func complete(ctx context.Context, say func(context.Context) error) {
	ctx, cancel := context.WithTimeout(ctx, watchTimeout)
	defer cancel()
	for ctx.Err() == nil {
		if err := say(ctx); err == nil || isNotFound(err) {
			return
		}
		pause(ctx, watchPause)
	}
}
