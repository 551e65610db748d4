package layout

import "slices"

// sweeps is how often the ranks are put in order, down and up.
const sweeps = 12

// order finds an order of each rank in which few lines cross. Groups stay together, between their borders.
func (l *layers) order() {
	for rank := range l.ranks {
		l.sort(rank, func(s *spot) float64 { return float64(s.at) })
	}
	best, fewest := l.copyRanks(), l.crossings()
	for sweep := range sweeps {
		if sweep%2 == 0 {
			for rank := range l.ranks {
				l.sort(rank, func(s *spot) float64 { return l.middle(s, s.ups) })
			}
		} else {
			for rank := len(l.ranks) - 1; rank >= 0; rank-- {
				l.sort(rank, func(s *spot) float64 { return l.middle(s, s.downs) })
			}
		}
		if n := l.crossings(); n < fewest {
			best, fewest = l.copyRanks(), n
		}
	}
	l.ranks = best
	l.number()
}

func (l *layers) copyRanks() [][]int {
	out := make([][]int, len(l.ranks))
	for i, rank := range l.ranks {
		out[i] = slices.Clone(rank)
	}
	return out
}

func (l *layers) number() {
	for _, rank := range l.ranks {
		for at, id := range rank {
			l.spots[id].at = at
		}
	}
}

// middle is where a spot's neighbours are on average; without any it stays where it is.
func (l *layers) middle(s *spot, links []link) float64 {
	beside := 0.0
	if len(links) == 0 && s.beside != None {
		other := &l.spots[s.beside]
		links, beside = other.ups, 0.1
		if len(links) == 0 {
			return float64(other.at) + beside
		}
	}
	if len(links) == 0 {
		return float64(s.at)
	}
	sum := 0.0
	for _, n := range links {
		sum += float64(l.spots[n.to].at)
	}
	return sum/float64(len(links)) + beside
}

// cluster is what of a group stands in one rank: spots, and inner clusters.
type cluster struct {
	spot  int // None for a cluster
	key   float64
	count int
	parts []*cluster
	group int
}

// sort puts a rank in the order of a key.
func (l *layers) sort(rank int, key func(*spot) float64) {
	top := &cluster{spot: None, group: None}
	clusters := map[int]*cluster{None: top}
	var of func(group int) *cluster
	of = func(group int) *cluster {
		c := clusters[group]
		if c == nil {
			c = &cluster{spot: None, group: group}
			clusters[group] = c
			outer := of(l.Groups[group])
			outer.parts = append(outer.parts, c)
		}
		return c
	}
	borders := map[int][2]int{}
	for _, id := range l.ranks[rank] {
		s := &l.spots[id]
		switch s.kind {
		case leftBorder, rightBorder:
			of(s.of)
			pair := borders[s.of]
			pair[s.kind-leftBorder] = id
			borders[s.of] = pair
		default:
			c := of(s.group)
			c.parts = append(c.parts, &cluster{spot: id, key: key(s), count: 1})
		}
	}
	top.weigh()
	l.ranks[rank] = top.flatten(nil, borders)
	for at, id := range l.ranks[rank] {
		l.spots[id].at = at
	}
}

// weigh gives clusters the average key of what is in them, and sorts.
func (c *cluster) weigh() {
	if c.spot != None {
		return
	}
	sum := 0.0
	for _, p := range c.parts {
		p.weigh()
		sum, c.count = sum+p.key*float64(p.count), c.count+p.count
	}
	if c.count > 0 {
		c.key = sum / float64(c.count)
	}
	slices.SortStableFunc(c.parts, func(a, b *cluster) int {
		switch {
		case a.key < b.key:
			return -1
		case a.key > b.key:
			return 1
		}
		return 0
	})
}

func (c *cluster) flatten(into []int, borders map[int][2]int) []int {
	if c.spot != None {
		return append(into, c.spot)
	}
	pair, framed := borders[c.group]
	if framed {
		into = append(into, pair[0])
	}
	for _, p := range c.parts {
		into = p.flatten(into, borders)
	}
	if framed {
		into = append(into, pair[1])
	}
	return into
}

// crossings counts the lines that cross.
func (l *layers) crossings() int {
	total := 0
	for r := range l.ranks[:len(l.ranks)-1] {
		var ends []int // lower ends, in the order of the upper ones
		for _, id := range l.ranks[r] {
			at := len(ends)
			for _, n := range l.spots[id].downs {
				ends = append(ends, l.spots[n.to].at)
			}
			slices.Sort(ends[at:])
		}
		tree := make([]int, len(l.ranks[r+1])+1) // a Fenwick tree of the ends so far
		for seen, end := range ends {
			below := 0
			for i := end + 1; i > 0; i -= i & -i {
				below += tree[i]
			}
			total += seen - below
			for i := end + 1; i < len(tree); i += i & -i {
				tree[i]++
			}
		}
	}
	return total
}
