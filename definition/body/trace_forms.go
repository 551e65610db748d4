package body

import (
	"github.com/weir-run/weir/definition/form"
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
)

// special traces the forms that aren't calls.
func (t *tracer) special(n *syntax.Node, name string, f *frame) (v *fact, ok bool) {
	args := n.Items[1:]
	switch name {
	case "quote":
		if len(args) == 1 && schema.Keyword.Is(args[0]) {
			return t.eval(args[0], f), true
		}
		return nil, true
	case "comment", "var", "":
		return nil, name != ""
	case "do", "doto":
		return t.last(args, f), true
	case "when", "when-not", "while":
		if len(args) == 0 {
			return nil, true
		}
		t.eval(args[0], f)
		return t.last(args[1:], t.guarded(f, args[0])), true
	case "let", "let*":
		return t.let(args, f), true
	case "loop", "loop*":
		return t.loop(args, f), true
	case "recur":
		t.recurs = joinEach(t.recurs, t.evalAll(args, f))
		return nil, true
	case "fn", "fn*":
		return t.function(args, f), true
	case "letfn", "letfn*":
		return t.letfn(args, f), true
	case "for":
		return collection(t.comprehension(args, f)), true
	case "doseq", "dotimes":
		t.comprehension(args, f)
		return nil, true
	case "as->":
		return t.as(args, f), true
	}
	return t.branching(n, name, f)
}

func (t *tracer) branching(n *syntax.Node, name string, f *frame) (v *fact, ok bool) {
	args := n.Items[1:]
	switch name {
	case "if", "if-not":
		if len(args) == 0 {
			return nil, true
		}
		t.eval(args[0], f)
		return joinAll(t.evalAll(args[1:], t.guarded(f, args[0]))), true
	case "if-let", "if-some", "when-let", "when-some", "when-first":
		return t.branchLet(args, name, f), true
	case "and", "or":
		var values []*fact
		for _, a := range args {
			values = append(values, t.eval(a, f))
			f = t.guarded(f, a)
		}
		return joinAll(values), true
	case "cond":
		var values []*fact
		for i := 0; i+1 < len(args); i += 2 {
			t.eval(args[i], f)
			f = t.guarded(f, args[i])
			values = append(values, t.eval(args[i+1], f))
		}
		return joinAll(values), true
	case "case":
		return t.cases(args, f), true
	case "condp":
		return t.condp(args, f), true
	case "try":
		return t.try(args, f), true
	case "catch":
		if len(args) < 2 {
			return nil, true
		}
		return t.last(args[2:], t.bind(f, args[1], nil)), true
	case "finally":
		t.last(args, f)
		return nil, true
	case "flow/parallel":
		return &fact{parts: t.evalAll(args, f), shape: &shape{kind: vector, what: name}}, true
	case "flow/poll":
		return t.last(args, f), true
	}
	return nil, false
}

func (t *tracer) bindings(nodes []*syntax.Node, f *frame) *frame {
	for i := 0; i+1 < len(nodes); i += 2 {
		f = t.bind(f, nodes[i], t.eval(nodes[i+1], f))
	}
	return f
}

func (t *tracer) let(args []*syntax.Node, f *frame) *fact {
	if len(args) == 0 || args[0].Kind != syntax.Vector {
		return nil
	}
	return t.last(args[1:], t.bindings(args[0].Items, f))
}

// try gives the value of its body or of one of its handlers.
func (t *tracer) try(args []*syntax.Node, f *frame) *fact {
	var values []*fact
	var body *fact
	for _, a := range args {
		switch form.Head(a, f) {
		case "finally":
			t.eval(a, f)
		case "catch":
			values = append(values, t.eval(a, f))
		default:
			body = t.eval(a, f)
		}
	}
	return joinAll(append(values, body))
}

// loop traces the body twice: first in silence, to see what recur hands on, and then with that.
func (t *tracer) loop(args []*syntax.Node, f *frame) *fact {
	if len(args) == 0 || args[0].Kind != syntax.Vector {
		return nil
	}
	outer := t.recurs
	defer func() { t.recurs = outer }()
	t.recurs = nil
	var v *fact
	for first := range 2 {
		t.muted += 1 - first
		inner, items := f, args[0].Items
		for i := 0; i+1 < len(items); i += 2 {
			start := t.eval(items[i+1], inner)
			switch {
			case first == 0:
				start = start.maybe()
			case i/2 < len(t.recurs):
				start = join(start, t.recurs[i/2])
			}
			inner = t.bind(inner, items[i], start)
		}
		v = t.last(args[1:], inner)
		t.muted -= 1 - first
	}
	return v
}

