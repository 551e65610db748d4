package compile

import (
	"fmt"

	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/eval"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Macro rewrites a call of a host macro into the form that takes its place.
type Macro = func(call *syntax.Node) (*syntax.Node, error)

// Env is what names may mean beside the special forms and macros of the language.
type Env struct {
	Lookup  func(qualified string) (*value.Builtin, bool) // the core library
	Names   func() []string                               // what Lookup knows
	Natives map[string]*value.Builtin                     // host functions by qualified name
	Macros  map[string]Macro                              // host macros by qualified name
	Refused map[string]string                             // more names that are refused, with what to use instead
}

// MaxNesting is how deep forms may nest, macros expanded.
const MaxNesting = 10_000

// deepEvery is how many nested expressions spend one level of depth when they are evaluated.
const deepEvery = 16

// Form compiles one form. The list holds every problem that was found, sorted by place; with errors in it there is
// no code.
func Form(form *syntax.Node, env *Env) (*eval.Code, diagnostic.List) {
	c := &compiler{env: env}
	top := &frame{}
	body := c.expr(form, &scope{frame: top}, false)
	problems := c.problems.Sort()
	if problems.HasErrors() {
		return nil, problems
	}
	return &eval.Code{Size: top.slots, Body: body}, problems
}

type compiler struct {
	env      *Env
	problems diagnostic.List
	nesting  int // of forms, overall
	level    int // of expressions, within the function
	forms    int // compiled so far in the function: what a turn or call of it costs
	effects  int // how many references to functions that act on the world were met
	temps    int
	tick     int            // uses of names so far
	metCore  map[string]int // tick at the last use of a name of clojure.core
	endless  map[*syntax.Node]bool

	suggestions int
	acting      map[*syntax.Node]bool // the for forms that were found to act on the world
}

// fail reports an error at a form and gives a node to go on with.
func (c *compiler) fail(n *syntax.Node, code, hint, format string, args ...any) eval.Node {
	c.problems = append(c.problems, diagnostic.Diagnostic{Severity: diagnostic.Error, Pos: n.Pos, End: n.End,
		Message: fmt.Sprintf(format, args...), Code: code, Hint: hint})
	return eval.NilNode
}

func (c *compiler) warn(n *syntax.Node, code, hint, format string, args ...any) {
	c.problems = append(c.problems, diagnostic.Diagnostic{Severity: diagnostic.Warning, Pos: n.Pos, End: n.End,
		Message: fmt.Sprintf(format, args...), Code: code, Hint: hint})
}

// site is the place of a form for exceptions and call stacks.
func site(n *syntax.Node) *eval.Site { return &eval.Site{Pos: n.Pos} }

// siteOf is the place of a call.
func siteOf(call *syntax.Node) *eval.Site {
	s := &eval.Site{Pos: call.Pos}
	if head := call.Head(); head != nil && !hidden(head.Name()) {
		s.Name = head.Name()
	}
	return s
}

// expr compiles a form; tail says that its value is that of the innermost loop or function.
func (c *compiler) expr(n *syntax.Node, sc *scope, tail bool) eval.Node {
	if c.nesting++; c.nesting > MaxNesting {
		c.nesting--
		return c.fail(n, "too-deep", "split the form up into functions", "forms are nested more than %d levels deep", MaxNesting)
	}
	c.level++
	c.forms++
	out := c.bare(n, sc, tail)
	if c.level%deepEvery == 0 {
		out = deep(out)
	}
	c.level--
	c.nesting--
	return out
}

// formsPerWork is how many forms cost about as much as a call: a unit of work.
const formsPerWork = 16

// cost is the work of evaluating once what was compiled since forms was as given.
func (c *compiler) cost(since int) int64 { return costOf(c.forms - since) }

func costOf(forms int) int64 { return 1 + int64(forms/formsPerWork) }

// branches adds up alternatives of which one is evaluated: they cost what the dearest one costs.
type branches struct {
	c       *compiler
	dearest int
}

func (c *compiler) branches() *branches { return &branches{c: c} }

// branch compiles one alternative.
func (b *branches) branch(n *syntax.Node, sc *scope, tail bool) eval.Node {
	before := b.c.forms
	out := b.c.expr(n, sc, tail)
	b.dearest = max(b.dearest, b.c.forms-before)
	b.c.forms = before
	return out
}

// end counts the dearest alternative.
func (b *branches) end() { b.c.forms += b.dearest }

// apart compiles what is evaluated on its own account: a function, or the body of a lazy for.
func (c *compiler) apart(compile func()) {
	level, forms := c.level, c.forms
	c.level = 0
	compile()
	c.level, c.forms = level, forms
}

func deep(n eval.Node) eval.Node {
	switch n.(type) {
	case *eval.Constant, *eval.Local:
		return n
	}
	return eval.Deep{Node: n}
}

func (c *compiler) bare(n *syntax.Node, sc *scope, tail bool) eval.Node {
	switch n.Kind {
	case syntax.Literal:
		return &eval.Constant{Value: n.Value}
	case syntax.Symbol:
		return c.symbol(n, sc)
	case syntax.List:
		return c.list(n, sc, tail)
	case syntax.Tagged:
		return c.fail(n, "unknown-tag", "tags of the language are #inst and #uuid", "no reader function for tag #%s", n.Tag)
	}
	x := c.collection(n, sc)
	if n.Meta == nil {
		return x
	}
	return c.withMeta(x, n.Meta, sc)
}

// withMeta attaches the metadata written before a form to its value.
func (c *compiler) withMeta(x eval.Node, meta *syntax.Node, sc *scope) eval.Node {
	m := c.expr(meta, sc, false)
	if k, ok := m.(*eval.Constant); ok {
		if v, ok := x.(*eval.Constant); ok {
			return &eval.Constant{Value: value.WithMeta(v.Value, k.Value)}
		}
	}
	return eval.WithMeta(x, m)
}

// collection compiles a vector, map or set; one of constants is a constant.
func (c *compiler) collection(n *syntax.Node, sc *scope) eval.Node {
	items := c.exprs(n.Items, sc)
	constant := true
	for _, x := range items {
		if _, ok := x.(*eval.Constant); !ok {
			constant = false
			break
		}
	}
	vs := make([]value.Value, len(items))
	if constant {
		for i, x := range items {
			vs[i] = x.(*eval.Constant).Value
		}
	}
	switch {
	case n.Kind == syntax.Vector && constant:
		return &eval.Constant{Value: value.VectorFrom(vs)}
	case n.Kind == syntax.Vector:
		return eval.NewVector(items)
	case n.Kind == syntax.Map && constant:
		if mp := value.MapOf(nil, vs); 2*mp.Len() == len(vs) {
			return &eval.Constant{Value: value.Of(mp)}
		}
	case n.Kind == syntax.Map:
		return eval.NewMap(items, distinctKeys(items), site(n))
	case constant:
		if set, _ := value.NewSet(nil, vs...).AsSet(); set.Len() == len(vs) {
			return &eval.Constant{Value: value.Of(set)}
		}
	default:
		return eval.NewSet(items, site(n))
	}
	if writtenTwice(n) {
		return eval.NilNode // the reader has told
	}
	return c.fail(n, "duplicate-key", "", "two items of this literal are equal")
}

// writtenTwice tells whether a map or set holds the same key twice in its text.
func writtenTwice(n *syntax.Node) bool {
	every := 1
	if n.Kind == syntax.Map {
		every = 2
	}
	seen := map[string]bool{}
	for i := 0; i < len(n.Items); i += every {
		text := printed(n.Items[i])
		if seen[text] {
			return true
		}
		seen[text] = true
	}
	return false
}

// distinctKeys tells whether the keys of a small map literal are constants that all differ.
func distinctKeys(items []eval.Node) bool {
	if len(items) > 2*maxDistinct {
		return false
	}
	for i := 0; i < len(items); i += 2 {
		k, ok := items[i].(*eval.Constant)
		if !ok {
			return false
		}
		for j := 0; j < i; j += 2 {
			if value.Equal(nil, k.Value, items[j].(*eval.Constant).Value) {
				return false
			}
		}
	}
	return true
}

// maxDistinct is the largest map literal whose keys are compared pairwise while compiling.
const maxDistinct = 16

func (c *compiler) exprs(nodes []*syntax.Node, sc *scope) []eval.Node {
	out := make([]eval.Node, len(nodes))
	for i, n := range nodes {
		out[i] = c.expr(n, sc, false)
	}
	return out
}

// body compiles forms that are evaluated in order; the last one gives the value.
func (c *compiler) body(forms []*syntax.Node, sc *scope, tail bool) eval.Node {
	out := make([]eval.Node, len(forms))
	for i, n := range forms {
		out[i] = c.expr(n, sc, tail && i == len(forms)-1)
		if i+1 < len(forms) && c.neverEnds(n, sc) {
			c.unreachable(forms[i+1], n)
		}
	}
	return eval.Do(out...)
}
