package eval

import "github.com/weir-run/weir/interpreter/value"

// Stage is one part of a for or doseq: a slot that iterates, bindings, a filter or an end.
type Stage struct {
	Kind  StageKind
	Coll  Node   // Each: what to iterate over
	Slot  int    // Each: where the element goes
	Binds []Bind // Bindings: what a pattern or :let binds
	Test  Tester // When, Going (a :while)
	Site  *Site
}

// StageKind tells stages apart.
type StageKind uint8

// The kinds of stages. The first one of a comprehension is Each.
const (
	Each StageKind = iota
	Bindings
	When
	Going
)

func (s *Stage) bind(m *Machine, fr []value.Value) {
	for i := range s.Binds {
		b := &s.Binds[i]
		fr[b.Slot] = b.Init.Eval(m, fr)
	}
}

// DoSeq is doseq: the body runs for every combination, in order. cost is the work of one.
func DoSeq(stages []Stage, body Node, cost int64) Node { return &doSeq{stages, body, cost} }

type doSeq struct {
	stages []Stage
	body   Node
	cost   int64
}

func (n *doSeq) Eval(m *Machine, fr []value.Value) value.Value {
	walk(n.stages, n.cost, m, fr, func() { n.body.Eval(m, fr) })
	return value.Nil
}

// EagerFor is a for whose body acts: it runs to the end at once.
func EagerFor(stages []Stage, body Node, cost int64) Node { return &eagerFor{stages, body, cost} }

type eagerFor struct {
	stages []Stage
	body   Node
	cost   int64
}

func (n *eagerFor) Eval(m *Machine, fr []value.Value) value.Value {
	var out []value.Value
	walk(n.stages, n.cost, m, fr, func() {
		m.th.ChargeSize(slotSize)
		out = append(out, n.body.Eval(m, fr))
	})
	if out == nil {
		return value.Of(value.EmptyList)
	}
	return value.FromSeq(value.SliceSeq(out))
}

// walk runs the stages from the first; false says that a :while ended the iteration around it.
func walk(stages []Stage, cost int64, m *Machine, fr []value.Value, body func()) bool {
	for i := range stages {
		s := &stages[i]
		switch s.Kind {
		case Each:
			coll := s.Coll.Eval(m, fr)
			m.site = s.Site
			value.Each(m.th, coll, func(v value.Value) bool {
				m.th.Charge(cost - 1) // Each charges one itself
				fr[s.Slot] = v
				return walk(stages[i+1:], cost, m, fr, body)
			})
			return true
		case Bindings:
			s.bind(m, fr)
		case When:
			if !s.Test.Test(m, fr) {
				return true
			}
		case Going:
			if !s.Test.Test(m, fr) {
				return false
			}
		}
	}
	body()
	return true
}

// ForSpec is a lazy for. Its stages and body run in a frame of their own.
type ForSpec struct {
	First  Node // the first stage's collection, evaluated at once and in the enclosing frame
	Stages []Stage
	Body   Node
	Size   int    // slots of the frame
	Loads  []Load // what the frame takes from the enclosing one
	Cost   int64  // work of one combination
}

// For makes the node of a lazy for.
func For(spec *ForSpec) Node { return &forNode{spec} }

type forNode struct{ *ForSpec }

func (n *forNode) Eval(m *Machine, fr []value.Value) value.Value {
	m.th.ChargeSize(2*headerSize + int64(n.Size)*slotSize)
	g := &generator{forNode: n, frame: make([]value.Value, n.Size), cursors: make([]cursor, len(n.Stages))}
	for _, l := range n.Loads {
		g.frame[l.To] = fr[l.From]
	}
	g.source = n.First.Eval(m, fr)
	return value.NewLazySeq(g.produce)
}

