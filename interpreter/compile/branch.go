package compile

import (
	"github.com/weir-run/weir/interpreter/eval"
	"github.com/weir-run/weir/interpreter/syntax"
)

// ifForm compiles (if test then else?).
func (c *compiler) ifForm(n *syntax.Node, sc *scope, tail bool) eval.Node {
	return c.choice(n, sc, tail, "(if test then else)", false)
}

func (c *compiler) ifNot(n *syntax.Node, sc *scope, tail bool) eval.Node {
	return c.choice(n, sc, tail, "(if-not test then else)", true)
}

func (c *compiler) choice(n *syntax.Node, sc *scope, tail bool, shape string, negated bool) eval.Node {
	if len(n.Items) < 3 || len(n.Items) > 4 {
		hint := ""
		if len(n.Items) > 4 {
			hint = "; for more branches use cond, for several forms in one branch (do ...)"
		}
		c.exprs(n.Items[1:], sc)
		return c.malformed(n, shape+hint, "%s takes 2 or 3 forms, not %d", n.Items[0].Name(), len(n.Items)-1)
	}
	test := c.test(n, n.Items[1], sc, negated)
	either := c.branches()
	then := either.branch(n.Items[2], sc, tail)
	var els eval.Node = eval.NilNode
	if len(n.Items) == 4 {
		els = either.branch(n.Items[3], sc, tail)
	}
	either.end()
	return eval.If(test, then, els)
}

// test compiles the test of a branching form n, with the label that either of them carries.
func (c *compiler) test(n, test *syntax.Node, sc *scope, negated bool) eval.Node {
	node := c.expr(test, sc, false)
	c.checkConstant(n, test, negated)
	if negated {
		node = eval.Not(node)
	}
	if label := c.labelOf(n, test); label != nil {
		node = eval.Decide(node, label)
	}
	return node
}

// checkConstant warns of a test that is written as a constant: one of the branches can't be reached.
func (c *compiler) checkConstant(n, test *syntax.Node, negated bool) {
	constant, truthy := constantTest(test)
	switch {
	case !constant:
	case truthy == negated && len(n.Items) > 2:
		c.never(n.Items[2], test, truthy)
	case truthy != negated && len(n.Items) == 4:
		c.never(n.Items[3], test, truthy)
	}
}

func (c *compiler) when(n *syntax.Node, sc *scope, tail bool) eval.Node {
	return c.onlyWhen(n, sc, tail, false)
}

func (c *compiler) whenNot(n *syntax.Node, sc *scope, tail bool) eval.Node {
	return c.onlyWhen(n, sc, tail, true)
}

func (c *compiler) onlyWhen(n *syntax.Node, sc *scope, tail, negated bool) eval.Node {
	if len(n.Items) < 2 {
		return c.malformed(n, "("+n.Items[0].Name()+" test body...)", "%s needs a test", n.Items[0].Name())
	}
	node := c.expr(n.Items[1], sc, false)
	if constant, truthy := constantTest(n.Items[1]); constant && truthy == negated && len(n.Items) > 2 {
		c.never(n.Items[2], n.Items[1], truthy)
	}
	if negated {
		node = eval.Not(node)
	}
	if label := c.labelOf(n, n.Items[1]); label != nil {
		node = eval.Decide(node, label)
	}
	return eval.If(node, c.body(n.Items[2:], sc, tail), eval.NilNode)
}

// cond compiles (cond test value ... :else value). Under a label, taking any clause but the :else means yes.
func (c *compiler) cond(n *syntax.Node, sc *scope, tail bool) eval.Node {
	items := n.Items[1:]
	if len(items)%2 != 0 {
		c.malformed(n, "(cond test value ... :else value)", "cond needs an even number of forms, not %d", len(items))
		items = items[:len(items)-1]
	}
	label := c.label(n)
	var clauses []eval.Clause
	var els eval.Node = eval.NilNode
	values := c.branches()
	defer values.end()
	closed := false // by a clause that always holds; what comes after it is compiled for its problems only
	for i := 0; i < len(items); i += 2 {
		if closed {
			forms := c.forms
			c.expr(items[i], sc, false)
			c.expr(items[i+1], sc, tail)
			c.forms = forms
			continue
		}
		test, then := items[i], values.branch(items[i+1], sc, tail)
		constant, truthy := constantTest(test)
		switch {
		case constant && !truthy:
			c.never(items[i+1], test, truthy)
		case constant && i+2 < len(items):
			c.warn(items[i+2], "unreachable", "put the clause that always holds last", "this is never reached: the test %s always holds", printed(test))
		}
		if closed = constant && truthy && test.Kind == syntax.Literal; closed {
			els = then
			continue
		}
		node := c.expr(test, sc, false)
		own := label
		if own == nil {
			if own = c.label(test); own != nil {
				node = eval.Decide(node, own)
			}
		} else {
			then = eval.Decided(then, own, true)
		}
		clauses = append(clauses, eval.Clause{Test: eval.TestOf(node), Then: then})
	}
	if label != nil {
		els = eval.Decided(els, label, false)
	}
	if len(clauses) == 0 {
		return els
	}
	return eval.Cond(clauses, els)
}

func (c *compiler) ifLet(n *syntax.Node, sc *scope, tail bool) eval.Node {
	return c.bindIf(n, sc, tail, false)
}

func (c *compiler) ifSome(n *syntax.Node, sc *scope, tail bool) eval.Node {
	return c.bindIf(n, sc, tail, true)
}

