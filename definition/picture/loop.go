package picture

import (
	"strconv"

	"github.com/weir-run/weir/definition/form"
	"github.com/weir-run/weir/interpreter/syntax"
)

// repeat draws a loop around what body draws: nothing, if body draws nothing.
func (b *builder) repeat(in exits, loop Node, each string, body func(in exits) exits) exits {
	before := b.mark()
	id := b.place(in, loop)
	out := body(exits{{from: id, label: each}})
	if !b.matters(before) {
		b.reset(before)
		return in
	}
	b.join(out, id)
	return exits{{from: id, label: "done"}}
}

func (b *builder) loop(n *syntax.Node, name string, in exits, l *local) exits {
	args := n.Items[1:]
	switch name {
	case "loop", "loop*":
		return b.recurLoop(args, in, l)
	case "while":
		if len(args) == 0 {
			return in
		}
		return b.repeat(in, Node{ID: "loop", Kind: Loop, Title: "while " + b.source(args[0])}, "yes", func(in exits) exits {
			return b.seq(args, in, l)
		})
	}
	if len(args) == 0 || args[0].Kind != syntax.Vector || len(args[0].Items) < 2 {
		return in
	}
	bindings := args[0].Items
	in = b.form(bindings[1], in, l)
	title := "for each " + b.source(bindings[0])
	if name == "dotimes" {
		title = b.source(bindings[1]) + " times"
	}
	return b.repeat(in, Node{ID: "loop", Kind: Loop, Title: title}, "each", func(in exits) exits {
		in, inner := b.comprehension(bindings, in, l)
		return b.seq(args[1:], in, inner)
	})
}

// comprehension draws what the bindings of for and doseq do for each item of the first.
func (b *builder) comprehension(items []*syntax.Node, in exits, l *local) (exits, *local) {
	l = l.with(nil, form.Bound(items[0])...)
	for i := 2; i+1 < len(items); i += 2 {
		pattern, v := items[i], items[i+1]
		switch {
		case pattern.IsKeyword("let") && v.Kind == syntax.Vector:
			in, l = b.bindings(v.Items, in, l)
		case pattern.Kind == syntax.Literal:
			in = b.form(v, in, l)
		default:
			in = b.form(v, in, l)
			l = l.with(nil, form.Bound(pattern)...)
		}
	}
	return in, l
}

// recurLoop draws (loop [...] ...): recur leads back to it, whatever else ends it leads on.
func (b *builder) recurLoop(args []*syntax.Node, in exits, l *local) exits {
	if len(args) == 0 || args[0].Kind != syntax.Vector {
		return in
	}
	in, l = b.bindings(args[0].Items, in, l)
	before := b.mark()
	id := b.place(in, Node{ID: "loop", Kind: Loop, Title: "loop"})
	b.recurs = append(b.recurs, nil)
	out := b.seq(args[1:], exits{{from: id}}, l)
	again := b.recurs[len(b.recurs)-1]
	b.recurs = b.recurs[:len(b.recurs)-1]
	if !b.matters(before) {
		b.reset(before)
		return in
	}
	for i := range again {
		again[i].label = joined(" ", again[i].label, "again")
	}
	b.join(again, id)
	return out
}

// poll draws (flow/poll {...} step).
func (b *builder) poll(args []*syntax.Node, in exits, l *local) exits {
	if len(args) != 2 {
		return b.seq(args, in, l)
	}
	in = b.form(args[0], in, l)
	title := "poll"
	if every := literal(args[0].Get("interval")); every != "" {
		title += " every " + every
	}
	return b.repeat(in, Node{ID: "poll", Kind: Loop, Title: title}, "ask", func(in exits) exits {
		return b.form(args[1], in, l)
	})
}

// parallel draws (flow/parallel a b): its branches part and meet again.
func (b *builder) parallel(args []*syntax.Node, in exits, l *local) exits {
	before := b.mark()
	fork := b.place(in, Node{ID: "parallel", Kind: Fork, Title: "at once"})
	var out exits
	for i, arg := range args {
		out = append(out, b.form(arg, exits{{from: fork, label: strconv.Itoa(i + 1)}}, l)...)
	}
	if !b.matters(before) {
		b.reset(before)
		return in
	}
	return exits{{from: b.place(out, Node{ID: "together", Kind: Fork, Title: "all done"})}}
}

// try draws a frame around what is watched over, with a way to each handler that does something.
func (b *builder) try(n *syntax.Node, in exits, l *local) exits {
	var watched, handlers []*syntax.Node
	var finally []*syntax.Node
	for _, part := range n.Items[1:] {
		switch form.Head(part, l) {
		case "catch":
			handlers = append(handlers, part)
		case "finally":
			finally = part.Items[1:]
		default:
			watched = append(watched, part)
		}
	}
	outer, before := b.group, b.mark()
	id := b.names.take("try")
	b.g.Groups = append(b.g.Groups, Group{ID: id, Title: "try", Outer: outer})
	b.group = id
	out := b.seq(watched, in, l)
	b.group = outer
	if !b.matters(before) {
		b.reset(before)
		return b.seq(finally, in, l)
	}
	for _, h := range handlers {
		out = append(out, b.handler(id, h, l)...)
	}
	return b.seq(finally, out, l)
}

// handler draws what a catch does, or joins it to what follows if that is nothing.
func (b *builder) handler(group string, n *syntax.Node, l *local) exits {
	if len(n.Items) < 3 {
		return nil
	}
	id := b.node(Node{ID: "catch", Kind: Decision, Title: "catch " + b.source(n.Items[1])})
	b.g.Edges = append(b.g.Edges, Edge{From: group, To: id, Label: "fails", Dashed: true})
	return b.seq(n.Items[3:], exits{{from: id}}, l.with(nil, form.Bound(n.Items[2])...))
}
