package layout_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weir-run/weir/definition/picture/layout"
)

// graphs are graphs as flows make them: lines lead on, or back to the start of a loop; groups hold runs of nodes.
func graphs(t *rapid.T) layout.Graph {
	var g layout.Graph
	n := rapid.IntRange(1, 40).Draw(t, "nodes")
	for range n {
		g.Nodes = append(g.Nodes, layout.Node{W: rapid.Float64Range(30, 240).Draw(t, "w"), H: rapid.Float64Range(20, 60).Draw(t, "h"), Group: layout.None})
	}
	if n > 4 && rapid.Bool().Draw(t, "grouped") {
		first := rapid.IntRange(1, n-2).Draw(t, "first")
		last := rapid.IntRange(first, n-1).Draw(t, "last")
		g.Groups = []int{layout.None}
		for i := first; i <= last; i++ {
			g.Nodes[i].Group = 0
		}
		if last < n-1 {
			g.Edges = append(g.Edges, layout.Edge{From: last, To: last + 1, FromGroup: 0, W: 40, H: 16})
		}
	}
	for to := 1; to < n; to++ {
		from := rapid.IntRange(max(0, to-5), to-1).Draw(t, "from")
		g.Edges = append(g.Edges, layout.Edge{From: from, To: to, FromGroup: layout.None})
		if rapid.IntRange(0, 3).Draw(t, "more") == 0 {
			g.Edges = append(g.Edges, layout.Edge{From: rapid.IntRange(0, n-1).Draw(t, "a"), To: to, FromGroup: layout.None, W: 50, H: 16})
		}
	}
	return g
}

func TestBoxesAreApart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := graphs(t)
		p := layout.Place(g)
		require.Len(t, p.Nodes, len(g.Nodes))
		require.Len(t, p.Lines, len(g.Edges))
		for i, a := range p.Nodes {
			require.False(t, math.IsNaN(a.X) || math.IsInf(a.X, 0))
			require.True(t, a.X-g.Nodes[i].W/2 >= 0 && a.X+g.Nodes[i].W/2 <= p.W && a.Y-g.Nodes[i].H/2 >= 0 && a.Y+g.Nodes[i].H/2 <= p.H, "on the paper")
			for j := range p.Nodes[:i] {
				b := p.Nodes[j]
				apart := math.Abs(a.X-b.X) >= (g.Nodes[i].W+g.Nodes[j].W)/2 || math.Abs(a.Y-b.Y) >= (g.Nodes[i].H+g.Nodes[j].H)/2
				require.True(t, apart, "boxes %d and %d lie on each other", i, j)
			}
		}
		for i, e := range g.Edges {
			line := p.Lines[i]
			require.Equal(t, e.To <= e.From, line.Back)
			if !line.Back {
				require.Greater(t, p.Nodes[e.To].Y, p.Nodes[e.From].Y, "lines lead down")
			}
			for _, at := range line.Points {
				require.True(t, at.X >= 0 && at.X <= p.W && at.Y >= 0 && at.Y <= p.H, "line %d leaves the paper", i)
			}
		}
		for grp, r := range p.Groups {
			for i, n := range g.Nodes {
				if n.Group == grp {
					at := p.Nodes[i]
					require.True(t, at.X-n.W/2 >= r.X && at.X+n.W/2 <= r.X+r.W && at.Y-n.H/2 >= r.Y && at.Y+n.H/2 <= r.Y+r.H, "node %d sticks out of its frame", i)
				}
			}
		}
		require.Equal(t, p, layout.Place(g), "the same graph has the same places")
	})
}

func TestAChainIsStraight(t *testing.T) {
	t.Parallel()
	g := layout.Graph{}
	for i := range 5 {
		g.Nodes = append(g.Nodes, layout.Node{W: float64(60 + 20*i), H: 30, Group: layout.None})
		if i > 0 {
			g.Edges = append(g.Edges, layout.Edge{From: i - 1, To: i, FromGroup: layout.None})
		}
	}
	p := layout.Place(g)
	for _, at := range p.Nodes {
		require.InDelta(t, p.W/2, at.X, 0.5)
	}
}

// TestHugeGraphsStayBounded has a decision a rank, each with a way to the end: the longest lines are cut.
func TestHugeGraphsStayBounded(t *testing.T) {
	t.Parallel()
	const n = 1500
	g := layout.Graph{}
	for i := range n {
		g.Nodes = append(g.Nodes, layout.Node{W: 60, H: 30, Group: layout.None})
		if i > 0 {
			g.Edges = append(g.Edges, layout.Edge{From: i - 1, To: i, FromGroup: layout.None}, layout.Edge{From: i - 1, To: n, FromGroup: layout.None, W: 30, H: 16})
		}
	}
	g.Nodes = append(g.Nodes, layout.Node{W: 60, H: 30, Group: layout.None})
	cut := 0
	for _, line := range layout.Place(g).Lines {
		if line.Cut {
			cut++
		}
	}
	require.Greater(t, cut, 1000)
	require.Empty(t, layout.Place(layout.Graph{}).Nodes)
}
