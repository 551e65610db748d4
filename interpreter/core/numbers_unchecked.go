package core

import (
	"math"

	"github.com/weir-run/weir/interpreter/value"
)

// uncheckedArithmetic wraps around where the checked operations throw: at 64 bits, or at 32 for the -int ones.
// Numbers that aren't 64-bit integers go the checked way, as in Clojure.
func uncheckedArithmetic() []*value.Builtin {
	return payingDigits(
		wrapping("unchecked-add", value.Add, func(a, b int64) int64 { return a + b }),
		wrapping("unchecked-subtract", value.Sub, func(a, b int64) int64 { return a - b }),
		wrapping("unchecked-multiply", value.Mul, func(a, b int64) int64 { return a * b }),
		wrapping1("unchecked-inc", value.Inc, func(a int64) int64 { return a + 1 }),
		wrapping1("unchecked-dec", value.Dec, func(a int64) int64 { return a - 1 }),
		wrapping1("unchecked-negate", value.Neg, func(a int64) int64 { return -a }),
		ints2("unchecked-add-int", func(a, b int32) int32 { return a + b }),
		ints2("unchecked-subtract-int", func(a, b int32) int32 { return a - b }),
		ints2("unchecked-multiply-int", func(a, b int32) int32 { return a * b }),
		ints2("unchecked-divide-int", quotient32),
		ints2("unchecked-remainder-int", func(a, b int32) int32 { return a - b*quotient32(a, b) }),
		ints1("unchecked-inc-int", func(a int32) int32 { return a + 1 }),
		ints1("unchecked-dec-int", func(a int32) int32 { return a - 1 }),
		ints1("unchecked-negate-int", func(a int32) int32 { return -a }),
		one("unchecked-long", func(_ *thread, a val) val { return value.Int(wrapLong(a)) }),
		cast("unchecked-int", func(i int64) int64 { return int64(int32(i)) }),
		cast("unchecked-short", func(i int64) int64 { return int64(int16(i)) }),
		cast("unchecked-byte", func(i int64) int64 { return int64(int8(i)) }),
		one("unchecked-char", func(_ *thread, a val) val { return value.Char(rune(uint16(wrapInt(a)))) }),
		one("unchecked-double", func(_ *thread, a val) val { return value.Double(value.ToDouble(a)) }),
		one("unchecked-float", func(_ *thread, a val) val { return value.Double(nearFloat(value.ToDouble(a))) }),
	)
}

func wrapping(name string, checked func(th *thread, a, b val) val, wrap func(a, b int64) int64) *value.Builtin {
	return two(name, func(th *thread, a, b val) val {
		if x, ok := a.AsInt(); ok {
			if y, ok := b.AsInt(); ok {
				return value.Int(wrap(x, y))
			}
		}
		return checked(th, a, b)
	})
}

func wrapping1(name string, checked func(th *thread, a val) val, wrap func(a int64) int64) *value.Builtin {
	return one(name, func(th *thread, a val) val {
		if x, ok := a.AsInt(); ok {
			return value.Int(wrap(x))
		}
		return checked(th, a)
	})
}

func ints2(name string, op func(a, b int32) int32) *value.Builtin {
	return two(name, func(_ *thread, a, b val) val { return value.Int(int64(op(toInt32(a), toInt32(b)))) })
}

func ints1(name string, op func(a int32) int32) *value.Builtin {
	return one(name, func(_ *thread, a val) val { return value.Int(int64(op(toInt32(a)))) })
}

func cast(name string, narrow func(i int64) int64) *value.Builtin {
	return one(name, func(_ *thread, a val) val { return value.Int(narrow(wrapInt(a))) })
}

// wrapInt is wrapLong for narrower integers: doubles saturate at 32 bits before they are cut.
func wrapInt(v val) int64 {
	i := wrapLong(v)
	if v.Kind() == value.KindDouble {
		return max(math.MinInt32, min(i, math.MaxInt32))
	}
	return i
}

func quotient32(a, b int32) int32 {
	if b == 0 {
		value.ThrowHint("ArithmeticException", "divide-by-zero", "", "/ by zero")
	}
	if b == -1 {
		return -a
	}
	return a / b
}
