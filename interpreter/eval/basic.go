package eval

import "github.com/weir-run/weir/interpreter/value"

// Constant is a node that gives the same value each time.
type Constant struct{ Value value.Value }

// Eval gives the value.
func (n *Constant) Eval(*Machine, []value.Value) value.Value { return n.Value }

// Test tells whether the value counts as true.
func (n *Constant) Test(*Machine, []value.Value) bool { return n.Value.Truthy() }

// NilNode gives nil.
var NilNode = &Constant{}

// Local is a node that reads a slot.
type Local struct{ Slot int }

// Eval reads the slot.
func (n *Local) Eval(_ *Machine, fr []value.Value) value.Value { return fr[n.Slot] }

// Test tells whether what the slot holds counts as true.
func (n *Local) Test(_ *Machine, fr []value.Value) bool { return fr[n.Slot].Truthy() }

// Do evaluates its nodes in order and gives the value of the last.
func Do(nodes ...Node) Node {
	switch len(nodes) {
	case 0:
		return NilNode
	case 1:
		return nodes[0]
	case 2:
		return &do2{nodes[0], nodes[1]}
	}
	return &do{nodes[:len(nodes)-1], nodes[len(nodes)-1]}
}

type do2 struct{ first, last Node }

func (n *do2) Eval(m *Machine, fr []value.Value) value.Value {
	n.first.Eval(m, fr)
	return n.last.Eval(m, fr)
}

type do struct {
	first []Node
	last  Node
}

func (n *do) Eval(m *Machine, fr []value.Value) value.Value {
	for _, x := range n.first {
		x.Eval(m, fr)
	}
	return n.last.Eval(m, fr)
}

// Bind gives a slot the value of a node.
type Bind struct {
	Slot int
	Init Node
}

// Let runs the bindings in order, then the body.
func Let(binds []Bind, body Node) Node {
	switch len(binds) {
	case 0:
		return body
	case 1:
		return &let1{binds[0].Slot, binds[0].Init, body}
	}
	return &let{binds, body}
}

type let1 struct {
	slot int
	init Node
	body Node
}

func (n *let1) Eval(m *Machine, fr []value.Value) value.Value {
	fr[n.slot] = n.init.Eval(m, fr)
	return n.body.Eval(m, fr)
}

type let struct {
	binds []Bind
	body  Node
}

func (n *let) Eval(m *Machine, fr []value.Value) value.Value {
	for i := range n.binds {
		b := &n.binds[i]
		fr[b.Slot] = b.Init.Eval(m, fr)
	}
	return n.body.Eval(m, fr)
}

// If is (if test then else).
func If(test, then, els Node) Node { return &ifNode{TestOf(test), then, els} }

type ifNode struct {
	test      Tester
	then, els Node
}

func (n *ifNode) Eval(m *Machine, fr []value.Value) value.Value {
	if n.test.Test(m, fr) {
		return n.then.Eval(m, fr)
	}
	return n.els.Eval(m, fr)
}

// TestOf makes a Tester of any node.
func TestOf(n Node) Tester {
	if t, ok := n.(Tester); ok {
		return t
	}
	return truthy{n}
}

type truthy struct{ Node }

func (n truthy) Test(m *Machine, fr []value.Value) bool { return n.Eval(m, fr).Truthy() }

// Deep spends one level of depth on a node. The compiler puts one into every deeply nested
// expression, so that the depth limit bounds the Go stack whatever the shape of the code.
type Deep struct{ Node }

// Eval gives the value of the node inside.
func (n Deep) Eval(m *Machine, fr []value.Value) value.Value {
	m.th.Enter()
	v := n.Node.Eval(m, fr)
	m.th.Leave()
	return v
}

// SomeThread is some->: each step puts its value into the slot for the next one; the first nil ends it.
func SomeThread(slot int, steps []Node) Node {
	return &someThread{slot, steps[:len(steps)-1], steps[len(steps)-1]}
}

type someThread struct {
	slot  int
	steps []Node
	last  Node
}

func (n *someThread) Eval(m *Machine, fr []value.Value) value.Value {
	for _, x := range n.steps {
		v := x.Eval(m, fr)
		if v.IsNil() {
			return v
		}
		fr[n.slot] = v
	}
	return n.last.Eval(m, fr)
}
