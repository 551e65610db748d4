package eval

import "github.com/weir-run/weir/interpreter/value"

// recurring is what a recur gives to its loop, in a Value that nobody else sees.
type recurring struct{ _ byte }

var again = value.Of(new(recurring))

func isAgain(v value.Value) bool {
	_, ok := v.Ref().(*recurring)
	return ok
}

// Loop runs its body until that gives anything but recur; the binds take apart again what recur gave.
func Loop(body Node, again []Bind, cost int64, site *Site) Node {
	return &loop{body, again, cost, site}
}

type loop struct {
	body  Node
	again []Bind
	cost  int64 // work of a turn
	site  *Site
}

func (n *loop) Eval(m *Machine, fr []value.Value) value.Value {
	for {
		v := n.body.Eval(m, fr)
		if !isAgain(v) {
			return v
		}
		m.site = n.site
		m.th.Charge(n.cost)
		for i := range n.again {
			b := &n.again[i]
			fr[b.Slot] = b.Init.Eval(m, fr)
		}
	}
}

// Recur gives the slots of a loop their new values and makes it turn. Slots that keep their value may be
// left out.
func Recur(binds []Bind) Node {
	switch len(binds) {
	case 1:
		return &recur1{binds[0]}
	case 2:
		return &recur2{binds[0], binds[1]}
	}
	return &recur{binds}
}

type recur1 struct{ Bind }

func (n *recur1) Eval(m *Machine, fr []value.Value) value.Value {
	fr[n.Slot] = n.Init.Eval(m, fr)
	return again
}

type recur2 struct{ a, b Bind }

func (n *recur2) Eval(m *Machine, fr []value.Value) value.Value {
	a := n.a.Init.Eval(m, fr)
	b := n.b.Init.Eval(m, fr)
	fr[n.a.Slot] = a
	fr[n.b.Slot] = b
	return again
}

type recur struct{ binds []Bind }

func (n *recur) Eval(m *Machine, fr []value.Value) value.Value {
	sp := m.sp
	next := m.frame(len(n.binds))
	for i := range n.binds {
		next[i] = n.binds[i].Init.Eval(m, fr)
	}
	for i := range n.binds {
		fr[n.binds[i].Slot] = next[i]
	}
	m.sp = sp
	return again
}

// While evaluates the body as long as the test holds; its value is nil.
func While(test, body Node, cost int64, site *Site) Node {
	return &while{TestOf(test), body, cost, site}
}

type while struct {
	test Tester
	body Node
	cost int64
	site *Site
}

func (n *while) Eval(m *Machine, fr []value.Value) value.Value {
	for n.test.Test(m, fr) {
		n.body.Eval(m, fr)
		m.site = n.site
		m.th.Charge(n.cost)
	}
	return value.Nil
}

// DoTimes evaluates the body with slot at 0, 1, ... below what count gives: an integer.
func DoTimes(slot int, count, body Node, cost int64, site *Site) Node {
	return &doTimes{slot, count, body, cost, site}
}

type doTimes struct {
	slot  int
	count Node
	body  Node
	cost  int64
	site  *Site
}

func (n *doTimes) Eval(m *Machine, fr []value.Value) value.Value {
	count, _ := n.count.Eval(m, fr).AsInt()
	for i := int64(0); i < count; i++ {
		fr[n.slot] = value.Int(i)
		n.body.Eval(m, fr)
		m.site = n.site
		m.th.Charge(n.cost)
	}
	return value.Nil
}
