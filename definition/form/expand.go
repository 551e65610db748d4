package form

import (
	"strings"

	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Locals tells which names are local at a place: they hide what else goes by that name.
type Locals interface {
	Has(name string) bool
}

// Head is the name of the form or function that a list calls, without the namespace
// of clojure.core; "" if it is no plain name or a local of that name shadows it.
func Head(n *syntax.Node, s Locals) string {
	h := n.Head()
	if h == nil {
		return ""
	}
	name := h.Name()
	if s.Has(name) {
		return ""
	}
	return strings.TrimPrefix(name, "clojure.core/")
}

// Expand rewrites the threading macros into plain calls; other forms are given back as they are.
// Every part that comes from the text keeps its position.
func Expand(n *syntax.Node, s Locals) *syntax.Node {
	if n.Kind != syntax.List || len(n.Items) < 2 {
		return n
	}
	switch Head(n, s) {
	case "->", "some->":
		return thread(n, 1)
	case "->>", "some->>":
		return thread(n, -1)
	case "cond->":
		return threadIf(n, 1)
	case "cond->>":
		return threadIf(n, -1)
	}
	return n
}

// thread puts each value into the next call, as its first argument (place 1) or its last (-1).
func thread(n *syntax.Node, place int) *syntax.Node {
	v := n.Items[1]
	for _, call := range n.Items[2:] {
		v = insert(call, v, place)
	}
	return withMeta(v, n)
}

// threaded is the local that holds a value on its way through cond->: no author can write it.
const threaded = "threaded__#"

// threadIf is thread where each call has a test before it.
func threadIf(n *syntax.Node, place int) *syntax.Node {
	v := n.Items[1]
	for i := 2; i+1 < len(n.Items); i += 2 {
		test, call := n.Items[i], n.Items[i+1]
		local := symbol(threaded, call)
		binding := list(call, local, v)
		binding.Kind = syntax.Vector
		v = list(call, symbol("let", call), binding, list(call, symbol("if", call), test, insert(call, local, place), local))
	}
	return v
}

func insert(call, v *syntax.Node, place int) *syntax.Node {
	if call.Kind != syntax.List || len(call.Items) == 0 {
		return list(call, call, v)
	}
	items := make([]*syntax.Node, 0, len(call.Items)+1)
	if place == 1 {
		items = append(items, call.Items[0], v)
		items = append(items, call.Items[1:]...)
	} else {
		items = append(append(items, call.Items...), v)
	}
	with := *call
	with.Items = items
	return &with
}

// withMeta gives the expansion the metadata of the form that it stands for.
func withMeta(v, of *syntax.Node) *syntax.Node {
	if of.Meta == nil || v.Meta != nil || v.Kind == syntax.Literal {
		return v
	}
	with := *v
	with.Meta = of.Meta
	return &with
}

// list makes a list that stands where at stands.
func list(at *syntax.Node, items ...*syntax.Node) *syntax.Node {
	return &syntax.Node{Kind: syntax.List, Items: items, Pos: at.Pos, End: at.End, Start: at.Start, Stop: at.Stop}
}

func symbol(name string, at *syntax.Node) *syntax.Node {
	return &syntax.Node{Kind: syntax.Symbol, Value: value.Sym("", name), Pos: at.Pos, End: at.Pos, Start: at.Start, Stop: at.Start}
}
