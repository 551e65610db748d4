package layout

// None is the group of what stands in no group.
const None = -1

// Node is a box to place. Lines lead from a node to one with a greater index, or back to the start of a loop.
type Node struct {
	W, H  float64
	Group int
}

// Edge is a line to draw. One from a group has FromGroup, and From is a node in it.
type Edge struct {
	From, To  int
	FromGroup int     // or None
	W, H      float64 // of its label; 0 without one
}

// Graph is what is to be placed. An inner group has a greater index than its outer one.
type Graph struct {
	Nodes  []Node
	Edges  []Edge
	Groups []int // the outer group of each, or None
}

// Point is a place; y grows downward.
type Point struct{ X, Y float64 }

// Rect is an area.
type Rect struct{ X, Y, W, H float64 }

// Line is where an edge goes: from its first point to its last, through the others, vertically at each but the ends of a
// line that leads Back, which leaves and enters sideways.
type Line struct {
	Points []Point
	Label  Point // its centre
	Back   bool
	// Cut says that the line would be too long to draw: it ends after a short way.
	Cut bool
}

// Placed is the result. Nodes are placed by their centres.
type Placed struct {
	W, H   float64
	Nodes  []Point
	Lines  []Line // of the edges, in their order
	Groups []Rect
}

// Distances, in pixels.
const (
	nodeGap    = 28.0
	lineGap    = 16.0
	rankGap    = 26.0
	framePad   = 14.0
	frameTitle = 24.0
	margin     = 12.0
	cutLength  = 30.0
)

// maxTurns bounds how many places all lines pass; past it, the longest lines are cut.
const maxTurns = 6000

// Place places a graph.
func Place(g Graph) Placed {
	if len(g.Nodes) == 0 {
		return Placed{Lines: []Line{}}
	}
	l := newLayers(g)
	l.order()
	l.spread()
	return l.placed()
}
