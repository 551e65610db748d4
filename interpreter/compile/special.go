package compile

import (
	"github.com/weir-run/weir/interpreter/eval"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// form compiles a list whose head names a special form or macro.
type form = func(c *compiler, n *syntax.Node, sc *scope, tail bool) eval.Node

// specials can't be shadowed; macros can, by locals, and are known as clojure.core/... too.
var specials, macros map[string]form

func init() {
	specials = map[string]form{
		"quote": (*compiler).quote, "do": (*compiler).do, "if": (*compiler).ifForm,
		"let*": (*compiler).let, "loop*": (*compiler).loop, "fn*": (*compiler).fn, "letfn*": (*compiler).letfn,
		"recur": (*compiler).recur, "throw": (*compiler).throw, "try": (*compiler).try,
		"catch": (*compiler).strayClause, "finally": (*compiler).strayClause, "&": (*compiler).strayAmpersand,
	}
	macros = map[string]form{
		"let": (*compiler).let, "loop": (*compiler).loop, "fn": (*compiler).fn, "letfn": (*compiler).letfn,
		"if-not": (*compiler).ifNot, "when": (*compiler).when, "when-not": (*compiler).whenNot, "cond": (*compiler).cond,
		"if-let": (*compiler).ifLet, "if-some": (*compiler).ifSome, "when-let": (*compiler).whenLet, "when-some": (*compiler).whenSome,
		"when-first": (*compiler).whenFirst, "and": (*compiler).and, "or": (*compiler).or,
		"case": (*compiler).caseForm, "condp": (*compiler).condp,
		"->": (*compiler).threadFirst, "->>": (*compiler).threadLast, "as->": (*compiler).threadAs,
		"some->": (*compiler).someFirst, "some->>": (*compiler).someLast,
		"cond->": (*compiler).condFirst, "cond->>": (*compiler).condLast, "doto": (*compiler).doto,
		"for": (*compiler).forForm, "doseq": (*compiler).doseq, "dotimes": (*compiler).dotimes, "while": (*compiler).while,
		"lazy-seq": (*compiler).lazySeq, "delay": (*compiler).delay, "lazy-cat": (*compiler).lazyCat,
		"assert": (*compiler).assert, "comment": (*compiler).comment,
	}
}

func (c *compiler) quote(n *syntax.Node, _ *scope, _ bool) eval.Node {
	if len(n.Items) != 2 {
		return c.malformed(n, "(quote form)", "quote takes 1 form, not %d", len(n.Items)-1)
	}
	return &eval.Constant{Value: n.Items[1].Datum()}
}

func (c *compiler) do(n *syntax.Node, sc *scope, tail bool) eval.Node {
	return c.body(n.Items[1:], sc, tail)
}

func (c *compiler) throw(n *syntax.Node, sc *scope, _ bool) eval.Node {
	if len(n.Items) != 2 {
		return c.malformed(n, "(throw (ex-info \"message\" {...}))", "throw takes 1 form, not %d", len(n.Items)-1)
	}
	if literal := n.Items[1]; literal.Kind == syntax.Literal {
		return c.fail(literal, "not-an-exception", "write (throw (ex-info \"message\" {...}))", "%s can't be thrown", value.AKind(literal.Value))
	}
	return eval.Throw(c.expr(n.Items[1], sc, false), site(n))
}

func (c *compiler) comment(*syntax.Node, *scope, bool) eval.Node { return eval.NilNode }

func (c *compiler) strayClause(n *syntax.Node, _ *scope, _ bool) eval.Node {
	name := n.Items[0].Name()
	return c.fail(n, "bad-form", "(try body... (catch Exception e ...) (finally ...)), clauses last", "%s stands outside of a try", name)
}

func (c *compiler) strayAmpersand(n *syntax.Node, _ *scope, _ bool) eval.Node {
	return c.fail(n, "bad-form", "", "& has a meaning in parameters and patterns only")
}

// malformed reports a form that doesn't have its shape; shape shows the right one.
func (c *compiler) malformed(n *syntax.Node, shape, format string, args ...any) eval.Node {
	return c.fail(n, "bad-form", "write "+shape, format, args...)
}

// recur compiles (recur ...): the jump back to the innermost loop or function.
func (c *compiler) recur(n *syntax.Node, sc *scope, tail bool) eval.Node {
	args := c.exprs(n.Items[1:], sc)
	t := sc.target
	switch {
	case t == nil:
		return c.fail(n, "recur-position", "", "recur stands outside of every loop and fn")
	case t.barrier != "":
		return c.fail(n, "recur-position", t.barrier, "can't recur from here")
	case !tail:
		return c.fail(n, "recur-position", "nothing may be left to do after recur; call the function by its name instead, or carry the rest in an accumulator",
			"can only recur from tail position")
	case len(args) != len(t.slots):
		return c.fail(n, "wrong-arity", "", "recur needs %d %s, one for each binding, not %d", len(t.slots), plural(len(t.slots), "value"), len(args))
	}
	t.used = true
	t.turn = max(t.turn, c.forms-t.since)
	var binds []eval.Bind
	for i, x := range args {
		if l, ok := x.(*eval.Local); !ok || l.Slot != t.slots[i] {
			binds = append(binds, eval.Bind{Slot: t.slots[i], Init: x})
		}
	}
	return eval.Recur(binds)
}

func plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}

// symbolNode makes a symbol at the place of another form.
func symbolNode(name string, at *syntax.Node) *syntax.Node {
	return &syntax.Node{Kind: syntax.Symbol, Value: value.Sym("", name), Pos: at.Pos, End: at.End, Start: at.Start, Stop: at.Stop}
}

// listNode makes a list at the place of another form.
func listNode(at *syntax.Node, items ...*syntax.Node) *syntax.Node {
	return &syntax.Node{Kind: syntax.List, Items: items, Pos: at.Pos, End: at.End, Start: at.Start, Stop: at.Stop}
}
