package eval

import "github.com/weir-run/weir/interpreter/value"

// Case picks by constant: keys[i] leads to thens[which[i]]. els is nil where there is no default.
func Case(x Node, keys []value.Value, which []int, thens []Node, els Node, site *Site) Node {
	n := &caseNode{x: x, thens: thens, els: els, site: site}
	if len(keys) <= maxScan {
		for i, k := range keys {
			if _, ok := k.AsKeyword(); !ok {
				n.scan = nil
				break
			}
			n.scan = append(n.scan, keyedClause{k, which[i]})
		}
	}
	if n.scan == nil {
		table := value.EmptyMap
		for i, k := range keys {
			table = table.Assoc(nil, k, value.Int(int64(which[i])))
		}
		n.table = table
	}
	return n
}

// maxScan is up to how many keywords are compared one by one.
const maxScan = 8

type keyedClause struct {
	key  value.Value
	then int
}

type caseNode struct {
	x     Node
	scan  []keyedClause // of keywords only, or
	table *value.Map    // constant -> index of its clause
	thens []Node
	els   Node
	site  *Site
}

func (n *caseNode) Eval(m *Machine, fr []value.Value) value.Value {
	x := n.x.Eval(m, fr)
	if n.scan != nil {
		for i := range n.scan {
			if n.scan[i].key == x {
				return n.thens[n.scan[i].then].Eval(m, fr)
			}
		}
	} else {
		m.site = n.site
		if at, ok := n.table.Own(m.th, x); ok {
			i, _ := at.AsInt()
			return n.thens[i].Eval(m, fr)
		}
	}
	if n.els != nil {
		return n.els.Eval(m, fr)
	}
	m.site = n.site
	throwNoClause(m, x)
	return value.Nil
}

func throwNoClause(m *Machine, x value.Value) {
	value.ThrowHint("IllegalArgumentException", "no-clause", "add a default: one more form at the end",
		"No matching clause: %s", value.Text(m.th, x))
}

// CondpClause is one clause of condp: Pass calls Then with what the test gave (the :>> form).
type CondpClause struct {
	Test, Then Node // Test calls the predicate on the constant and the slot of the expression
	Pass       bool
}

// Condp evaluates x into slot, then the clauses until one holds. els is nil where there is no default.
func Condp(x Node, slot int, clauses []CondpClause, els Node, site *Site) Node {
	return &condp{x, slot, clauses, els, site}
}

type condp struct {
	x       Node
	slot    int
	clauses []CondpClause
	els     Node
	site    *Site
}

func (n *condp) Eval(m *Machine, fr []value.Value) value.Value {
	fr[n.slot] = n.x.Eval(m, fr)
	for i := range n.clauses {
		c := &n.clauses[i]
		found := c.Test.Eval(m, fr)
		if !found.Truthy() {
			continue
		}
		if !c.Pass {
			return c.Then.Eval(m, fr)
		}
		call := callNode1{c.Then, &Constant{found}, n.site}
		return call.Eval(m, fr)
	}
	if n.els != nil {
		return n.els.Eval(m, fr)
	}
	m.site = n.site
	throwNoClause(m, fr[n.slot])
	return value.Nil
}

// Assert throws an AssertionError with the message that text gives unless the test holds.
func Assert(test Node, text Node, site *Site) Node { return &assert{TestOf(test), text, site} }

type assert struct {
	test Tester
	text Node
	site *Site
}

func (n *assert) Eval(m *Machine, fr []value.Value) value.Value {
	if n.test.Test(m, fr) {
		return value.Nil
	}
	message := value.Text(m.th, n.text.Eval(m, fr))
	m.site = n.site
	panic(&value.Exception{Class: "AssertionError", Message: message, Code: "assertion"})
}
