package store

import (
	"context"
	"math"
	"math/big"

	"github.com/weir-run/weir/interpreter/value"
)

// Increment adds delta to the number under the key (0 if there is none) and returns it as it is now and as it was. Integers
// stay 64-bit integers, or the operation is refused; a double makes the sum a double. The key keeps its time to live.
func (kv *KV) Increment(ctx context.Context, w Write, delta value.Value) (now, previous value.Value, err error) {
	w.TTL = 0
	if err := w.check(); err != nil {
		return value.Nil, value.Nil, err
	}
	if !isNumber(delta) {
		return value.Nil, value.Nil, invalid(":delta must be a number (found: %s)", value.KindName(delta))
	}
	if d, ok := delta.AsInt(); ok {
		answer, err := kv.run(ctx, incrementScript, w, value.Text(nil, delta))
		if err != nil {
			return value.Nil, value.Nil, err
		}
		if answer.is("number") {
			if now, err = decode(w.Key, answer.text(1)); err != nil {
				return value.Nil, value.Nil, err
			}
			n, _ := now.AsInt()
			return now, value.Int(n - d), nil
		}
	}
	// Doubles, overflow and values of other types are not Redis' business.
	text, _, err := kv.change(ctx, w, true, func(old value.Value, exists bool) (string, bool, error) {
		if !exists {
			old = value.Int(0)
		}
		sum, err := add(w.Key, old, delta)
		if err != nil {
			return "", false, err
		}
		text, err := encode(sum)
		return text, true, err
	})
	if err != nil {
		return value.Nil, value.Nil, err
	}
	if now, err = decode(w.Key, text); err != nil {
		return value.Nil, value.Nil, err
	}
	return now, minus(now, delta), nil
}

func isNumber(v value.Value) bool {
	k := v.Kind()
	return k == value.KindInt || k == value.KindDouble
}

func add(key string, a, b value.Value) (value.Value, error) {
	if !isNumber(a) {
		return value.Nil, invalid("the value under %s is not a number (found: %s)", key, value.KindName(a))
	}
	x, intA := a.AsInt()
	y, intB := b.AsInt()
	if !intA || !intB {
		return value.Double(asDouble(a) + asDouble(b)), nil
	}
	sum := new(big.Int).Add(big.NewInt(x), big.NewInt(y))
	if !sum.IsInt64() {
		return value.Nil, invalid("the number under %s would leave the range of 64-bit integers", key)
	}
	return value.Int(sum.Int64()), nil
}

// minus undoes an addition that went well.
func minus(a, b value.Value) value.Value {
	x, intA := a.AsInt()
	y, intB := b.AsInt()
	if intA && intB {
		return value.Int(x - y)
	}
	return value.Double(asDouble(a) - asDouble(b))
}

func asDouble(v value.Value) float64 {
	if i, ok := v.AsInt(); ok {
		return float64(i)
	}
	if f, ok := v.AsDouble(); ok {
		return f
	}
	return math.NaN()
}
