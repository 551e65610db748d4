package value

// SortedMap is a persistent map in the order of a comparator.
type SortedMap struct {
	tree tree
	meta *Map
}

// SortedSet is a persistent set in the order of a comparator.
type SortedSet struct {
	tree tree // element -> nil
	meta *Map
}

// Sorted is what subseq and rsubseq walk: sorted maps and sets.
type Sorted interface {
	Len() int
	// Compare orders two keys as the collection does.
	Compare(th *Thread, a, b Value) int
	// KeyOf is the key of one element of the collection's seq.
	KeyOf(element Value) Value
	// SeqFrom is the seq of the elements from key on (its own included), ascending or descending.
	SeqFrom(th *Thread, key Value, ascending bool) Seq
	// SeqDir is the whole seq in that direction.
	SeqDir(ascending bool) Seq
}

// NewSortedMap is (sorted-map k v ...).
func NewSortedMap(th *Thread, kvs ...Value) Value { return NewSortedMapBy(th, Nil, kvs...) }

// NewSortedMapBy is (sorted-map-by by k v ...); a nil comparator is Compare.
func NewSortedMapBy(th *Thread, by Value, kvs ...Value) Value {
	m := &SortedMap{tree: tree{by: by}}
	for i := 0; i+1 < len(kvs); i += 2 {
		m.tree = m.tree.assoc(th, kvs[i], kvs[i+1])
	}
	return Value{ref: m}
}

// NewSortedSet is (sorted-set v ...).
func NewSortedSet(th *Thread, vs ...Value) Value { return NewSortedSetBy(th, Nil, vs...) }

// NewSortedSetBy is (sorted-set-by by v ...); a nil comparator is Compare.
func NewSortedSetBy(th *Thread, by Value, vs ...Value) Value {
	s := &SortedSet{tree: tree{by: by}}
	for _, v := range vs {
		s.tree = s.tree.assoc(th, v, Nil)
	}
	return Value{ref: s}
}

// AsSortedMap returns the sorted map and whether v is one.
func (v Value) AsSortedMap() (*SortedMap, bool) {
	m, ok := v.ref.(*SortedMap)
	return m, ok
}

// AsSortedSet returns the sorted set and whether v is one.
func (v Value) AsSortedSet() (*SortedSet, bool) {
	s, ok := v.ref.(*SortedSet)
	return s, ok
}

// Len is the number of entries.
func (m *SortedMap) Len() int { return m.tree.root.len() }

// Comparator is the comparator function; nil for Compare.
func (m *SortedMap) Comparator() Value { return m.tree.by }

// Get is the value under k.
func (m *SortedMap) Get(th *Thread, k Value) (Value, bool) {
	if n := m.tree.find(th, k); n != nil {
		return n.val, true
	}
	return Nil, false
}

// Find is the entry under k, with the key as the map holds it.
func (m *SortedMap) Find(th *Thread, k Value) (key, val Value, ok bool) {
	if n := m.tree.find(th, k); n != nil {
		return n.key, n.val, true
	}
	return Nil, Nil, false
}

// Assoc returns m with v under k.
func (m *SortedMap) Assoc(th *Thread, k, v Value) *SortedMap {
	return &SortedMap{m.tree.assoc(th, k, v), m.meta}
}

// Without returns m less k.
func (m *SortedMap) Without(th *Thread, k Value) *SortedMap {
	return &SortedMap{m.tree.without(th, k), m.meta}
}

// Each walks the entries in order until f returns false.
func (m *SortedMap) Each(f func(k, v Value) bool) {
	m.tree.root.each(func(n *tnode) bool { return f(n.key, n.val) })
}

// Call looks its first argument up; a second one is the default.
func (m *SortedMap) Call(th *Thread, args []Value) Value {
	if len(args) != 1 && len(args) != 2 {
		throwArity("sorted map", len(args))
	}
	if v, ok := m.Get(th, args[0]); ok {
		return v
	}
	if len(args) == 2 {
		return args[1]
	}
	return Nil
}

// Compare orders two keys.
func (m *SortedMap) Compare(th *Thread, a, b Value) int { return m.tree.compare(th, a, b) }

// KeyOf is the key of an entry.
func (m *SortedMap) KeyOf(entry Value) Value {
	v, _ := entry.AsVector()
	return v.At(0)
}

// SeqFrom is the entries from key on, ascending or descending.
func (m *SortedMap) SeqFrom(th *Thread, key Value, ascending bool) Seq {
	return m.tree.seqFrom(th, key, ascending, entriesPart)
}

// SeqDir is all entries, ascending or descending.
func (m *SortedMap) SeqDir(ascending bool) Seq { return m.tree.seq(ascending, entriesPart) }

// KeySeq is the seq of the keys; nil for an empty map.
func (m *SortedMap) KeySeq() Seq { return m.tree.seq(true, keysPart) }

// ValSeq is the seq of the values; nil for an empty map.
func (m *SortedMap) ValSeq() Seq { return m.tree.seq(true, valsPart) }

// Len is the number of elements.
func (s *SortedSet) Len() int { return s.tree.root.len() }

// Comparator is the comparator function; nil for Compare.
func (s *SortedSet) Comparator() Value { return s.tree.by }

// Has tells whether v is in the set.
func (s *SortedSet) Has(th *Thread, v Value) bool { return s.tree.find(th, v) != nil }

// Find is the element that equals v, as the set holds it.
func (s *SortedSet) Find(th *Thread, v Value) (Value, bool) {
	if n := s.tree.find(th, v); n != nil {
		return n.key, true
	}
	return Nil, false
}

// Add returns s with v.
func (s *SortedSet) Add(th *Thread, v Value) *SortedSet {
	return &SortedSet{s.tree.assoc(th, v, Nil), s.meta}
}

// Remove returns s less v.
func (s *SortedSet) Remove(th *Thread, v Value) *SortedSet {
	return &SortedSet{s.tree.without(th, v), s.meta}
}

// Each walks the elements in order until f returns false.
func (s *SortedSet) Each(f func(v Value) bool) {
	s.tree.root.each(func(n *tnode) bool { return f(n.key) })
}

// Call gives its argument back if it is in the set, else nil.
func (s *SortedSet) Call(th *Thread, args []Value) Value {
	if len(args) != 1 {
		throwArity("sorted set", len(args))
	}
	v, _ := s.Find(th, args[0])
	return v
}

// Compare orders two elements.
func (s *SortedSet) Compare(th *Thread, a, b Value) int { return s.tree.compare(th, a, b) }

// KeyOf is the element itself.
func (s *SortedSet) KeyOf(element Value) Value { return element }

// SeqFrom is the elements from key on, ascending or descending.
func (s *SortedSet) SeqFrom(th *Thread, key Value, ascending bool) Seq {
	return s.tree.seqFrom(th, key, ascending, keysPart)
}

// SeqDir is all elements, ascending or descending.
func (s *SortedSet) SeqDir(ascending bool) Seq { return s.tree.seq(ascending, keysPart) }
