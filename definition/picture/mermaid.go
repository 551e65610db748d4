package picture

import (
	"fmt"
	"strings"
)

// shapes are what stands around a node's label in Mermaid.
var shapes = map[Kind][2]string{
	Door:     {"(", ")"},
	Start:    {"([", "])"},
	Step:     {"[", "]"},
	Wait:     {"[/", `\]`},
	Decision: {"{", "}"},
	Loop:     {"{{", "}}"},
	Fork:     {"[[", "]]"},
	Call:     {"[[", "]]"},
	Fail:     {">", "]"},
	End:      {"([", "])"},
}

// classes are the looks of some kinds.
var classes = []struct {
	kind        Kind
	name, style string
}{
	{Wait, "wait", "fill:#fff3cd,stroke:#b58900"},
	{Decision, "decision", "fill:#e7f0fb,stroke:#3b6ea5"},
	{Fail, "fail", "fill:#fbe4e4,stroke:#b03a3a"},
}

// Mermaid is the picture as a Mermaid flowchart.
func (g *Graph) Mermaid() string {
	var b strings.Builder
	b.WriteString("flowchart TD\n")
	g.mermaidGroup(&b, "", "  ")
	for _, e := range g.Edges {
		arrow := "-->"
		if e.Dashed {
			arrow = "-.->"
		}
		if e.Label != "" {
			arrow += `|"` + mermaidText(e.Label) + `"|`
		}
		fmt.Fprintf(&b, "  %s %s %s\n", e.From, arrow, e.To)
	}
	for _, class := range classes {
		var ids []string
		for _, n := range g.Nodes {
			if n.Kind == class.kind {
				ids = append(ids, n.ID)
			}
		}
		if len(ids) > 0 {
			fmt.Fprintf(&b, "  classDef %s %s\n  class %s %s\n", class.name, class.style, strings.Join(ids, ","), class.name)
		}
	}
	return b.String()
}

// mermaidGroup writes the nodes of a group, and the groups in it.
func (g *Graph) mermaidGroup(b *strings.Builder, group, indent string) {
	for _, n := range g.Nodes {
		if n.Group != group {
			continue
		}
		text := mermaidText(n.Title)
		if n.Detail != "" {
			text += "<br/>" + mermaidText(n.Detail)
		}
		fmt.Fprintf(b, "%s%s%s\"%s\"%s\n", indent, n.ID, shapes[n.Kind][0], text, shapes[n.Kind][1])
	}
	for _, inner := range g.Groups {
		if inner.Outer == group {
			fmt.Fprintf(b, "%ssubgraph %s [\"%s\"]\n", indent, inner.ID, mermaidText(inner.Title))
			g.mermaidGroup(b, inner.ID, indent+"  ")
			b.WriteString(indent + "end\n")
		}
	}
}

// mermaidText is a text inside a quoted label.
func mermaidText(s string) string {
	return mermaidEscapes.Replace(strings.Join(strings.Fields(s), " "))
}

var mermaidEscapes = strings.NewReplacer("#", "#35;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "&", "#amp;", "`", "#96;")
