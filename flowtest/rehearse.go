package flowtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"go.temporal.io/sdk/activity"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
	"github.com/weir-run/weir/worker"
)

// MaxTest is how long one test may take in real time.
const MaxTest = time.Minute

// outcome is what one run did.
type outcome struct {
	result   value.Value // of a run that completed: what its JSON says
	failure  *worker.RunError
	err      error // the run could not be run at all
	timeline worker.Timeline
	sent     []sent
	kv       map[string]value.Value // the keys that the test asks about
	took     time.Duration          // by the run's clock
	refused  []refusal              // decisions that came out otherwise than the test says
}

// refusal is a decision that was refused, or one that wasn't and should have been.
type refusal struct {
	decision decision
	message  string
}

// rehearsal is one run of a test in a world.
type rehearsal struct {
	*worker.Rehearsal
	world *world
	test  *Test
	clock sync.Mutex // of the world's Redis
	last  time.Time  // to when it has been set

	stopped  context.Context // done when the run is over
	inflight inflight        // activities
	late     atomic.Bool     // the test took too long

	next    map[string]int  // of a wait step: its decision that comes next
	pending map[string]bool // of a wait step: one is on its way
	left    map[string]bool // waits that are left to their deadline
	refused []refusal
}

// run runs a test.
func (w *world) run(flow *worker.Flow, t *Test) outcome {
	_, o := w.rehearse(flow, t)
	return o
}

func (w *world) rehearse(flow *worker.Flow, t *Test) (*rehearsal, outcome) {
	if err := w.reset(t); err != nil {
		return nil, outcome{err: err}
	}
	stopped, stop := context.WithCancel(context.Background())
	defer stop()
	r := &rehearsal{
		stopped: stopped, Rehearsal: flow.Rehearse(t.Now), world: w, test: t, last: t.Now,
		next: map[string]int{}, pending: map[string]bool{}, left: map[string]bool{},
	}
	w.acts.Register(r)
	r.AnswerCalls(func(step string, n int) (worker.CallAnswer, bool) {
		a, ok := t.answerOf(step, n)
		return a.call(), ok
	})
	r.OnTimer(r.look)
	if t.CancelAfter > 0 {
		r.After(t.CancelAfter, r.Cancel)
	}
	input, err := wire.MarshalPlain(t.Input)
	if err != nil {
		return nil, outcome{err: err}
	}
	key := ""
	if plain, err := wire.FromJSON(input, wire.JSONLimits{}); err == nil {
		key, _ = w.flow.LaneKey(plain) // a run without one refuses its input, and says so
	}
	limit := time.AfterFunc(w.limit, func() {
		r.late.Store(true)
		r.Cancel()
	})
	digest := ""
	if w.flow.Concurrency.OnNewVersion == definition.Coexist {
		digest = w.flow.Digest
	}
	result, err := r.Run(worker.RehearsalStart{Slug: w.flow.Slug, Key: key, Digest: digest, Invocation: t.Invocation, Version: w.version, Input: input})
	limit.Stop()
	stop()
	r.inflight.close() // what a run that was cancelled has left behind must not reach the next one
	if r.late.Load() {
		err = fmt.Errorf("%w: it went on for %v of real time", worker.ErrStuck, w.limit)
	}
	return r, r.outcome(result, err)
}

func (r *rehearsal) outcome(result json.RawMessage, err error) outcome {
	o := outcome{refused: r.refused, sent: r.world.outside.requests(), took: r.Now().Sub(r.test.Now), kv: map[string]value.Value{}}
	switch {
	case errors.As(err, &o.failure):
	case err != nil:
		o.err = err
		return o
	default:
		if o.result, o.err = wire.FromJSON(result, wire.JSONLimits{}); o.err != nil {
			return o
		}
	}
	if o.timeline, err = r.Timeline(); err != nil {
		o.err = err
		return o
	}
	r.tick()
	for _, e := range r.test.expect.kv {
		v, ok, err := r.world.kv.Get(context.Background(), e.key)
		if err != nil {
			o.err = err
		}
		if ok {
			o.kv[e.key] = v
		}
	}
	return o
}

// RegisterActivityWithOptions registers an activity with the run's environment: steps that the test answers are not run.
func (r *rehearsal) RegisterActivityWithOptions(a any, options activity.RegisterOptions) {
	run, ok := a.(func(context.Context, activities.Call) (wire.V, error))
	if !ok {
		r.Rehearsal.RegisterActivityWithOptions(a, options)
		return
	}
	r.Rehearsal.RegisterActivityWithOptions(func(ctx context.Context, call activities.Call) (wire.V, error) {
		if a, ok := r.test.answerOf(call.Step, call.N); ok {
			return a.give(call.Step)
		}
		if options.Name == activities.NameDatabase {
			return answer{fail: &failure{code: "db-unavailable", attempts: 1, message: "a test reaches no database: say under :answers what step :" + call.Step + " gives"}}.give(call.Step)
		}
		if !r.inflight.begin() {
			return wire.V{}, r.stopped.Err()
		}
		defer r.inflight.end()
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(r.stopped, cancel)()
		r.tick()
		r.world.outside.expect(call.IdempotencyKey(ctx), caller{options.Name, call})
		return run(ctx, call)
	}, options)
}

// tick sets the clock of the world's Redis to the run's, so that keys expire as they would.
func (r *rehearsal) tick() {
	r.clock.Lock()
	defer r.clock.Unlock()
	now := r.Now()
	if d := now.Sub(r.last); d > 0 {
		r.last = now
		r.world.redis.SetTime(now)
		r.world.redis.FastForward(d)
	}
}

// look sends the next decision of each wait that is open and has one. The run's own loop calls it.
func (r *rehearsal) look() {
	waits, err := r.Waits()
	if err != nil {
		return // the run is over
	}
	for _, w := range waits {
		name := fmt.Sprint(w.Key, "#", w.Occurrence)
		list, i := r.test.Waits[w.Step], r.next[w.Step]
		if r.pending[w.Step] || r.left[name] || i >= len(list) {
			continue
		}
		r.next[w.Step]++
		if list[i].timeout {
			r.left[name] = true
			continue
		}
		r.pending[w.Step] = true
		r.After(list[i].after, func() { r.decide(w, list[i]) })
	}
}

// decide sends a decision, and looks again when it is known what became of it.
func (r *rehearsal) decide(w worker.Wait, d decision) {
	r.Decide(worker.Decision{Key: w.Key, Occurrence: w.Occurrence, Value: d.value, By: d.by, Approver: d.as}, func(got worker.Decided, err error) {
		r.pending[w.Step] = false
		switch got.Outcome {
		case worker.OutcomeAlreadyCounted, worker.OutcomeReassigned:
			err = fmt.Errorf("the wait %s refused the decision of %s: %s", w.Key, d.as, got.Outcome)
		}
		switch {
		case err != nil && !d.refused:
			r.refused = append(r.refused, refusal{d, err.Error()})
		case err == nil && d.refused:
			r.refused = append(r.refused, refusal{d, "the decision was taken, and the test says it is refused"})
		}
		r.After(0, r.look)
	})
}
