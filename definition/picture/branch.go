package picture

import (
	"github.com/weir-run/weir/definition/form"
	"github.com/weir-run/weir/interpreter/syntax"
)

// label is what an author wrote before a branch.
type label struct {
	text, yes, no string
	own           bool // there is one
	line          int
}

func (l label) node() Node {
	return Node{ID: "decide", Kind: Decision, Title: l.text, Line: l.line, named: l.own}
}

// labelOf is the label of a branching form: on the form, or else on its test.
func (b *builder) labelOf(n, test *syntax.Node) label {
	l := label{yes: "yes", no: "no"}
	for _, at := range []*syntax.Node{n, test} {
		if at == nil || at.Meta == nil || at.Meta.Get("label") == nil {
			continue
		}
		l.own, l.line, l.text = true, at.Pos.Line, literal(at.Meta.Get("label"))
		if yes := literal(at.Meta.Get("yes")); yes != "" {
			l.yes = yes
		}
		if no := literal(at.Meta.Get("no")); no != "" {
			l.no = no
		}
		break
	}
	if l.text == "" && test != nil {
		l.text = b.source(test)
	}
	return l
}

// branch draws the forms that take one of several ways.
func (b *builder) branch(n *syntax.Node, name string, in exits, l *local) (exits, bool) {
	args := n.Items[1:]
	switch name {
	case "if", "if-not", "when", "when-not":
		if len(args) == 0 {
			return in, true
		}
		in = b.form(args[0], in, l)
		question := b.labelOf(n, args[0])
		if name == "if-not" || name == "when-not" {
			if !question.own {
				question.text = "not " + question.text
			}
		}
		then, otherwise := args[1:], []*syntax.Node(nil)
		if name == "if" || name == "if-not" {
			then = args[1:min(2, len(args))]
			otherwise = args[len(then)+1:]
		}
		return b.choice(in, question, way{question.yes, then, l}, way{question.no, otherwise, l}), true
	case "if-let", "if-some", "when-let", "when-some", "when-first":
		return b.branchLet(n, name, in, l), true
	case "cond":
		return b.cond(n, in, l), true
	case "case":
		return b.cases(n, in, l), true
	case "condp":
		return b.condp(n, in, l), true
	case "and", "or":
		return b.andOr(n, name, in, l), true
	}
	return nil, false
}

// way is one way out of a decision.
type way struct {
	label  string
	forms  []*syntax.Node
	locals *local
}

// choice draws a decision and its ways. One without a label and with nothing to draw on any way is left out.
func (b *builder) choice(in exits, question label, ways ...way) exits {
	before := b.mark()
	id := b.place(in, question.node())
	var out exits
	for _, w := range ways {
		out = append(out, b.seq(w.forms, exits{{from: id, label: w.label}}, w.locals)...)
	}
	if len(out) == len(ways) && !b.matters(before) {
		b.reset(before)
		return in
	}
	return out
}

func (b *builder) branchLet(n *syntax.Node, name string, in exits, l *local) exits {
	args := n.Items[1:]
	if len(args) == 0 || args[0].Kind != syntax.Vector || len(args[0].Items) != 2 {
		return b.seq(args, in, l)
	}
	pattern, test := args[0].Items[0], args[0].Items[1]
	in = b.form(test, in, l)
	question := b.labelOf(n, test)
	inner := l.with(nil, form.Bound(pattern)...)
	then, otherwise := args[1:], []*syntax.Node(nil)
	if name == "if-let" || name == "if-some" {
		then = args[1:min(2, len(args))]
		otherwise = args[len(then)+1:]
	}
	return b.choice(in, question, way{question.yes, then, inner}, way{question.no, otherwise, l})
}

// cond draws one decision after the other; under a label of its own, one with a way for each clause.
func (b *builder) cond(n *syntax.Node, in exits, l *local) exits {
	clauses := n.Items[1:]
	if question := b.labelOf(n, nil); question.own {
		var ways []way
		otherwise := way{question.no, nil, l}
		for i := 0; i+1 < len(clauses); i += 2 {
			if clauses[i].Kind == syntax.Literal && clauses[i].Value.Truthy() {
				otherwise.forms = clauses[i+1 : i+2]
				break
			}
			in = b.form(clauses[i], in, l)
			ways = append(ways, way{question.yes, clauses[i+1 : i+2], l})
		}
		if len(ways) > 1 {
			for i := range ways {
				ways[i].label = joined(": ", question.yes, b.source(clauses[2*i]))
			}
		}
		return b.choice(in, question, append(ways, otherwise)...)
	}
	return b.condFrom(clauses, in, l)
}

func (b *builder) condFrom(clauses []*syntax.Node, in exits, l *local) exits {
	if len(clauses) < 2 {
		return in
	}
	test := clauses[0]
	if test.Kind == syntax.Literal && test.Value.Truthy() {
		return b.form(clauses[1], in, l)
	}
	in = b.form(test, in, l)
	question := b.labelOf(nil, test)
	before := b.mark()
	id := b.place(in, question.node())
	out := b.form(clauses[1], exits{{from: id, label: question.yes}}, l)
	rest := b.condFrom(clauses[2:], exits{{from: id, label: question.no}}, l)
	if len(out) > 0 && len(rest) > 0 && !b.matters(before) {
		b.reset(before)
		return in
	}
	return append(out, rest...)
}

func (b *builder) cases(n *syntax.Node, in exits, l *local) exits {
	args := n.Items[1:]
	if len(args) == 0 {
		return in
	}
	in = b.form(args[0], in, l)
	question := b.labelOf(n, args[0])
	return b.choice(in, question, b.clauses(args[1:], question, l)...)
}

func (b *builder) condp(n *syntax.Node, in exits, l *local) exits {
	args := n.Items[1:]
	if len(args) < 2 {
		return in
	}
	in = b.seq(args[:2], in, l)
	question := b.labelOf(n, args[1])
	return b.choice(in, question, b.clauses(args[2:], question, l)...)
}

// clauses are the ways of constant and result in turn; a last one alone is the default.
func (b *builder) clauses(args []*syntax.Node, question label, l *local) []way {
	var ways []way
	for len(args) > 1 {
		ways = append(ways, way{b.source(args[0]), args[1:2], l})
		args = args[2:]
	}
	otherwise := "otherwise"
	if question.own {
		otherwise = question.no
	}
	return append(ways, way{otherwise, args, l})
}

// andOr draws what comes after the first form as what may not happen.
func (b *builder) andOr(n *syntax.Node, name string, in exits, l *local) exits {
	args := n.Items[1:]
	if len(args) == 0 {
		return in
	}
	in = b.form(args[0], in, l)
	if len(args) == 1 {
		return in
	}
	rest := &syntax.Node{Kind: syntax.List, Items: append([]*syntax.Node{n.Items[0]}, args[1:]...), Pos: n.Pos, End: n.End, Start: n.Start, Stop: n.Stop}
	question := b.labelOf(nil, args[0])
	goOn, stop := way{question.yes, []*syntax.Node{rest}, l}, way{question.no, nil, l}
	if name == "or" {
		goOn.label, stop.label = question.no, question.yes
	}
	return b.choice(in, question, goOn, stop)
}
