package picture

import (
	_ "embed" // the style sheet
	"fmt"
	"html"
	"math"
	"strings"

	"github.com/weir-run/weir/definition/picture/layout"
)

// Style is the style sheet of the picture, for a page that it stands in; everything in it is under .flow-picture.
//
//go:embed svg.css
var Style string

// widest is how wide a text on the picture may be; past it, it is broken or cut.
const widest = 200.0

// SVG is the picture as a file: light or dark, as its reader likes it.
func (g *Graph) SVG() string { return g.svg(Overlay{}, true) }

// Inline is the picture as an element of a page that has Style, with a run's state on it.
func (g *Graph) Inline(o Overlay) string { return g.svg(o, false) }

// drawing is a picture being written.
type drawing struct {
	strings.Builder
	g       *Graph
	nodes   []Node // doors first
	texts   [][]string
	details []string
	placed  layout.Placed
	overlay Overlay
}

func (g *Graph) svg(o Overlay, file bool) string {
	d := &drawing{g: g, overlay: o}
	d.place()
	w, h := d.placed.W, d.placed.H
	fmt.Fprintf(d, `<svg xmlns="http://www.w3.org/2000/svg" class="flow-picture" role="img" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" aria-label="%s">`,
		w, h, w, h, attribute("Picture of the flow "+g.Title))
	if file {
		fmt.Fprintf(d, "\n<title>%s</title>\n<style>\n%s</style>\n<rect class=\"paper\" width=\"%.0f\" height=\"%.0f\"/>", html.EscapeString(clean(g.Title)), Style, w, h)
	}
	d.WriteByte('\n')
	for i, r := range d.placed.Groups {
		fmt.Fprintf(d, "<rect class=\"frame\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"10\"/><text class=\"frame-title\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
			r.X, r.Y, r.W, r.H, r.X+10, r.Y+15, content(g.Groups[i].Title))
	}
	for i := range g.Edges {
		d.edge(i)
	}
	for i := range d.nodes {
		d.node(i)
	}
	for i := range g.Edges { // labels last: no line runs over them
		d.label(i)
	}
	d.WriteString("</svg>\n")
	return d.String()
}

// place measures everything and lays it out.
func (d *drawing) place() {
	in := layout.Graph{}
	groups := map[string]int{"": layout.None}
	for i, group := range d.g.Groups {
		groups[group.ID] = i
		in.Groups = append(in.Groups, groups[group.Outer])
	}
	for _, doors := range []bool{true, false} {
		for _, n := range d.g.Nodes {
			if (n.Kind == Door) == doors {
				d.nodes = append(d.nodes, n)
			}
		}
	}
	at, lastIn := map[string]int{}, map[int]int{}
	for i, n := range d.nodes {
		at[n.ID] = i
		for g := groups[n.Group]; g != layout.None; g = in.Groups[g] {
			lastIn[g] = i
		}
		in.Nodes = append(in.Nodes, d.measure(n, groups[n.Group]))
	}
	for _, e := range d.g.Edges {
		edge := layout.Edge{To: at[e.To], FromGroup: layout.None}
		from, ok := at[e.From]
		if !ok {
			edge.FromGroup = groups[e.From]
			from = lastIn[edge.FromGroup]
		}
		edge.From = from
		if e.Label != "" {
			edge.W, edge.H = textWidth(fitted(e.Label, labelSize, widest), labelSize)+8, 16
		}
		in.Edges = append(in.Edges, edge)
	}
	d.placed = layout.Place(in)
}

// measure breaks a node's texts and finds the size of its box.
func (d *drawing) measure(n Node, group int) layout.Node {
	lines := wrapped(n.Title, titleSize, widest)
	detail := fitted(n.Detail, detailSize, widest)
	w, h := textWidth(detail, detailSize), 14+titleLine*float64(len(lines))
	for _, line := range lines {
		w = max(w, textWidth(line, titleSize))
	}
	if detail != "" {
		h += detailLine
	}
	pad := 26.0
	if n.Kind == Decision || n.Kind == Loop {
		pad = 44
	}
	d.texts, d.details = append(d.texts, lines), append(d.details, detail)
	return layout.Node{W: max(w+pad, 64), H: h, Group: group}
}

