package body

import (
	"github.com/weir-run/weir/definition/form"
	"github.com/weir-run/weir/interpreter/syntax"
)

// place is where a form stands: the locals in sight, whether it may run more than once,
// and which arms of branches lead to it.
type place struct {
	scope   *form.Scope
	repeat  bool        // in a loop or a function
	looping bool        // in a loop
	turn    *form.Scope // the locals that the innermost loop binds anew on each turn
	arms    *arm
}

// arm is one way out of a branch, innermost first.
type arm struct {
	outer  *arm
	branch *syntax.Node
	index  int
}

// excludes tells whether two places lie in different arms of one branch, so that a single
// evaluation can't pass through both.
func (p place) excludes(q place) bool {
	for a := p.arms; a != nil; a = a.outer {
		for b := q.arms; b != nil; b = b.outer {
			if a.branch == b.branch && a.index != b.index {
				return true
			}
		}
	}
	return false
}

func (p place) with(names ...string) place {
	p.scope = p.scope.With(names...)
	if p.looping {
		p.turn = p.turn.With(names...)
	}
	return p
}

// turns is the place inside a loop, before it binds anything.
func (p place) turns() place {
	p.repeat, p.looping, p.turn = true, true, nil
	return p
}

func (p place) repeated() place {
	p.repeat = true
	return p
}

func (p place) arm(branch *syntax.Node, index int) place {
	p.arms = &arm{outer: p.arms, branch: branch, index: index}
	return p
}

// walker goes over every form that would be evaluated, in order, and shows it to visit,
// threading macros already expanded. Quoted data isn't evaluated and isn't shown.
type walker struct {
	visit func(n *syntax.Node, p place)
}

func (w walker) walk(n *syntax.Node, p place) {
	if n == nil {
		return
	}
	w.visit(n, p)
	n = form.Expand(n, p.scope)
	switch n.Kind {
	case syntax.List:
		w.list(n, p)
	case syntax.Vector, syntax.Map, syntax.Set:
		w.all(n.Items, p)
	}
}

func (w walker) all(nodes []*syntax.Node, p place) {
	for _, n := range nodes {
		w.walk(n, p)
	}
}

func (w walker) list(n *syntax.Node, p place) {
	if len(n.Items) == 0 {
		return
	}
	name := form.Head(n, p.scope)
	args := n.Items[1:]
	switch name {
	case "quote", "comment", "var":
	case "fn", "fn*":
		w.function(args, p)
	case "letfn", "letfn*":
		w.letfn(args, p)
	case "let", "let*":
		w.let(args, p, false)
	case "loop", "loop*":
		w.let(args, p, true)
	case "for", "doseq":
		w.comprehension(args, p)
	case "dotimes":
		w.let(args, p, true)
	case "while":
		w.all(args, p.turns())
	case "as->":
		w.as(args, p)
	case "catch":
		if len(args) >= 2 {
			w.all(args[2:], p.with(form.Bound(args[1])...))
		}
	case "try":
		w.try(n, p)
	case "case":
		w.cases(n, p)
	default:
		if !w.branch(n, name, p) {
			w.all(n.Items, p)
		}
	}
}

// branch handles the forms that take one of several ways.
func (w walker) branch(n *syntax.Node, name string, p place) bool {
	args := n.Items[1:]
	switch name {
	case "if", "if-not":
		if len(args) > 0 {
			w.walk(args[0], p)
			for i, a := range args[1:] {
				w.walk(a, p.arm(n, i))
			}
		}
	case "if-let", "if-some", "when-let", "when-some", "when-first":
		w.branchLet(n, name, p)
	case "cond":
		for i := 0; i+1 < len(args); i += 2 {
			w.walk(args[i], p)
			w.walk(args[i+1], p.arm(n, i))
		}
	case "condp":
		for i, a := range args {
			if i >= 3 && (i%2 == 1 || i == len(args)-1) {
				w.walk(a, p.arm(n, i))
			} else {
				w.walk(a, p)
			}
		}
	default:
		return false
	}
	return true
}

// branchLet handles the forms that bind what they test: (if-let [pattern test] then else).
func (w walker) branchLet(n *syntax.Node, name string, p place) {
	args := n.Items[1:]
	if len(args) == 0 || args[0].Kind != syntax.Vector || len(args[0].Items) != 2 {
		w.all(args, p)
		return
	}
	w.walk(args[0].Items[1], p)
	inner := p.with(form.Bound(args[0].Items[0])...)
	if name != "if-let" && name != "if-some" {
		w.all(args[1:], inner.arm(n, 0))
		return
	}
	for i, a := range args[1:] {
		if i > 0 {
			inner = p
		}
		w.walk(a, inner.arm(n, i))
	}
}

