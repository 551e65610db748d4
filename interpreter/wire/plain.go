package wire

import (
	"fmt"
	"math/big"
	"strconv"

	"github.com/weir-run/weir/interpreter/value"
)

// MarshalPlain writes JSON for people and other programs: keywords and symbols as their names, sets and
// sequences as arrays, instants as ISO-8601, UUIDs as text. Ratios, decimals and big integers
// are numbers where a double holds them exactly, else strings; ##NaN and the infinities are strings.
func MarshalPlain(v value.Value) ([]byte, error) {
	e := &encoder{plain: true}
	out, err := e.value(nil, v, 0)
	if err != nil {
		return nil, fmt.Errorf("encode as JSON: %w", err)
	}
	return out, nil
}

func (e *encoder) plainScalar(out []byte, v value.Value, depth int) ([]byte, error) {
	switch x := v.Ref().(type) {
	case *big.Int:
		return plainNumber(out, new(big.Rat).SetInt(x), x.String()), nil
	case *big.Rat:
		return plainNumber(out, x, x.RatString()), nil
	case *value.Regex:
		return appendString(out, x.Pattern), nil
	case *value.Tagged:
		return e.value(out, x.Form, depth+1)
	}
	if v.Kind() == value.KindDecimal {
		text := value.Text(nil, v)
		if r, ok := new(big.Rat).SetString(text); ok {
			return plainNumber(out, r, text), nil
		}
		return appendString(out, text), nil
	}
	if s, ok := plainText(v); ok {
		return appendString(out, s), nil
	}
	return nil, &UnsupportedError{Kind: value.KindName(v)}
}

// plainNumber writes r as a JSON number if a double is exactly r, else as the text in a string.
func plainNumber(out []byte, r *big.Rat, text string) []byte {
	f, exact := r.Float64()
	if !exact {
		return appendString(out, text)
	}
	if r.IsInt() {
		return append(out, r.Num().String()...)
	}
	return strconv.AppendFloat(out, f, 'g', -1, 64)
}

// plainText is the text of scalars that JSON shows as strings.
func plainText(v value.Value) (string, bool) {
	switch v.Kind() {
	case value.KindKeyword:
		k, _ := v.AsKeyword()
		return k.FullName(), true
	case value.KindSymbol, value.KindChar, value.KindInst, value.KindUUID, value.KindDouble:
		return value.Text(nil, v), true
	}
	return "", false
}

// plainKey is a map key as a JSON key. Collections are written as their EDN text.
func plainKey(k value.Value) (string, bool) {
	switch k.Kind() {
	case value.KindString:
		return k.AsString()
	case value.KindFn, value.KindAtom, value.KindVolatile, value.KindDelay, value.KindTransient, value.KindOpaque, value.KindException, value.KindReduced:
		return "", false
	case value.KindNil:
		return "nil", true
	case value.KindVector, value.KindList, value.KindSeq, value.KindMap, value.KindSet, value.KindSortedMap, value.KindSortedSet:
		return value.PrStr(nil, k), true
	}
	if s, ok := plainText(k); ok {
		return s, true
	}
	return value.Text(nil, k), true
}
