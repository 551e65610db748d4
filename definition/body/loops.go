package body

import (
	"github.com/weir-run/weir/definition/form"
	"github.com/weir-run/weir/interpreter/syntax"
)

// loops warns of loops around steps that nothing but a failure can end, and of those that repeat the very same
// steps, as fast as they answer, until the outside changes.
func (c *checker) loops(root *syntax.Node) {
	w := walker{visit: func(n *syntax.Node, p place) {
		switch form.Head(n, p.scope) {
		case "loop", "loop*":
			if len(n.Items) > 2 && n.Items[1].Kind == syntax.Vector {
				endless := recurs(n.Items[len(n.Items)-1], p.scope)
				c.cycle(&cycle{at: n.Items[0], again: "recur", bound: bindingNames(n.Items[1]), body: n.Items[2:], scope: p.scope}, endless)
			}
		case "while":
			if len(n.Items) > 1 {
				turn := &syntax.Node{Kind: syntax.List, Items: append([]*syntax.Node{whenSymbol, n.Items[1]}, append(n.Items[2:len(n.Items):len(n.Items)], recurForm)...)}
				c.cycle(&cycle{at: n.Items[0], again: "recur", body: []*syntax.Node{turn}, scope: p.scope}, always(n.Items[1]))
			}
		case "fn", "fn*":
			if len(n.Items) > 1 && n.Items[1].Kind == syntax.Symbol {
				c.recursion(n.Items[1], n.Items[2:], p.scope)
			}
		case "letfn", "letfn*":
			if len(n.Items) > 1 && n.Items[1].Kind == syntax.Vector {
				c.eachOther(n.Items[1].Items, p.scope)
			}
		}
	}}
	w.walk(root, place{})
}

// recursion checks a function that may call itself by its name.
func (c *checker) recursion(name *syntax.Node, rest []*syntax.Node, scope *form.Scope) {
	for _, a := range form.Arities(rest) {
		if mentions(a.Body, name.Name()) {
			turn := &cycle{at: name, again: name.Name(), bound: form.Bound(a.Params), body: a.Body, scope: scope}
			c.cycle(turn, turn.calls(a.Body))
		}
	}
}

// eachOther checks functions that see each other: each alone, and those that call one another without end.
func (c *checker) eachOther(functions []*syntax.Node, scope *form.Scope) {
	calls := map[string][]string{}
	for _, f := range functions {
		if f.Head() == nil {
			continue
		}
		c.recursion(f.Items[0], f.Items[1:], scope)
		for _, g := range functions {
			for _, a := range form.Arities(f.Items[1:]) {
				if h := g.Head(); h != nil && g != f && (&cycle{again: h.Name(), scope: scope}).calls(a.Body) {
					calls[f.Head().Name()] = append(calls[f.Head().Name()], h.Name())
				}
			}
		}
	}
	for _, f := range functions {
		if h := f.Head(); h != nil && len(Sites(f)) > 0 && reaches(calls, h.Name(), h.Name(), map[string]bool{}) {
			c.Warn(h, "endless-loop", "end it: let one of them return without calling the next", "%s and the functions that it calls go on for ever with this step", h.Name())
		}
	}
}

// reaches tells whether calls lead from one function to another.
func reaches(calls map[string][]string, from, to string, seen map[string]bool) bool {
	for _, next := range calls[from] {
		if next == to {
			return true
		}
		if !seen[next] {
			seen[next] = true
			if reaches(calls, next, to, seen) {
				return true
			}
		}
	}
	return false
}

func (c *checker) cycle(turn *cycle, endless bool) {
	steps := 0
	for _, n := range turn.body {
		for _, s := range Sites(n) {
			steps++
			if s.Type == "sleep" || s.Type == "wait" || s.Type == "" {
				turn.pauses = true
			}
		}
	}
	switch {
	case steps == 0:
	case endless:
		c.Warn(turn.at, "endless-loop", "end it: (if done? result (recur ...))", "nothing ends this loop of steps but a failure")
	case !turn.pauses && turn.same():
		c.Warn(turn.at, "unbounded-loop", "count the turns and stop at a number of them, pause by a :sleep step, or use flow/poll",
			"this loop repeats the same steps without a pause until their answer changes")
	}
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
