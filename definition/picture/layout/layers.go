package layout

import "slices"

// spot is something that takes room in a rank: a node, a place that a line passes, or a border of a group's frame.
type spot struct {
	kind  spotKind
	of    int // node, edge or group
	rank  int
	group int
	w     float64
	at    int     // its place in the rank, from the left
	x     float64 // of its centre
	ups   []link  // to the rank above
	downs []link  // to the rank below
	// beside is the spot of the same rank that it wants to be next to, or None.
	beside int
}

type spotKind uint8

const (
	box spotKind = iota
	turn
	leftBorder
	rightBorder
)

// link is a neighbour, and how straight the line to it should be.
type link struct {
	to     int
	weight float64
}

// layers is a graph in ranks.
type layers struct {
	Graph
	spots  []spot
	ranks  [][]int // spots, from the left
	level  []int   // rank of each node
	first  []int   // rank of each group's top and bottom
	last   []int
	chains [][]int // of each edge: the spots that it passes, from its source on
	back   []bool
	cut    []bool
	labels []int // the spot that bears an edge's label, or None
}

func newLayers(g Graph) *layers {
	l := &layers{
		Graph: g, level: make([]int, len(g.Nodes)), chains: make([][]int, len(g.Edges)), back: make([]bool, len(g.Edges)),
		cut: make([]bool, len(g.Edges)), labels: slices.Repeat([]int{None}, len(g.Edges)),
	}
	for i, e := range g.Edges {
		l.back[i] = e.To <= e.From
	}
	l.rank()
	l.frame()
	l.cutLongest()
	for i, n := range g.Nodes {
		l.add(spot{kind: box, of: i, rank: l.level[i], group: n.Group, w: n.W})
	}
	for i := range g.Edges {
		if !l.cut[i] {
			l.chain(i)
		}
	}
	l.border()
	return l
}

// rank gives every node the first rank after all that leads to it; what comes after a loop is below all of it.
func (l *layers) rank() {
	type need struct{ from, by int }
	needs := make([][]need, len(l.Nodes))
	for i, e := range l.Edges {
		if l.back[i] {
			continue
		}
		by := 1
		if e.W > 0 {
			by = 2
		}
		needs[e.To] = append(needs[e.To], need{e.From, by})
		if e.FromGroup != None {
			for n := range l.Nodes {
				if n < e.To && l.within(l.Nodes[n].Group, e.FromGroup) {
					needs[e.To] = append(needs[e.To], need{n, by})
				}
			}
		}
	}
	for i, loop := range l.Edges {
		if !l.back[i] {
			continue
		}
		for j, e := range l.Edges {
			if !l.back[j] && e.From >= loop.To && e.From <= loop.From && e.To > loop.From {
				needs[e.To] = append(needs[e.To], need{loop.From, 1})
			}
		}
	}
	for n := range l.Nodes {
		for _, need := range needs[n] {
			l.level[n] = max(l.level[n], l.level[need.from]+need.by)
		}
	}
}

func (l *layers) within(group, outer int) bool {
	for group != None && group != outer {
		group = l.Groups[group]
	}
	return group == outer
}

// frame finds the ranks that each group spans.
func (l *layers) frame() {
	l.first, l.last = slices.Repeat([]int{1 << 30}, len(l.Groups)), slices.Repeat([]int{None}, len(l.Groups))
	for i, n := range l.Nodes {
		for g := n.Group; g != None; g = l.Groups[g] {
			l.first[g], l.last[g] = min(l.first[g], l.level[i]), max(l.last[g], l.level[i])
		}
	}
}

// cutLongest gives up on the longest lines while all of them together would pass too many ranks.
func (l *layers) cutLongest() {
	span := func(i int) int {
		e := l.Edges[i]
		if l.back[i] {
			return l.level[e.From] - l.level[e.To] + 1
		}
		return l.level[e.To] - l.level[e.From] - 1
	}
	edges, total := make([]int, len(l.Edges)), 0
	for i := range edges {
		edges[i] = i
		total += span(i)
	}
	slices.SortStableFunc(edges, func(a, b int) int { return span(b) - span(a) })
	for _, i := range edges {
		if total <= maxTurns {
			return
		}
		l.cut[i], total = true, total-span(i)
	}
}

