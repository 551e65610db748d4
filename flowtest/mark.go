package flowtest

import (
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// mark is a labelled decision of a flow: its question, its two answers, and where the first of that label stands.
type mark struct {
	label, yes, no string
	pos, end       value.Pos
}

// marksOf finds the labels in a body.
func marksOf(n *syntax.Node) map[string]mark {
	out := map[string]mark{}
	walk(n, func(n *syntax.Node) {
		if n.Meta == nil || n.Meta.Get("label") == nil {
			return
		}
		m := mark{label: schema.TextOf(n.Meta.Get("label")), yes: "yes", no: "no", pos: n.Pos, end: n.End}
		if text := schema.TextOf(n.Meta.Get("yes")); text != "" {
			m.yes = text
		}
		if text := schema.TextOf(n.Meta.Get("no")); text != "" {
			m.no = text
		}
		if _, twice := out[m.label]; !twice {
			out[m.label] = m
		}
	})
	return out
}

// walk calls f with n and everything in it.
func walk(n *syntax.Node, f func(*syntax.Node)) {
	if n == nil {
		return
	}
	f(n)
	for _, item := range n.Items {
		walk(item, f)
	}
}