// function traces a function once with nothing known of its arguments, for what it does to
// the names around it; calls trace it again with theirs.
func (t *tracer) function(args []*syntax.Node, f *frame) *fact {
	c := &closure{frame: f}
	if len(args) > 0 && args[0].Kind == syntax.Symbol {
		c.name = args[0].Name()
		args = args[1:]
	}
	c.arities, c.recurs = form.Arities(args), mentions(args, "recur")
	for _, a := range c.arities {
		t.call(&closure{name: c.name, arities: []form.Arity{a}, frame: f}, make([]*fact, fixed(a.Params)))
	}
	return &fact{fn: c}
}

// fixed is the number of arguments that a parameter list can't do without.
func fixed(params *syntax.Node) int {
	for i, p := range params.Items {
		if p.IsSymbol("&") {
			return i
		}
	}
	return len(params.Items)
}

func (t *tracer) letfn(args []*syntax.Node, f *frame) *fact {
	if len(args) == 0 || args[0].Kind != syntax.Vector {
		return nil
	}
	for _, fn := range args[0].Items {
		if h := fn.Head(); h != nil {
			f = f.with(h.Name(), t.function(fn.Items, f))
		}
	}
	return t.last(args[1:], f)
}

func (t *tracer) comprehension(args []*syntax.Node, f *frame) *fact {
	if len(args) == 0 || args[0].Kind != syntax.Vector {
		return nil
	}
	items := args[0].Items
	for i := 0; i+1 < len(items); i += 2 {
		pattern, source := items[i], items[i+1]
		switch {
		case pattern.IsKeyword("let") && source.Kind == syntax.Vector:
			f = t.bindings(source.Items, f)
		case pattern.Kind == syntax.Literal:
			t.eval(source, f)
		default:
			f = t.bind(f, pattern, t.eval(source, f).any())
		}
	}
	return t.last(args[1:], f)
}

func (t *tracer) as(args []*syntax.Node, f *frame) *fact {
	if len(args) < 2 {
		return nil
	}
	v := t.eval(args[0], f)
	for _, part := range args[2:] {
		v = t.eval(part, t.bind(f, args[1], v))
	}
	return v
}

func (t *tracer) branchLet(args []*syntax.Node, name string, f *frame) *fact {
	if len(args) == 0 || args[0].Kind != syntax.Vector || len(args[0].Items) != 2 {
		return nil
	}
	tested := t.eval(args[0].Items[1], f)
	if name == "when-first" {
		tested = tested.any()
	}
	inner := t.bind(f, args[0].Items[0], tested)
	if name != "if-let" && name != "if-some" {
		return t.last(args[1:], inner)
	}
	var values []*fact
	for i, a := range args[1:] {
		if i > 0 {
			inner = f
		}
		values = append(values, t.eval(a, inner))
	}
	return joinAll(values)
}

// cases traces a case; each keyword among its constants is compared with what it tests.
func (t *tracer) cases(args []*syntax.Node, f *frame) *fact {
	if len(args) == 0 {
		return nil
	}
	tested := t.eval(args[0], f)
	f = t.guarded(f, args[0])
	var values []*fact
	for i := 1; i < len(args); i += 2 {
		if i+1 == len(args) {
			values = append(values, t.eval(args[i], f))
			break
		}
		constants := []*syntax.Node{args[i]}
		if args[i].Kind == syntax.List {
			constants = args[i].Items
		}
		for _, c := range constants {
			t.compare(literal(c), tested, c)
		}
		values = append(values, t.eval(args[i+1], f))
	}
	return joinAll(values)
}

// condp traces (condp pred expr clause...): each clause's test is (pred test expr).
func (t *tracer) condp(args []*syntax.Node, f *frame) *fact {
	if len(args) < 2 {
		return nil
	}
	pred, tested := t.eval(args[0], f), t.eval(args[1], f)
	f = t.guarded(f, args[1])
	var values []*fact
	for i := 2; i < len(args); i += 2 {
		if i+1 == len(args) {
			values = append(values, t.eval(args[i], f))
			break
		}
		t.apply(pred, []*fact{t.eval(args[i], f), tested}, args[i])
		values = append(values, t.eval(args[i+1], f))
	}
	return joinAll(values)
}

func joinAll(facts []*fact) *fact {
	if len(facts) == 0 {
		return nil
	}
	v := facts[0]
	for _, f := range facts[1:] {
		v = join(v, f)
	}
	return v
}

// joinEach joins two lists of arguments place by place.
func joinEach(a, b []*fact) []*fact {
	if len(a) < len(b) {
		a, b = b, a
	}
	out := append([]*fact{}, a...)
	for i, f := range b {
		out[i] = join(out[i], f)
	}
	return out
}
