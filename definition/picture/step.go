package picture

import (
	"strings"

	"github.com/weir-run/weir/definition/form"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// step draws a flow/step call, whose arguments are drawn already.
func (b *builder) step(n *syntax.Node, in exits) exits {
	args := n.Items[1:]
	if len(args) < 2 || len(in) == 0 {
		return in
	}
	node := Node{ID: "step", Kind: Step, Title: b.text1(args[1])}
	if args[1].Kind == syntax.Literal {
		node.ID, node.Step = node.Title, node.Title
	}
	typ := b.text1(args[0])
	var config *syntax.Node
	if len(args) > 2 && args[2].Kind == syntax.Map {
		config = args[2]
	}
	if title := literal(config.Get("title")); title != "" {
		node.Title = title
	}
	node.Detail = strings.TrimSpace(typ + " " + b.detail(typ, config))
	if typ == "wait" {
		node.Kind = Wait
	}
	return exits{{from: b.place(in, node)}}
}

// detail is what there is to say of a step beside its type.
func (b *builder) detail(typ string, config *syntax.Node) string {
	get := func(name string) string { return literal(config.Get(name)) }
	switch typ {
	case "http":
		method := strings.ToUpper(get("method"))
		if method == "" && get("template") == "" {
			method = "GET"
		}
		return joined(" ", method, get("connection"), get("url"), get("template"))
	case "function":
		if ref := get("ref"); ref != "" {
			return ref
		}
		if persist := config.Get("persist"); persist != nil && config.Get("code") == nil {
			return joined(" ", "keeps its input as", literal(persist.Get("type")))
		}
	case "wait":
		timeout := get("timeout")
		if config.Get("timeout") != nil && timeout == "" {
			return "" // computed
		}
		if timeout == "" {
			timeout = "24h"
		}
		detail := "up to " + timeout
		if get("on-timeout") == "continue" {
			detail += ", then goes on"
		}
		return detail
	case "notify":
		return get("template")
	case "kv":
		return get("operation")
	case "sleep":
		if s := get("seconds"); s != "" {
			return s + "s"
		}
		if ms := get("millis"); ms != "" {
			return ms + "ms"
		}
		return get("duration")
	}
	return ""
}

// text1 is a literal's text, or the source of an expression.
func (b *builder) text1(n *syntax.Node) string {
	if text := literal(n); text != "" {
		return text
	}
	return b.source(n)
}

// literal is the text of a literal, keywords without their colon; "" for anything else.
func literal(n *syntax.Node) string {
	if n == nil || n.Kind != syntax.Literal {
		return ""
	}
	if name := n.Name(); name != "" {
		return name
	}
	if n.Value.IsNil() {
		return ""
	}
	return value.Text(nil, n.Value)
}

func joined(sep string, parts ...string) string {
	var there []string
	for _, p := range parts {
		if p != "" {
			there = append(there, p)
		}
	}
	return strings.Join(there, sep)
}

// call draws a call of a function: one of the author's is drawn in its place; one that is handed
// to another function is drawn as a loop.
func (b *builder) call(n *syntax.Node, in exits, l *local) exits {
	in = b.seq(n.Items, in, l)
	if fn := b.functionOf(n.Items[0], l); fn != nil {
		return b.inline(fn, len(n.Items)-1, in)
	}
	for _, arg := range n.Items[1:] {
		fn := b.functionOf(arg, l)
		if fn == nil {
			continue
		}
		for _, a := range fn.arities {
			in = b.repeat(in, Node{ID: "each", Kind: Loop, Title: form.Head(n, l) + " each"}, "each", func(in exits) exits {
				return b.inline(fn, len(a.Params.Items), in)
			})
		}
	}
	return in
}

// inline draws the body of a function where it is called.
func (b *builder) inline(fn *function, args int, in exits) exits {
	for _, active := range b.calls {
		if active.fn == fn && b.matters(active.began) {
			return exits{{from: b.place(in, Node{ID: "again", Kind: Call, Title: fn.name + " again"})}}
		}
		if active.fn == fn {
			return in
		}
	}
	for _, a := range fn.arities {
		if !takes(a, args) {
			continue
		}
		before := b.mark()
		b.calls, b.recurs = append(b.calls, call{fn, before}), append(b.recurs, nil)
		out := b.seq(a.Body, in, fn.locals.with(nil, form.Bound(a.Params)...))
		again := b.recurs[len(b.recurs)-1]
		b.calls, b.recurs = b.calls[:len(b.calls)-1], b.recurs[:len(b.recurs)-1]
		if !b.matters(before) {
			b.reset(before)
			return in
		}
		for i := range again {
			again[i].label = joined(" ", again[i].label, "again")
		}
		b.join(again, b.g.Nodes[before.nodes].ID)
		return out
	}
	return in
}

func takes(a form.Arity, n int) bool {
	for i, p := range a.Params.Items {
		if p.IsSymbol("&") {
			return n >= i
		}
	}
	return n == len(a.Params.Items)
}
