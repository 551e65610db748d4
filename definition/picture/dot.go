package picture

import (
	"fmt"
	"strings"
)

// dotShapes are the looks of nodes in Graphviz.
var dotShapes = map[Kind]string{
	Door:     "shape=box, style=rounded",
	Start:    "shape=oval",
	Step:     "shape=box",
	Wait:     `shape=trapezium, style=filled, fillcolor="#fff3cd"`,
	Decision: `shape=diamond, style=filled, fillcolor="#e7f0fb"`,
	Loop:     "shape=hexagon",
	Fork:     "shape=box, peripheries=2",
	Call:     "shape=box, peripheries=2",
	Fail:     `shape=box, style=filled, fillcolor="#fbe4e4"`,
	End:      "shape=oval",
}

// Dot is the picture in Graphviz's language.
func (g *Graph) Dot() string {
	var b strings.Builder
	fmt.Fprintf(&b, "digraph %s {\n  compound=true\n", dotText(g.Title))
	g.dotGroup(&b, "", "  ")
	for _, e := range g.Edges {
		from, attributes := e.From, []string{}
		if first := g.firstIn(e.From); first != "" {
			from, attributes = first, append(attributes, "ltail=cluster_"+e.From)
		}
		if e.Label != "" {
			attributes = append(attributes, "label="+dotText(e.Label))
		}
		if e.Dashed {
			attributes = append(attributes, "style=dashed")
		}
		fmt.Fprintf(&b, "  %s -> %s", from, e.To)
		if len(attributes) > 0 {
			fmt.Fprintf(&b, " [%s]", strings.Join(attributes, ", "))
		}
		b.WriteByte('\n')
	}
	b.WriteString("}\n")
	return b.String()
}

// firstIn is a node of a group, as edges can't begin at a group itself; "" if there is no such group.
func (g *Graph) firstIn(group string) string {
	for _, inner := range g.Groups {
		if inner.ID != group {
			continue
		}
		for _, n := range g.Nodes {
			if g.within(n.Group, group) {
				return n.ID
			}
		}
	}
	return ""
}

func (g *Graph) within(group, outer string) bool {
	for group != "" && group != outer {
		next := ""
		for _, inner := range g.Groups {
			if inner.ID == group {
				next = inner.Outer
			}
		}
		group = next
	}
	return group == outer
}

func (g *Graph) dotGroup(b *strings.Builder, group, indent string) {
	for _, n := range g.Nodes {
		if n.Group == group {
			text := n.Title
			if n.Detail != "" {
				text += "\n" + n.Detail
			}
			fmt.Fprintf(b, "%s%s [label=%s, %s]\n", indent, n.ID, dotText(text), dotShapes[n.Kind])
		}
	}
	for _, inner := range g.Groups {
		if inner.Outer == group {
			fmt.Fprintf(b, "%ssubgraph cluster_%s {\n%s  label=%s\n", indent, inner.ID, indent, dotText(inner.Title))
			g.dotGroup(b, inner.ID, indent+"  ")
			b.WriteString(indent + "}\n")
		}
	}
}

var dotEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func dotText(s string) string { return `"` + dotEscapes.Replace(s) + `"` }
