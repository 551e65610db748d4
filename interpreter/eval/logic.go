package eval

import "github.com/weir-run/weir/interpreter/value"

// And is (and a b ...) of at least one node.
func And(nodes []Node) Node {
	last := len(nodes) - 1
	if last == 0 {
		return nodes[0]
	}
	return &and{testers(nodes), nodes[:last], nodes[last]}
}

type and struct {
	tests []Tester // of all, the last included
	nodes []Node   // all but the last
	last  Node
}

func (n *and) Eval(m *Machine, fr []value.Value) value.Value {
	for _, x := range n.nodes {
		if v := x.Eval(m, fr); !v.Truthy() {
			return v
		}
	}
	return n.last.Eval(m, fr)
}

func (n *and) Test(m *Machine, fr []value.Value) bool {
	for _, x := range n.tests {
		if !x.Test(m, fr) {
			return false
		}
	}
	return true
}

// Or is (or a b ...) of at least one node.
func Or(nodes []Node) Node {
	last := len(nodes) - 1
	if last == 0 {
		return nodes[0]
	}
	return &or{testers(nodes), nodes[:last], nodes[last]}
}

type or struct {
	tests []Tester // of all, the last included
	nodes []Node   // all but the last
	last  Node
}

func (n *or) Eval(m *Machine, fr []value.Value) value.Value {
	for _, x := range n.nodes {
		if v := x.Eval(m, fr); v.Truthy() {
			return v
		}
	}
	return n.last.Eval(m, fr)
}

func (n *or) Test(m *Machine, fr []value.Value) bool {
	for _, x := range n.tests {
		if x.Test(m, fr) {
			return true
		}
	}
	return false
}

func testers(nodes []Node) []Tester {
	out := make([]Tester, len(nodes))
	for i, n := range nodes {
		out[i] = TestOf(n)
	}
	return out
}

// Not is (not x).
func Not(x Node) Node { return &not{TestOf(x)} }

type not struct{ x Tester }

func (n *not) Eval(m *Machine, fr []value.Value) value.Value { return value.Bool(!n.x.Test(m, fr)) }
func (n *not) Test(m *Machine, fr []value.Value) bool        { return !n.x.Test(m, fr) }

// IsNil is (nil? x), or (some? x) when negated.
func IsNil(x Node, negated bool) Node { return &isNil{x, negated} }

type isNil struct {
	x       Node
	negated bool
}

func (n *isNil) Eval(m *Machine, fr []value.Value) value.Value { return value.Bool(n.Test(m, fr)) }
func (n *isNil) Test(m *Machine, fr []value.Value) bool {
	return n.x.Eval(m, fr).IsNil() != n.negated
}

// Clause is a test and what it leads to.
type Clause struct {
	Test Tester
	Then Node
}

// Cond evaluates the tests in order and the Then of the first that holds, else els.
func Cond(clauses []Clause, els Node) Node {
	if len(clauses) == 1 {
		return &ifNode{clauses[0].Test, clauses[0].Then, els}
	}
	return &cond{clauses, els}
}

type cond struct {
	clauses []Clause
	els     Node
}

func (n *cond) Eval(m *Machine, fr []value.Value) value.Value {
	for i := range n.clauses {
		if c := &n.clauses[i]; c.Test.Test(m, fr) {
			return c.Then.Eval(m, fr)
		}
	}
	return n.els.Eval(m, fr)
}

// Label is the metadata that names a branch.
type Label struct {
	Text, Yes, No string
	Pos           value.Pos
}

// tell reports the decision to the thread's listener.
func (l *Label) tell(m *Machine, yes bool) {
	if m.th.OnDecision == nil {
		return
	}
	answer := l.No
	if yes {
		answer = l.Yes
	}
	m.th.OnDecision(value.Decision{Label: l.Text, Answer: answer, Yes: yes, Pos: l.Pos})
}

// Decide reports the outcome of a test under a label.
func Decide(test Node, label *Label) Node { return &decide{TestOf(test), label} }

type decide struct {
	test  Tester
	label *Label
}

func (n *decide) Eval(m *Machine, fr []value.Value) value.Value { return value.Bool(n.Test(m, fr)) }
func (n *decide) Test(m *Machine, fr []value.Value) bool {
	yes := n.test.Test(m, fr)
	n.label.tell(m, yes)
	return yes
}

// Decided reports a fixed outcome, then evaluates the branch that it led to.
func Decided(branch Node, label *Label, yes bool) Node { return &decided{branch, label, yes} }

type decided struct {
	branch Node
	label  *Label
	yes    bool
}

func (n *decided) Eval(m *Machine, fr []value.Value) value.Value {
	n.label.tell(m, n.yes)
	return n.branch.Eval(m, fr)
}