// generator is a for under way: it gives the elements chunk by chunk. What throws leaves it where it was, so that
// looking again tries again.
type generator struct {
	*forNode
	source  value.Value // the first collection, until its seq is taken
	frame   []value.Value
	cursors []cursor // where each Each stage stands
	at      int      // the stage to run next; len(stages) for the body, -1 at the end
	step    bool     // the Each stage at moves on, instead of beginning
	out     []value.Value
}

// maxForChunk is how many elements are computed at a time where the innermost collection is chunked, as in Clojure.
const maxForChunk = 32

func (g *generator) produce(th *value.Thread) value.Value {
	m := machineOf(th)
	for g.advance(m) {
		m.th.ChargeSize(2 * slotSize)
		v := g.Body.Eval(m, g.frame)
		g.at, g.step = g.last(len(g.Stages)), true
		inner := &g.cursors[g.at]
		if inner.chunk == nil && g.out == nil {
			return value.Cons(v, value.NewLazySeq(g.produce))
		}
		if g.out == nil {
			g.out = make([]value.Value, 0, min(len(inner.chunk)-inner.i, maxForChunk))
		}
		g.out = append(g.out, v)
		if inner.i+1 >= len(inner.chunk) || len(g.out) == maxForChunk {
			return value.NewChunk(g.take(), value.NewLazySeq(g.produce))
		}
	}
	return value.FromSeq(value.SliceSeq(g.take()))
}

func (g *generator) take() []value.Value {
	out := g.out
	g.out = nil
	return out
}

// advance goes on to the next combination; false at the end.
func (g *generator) advance(m *Machine) bool {
	for g.at < len(g.Stages) {
		if g.at < 0 {
			return false
		}
		s := &g.Stages[g.at]
		switch s.Kind {
		case Each:
			g.iterate(m, s)
		case Bindings:
			s.bind(m, g.frame)
			g.at++
		case When:
			if s.Test.Test(m, g.frame) {
				g.at++
			} else {
				g.at, g.step = g.last(g.at), true
			}
		case Going:
			if s.Test.Test(m, g.frame) {
				g.at++
			} else {
				g.at, g.step = g.last(g.last(g.at)), true
			}
		}
	}
	return true
}

// iterate begins or moves on the Each stage at g.at.
func (g *generator) iterate(m *Machine, s *Stage) {
	m.th.Charge(g.Cost)
	m.site = s.Site
	c := &g.cursors[g.at]
	more := true
	switch {
	case g.step:
		more = c.next(m.th)
	case g.at == 0:
		more = c.begin(m.th, g.source)
		g.source = value.Nil
	default:
		coll := s.Coll.Eval(m, g.frame)
		m.site = s.Site
		more = c.begin(m.th, coll)
	}
	if !more {
		*c = cursor{}
		g.at, g.step = g.last(g.at), true
		return
	}
	g.frame[s.Slot] = c.first(m.th)
	g.step = false
	g.at++
}

// last finds the Each stage before stage i, or -1.
func (g *generator) last(i int) int {
	for i--; i >= 0 && g.Stages[i].Kind != Each; i-- {
	}
	return i
}

// cursor is a place in a seq: in a chunk of it where it has chunks.
type cursor struct {
	seq   value.Seq
	chunk []value.Value
	i     int // in the chunk
}

func (c *cursor) begin(th *value.Thread, coll value.Value) bool {
	return c.set(value.SeqOf(th, coll))
}

func (c *cursor) set(s value.Seq) bool {
	*c = cursor{seq: s}
	if chunked, ok := s.(value.Chunked); ok {
		c.chunk = chunked.Chunk()
	}
	return s != nil
}

func (c *cursor) first(th *value.Thread) value.Value {
	if c.chunk != nil {
		return c.chunk[c.i]
	}
	return c.seq.First(th)
}

func (c *cursor) next(th *value.Thread) bool {
	if c.i+1 < len(c.chunk) {
		c.i++
		return true
	}
	if chunked, ok := c.seq.(value.Chunked); ok {
		return c.begin(th, chunked.AfterChunk(th))
	}
	return c.set(c.seq.Next(th))
}
