package body

import (
	"sort"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
)

// slot checks a :connection that is written out: the slot must be declared, and speak HTTP.
func (c *checker) slot(n *syntax.Node) {
	if n == nil || !schema.Name.Is(n) {
		return
	}
	name := schema.TextOf(n)
	typ, ok := c.env.Slots[name]
	if !ok {
		c.unknown(n, "slot", "unknown-slot", keys(c.env.Slots), "declare it in :requires, as {:slot :"+name+" :type :http-api}")
		return
	}
	if typ != "" && typ != "http-api" && typ != "llm-provider" {
		c.Error(n, "wrong-slot-type", "a :connection is a slot of type :http-api", "slot :%s is of type :%s, which takes no requests", name, typ)
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
