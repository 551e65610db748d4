package compile

import (
	"github.com/weir-run/weir/interpreter/eval"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// loop compiles loop and loop*. A pattern is taken apart again on each turn, from the value that recur gave.
func (c *compiler) loop(n *syntax.Node, sc *scope, tail bool) eval.Node {
	items := c.pairs(n, "(loop [name value ...] body...)")
	if items == nil && (len(n.Items) < 2 || n.Items[1].Kind != syntax.Vector) {
		return eval.NilNode
	}
	t := &target{}
	patterns := 0 // forms in patterns: their defaults
	var inits, again []eval.Bind
	var locals []*local
	inner := sc
	for i := 0; i+1 < len(items); i += 2 {
		around, since, before := inner, c.tick, len(locals)
		pattern, x := items[i], c.expr(items[i+1], inner, false)
		l, _ := c.temp(pattern, sc)
		if pattern.Kind == syntax.Symbol && c.bindable(pattern) {
			l = &local{name: pattern.Name(), node: pattern, frame: sc.frame, slot: l.slot}
		}
		inner = inner.bind(l)
		inits = append(inits, eval.Bind{Slot: l.slot, Init: x})
		t.slots = append(t.slots, l.slot)
		if pattern.Kind != syntax.Symbol {
			d := &destructuring{c: c, sc: inner}
			before := c.forms
			d.pattern(pattern, l)
			patterns += c.forms - before
			inner, inits, again = d.sc, append(inits, d.binds...), append(again, d.binds...)
			locals = append(locals, d.locals...)
		} else {
			locals = append(locals, l)
		}
		c.checkHidden(pattern, locals[before:], around, since)
	}
	t.since = c.forms
	body := c.body(n.Items[2:], inner.retarget(t), true)
	c.checkUsed(locals)
	if t.used {
		body = eval.Loop(body, again, costOf(t.turn+patterns), site(n))
	}
	return eval.Let(inits, body)
}

// while compiles (while test body...).
func (c *compiler) while(n *syntax.Node, sc *scope, _ bool) eval.Node {
	if len(n.Items) < 2 {
		return c.malformed(n, "(while test body...)", "while needs a test")
	}
	since := c.forms
	test := c.expr(n.Items[1], sc, false)
	if constant, truthy := constantTest(n.Items[1]); constant && !truthy && len(n.Items) > 2 {
		c.never(n.Items[2], n.Items[1], truthy)
	}
	body := c.body(n.Items[2:], sc, false)
	return eval.While(test, body, c.cost(since), site(n))
}

// dotimes compiles (dotimes [i n] body...).
func (c *compiler) dotimes(n *syntax.Node, sc *scope, _ bool) eval.Node {
	const shape = "(dotimes [i count] body...)"
	items := c.pairs(n, shape)
	if len(items) != 2 || items[0].Kind != syntax.Symbol || !c.bindable(items[0]) {
		return c.malformed(n, shape, "dotimes needs one name and one count")
	}
	count := c.expr(items[1], sc, false)
	since := c.forms
	l := c.declare(items[0], sc)
	body := c.body(n.Items[2:], sc.bind(l), false)
	long, ok := c.env.Lookup("clojure.core/long")
	if !ok {
		return c.fail(n, "unresolved", "", "dotimes needs clojure.core/long")
	}
	return eval.DoTimes(l.slot, eval.CallBuiltin(long, []eval.Node{count}, site(n)), body, c.cost(since), site(n))
}

// lazySeq compiles (lazy-seq body...).
func (c *compiler) lazySeq(n *syntax.Node, sc *scope, _ bool) eval.Node {
	return eval.LazySeq(c.thunk(n, n.Items[1:], sc), site(n))
}

// delay compiles (delay body...).
func (c *compiler) delay(n *syntax.Node, sc *scope, _ bool) eval.Node {
	return eval.Delay(c.thunk(n, n.Items[1:], sc), site(n))
}

// thunk compiles forms into a function without parameters, for later.
func (c *compiler) thunk(n *syntax.Node, forms []*syntax.Node, sc *scope) eval.Node {
	fn := &function{proto: eval.NewProto("")}
	c.arity(fn, n, &syntax.Node{Kind: syntax.Vector, Pos: n.Pos, End: n.End}, forms, sc)
	c.completeSelfCalls(fn, sc)
	return eval.MakeFn(fn.proto, fn.sources(sc.frame))
}

// lazyCat compiles (lazy-cat a b ...): a concat of lazy seqs.
func (c *compiler) lazyCat(n *syntax.Node, sc *scope, _ bool) eval.Node {
	concat, ok := c.env.Lookup("clojure.core/concat")
	if !ok {
		return c.fail(n, "unresolved", "", "lazy-cat needs clojure.core/concat")
	}
	args := make([]eval.Node, len(n.Items)-1)
	for i, x := range n.Items[1:] {
		args[i] = eval.LazySeq(c.thunk(x, []*syntax.Node{x}, sc), site(x))
	}
	return eval.CallBuiltin(concat, args, site(n))
}

// forForm compiles (for [x coll :let [...] :when test :while test ...] body).
func (c *compiler) forForm(n *syntax.Node, sc *scope, _ bool) eval.Node {
	const shape = "(for [x coll ...] body)"
	items := c.pairs(n, shape)
	if items == nil || !c.iterates(n, items, shape) {
		return eval.NilNode
	}
	if len(n.Items) != 3 {
		return c.malformed(n, shape, "for has one body, not %d; put several forms into (do ...)", len(n.Items)-2)
	}
	if !c.acting[n] {
		effects, temps, known := c.effects, c.temps, len(c.problems)
		node := c.lazyFor(n, items, sc)
		if c.effects == effects {
			return node
		}
		if c.acting == nil {
			c.acting = map[*syntax.Node]bool{}
		}
		c.acting[n] = true
		c.temps, c.problems = temps, c.problems[:known]
	}
	since, tick := c.forms, c.tick
	stages, inner, locals := c.stages(items, sc, c.expr(items[1], sc, false), tick)
	body := c.expr(n.Items[2], inner.retarget(&target{barrier: "a for has work left after its body"}), false)
	c.checkUsed(locals)
	return eval.EagerFor(stages, body, c.cost(since))
}

// lazyFor compiles a for whose body runs later, in a frame of its own.
func (c *compiler) lazyFor(n *syntax.Node, items []*syntax.Node, sc *scope) eval.Node {
	tick := c.tick
	first := c.expr(items[1], sc, false)
	f := &frame{outer: sc.frame}
	out := &eval.ForSpec{First: first}
	c.apart(func() {
		since := c.forms
		stages, inner, locals := c.stages(items, sc.within(f), first, tick)
		out.Stages = stages
		out.Body = c.expr(n.Items[2], inner.retarget(&target{barrier: "the body of a for is a function of its own"}), false)
		c.checkUsed(locals)
		out.Cost = c.cost(since)
	})
	out.Size, out.Loads = f.slots, f.order
	return eval.For(out)
}

// doseq compiles (doseq [x coll ...] body...).
func (c *compiler) doseq(n *syntax.Node, sc *scope, _ bool) eval.Node {
	const shape = "(doseq [x coll ...] body...)"
	items := c.pairs(n, shape)
	if items == nil || !c.iterates(n, items, shape) {
		return eval.NilNode
	}
	since, tick := c.forms, c.tick
	stages, inner, locals := c.stages(items, sc, c.expr(items[1], sc, false), tick)
	body := c.body(n.Items[2:], inner, false)
	c.checkUsed(locals)
	return eval.DoSeq(stages, body, c.cost(since))
}

// iterates checks that a comprehension begins with a binding.
func (c *compiler) iterates(n *syntax.Node, items []*syntax.Node, shape string) bool {
	if len(items) > 0 {
		if _, modifier := items[0].Value.AsKeyword(); !modifier {
			return true
		}
	}
	c.malformed(n, shape, "%s needs a name and a collection first", n.Items[0].Name())
	return false
}

// stages compiles the bindings of a comprehension; the first collection is compiled already, since tick. The locals
// are those that it binds.
func (c *compiler) stages(items []*syntax.Node, sc *scope, first eval.Node, tick int) (stages []eval.Stage, inner *scope, locals []*local) {
	for i := 0; i+1 < len(items); i += 2 {
		key, x := items[i], items[i+1]
		if _, ok := key.Value.AsKeyword(); ok {
			var s eval.Stage
			var bound []*local
			if s, sc, bound = c.modifier(key, x, sc); s.Site != nil {
				stages = append(stages, s)
			}
			locals = append(locals, bound...)
			continue
		}
		around, coll := sc, first
		if i > 0 {
			tick = c.tick
			coll = c.expr(x, sc, false)
		}
		l, _ := c.temp(key, sc)
		if key.Kind == syntax.Symbol {
			c.bindable(key)
			l = &local{name: key.Name(), node: key, frame: sc.frame, slot: l.slot}
		}
		sc = sc.bind(l)
		bound := []*local{l}
		stages = append(stages, eval.Stage{Kind: eval.Each, Coll: coll, Slot: l.slot, Site: site(x)})
		if key.Kind != syntax.Symbol {
			d := &destructuring{c: c, sc: sc}
			d.pattern(key, l)
			sc, bound = d.sc, d.locals
			stages = append(stages, eval.Stage{Kind: eval.Bindings, Binds: d.binds, Site: site(key)})
		}
		c.checkHidden(key, bound, around, tick)
		locals = append(locals, bound...)
	}
	return stages, sc, locals
}

// modifier compiles :let, :when or :while.
func (c *compiler) modifier(key, x *syntax.Node, sc *scope) (s eval.Stage, inner *scope, locals []*local) {
	switch {
	case key.IsKeyword("let") && x.Kind == syntax.Vector && len(x.Items)%2 == 0:
		binds, inner, locals := c.bindings(x.Items, sc)
		return eval.Stage{Kind: eval.Bindings, Binds: binds, Site: site(x)}, inner, locals
	case key.IsKeyword("let"):
		c.malformed(x, "{:let [name value ...]}", ":let needs a vector of bindings")
	case key.IsKeyword("when"):
		return eval.Stage{Kind: eval.When, Test: eval.TestOf(c.expr(x, sc, false)), Site: site(x)}, sc, nil
	case key.IsKeyword("while"):
		return eval.Stage{Kind: eval.Going, Test: eval.TestOf(c.expr(x, sc, false)), Site: site(x)}, sc, nil
	default:
		c.fail(key, "bad-form", "there are :let, :when and :while", "%s has no meaning here", printed(key))
	}
	return eval.Stage{}, sc, nil
}

func text(s string) eval.Node { return &eval.Constant{Value: value.String(s)} }
