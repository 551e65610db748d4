package layout

import "math"

// placed turns ranks and orders into places.
func (l *layers) placed() Placed {
	top, height := l.heights()
	p := Placed{Nodes: make([]Point, len(l.Nodes)), Lines: make([]Line, len(l.Edges)), Groups: make([]Rect, len(l.Groups))}
	for i := range l.Nodes {
		s := &l.spots[i]
		p.Nodes[i] = Point{s.x, top[s.rank] + height[s.rank]/2}
	}
	for g := range l.Groups {
		p.Groups[g] = l.frameOf(g, top, height)
	}
	for i := range l.Edges {
		p.Lines[i] = l.line(i, &p, top, height)
	}
	p.fit(l.Graph)
	return p
}

// heights finds where each rank begins and how high it is: room for frames and labels included.
func (l *layers) heights() (top, height []float64) {
	top, height = make([]float64, len(l.ranks)), make([]float64, len(l.ranks))
	for _, s := range l.spots {
		switch s.kind {
		case box:
			height[s.rank] = max(height[s.rank], l.Nodes[s.of].H)
		case turn:
			if s.w > 0 {
				height[s.rank] = max(height[s.rank], l.Edges[s.of].H)
			}
		}
	}
	y := 0.0
	for rank := range l.ranks {
		above, below := 0.0, 0.0
		for g := range l.Groups {
			if l.first[g] == rank {
				above += frameTitle
			}
			if l.last[g] == rank-1 {
				below += framePad
			}
		}
		if rank > 0 {
			y += rankGap
		}
		y += above + below
		top[rank] = y
		y += height[rank]
	}
	return top, height
}

// frameOf is the area of a group's frame: it holds its borders, whatever they are, and its inner frames.
func (l *layers) frameOf(g int, top, height []float64) Rect {
	left, right := math.Inf(1), math.Inf(-1)
	deepBelow, deepAbove := 0.0, 0.0
	for _, s := range l.spots {
		if s.kind == leftBorder && s.of == g {
			left = min(left, s.x)
		}
		if s.kind == rightBorder && s.of == g {
			right = max(right, s.x)
		}
	}
	for inner := range l.Groups {
		if inner != g && l.within(inner, g) {
			if l.first[inner] == l.first[g] {
				deepAbove += frameTitle
			}
			if l.last[inner] == l.last[g] {
				deepBelow += framePad
			}
		}
	}
	if l.last[g] < 0 {
		return Rect{}
	}
	y := top[l.first[g]] - frameTitle - deepAbove
	bottom := top[l.last[g]] + height[l.last[g]] + framePad + deepBelow
	return Rect{left, y, right - left, bottom - y}
}

// line finds the way of an edge.
func (l *layers) line(i int, p *Placed, top, height []float64) Line {
	e := l.Edges[i]
	from, to := p.Nodes[e.From], p.Nodes[e.To]
	line := Line{Back: l.back[i], Cut: l.cut[i]}
	start := Point{from.X, from.Y + l.Nodes[e.From].H/2}
	switch {
	case line.Cut:
		line.Points = []Point{start, {start.X, start.Y + cutLength}}
		line.Label = Point{start.X, start.Y + cutLength/2}
		return line
	case line.Back:
		start = Point{from.X + l.Nodes[e.From].W/2, from.Y}
	case e.FromGroup != None:
		frame := p.Groups[e.FromGroup]
		next := to.X
		if len(l.chains[i]) > 0 {
			next = l.spots[l.chains[i][0]].x
		}
		start = Point{min(max(next, frame.X+framePad), frame.X+frame.W-framePad), frame.Y + frame.H}
	}
	line.Points = append(line.Points, start)
	for _, id := range l.chains[i] {
		s := &l.spots[id]
		middle := Point{s.x, top[s.rank] + height[s.rank]/2}
		if id == l.labels[i] {
			line.Label = middle
		}
		switch {
		case line.Back:
			line.Points = append(line.Points, middle)
		default:
			line.Points = append(line.Points, Point{s.x, top[s.rank]}, Point{s.x, top[s.rank] + height[s.rank]})
		}
	}
	end := Point{to.X, to.Y - l.Nodes[e.To].H/2}
	if line.Back {
		end = Point{to.X + l.Nodes[e.To].W/2, to.Y}
	}
	line.Points = append(line.Points, end)
	return line
}

// fit moves everything so that it begins at the margin.
func (p *Placed) fit(g Graph) {
	left, right, bottom, above := math.Inf(1), math.Inf(-1), 0.0, 0.0
	see := func(x, y, w, h float64) {
		left, right, bottom, above = min(left, x-w/2), max(right, x+w/2), max(bottom, y+h/2), min(above, y-h/2)
	}
	for i, n := range g.Nodes {
		see(p.Nodes[i].X, p.Nodes[i].Y, n.W, n.H)
	}
	for _, r := range p.Groups {
		see(r.X+r.W/2, r.Y+r.H/2, r.W, r.H)
	}
	for i, line := range p.Lines {
		for _, at := range line.Points {
			see(at.X, at.Y, 0, 0)
		}
		if g.Edges[i].W > 0 {
			see(line.Label.X, line.Label.Y, g.Edges[i].W, g.Edges[i].H)
		}
	}
	dx, dy := margin-left, margin-above
	move := func(at *Point) { at.X, at.Y = at.X+dx, at.Y+dy }
	for i := range p.Nodes {
		move(&p.Nodes[i])
	}
	for i := range p.Lines {
		for j := range p.Lines[i].Points {
			move(&p.Lines[i].Points[j])
		}
		move(&p.Lines[i].Label)
	}
	for i := range p.Groups {
		p.Groups[i].X, p.Groups[i].Y = p.Groups[i].X+dx, p.Groups[i].Y+dy
	}
	p.W, p.H = right-left+2*margin, bottom-above+2*margin
}
