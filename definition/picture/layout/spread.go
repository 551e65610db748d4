package layout

// rounds is how often every rank is moved toward its neighbours.
const rounds = 40

// spread finds the spots' x: each as near to its neighbours as the order and the distances allow.
func (l *layers) spread() {
	for _, rank := range l.ranks {
		x := 0.0
		for i, id := range rank {
			if i > 0 {
				x += l.apart(rank[i-1], id)
			}
			l.spots[id].x = x
		}
		for _, id := range rank {
			l.spots[id].x -= x / 2
		}
	}
	for round := range rounds {
		both := round >= rounds/2
		if round%2 == 0 {
			for rank := range l.ranks {
				l.pull(rank, true, both)
			}
		} else {
			for rank := len(l.ranks) - 1; rank >= 0; rank-- {
				l.pull(rank, both, true)
			}
		}
	}
}

// apart is the least distance of two neighbours' centres.
func (l *layers) apart(left, right int) float64 {
	a, b := &l.spots[left], &l.spots[right]
	gap := nodeGap
	switch {
	case a.kind == leftBorder || b.kind == rightBorder:
		gap = framePad
	case a.kind == turn && b.kind == turn:
		gap = lineGap
	case a.kind == turn || b.kind == turn:
		gap = (nodeGap + lineGap) / 2
	}
	return a.w/2 + gap + b.w/2
}

// pull moves a rank's spots toward their neighbours above, below, or both.
func (l *layers) pull(rank int, up, down bool) {
	spots := l.ranks[rank]
	wanted, weights, distance := make([]float64, len(spots)), make([]float64, len(spots)), make([]float64, len(spots))
	for i, id := range spots {
		s := &l.spots[id]
		sum, weight := 0.0, 0.0
		take := func(links []link) {
			for _, n := range links {
				sum, weight = sum+n.weight*l.spots[n.to].x, weight+n.weight
			}
		}
		if up {
			take(s.ups)
		}
		if down {
			take(s.downs)
		}
		if s.kind == leftBorder || s.kind == rightBorder { // a frame lies close
			inward := 30.0
			if s.kind == rightBorder {
				inward = -inward
			}
			sum, weight = sum+0.5*(s.x+inward), weight+0.5
		}
		if weight == 0 {
			sum, weight = s.x*0.05, 0.05
			if s.beside != None {
				sum = (l.spots[s.beside].x + l.spots[s.beside].w/2 + nodeGap) * 0.05
			}
		}
		wanted[i], weights[i] = sum/weight, weight
		if i > 0 {
			distance[i] = l.apart(spots[i-1], id)
		}
	}
	for i, x := range keepApart(wanted, weights, distance) {
		l.spots[spots[i]].x = x
	}
}

// keepApart finds the places nearest to the wanted ones, by weighted least squares, that are at least so far apart:
// distance[i] is that of i and the one before. (Pool adjacent violators, after the distances are taken off.)
func keepApart(wanted, weights, distance []float64) []float64 {
	type pool struct {
		mean, weight float64
		n            int
	}
	var pools []pool
	offset := 0.0
	offsets := make([]float64, len(wanted))
	for i := range wanted {
		offset += distance[i]
		offsets[i] = offset
		p := pool{wanted[i] - offset, weights[i], 1}
		for len(pools) > 0 && pools[len(pools)-1].mean > p.mean {
			last := pools[len(pools)-1]
			pools = pools[:len(pools)-1]
			weight := last.weight + p.weight
			p = pool{(last.mean*last.weight + p.mean*p.weight) / weight, weight, last.n + p.n}
		}
		pools = append(pools, p)
	}
	out := make([]float64, 0, len(wanted))
	for _, p := range pools {
		for range p.n {
			out = append(out, p.mean+offsets[len(out)])
		}
	}
	return out
}
