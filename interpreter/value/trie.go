package value

import "sync/atomic"

// array is a persistent sequence of T: a trie of 32-wide leaves and a tail with the last 1 to 32
// elements. Vectors and the order of big maps are built on it. It is a header that is copied before it is
// changed: a change never shows in other headers that share its memory, except for what an owner owns (see owner).
type array[T any] struct {
	root  *branch[T] // nil while everything is in the tail
	tail  []T
	spare *atomic.Int32 // elements in use of the tail's backing array; nil: an append copies the tail
	count int32
	shift uint8 // of the root: 5 where its leaves hang on it
}

// branch is an inner node; the lowest ones hold leaves, the others branches.
type branch[T any] struct {
	owner  *owner
	kids   []*branch[T]
	leaves []*[width]T
	mine   uint32 // which leaves belong to owner
}

// owner marks what a transient may change in place: the nodes that carry its pointer.
type owner struct{ _ byte }

const (
	width = 32
	bits5 = 5
	mask5 = width - 1
)

// arrayOf makes an array that owns vs.
func arrayOf[T any](vs []T) array[T] {
	n := len(vs)
	a := array[T]{count: int32(n)}
	if n <= width {
		a.tail = vs[:n:n]
		return a
	}
	full := (n - 1) / width * width
	own := new(owner)
	for i := 0; i < full; i += width {
		a.root, a.shift = pushLeaf(a.root, a.shift, i, (*[width]T)(vs[i:i+width]), own)
	}
	a.tail = vs[full:n:n]
	return a
}

// tailStart is the index of the first element in the tail.
func (a *array[T]) tailStart() int { return int(a.count) - len(a.tail) }

func (a *array[T]) at(i int) T {
	if start := a.tailStart(); i >= start {
		return a.tail[i-start]
	}
	return a.leaf(i)[i&mask5]
}

// leaf is the leaf that holds element i, which is not in the tail.
func (a *array[T]) leaf(i int) *[width]T {
	n := a.root
	for s := a.shift; s > bits5; s -= bits5 {
		n = n.kids[(i>>s)&mask5]
	}
	return n.leaves[(i>>bits5)&mask5]
}

// run is the stretch of elements from i on that lies in one piece of memory: never to be changed.
func (a *array[T]) run(i int) []T {
	if start := a.tailStart(); i >= start {
		return a.tail[i-start:]
	}
	return a.leaf(i)[i&mask5:]
}

// push appends x: to this header only, other arrays that share the memory don't see it. With an owner, the
// tail is the owner's own and has room for a whole leaf.
func (a *array[T]) push(x T, own *owner) {
	n := len(a.tail)
	switch {
	case n == width:
		a.root, a.shift = pushLeaf(a.root, a.shift, a.tailStart(), (*[width]T)(a.tail), own)
		a.tail, a.spare = newTail[T](1, width)
		n = 0
	case own != nil:
		a.tail = a.tail[:n+1]
	case a.spare != nil && n < cap(a.tail) && a.spare.CompareAndSwap(int32(n), int32(n+1)):
		a.tail = a.tail[:n+1]
	default:
		old := a.tail
		a.tail, a.spare = newTail[T](n+1, tailCap(n, a.root != nil))
		copy(a.tail, old)
	}
	a.tail[n] = x
	a.count++
}

// newTail makes a tail of n elements with room for size.
func newTail[T any](n, size int) (tail []T, used *atomic.Int32) {
	switch size {
	case 4:
		t := &struct {
			used atomic.Int32
			vals [4]T
		}{}
		tail, used = t.vals[:n], &t.used
	case 8:
		t := &struct {
			used atomic.Int32
			vals [8]T
		}{}
		tail, used = t.vals[:n], &t.used
	case 16:
		t := &struct {
			used atomic.Int32
			vals [16]T
		}{}
		tail, used = t.vals[:n], &t.used
	default:
		t := &struct {
			used atomic.Int32
			vals [width]T
		}{}
		tail, used = t.vals[:n], &t.used
	}
	used.Store(int32(n))
	return tail, used
}

func tailCap(n int, long bool) int {
	switch {
	case long || n >= 16:
		return width
	case n >= 8:
		return 16
	case n >= 4:
		return 8
	}
	return 4
}

// set replaces element i, in this header only.
func (a *array[T]) set(i int, x T, own *owner) {
	start := a.tailStart()
	if i < start {
		a.root = setIn(a.root, a.shift, i, x, own)
		return
	}
	if own == nil {
		a.tail, a.spare = append([]T(nil), a.tail...), nil
	}
	a.tail[i-start] = x
}

