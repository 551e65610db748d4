package compile

import (
	"strings"

	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/syntax"
)

// ignored tells whether a name is one that nobody needs to read: begun with _, or not the author's.
func ignored(name string) bool { return strings.HasPrefix(name, "_") || hidden(name) }

// checkUsed warns of bindings that nothing reads.
func (c *compiler) checkUsed(locals []*local) {
	for _, l := range locals {
		if l.uses == 0 && !ignored(l.name) {
			c.warn(l.node, "unused-binding", "leave it out, or begin its name with _ if only its effect counts", "%s is never used", l.name)
		}
	}
}

// checkHidden warns of names that hide others of the scope around them. A binding whose value was made of the
// name that it hides (since then) is meant to replace it: (let [order (assoc order :paid true)] ...). Names that the
// data chose (destructured ones) and those of parameters may hide the core library, as long as nobody calls it.
func (c *compiler) checkHidden(pattern *syntax.Node, locals []*local, around *scope, since int) {
	for _, l := range locals {
		if ignored(l.name) || c.hidesLocal(l, around, since) || pattern.Kind != syntax.Symbol {
			continue
		}
		if _, core := c.env.Lookup("clojure.core/" + l.name); core && c.metCore[l.name] <= since {
			l.hides = true
			c.warn(l.node, "shadowed-binding", "rename it, or call the function by its full name", "%s hides the function clojure.core/%s", l.name, l.name)
		}
	}
}

// hidesLocal tells whether a name hides a local, and warns if that isn't meant.
func (c *compiler) hidesLocal(l *local, around *scope, since int) bool {
	outer := around.find(l.name)
	if outer == nil || outer.node == nil {
		return false
	}
	if outer.lastUse <= since {
		c.warn(l.node, "shadowed-binding", "rename one of them, or begin it with _ if nothing reads it", "%s hides the %s of %s", l.name, l.name, diagnostic.Line(outer.node.Pos, l.node.Pos))
	}
	return true
}

// checkCalled warns of a call of a local that isn't known to be a function and goes by the name of one.
func (c *compiler) checkCalled(l *local, name string) {
	if _, core := c.env.Lookup("clojure.core/" + name); !core || l.hides || l.node == nil || l.fn != nil || l.self != nil || l.calls != nil {
		return
	}
	l.hides = true
	c.warn(l.node, "shadowed-binding", "rename it, or call the function as clojure.core/"+name, "%s hides the function clojure.core/%s, and is called like it", name, name)
}
