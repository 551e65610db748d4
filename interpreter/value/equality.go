package value

import "math/big"

// same tells whether a and b are one and the same: identical?, with scalars by value.
func same(a, b Value) bool { return a.bits == b.bits && a.ref == b.ref }

// Identical is (identical? a b): keywords, small scalars and nil by value, everything else by identity.
func Identical(a, b Value) bool { return same(a, b) }

// sameKey is Equal with the common kinds of keys first.
func sameKey(th *Thread, a, b Value) bool {
	switch x := a.ref.(type) {
	case *Keyword:
		y, ok := b.ref.(*Keyword)
		return ok && x == y
	case *Str:
		y, ok := b.ref.(*Str)
		return ok && equalTexts(th, x.s, y.s)
	case *intTag:
		if _, ok := b.ref.(*intTag); ok {
			return a.bits == b.bits
		}
	}
	return Equal(th, a, b)
}

// Equal is Clojure's =. Numbers of different categories differ (1 and 1.0), sequential collections are
// equal by their elements, maps and sets by their content whatever their order.
func Equal(th *Thread, a, b Value) bool {
	switch x := a.ref.(type) {
	case nil:
		return b.ref == nil
	case *intTag:
		if _, ok := b.ref.(*intTag); ok {
			return a.bits == b.bits
		}
		y, ok := b.ref.(*big.Int)
		return ok && y.IsInt64() && y.Int64() == int64(a.bits)
	case *Keyword:
		y, ok := b.ref.(*Keyword)
		return ok && x == y
	case *Str:
		y, ok := b.ref.(*Str)
		return ok && equalTexts(th, x.s, y.s)
	case *boolTag, *charTag:
		return same(a, b)
	case *doubleTag:
		_, ok := b.ref.(*doubleTag)
		return ok && toDouble(a) == toDouble(b)
	case *big.Int, *big.Rat, *Decimal:
		ChargeNumbers(th, a, b)
		return equalNumbers(a, b)
	}
	if same(a, b) {
		return true
	}
	return equalRest(th, a, b)
}

// longText is from where on looking at a text costs work.
const longText = 512

func equalTexts(th *Thread, x, y string) bool {
	if len(x) != len(y) {
		return false
	}
	if len(x) > longText {
		th.Charge(int64(len(x) / longText))
	}
	return x == y
}

func equalNumbers(a, b Value) bool {
	switch x := a.ref.(type) {
	case *big.Int:
		y, ok := bigOf(b)
		return ok && x.Cmp(y) == 0
	case *big.Rat:
		y, ok := b.ref.(*big.Rat)
		return ok && x.Cmp(y) == 0
	case *Decimal:
		y, ok := b.ref.(*Decimal)
		return ok && x.Cmp(y) == 0
	}
	return false
}

func equalRest(th *Thread, a, b Value) bool {
	switch x := a.ref.(type) {
	case *Symbol:
		y, ok := b.ref.(*Symbol)
		return ok && x.Name == y.Name && x.Namespace == y.Namespace
	case *Vector:
		if y, ok := b.ref.(*Vector); ok {
			return equalVectors(th, x, y)
		}
	case *Map:
		return equalMaps(th, x.Len(), x.Each, b)
	case *SortedMap:
		return equalMaps(th, x.Len(), x.Each, b)
	case *Set:
		return equalSets(th, x.Len(), x.Each, b)
	case *SortedSet:
		return equalSets(th, x.Len(), x.Each, b)
	case *Inst:
		y, ok := b.ref.(*Inst)
		return ok && *x == *y
	case *UUID:
		y, ok := b.ref.(*UUID)
		return ok && *x == *y
	case *Tagged:
		y, ok := b.ref.(*Tagged)
		if !ok || x.Tag != y.Tag {
			return false
		}
		th.Enter()
		defer th.Leave()
		return Equal(th, x.Form, y.Form)
	}
	if IsSequential(a) && IsSequential(b) {
		return equalSeqs(th, a, b)
	}
	return false
}

// IsSequential tells whether v is a vector, a list or a seq.
func IsSequential(v Value) bool {
	switch v.Kind() {
	case KindVector, KindList, KindSeq:
		return true
	}
	return false
}

func equalVectors(th *Thread, x, y *Vector) bool {
	if x.Len() != y.Len() {
		return false
	}
	th.Enter()
	for i, n := 0, x.Len(); i < n; i++ {
		th.Charge(1)
		if !Equal(th, x.At(i), y.At(i)) {
			th.Leave()
			return false
		}
	}
	th.Leave()
	return true
}

func equalSeqs(th *Thread, a, b Value) bool {
	if x, ok := a.ref.(Counted); ok {
		if y, ok := b.ref.(Counted); ok && x.Len() != y.Len() {
			return false
		}
	}
	th.Enter()
	x, y := SeqOf(th, a), SeqOf(th, b)
	for x != nil && y != nil {
		th.Charge(1)
		if !Equal(th, x.First(th), y.First(th)) {
			th.Leave()
			return false
		}
		x, y = x.Next(th), y.Next(th)
	}
	th.Leave()
	return x == nil && y == nil
}

func equalMaps(th *Thread, n int, each func(func(k, v Value) bool), b Value) bool {
	var get func(th *Thread, k Value) (Value, bool)
	switch y := b.ref.(type) {
	case *Map:
		if y.Len() != n {
			return false
		}
		get = y.Own
	case *SortedMap:
		if y.Len() != n {
			return false
		}
		get = y.Get
	default:
		return false
	}
	equal := true
	th.Enter()
	each(func(k, v Value) bool {
		th.Charge(1)
		w, ok := get(th, k)
		equal = ok && Equal(th, v, w)
		return equal
	})
	th.Leave()
	return equal
}

func equalSets(th *Thread, n int, each func(func(v Value) bool), b Value) bool {
	var has func(th *Thread, v Value) bool
	switch y := b.ref.(type) {
	case *Set:
		if y.Len() != n {
			return false
		}
		has = y.Has
	case *SortedSet:
		if y.Len() != n {
			return false
		}
		// Clojure asks the left set for the right one's elements; so no foreign element meets a comparator.
		return equalSortedSet(th, n, each, y)
	default:
		return false
	}
	equal := true
	th.Enter()
	each(func(v Value) bool {
		th.Charge(1)
		equal = has(th, v)
		return equal
	})
	th.Leave()
	return equal
}

// equalSortedSet compares the elements of any set with a sorted one of the same size by hash.
func equalSortedSet(th *Thread, n int, each func(func(v Value) bool), y *SortedSet) bool {
	t := NewTransientSet()
	each(func(v Value) bool {
		th.Charge(1)
		t.Add(th, v)
		return true
	})
	x := t.Persistent()
	equal := x.Len() == n
	if equal {
		th.Enter()
		y.Each(func(v Value) bool {
			th.Charge(1)
			equal = x.Has(th, v)
			return equal
		})
		th.Leave()
	}
	return equal
}
