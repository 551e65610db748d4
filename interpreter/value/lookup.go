package value

import "math"

// Get is what (get coll k) finds: in maps, sets, vectors (by index), strings, and nothing elsewhere.
func Get(th *Thread, coll, k Value) (Value, bool) {
	switch x := coll.ref.(type) {
	case nil:
		return Nil, false
	case *Map:
		return x.Get(th, k)
	case *Set:
		return x.Find(th, k)
	case *Vector:
		if i, ok := indexOf(k); ok && i >= 0 && i < int64(x.Len()) {
			return x.At(int(i)), true
		}
	case *SortedMap:
		return x.Get(th, k)
	case *SortedSet:
		return x.Find(th, k)
	case *Str:
		if i, ok := placeOf(th, k); ok && i >= 0 && i < int64(x.length()) {
			return charAt(th, coll, i)
		}
	case *Tagged:
		return x.field(k)
	case *TransientMap:
		return x.Get(th, k)
	case *TransientSet:
		return x.Find(th, k)
	case *TransientVector:
		if i, ok := indexOf(k); ok && i >= 0 && i < int64(x.Len()) {
			return x.At(int(i)), true
		}
	}
	return Nil, false
}

// placeOf is any number as a place in a text: it is cut to a whole one, and 0 for NaN.
func placeOf(th *Thread, k Value) (int64, bool) {
	if i, ok := indexOf(k); ok || !IsNumber(k) {
		return i, ok
	}
	ChargeDigits(th, k)
	f := ToDouble(k)
	switch {
	case f != f:
		return 0, true
	case f <= -1 || f >= math.MaxInt32:
		return -1, true
	}
	return int64(f), true
}

// indexOf is an integer of either size as an index.
func indexOf(k Value) (int64, bool) {
	if i, ok := k.AsInt(); ok {
		return i, true
	}
	if b, ok := bigOf(k); ok && b.IsInt64() {
		return b.Int64(), true
	}
	return 0, false
}

// wantIndex is indexOf, and throws for what is no integer.
func wantIndex(k Value) int64 {
	i, ok := indexOf(k)
	if !ok {
		ThrowHint("IllegalArgumentException", "wrong-type", AKind(k)+" is no index", "Key must be integer")
	}
	return i
}

func charAt(th *Thread, s Value, i int64) (Value, bool) {
	if !IsASCII(s) {
		th.Charge(i / 16) // found by walking
	}
	r, ok := CharAt(s, int(i))
	return Char(r), ok
}

// Contains is (contains? coll k): keys of maps, elements of sets, indexes of vectors and strings.
func Contains(th *Thread, coll, k Value) bool {
	switch x := coll.ref.(type) {
	case nil:
		return false
	case *Map, *Set, *SortedMap, *SortedSet, *TransientMap, *TransientSet:
		_, ok := Get(th, coll, k)
		return ok
	case *Vector:
		i, ok := indexOf(k)
		return ok && i >= 0 && i < int64(x.Len())
	case *TransientVector:
		i, ok := indexOf(k)
		return ok && i >= 0 && i < int64(x.Len())
	case *Str:
		if i, ok := placeOf(th, k); ok {
			return i >= 0 && i < int64(x.length())
		}
	}
	ThrowHint("IllegalArgumentException", "wrong-type", "contains? looks for keys and indexes; use some for the elements of a list or seq",
		"contains? not supported on type: %s", ClassName(coll))
	return false
}

// Find is (find coll k): the entry, or nil.
func Find(th *Thread, coll, k Value) Value {
	switch x := coll.ref.(type) {
	case nil:
		return Nil
	case *Map:
		if key, v, ok := x.Find(th, k); ok {
			return NewEntry(key, v)
		}
		if v, ok := x.Get(th, k); ok {
			return NewEntry(k, v)
		}
		return Nil
	case *SortedMap:
		if key, v, ok := x.Find(th, k); ok {
			return NewEntry(key, v)
		}
		return Nil
	case *Vector, *TransientMap, *TransientVector:
		if v, ok := Get(th, coll, k); ok {
			return NewEntry(k, v)
		}
		return Nil
	}
	ThrowHint("IllegalArgumentException", "wrong-type", "", "find not supported on type: %s", ClassName(coll))
	return Nil
}

// Count is (count v): the number of elements; it walks what doesn't know its length.
func Count(th *Thread, v Value) int64 {
	switch x := v.ref.(type) {
	case nil:
		return 0
	case *Str:
		return int64(x.length())
	case Counted:
		return int64(x.Len())
	}
	if !IsSeqable(v) {
		ThrowHint("UnsupportedOperationException", "wrong-type", AKind(v)+" has no count", "count not supported on this type: %s", SimpleClassName(v))
	}
	var n int64
	Each(th, v, func(Value) bool {
		n++
		return true
	})
	return n
}

// IsCounted tells whether v knows its length: counted?.
func IsCounted(v Value) bool {
	switch x := v.ref.(type) {
	case *Str:
		return false
	case *stringSeq:
		return true
	case *mapSeq:
		return x.part == entriesPart
	case Counted:
		return true
	}
	return false
}

// Nth is what (nth coll i) finds; false where i is outside. It throws for maps, sets and what isn't sequential.
func Nth(th *Thread, coll Value, i int64) (Value, bool) {
	switch x := coll.ref.(type) {
	case nil:
		return Nil, false
	case *Vector:
		if i >= 0 && i < int64(x.Len()) {
			return x.At(int(i)), true
		}
		return Nil, false
	case *TransientVector:
		if i >= 0 && i < int64(x.Len()) {
			return x.At(int(i)), true
		}
		return Nil, false
	case *Str:
		if i >= 0 && i < int64(x.length()) {
			return charAt(th, coll, i)
		}
		return Nil, false
	case *intRange:
		if i >= 0 && i < x.n {
			return Int(x.at + i*x.step), true
		}
		return Nil, false
	}
	if k := coll.Kind(); k != KindList && k != KindSeq {
		ThrowHint("UnsupportedOperationException", "wrong-type", AKind(coll)+" has no order of places", "nth not supported on this type: %s", SimpleClassName(coll))
	}
	if i < 0 {
		return Nil, false
	}
	found := Nil
	Each(th, coll, func(v Value) bool {
		if i == 0 {
			found = v
		}
		i--
		return i >= 0
	})
	return found, i < 0
}

// ThrowIndex throws the IndexOutOfBoundsException of an index outside 0 <= i < n.
func ThrowIndex(i int64, n int) { throwIndex(i, n) }