func (w walker) cases(n *syntax.Node, p place) {
	args := n.Items[1:]
	if len(args) == 0 {
		return
	}
	w.walk(args[0], p)
	for i := 1; i < len(args); i += 2 {
		result := min(i+1, len(args)-1) // the last one alone is the default
		w.walk(args[result], p.arm(n, i))
	}
}

// try shows the body and its handlers. One handler excludes the other, but not the body.
func (w walker) try(n *syntax.Node, p place) {
	for i, part := range n.Items[1:] {
		if form.Head(part, p.scope) == "catch" {
			w.walk(part, p.arm(n, i))
		} else {
			w.walk(part, p)
		}
	}
}

func (w walker) let(args []*syntax.Node, p place, repeats bool) {
	if len(args) == 0 || args[0].Kind != syntax.Vector {
		w.all(args, p)
		return
	}
	bindings := args[0].Items
	inside := p
	if repeats {
		inside = p.turns()
	}
	for i := 0; i+1 < len(bindings); i += 2 {
		w.walk(bindings[i+1], p)
		p = w.bind(bindings[i], p)
		inside = inside.with(form.Bound(bindings[i])...)
	}
	if !repeats {
		inside = p
	}
	w.all(args[1:], inside)
}

// bind brings a pattern's names into sight, after showing the defaults of its :or maps.
func (w walker) bind(pattern *syntax.Node, p place) place {
	w.defaults(pattern, p)
	return p.with(form.Bound(pattern)...)
}

func (w walker) defaults(pattern *syntax.Node, p place) {
	switch pattern.Kind {
	case syntax.Vector:
		for _, item := range pattern.Items {
			w.defaults(item, p)
		}
	case syntax.Map:
		if or := pattern.Get("or"); or != nil && or.Kind == syntax.Map {
			for i := 1; i < len(or.Items); i += 2 {
				w.walk(or.Items[i], p)
			}
		}
		for i := 0; i < len(pattern.Items); i += 2 {
			w.defaults(pattern.Items[i], p)
		}
	}
}

func (w walker) comprehension(args []*syntax.Node, p place) {
	if len(args) == 0 || args[0].Kind != syntax.Vector {
		w.all(args, p)
		return
	}
	bindings := args[0].Items
	for i := 0; i+1 < len(bindings); i += 2 {
		pattern, v := bindings[i], bindings[i+1]
		switch {
		case pattern.IsKeyword("let") && v.Kind == syntax.Vector:
			for j := 0; j+1 < len(v.Items); j += 2 {
				w.walk(v.Items[j+1], p)
				p = w.bind(v.Items[j], p)
			}
		case pattern.Kind == syntax.Literal:
			w.walk(v, p)
		default:
			w.walk(v, p)
			if !p.looping || i == 0 {
				p = p.turns()
			}
			p = w.bind(pattern, p)
		}
	}
	w.all(args[1:], p)
}

func (w walker) as(args []*syntax.Node, p place) {
	if len(args) < 2 {
		w.all(args, p)
		return
	}
	w.walk(args[0], p)
	w.all(args[2:], p.with(form.Bound(args[1])...))
}

// function shows the bodies of (fn name? [params] body...) and (fn name? ([params] body...) ...).
func (w walker) function(args []*syntax.Node, p place) {
	p = p.repeated()
	if len(args) > 0 && args[0].Kind == syntax.Symbol {
		p = p.with(args[0].Name())
		args = args[1:]
	}
	for _, arity := range form.Arities(args) {
		inner := w.bind(arity.Params, p)
		w.all(arity.Body, inner)
	}
}

func (w walker) letfn(args []*syntax.Node, p place) {
	if len(args) == 0 || args[0].Kind != syntax.Vector {
		w.all(args, p)
		return
	}
	for _, f := range args[0].Items {
		if h := f.Head(); h != nil {
			p = p.with(h.Name())
		}
	}
	for _, f := range args[0].Items {
		if f.Head() != nil {
			w.function(f.Items, p)
		}
	}
	w.all(args[1:], p)
}
