package compile

import (
	"github.com/weir-run/weir/interpreter/eval"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// maxParams is Clojure's limit of positional parameters.
const maxParams = 20

const fnShape = "(fn name? [params...] body...) or (fn name? ([a] ...) ([a b] ...))"

// fn compiles fn and fn*.
func (c *compiler) fn(n *syntax.Node, sc *scope, _ bool) eval.Node {
	items := n.Items[1:]
	var name *syntax.Node
	if len(items) > 0 && items[0].Kind == syntax.Symbol {
		name, items = items[0], items[1:]
	}
	node, _ := c.function(n, name, items, sc)
	if n.Meta == nil || c.label(n) != nil {
		return node
	}
	return c.withMeta(node, n.Meta, sc)
}

// function compiles the arities of a function. name may be nil; inside, it is the function itself.
func (c *compiler) function(n, name *syntax.Node, items []*syntax.Node, sc *scope) (eval.Node, *function) {
	fn := &function{proto: eval.NewProto("")}
	if name != nil {
		fn.proto.Name = name.Name()
		c.bindable(name)
		sc = sc.bind(&local{name: name.Name(), node: name, self: fn, fn: fn.proto})
	}
	switch {
	case len(items) > 0 && items[0].Kind == syntax.Vector:
		c.arity(fn, n, items[0], items[1:], sc)
	case len(items) > 0:
		for _, x := range items {
			if x.Kind != syntax.List || len(x.Items) == 0 || x.Items[0].Kind != syntax.Vector {
				c.malformed(x, fnShape, "each arity of a function is a list that begins with its parameters")
				continue
			}
			c.arity(fn, x, x.Items[0], x.Items[1:], sc)
		}
	default:
		c.malformed(n, fnShape, "a function needs a vector of parameters")
	}
	c.completeSelfCalls(fn, sc)
	return eval.MakeFn(fn.proto, fn.sources(sc.frame)), fn
}

// completeSelfCalls gives the calls of a function to itself their arity, and the slot of the function
// where it captures anything.
func (c *compiler) completeSelfCalls(fn *function, sc *scope) {
	var self *local
	for s := sc; s != nil && len(fn.captures) > 0; s = s.up {
		if s.local != nil && s.local.self == fn {
			self = s.local
			break
		}
	}
	for _, x := range fn.selves {
		count := len(x.call.Args)
		x.call.Arity = fn.proto.Arity(count)
		if x.call.Arity == nil {
			c.checkArity(x.node, fn.proto, count)
			continue
		}
		if self != nil {
			x.call.Self = x.frame.slotOf(self)
		}
	}
	for _, call := range fn.inner {
		c.checkArity(call.node, fn.proto, call.count)
	}
	for _, f := range fn.frames {
		f.arity.Size, f.arity.Loads = f.slots, f.order
	}
}

// arity compiles one parameter list and its body into fn.
func (c *compiler) arity(fn *function, n, params *syntax.Node, forms []*syntax.Node, sc *scope) {
	c.apart(func() { c.arityApart(fn, n, params, forms, sc) })
}

func (c *compiler) arityApart(fn *function, n, params *syntax.Node, forms []*syntax.Node, sc *scope) {
	since := c.forms
	f := &frame{fn: fn, outer: sc.frame, arity: &eval.Arity{}}
	fn.frames = append(fn.frames, f)
	inner := sc.within(f)
	positional, rest := c.params(params)
	a := f.arity
	a.Params, a.Rest = len(positional), rest != nil
	all := positional
	if rest != nil {
		all = append(all, rest)
	}
	t := &target{since: since}
	locals := make([]*local, len(all))
	for i, p := range all {
		if p.Kind == syntax.Symbol {
			locals[i] = c.declare(p, inner)
		} else {
			locals[i], _ = c.temp(p, inner)
		}
		t.slots = append(t.slots, locals[i].slot)
	}
	bound := c.tick
	d := &destructuring{c: c, sc: inner.retarget(t)}
	for i, p := range all {
		if p.Kind == syntax.Symbol {
			d.sc = d.sc.bind(locals[i])
		} else {
			d.pattern(p, locals[i])
		}
	}
	c.checkDistinct(params)
	c.checkHidden(params, append(locals, d.locals...), inner, bound)
	body := c.conditions(forms, d.sc)
	c.checkUsed(d.locals)
	if t.used {
		body = eval.Loop(body, d.binds, costOf(t.turn), site(n))
	}
	a.Cost = c.cost(since)
	a.Body = eval.Let(d.binds, body)
	c.addArity(fn, n, a)
}

func (c *compiler) addArity(fn *function, n *syntax.Node, a *eval.Arity) {
	p := fn.proto
	switch {
	case a.Rest && p.Rest != nil:
		c.fail(n, "bad-form", "", "a function can have only one variadic arity")
	case !a.Rest && a.Params < len(p.Fixed) && p.Fixed[a.Params] != nil:
		c.fail(n, "bad-form", "", "two arities take %d %s", a.Params, plural(a.Params, "argument"))
	default:
		p.Add(a)
	}
	if p.Rest != nil && len(p.Fixed) > p.Rest.Params+1 {
		c.fail(n, "bad-form", "", "an arity can't take more parameters than the variadic one")
	}
}

// params splits a parameter vector at its &.
func (c *compiler) params(n *syntax.Node) (positional []*syntax.Node, rest *syntax.Node) {
	for i, p := range n.Items {
		if !p.IsSymbol("&") {
			positional = append(positional, p)
			continue
		}
		switch len(n.Items) - i {
		case 2:
			rest = n.Items[i+1]
		case 1:
			c.fail(p, "bad-form", "", "& needs a name or pattern after it")
		default:
			c.fail(n.Items[i+2], "bad-form", "& and its name come last", "unexpected parameter after the rest")
			rest = n.Items[i+1]
		}
		break
	}
	if len(positional) > maxParams {
		c.fail(positional[maxParams], "bad-form", "pass a map", "a function can't have more than %d parameters", maxParams)
	}
	return positional, rest
}

// checkDistinct warns of names that occur twice among plain parameters: only the last could be read.
func (c *compiler) checkDistinct(params *syntax.Node) {
	seen := map[string]bool{}
	for _, p := range params.Items {
		name := p.Name()
		if p.Kind != syntax.Symbol || name == "&" || name[0] == '_' {
			continue
		}
		if seen[name] {
			c.fail(p, "duplicate-parameter", "rename one of them, or begin it with _ if it is ignored", "two parameters are called %s", name)
		}
		seen[name] = true
	}
}

// conditions compiles a function's body with its {:pre [...] :post [...]} map, if it has one.
func (c *compiler) conditions(forms []*syntax.Node, sc *scope) eval.Node {
	if len(forms) < 2 || forms[0].Kind != syntax.Map || forms[0].Get("pre") == nil && forms[0].Get("post") == nil {
		return c.body(forms, sc, true)
	}
	pre, post := forms[0].Get("pre"), forms[0].Get("post")
	var nodes []eval.Node
	nodes = append(nodes, c.assertions(pre, sc)...)
	if post == nil {
		return eval.Do(append(nodes, c.body(forms[1:], sc, true))...)
	}
	result := c.declare(symbolNode("%", post), sc)
	out := c.body(forms[1:], sc.retarget(&target{barrier: "a function with :post has work left after its body"}), false)
	checks := c.assertions(post, sc.bind(result))
	checks = append(checks, &eval.Local{Slot: result.slot})
	return eval.Do(append(nodes, eval.Let([]eval.Bind{{Slot: result.slot, Init: out}}, eval.Do(checks...)))...)
}

func (c *compiler) assertions(n *syntax.Node, sc *scope) []eval.Node {
	if n == nil {
		return nil
	}
	if n.Kind != syntax.Vector {
		c.malformed(n, "{:pre [test ...] :post [test ...]}", "conditions are a vector of tests")
		return nil
	}
	var out []eval.Node
	for _, x := range n.Items {
		text := &eval.Constant{Value: value.String("Assert failed: " + printed(x))}
		out = append(out, eval.Assert(c.expr(x, sc, false), text, site(x)))
	}
	return out
}

// letfn compiles letfn and letfn*: functions that see each other.
func (c *compiler) letfn(n *syntax.Node, sc *scope, tail bool) eval.Node {
	const shape = "(letfn [(name [params] body...) ...] body...)"
	if len(n.Items) < 2 || n.Items[1].Kind != syntax.Vector {
		return c.malformed(n, shape, "letfn needs a vector of functions")
	}
	inner := sc
	var locals []*local
	var specs []*syntax.Node
	var calls []pendingCall
	for _, spec := range n.Items[1].Items {
		name := spec.Head()
		if name == nil || len(spec.Items) < 2 {
			c.malformed(spec, shape, "letfn needs functions of the form (name [params] body...)")
			continue
		}
		if !c.bindable(name) {
			continue
		}
		l := c.declare(name, sc)
		l.calls = &calls
		locals, specs = append(locals, l), append(specs, spec)
		c.checkHidden(name, []*local{l}, sc, c.tick)
		inner = inner.bind(l)
	}
	effects := c.effects
	var binds []eval.Bind
	for i, spec := range specs {
		node, _ := c.function(spec, spec.Items[0], spec.Items[1:], inner)
		binds = append(binds, eval.Bind{Slot: locals[i].slot, Init: node})
	}
	for i, l := range locals {
		l.effects = c.effects != effects
		l.fn, l.calls = protoOf(binds[i].Init), nil
	}
	for _, call := range calls {
		c.checkArity(call.node, call.local.fn, call.count)
	}
	binds = constants(binds, locals)
	body := c.body(n.Items[2:], inner, tail)
	c.checkUsed(locals)
	return eval.LetFn(binds, body)
}

// constants lets functions that capture nothing be used without a slot; those that others captured keep theirs.
func constants(binds []eval.Bind, locals []*local) []eval.Bind {
	for i, l := range locals {
		if k, ok := binds[i].Init.(*eval.Constant); ok && l.uses == 0 {
			l.value = k
		}
	}
	return binds
}
