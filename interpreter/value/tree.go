package value

// tree is a persistent sorted map: a weight-balanced tree (Adams; delta 3, ratio 2) under a comparator.
type tree struct {
	root *tnode
	by   Value // the comparator function; nil: Compare
}

type tnode struct {
	key, val    Value
	left, right *tnode
	size        int
}

const (
	treeDelta = 3
	treeRatio = 2
)

func (n *tnode) len() int {
	if n == nil {
		return 0
	}
	return n.size
}

func (t tree) compare(th *Thread, a, b Value) int {
	if t.by.IsNil() {
		return Compare(th, a, b)
	}
	return CompareBy(th, t.by, a, b)
}

// find is the node of k, or nil.
func (t tree) find(th *Thread, k Value) *tnode {
	n := t.root
	for n != nil {
		th.Charge(1)
		switch c := t.compare(th, k, n.key); {
		case c < 0:
			n = n.left
		case c > 0:
			n = n.right
		default:
			return n
		}
	}
	return nil
}

func (t tree) assoc(th *Thread, k, v Value) tree {
	if t.by.IsNil() && !isComparable(k) {
		ThrowHint("ClassCastException", "wrong-type", "a sorted collection's keys need an order; give it a comparator",
			"Default comparator requires nil, Number, or Comparable: %s", PrStr(th, k))
	}
	return tree{t.insert(th, t.root, k, v), t.by}
}

func (t tree) insert(th *Thread, n *tnode, k, v Value) *tnode {
	if n == nil {
		return &tnode{key: k, val: v, size: 1}
	}
	th.Charge(2) // a comparison, and a copy of the node
	switch c := t.compare(th, k, n.key); {
	case c < 0:
		left := t.insert(th, n.left, k, v)
		if left == n.left {
			return n
		}
		return balance(n, left, n.right)
	case c > 0:
		right := t.insert(th, n.right, k, v)
		if right == n.right {
			return n
		}
		return balance(n, n.left, right)
	}
	if same(n.val, v) {
		return n
	}
	c := *n
	c.val = v
	return &c
}

func (t tree) without(th *Thread, k Value) tree { return tree{t.remove(th, t.root, k), t.by} }

func (t tree) remove(th *Thread, n *tnode, k Value) *tnode {
	if n == nil {
		return nil
	}
	th.Charge(1)
	switch c := t.compare(th, k, n.key); {
	case c < 0:
		left := t.remove(th, n.left, k)
		if left == n.left {
			return n
		}
		return balance(n, left, n.right)
	case c > 0:
		right := t.remove(th, n.right, k)
		if right == n.right {
			return n
		}
		return balance(n, n.left, right)
	}
	return join(n.left, n.right)
}

// join makes one tree of two whose keys are all in order.
func join(l, r *tnode) *tnode {
	switch {
	case l == nil:
		return r
	case r == nil:
		return l
	case l.size > r.size:
		rest, last := takeLast(l)
		return balance(last, rest, r)
	}
	first, rest := takeFirst(r)
	return balance(first, l, rest)
}

func takeFirst(n *tnode) (first, rest *tnode) {
	if n.left == nil {
		return n, n.right
	}
	first, rest = takeFirst(n.left)
	return first, balance(n, rest, n.right)
}

func takeLast(n *tnode) (rest, last *tnode) {
	if n.right == nil {
		return n.left, n
	}
	rest, last = takeLast(n.right)
	return balance(n, n.left, rest), last
}

// node is n's pair over two subtrees.
func node(n, l, r *tnode) *tnode {
	return &tnode{key: n.key, val: n.val, left: l, right: r, size: l.len() + r.len() + 1}
}

// balance is node, and restores the balance that one insertion or removal may have broken.
func balance(n, l, r *tnode) *tnode {
	ls, rs := l.len(), r.len()
	switch {
	case ls+rs < 2:
	case rs > treeDelta*ls:
		if r.left.len() < treeRatio*r.right.len() {
			return node(r, node(n, l, r.left), r.right)
		}
		return node(r.left, node(n, l, r.left.left), node(r, r.left.right, r.right))
	case ls > treeDelta*rs:
		if l.right.len() < treeRatio*l.left.len() {
			return node(l, l.left, node(n, l.right, r))
		}
		return node(l.right, node(l, l.left, l.right.left), node(n, l.right.right, r))
	}
	return node(n, l, r)
}

// each walks the nodes in order until f returns false.
func (n *tnode) each(f func(n *tnode) bool) bool {
	return n == nil || n.left.each(f) && f(n) && n.right.each(f)
}

// treeSeq is the nodes from a place on, up or down: the stack holds the nodes still to come, the next one last.
type treeSeq struct {
	top  *treeStack
	left int // -1: not counted
	up   bool
	part part
}

type treeStack struct {
	n    *tnode
	next *treeStack
}

func (t tree) seq(up bool, p part) Seq {
	if t.root == nil {
		return nil
	}
	return &treeSeq{pushSide(t.root, up, nil), t.root.size, up, p}
}

// seqFrom is the nodes from k on (k included), up or down.
func (t tree) seqFrom(th *Thread, k Value, up bool, p part) Seq {
	var top *treeStack
	for n := t.root; n != nil; {
		th.Charge(1)
		c := t.compare(th, k, n.key)
		switch {
		case c == 0:
			return &treeSeq{&treeStack{n, top}, -1, up, p}
		case up && c < 0:
			top, n = &treeStack{n, top}, n.left
		case up:
			n = n.right
		case c > 0:
			top, n = &treeStack{n, top}, n.right
		default:
			n = n.left
		}
	}
	if top == nil {
		return nil
	}
	return &treeSeq{top, -1, up, p}
}

// pushSide stacks n and all that come before it on its side.
func pushSide(n *tnode, up bool, top *treeStack) *treeStack {
	for n != nil {
		top = &treeStack{n, top}
		if up {
			n = n.left
		} else {
			n = n.right
		}
	}
	return top
}

func (s *treeSeq) First(*Thread) Value { return s.part.of(s.top.n.key, s.top.n.val) }

func (s *treeSeq) Next(*Thread) Seq {
	n := s.top.n.right
	if !s.up {
		n = s.top.n.left
	}
	top := pushSide(n, s.up, s.top.next)
	if top == nil {
		return nil
	}
	return &treeSeq{top, max(s.left-1, -1), s.up, s.part}
}
