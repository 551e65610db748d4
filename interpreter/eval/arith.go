package eval

import (
	"math/bits"

	"github.com/weir-run/weir/interpreter/value"
)

// Op is an operation on two numbers that has nodes of its own.
type Op uint8

// The operations. Whatever isn't two small integers or two doubles goes to the Builtin.
const (
	Add Op = iota
	Sub
	Mul
	Quot
	Rem
	Mod
	Less
	LessEq
	Greater
	GreaterEq
	NumEq // ==
)

// Arith is (op x y); b is the function of the core library.
func Arith(op Op, x, y Node, b *value.Builtin, site *Site) Node {
	rest := slow{op, b, site}
	if op >= Less {
		return compareNode(x, y, rest)
	}
	if a, ok := x.(*Local); ok {
		if k, ok := smallConstant(y); ok {
			return &arithSlotConst{a.Slot, k, rest}
		}
		if c, ok := y.(*Local); ok {
			return &arithSlots{a.Slot, c.Slot, rest}
		}
	}
	return &arith{x, y, rest}
}

func smallConstant(n Node) (int64, bool) {
	if c, ok := n.(*Constant); ok {
		return c.Value.AsInt()
	}
	return 0, false
}

// slow is the way out of a specialised node.
type slow struct {
	op   Op
	b    *value.Builtin
	site *Site
}

func (s *slow) call(m *Machine, x, y value.Value) value.Value {
	m.site = s.site
	return call2(m, s.b, x, y)
}

// call2 calls a builtin that takes two arguments.
func call2(m *Machine, b *value.Builtin, x, y value.Value) value.Value {
	if b.Fn2 != nil {
		return b.Fn2(m.th, x, y)
	}
	sp := m.sp
	args := m.frame(2)
	args[0], args[1] = x, y
	v := b.Fn(m.th, args)
	m.sp = sp
	return v
}

// call1 calls a builtin that takes one argument.
func call1(m *Machine, b *value.Builtin, x value.Value) value.Value {
	if b.Fn1 != nil {
		return b.Fn1(m.th, x)
	}
	sp := m.sp
	args := m.frame(1)
	args[0] = x
	v := b.Fn(m.th, args)
	m.sp = sp
	return v
}

// integers computes op on int64s; false where Clojure would throw or leave them.
func integers(op Op, i, j int64) (int64, bool) {
	switch op {
	case Add:
		r := i + j
		return r, (i^r)&(j^r) >= 0
	case Sub:
		r := i - j
		return r, (i^j)&(i^r) >= 0
	case Mul:
		return multiply(i, j)
	}
	if j == 0 || j == -1 {
		return 0, false
	}
	switch op {
	case Quot:
		return i / j, true
	case Rem:
		return i % j, true
	default: // Mod
		r := i % j
		if r != 0 && (r < 0) != (j < 0) {
			r += j
		}
		return r, true
	}
}

func multiply(i, j int64) (int64, bool) {
	if int64(int32(i)) == i && int64(int32(j)) == j {
		return i * j, true
	}
	negative := (i < 0) != (j < 0)
	hi, lo := bits.Mul64(magnitude(i), magnitude(j))
	if hi != 0 || lo > 1<<63 || lo == 1<<63 && !negative {
		return 0, false
	}
	return i * j, true
}

func magnitude(i int64) uint64 {
	if i < 0 {
		return -uint64(i)
	}
	return uint64(i)
}

func (s *slow) numbers(m *Machine, x, y value.Value) value.Value {
	if i, ok := x.AsInt(); ok {
		if j, ok := y.AsInt(); ok {
			if r, ok := integers(s.op, i, j); ok {
				return value.Int(r)
			}
		}
	} else if f, ok := x.AsDouble(); ok {
		if g, ok := y.AsDouble(); ok {
			switch s.op {
			case Add:
				return value.Double(f + g)
			case Sub:
				return value.Double(f - g)
			case Mul:
				return value.Double(f * g)
			}
		}
	}
	return s.call(m, x, y)
}

type arith struct {
	x, y Node
	slow
}

func (n *arith) Eval(m *Machine, fr []value.Value) value.Value {
	x := n.x.Eval(m, fr)
	y := n.y.Eval(m, fr)
	if n.op == Add {
		if i, ok := x.AsInt(); ok {
			if j, ok := y.AsInt(); ok {
				if r := i + j; (i^r)&(j^r) >= 0 {
					return value.Int(r)
				}
			}
		}
	}
	return n.numbers(m, x, y)
}

type arithSlots struct {
	x, y int
	slow
}

func (n *arithSlots) Eval(m *Machine, fr []value.Value) value.Value {
	x, y := fr[n.x], fr[n.y]
	if n.op == Add {
		if i, ok := x.AsInt(); ok {
			if j, ok := y.AsInt(); ok {
				if r := i + j; (i^r)&(j^r) >= 0 {
					return value.Int(r)
				}
			}
		}
	}
	return n.numbers(m, x, y)
}

type arithSlotConst struct {
	x int
	k int64
	slow
}

func (n *arithSlotConst) Eval(m *Machine, fr []value.Value) value.Value {
	if i, ok := fr[n.x].AsInt(); ok {
		switch n.op {
		case Add:
			if r := i + n.k; (i^r)&(n.k^r) >= 0 {
				return value.Int(r)
			}
		case Sub:
			if r := i - n.k; (i^n.k)&(i^r) >= 0 {
				return value.Int(r)
			}
		}
	}
	return n.numbers(m, fr[n.x], value.Int(n.k))
}
