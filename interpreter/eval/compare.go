package eval

import "github.com/weir-run/weir/interpreter/value"

func compareNode(x, y Node, rest slow) Node {
	if a, ok := x.(*Local); ok {
		if k, ok := smallConstant(y); ok {
			return &compareSlotConst{a.Slot, k, rest}
		}
		if c, ok := y.(*Local); ok {
			return &compareSlots{a.Slot, c.Slot, rest}
		}
	}
	return &compare{x, y, rest}
}

func ordered(op Op, i, j int64) bool {
	switch op {
	case Less:
		return i < j
	case LessEq:
		return i <= j
	case Greater:
		return i > j
	case GreaterEq:
		return i >= j
	default:
		return i == j
	}
}

func (s *slow) compare(m *Machine, x, y value.Value) bool {
	if i, ok := x.AsInt(); ok {
		if j, ok := y.AsInt(); ok {
			return ordered(s.op, i, j)
		}
	} else if f, ok := x.AsDouble(); ok {
		if g, ok := y.AsDouble(); ok {
			switch s.op {
			case Less:
				return f < g
			case LessEq:
				return f <= g
			case Greater:
				return f > g
			case GreaterEq:
				return f >= g
			default:
				return f == g
			}
		}
	}
	return s.call(m, x, y).Truthy()
}

type compare struct {
	x, y Node
	slow
}

func (n *compare) Eval(m *Machine, fr []value.Value) value.Value { return value.Bool(n.Test(m, fr)) }
func (n *compare) Test(m *Machine, fr []value.Value) bool {
	x := n.x.Eval(m, fr)
	return n.compare(m, x, n.y.Eval(m, fr))
}

type compareSlots struct {
	x, y int
	slow
}

func (n *compareSlots) Eval(m *Machine, fr []value.Value) value.Value {
	return value.Bool(n.Test(m, fr))
}

func (n *compareSlots) Test(m *Machine, fr []value.Value) bool {
	if i, ok := fr[n.x].AsInt(); ok {
		if j, ok := fr[n.y].AsInt(); ok {
			return ordered(n.op, i, j)
		}
	}
	return n.compare(m, fr[n.x], fr[n.y])
}

type compareSlotConst struct {
	x int
	k int64
	slow
}

func (n *compareSlotConst) Eval(m *Machine, fr []value.Value) value.Value {
	return value.Bool(n.Test(m, fr))
}

func (n *compareSlotConst) Test(m *Machine, fr []value.Value) bool {
	if i, ok := fr[n.x].AsInt(); ok {
		return ordered(n.op, i, n.k)
	}
	return n.compare(m, fr[n.x], value.Int(n.k))
}

// Equal is (= x y), or (not= x y) when negated.
func Equal(x, y Node, negated bool, site *Site) Node {
	if k, ok := identityConstant(y); ok {
		return &equalConst{x, k, negated}
	}
	if k, ok := identityConstant(x); ok {
		return &equalConst{y, k, negated}
	}
	return &equal{x, y, negated, site}
}

// identityConstant finds a keyword: equal ones are the same pointer.
func identityConstant(n Node) (*value.Keyword, bool) {
	if c, ok := n.(*Constant); ok {
		return c.Value.AsKeyword()
	}
	return nil, false
}

type equalConst struct {
	x       Node
	k       *value.Keyword
	negated bool
}

func (n *equalConst) Eval(m *Machine, fr []value.Value) value.Value { return value.Bool(n.Test(m, fr)) }
func (n *equalConst) Test(m *Machine, fr []value.Value) bool {
	k, _ := n.x.Eval(m, fr).AsKeyword()
	return (k == n.k) != n.negated
}

type equal struct {
	x, y    Node
	negated bool
	site    *Site
}

func (n *equal) Eval(m *Machine, fr []value.Value) value.Value { return value.Bool(n.Test(m, fr)) }
func (n *equal) Test(m *Machine, fr []value.Value) bool {
	x := n.x.Eval(m, fr)
	y := n.y.Eval(m, fr)
	if i, ok := x.AsInt(); ok {
		if j, ok := y.AsInt(); ok {
			return (i == j) != n.negated
		}
	}
	m.site = n.site
	return value.Equal(m.th, x, y) != n.negated
}

// Question is a predicate on one integer that has a node of its own.
type Question uint8

// The predicates.
const (
	IsZero Question = iota
	IsPos
	IsNeg
	IsEven
	IsOdd
)

// Ask is (pred x); b is the function of the core library.
func Ask(q Question, x Node, b *value.Builtin, site *Site) Node { return &ask{x, q, b, site} }

type ask struct {
	x    Node
	q    Question
	b    *value.Builtin
	site *Site
}

func (n *ask) Eval(m *Machine, fr []value.Value) value.Value { return value.Bool(n.Test(m, fr)) }
func (n *ask) Test(m *Machine, fr []value.Value) bool {
	x := n.x.Eval(m, fr)
	i, ok := x.AsInt()
	if !ok {
		m.site = n.site
		return call1(m, n.b, x).Truthy()
	}
	switch n.q {
	case IsZero:
		return i == 0
	case IsPos:
		return i > 0
	case IsNeg:
		return i < 0
	case IsEven:
		return i&1 == 0
	default:
		return i&1 == 1
	}
}
