package picture

import (
	"strings"

	"github.com/weir-run/weir/definition/form"
	"github.com/weir-run/weir/interpreter/syntax"
)

// Source is what a picture is made of.
type Source struct {
	Title string
	Doors []string     // what starts the flow, as people call it
	Body  *syntax.Node // the body
	Text  []byte       // the text that the body's offsets count in
}

// Draw makes the picture of a flow.
func Draw(s Source) *Graph {
	b := &builder{text: s.Text, names: names{asked: map[string]int{}}, g: &Graph{Title: s.Title}}
	start := b.node(Node{ID: "start", Kind: Start, Title: s.Title})
	for _, door := range s.Doors {
		id := b.node(Node{ID: "door", Kind: Door, Title: door})
		b.g.Edges = append(b.g.Edges, Edge{From: id, To: start})
	}
	out := b.form(s.Body, exits{{from: start}}, nil)
	end := b.node(Node{ID: "result", Kind: End, Title: "result"})
	b.join(out, end)
	return b.g
}

// exits are the loose ends of what is drawn: where the next node is joined to.
type exits []exit

type exit struct {
	from, label string
}

// local is a name in sight; fn is set where it is known to be a function.
type local struct {
	outer *local
	name  string
	fn    *function
}

// function is one of the author's functions and the names in sight where it was made.
type function struct {
	name    string
	arities []form.Arity
	locals  *local
}

// Has makes a local form.Locals.
func (l *local) Has(name string) bool {
	_, ok := l.find(name)
	return ok
}

func (l *local) find(name string) (*function, bool) {
	for ; l != nil; l = l.outer {
		if l.name == name {
			return l.fn, true
		}
	}
	return nil, false
}

func (l *local) with(fn *function, names ...string) *local {
	for _, name := range names {
		l = &local{outer: l, name: name, fn: fn}
	}
	return l
}

// builder draws while it walks a body in the order of evaluation.
type builder struct {
	g      *Graph
	text   []byte
	names  names
	group  string
	calls  []call  // being drawn, outermost first
	recurs []exits // of the loops and functions being drawn: what recur leads on from
	work   int
}

// call is a function being drawn, and the picture before it.
type call struct {
	fn    *function
	began mark
}

// mark is a state of the picture to go back to.
type mark struct {
	nodes, edges, groups, names int
}

func (b *builder) mark() mark {
	return mark{len(b.g.Nodes), len(b.g.Edges), len(b.g.Groups), len(b.names.log)}
}

func (b *builder) reset(m mark) {
	b.g.Nodes, b.g.Edges, b.g.Groups = b.g.Nodes[:m.nodes], b.g.Edges[:m.edges], b.g.Groups[:m.groups]
	b.names.undo(m.names)
}

// matters tells whether anything was drawn since that belongs on the picture: a step, or a decision that
// its author named. Plain decisions and loops around nothing don't.
func (b *builder) matters(since mark) bool {
	for _, n := range b.g.Nodes[since.nodes:] {
		switch n.Kind {
		case Step, Wait, Fail, Call:
			return true
		case Decision:
			if n.named {
				return true
			}
		}
	}
	return false
}

func (b *builder) node(n Node) string {
	n.ID = b.names.take(n.ID)
	n.Group = b.group
	b.g.Nodes = append(b.g.Nodes, n)
	return n.ID
}

// join leads loose ends to a node.
func (b *builder) join(in exits, to string) {
	for _, e := range in {
		b.g.Edges = append(b.g.Edges, Edge{From: e.from, To: to, Label: e.label})
	}
}

// place draws a node that loose ends lead to.
func (b *builder) place(in exits, n Node) string {
	id := b.node(n)
	b.join(in, id)
	return id
}

// seq draws forms one after the other.
func (b *builder) seq(nodes []*syntax.Node, in exits, l *local) exits {
	for _, n := range nodes {
		in = b.form(n, in, l)
	}
	return in
}

func (b *builder) form(n *syntax.Node, in exits, l *local) exits {
	if b.work++; n == nil || len(in) == 0 || len(b.g.Nodes) >= MaxNodes || b.work > maxWork {
		return in
	}
	n = form.Expand(n, l)
	switch n.Kind {
	case syntax.Vector, syntax.Map, syntax.Set:
		return b.seq(n.Items, in, l)
	case syntax.List:
		if len(n.Items) > 0 {
			return b.list(n, in, l)
		}
	}
	return in
}

