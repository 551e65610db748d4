package eval

import (
	"sync"

	"github.com/weir-run/weir/interpreter/value"
)

// Node is one compiled form. Nodes are immutable once compiled and shared by all evaluations.
type Node interface {
	Eval(m *Machine, fr []value.Value) value.Value
}

// Tester is a node that can answer yes or no without making a value of it.
type Tester interface {
	Test(m *Machine, fr []value.Value) bool
}

// Site is where something stands that can throw or call.
type Site struct {
	Pos  value.Pos
	Name string // what is called, as the author wrote it; may be empty
}

// Machine is the evaluator's state on one Thread: the value stack, in chunks that never move, and the calls
// under way. Frames are released by resetting sp alone.
type Machine struct {
	th     *value.Thread
	stack  []value.Value // the chunk in use
	base   int           // place of stack[0] in the whole stack
	sp     int           // first free place of the whole stack
	site   *Site         // what was begun last: where an exception without a position happened
	calls  []call        // calls under way are calls[:ncalls]
	ncalls int
	chunks []chunk
	chunk  int // index of the chunk in use
}

type call struct {
	fn   *Proto
	site *Site
}

type chunk struct {
	slots []value.Value
	base  int
}

// The value stack grows by chunks that double, from firstChunk slots up to maxChunk.
const (
	firstChunk = 128 // small: a run that waits holds its machine
	maxChunk   = 1 << 16
	firstCalls = 32
)

var pool = sync.Pool{New: func() any { return newMachine() }}

func newMachine() *Machine {
	slots := make([]value.Value, firstChunk)
	return &Machine{stack: slots, chunks: []chunk{{slots, 0}}, calls: make([]call, firstCalls)}
}

// machineOf returns th's machine; it makes one for a thread that has none (a fork, or a callback from the host).
func machineOf(th *value.Thread) *Machine {
	if m, ok := th.Machine().(*Machine); ok {
		return m
	}
	if th == nil {
		th = value.NewThread(value.Limits{})
	}
	m := newMachine()
	m.th = th
	th.SetMachine(m)
	return m
}

// acquire gives th a machine from the pool unless it has one; release gives that one back.
func acquire(th *value.Thread) (m *Machine, fresh bool) {
	if m, ok := th.Machine().(*Machine); ok {
		return m, false
	}
	m = pool.Get().(*Machine)
	m.th = th
	th.SetMachine(m)
	return m, true
}

// release forgets what the evaluation left on the stack. Slots are used from the bottom up, so it stops at the
// first long stretch of empty ones.
func (m *Machine) release() {
	m.th.SetMachine(nil)
	m.th, m.site = nil, nil
	first := m.chunks[0]
	for at := 0; at < len(first.slots); {
		end := min(at+clearStretch, len(first.slots))
		used := false
		for i := at; i < end; i++ {
			if !first.slots[i].IsNil() {
				used = true
				break
			}
		}
		if !used {
			break
		}
		clear(first.slots[at:end])
		at = end
	}
	clear(m.chunks[1:])
	m.chunks, m.chunk = m.chunks[:1], 0
	m.stack, m.base, m.sp = first.slots, 0, 0
	if len(m.calls) > firstCalls {
		m.calls = make([]call, firstCalls)
	}
	m.ncalls = 0
	pool.Put(m)
}

const clearStretch = 32

// frame reserves n slots above sp. The caller resets sp when it is done with them; they hold leftovers.
func (m *Machine) frame(n int) []value.Value {
	lo := m.sp - m.base
	hi := lo + n
	if lo < 0 || hi > len(m.stack) {
		return m.farFrame(n)
	}
	m.sp += n
	return m.stack[lo:hi:hi]
}

// farFrame reserves n slots that don't lie in the chunk in use: sp went back below it, or it is full.
func (m *Machine) farFrame(n int) []value.Value {
	for m.chunk > 0 && m.sp < m.base {
		m.use(m.chunk - 1)
	}
	if m.sp-m.base+n > len(m.stack) {
		next, base := m.chunk+1, m.base+len(m.stack)
		if next >= len(m.chunks) || len(m.chunks[next].slots) < n {
			size := max(n, min(2*len(m.stack), maxChunk))
			m.chunks = append(m.chunks[:next], chunk{make([]value.Value, size), base})
		}
		m.use(next)
		m.sp = base
	}
	lo := m.sp - m.base
	m.sp += n
	return m.stack[lo : lo+n : lo+n]
}

func (m *Machine) use(i int) {
	m.chunk, m.stack, m.base = i, m.chunks[i].slots, m.chunks[i].base
}

// mark is a place to come back to after an exception.
type mark struct {
	sp, ncalls, depth int
	site              *Site
}

func (m *Machine) mark() mark { return mark{m.sp, m.ncalls, m.th.Depth(), m.site} }

func (m *Machine) unwind(to mark) {
	m.sp, m.ncalls, m.site = to.sp, to.ncalls, to.site
	m.th.Unwind(to.depth)
}

// MaxTrace is how many calls, innermost first, the stack of an exception or limit keeps.
const MaxTrace = 50

// place is the position and the stack of named functions of what is being evaluated right now.
func (m *Machine) place() (value.Pos, []value.Frame) {
	var pos value.Pos
	if m.site != nil {
		pos = m.site.Pos
	}
	var stack []value.Frame
	for i := m.ncalls - 1; i >= 0 && len(stack) < MaxTrace; i-- {
		if c := m.calls[i]; c.fn.Name != "" {
			frame := value.Frame{Fn: c.fn.Name}
			if c.site != nil {
				frame.Pos = c.site.Pos
			}
			stack = append(stack, frame)
		}
	}
	return pos, stack
}

// locate fills in where e was thrown, unless an inner mouth or try has done so.
func (m *Machine) locate(e *value.Exception) {
	if e.Pos.Line == 0 {
		e.Pos, e.Stack = m.place()
	}
}
