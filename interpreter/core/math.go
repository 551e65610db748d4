package core

import (
	"math"

	"github.com/weir-run/weir/interpreter/value"
)

// mathFunctions is clojure.math, less its randomness.
func mathFunctions() []*value.Builtin {
	return payingDigits(
		float1("sqrt", math.Sqrt), float1("cbrt", math.Cbrt),
		float1("floor", math.Floor), float1("ceil", math.Ceil), float1("rint", math.RoundToEven),
		float1("exp", math.Exp), float1("expm1", math.Expm1),
		float1("log", math.Log), float1("log10", math.Log10), float1("log1p", math.Log1p),
		float1("sin", math.Sin), float1("cos", math.Cos), float1("tan", math.Tan),
		float1("asin", math.Asin), float1("acos", math.Acos), float1("atan", math.Atan),
		float1("sinh", math.Sinh), float1("cosh", math.Cosh), float1("tanh", math.Tanh),
		float1("to-radians", func(x float64) float64 { return x * (math.Pi / 180) }),
		float1("to-degrees", func(x float64) float64 { return x * (180 / math.Pi) }),
		float1("signum", signum),
		float2("pow", power), float2("atan2", math.Atan2), float2("hypot", math.Hypot),
		float2("IEEE-remainder", math.Remainder), float2("copy-sign", math.Copysign),
		one("round", func(_ *thread, a val) val { return value.Int(roundHalfUp(value.ToDouble(a))) }),
		two("floor-div", func(_ *thread, a, b val) val {
			x, y := toLong(a), nonZero(b)
			q := x / y
			if x%y != 0 && (x < 0) != (y < 0) {
				q--
			}
			return value.Int(q)
		}),
		two("floor-mod", func(_ *thread, a, b val) val {
			x, y := toLong(a), nonZero(b)
			m := x % y
			if m != 0 && (m < 0) != (y < 0) {
				m += y
			}
			return value.Int(m)
		}),
		two("add-exact", exactly(value.Add)), two("subtract-exact", exactly(value.Sub)), two("multiply-exact", exactly(value.Mul)),
		one("increment-exact", func(th *thread, a val) val { return value.Inc(th, value.Int(toLong(a))) }),
		one("decrement-exact", func(th *thread, a val) val { return value.Dec(th, value.Int(toLong(a))) }),
		one("negate-exact", func(th *thread, a val) val { return value.Neg(th, value.Int(toLong(a))) }),
	)
}

func float1(name string, f func(x float64) float64) *value.Builtin {
	return one(name, func(_ *thread, a val) val { return value.Double(f(value.ToDouble(a))) })
}

func float2(name string, f func(x, y float64) float64) *value.Builtin {
	return two(name, func(_ *thread, a, b val) val { return value.Double(f(value.ToDouble(a), value.ToDouble(b))) })
}

func exactly(op func(th *thread, a, b val) val) func(th *thread, a, b val) val {
	return func(th *thread, a, b val) val { return op(th, value.Int(toLong(a)), value.Int(toLong(b))) }
}

func nonZero(v val) int64 {
	i := toLong(v)
	if i == 0 {
		value.ThrowHint("ArithmeticException", "divide-by-zero", "", "/ by zero")
	}
	return i
}

func signum(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return x
}

// power is Java's pow: unlike C's, 1 to the power of NaN or of an infinity is NaN.
func power(x, y float64) float64 {
	if y != 0 && (math.IsNaN(y) || math.Abs(x) == 1 && math.IsInf(y, 0)) {
		return math.NaN()
	}
	return math.Pow(x, y)
}

// roundHalfUp is Java's Math.round: halves go up, NaN is 0, and what is too large saturates.
func roundHalfUp(x float64) int64 {
	switch f := math.Floor(x); {
	case math.IsNaN(x):
		return 0
	case x >= math.MaxInt64:
		return math.MaxInt64
	case x <= math.MinInt64:
		return math.MinInt64
	case x-f >= 0.5:
		return int64(f) + 1
	default:
		return int64(f)
	}
}
