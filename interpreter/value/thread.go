package value

import "sync/atomic"

// Thread is one line of evaluation: its budget, its hooks and its place. Not safe for
// concurrent use: flow/parallel gives every branch a Thread of its own (Fork).
// A nil *Thread is allowed wherever no user code can run; it charges nothing.
type Thread struct {
	// Host is what the natives of the embedding program find their state by.
	Host any
	// OnDecision, if set, is told of every branch whose form has :label metadata.
	OnDecision func(Decision)
	// Await, if set, waits until ready says true without holding the operating system's thread.
	// It is called when this line needs a lazy seq or delay that another line is computing: a
	// host with coroutines sets it (workflow.Await); nil waits on a condition variable.
	Await func(ready func() bool)

	// Cleanup, if set, is called with each finally part of an evaluation that its host cancelled: it may make it possible to
	// reach outside again, and calls run or doesn't. Nil: such an evaluation ends without its finally parts.
	Cleanup func(run func())

	// OnLarge, if set, is called once, when more than LargeSize bytes were built: it may wait, so that not
	// too many evaluations grow large side by side.
	OnLarge func()

	slice        int64 // work left until the next look at the budget and the cancel flag
	work         int64 // work left beyond the slice
	size, later  int64 // built bytes left until LargeSize is reached, and beyond it
	depth, limit int
	limits       Limits
	cancelled    *atomic.Bool // of the line that this one was forked from at last, or its own flag
	flag         atomic.Bool
	parent       *Thread
	machine      any // the evaluator's own state (its value stack and call stack)
}

// Decision is one labelled branch that was taken.
type Decision struct {
	Label  string // the :label
	Answer string // the :yes or :no text; "yes"/"no" where the author gave none
	Yes    bool
	Pos    Pos
}

// Pos is a place in a source text: 1-based line and column (columns count characters).
type Pos struct {
	File      string
	Line, Col int
}

// workSlice is how much work passes between two looks at the cancel flag: some microseconds.
const workSlice = 256

// NewThread returns a line of evaluation with a full budget.
func NewThread(l Limits) *Thread {
	l = l.filled()
	th := &Thread{limits: l, limit: l.Depth, work: l.Work}
	th.cancelled = &th.flag
	th.size, th.later = min(l.Size, LargeSize), max(0, l.Size-LargeSize)
	return th
}

// Fork returns a line of evaluation for a branch that runs beside th: same host, hooks and cancel flag, its
// own copy of the limits and its own machine. It begins at th's depth, so that nested branches end too.
func (th *Thread) Fork() *Thread {
	if th == nil {
		return NewThread(Limits{})
	}
	f := NewThread(th.limits)
	f.Host, f.OnDecision, f.Await, f.OnLarge = th.Host, th.OnDecision, th.Await, th.OnLarge
	f.parent, f.depth, f.cancelled = th, th.depth, th.cancelled
	return f
}

// Charge spends n units of work; past the limit, or when cancelled, it raises a LimitError.
func (th *Thread) Charge(n int64) {
	if th != nil {
		if th.slice -= n; th.slice < 0 {
			th.nextSlice()
		}
	}
}

// nextSlice looks at the cancel flag and takes the next slice of work.
func (th *Thread) nextSlice() {
	if th.cancelled.Load() {
		th.slice = 0
		panic(&LimitError{Code: CodeCancelled, Message: "the evaluation was cancelled"})
	}
	owed := -th.slice
	if owed > th.work {
		th.slice, th.work = 0, 0
		ThrowLimit(CodeWork, "look for a loop, a recursion or a lazy seq without an end, or move the work into a :function step",
			"the evaluation did more than %d units of work", th.limits.Work)
	}
	th.work -= owed
	th.slice = min(workSlice, th.work)
	th.work -= th.slice
}

// bytesPerWork is how many built bytes cost as much as a unit of work: they are written, and collected later.
const bytesPerWork = 32

// ChargeSize spends n built bytes, and the work of building them: call it before building. Past a limit it raises a LimitError.
func (th *Thread) ChargeSize(n int64) {
	if th != nil {
		th.size -= n
		th.slice -= (n + bytesPerWork - 1) / bytesPerWork
		if th.size|th.slice < 0 {
			th.nextBuilt()
		}
	}
}

// nextBuilt is what ChargeSize does when the size or the slice of work is used up.
func (th *Thread) nextBuilt() {
	if th.size < 0 && th.later > 0 {
		th.size, th.later = th.size+th.later, 0
		if th.OnLarge != nil {
			th.OnLarge()
		}
	}
	if th.size < 0 {
		th.tooLarge()
	}
	th.Charge(0)
}

func (th *Thread) tooLarge() {
	th.size = 0
	ThrowLimit(CodeSize, "build less at once, or keep large data out of the evaluation with :persist",
		"the evaluation built more than %d bytes of strings and collections", th.limits.Size)
}

// Enter goes one level deeper; pair it with Leave. Past the limit it raises a LimitError.
func (th *Thread) Enter() {
	if th != nil {
		if th.depth++; th.depth > th.limit {
			th.tooDeep()
		}
	}
}

func (th *Thread) tooDeep() {
	th.depth--
	ThrowLimit(CodeDepth, "use loop/recur or a sequence function instead of deep recursion",
		"calls or data are nested more than %d levels deep", th.limit)
}

// Leave ends what Enter began.
func (th *Thread) Leave() {
	if th != nil {
		th.depth--
	}
}

// Depth is the current level: a try remembers it and gives it to Unwind in its catch.
func (th *Thread) Depth() int {
	if th == nil {
		return 0
	}
	return th.depth
}

// Unwind goes back to a level that Depth gave: the Leave calls that a panic jumped over.
func (th *Thread) Unwind(depth int) {
	if th != nil {
		th.depth = depth
	}
}

// Refill begins a new slice of work: the host calls it when the evaluation waited outside (at every step,
// replayed or not). Of the built size it gives back a small amount only (refillSize).
func (th *Thread) Refill() {
	if th != nil {
		th.slice, th.work = 0, th.limits.Work
		th.size = min(th.limits.Size-th.later, th.size+refillSize)
	}
}

// Cancel ends the evaluation at its next slice of work, and that of all its forks. Safe from any goroutine.
func (th *Thread) Cancel() {
	if th != nil {
		th.cancelled.Store(true)
	}
}

// Cancelled tells whether Cancel was called.
func (th *Thread) Cancelled() bool { return th != nil && th.cancelled.Load() }

// Limits are the bounds that th runs under.
func (th *Thread) Limits() Limits {
	if th == nil {
		return Limits{}.filled()
	}
	return th.limits
}

// WorkLeft is what remains of the current budget of work.
func (th *Thread) WorkLeft() int64 {
	if th == nil {
		return 0
	}
	return th.work + th.slice
}

// Machine is the evaluator's own state on this line; nil until SetMachine.
func (th *Thread) Machine() any {
	if th == nil {
		return nil
	}
	return th.machine
}

// SetMachine keeps the evaluator's own state.
func (th *Thread) SetMachine(m any) { th.machine = m }

// under tells whether th is other, or runs for it as a fork (of a fork ...).
func (th *Thread) under(other *Thread) bool {
	for t := th; t != nil; t = t.parent {
		if t == other {
			return true
		}
	}
	return false
}