// bindIf compiles if-let and if-some: the name is seen by the first branch only.
func (c *compiler) bindIf(n *syntax.Node, sc *scope, tail, some bool) eval.Node {
	name := n.Items[0].Name()
	shape := "(" + name + " [name value] then else)"
	if len(n.Items) < 3 || len(n.Items) > 4 {
		return c.malformed(n, shape, "%s takes 2 or 3 forms, not %d", name, len(n.Items)-1)
	}
	either := c.branches()
	var els eval.Node = eval.NilNode
	if len(n.Items) == 4 {
		els = either.branch(n.Items[3], sc, tail)
	}
	defer either.end()
	return c.bindThen(n, shape, sc, some, els, func(inner *scope) eval.Node {
		return either.branch(n.Items[2], inner, tail)
	})
}

func (c *compiler) whenLet(n *syntax.Node, sc *scope, tail bool) eval.Node {
	return c.bindWhen(n, sc, tail, false)
}

func (c *compiler) whenSome(n *syntax.Node, sc *scope, tail bool) eval.Node {
	return c.bindWhen(n, sc, tail, true)
}

func (c *compiler) bindWhen(n *syntax.Node, sc *scope, tail, some bool) eval.Node {
	shape := "(" + n.Items[0].Name() + " [name value] body...)"
	if len(n.Items) < 2 {
		return c.malformed(n, shape, "%s needs a binding", n.Items[0].Name())
	}
	return c.bindThen(n, shape, sc, some, eval.NilNode, func(inner *scope) eval.Node {
		return c.body(n.Items[2:], inner, tail)
	})
}

// bindThen compiles a form that binds one value and goes on if that is truthy, or (some) not nil.
func (c *compiler) bindThen(n *syntax.Node, shape string, sc *scope, some bool, els eval.Node, then func(*scope) eval.Node) eval.Node {
	items := c.pairs(n, shape)
	if len(items) != 2 {
		if items != nil {
			c.malformed(n.Items[1], shape, "%s binds exactly one value", n.Items[0].Name())
		}
		return eval.NilNode
	}
	pattern, init := items[0], items[1]
	since := c.tick
	x := c.expr(init, sc, false)
	l, _ := c.temp(pattern, sc)
	d := &destructuring{c: c, sc: sc}
	if pattern.Kind == syntax.Symbol {
		if c.bindable(pattern) {
			l = &local{name: pattern.Name(), node: pattern, frame: sc.frame, slot: l.slot}
			d.sc, d.locals = sc.bind(l), []*local{l}
		}
	} else {
		d.pattern(pattern, l)
	}
	c.checkHidden(pattern, d.locals, sc, since)
	if constant, truthy := constantTest(init); constant {
		c.checkBound(n, init, truthy || some && !isNil(init))
	}
	var test eval.Node = &eval.Local{Slot: l.slot}
	if some {
		test = eval.IsNil(test, true)
	}
	if label := c.labelOf(n, init); label != nil {
		test = eval.Decide(test, label)
	}
	body := then(d.sc)
	c.checkUsed(d.locals)
	return eval.Let([]eval.Bind{{Slot: l.slot, Init: x}}, eval.If(test, eval.Let(d.binds, body), els))
}

// whenFirst compiles (when-first [x coll] body...).
func (c *compiler) whenFirst(n *syntax.Node, sc *scope, tail bool) eval.Node {
	const shape = "(when-first [x coll] body...)"
	items := c.pairs(n, shape)
	if len(items) != 2 {
		return c.malformed(n, shape, "when-first binds exactly one value")
	}
	coll, _ := c.temp(items[1], sc)
	seq, _ := c.temp(items[1], sc)
	s := site(items[1])
	since := c.tick
	binds := []eval.Bind{{Slot: coll.slot, Init: c.expr(items[1], sc, false)}, {Slot: seq.slot, Init: eval.SeqOf(coll.slot, s)}}
	d := &destructuring{c: c, sc: sc}
	d.part(items[0], eval.FirstOf(seq.slot, s))
	var test eval.Node = &eval.Local{Slot: seq.slot}
	if label := c.labelOf(n, items[1]); label != nil {
		test = eval.Decide(test, label)
	}
	c.checkHidden(items[0], d.locals, sc, since)
	body := c.body(n.Items[2:], d.sc, tail)
	c.checkUsed(d.locals)
	return eval.Let(binds, eval.If(test, eval.Let(d.binds, body), eval.NilNode))
}

func (c *compiler) and(n *syntax.Node, sc *scope, tail bool) eval.Node {
	if len(n.Items) == 1 {
		return constantTrue
	}
	return eval.And(c.chain(n.Items[1:], sc, tail, false))
}

func (c *compiler) or(n *syntax.Node, sc *scope, tail bool) eval.Node {
	if len(n.Items) == 1 {
		return eval.NilNode
	}
	return eval.Or(c.chain(n.Items[1:], sc, tail, true))
}

// chain compiles forms of which only the last one is in tail position; one that is stop ends the chain.
func (c *compiler) chain(forms []*syntax.Node, sc *scope, tail, stop bool) []eval.Node {
	out := make([]eval.Node, len(forms))
	for i, x := range forms {
		out[i] = c.expr(x, sc, tail && i == len(forms)-1)
		if constant, truthy := constantTest(x); constant && truthy == stop && i+1 < len(forms) {
			c.never(forms[i+1], x, truthy)
		}
	}
	return out
}