func (l *layers) add(s spot) int {
	for len(l.ranks) <= s.rank {
		l.ranks = append(l.ranks, nil)
	}
	s.at, s.beside = len(l.ranks[s.rank]), None
	l.spots = append(l.spots, s)
	l.ranks[s.rank] = append(l.ranks[s.rank], len(l.spots)-1)
	return len(l.spots) - 1
}

// connect joins two spots of neighbouring ranks.
func (l *layers) connect(upper, lower int, weight float64) {
	l.spots[upper].downs = append(l.spots[upper].downs, link{lower, weight})
	l.spots[lower].ups = append(l.spots[lower].ups, link{upper, weight})
}

// Weights of links: long lines are straight before short ones are, frames before all.
const (
	shortLine = 1.0
	halfLine  = 2.0
	longLine  = 6.0
	frameLine = 24.0
)

// chain lays an edge through the ranks between its ends; one that leads back passes those of its ends, too.
func (l *layers) chain(i int) {
	e := l.Edges[i]
	from, to := l.level[e.From]+1, l.level[e.To]-1
	step := 1
	if e.FromGroup != None {
		from = l.last[e.FromGroup] + 1
	}
	if l.back[i] {
		from, to, step = l.level[e.From], l.level[e.To], -1
	}
	labelled := from
	if l.back[i] {
		labelled = (from + to) / 2
	}
	last, lastIsBox := e.From, true
	for rank := from; (to-rank)*step >= 0; rank += step {
		s := spot{kind: turn, of: i, rank: rank, group: l.passes(e, rank)}
		if e.W > 0 && rank == labelled {
			s.w = e.W
		}
		id := l.add(s)
		if s.w > 0 {
			l.labels[i] = id
		}
		l.chains[i] = append(l.chains[i], id)
		switch {
		case l.back[i] && lastIsBox:
			l.spots[id].beside = e.From
		case l.back[i]:
			l.connect(id, last, longLine)
		case lastIsBox && e.FromGroup != None: // it begins at the frame, wherever that is near
		case lastIsBox && s.w > 0: // labels spread, and what they lead to stands below them
			l.connect(last, id, shortLine)
		case lastIsBox:
			l.connect(last, id, halfLine)
		default:
			l.connect(last, id, longLine)
		}
		last, lastIsBox = id, false
	}
	switch {
	case l.back[i]:
		l.spots[last].beside = e.To
	case lastIsBox && e.FromGroup != None && l.level[e.To] != l.level[e.From]+1:
	case lastIsBox:
		l.connect(last, e.To, shortLine)
	case len(l.chains[i]) == 1:
		l.connect(last, e.To, longLine)
	default:
		l.connect(last, e.To, halfLine)
	}
}

// passes is the innermost group that an edge is in at a rank.
func (l *layers) passes(e Edge, rank int) int {
	from, to := l.Nodes[e.From].Group, l.Nodes[e.To].Group
	for from != None && (rank > l.last[from] || rank < l.first[from]) {
		from = l.Groups[from]
	}
	for to != None && (rank > l.last[to] || rank < l.first[to]) {
		to = l.Groups[to]
	}
	if from == None || l.within(to, from) {
		return to
	}
	return from
}

// border puts the two sides of every group's frame into its ranks.
func (l *layers) border() {
	for g := range l.Groups {
		var above [2]int
		for rank := l.first[g]; rank <= l.last[g]; rank++ {
			for side, kind := range []spotKind{leftBorder, rightBorder} {
				id := l.add(spot{kind: kind, of: g, rank: rank, group: g})
				if rank > l.first[g] {
					l.connect(above[side], id, frameLine)
				}
				above[side] = id
			}
		}
	}
}
