package definition

import (
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
)

// The types of a Concurrency, and what it does on a new version.
const (
	Singleton = "singleton"
	Keyed     = "keyed"
	Supersede = "supersede"
	Drain     = "drain"
	Coexist   = "coexist"
)

// Concurrency says what a flow keeps to one active run.
type Concurrency struct {
	Type         string
	KeyField     []string // of a keyed flow: the path into the input
	OnNewVersion string   // Drain unless the definition says otherwise
}

var concurrencyTable = schema.Table[Concurrency]{
	{Name: "type", Required: true, Shape: schema.OneOf(Singleton, Keyed),
		Set: schema.Into(func(c *Concurrency) *string { return &c.Type })},
	{Name: "key-field", Shape: keyPath, Hint: "write :order-id or [:order :id]",
		Set: func(_ *schema.Report, c *Concurrency, v *syntax.Node) { c.KeyField = pathOf(v) }},
	{Name: "on-new-version", Shape: schema.OneOf(Supersede, Drain, Coexist),
		Set: schema.Into(func(c *Concurrency) *string { return &c.OnNewVersion })},
}

// keyPath is a field of the input, or the path to one.
var keyPath = schema.Shape{Says: "a keyword or a path of keywords", Is: func(n *syntax.Node) bool {
	if n.Kind != syntax.Vector {
		return schema.Name.Is(n) && schema.TextOf(n) != ""
	}
	for _, item := range n.Items {
		if !schema.Name.Is(item) || schema.TextOf(item) == "" {
			return false
		}
	}
	return len(n.Items) > 0
}}

func pathOf(n *syntax.Node) []string {
	if n.Kind != syntax.Vector {
		return []string{schema.TextOf(n)}
	}
	path := make([]string, len(n.Items))
	for i, item := range n.Items {
		path[i] = schema.TextOf(item)
	}
	return path
}

func (b *builder) concurrency(n *syntax.Node) {
	if n == nil {
		return
	}
	c := Concurrency{OnNewVersion: Drain}
	concurrencyTable.Read(&b.Report, n, ":concurrency", &c)
	key := n.Get("key-field")
	switch {
	case c.Type == Keyed && key == nil:
		b.Error(n, "missing-field", "add :key-field, the input field that tells lanes apart", ":concurrency of type :keyed needs :key-field")
	case c.Type == Singleton && key != nil:
		b.Warn(key, "unused-field", "write :type :keyed for one run per key", ":key-field is used only with :type :keyed")
		c.KeyField = nil
	}
	b.flow.Concurrency = c
}
