package core

import "github.com/weir-run/weir/interpreter/value"

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

// textWork is about what it costs to write out a number.
const textWork = 8

// asText is the text that Java's toString gives: of anything but nil.
func asText(th *thread, v val) val {
	switch v.Kind() {
	case value.KindString:
		return v
	case value.KindNil:
		value.ThrowCast(v, "java.lang.CharSequence")
	}
	th.Charge(textWork)
	text := value.Text(th, v)
	th.ChargeSize(2 * int64(len(text)))
	return value.String(text)
}

// wantInt is v as an integer argument: a count, an index, a size. Fractions are cut off, as Clojure's
// casts to long do.
func wantInt(v val) int64 {
	if i, ok := v.AsInt(); ok {
		return i
	}
	return toLong(wantNumber(v))
}

// wantCount is v as a number of elements: as many as it takes to count a fraction down to zero.
func wantCount(v val) int64 {
	if i, ok := v.AsInt(); ok {
		return i
	}
	n := toLong(wantNumber(v))
	if _, isRatio := v.AsRatio(); isRatio && value.Sign(v) > 0 || !isRatio && value.Gt(v, value.Int(n)) {
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

// units is the length of s in UTF-16 code units.
func units(s string) int { return value.StringLen(value.String(s)) }

// Sizes charged for what is built, in bytes.
const (
	valueSize = 24 // one slot of a collection
	entrySize = 96 // one entry of a map or set
)
