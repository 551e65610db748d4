package value

// Transient is (transient coll).
func Transient(coll Value) Value {
	switch x := coll.ref.(type) {
	case *Vector:
		return Value{ref: x.Transient()}
	case *Map:
		return Value{ref: x.Transient()}
	case *Set:
		return Value{ref: x.Transient()}
	}
	ThrowCast(coll, "clojure.lang.IEditableCollection")
	return Nil
}

// Persistent is (persistent! t).
func Persistent(t Value) Value {
	switch x := t.ref.(type) {
	case *TransientVector:
		return Value{ref: x.Persistent()}
	case *TransientMap:
		return Value{ref: x.Persistent()}
	case *TransientSet:
		return Value{ref: x.Persistent()}
	}
	ThrowCast(t, "clojure.lang.ITransientCollection")
	return Nil
}

// ConjT is (conj! t v).
func ConjT(th *Thread, t, v Value) Value {
	th.ChargeSize(valueSize)
	switch x := t.ref.(type) {
	case *TransientVector:
		x.Append(v)
	case *TransientMap:
		if pairs, ok := v.AsMap(); ok {
			pairs.Each(func(k, v Value) bool {
				th.Charge(1)
				th.ChargeSize(assocSize)
				x.Assoc(th, k, v)
				return true
			})
			return t
		}
		eachPair(th, v, func(k, v Value) { x.Assoc(th, k, v) })
	case *TransientSet:
		x.Add(th, v)
	default:
		ThrowCast(t, "clojure.lang.ITransientCollection")
	}
	return t
}

// AssocT is (assoc! t k v).
func AssocT(th *Thread, t, k, v Value) Value {
	th.ChargeSize(assocSize)
	switch x := t.ref.(type) {
	case *TransientVector:
		i := wantIndex(k)
		if i < 0 || i > int64(x.Len()) {
			throwIndex(i, x.Len())
		}
		x.Set(int(i), v)
	case *TransientMap:
		x.Assoc(th, k, v)
	default:
		ThrowCast(t, "clojure.lang.ITransientAssociative")
	}
	return t
}

// DissocT is (dissoc! t k).
func DissocT(th *Thread, t, k Value) Value {
	x, ok := t.ref.(*TransientMap)
	if !ok {
		ThrowCast(t, "clojure.lang.ITransientMap")
	}
	x.Without(th, k)
	return t
}

// DisjT is (disj! t v).
func DisjT(th *Thread, t, v Value) Value {
	x, ok := t.ref.(*TransientSet)
	if !ok {
		ThrowCast(t, "clojure.lang.ITransientSet")
	}
	x.Remove(th, v)
	return t
}

// PopT is (pop! t).
func PopT(t Value) Value {
	x, ok := t.ref.(*TransientVector)
	if !ok {
		ThrowCast(t, "clojure.lang.ITransientVector")
	}
	x.Pop()
	return t
}
