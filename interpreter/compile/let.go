package compile

import (
	"strings"

	"github.com/weir-run/weir/interpreter/eval"
	"github.com/weir-run/weir/interpreter/syntax"
)

// pairs checks a binding vector and returns its forms; nil when it isn't one.
func (c *compiler) pairs(n *syntax.Node, shape string) []*syntax.Node {
	name := n.Items[0].Name()
	if len(n.Items) < 2 || n.Items[1].Kind != syntax.Vector {
		c.malformed(n, shape, "%s needs a vector of bindings", name)
		return nil
	}
	items := n.Items[1].Items
	if len(items)%2 != 0 {
		c.malformed(n.Items[1], shape, "%s needs an even number of forms in its bindings, not %d", name, len(items))
		items = items[:len(items)-1]
	}
	return items
}

// let compiles let and let*.
func (c *compiler) let(n *syntax.Node, sc *scope, tail bool) eval.Node {
	items := c.pairs(n, "(let [name value ...] body...)")
	if items == nil && (len(n.Items) < 2 || n.Items[1].Kind != syntax.Vector) {
		return eval.NilNode
	}
	binds, inner, locals := c.bindings(items, sc)
	if last := len(items) - 1; last > 0 && len(n.Items) > 2 && c.neverEnds(items[last], inner) {
		c.unreachable(n.Items[2], items[last])
	}
	body := c.body(n.Items[2:], inner, tail)
	c.checkUsed(locals)
	return eval.Let(binds, body)
}

// bindings compiles alternating patterns and values; each value sees what was bound before it.
func (c *compiler) bindings(items []*syntax.Node, sc *scope) (binds []eval.Bind, inner *scope, locals []*local) {
	for i := 0; i+1 < len(items); i += 2 {
		around, since, before := sc, c.tick, len(locals)
		binds, sc, locals = c.binding(items[i], items[i+1], sc, binds, locals)
		c.checkHidden(items[i], locals[before:], around, since)
		if i+2 < len(items) && c.neverEnds(items[i+1], around) {
			c.unreachable(items[i+3], items[i+1])
		}
	}
	return binds, sc, locals
}

func (c *compiler) binding(pattern, init *syntax.Node, sc *scope, binds []eval.Bind, locals []*local) ([]eval.Bind, *scope, []*local) {
	effects := c.effects
	if pattern.Kind != syntax.Symbol {
		x := c.expr(init, sc, false)
		t, _ := c.temp(pattern, sc)
		binds = append(binds, eval.Bind{Slot: t.slot, Init: x})
		d := &destructuring{c: c, binds: binds, sc: sc, locals: locals}
		d.pattern(pattern, t)
		return d.binds, d.sc, d.locals
	}
	if !c.bindable(pattern) {
		c.expr(init, sc, false)
		return binds, sc, locals
	}
	x := c.namedExpr(init, pattern.Name(), sc)
	l := c.declare(pattern, sc)
	l.fn = protoOf(x)
	l.effects = l.fn != nil && c.effects != effects
	if k, ok := x.(*eval.Constant); ok {
		l.value = k
	} else {
		binds = append(binds, eval.Bind{Slot: l.slot, Init: x})
	}
	return binds, sc.bind(l), append(locals, l)
}

// namedExpr compiles the value of a binding: an anonymous fn takes the binding's name, for call stacks.
func (c *compiler) namedExpr(n *syntax.Node, name string, sc *scope) eval.Node {
	x := c.expr(n, sc, false)
	if p := protoOf(x); p != nil && p.Name == "" && n.Kind == syntax.List {
		if head := n.Head(); head != nil && (head.IsSymbol("fn") || head.IsSymbol("fn*")) {
			p.Name = name
		}
	}
	return x
}

// protoOf tells what is known about the function that a node gives, or nil.
func protoOf(x eval.Node) *eval.Proto {
	if made, ok := x.(interface{ Proto() *eval.Proto }); ok {
		return made.Proto()
	}
	if k, ok := x.(*eval.Constant); ok {
		if f, ok := k.Value.Ref().(*eval.Fn); ok {
			return f.Proto()
		}
	}
	return nil
}

// bindable reports a symbol that can't be bound.
func (c *compiler) bindable(n *syntax.Node) bool {
	name := n.Name()
	switch {
	case name == "&":
		c.fail(n, "bad-form", "& belongs before the rest of a sequence: [a & more]", "& can't be bound")
	case name != "/" && strings.Contains(name, "/"):
		c.fail(n, "bad-form", "bind the name without its namespace", "can't bind the qualified name %s", name)
	default:
		return true
	}
	return false
}
