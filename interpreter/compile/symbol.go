package compile

import (
	"strings"

	"github.com/weir-run/weir/interpreter/eval"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// namespaces are the prefixes that resolve without a require: the full names and the usual aliases.
var namespaces = map[string]string{
	"clojure.core": "clojure.core", "core": "clojure.core",
	"clojure.string": "clojure.string", "string": "clojure.string", "str": "clojure.string",
	"clojure.set": "clojure.set", "set": "clojure.set",
	"clojure.walk": "clojure.walk", "walk": "clojure.walk",
	"clojure.edn": "clojure.edn", "edn": "clojure.edn",
	"clojure.math": "clojure.math", "math": "clojure.math",
}

// unqualified drops clojure.core/ from a name.
func unqualified(name string) string { return strings.TrimPrefix(name, "clojure.core/") }

// symbol compiles a symbol that stands for its value.
func (c *compiler) symbol(n *syntax.Node, sc *scope) eval.Node {
	if l := sc.find(n.Name()); l != nil {
		return c.use(l, sc)
	}
	if b, _, ok := c.builtin(n); ok {
		return &eval.Constant{Value: value.Of(b)}
	}
	return c.unknown(n, sc, false)
}

// builtin finds the function that a symbol names outside of all locals.
func (c *compiler) builtin(n *syntax.Node) (b *value.Builtin, qualified string, ok bool) {
	s, _ := n.Value.AsSymbol()
	if b, ok := c.env.Natives[n.Name()]; ok {
		if acts(n.Name()) {
			c.effects++
		}
		return b, n.Name(), true
	}
	ns := "clojure.core"
	if s.Namespace != "" {
		if ns, ok = namespaces[s.Namespace]; !ok {
			return nil, "", false
		}
	}
	qualified = ns + "/" + s.Name
	b, ok = c.env.Lookup(qualified)
	if ok && s.Namespace == "" {
		if c.metCore == nil {
			c.metCore = map[string]int{}
		}
		c.tick++
		c.metCore[s.Name] = c.tick
	}
	return b, qualified, ok
}

// acts tells whether a host function does more than read: a for around it runs eagerly and in order.
func acts(name string) bool {
	switch name {
	case "flow/input", "flow/slot-bound?", "flow/backoff", "flow/elapsed?":
		return false
	}
	return strings.HasPrefix(name, "flow/")
}

// unknown reports a symbol that nothing resolves: refused by name, host interop, or misspelt.
func (c *compiler) unknown(n *syntax.Node, sc *scope, called bool) eval.Node {
	name := n.Name()
	if hint, ok := c.refusal(name); ok {
		return c.fail(n, "refused", hint, "%s is not available here", name)
	}
	if isForm(name) || c.env.Macros[name] != nil {
		return c.fail(n, "macro-value", "write the whole form, or wrap it in a function", "%s is a macro or special form, not a value", name)
	}
	if hint, ok := interop(name, called); ok {
		return c.fail(n, "refused", hint, "%s is host interop, which is not available here", name)
	}
	what := "name"
	if called {
		what = "function"
	}
	hint := c.suggest(name, sc)
	if hint == "" && strings.HasPrefix(name, "flow/") {
		hint = "flow/ functions are there in the body of a flow only, not in its functions"
	}
	return c.fail(n, "unresolved", hint, "unknown %s %s", what, name)
}

// isForm tells whether a name is a special form or macro of the language.
func isForm(name string) bool {
	if _, ok := specials[name]; ok {
		return true
	}
	_, ok := macros[unqualified(name)]
	return ok
}

// refusal finds what to use instead of a name that is refused.
func (c *compiler) refusal(name string) (hint string, ok bool) {
	if hint, ok := c.env.Refused[name]; ok {
		return hint, true
	}
	hint, ok = refused[unqualified(name)]
	return hint, ok
}

// interop recognises the shapes of host interop: .method, Class., Class/member, a class alone.
func interop(name string, called bool) (hint string, ok bool) {
	if name == "." || name == ".." {
		return "flows call functions only: (f x) instead of (. x f)", true
	}
	if strings.HasPrefix(name, ".") {
		if hint, ok := methods[strings.TrimPrefix(name[1:], "-")]; ok {
			return hint, true
		}
		return "methods of host objects can't be called; look for a function of clojure.core or clojure.string", true
	}
	if strings.HasSuffix(name, ".") {
		return "host objects can't be made; for an exception use (ex-info \"message\" {...})", true
	}
	class, member, slashed := strings.Cut(name, "/")
	simple := class[strings.LastIndexByte(class, '.')+1:]
	if simple == "" || simple[0] < 'A' || simple[0] > 'Z' {
		return "", false
	}
	if hint, ok := statics[simple+"/"+member]; slashed && ok {
		return hint, true
	}
	if hint, ok := classHints[simple]; ok {
		return hint, true
	}
	if slashed || strings.Contains(class, ".") || value.KnownClass(class) {
		return "classes of the host don't exist here", true
	}
	return "", false
}