func (b *builder) list(n *syntax.Node, in exits, l *local) exits {
	name, args := form.Head(n, l), n.Items[1:]
	switch name {
	case "quote", "comment", "var", "fn", "fn*":
		return in
	case "flow/step":
		return b.step(n, b.seq(args, in, l))
	case "let", "let*":
		return b.let(args, in, l)
	case "letfn", "letfn*":
		return b.letfn(args, in, l)
	case "as->":
		return b.as(args, in, l)
	case "loop", "loop*", "for", "doseq", "dotimes", "while":
		return b.loop(n, name, in, l)
	case "recur":
		in = b.seq(args, in, l)
		if len(b.recurs) > 0 {
			last := len(b.recurs) - 1
			b.recurs[last] = append(b.recurs[last], in...)
		}
		return nil
	case "try":
		return b.try(n, in, l)
	case "throw":
		b.place(b.seq(args, in, l), Node{ID: "fail", Kind: Fail, Title: "fails", Detail: message(args)})
		return nil
	case "flow/parallel":
		return b.parallel(args, in, l)
	case "flow/poll":
		return b.poll(args, in, l)
	}
	if out, ok := b.branch(n, name, in, l); ok {
		return out
	}
	return b.call(n, in, l)
}

// message is the text of (throw (ex-info "text" ...)), or "".
func message(args []*syntax.Node) string {
	if len(args) == 1 && args[0].Head().IsSymbol("ex-info") && len(args[0].Items) > 1 {
		s, _ := args[0].Items[1].Value.AsString()
		return s
	}
	return ""
}

func (b *builder) let(args []*syntax.Node, in exits, l *local) exits {
	if len(args) == 0 || args[0].Kind != syntax.Vector {
		return in
	}
	in, l = b.bindings(args[0].Items, in, l)
	return b.seq(args[1:], in, l)
}

func (b *builder) bindings(items []*syntax.Node, in exits, l *local) (exits, *local) {
	for i := 0; i+1 < len(items); i += 2 {
		in = b.form(items[i+1], in, l)
		l = l.with(b.functionOf(items[i+1], l), form.Bound(items[i])...)
	}
	return in, l
}

// functionOf is the function that a form stands for, or nil.
func (b *builder) functionOf(n *syntax.Node, l *local) *function {
	if n.Kind == syntax.Symbol {
		fn, _ := l.find(n.Name())
		return fn
	}
	if n.Kind != syntax.List || len(n.Items) == 0 {
		return nil
	}
	if name := form.Head(n, l); name != "fn" && name != "fn*" {
		return nil
	}
	return newFunction("", n.Items[1:], l)
}

func newFunction(name string, args []*syntax.Node, l *local) *function {
	if len(args) > 0 && args[0].Kind == syntax.Symbol {
		name = args[0].Name()
		args = args[1:]
	}
	fn := &function{name: name, arities: form.Arities(args), locals: l}
	if name != "" {
		fn.locals = l.with(fn, name)
	}
	return fn
}

func (b *builder) letfn(args []*syntax.Node, in exits, l *local) exits {
	if len(args) == 0 || args[0].Kind != syntax.Vector {
		return in
	}
	var fns []*function
	for _, f := range args[0].Items {
		if h := f.Head(); h != nil {
			fn := newFunction("", f.Items, nil)
			fns = append(fns, fn)
			l = l.with(fn, h.Name())
		}
	}
	for _, fn := range fns {
		fn.locals = l
	}
	return b.seq(args[1:], in, l)
}

func (b *builder) as(args []*syntax.Node, in exits, l *local) exits {
	if len(args) < 2 {
		return in
	}
	in = b.form(args[0], in, l)
	return b.seq(args[2:], in, l.with(nil, form.Bound(args[1])...))
}

// source is a form's text on one line, cut where it is long.
func (b *builder) source(n *syntax.Node) string {
	if n.Start < 0 || n.Stop > len(b.text) || n.Start > n.Stop {
		return ""
	}
	const most = 48
	text := strings.Join(strings.Fields(string(b.text[n.Start:n.Stop])), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}
