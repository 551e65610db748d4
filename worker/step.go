package worker

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/interpreter/value"
)

// step is one execution of a flow/step.
type step struct {
	typ, id string
	n       int // occurrence of the id in this run, from 1
	opt     stepOptions
	item    *item
}

func (s *step) name() string { return stepName(s.id, s.n) }

// memoName is the step's in the run's memo: unlike name, no id can look like another's second occurrence.
func (s *step) memoName() string { return stepKey(s.n, s.id) }

func stepKey(n int, id string) string { return itoa(n) + " " + id }

// summary is what Temporal shows of the step: its id and, where it has one, its title.
func (s *step) summary() string {
	if s.opt.Title == "" {
		return s.name()
	}
	return oneLine(s.name() + " · " + s.opt.Title)
}

// stepType says how steps of a type run.
type stepType struct {
	// run executes s and returns its value or why there is none.
	run func(h *host, th *value.Thread, s *step) (value.Value, *failure)
	// options of section 4 that the type takes.
	options map[string]option
	// activity, of a type that is one.
	activity *activityType
}

var stepTypes map[string]*stepType

func init() {
	stepTypes = map[string]*stepType{
		"sleep": {run: (*host).sleep, options: commonOptions},
		"time":  {run: (*host).time, options: commonOptions},
		"wait":  {run: (*host).wait, options: commonOptions},

		"fanout": {run: (*host).fanout, options: fanoutOptions},
	}
	for name, a := range activityTypes {
		stepTypes[name] = &stepType{run: (*host).activity, options: options, activity: a}
	}
}

// Step runs a step and gives its value, or throws.
func (h *host) Step(th *value.Thread, typ, id string, config value.Value) value.Value {
	h.partIfLong()
	h.countStep()
	s := &step{typ: typ, id: id, n: h.run.occurrence(id)}
	s.item = h.run.journal.add(Entry{
		Kind: KindStep, Step: id, Type: typ, Occurrence: s.n, State: StateRunning, Started: h.run.now(),
	})
	v, f := h.perform(th, s, config)
	if f == nil && !s.opt.Expect.IsNil() && !value.Call1(th, s.opt.Expect, v).Truthy() {
		f = failed(codeExpectation, "its result does not meet :expect")
		f.Attempts = max(s.item.Attempts, 1)
	}
	if f == nil {
		s.item.finish(h.run.now(), StateDone)
		return v
	}
	if s.opt.OnError == onErrorSkip {
		s.note(f)
		s.item.finish(h.run.now(), StateSkipped)
		return value.Nil
	}
	return s.throw(h, f)
}

// note shows in the timeline why the step failed.
func (s *step) note(f *failure) {
	s.item.Error, s.item.Code = oneLine(f.Message), f.Code
	s.item.Attempts = max(s.item.Attempts, f.Attempts)
}

// throw ends the step with an exception.
func (s *step) throw(h *host, f *failure) value.Value {
	s.note(f)
	s.item.finish(h.run.now(), StateFailed)
	panic(f.exception(s))
}

func (h *host) perform(th *value.Thread, s *step, config value.Value) (value.Value, *failure) {
	kind, ok := stepTypes[s.typ]
	if !ok {
		return value.Nil, failed(codeUnknownType, "there are no steps of type :%s in this build", s.typ)
	}
	var err error
	if s.opt, err = splitOptions(value.Realize(th, config), kind.options); err != nil {
		return value.Nil, failed(codeInvalidConfig, "%s", err)
	}
	s.item.Title = s.opt.Title
	if h.over() {
		s.item.finish(h.run.now(), StateCancelled)
		panic(cancelled())
	}
	return kind.run(h, th, s)
}

// finish ends the entry; a state that the step itself has set stands.
func (it *item) finish(at time.Time, state string) {
	if !it.Ended.IsZero() {
		return
	}
	it.State, it.Ended = state, at
}

// countStep ends runs that execute too many steps.
func (h *host) countStep() {
	if h.run.steps++; h.run.steps > MaxStepExecutions {
		panic(&value.LimitError{
			Code:    codeStepLimit,
			Message: "the run executed " + itoa(MaxStepExecutions) + " steps, and no more are allowed",
			Hint:    "let each run do one part of the work",
		})
	}
}

// occurrence numbers the executions of a step id, from 1.
func (r *run) occurrence(id string) int {
	r.occurrences[id]++
	return r.occurrences[id]
}

// timerUntil is a timer that fires at a time of the body, which may be past.
func (h *host) timerUntil(due time.Time, summary string) workflow.Future {
	left := max(due.Sub(workflow.Now(h.ctx)), 0)
	return workflow.NewTimerWithOptions(h.ctx, left, workflow.TimerOptions{Summary: summary})
}

// rest holds this line for a while. What it asks for and from when is the same however often the evaluation starts over.
func (h *host) rest(th *value.Thread, name, summary string, d time.Duration) *failure {
	due := h.run.now().Add(d)
	if h.recall(th, name) != nil {
		return nil
	}
	h.run.publish()
	timer := h.timerUntil(due, summary)
	err := workflow.Await(h.ctx, func() bool { return timer.IsReady() || h.mayPart() })
	if err == nil && !timer.IsReady() {
		panic(continued())
	}
	if err == nil {
		err = timer.Get(h.ctx, nil)
	}
	th.Refill()
	if err != nil {
		panic(cancelled())
	}
	h.run.record(resumption{Of: name})
	return nil
}

// scaled shortens a duration by the time scale of dev mode.
func (f *Flow) scaled(d time.Duration) time.Duration {
	if f.TimeScale <= 1 || d <= 0 {
		return d
	}
	return max(time.Duration(float64(d)/f.TimeScale), millisecond)
}
