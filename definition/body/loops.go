package body

import (
	"github.com/weir-run/weir/definition/form"
	"github.com/weir-run/weir/interpreter/syntax"
)

// loops warns of loops around steps that nothing but a failure can end.
func (c *checker) loops(root *syntax.Node) {
	w := walker{visit: func(n *syntax.Node, p place) {
		name := form.Head(n, p.scope)
		endless := false
		switch {
		case name == "loop" && len(n.Items) > 2:
			endless = recurs(n.Items[len(n.Items)-1], p.scope)
		case name == "while" && len(n.Items) > 1:
			endless = always(n.Items[1])
		}
		if endless && len(Sites(n)) > 0 {
			c.Warn(n.Items[0], "endless-loop", "end it: (if done? result (recur ...))", "nothing ends this loop of steps but a failure")
		}
	}}
	w.walk(root, place{})
}

// recurs tells whether every way through a form in tail position leads to recur.
func recurs(n *syntax.Node, s *form.Scope) bool {
	n = form.Expand(n, s)
	if n.Kind != syntax.List || len(n.Items) < 2 {
		return form.Head(n, s) == "recur"
	}
	last := n.Items[len(n.Items)-1]
	switch form.Head(n, s) {
	case "recur":
		return true
	case "do", "let", "let*", "letfn":
		return recurs(last, s)
	case "when":
		return always(n.Items[1]) && recurs(last, s)
	case "if", "if-not":
		return len(n.Items) == 4 && recurs(n.Items[2], s) && recurs(n.Items[3], s)
	case "if-let", "if-some":
		return len(n.Items) == 4 && recurs(n.Items[2], s) && recurs(n.Items[3], s)
	case "cond":
		return condRecurs(n.Items[1:], s)
	}
	return false
}

func condRecurs(clauses []*syntax.Node, s *form.Scope) bool {
	for i := 0; i+1 < len(clauses); i += 2 {
		if !recurs(clauses[i+1], s) {
			return false
		}
		if always(clauses[i]) {
			return true
		}
	}
	return false
}

// always tells whether a test is written as something true.
func always(n *syntax.Node) bool { return n.Kind == syntax.Literal && n.Value.Truthy() }
