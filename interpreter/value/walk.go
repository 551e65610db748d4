package value

// Reducible is a type outside this package that walks its own elements: f returns false to stop.
type Reducible interface {
	EachElement(th *Thread, f func(v Value) bool)
}

// Each walks any seqable value, with fast paths, charging work per element, until f returns false.
func Each(th *Thread, coll Value, f func(v Value) bool) {
	switch x := coll.ref.(type) {
	case nil:
		return
	case *Vector:
		x.runs(func(run []Value) bool { return eachOf(th, run, f) })
		return
	case *Map:
		x.Each(func(k, v Value) bool {
			th.Charge(1)
			return f(NewEntry(k, v))
		})
		return
	case *Set:
		x.Each(func(v Value) bool {
			th.Charge(1)
			return f(v)
		})
		return
	case *SortedMap:
		x.Each(func(k, v Value) bool {
			th.Charge(1)
			return f(NewEntry(k, v))
		})
		return
	case *SortedSet:
		x.Each(func(v Value) bool {
			th.Charge(1)
			return f(v)
		})
		return
	case *intRange:
		at := x.at
		for i := int64(0); i < x.n; i++ {
			th.Charge(1)
			if !f(Int(at)) {
				return
			}
			at += x.step
		}
		return
	case Reducible:
		x.EachElement(th, f)
		return
	}
	eachSeq(th, coll, f)
}

func eachOf(th *Thread, vs []Value, f func(v Value) bool) bool {
	for i := range vs {
		th.Charge(1)
		if !f(vs[i]) {
			return false
		}
	}
	return true
}

// linkWork is what an element costs that no chunk holds.
const linkWork = 2

// eachSeq walks what is linked or lazy; it keeps nothing of what it passed.
func eachSeq(th *Thread, coll Value, f func(v Value) bool) {
	for {
		s := SeqOf(th, coll)
		coll = Nil
		for s != nil {
			if c, ok := s.(Chunked); ok {
				if !eachOf(th, c.Chunk(), f) {
					return
				}
				coll = c.AfterChunk(th)
				break
			}
			th.Charge(linkWork)
			if !f(s.First(th)) {
				return
			}
			s = s.Next(th)
		}
		if coll.IsNil() {
			return
		}
	}
}

// Reduce folds f over any seqable value until f returns false; the result is the last accumulator.
func Reduce(th *Thread, coll, init Value, f func(acc, x Value) (Value, bool)) Value {
	Each(th, coll, func(x Value) bool {
		var more bool
		init, more = f(init, x)
		return more
	})
	return init
}

// Slice is the elements of any seqable value in a new slice, paid for.
func Slice(th *Thread, coll Value) []Value {
	var out []Value
	switch x := coll.ref.(type) {
	case *Vector:
		th.Charge(int64(x.Len() / 8))
		th.ChargeSize(valueSize * int64(x.Len()))
		return x.Slice()
	case Counted:
		n := min(x.Len(), 1<<16)
		out = make([]Value, 0, n)
	}
	Each(th, coll, func(v Value) bool {
		th.ChargeSize(valueSize)
		out = append(out, v)
		return true
	})
	return out
}

// valueSize is what one element costs in ChargeSize.
const valueSize = 24

// Realize returns v with everything lazy inside it realized (collections, atoms, exceptions walked too): what leaves an evaluation.
func Realize(th *Thread, v Value) Value {
	switch x := v.ref.(type) {
	case nil, *intTag, *doubleTag, *boolTag, *charTag, *Str, *Keyword, *Symbol:
		return v
	case *Reduced:
		realizeInside(th, x.Value)
	case *Atom:
		realizeInside(th, x.Value)
	case *Volatile:
		realizeInside(th, x.Value)
	case *Delay:
		if x.Realized() {
			realizeInside(th, x.val)
		}
	case *Exception:
		realizeInside(th, x.Data)
		if x.Cause != nil {
			realizeInside(th, Value{ref: x.Cause})
		}
	case *Map:
		th.Enter()
		realizePairs(th, x.Each)
		th.Leave()
	case *SortedMap:
		th.Enter()
		realizePairs(th, x.Each)
		th.Leave()
	case *Tagged:
		realizeInside(th, x.Form)
	default:
		switch v.Kind() {
		case KindVector, KindList, KindSeq, KindSet, KindSortedSet:
			th.Enter()
			realizeElements(th, v)
			th.Leave()
		}
	}
	return v
}

// realizeInside goes one level deeper: an atom that holds itself ends at the limit of depth.
func realizeInside(th *Thread, v Value) {
	th.Enter()
	Realize(th, v)
	th.Leave()
}

func realizePairs(th *Thread, each func(func(k, v Value) bool)) {
	each(func(k, v Value) bool {
		th.Charge(1)
		Realize(th, k)
		Realize(th, v)
		return true
	})
}

func realizeElements(th *Thread, v Value) {
	Each(th, v, func(x Value) bool {
		Realize(th, x)
		return true
	})
}
