package eval

import (
	"slices"

	"github.com/weir-run/weir/interpreter/value"
)

// Estimated bytes of what literals and closures build, for the limit of size.
const (
	slotSize   = 24
	headerSize = 64
)

// NewVector makes a vector of what its nodes give.
func NewVector(items []Node) Node { return &vectorNode{items} }

type vectorNode struct{ items []Node }

func (n *vectorNode) Eval(m *Machine, fr []value.Value) value.Value {
	m.th.ChargeSize(headerSize + int64(len(n.items))*slotSize)
	vs := make([]value.Value, len(n.items))
	for i, x := range n.items {
		vs[i] = x.Eval(m, fr)
	}
	return value.VectorFrom(vs)
}

// NewMap makes a map of alternating keys and values. distinct says that the keys are constants
// which the compiler found to differ.
func NewMap(items []Node, distinct bool, site *Site) Node { return &mapNode{items, distinct, site} }

type mapNode struct {
	items    []Node
	distinct bool
	site     *Site
}

func (n *mapNode) Eval(m *Machine, fr []value.Value) value.Value {
	m.th.ChargeSize(headerSize + int64(len(n.items))*slotSize)
	kvs := make([]value.Value, len(n.items))
	for i, x := range n.items {
		kvs[i] = x.Eval(m, fr)
	}
	if n.distinct {
		return value.Of(value.MapOfDistinct(kvs))
	}
	m.site = n.site
	mp := value.MapOf(m.th, kvs)
	if 2*mp.Len() != len(kvs) {
		for i := 2; i < len(kvs); i += 2 {
			for j := 0; j < i; j += 2 {
				if value.Equal(m.th, kvs[i], kvs[j]) {
					throwDuplicate(m, kvs[i])
				}
			}
		}
	}
	return value.Of(mp)
}

// NewSet makes a set of what its nodes give.
func NewSet(items []Node, site *Site) Node { return &setNode{items, site} }

type setNode struct {
	items []Node
	site  *Site
}

func (n *setNode) Eval(m *Machine, fr []value.Value) value.Value {
	m.th.ChargeSize(headerSize + int64(len(n.items))*2*slotSize)
	set := value.EmptySet
	for _, x := range n.items {
		v := x.Eval(m, fr)
		m.site = n.site
		if set.Has(m.th, v) {
			throwDuplicate(m, v)
		}
		set = set.Add(m.th, v)
	}
	return value.Of(set)
}

func throwDuplicate(m *Machine, key value.Value) {
	value.ThrowHint("IllegalArgumentException", "duplicate-key", "two items of this literal came out equal",
		"Duplicate key: %s", value.PrStr(m.th, key))
}

// WithMeta attaches metadata to the value of a node.
func WithMeta(x, meta Node) Node { return &withMeta{x, meta} }

type withMeta struct{ x, meta Node }

func (n *withMeta) Eval(m *Machine, fr []value.Value) value.Value {
	meta := n.meta.Eval(m, fr)
	return value.WithMeta(n.x.Eval(m, fr), meta)
}

// MakeFn makes the closure of a fn form: captured lists, for each captured value, its slot in the frame
// where the form stands; Self marks the function's own value.
func MakeFn(p *Proto, captured []int) Node {
	if len(captured) == 0 {
		return &Constant{NewFn(p)}
	}
	return &makeFn{p, slices.Clone(captured)}
}

// Self, as a captured slot, is the closure that is being made.
const Self = -1

type makeFn struct {
	proto    *Proto
	captured []int
}

// Proto is what is known about the function before it is made.
func (n *makeFn) Proto() *Proto { return n.proto }

func (n *makeFn) Eval(m *Machine, fr []value.Value) value.Value {
	return value.Of(n.fill(n.alloc(m), fr))
}

// alloc makes a closure whose captured values are still to come.
func (n *makeFn) alloc(m *Machine) *Fn {
	m.th.ChargeSize(headerSize + int64(len(n.captured))*slotSize)
	switch len(n.captured) {
	case 1:
		f := &struct {
			Fn
			captured [1]value.Value
		}{}
		f.proto, f.Fn.captured = n.proto, f.captured[:]
		return &f.Fn
	case 2:
		f := &struct {
			Fn
			captured [2]value.Value
		}{}
		f.proto, f.Fn.captured = n.proto, f.captured[:]
		return &f.Fn
	case 3:
		f := &struct {
			Fn
			captured [3]value.Value
		}{}
		f.proto, f.Fn.captured = n.proto, f.captured[:]
		return &f.Fn
	}
	return &Fn{proto: n.proto, captured: make([]value.Value, len(n.captured))}
}

func (n *makeFn) fill(f *Fn, fr []value.Value) *Fn {
	for i, slot := range n.captured {
		if slot == Self {
			f.captured[i] = value.Of(f)
		} else {
			f.captured[i] = fr[slot]
		}
	}
	return f
}

// LetFn makes functions that can all call each other, then evaluates the body. Every function is a node
// that MakeFn gave.
func LetFn(binds []Bind, body Node) Node { return &letFn{binds, body} }

type letFn struct {
	binds []Bind
	body  Node
}

func (n *letFn) Eval(m *Machine, fr []value.Value) value.Value {
	for _, b := range n.binds {
		if mk, ok := b.Init.(*makeFn); ok {
			fr[b.Slot] = value.Of(mk.alloc(m))
		} else {
			fr[b.Slot] = b.Init.Eval(m, fr)
		}
	}
	for _, b := range n.binds {
		if mk, ok := b.Init.(*makeFn); ok {
			mk.fill(fr[b.Slot].Ref().(*Fn), fr)
		}
	}
	return n.body.Eval(m, fr)
}
