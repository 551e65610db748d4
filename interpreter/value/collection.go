package value

// What one more element of a collection costs in ChargeSize.
const (
	appendSize = 64
	assocSize  = 96
)

// Assoc is (assoc coll k v) for maps, vectors and nil.
func Assoc(th *Thread, coll, k, v Value) Value {
	th.ChargeSize(assocSize)
	switch x := coll.ref.(type) {
	case nil:
		return Value{ref: EmptyMap.Assoc(th, k, v)}
	case *Map:
		return Value{ref: x.Assoc(th, k, v)}
	case *SortedMap:
		return Value{ref: x.Assoc(th, k, v)}
	case *Vector:
		i := wantIndex(k)
		if i < 0 || i > int64(x.Len()) {
			throwIndex(i, x.Len())
		}
		th.ChargeSize(x.pathSize(int(i)))
		return Value{ref: x.Set(int(i), v)}
	}
	ThrowCast(coll, "clojure.lang.Associative")
	return Nil
}

// Dissoc is (dissoc m k).
func Dissoc(th *Thread, coll, k Value) Value {
	switch x := coll.ref.(type) {
	case nil:
		return Nil
	case *Map:
		return Value{ref: x.Without(th, k)}
	case *SortedMap:
		return Value{ref: x.Without(th, k)}
	}
	ThrowCast(coll, "clojure.lang.IPersistentMap")
	return Nil
}

// Disj is (disj s v).
func Disj(th *Thread, coll, v Value) Value {
	switch x := coll.ref.(type) {
	case nil:
		return Nil
	case *Set:
		return Value{ref: x.Remove(th, v)}
	case *SortedSet:
		return Value{ref: x.Remove(th, v)}
	}
	ThrowCast(coll, "clojure.lang.IPersistentSet")
	return Nil
}

// Conj is (conj coll v): at the end of vectors, in front of lists and seqs, into sets, and into maps as an
// entry, a pair or a whole map.
func Conj(th *Thread, coll, v Value) Value {
	th.ChargeSize(appendSize)
	switch x := coll.ref.(type) {
	case nil:
		return Value{ref: EmptyList.Push(v)}
	case *Vector:
		return Value{ref: x.Append(v)}
	case *List:
		return Value{ref: x.Push(v)}
	case *Set:
		return Value{ref: x.Add(th, v)}
	case *SortedSet:
		return Value{ref: x.Add(th, v)}
	case *Map:
		if pairs, ok := v.AsMap(); ok {
			return Value{ref: mergeInto(th, x, pairs)}
		}
		eachPair(th, v, func(k, v Value) { x = x.Assoc(th, k, v) })
		return Value{ref: x}
	case *SortedMap:
		eachPair(th, v, func(k, v Value) { x = x.Assoc(th, k, v) })
		return Value{ref: x}
	}
	if coll.Kind() == KindSeq {
		return Value{ref: &Cell{first: v, more: coll}}
	}
	ThrowCast(coll, "clojure.lang.IPersistentCollection")
	return Nil
}

// mergeInto is m with all entries of pairs.
func mergeInto(th *Thread, m, pairs *Map) *Map {
	if pairs.Len() < 4 {
		pairs.Each(func(k, v Value) bool {
			m = m.Assoc(th, k, v)
			return true
		})
		return m
	}
	t := m.Transient()
	pairs.Each(func(k, v Value) bool {
		th.Charge(1)
		th.ChargeSize(assocSize)
		t.Assoc(th, k, v)
		return true
	})
	merged := t.Persistent()
	if m.meta == nil {
		return merged
	}
	return &Map{kvs: merged.kvs, big: merged.big, count: merged.count, envelope: merged.envelope, meta: m.meta}
}

// eachPair walks what conj takes into a map: a pair, or anything seqable of map entries.
func eachPair(th *Thread, v Value, f func(k, v Value)) {
	switch x := v.ref.(type) {
	case *Vector:
		if x.Len() != 2 {
			ThrowHint("IllegalArgumentException", "wrong-type", "conj into a map takes [key value] or another map", "Vector arg to map conj must be a pair")
		}
		f(x.At(0), x.At(1))
		return
	}
	Each(th, v, func(e Value) bool {
		pair, ok := e.ref.(*Vector)
		if !ok || !pair.entry {
			ThrowCast(e, "java.util.Map$Entry")
		}
		th.ChargeSize(assocSize)
		f(pair.At(0), pair.At(1))
		return true
	})
}

