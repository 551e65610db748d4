package core

import (
	"math/big"

	"github.com/weir-run/weir/interpreter/value"
)

// wantString is the text of v; anything else throws as a cast to String does.
func wantString(v val) string {
	s, ok := v.AsString()
	if !ok {
		value.ThrowCast(v, "java.lang.String")
	}
	return s
}

// wantChars is wantString for a parameter that Java types as CharSequence.
func wantChars(v val) string {
	s, ok := v.AsString()
	if !ok {
		value.ThrowCast(v, "java.lang.CharSequence")
	}
	return s
}

// asText is the text that Java's toString gives: of anything but nil.
func asText(th *thread, v val) val {
	switch v.Kind() {
	case value.KindString:
		return v
	case value.KindNil:
		value.ThrowCast(v, "java.lang.CharSequence")
	}
	return value.String(value.Text(th, v))
}

// wantInt is v as an integer argument: a count, an index, a size. Fractions are cut off, as Clojure's
// casts to long do.
func wantInt(v val) int64 {
	if i, ok := v.AsInt(); ok {
		return i
	}
	if v.IsNil() {
		value.ThrowCast(v, "java.lang.Number")
	}
	return toLong(v)
}

// wantCount is v as a number of elements: as many as it takes to count a fraction down to zero.
func wantCount(v val) int64 {
	if i, ok := v.AsInt(); ok {
		return i
	}
	if v.IsNil() || !value.IsNumber(v) {
		value.ThrowCast(v, "java.lang.Number")
	}
	n := toLong(v)
	if value.Gt(v, value.Int(n)) {
		n++
	}
	return n
}

// wantCallable is v as something to call.
func wantCallable(v val) value.Callable {
	c, ok := v.AsCallable()
	if !ok {
		value.ThrowNotCallable(v)
	}
	return c
}

// isNumber tells whether v is a number of any kind.
func isNumber(v val) bool {
	switch v.Kind() {
	case value.KindInt, value.KindDouble, value.KindBigInt, value.KindRatio, value.KindDecimal:
		return true
	}
	return false
}

// asBig is v's integer value as a big integer, whether it is small or big.
func asBig(v val) (*big.Int, bool) {
	if i, ok := v.AsInt(); ok {
		return big.NewInt(i), true
	}
	b, ok := v.Ref().(*big.Int)
	return b, ok
}

// units is the length of s in UTF-16 code units.
func units(s string) int { return value.StringLen(value.String(s)) }

// Sizes charged for what is built, in bytes.
const (
	valueSize = 24 // one slot of a collection
	entrySize = 64 // one entry of a map or set
)