func (d *drawing) size(i int) (w, h float64) {
	n := d.measure(d.nodes[i], layout.None)
	d.texts, d.details = d.texts[:len(d.nodes)], d.details[:len(d.nodes)]
	return n.W, n.H
}

func (d *drawing) node(i int) {
	n, at := d.nodes[i], d.placed.Nodes[i]
	w, h := d.size(i)
	x, y := at.X-w/2, at.Y-h/2
	mark := d.overlay.Nodes[n.ID]
	class := n.Kind.String()
	if mark.State != "" {
		class += " is-" + string(mark.State)
	}
	fmt.Fprintf(d, "<g class=\"%s\">", class)
	full := clean(joined(": ", n.Title, n.Detail))
	if mark.State != "" {
		full += " (" + told(mark) + ")"
	}
	fmt.Fprintf(d, "<title>%s</title>", html.EscapeString(full))
	d.shape(n.Kind, x, y, w, h)
	line := y + 7 + 13
	for _, text := range d.texts[i] {
		fmt.Fprintf(d, `<text class="title" x="%.1f" y="%.1f">%s</text>`, at.X, line, content(text))
		line += titleLine
	}
	if d.details[i] != "" {
		fmt.Fprintf(d, `<text class="detail" x="%.1f" y="%.1f">%s</text>`, at.X, line-1, content(d.details[i]))
	}
	d.badge(mark, x+w, y)
	d.WriteString("</g>\n")
}

// told is a mark in words.
func told(m Mark) string {
	word := string(m.State)
	if m.State == Missed {
		word = "not taken"
	}
	if m.Times > 1 {
		word += fmt.Sprintf(", %d times", m.Times)
	}
	return word
}

func (d *drawing) shape(k Kind, x, y, w, h float64) {
	switch k {
	case Start, End, Door:
		fmt.Fprintf(d, `<rect class="shape" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="%.1f"/>`, x, y, w, h, h/2)
	case Decision, Loop:
		fmt.Fprintf(d, `<path class="shape" d="M%.1f %.1fH%.1fL%.1f %.1fL%.1f %.1fH%.1fL%.1f %.1fZ"/>`,
			x+14, y, x+w-14, x+w, y+h/2, x+w-14, y+h, x+14, x, y+h/2)
	case Call, Fork:
		fmt.Fprintf(d, `<rect class="shape" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="4"/><path class="shape" d="M%.1f %.1fv%.1fM%.1f %.1fv%.1f"/>`,
			x, y, w, h, x+5, y, h, x+w-5, y, h)
	default:
		fmt.Fprintf(d, `<rect class="shape" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="7"/>`, x, y, w, h)
	}
}

// signs are what badges show, drawn around 0 0.
var signs = map[State]string{
	Done: "M-3.5 0.5L-1 3L3.5 -2.5", Failed: "M-3 -3L3 3M3 -3L-3 3", Waiting: "M-2 -3.2V3.2M2 -3.2V3.2", Running: "M-2 -3.5L3 0L-2 3.5Z", Skipped: "M-3.5 0H3.5",
}

// badge shows a state by a sign, so that colour isn't needed to tell it, at a box's upper right corner.
func (d *drawing) badge(m Mark, x, y float64) {
	sign, ok := signs[m.State]
	if !ok {
		return
	}
	times, w := "", 18.0
	if m.Times > 1 {
		times = fmt.Sprintf("×%d", m.Times)
		w += textWidth(times, 11) + 4
	}
	fmt.Fprintf(d, `<rect class="badge" x="%.1f" y="%.1f" width="%.1f" height="18" rx="9"/><path class="sign" transform="translate(%.1f %.1f)" d="%s"/>`,
		x-9-(w-18), y-9, w, x-(w-18), y, sign)
	if times != "" {
		fmt.Fprintf(d, `<text class="times" x="%.1f" y="%.1f">%s</text>`, x-(w-18)+8, y+4, times)
	}
}

