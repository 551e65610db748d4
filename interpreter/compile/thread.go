package compile

import (
	"slices"

	"github.com/weir-run/weir/interpreter/eval"
	"github.com/weir-run/weir/interpreter/syntax"
)

// The threading macros rewrite the author's own forms; names that they need in between are temps,
// which no author can write.

// threadFirst compiles (-> x form ...).
func (c *compiler) threadFirst(n *syntax.Node, sc *scope, tail bool) eval.Node {
	return c.threaded(n, sc, tail, insertFirst)
}

// threadLast compiles (->> x form ...).
func (c *compiler) threadLast(n *syntax.Node, sc *scope, tail bool) eval.Node {
	return c.threaded(n, sc, tail, insertLast)
}

func (c *compiler) threaded(n *syntax.Node, sc *scope, tail bool, insert func(x, form *syntax.Node) *syntax.Node) eval.Node {
	if len(n.Items) < 2 {
		return c.malformed(n, "("+n.Items[0].Name()+" x form ...)", "%s needs a form to begin with", n.Items[0].Name())
	}
	x := n.Items[1]
	for _, form := range n.Items[2:] {
		x = insert(x, form)
	}
	return c.expr(x, sc, tail)
}

// insertFirst puts x before the arguments of a form; a form that is no list becomes a call.
func insertFirst(x, form *syntax.Node) *syntax.Node {
	if form.Kind != syntax.List || len(form.Items) == 0 {
		return listNode(form, form, x)
	}
	out := *form
	out.Items = slices.Concat(form.Items[:1], []*syntax.Node{x}, form.Items[1:])
	return &out
}

// insertLast puts x after the arguments of a form.
func insertLast(x, form *syntax.Node) *syntax.Node {
	if form.Kind != syntax.List || len(form.Items) == 0 {
		return listNode(form, form, x)
	}
	out := *form
	out.Items = slices.Concat(form.Items, []*syntax.Node{x})
	return &out
}

// threadAs compiles (as-> x name form ...).
func (c *compiler) threadAs(n *syntax.Node, sc *scope, tail bool) eval.Node {
	if len(n.Items) < 3 {
		return c.malformed(n, "(as-> x name form ...)", "as-> needs a form and a name")
	}
	name := n.Items[2]
	if name.Kind == syntax.Symbol && !c.bindable(name) {
		return eval.NilNode
	}
	var binds []eval.Bind
	bind := func(form *syntax.Node) { binds, sc, _ = c.binding(name, form, sc, binds, nil) }
	bind(n.Items[1])
	forms := n.Items[3:]
	if len(forms) == 0 {
		return eval.Let(binds, c.expr(name, sc, tail))
	}
	for _, form := range forms[:len(forms)-1] {
		bind(form)
	}
	last := c.expr(forms[len(forms)-1], sc, tail)
	return eval.Let(binds, last)
}

// someFirst compiles (some-> x form ...).
func (c *compiler) someFirst(n *syntax.Node, sc *scope, tail bool) eval.Node {
	return c.someThreaded(n, sc, tail, insertFirst)
}

// someLast compiles (some->> x form ...).
func (c *compiler) someLast(n *syntax.Node, sc *scope, tail bool) eval.Node {
	return c.someThreaded(n, sc, tail, insertLast)
}

func (c *compiler) someThreaded(n *syntax.Node, sc *scope, tail bool, insert func(x, form *syntax.Node) *syntax.Node) eval.Node {
	if len(n.Items) < 2 {
		return c.malformed(n, "("+n.Items[0].Name()+" x form ...)", "%s needs a form to begin with", n.Items[0].Name())
	}
	x := c.expr(n.Items[1], sc, tail && len(n.Items) == 2)
	l, name := c.temp(n.Items[1], sc)
	inner := sc.bind(l)
	steps := []eval.Node{x}
	for i, form := range n.Items[2:] {
		steps = append(steps, c.expr(insert(name, form), inner, tail && i == len(n.Items)-3))
	}
	return eval.SomeThread(l.slot, steps)
}

// condFirst compiles (cond-> x test form ...).
func (c *compiler) condFirst(n *syntax.Node, sc *scope, _ bool) eval.Node {
	return c.condThreaded(n, sc, insertFirst)
}

// condLast compiles (cond->> x test form ...).
func (c *compiler) condLast(n *syntax.Node, sc *scope, _ bool) eval.Node {
	return c.condThreaded(n, sc, insertLast)
}

func (c *compiler) condThreaded(n *syntax.Node, sc *scope, insert func(x, form *syntax.Node) *syntax.Node) eval.Node {
	name := n.Items[0].Name()
	if len(n.Items) < 2 || len(n.Items)%2 != 0 {
		return c.malformed(n, "("+name+" x test form ...)", "%s needs a form, then tests and forms in pairs", name)
	}
	x := c.expr(n.Items[1], sc, false)
	l, symbol := c.temp(n.Items[1], sc)
	inner := sc.bind(l)
	binds := []eval.Bind{{Slot: l.slot, Init: x}}
	for i := 2; i < len(n.Items); i += 2 {
		test := c.test(n.Items[i], n.Items[i], sc, false)
		form := c.expr(insert(symbol, n.Items[i+1]), inner, false)
		binds = append(binds, eval.Bind{Slot: l.slot, Init: eval.If(test, form, &eval.Local{Slot: l.slot})})
	}
	return eval.Let(binds, &eval.Local{Slot: l.slot})
}

// doto compiles (doto x form ...): every form gets x first; x is the value.
func (c *compiler) doto(n *syntax.Node, sc *scope, _ bool) eval.Node {
	if len(n.Items) < 2 {
		return c.malformed(n, "(doto x form ...)", "doto needs a form to begin with")
	}
	x := c.expr(n.Items[1], sc, false)
	l, name := c.temp(n.Items[1], sc)
	inner := sc.bind(l)
	var nodes []eval.Node
	for _, form := range n.Items[2:] {
		nodes = append(nodes, c.expr(insertFirst(name, form), inner, false))
	}
	nodes = append(nodes, &eval.Local{Slot: l.slot})
	return eval.Let([]eval.Bind{{Slot: l.slot, Init: x}}, eval.Do(nodes...))
}
