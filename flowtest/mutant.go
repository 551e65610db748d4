package flowtest

import (
	"slices"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Mutant is a flow with one mistake that was put into it on purpose.
type Mutant struct {
	Flow     *definition.Flow
	What     string // "the step :fetch-order is left out"
	Pos, End value.Pos
}

// edit is a mistake: what stands in place of a part of the text.
type edit struct {
	at         *syntax.Node
	from, to   int
	with, what string
}

// Mutants makes all mistakes of two kinds, one at a time: each branch takes its other way (tests of if, when, cond and their
// like are negated; what if-let and its like bind is nil; the predicate of condp is turned round), and each step and call of a flow
// is left out, its value nil. What doesn't validate any more is no mistake that could be deployed, and is not made.
func Mutants(f *definition.Flow) []Mutant {
	m := &mutator{text: f.Text}
	m.form(f.Body, true)
	for _, form := range functionForms(f) {
		m.form(form, false)
	}
	var out []Mutant
	for _, e := range m.edits {
		text := slices.Concat(f.Text[:e.from], []byte(e.with), f.Text[e.to:])
		if broken, problems := definition.Parse(f.File, text); !problems.HasErrors() {
			out = append(out, Mutant{Flow: broken, What: e.what, Pos: f.Locate(e.at.Pos), End: f.Locate(e.at.End)})
		}
	}
	return out
}

// functionForms are the functions of a definition, as forms of its text.
func functionForms(f *definition.Flow) []*syntax.Node {
	roots, _ := syntax.Read(f.File, f.Text)
	if len(roots) == 0 || roots[0].Get("functions") == nil {
		return nil
	}
	var out []*syntax.Node
	for _, entry := range roots[0].Get("functions").Items {
		code := entry.Get("code")
		switch {
		case code == nil || entry.Get("language") != nil && !entry.Get("language").IsKeyword(definition.Clojure):
		case code.Head().IsSymbol("quote"):
			out = append(out, code.Items[1:]...)
		default:
			inside, problems := syntax.ReadInside(f.File, f.Text, code)
			if !problems.HasErrors() {
				out = append(out, inside...)
			}
		}
	}
	return out
}

// mutator looks for places to make mistakes at.
type mutator struct {
	text  []byte
	edits []edit
}

// form looks at n and everything in it that is code; steps are there in bodies only.
func (m *mutator) form(n *syntax.Node, steps bool) {
	head := n.Head()
	if head.IsSymbol("quote") {
		return
	}
	if head != nil {
		m.branch(n, head.Name())
		if steps {
			m.step(n, head.Name())
		}
	}
	for _, item := range n.Items {
		m.form(item, steps)
	}
}

func (m *mutator) step(n *syntax.Node, head string) {
	var what string
	switch {
	case head == "flow/step" && len(n.Items) > 2 && n.Items[2].Kind == syntax.Literal:
		what = "the step :" + n.Items[2].Name() + " is left out"
	case head == "flow/step":
		what = "this step is left out"
	case head == "flow/call-flow":
		what = "the call of another flow is left out"
	default:
		return
	}
	from := n.Start
	if n.Meta != nil {
		from = n.Meta.Start - 1 // the ^
	}
	m.edits = append(m.edits, edit{at: n.Items[0], from: from, to: n.Stop, with: "nil", what: what})
}

func (m *mutator) branch(n *syntax.Node, head string) {
	args := n.Items[1:]
	switch head {
	case "if", "if-not", "when", "when-not", "while":
		m.around(first(args), "(not ", "the test is negated")
	case "cond":
		m.tests(args)
	case "cond->", "cond->>":
		if len(args) > 0 {
			m.tests(args[1:])
		}
	case "condp":
		m.around(first(args), "(complement ", "the predicate is turned round")
	case "if-let", "when-let", "if-some", "when-some":
		if b := first(args); b != nil && b.Kind == syntax.Vector && len(b.Items) == 2 {
			m.edits = append(m.edits, edit{at: b.Items[1], from: b.Items[1].Start, to: b.Items[1].Stop, with: "nil", what: "what is bound is nil"})
		}
	}
}

// tests negates each test of clauses.
func (m *mutator) tests(clauses []*syntax.Node) {
	for i := 0; i+1 < len(clauses); i += 2 {
		m.around(clauses[i], "(not ", "the test is negated")
	}
}

func (m *mutator) around(n *syntax.Node, call, what string) {
	if n == nil {
		return
	}
	m.edits = append(m.edits, edit{at: n, from: n.Start, to: n.Stop, with: call + string(m.text[n.Start:n.Stop]) + ")", what: what})
}

func first(nodes []*syntax.Node) *syntax.Node {
	if len(nodes) == 0 {
		return nil
	}
	return nodes[0]
}
