package value

import (
	"math"
	"math/big"
)

// Value is one value of the language: 24 bytes, passed by value, immutable.
// The zero Value is nil. Small scalars live in bits and need no allocation;
// everything else is a pointer in ref.
type Value struct {
	ref  any
	bits uint64
}

// tag types mark the scalars that live in Value.bits. Each has exactly one
// instance, so a type test on ref is a single word comparison.
type (
	boolTag   struct{ _ byte }
	intTag    struct{ _ byte }
	doubleTag struct{ _ byte }
	charTag   struct{ _ byte }
)

var (
	isBool   = &boolTag{}
	isInt    = &intTag{}
	isDouble = &doubleTag{}
	isChar   = &charTag{}
)

// Nil, True and False are the three constants.
var (
	Nil   = Value{}
	True  = Value{ref: isBool, bits: 1}
	False = Value{ref: isBool, bits: 0}
)

// Bool returns true or false.
func Bool(b bool) Value {
	if b {
		return True
	}
	return False
}

// Int returns a 64-bit integer.
func Int(i int64) Value { return Value{ref: isInt, bits: uint64(i)} }

// Double returns a 64-bit float.
func Double(f float64) Value { return Value{ref: isDouble, bits: math.Float64bits(f)} }

// Char returns a character: one UTF-16 code unit in Clojure's terms, kept as a rune.
func Char(r rune) Value { return Value{ref: isChar, bits: uint64(r)} }

// BigInt returns an arbitrary-precision integer (Clojure's 1N). It stays big even
// when it would fit an int64, as Clojure's does. The caller gives up b.
func BigInt(b *big.Int) Value { return Value{ref: b} }

// Ratio returns an exact fraction; the caller makes sure that it is not whole.
func Ratio(r *big.Rat) Value { return Value{ref: r} }

// Of wraps one of this package's reference types. ref must be a pointer type of this
// package (or implement Seq or Callable); it is how the other constructors are made.
func Of(ref any) Value { return Value{ref: ref} }

// Ref returns what Of wrapped: nil for nil and an opaque tag for inline scalars.
func (v Value) Ref() any { return v.ref }

// IsNil tells whether v is nil.
func (v Value) IsNil() bool { return v.ref == nil }

// Truthy tells whether v counts as true: all but nil and false do.
func (v Value) Truthy() bool {
	if v.ref == nil {
		return false
	}
	if _, ok := v.ref.(*boolTag); ok {
		return v.bits != 0
	}
	return true
}

// AsBool returns the boolean and whether v is one.
func (v Value) AsBool() (bool, bool) {
	_, ok := v.ref.(*boolTag)
	return v.bits != 0, ok
}

// AsInt returns the 64-bit integer and whether v is one.
func (v Value) AsInt() (int64, bool) {
	_, ok := v.ref.(*intTag)
	return int64(v.bits), ok
}

// AsDouble returns the 64-bit float and whether v is one.
func (v Value) AsDouble() (float64, bool) {
	_, ok := v.ref.(*doubleTag)
	return math.Float64frombits(v.bits), ok
}

// AsChar returns the character and whether v is one.
func (v Value) AsChar() (rune, bool) {
	_, ok := v.ref.(*charTag)
	return rune(v.bits), ok
}

// AsString returns the text and whether v is a string.
func (v Value) AsString() (string, bool) {
	if s, ok := v.ref.(*Str); ok {
		return s.s, true
	}
	return "", false
}

// AsKeyword returns the keyword and whether v is one. Keywords are interned: equal
// keywords are the same pointer.
func (v Value) AsKeyword() (*Keyword, bool) {
	k, ok := v.ref.(*Keyword)
	return k, ok
}

// AsSymbol returns the symbol and whether v is one.
func (v Value) AsSymbol() (*Symbol, bool) {
	s, ok := v.ref.(*Symbol)
	return s, ok
}

// AsVector returns the vector and whether v is one (a map entry is one, too).
func (v Value) AsVector() (*Vector, bool) {
	x, ok := v.ref.(*Vector)
	return x, ok
}

// AsMap returns the map and whether v is an unsorted one.
func (v Value) AsMap() (*Map, bool) {
	m, ok := v.ref.(*Map)
	return m, ok
}

// AsSet returns the set and whether v is an unsorted one.
func (v Value) AsSet() (*Set, bool) {
	s, ok := v.ref.(*Set)
	return s, ok
}

// AsCallable returns what makes v callable as a function: functions, keywords, symbols,
// maps, sets and vectors are.
func (v Value) AsCallable() (Callable, bool) {
	c, ok := v.ref.(Callable)
	return c, ok
}