func setIn[T any](n *branch[T], shift uint8, i int, x T, own *owner) *branch[T] {
	n = n.ownedBy(own)
	at := (i >> shift) & mask5
	if shift > bits5 {
		n.kids[at] = setIn(n.kids[at], shift-bits5, i, x, own)
		return n
	}
	if own == nil || n.mine&(1<<at) == 0 {
		leaf := *n.leaves[at]
		n.leaves[at] = &leaf
		n.mine |= 1 << at
	}
	n.leaves[at][i&mask5] = x
	return n
}

// ownedBy is n itself where own may change it, else a copy that belongs to own.
func (n *branch[T]) ownedBy(own *owner) *branch[T] {
	if own != nil && n.owner == own {
		return n
	}
	return n.copied(own, 0)
}

// grown is ownedBy with room for one child more.
func (n *branch[T]) grown(own *owner) *branch[T] {
	if own != nil && n.owner == own {
		return n
	}
	return n.copied(own, 1)
}

// copied is a copy that belongs to own, with room for more children. A node of many lies in one piece
// of memory with its slots.
func (n *branch[T]) copied(own *owner, room int) *branch[T] {
	const many = 8
	switch {
	case len(n.kids) > many:
		c := &struct {
			branch[T]
			slots [width]*branch[T]
		}{}
		c.owner, c.kids = own, append(c.slots[:0], n.kids...)
		return &c.branch
	case n.kids != nil:
		return &branch[T]{owner: own, kids: append(make([]*branch[T], 0, len(n.kids)+room), n.kids...)}
	case len(n.leaves) > many:
		c := &struct {
			branch[T]
			slots [width]*[width]T
		}{}
		c.owner, c.leaves = own, append(c.slots[:0], n.leaves...)
		return &c.branch
	}
	return &branch[T]{owner: own, leaves: append(make([]*[width]T, 0, len(n.leaves)+room), n.leaves...)}
}

// pushLeaf hangs a full leaf at the end of a trie that holds n elements.
func pushLeaf[T any](root *branch[T], shift uint8, n int, leaf *[width]T, own *owner) (*branch[T], uint8) {
	if root == nil {
		return pushLeafIn(nil, bits5, 0, leaf, own), bits5
	}
	if n == 1<<(shift+bits5) { // full: one level more
		root = &branch[T]{owner: own, kids: []*branch[T]{root}}
		shift += bits5
	}
	return pushLeafIn(root, shift, n, leaf, own), shift
}

func pushLeafIn[T any](n *branch[T], shift uint8, i int, leaf *[width]T, own *owner) *branch[T] {
	if shift == bits5 {
		if n == nil {
			n = &branch[T]{owner: own}
		}
		n = n.grown(own)
		if own != nil {
			n.mine |= 1 << len(n.leaves)
		}
		n.leaves = append(n.leaves, leaf)
		return n
	}
	if n == nil {
		return &branch[T]{owner: own, kids: []*branch[T]{pushLeafIn[T](nil, shift-bits5, i, leaf, own)}}
	}
	at := (i >> shift) & mask5
	if at == len(n.kids) {
		n = n.grown(own)
		n.kids = append(n.kids, pushLeafIn[T](nil, shift-bits5, i, leaf, own))
		return n
	}
	n = n.ownedBy(own)
	n.kids[at] = pushLeafIn(n.kids[at], shift-bits5, i, leaf, own)
	return n
}

// truncate keeps the first n elements. The result owns nothing.
func (a array[T]) truncate(n int) array[T] {
	start := a.tailStart()
	switch {
	case n <= 0:
		return array[T]{}
	case n >= int(a.count):
		return a
	case n > start:
		a.tail, a.count = a.tail[:n-start], int32(n)
		return a
	}
	keep := (n-1)&mask5 + 1
	tail := a.leaf(n - 1)[:keep:keep]
	a.tail, a.spare, a.count = tail, nil, int32(n)
	if rest := n - keep; rest == 0 {
		a.root, a.shift = nil, 0
	} else {
		a.root = truncateIn(a.root, a.shift, rest)
		for a.shift > bits5 && len(a.root.kids) == 1 {
			a.root, a.shift = a.root.kids[0], a.shift-bits5
		}
	}
	return a
}

func truncateIn[T any](n *branch[T], shift uint8, keep int) *branch[T] {
	at := ((keep - 1) >> shift) & mask5
	if shift == bits5 {
		return &branch[T]{leaves: n.leaves[: at+1 : at+1]}
	}
	kids := append([]*branch[T](nil), n.kids[:at+1]...)
	kids[at] = truncateIn(kids[at], shift-bits5, keep)
	return &branch[T]{kids: kids}
}

// thaw readies this header for changes by one owner: a tail of its own with room for a whole leaf.
func (a *array[T]) thaw() {
	old := a.tail
	a.tail, a.spare = newTail[T](len(old), width)
	copy(a.tail, old)
}

// freeze ends the changes by an owner.
func (a *array[T]) freeze() { a.spare.Store(int32(len(a.tail))) }
