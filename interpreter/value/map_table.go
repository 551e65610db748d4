package value

// table is the big form of a Map: the hash trie finds, the array orders.
type table struct {
	root  *hnode
	order array[*entry] // nil where an entry was taken out
	head  int32         // all before it was taken out
}

// tableOf makes a table of distinct pairs; it belongs to own until freeze.
func tableOf(th *Thread, kvs []Value, own *owner) *table {
	t := &table{}
	t.order.thaw()
	for i := 0; i+1 < len(kvs); i += 2 {
		t.add(kvs[i], kvs[i+1], Hash(th, kvs[i]), own)
	}
	return t
}

// freeze ends the changes by an owner.
func (t *table) freeze() *table {
	t.order.freeze()
	return t
}

// thaw is a copy that an owner may change.
func (t *table) thaw() *table {
	c := *t
	c.order.thaw()
	return &c
}

// What a change of a table costs: in place, or with a copy of the path to it. Both are measured, garbage included.
const (
	insertWork = 10
	copyWork   = 25
)

// assoc puts v under k; added is 1 when the key is new. With an owner it changes t itself.
func (t *table) assoc(th *Thread, k, v Value, own *owner) (out *table, added int32) {
	h := Hash(th, k)
	old := t.root.find(th, h, k)
	if old != nil && same(old.val, v) {
		return t, 0
	}
	if own == nil {
		th.Charge(copyWork)
		c := *t
		t = &c
	} else if old == nil {
		th.Charge(insertWork)
	}
	if old == nil {
		t.add(k, v, h, own)
		return t, 1
	}
	e := &entry{key: old.key, val: v, hash: h, at: old.at}
	t.root = t.root.replace(old, e, 0, own)
	t.order.set(int(e.at), e, own)
	return t, 0
}

func (t *table) add(k, v Value, h uint64, own *owner) {
	e := &entry{key: k, val: v, hash: h, at: t.order.count}
	t.root = t.root.insert(e, 0, own)
	t.order.push(e, own)
}

// without takes k out of a table of live entries; the result is t itself when k isn't there.
func (t *table) without(th *Thread, k Value, live int, own *owner) *table {
	old := t.root.find(th, Hash(th, k), k)
	if old == nil {
		return t
	}
	if own == nil {
		th.Charge(copyWork)
	} else {
		th.Charge(insertWork)
	}
	c := *t
	c.root = t.root.remove(old, 0, own)
	c.order.set(int(old.at), nil, own)
	for c.head < c.order.count && c.order.at(int(c.head)) == nil {
		c.head++
	}
	if gone := int(c.order.count) - live + 1; gone > live && gone > width {
		c.compact(live-1, own)
	}
	return &c
}

// compact closes the gaps in the order.
func (t *table) compact(live int, own *owner) {
	entries := make([]*entry, 0, live)
	mine := own
	if mine == nil {
		mine = new(owner)
	}
	var root *hnode
	t.each(func(e *entry) bool {
		c := *e
		c.at = int32(len(entries))
		entries = append(entries, &c)
		root = root.insert(&c, 0, mine)
		return true
	})
	t.root, t.order, t.head = root, arrayOf(entries), 0
	if own != nil {
		t.order.thaw()
	}
}

// each walks the entries in order.
func (t *table) each(f func(e *entry) bool) {
	for i := int(t.head); i < int(t.order.count); {
		run := t.order.run(i)
		for _, e := range run {
			if e != nil && !f(e) {
				return
			}
		}
		i += len(run)
	}
}

// next is the index of the first entry from i on, or -1.
func (t *table) next(i int) int {
	if i < int(t.head) {
		i = int(t.head)
	}
	for i < int(t.order.count) {
		run := t.order.run(i)
		for j, e := range run {
			if e != nil {
				return i + j
			}
		}
		i += len(run)
	}
	return -1
}

// part says what of a map its seq gives.
type part uint8

const (
	entriesPart part = iota
	keysPart
	valsPart
)

func (p part) of(k, v Value) Value {
	switch p {
	case keysPart:
		return k
	case valsPart:
		return v
	}
	return NewEntry(k, v)
}

// mapSeq is the entries, keys or values of a map from index i on: of the pairs, or of the order.
type mapSeq struct {
	m    *Map
	i    int32
	left int32
	part part
}

func (m *Map) seq(p part) Seq {
	if m.count == 0 {
		return nil
	}
	s := &mapSeq{m: m, left: m.count, part: p}
	if m.big != nil {
		s.i = int32(m.big.next(0))
	}
	return s
}

func (s *mapSeq) First(*Thread) Value {
	if s.m.big == nil {
		return s.part.of(s.m.kvs[2*s.i], s.m.kvs[2*s.i+1])
	}
	e := s.m.big.order.at(int(s.i))
	return s.part.of(e.key, e.val)
}

func (s *mapSeq) Next(*Thread) Seq {
	if s.left <= 1 {
		return nil
	}
	i := s.i + 1
	if s.m.big != nil {
		i = int32(s.m.big.next(int(i)))
	}
	return &mapSeq{s.m, i, s.left - 1, s.part}
}

func (s *mapSeq) Len() int { return int(s.left) }

// KeySeq is the seq of the keys; nil for an empty map.
func (m *Map) KeySeq() Seq { return m.seq(keysPart) }

// ValSeq is the seq of the values; nil for an empty map.
func (m *Map) ValSeq() Seq { return m.seq(valsPart) }
