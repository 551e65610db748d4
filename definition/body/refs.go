package body

import (
	"slices"
	"sort"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
)

// slot checks a :connection that is written out: the slot must be declared, and speak HTTP.
func (c *checker) slot(n *syntax.Node) {
	c.slotOf(n, "a :connection is a slot of type :http-api", "http-api", "llm-provider")
}

// slotOf checks the name of a slot that is written out: it must be declared, and of one of the types.
func (c *checker) slotOf(n *syntax.Node, hint string, types ...string) {
	if n == nil || !schema.Name.Is(n) {
		return
	}
	name := schema.TextOf(n)
	typ, ok := c.env.Slots[name]
	if !ok {
		c.unknown(n, "slot", "unknown-slot", keys(c.env.Slots), "declare it in :requires, as {:slot :"+name+" :type :"+types[0]+"}")
		return
	}
	if typ != "" && !slices.Contains(types, typ) {
		c.Error(n, "wrong-slot-type", hint, "slot :%s is of type :%s", name, typ)
	}
}

// template checks a :template that is written out and returns it, or nil.
func (c *checker) template(n *syntax.Node, wanted string) *Template {
	if n == nil || !schema.Name.Is(n) {
		return nil
	}
	name := schema.TextOf(n)
	t, ok := c.env.Templates[name]
	if !ok {
		c.unknown(n, "template", "unknown-template", keys(c.env.Templates), "declare it in :templates, as {:id :"+name+" :type :"+wanted+" ...}")
		return nil
	}
	if t.Type != "" && t.Type != wanted {
		c.Error(n, "wrong-template-type", "a template of type :"+wanted+" belongs here", "template :%s is of type :%s", name, t.Type)
	}
	return &t
}

// function checks a :ref that is written out.
func (c *checker) function(n *syntax.Node) {
	if n == nil || !schema.Name.Is(n) {
		return
	}
	name := schema.TextOf(n)
	if _, ok := c.env.Functions[name]; !ok {
		c.unknown(n, "function", "unknown-function", keys(c.env.Functions), "declare it in :functions, as {:id :"+name+` :language :clojure :code "(fn [input] ...)"}`)
	}
}

func (c *checker) unknown(n *syntax.Node, what, code string, known []string, hint string) {
	if near := schema.Nearest(schema.TextOf(n), known); near != "" {
		hint = "did you mean :" + near + "?"
	}
	c.Error(n, code, hint, "there is no %s %s", what, schema.Found(n))
}

func keys[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
