package compile

import (
	"github.com/weir-run/weir/interpreter/eval"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// caseForm compiles (case x constant value ... default?): constants are data, a list holds alternatives.
func (c *compiler) caseForm(n *syntax.Node, sc *scope, tail bool) eval.Node {
	if len(n.Items) < 2 {
		return c.malformed(n, "(case x constant value ... default)", "case needs a form to look at")
	}
	x := c.expr(n.Items[1], sc, false)
	label := c.labelOf(n, n.Items[1])
	items := n.Items[2:]
	var keys []value.Value
	var which []int
	var thens []eval.Node
	seen := value.EmptyMap
	values := c.branches()
	defer values.end()
	for ; len(items) >= 2; items = items[2:] {
		constants := []*syntax.Node{items[0]}
		if items[0].Kind == syntax.List {
			constants = items[0].Items
		}
		for _, k := range constants {
			v := k.Datum()
			if _, again := seen.Own(nil, v); again {
				c.fail(k, "duplicate-case", "", "%s occurs twice in this case", printed(k))
				continue
			}
			seen = seen.Assoc(nil, v, value.True)
			keys, which = append(keys, v), append(which, len(thens))
		}
		then := values.branch(items[1], sc, tail)
		if label != nil {
			then = eval.Decided(then, label, true)
		}
		thens = append(thens, then)
	}
	var els eval.Node
	if len(items) == 1 {
		els = values.branch(items[0], sc, tail)
		if label != nil {
			els = eval.Decided(els, label, false)
		}
	}
	return eval.Case(x, keys, which, thens, els, site(n))
}

// condp compiles (condp pred x constant value ... default?), with constant :>> f.
func (c *compiler) condp(n *syntax.Node, sc *scope, tail bool) eval.Node {
	const shape = "(condp pred x test value ... default)"
	if len(n.Items) < 3 {
		return c.malformed(n, shape, "condp needs a predicate and a form to look at")
	}
	pred, predName := c.temp(n.Items[1], sc)
	x, xName := c.temp(n.Items[2], sc)
	binds := []eval.Bind{{Slot: pred.slot, Init: c.expr(n.Items[1], sc, false)}}
	head := predName
	if n.Items[1].Kind == syntax.Symbol { // a name is compiled as the call that it is
		head, binds = n.Items[1], nil
	}
	look := c.expr(n.Items[2], sc, false)
	label := c.labelOf(n, n.Items[2])
	inner := sc.bind(pred).bind(x)
	values := c.branches()
	defer values.end()
	items := n.Items[3:]
	var clauses []eval.CondpClause
	same := map[string]bool{} // the constants that were met, if the predicate is =
	for len(items) >= 2 {
		if k := items[0]; n.Items[1].IsSymbol("=") && k.Kind == syntax.Literal {
			if same[printed(k)] {
				c.warn(k, "unreachable", "", "this is never reached: %s occurs twice in this condp", printed(k))
			}
			same[printed(k)] = true
		}
		clause := eval.CondpClause{Test: c.expr(listNode(items[0], head, items[0], xName), inner, false)}
		then := items[1]
		if clause.Pass = items[1].IsKeyword(">>"); clause.Pass {
			if len(items) < 3 {
				return c.malformed(items[1], shape, ":>> needs a function after it")
			}
			then, items = items[2], items[1:]
		}
		clause.Then = values.branch(then, sc, tail && !clause.Pass)
		if label != nil {
			clause.Then = eval.Decided(clause.Then, label, true)
		}
		clauses, items = append(clauses, clause), items[2:]
	}
	var els eval.Node
	if len(items) == 1 {
		els = values.branch(items[0], sc, tail)
		if label != nil {
			els = eval.Decided(els, label, false)
		}
	}
	return eval.Let(binds, eval.Condp(look, x.slot, clauses, els, site(n)))
}

// assert compiles (assert test message?).
func (c *compiler) assert(n *syntax.Node, sc *scope, _ bool) eval.Node {
	if len(n.Items) < 2 || len(n.Items) > 3 {
		return c.malformed(n, "(assert test \"message\")", "assert takes 1 or 2 forms, not %d", len(n.Items)-1)
	}
	failed := "Assert failed: "
	form := printed(n.Items[1])
	message := text(failed + form)
	if len(n.Items) == 3 {
		str, ok := c.env.Lookup("clojure.core/str")
		if !ok {
			return c.fail(n, "unresolved", "", "assert with a message needs clojure.core/str")
		}
		message = eval.CallBuiltin(str, []eval.Node{text(failed), c.expr(n.Items[2], sc, false), text("\n" + form)}, site(n))
	}
	return eval.Assert(c.expr(n.Items[1], sc, false), message, site(n))
}