// Peek is (peek coll): the end of a vector, the front of a list.
func Peek(th *Thread, coll Value) Value {
	switch x := coll.ref.(type) {
	case nil:
		return Nil
	case *Vector:
		if x.Len() == 0 {
			return Nil
		}
		return x.At(x.Len() - 1)
	case *List:
		return x.first
	}
	ThrowCast(coll, "clojure.lang.IPersistentStack")
	return Nil
}

// Pop is (pop coll): a vector without its end, a list without its front.
func Pop(th *Thread, coll Value) Value {
	switch x := coll.ref.(type) {
	case nil:
		return Nil
	case *Vector:
		if x.Len() == 0 {
			Throw("IllegalStateException", "Can't pop empty vector")
		}
		return Value{ref: x.Pop()}
	case *List:
		if x.count == 0 {
			Throw("IllegalStateException", "Can't pop empty list")
		}
		return Value{ref: x.Pop()}
	}
	ThrowCast(coll, "clojure.lang.IPersistentStack")
	return Nil
}

// Empty is (empty coll): the empty collection of the same kind and metadata; nil for what is none.
func Empty(coll Value) Value {
	switch x := coll.ref.(type) {
	case *Vector:
		if x.entry {
			return Nil
		}
		return withMetaOf(Value{ref: EmptyVector}, x.meta)
	case *Map:
		return withMetaOf(Value{ref: EmptyMap}, x.meta)
	case *Set:
		return withMetaOf(Value{ref: EmptySet}, x.meta)
	case *List:
		return withMetaOf(Value{ref: EmptyList}, x.meta)
	case *SortedMap:
		return Value{ref: &SortedMap{tree{by: x.tree.by}, x.meta}}
	case *SortedSet:
		return Value{ref: &SortedSet{tree{by: x.tree.by}, x.meta}}
	}
	if coll.Kind() == KindSeq {
		return Value{ref: EmptyList}
	}
	return Nil
}

func withMetaOf(v Value, meta *Map) Value {
	if meta == nil {
		return v
	}
	return WithMeta(v, Value{ref: meta})
}

// Keys is (keys m): a seq, nil for an empty map. It takes any seq of entries.
func Keys(th *Thread, m Value) Value { return entryParts(th, m, keysPart) }

// Vals is (vals m): a seq, nil for an empty map. It takes any seq of entries.
func Vals(th *Thread, m Value) Value { return entryParts(th, m, valsPart) }

func entryParts(th *Thread, m Value, p part) Value {
	switch x := m.ref.(type) {
	case *Map:
		return FromSeq(x.seq(p))
	case *SortedMap:
		return FromSeq(x.tree.seq(true, p))
	}
	if s := SeqOf(th, m); s != nil {
		return entriesParts(s, p)
	}
	return Nil
}

// entriesParts is lazy: what is no entry throws when it's looked at.
func entriesParts(s Seq, p part) Value {
	return NewLazySeq(func(th *Thread) Value {
		e := s.First(th)
		pair, ok := e.ref.(*Vector)
		if !ok || !pair.entry {
			ThrowCast(e, "java.util.Map$Entry")
		}
		th.ChargeSize(valueSize)
		rest := NewLazySeq(func(th *Thread) Value {
			if next := s.Next(th); next != nil {
				return entriesParts(next, p)
			}
			return Nil
		})
		return Cons(p.of(pair.At(0), pair.At(1)), rest)
	})
}

// RSeq is (rseq coll): a vector or sorted collection from its end; nil for an empty one.
func RSeq(coll Value) Value {
	switch x := coll.ref.(type) {
	case *Vector:
		return FromSeq(x.Reverse())
	case Sorted:
		return FromSeq(x.SeqDir(false))
	}
	ThrowCast(coll, "clojure.lang.Reversible")
	return Nil
}

// Subvec is (subvec v start end), sharing v's memory.
func Subvec(v Value, start, end int64) Value {
	x, ok := v.ref.(*Vector)
	if !ok {
		ThrowCast(v, "clojure.lang.IPersistentVector")
	}
	if start < 0 || end < start || end > int64(x.Len()) {
		panic(&Exception{Class: "IndexOutOfBoundsException", Code: "index", Message: "subvec: the stretch is out of bounds"})
	}
	sub := x.Sub(int(start), int(end))
	if sub.meta == nil {
		return Value{ref: sub}
	}
	return WithMeta(Value{ref: sub}, Nil)
}
