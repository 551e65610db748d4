package body

import (
	"strings"

	"github.com/weir-run/weir/definition/form"
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
)

// Bounds of a trace: past them it gives up in silence, having found what it found.
const (
	maxTraceWork  = 200_000
	maxTraceDepth = 24 // calls of the author's functions in each other
)

// tracer follows values through a body to see where keywords meet what came from JSON.
type tracer struct {
	*schema.Report
	env    Env
	work   int
	depth  int
	recurs []*fact // what recur hands on, in the loop being traced
	muted  int     // above 0: look, and say nothing
}

// TraceJSON warns where a body, or a function that one of its steps calls, compares a keyword
// with a value that came from JSON: JSON has no keywords, so they can't be equal.
func TraceJSON(r *schema.Report, root *syntax.Node, env Env) {
	t := &tracer{Report: r, env: env, work: maxTraceWork}
	t.eval(root, nil)
}

func (t *tracer) evalAll(nodes []*syntax.Node, f *frame) []*fact {
	facts := make([]*fact, len(nodes))
	for i, n := range nodes {
		facts[i] = t.eval(n, f)
	}
	return facts
}

// last evaluates forms in order, for the value of the last.
func (t *tracer) last(nodes []*syntax.Node, f *frame) *fact {
	var v *fact
	for _, n := range nodes {
		v = t.eval(n, f)
	}
	return v
}

func (t *tracer) eval(n *syntax.Node, f *frame) *fact {
	if t.work--; t.work < 0 || n == nil {
		return nil
	}
	switch n.Kind {
	case syntax.Literal:
		return literal(n)
	case syntax.Symbol:
		if v, ok := f.find(n.Name()); ok {
			return v
		}
		return &fact{builtin: strings.TrimPrefix(n.Name(), "clojure.core/")}
	case syntax.Vector:
		return &fact{parts: t.evalAll(n.Items, f), shape: literals[vector]}
	case syntax.Map:
		return t.mapping(n, f)
	case syntax.Set:
		return t.set(n, f)
	case syntax.List:
		return t.list(n, f)
	}
	return nil
}

func (t *tracer) mapping(n *syntax.Node, f *frame) *fact {
	out := &fact{fields: map[string]*fact{}, shape: literals[mapping], exact: true}
	for i := 0; i+1 < len(n.Items); i += 2 {
		t.eval(n.Items[i], f)
		v := t.eval(n.Items[i+1], f)
		if schema.Keyword.Is(n.Items[i]) {
			out.fields[n.Items[i].Name()] = v
		} else {
			out.item = join(out.item, v)
			out.exact = false
		}
	}
	return out
}

func (t *tracer) set(n *syntax.Node, f *frame) *fact {
	out := &fact{}
	for _, item := range n.Items {
		v := t.eval(item, f)
		if v != nil && v.word != "" {
			out.set = append(out.set, v.word)
		}
		out.item = join(out.item, v)
	}
	return out
}

func (t *tracer) list(n *syntax.Node, f *frame) *fact {
	n = form.Expand(n, f)
	switch {
	case n.Kind != syntax.List:
		return t.eval(n, f)
	case len(n.Items) == 0:
		return nil
	}
	name := form.Head(n, f)
	if v, ok := t.special(n, name, f); ok {
		return v
	}
	switch name {
	case "flow/step":
		return t.step(n, f)
	case "flow/input":
		return &fact{json: &origin{what: "the run's input"}, shape: &shape{kind: mapping, what: "(flow/input)"}}
	case "flow/now-ms", "flow/rand", "flow/backoff":
		t.evalAll(n.Items[1:], f)
		return &fact{shape: &shape{kind: number, what: name}}
	case "flow/uuid":
		return &fact{shape: &shape{kind: text, what: name}}
	}
	callee := t.eval(n.Items[0], f)
	return t.apply(callee, t.evalAll(n.Items[1:], f), n)
}

// apply is what is known of calling v.
func (t *tracer) apply(v *fact, args []*fact, at *syntax.Node) *fact {
	switch {
	case v == nil:
		return nil
	case v.fn != nil:
		return t.call(v.fn, args)
	case v.set != nil:
		t.compareSet(v.set, first(args), at)
		return first(args)
	case v.word != "":
		if len(args) > 1 {
			return join(first(args).lookup(v.word), args[1])
		}
		return t.read(first(args), v.word, at)
	case v.builtin != "":
		return t.builtin(v.builtin, args, at)
	case len(args) > 0 && args[0] != nil && args[0].word != "":
		if len(args) > 1 {
			return join(v.lookup(args[0].word), args[1])
		}
		return t.read(v, args[0].word, at)
	}
	if s := v.sure(); s != nil && s.what != "" && s.kind != mapping && s.kind != vector {
		t.tell(at, "wrong-shape", s.hint, "%s gives %s, which can't be called", s.what, s.kind)
	}
	return v.any()
}

// call is what is known of the result of one of the author's functions.
func (t *tracer) call(c *closure, args []*fact) *fact {
	if t.depth >= maxTraceDepth {
		return nil
	}
	recurs := t.recurs
	t.depth++
	defer func() { t.depth, t.recurs = t.depth-1, recurs }()
	for _, a := range c.arities {
		if !takes(a.Params, len(args)) {
			continue
		}
		f := c.frame
		if c.name != "" {
			f = f.with(c.name, &fact{fn: c})
		}
		if c.recurs {
			args = maybes(args)
		}
		return t.last(a.Body, t.bind(f, a.Params, &fact{parts: args}))
	}
	return nil
}

// maybes are values of which others may take the place.
func maybes(args []*fact) []*fact {
	out := make([]*fact, len(args))
	for i, a := range args {
		out[i] = a.maybe()
	}
	return out
}

// takes tells whether a parameter list takes so many arguments.
func takes(params *syntax.Node, n int) bool {
	for i, p := range params.Items {
		if p.IsSymbol("&") {
			return n >= i
		}
	}
	return n == len(params.Items)
}

func first(args []*fact) *fact {
	if len(args) == 0 {
		return nil
	}
	return args[0]
}

// compare warns if one side is a keyword and the other came from JSON, or if the two can't be equal at all.
func (t *tracer) compare(a, b *fact, at *syntax.Node) {
	if a == nil || b == nil {
		return
	}
	switch {
	case t.unequal(a, b, at):
	case a.word != "" && b.json != nil:
		t.warn(a.word, b.json, at)
	case b.word != "" && a.json != nil:
		t.warn(b.word, a.json, at)
	}
}

func (t *tracer) compareSet(words []string, v *fact, at *syntax.Node) {
	if v != nil && v.json != nil {
		t.warn(words[0], v.json, at)
	}
}

func (t *tracer) warn(word string, from *origin, at *syntax.Node) {
	hint := `JSON has no keywords: compare with "` + word + `" or use (keyword ...)`
	if from.http {
		hint += "; if the API answers EDN, say so: :response-as :edn"
	}
	t.tell(at, "json-keyword", hint, "the keyword :%s is compared with a value that comes from JSON (%s)", word, from.what)
}

func (t *tracer) tell(at *syntax.Node, code, hint, format string, args ...any) {
	if t.muted == 0 {
		t.Warn(at, code, hint, format, args...)
	}
}
