// Package match compares values with what a test expects of them, and says where they differ.
//
// An expectation is EDN. Data means itself. Beside data it may hold
//
//	_                    anything
//	#"res://.+"          text in which the regex is found
//	string? pos-int?     whatever that predicate is true of
//	(fn [n] (< 1 n 9))   whatever that function is true of; #(< 1 % 9) likewise
//	[1 ... 9] [{...} ...]  in a vector: ... stands for any number of elements
//	#{:a :b}             those elements, in any order
//
// It may import interpreter/... and promises that every mistake in an expectation is found when it is compiled.
package match

import (
	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/core"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Options say how values are compared.
type Options struct {
	// Partial lets maps have more keys than are expected, at every level.
	Partial bool
	// Plain compares with what came as JSON: a keyword equals its text, and numbers are equal by their amount.
	Plain bool
}

// Pattern is a compiled expectation. It is immutable.
type Pattern struct {
	Node  *syntax.Node
	opt   Options
	kind  kind
	items []*Pattern // of a sequence or a set; of a map: the values
	keys  []value.Value
	test  *interpreter.Program
}

type kind uint8

const (
	literal kind = iota
	anything
	found // by a regex
	predicate
	mapping
	sequence
	set
	rest // ... in a sequence
)

// Compile reads an expectation. The list holds its problems.
func Compile(n *syntax.Node, opt Options) (*Pattern, diagnostic.List) {
	c := &compiler{opt: opt}
	p := c.pattern(n, false)
	return p, c.problems
}

type compiler struct {
	opt      Options
	problems diagnostic.List
}

func (c *compiler) problem(n *syntax.Node, hint, message string) {
	c.problems = append(c.problems, diagnostic.Diagnostic{Pos: n.Pos, End: n.End, Code: "test-expectation", Message: message, Hint: hint})
}

func (c *compiler) pattern(n *syntax.Node, inSequence bool) *Pattern {
	p := &Pattern{Node: n, opt: c.opt}
	switch n.Kind {
	case syntax.Literal:
		if _, ok := n.Value.AsRegex(); ok {
			p.kind = found
		}
	case syntax.Symbol:
		c.symbol(p, inSequence)
	case syntax.List:
		c.function(p)
	case syntax.Map:
		p.kind = mapping
		for i := 0; i+1 < len(n.Items); i += 2 {
			if !c.isData(n.Items[i]) {
				c.problem(n.Items[i], "", "a key is data")
			}
			p.keys = append(p.keys, n.Items[i].Datum())
			p.items = append(p.items, c.pattern(n.Items[i+1], false))
		}
	case syntax.Vector, syntax.Set:
		p.kind = sequence
		if n.Kind == syntax.Set {
			p.kind = set
		}
		for _, item := range n.Items {
			p.items = append(p.items, c.pattern(item, n.Kind == syntax.Vector))
		}
	default:
		c.problem(n, "", "an expectation holds no #"+n.Tag+" forms")
	}
	return p
}

// isData tells whether n holds no code.
func (c *compiler) isData(n *syntax.Node) bool {
	if n.Kind == syntax.Symbol || n.Kind == syntax.List || n.Kind == syntax.Tagged {
		return false
	}
	for _, item := range n.Items {
		if !c.isData(item) {
			return false
		}
	}
	return true
}

func (c *compiler) symbol(p *Pattern, inSequence bool) {
	switch n := p.Node; {
	case n.Name() == "_":
		p.kind = anything
	case n.Name() == "..." && inSequence:
		p.kind = rest
	case n.Name() == "...":
		c.problem(n, "to allow more keys in a map, use a field that ends in -has", "... stands for more elements of a vector, and this is none")
	default:
		c.function(p)
	}
}

// function compiles what gives a function of one argument.
func (c *compiler) function(p *Pattern) {
	p.kind = predicate
	program, problems := interpreter.Compile(p.Node, interpreter.Options{Natives: core.FunctionLibrary()})
	for _, d := range problems {
		if d.Severity == diagnostic.Error {
			d.Hint = or(d.Hint, "an expectation is data, _, a regex, a predicate like string?, or (fn [x] ...)")
			c.problems = append(c.problems, d)
		}
	}
	p.test = program
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
