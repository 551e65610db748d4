package compile

import (
	"fmt"

	"github.com/weir-run/weir/interpreter/eval"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// list compiles a list: a special form, a macro or a call.
func (c *compiler) list(n *syntax.Node, sc *scope, tail bool) eval.Node {
	if len(n.Items) == 0 {
		return &eval.Constant{Value: n.Datum()}
	}
	head := n.Items[0]
	if head.Kind == syntax.Symbol {
		return c.named(n, head, sc, tail)
	}
	if head.Kind == syntax.Literal {
		return c.literalCall(n, head, sc)
	}
	fn := c.expr(head, sc, false)
	args := c.exprs(n.Items[1:], sc)
	if k, ok := fn.(*eval.Constant); ok {
		if f, ok := k.Value.Ref().(interface{ Proto() *eval.Proto }); ok {
			c.checkArity(n, f.Proto(), len(args))
		}
	}
	return eval.Call(fn, args, site(n))
}

// literalCall compiles a list that begins with a literal: only keywords can be called.
func (c *compiler) literalCall(n, head *syntax.Node, sc *scope) eval.Node {
	args := c.exprs(n.Items[1:], sc)
	if _, ok := head.Value.AsKeyword(); ok {
		switch len(args) {
		case 1:
			return eval.Lookup(head.Value, args[0], nil, siteNamed(n, head))
		case 2:
			return eval.Lookup(head.Value, args[0], args[1], siteNamed(n, head))
		}
		return c.fail(n, "wrong-arity", "(:key map) or (:key map default)", "%s takes 1 or 2 arguments, not %d", printed(head), len(args))
	}
	return c.fail(n, "not-a-function", "for a list of data write [...] or (list ...)", "%s is %s, not a function", printed(head), value.AKind(head.Value))
}

func siteNamed(n, head *syntax.Node) *eval.Site {
	return &eval.Site{Pos: n.Pos, Name: printed(head)}
}

func printed(n *syntax.Node) string { return value.PrStr(nil, n.Datum()) }

// named compiles a list that begins with a symbol.
func (c *compiler) named(n, head *syntax.Node, sc *scope, tail bool) eval.Node {
	name := head.Name()
	if special, ok := specials[name]; ok {
		return special(c, n, sc, tail)
	}
	if l := sc.find(name); l != nil {
		return c.callLocal(n, l, sc)
	}
	if macro, ok := macros[unqualified(name)]; ok {
		return macro(c, n, sc, tail)
	}
	if macro, ok := c.env.Macros[name]; ok {
		return c.expand(n, macro, sc, tail)
	}
	if b, qualified, ok := c.builtin(head); ok {
		return c.callBuiltin(n, b, qualified, sc)
	}
	c.unknown(head, sc, true)
	c.exprs(n.Items[1:], sc) // for the problems inside
	return eval.NilNode
}

// expand compiles what a host macro makes of a call.
func (c *compiler) expand(n *syntax.Node, macro Macro, sc *scope, tail bool) eval.Node {
	form, err := macro(n)
	if err != nil {
		return c.fail(n, "bad-form", "", "%s", err)
	}
	return c.expr(form, sc, tail)
}

// callLocal compiles a call of what a local names.
func (c *compiler) callLocal(n *syntax.Node, l *local, sc *scope) eval.Node {
	c.checkCalled(l, n.Items[0].Name())
	args := c.exprs(n.Items[1:], sc)
	if l.calls != nil {
		*l.calls = append(*l.calls, pendingCall{n, l, len(args)})
	}
	if l.fn == nil {
		return eval.Call(c.use(l, sc), args, siteOf(n))
	}
	if l.self != nil {
		if l.self == sc.frame.fn {
			return c.callSelf(n, l, args, sc)
		}
		l.self.inner = append(l.self.inner, pendingCall{n, l, len(args)})
		return eval.Call(c.use(l, sc), args, siteOf(n))
	}
	c.checkArity(n, l.fn, len(args))
	return eval.Call(c.use(l, sc), args, siteOf(n))
}

// callSelf compiles a call of the function that the call stands in. Its arities are known only when
// all of them are compiled: the call is completed then.
func (c *compiler) callSelf(n *syntax.Node, l *local, args []eval.Node, sc *scope) eval.Node {
	c.used(l)
	call := &eval.SelfCall{Args: args, Site: siteOf(n), Self: -1}
	l.self.selves = append(l.self.selves, selfCall{frame: sc.frame, node: n, call: call})
	return call
}

// checkArity reports a call of a known function with a wrong number of arguments.
func (c *compiler) checkArity(n *syntax.Node, p *eval.Proto, count int) {
	if p.Arity(count) != nil {
		return
	}
	name := p.Name
	if name == "" {
		name = "this fn"
	}
	c.fail(n, "wrong-arity", "", "%s takes %s, not %d", name, p.Takes(), count)
}

// callBuiltin compiles a call of a function of the core library or of the host.
func (c *compiler) callBuiltin(n *syntax.Node, b *value.Builtin, qualified string, sc *scope) eval.Node {
	args := c.exprs(n.Items[1:], sc)
	if len(args) < b.Min || b.Max >= 0 && len(args) > b.Max {
		return c.fail(n, "wrong-arity", "", "%s takes %s, not %d", b.Name, takes(b), len(args))
	}
	if inline, ok := inlined[qualified]; ok {
		if node := inline(c, b, args, siteOf(n)); node != nil {
			return node
		}
	}
	return eval.CallBuiltin(b, args, siteOf(n))
}

// takes says in words how many arguments a builtin takes.
func takes(b *value.Builtin) string {
	switch {
	case b.Max < 0:
		return fmt.Sprintf("%d or more arguments", b.Min)
	case b.Min == b.Max && b.Min == 1:
		return "1 argument"
	case b.Min == 0 && b.Max == 0:
		return "no arguments"
	case b.Min == b.Max:
		return fmt.Sprintf("%d arguments", b.Min)
	case b.Max == b.Min+1:
		return fmt.Sprintf("%d or %d arguments", b.Min, b.Max)
	}
	return fmt.Sprintf("%d to %d arguments", b.Min, b.Max)
}

// divideDoubles is a division with a double written out: it doesn't throw for a divisor of zero, as no primitive double of
// Clojure's does. Where neither is written out, Clojure's are boxed, and throw.
func divideDoubles(_ *compiler, b *value.Builtin, args []eval.Node, s *eval.Site) eval.Node {
	for _, arg := range args {
		if k, ok := arg.(*eval.Constant); ok && len(args) == 2 {
			if _, ok := k.Value.AsDouble(); ok {
				return eval.CallBuiltin(dividingDoubles, args, s)
			}
		}
	}
	return nil
}

var dividingDoubles = &value.Builtin{Name: "/", Min: 2, Max: 2, Fn: func(th *value.Thread, args []value.Value) value.Value {
	value.ChargeNumbers(th, args[0], args[1])
	return value.Double(value.ToDouble(args[0]) / value.ToDouble(args[1]))
}}

// inlined makes the nodes of builtins that have their own; nil where the call is an ordinary one.
var inlined = map[string]func(c *compiler, b *value.Builtin, args []eval.Node, s *eval.Site) eval.Node{
	"clojure.core/+":     fold(eval.Add),
	"clojure.core/-":     fold(eval.Sub),
	"clojure.core/*":     fold(eval.Mul),
	"clojure.core//":     divideDoubles,
	"clojure.core/<":     pair(eval.Less),
	"clojure.core/<=":    pair(eval.LessEq),
	"clojure.core/>":     pair(eval.Greater),
	"clojure.core/>=":    pair(eval.GreaterEq),
	"clojure.core/==":    pair(eval.NumEq),
	"clojure.core/quot":  pair(eval.Quot),
	"clojure.core/rem":   pair(eval.Rem),
	"clojure.core/mod":   pair(eval.Mod),
	"clojure.core/inc":   step(eval.Add, "clojure.core/+"),
	"clojure.core/dec":   step(eval.Sub, "clojure.core/-"),
	"clojure.core/zero?": ask(eval.IsZero),
	"clojure.core/pos?":  ask(eval.IsPos),
	"clojure.core/neg?":  ask(eval.IsNeg),
	"clojure.core/even?": ask(eval.IsEven),
	"clojure.core/odd?":  ask(eval.IsOdd),
	"clojure.core/=":     equal(false),
	"clojure.core/not=":  equal(true),
	"clojure.core/not": func(_ *compiler, _ *value.Builtin, args []eval.Node, _ *eval.Site) eval.Node {
		return eval.Not(args[0])
	},
	"clojure.core/nil?": func(_ *compiler, _ *value.Builtin, args []eval.Node, _ *eval.Site) eval.Node {
		return eval.IsNil(args[0], false)
	},
	"clojure.core/some?": func(_ *compiler, _ *value.Builtin, args []eval.Node, _ *eval.Site) eval.Node {
		return eval.IsNil(args[0], true)
	},
}

type inline = func(c *compiler, b *value.Builtin, args []eval.Node, s *eval.Site) eval.Node

func fold(op eval.Op) inline {
	return func(_ *compiler, b *value.Builtin, args []eval.Node, s *eval.Site) eval.Node {
		if len(args) < 2 {
			return nil
		}
		out := args[0]
		for _, x := range args[1:] {
			out = eval.Arith(op, out, x, b, s)
		}
		return out
	}
}

func pair(op eval.Op) inline {
	return func(_ *compiler, b *value.Builtin, args []eval.Node, s *eval.Site) eval.Node {
		if len(args) != 2 {
			return nil
		}
		return eval.Arith(op, args[0], args[1], b, s)
	}
}

func step(op eval.Op, by string) inline {
	return func(c *compiler, _ *value.Builtin, args []eval.Node, s *eval.Site) eval.Node {
		b, ok := c.env.Lookup(by)
		if !ok {
			return nil
		}
		return eval.Arith(op, args[0], &eval.Constant{Value: value.Int(1)}, b, s)
	}
}

func ask(q eval.Question) inline {
	return func(_ *compiler, b *value.Builtin, args []eval.Node, s *eval.Site) eval.Node {
		return eval.Ask(q, args[0], b, s)
	}
}

func equal(negated bool) inline {
	return func(_ *compiler, _ *value.Builtin, args []eval.Node, s *eval.Site) eval.Node {
		if len(args) != 2 {
			return nil
		}
		return eval.Equal(args[0], args[1], negated, s)
	}
}
