package value

import (
	"bytes"
	"math"
)

// Compare is Clojure's compare: nil before all, numbers across their kinds, strings, symbols and keywords by
// text, characters, booleans, instants, UUIDs, vectors by length and then by element. The result is what
// Clojure gives, a difference of code units for texts. Anything else throws a ClassCastException.
func Compare(th *Thread, a, b Value) int {
	if same(a, b) {
		return 0
	}
	if a.IsNil() {
		return -1
	}
	if b.IsNil() {
		return 1
	}
	if rankOf(a) != notNumber {
		wantNumber(b)
		ChargeNumbers(th, a, b)
		return CompareNumbers(a, b)
	}
	switch x := a.ref.(type) {
	case *Str:
		y, ok := b.ref.(*Str)
		if !ok {
			ThrowCast(b, "java.lang.String")
		}
		th.Charge(int64(min(len(x.s), len(y.s)) / 64))
		return compareUTF16(x, y)
	case *Keyword:
		y, ok := b.ref.(*Keyword)
		if !ok {
			ThrowCast(b, "clojure.lang.Keyword")
		}
		return compareNames(x.Namespace, x.Name, y.Namespace, y.Name)
	case *Symbol:
		y, ok := b.ref.(*Symbol)
		if !ok {
			ThrowCast(b, "clojure.lang.Symbol")
		}
		return compareNames(x.Namespace, x.Name, y.Namespace, y.Name)
	case *Vector:
		y, ok := b.ref.(*Vector)
		if !ok {
			ThrowCast(b, "clojure.lang.IPersistentVector")
		}
		return compareVectors(th, x, y)
	}
	return compareRest(a, b)
}

// isComparable tells whether Compare takes v.
func isComparable(v Value) bool {
	switch v.Kind() {
	case KindNil, KindBool, KindInt, KindDouble, KindChar, KindBigInt, KindRatio, KindDecimal, KindString, KindKeyword,
		KindSymbol, KindVector, KindInst, KindUUID:
		return true
	}
	return false
}

func compareRest(a, b Value) int {
	switch x := a.ref.(type) {
	case *charTag:
		y, ok := b.AsChar()
		if !ok {
			ThrowCast(b, "java.lang.Character")
		}
		return int(rune(a.bits)) - int(y)
	case *boolTag:
		if _, ok := b.AsBool(); !ok {
			ThrowCast(b, "java.lang.Boolean")
		}
		return compareInts(int64(a.bits), int64(b.bits))
	case *Inst:
		y, ok := b.ref.(*Inst)
		if !ok {
			ThrowCast(b, "java.util.Date")
		}
		return compareInts(x.ms, y.ms)
	case *UUID:
		y, ok := b.ref.(*UUID)
		if !ok {
			ThrowCast(b, "java.util.UUID")
		}
		return compareUUIDs(x, y)
	}
	ThrowCast(a, "java.lang.Comparable")
	return 0
}

// compareUUIDs orders as Java does: by two signed halves.
func compareUUIDs(x, y *UUID) int {
	for _, half := range [][2]int{{0, 8}, {8, 16}} {
		p, q := x[half[0]:half[1]], y[half[0]:half[1]]
		if c := bytes.Compare(p, q); c != 0 {
			if p[0]^q[0] >= 0x80 {
				return -c
			}
			return c
		}
	}
	return 0
}

func compareNames(ns1, name1, ns2, name2 string) int {
	switch {
	case ns1 == "" && ns2 != "":
		return -1
	case ns1 != "" && ns2 == "":
		return 1
	case ns1 != ns2:
		return compareUTF16(&Str{s: ns1}, &Str{s: ns2})
	}
	return compareUTF16(&Str{s: name1}, &Str{s: name2})
}

func compareVectors(th *Thread, x, y *Vector) int {
	if x.Len() != y.Len() {
		return compareInts(int64(x.Len()), int64(y.Len()))
	}
	th.Enter()
	for i, n := 0, x.Len(); i < n; i++ {
		th.Charge(1)
		if c := Compare(th, x.At(i), y.At(i)); c != 0 {
			th.Leave()
			return c
		}
	}
	th.Leave()
	return 0
}

// CompareBy orders a and b by a comparator function, as Clojure does: its result is a number, or true
// for "a comes first".
func CompareBy(th *Thread, by, a, b Value) int {
	r := Call2(th, by, a, b)
	if _, ok := r.AsBool(); ok {
		switch {
		case r.Truthy():
			return -1
		case Call2(th, by, b, a).Truthy():
			return 1
		}
		return 0
	}
	if i, ok := r.AsInt(); ok {
		return compareInts(i, 0)
	}
	if r.IsNil() {
		ThrowHint("NullPointerException", "nil-value", "a comparator answers with a number or a boolean",
			"Cannot invoke \"java.lang.Number.intValue()\" because \"n\" is null")
	}
	wantNumber(r)
	f := math.Trunc(toDouble(r))
	return int(max(-1, min(1, f)))
}

// Comparator is CompareBy for sorting; a nil function is Compare.
func Comparator(th *Thread, by Value) func(a, b Value) int {
	if by.IsNil() {
		return func(a, b Value) int { return Compare(th, a, b) }
	}
	return func(a, b Value) int {
		th.Charge(1)
		return CompareBy(th, by, a, b)
	}
}
