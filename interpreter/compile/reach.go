package compile

import (
	"github.com/weir-run/weir/interpreter/syntax"
)

// constantTest tells whether a form's truth can be read off its text.
func constantTest(n *syntax.Node) (constant, truthy bool) {
	switch n.Kind {
	case syntax.Literal:
		return true, n.Value.Truthy()
	case syntax.Vector, syntax.Map, syntax.Set:
		return true, true
	}
	return false, false
}

func isNil(n *syntax.Node) bool { return n.Kind == syntax.Literal && n.Value.IsNil() }

// never warns of a form that a test written as a constant keeps from being reached.
func (c *compiler) never(n, test *syntax.Node, truthy bool) {
	holds := "never"
	if truthy {
		holds = "always"
	}
	c.warn(n, "unreachable", "", "this is never reached: the test %s %s holds", printed(test), holds)
}

// checkBound warns of the branch of (if-let [x test] ...) and the like that isn't reached.
func (c *compiler) checkBound(n, test *syntax.Node, holds bool) {
	switch {
	case !holds && len(n.Items) > 2:
		c.never(n.Items[2], test, false)
	case holds && len(n.Items) == 4 && (n.Items[0].IsSymbol("if-let") || n.Items[0].IsSymbol("if-some")):
		c.never(n.Items[3], test, true)
	}
}

// unreachable warns of a form that comes after one that never ends.
func (c *compiler) unreachable(n, after *syntax.Node) {
	ends := "throws"
	if after.Head().IsSymbol("while") {
		ends = "goes on without end"
	}
	c.warn(n, "unreachable", "take it away, or make what comes before it conditional", "this is never reached: what stands before it always %s", ends)
}

// neverEnds tells whether evaluating a form surely ends in a throw, or not at all. Names are looked up where the
// form begins: what it binds itself isn't seen.
func (c *compiler) neverEnds(n *syntax.Node, sc *scope) bool {
	head := n.Head()
	if n.Kind != syntax.List || head == nil {
		return false
	}
	if known, ok := c.endless[n]; ok {
		return known
	}
	if c.endless == nil {
		c.endless = map[*syntax.Node]bool{}
	}
	c.endless[n] = false // while it is looked at
	c.endless[n] = c.listNeverEnds(n, unqualified(head.Name()), sc)
	return c.endless[n]
}

func (c *compiler) listNeverEnds(n *syntax.Node, name string, sc *scope) bool {
	args := n.Items[1:]
	if _, special := specials[name]; !special && sc.find(name) != nil {
		return c.anyNeverEnds(args, sc)
	}
	switch name {
	case "throw":
		return len(args) == 1
	case "do":
		return c.anyNeverEnds(args, sc)
	case "if", "if-not":
		return len(args) == 3 && (c.neverEnds(args[0], sc) || c.neverEnds(args[1], sc) && c.neverEnds(args[2], sc))
	case "when", "when-not":
		return len(args) > 0 && c.neverEnds(args[0], sc)
	case "let", "let*", "loop", "loop*":
		return len(args) > 0 && args[0].Kind == syntax.Vector && (c.anyNeverEnds(args[0].Items, sc) || c.anyNeverEnds(args[1:], sc))
	case "cond":
		return c.condNeverEnds(args, sc)
	case "while":
		if len(args) == 0 {
			return false
		}
		constant, truthy := constantTest(args[0])
		return constant && truthy || c.neverEnds(args[0], sc)
	case "try":
		return c.tryNeverEnds(args, sc)
	}
	if isForm(name) {
		return false
	}
	return c.anyNeverEnds(args, sc)
}

func (c *compiler) anyNeverEnds(nodes []*syntax.Node, sc *scope) bool {
	for _, n := range nodes {
		if c.neverEnds(n, sc) {
			return true
		}
	}
	return false
}

func (c *compiler) condNeverEnds(clauses []*syntax.Node, sc *scope) bool {
	if len(clauses) > 0 && c.neverEnds(clauses[0], sc) {
		return true
	}
	for i := 0; i+1 < len(clauses); i += 2 {
		if !c.neverEnds(clauses[i+1], sc) {
			return false
		}
		if constant, truthy := constantTest(clauses[i]); constant && truthy {
			return true
		}
	}
	return false
}

func (c *compiler) tryNeverEnds(parts []*syntax.Node, sc *scope) bool {
	body, handled := false, true
	for _, part := range parts {
		switch {
		case part.Head().IsSymbol("finally"):
			if c.anyNeverEnds(part.Items[1:], sc) {
				return true
			}
		case part.Head().IsSymbol("catch"):
			handled = handled && len(part.Items) > 3 && c.anyNeverEnds(part.Items[3:], sc)
		default:
			body = body || c.neverEnds(part, sc)
		}
	}
	return body && handled
}
