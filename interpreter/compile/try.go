package compile

import (
	"strings"

	"github.com/weir-run/weir/interpreter/eval"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

const tryShape = "(try body... (catch Exception e ...) (finally ...))"

// try compiles (try body... (catch Class name body...)* (finally body...)?).
func (c *compiler) try(n *syntax.Node, sc *scope, tail bool) eval.Node {
	items := n.Items[1:]
	end := 0
	for end < len(items) && !isClause(items[end]) {
		end++
	}
	body, clauses := items[:end], items[end:]
	if len(clauses) == 0 {
		return c.body(body, sc.retarget(&target{barrier: "take the recur out of the try"}), tail)
	}
	inner := sc.retarget(&target{barrier: "recur can't leave a try: let the try give a value, and recur on that"})
	protected := c.body(body, inner, false)
	var catches []eval.Catch
	var finally eval.Node
	before := map[string]bool{}
	for i, clause := range clauses {
		switch {
		case clause.Head().IsSymbol("catch"):
			if catch, ok := c.catch(clause, inner); ok {
				c.checkCaught(clause.Items[1], catch.Class, before)
				catches = append(catches, catch)
			}
		case clause.Head().IsSymbol("finally") && i == len(clauses)-1:
			finally = c.body(clause.Items[1:], inner, false)
		case clause.Head().IsSymbol("finally"):
			c.malformed(clause, tryShape, "finally comes last in a try")
		default:
			c.malformed(clause, tryShape, "only catch and finally may follow a catch")
		}
	}
	return eval.Try(protected, catches, finally)
}

func isClause(n *syntax.Node) bool {
	return n.Head().IsSymbol("catch") || n.Head().IsSymbol("finally")
}

func (c *compiler) catch(n *syntax.Node, sc *scope) (eval.Catch, bool) {
	if len(n.Items) < 3 || n.Items[2].Kind != syntax.Symbol {
		c.malformed(n, "(catch Exception e body...)", "catch needs a class and a name")
		return eval.Catch{}, false
	}
	class, name := n.Items[1], n.Items[2]
	known := c.class(class)
	if !c.bindable(name) {
		return eval.Catch{}, false
	}
	l := c.declare(name, sc)
	return eval.Catch{Class: known, Slot: l.slot, Body: c.body(n.Items[3:], sc.bind(l), false)}, true
}

// checkCaught warns of a clause for what an earlier one catches.
func (c *compiler) checkCaught(class *syntax.Node, name string, before map[string]bool) {
	for _, general := range []string{name, ":default", "Throwable", "Exception"} {
		if before[general] && (general != "Exception" || !strings.HasSuffix(name, "Error") && name != "Throwable" && name != ":default") {
			c.warn(class, "unreachable", "put the general clause last", "this is never reached: the clause for %s before it catches the same", general)
			break
		}
	}
	before[name] = true
}

// class checks the class of a catch: Exception, Throwable, :default, ExceptionInfo and Java's own.
func (c *compiler) class(n *syntax.Node) string {
	name := n.Name()
	if n.IsKeyword("default") || name == "js/Error" || name == "js/Object" {
		return ":default"
	}
	if n.Kind == syntax.Symbol && value.KnownClass(name) {
		return name
	}
	hint := "catch Exception, and look at (ex-data e) to tell failures apart"
	if near := nearest(name, exceptionClasses); near != "" && n.Kind == syntax.Symbol {
		hint = "did you mean " + near + "?"
	}
	c.fail(n, "unknown-class", hint, "unknown exception class %s", printed(n))
	return ":default"
}

// exceptionClasses are the classes that an unknown one was probably meant to be.
var exceptionClasses = []string{"Exception", "Throwable", "ExceptionInfo", "clojure.lang.ExceptionInfo", "RuntimeException",
	"ArithmeticException", "IllegalArgumentException", "IllegalStateException", "NullPointerException", "ClassCastException",
	"IndexOutOfBoundsException", "NumberFormatException", "UnsupportedOperationException", "ArityException", "AssertionError"}
