package value

// WithMetadata is a type outside this package that carries metadata: the evaluator's functions.
type WithMetadata interface {
	Meta() Value
	WithMeta(meta Value) Value
}

// Meta is the metadata map of v, or nil.
func Meta(v Value) Value {
	var m *Map
	switch x := v.ref.(type) {
	case *Vector:
		m = x.meta
	case *Map:
		m = x.meta
	case *Set:
		m = x.meta
	case *List:
		m = x.meta
	case *Symbol:
		return x.Meta
	case *SortedMap:
		m = x.meta
	case *SortedSet:
		m = x.meta
	case *LazySeq:
		m = x.meta
	case *Cell:
		m = x.meta
	case *metaSeq:
		m = x.meta
	case *Atom:
		return x.Meta
	case *metaFn:
		m = x.meta
	case WithMetadata:
		return x.Meta()
	}
	if m == nil {
		return Nil
	}
	return Value{ref: m}
}

// HasMeta tells whether v can carry metadata.
func HasMeta(v Value) bool {
	switch v.Kind() {
	case KindVector, KindMap, KindSet, KindList, KindSymbol, KindSortedMap, KindSortedSet, KindSeq, KindFn:
		return true
	}
	return false
}

// WithMeta is v with that metadata: a map or nil.
func WithMeta(v, meta Value) Value {
	m := metaMap(meta)
	switch x := v.ref.(type) {
	case *Vector:
		c := *x
		c.meta, c.entry = m, false
		return Value{ref: &c}
	case *Map:
		c := *x
		c.meta = m
		return Value{ref: &c}
	case *Set:
		return Value{ref: &Set{x.m, m}}
	case *List:
		c := *x
		c.meta = m
		return Value{ref: &c}
	case *Symbol:
		return Value{ref: &Symbol{x.Namespace, x.Name, meta}}
	case *SortedMap:
		return Value{ref: &SortedMap{x.tree, m}}
	case *SortedSet:
		return Value{ref: &SortedSet{x.tree, m}}
	case *LazySeq:
		return Value{ref: &LazySeq{gen: func(*Thread) Value { return v }, meta: m}}
	case *Cell:
		return Value{ref: &Cell{x.first, x.more, m}}
	case *metaSeq:
		return Value{ref: &metaSeq{x.Seq, m}}
	case *Builtin:
		return Value{ref: &metaFn{x, m}}
	case *metaFn:
		return Value{ref: &metaFn{x.Builtin, m}}
	case WithMetadata:
		return x.WithMeta(meta)
	case Seq:
		return Value{ref: &metaSeq{x, m}}
	}
	ThrowCast(v, "clojure.lang.IObj")
	return Nil
}

// metaFn is a function of the library that carries metadata.
type metaFn struct {
	*Builtin
	meta *Map
}

func metaMap(meta Value) *Map {
	switch x := meta.ref.(type) {
	case nil:
		return nil
	case *Map:
		return x
	case *SortedMap:
		t := NewTransientMap()
		x.Each(func(k, v Value) bool {
			t.Assoc(nil, k, v)
			return true
		})
		return t.Persistent()
	}
	ThrowCast(meta, "clojure.lang.IPersistentMap")
	return nil
}