func (d *drawing) edge(i int) {
	e, line := d.g.Edges[i], d.placed.Lines[i]
	fmt.Fprintf(d, `<g class="%s"><path class="line%s" d="%s"/>`, d.edgeClass(i), dashed(e), path(line))
	d.head(line)
	d.WriteString("</g>\n")
}

func (d *drawing) edgeClass(i int) string {
	if d.overlay.Taken[i] {
		return "edge taken"
	}
	return "edge"
}

func dashed(e Edge) string {
	if e.Dashed {
		return " dashed"
	}
	return ""
}

// head is the tip of an arrow: it points down, or left where a line comes back to its loop.
func (d *drawing) head(line layout.Line) {
	end := line.Points[len(line.Points)-1]
	if line.Back {
		fmt.Fprintf(d, `<path class="head" d="M%.1f %.1fl8 -4v8z"/>`, end.X, end.Y)
		return
	}
	fmt.Fprintf(d, `<path class="head" d="M%.1f %.1fl-4 -8h8z"/>`, end.X, end.Y)
}

func (d *drawing) label(i int) {
	e, line := d.g.Edges[i], d.placed.Lines[i]
	text := fitted(e.Label, labelSize, widest)
	if line.Cut {
		text = joined(" ", text, "to "+fitted(d.title(e.To), labelSize, widest))
	}
	if text == "" {
		return
	}
	fmt.Fprintf(d, "<g class=\"%s\"><text class=\"label\" x=\"%.1f\" y=\"%.1f\">%s</text></g>\n", d.edgeClass(i), line.Label.X, line.Label.Y+4, content(text))
}

func (d *drawing) title(id string) string {
	for _, n := range d.nodes {
		if n.ID == id {
			return n.Title
		}
	}
	return id
}

// path is a line's way: curves that are vertical at their ends; one that leads back leaves and enters sideways.
func path(line layout.Line) string {
	var b strings.Builder
	points := line.Points
	fmt.Fprintf(&b, "M%.1f %.1f", points[0].X, points[0].Y)
	if line.Back {
		return b.String() + backPath(points)
	}
	last := len(points) - 1
	for i := 1; i <= last; i++ {
		from, to := points[i-1], points[i]
		if i == last {
			to.Y -= 7 // the tip covers the rest
		}
		if math.Abs(from.X-to.X) < 0.5 {
			fmt.Fprintf(&b, "L%.1f %.1f", to.X, to.Y)
			continue
		}
		middle := (from.Y + to.Y) / 2
		fmt.Fprintf(&b, "C%.1f %.1f %.1f %.1f %.1f %.1f", from.X, middle, to.X, middle, to.X, to.Y)
	}
	return b.String()
}

func backPath(points []layout.Point) string {
	var b strings.Builder
	const round = 8.0
	first, last := points[1], points[len(points)-2]
	end := points[len(points)-1]
	up := round
	if first.Y-last.Y < 2*round { // back to itself, or nearly
		first.Y, last.Y, up = first.Y+round, last.Y-round, 0
	}
	fmt.Fprintf(&b, "H%.1fQ%.1f %.1f %.1f %.1f", first.X-round, first.X, first.Y, first.X, first.Y-up)
	at := layout.Point{X: first.X, Y: first.Y - up}
	for _, to := range points[min(2, len(points)-2) : len(points)-2] {
		fmt.Fprintf(&b, "C%.1f %.1f %.1f %.1f %.1f %.1f", at.X, (at.Y+to.Y)/2, to.X, (at.Y+to.Y)/2, to.X, to.Y)
		at = to
	}
	fmt.Fprintf(&b, "C%.1f %.1f %.1f %.1f %.1f %.1f", at.X, (at.Y+last.Y+up)/2, last.X, (at.Y+last.Y+up)/2, last.X, last.Y+up)
	fmt.Fprintf(&b, "Q%.1f %.1f %.1f %.1fH%.1f", last.X, last.Y, last.X-round, last.Y, end.X+7)
	return b.String()
}

// clean leaves out what XML can't hold.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0xFFFE || r == 0xFFFF {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "�"))
}

func content(text string) string   { return html.EscapeString(clean(text)) }
func attribute(text string) string { return html.EscapeString(clean(text)) }
