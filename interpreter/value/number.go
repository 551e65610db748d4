package value

import (
	"math"
	"math/big"
	"math/bits"
)

// rank orders the kinds of numbers by how they win over each other in arithmetic.
type rank uint8

const (
	notNumber rank = iota
	rankInt
	rankBig
	rankRatio
	rankDecimal
	rankDouble
)

func rankOf(v Value) rank {
	switch v.ref.(type) {
	case *intTag:
		return rankInt
	case *doubleTag:
		return rankDouble
	case *big.Int:
		return rankBig
	case *big.Rat:
		return rankRatio
	case *Decimal:
		return rankDecimal
	}
	return notNumber
}

// IsNumber tells whether v is a number.
func IsNumber(v Value) bool { return rankOf(v) != notNumber }

// IsInteger tells whether v is an int64 or a big integer.
func IsInteger(v Value) bool { r := rankOf(v); return r == rankInt || r == rankBig }

// Add is (+ a b): integers beyond 64 bits throw.
func Add(th *Thread, a, b Value) Value {
	if x, ok := a.AsInt(); ok {
		if y, ok := b.AsInt(); ok {
			if s := x + y; (s^x)&(s^y) >= 0 {
				return Int(s)
			}
		}
	}
	return arith(th, opAdd, a, b, false)
}

// Sub is (- a b).
func Sub(th *Thread, a, b Value) Value {
	if x, ok := a.AsInt(); ok {
		if y, ok := b.AsInt(); ok {
			if s := x - y; (x^y)&(s^x) >= 0 {
				return Int(s)
			}
		}
	}
	return arith(th, opSub, a, b, false)
}

// Mul is (* a b).
func Mul(th *Thread, a, b Value) Value {
	if x, ok := a.AsInt(); ok {
		if y, ok := b.AsInt(); ok {
			if p, ok := mulInts(x, y); ok {
				return Int(p)
			}
		}
	}
	return arith(th, opMul, a, b, false)
}

// AddP is (+' a b): integers beyond 64 bits become big.
func AddP(th *Thread, a, b Value) Value { return arith(th, opAdd, a, b, true) }

// SubP is (-' a b).
func SubP(th *Thread, a, b Value) Value { return arith(th, opSub, a, b, true) }

// MulP is (*' a b).
func MulP(th *Thread, a, b Value) Value { return arith(th, opMul, a, b, true) }

// Inc is (inc a).
func Inc(th *Thread, a Value) Value {
	if x, ok := a.AsInt(); ok && x != math.MaxInt64 {
		return Int(x + 1)
	}
	return arith(th, opAdd, a, Int(1), false)
}

// Dec is (dec a).
func Dec(th *Thread, a Value) Value {
	if x, ok := a.AsInt(); ok && x != math.MinInt64 {
		return Int(x - 1)
	}
	return arith(th, opSub, a, Int(1), false)
}

// IncP is (inc' a).
func IncP(th *Thread, a Value) Value { return arith(th, opAdd, a, Int(1), true) }

// DecP is (dec' a).
func DecP(th *Thread, a Value) Value { return arith(th, opSub, a, Int(1), true) }

// Neg is (- a).
func Neg(th *Thread, a Value) Value { return negate(th, a, false) }

// NegP is (-' a).
func NegP(th *Thread, a Value) Value { return negate(th, a, true) }

func negate(th *Thread, a Value, promote bool) Value {
	if f, ok := a.AsDouble(); ok {
		return Double(-f)
	}
	switch x := a.ref.(type) {
	case *big.Int:
		chargeDigits(th, x.BitLen())
		return BigInt(new(big.Int).Neg(x))
	case *Decimal:
		chargeDigits(th, x.Unscaled.BitLen())
		return Value{ref: &Decimal{new(big.Int).Neg(x.Unscaled), x.Scale}}
	}
	return arith(th, opSub, Int(0), a, promote)
}

// Abs is (abs a); as in Clojure, the smallest int64 stays negative.
func Abs(th *Thread, a Value) Value {
	switch rankOf(a) {
	case rankInt:
		if i, _ := a.AsInt(); i >= 0 || i == math.MinInt64 {
			return a
		}
	case rankDouble:
		f, _ := a.AsDouble()
		return Double(math.Abs(f))
	default:
		if Sign(a) >= 0 {
			return a
		}
	}
	return Neg(th, a)
}

// Sign is -1, 0 or 1; 0 for NaN. It throws for what is no number.
func Sign(a Value) int {
	switch x := a.ref.(type) {
	case *intTag:
		i, _ := a.AsInt()
		switch {
		case i > 0:
			return 1
		case i < 0:
			return -1
		}
		return 0
	case *doubleTag:
		f, _ := a.AsDouble()
		switch {
		case f > 0:
			return 1
		case f < 0:
			return -1
		}
		return 0
	case *big.Int:
		return x.Sign()
	case *big.Rat:
		return x.Sign()
	case *Decimal:
		return x.Unscaled.Sign()
	}
	wantNumber(a)
	return 0
}

// Lt is (< a b).
func Lt(a, b Value) bool {
	if x, ok := a.AsInt(); ok {
		if y, ok := b.AsInt(); ok {
			return x < y
		}
	}
	c, ordered := order(a, b)
	return ordered && c < 0
}

// Lte is (<= a b).
func Lte(a, b Value) bool {
	if x, ok := a.AsInt(); ok {
		if y, ok := b.AsInt(); ok {
			return x <= y
		}
	}
	c, ordered := order(a, b)
	return ordered && c <= 0
}

// Gt is (> a b).
func Gt(a, b Value) bool { return Lt(b, a) }

// Gte is (>= a b).
func Gte(a, b Value) bool { return Lte(b, a) }

// NumEqual is (== a b); it throws for what is no number.
func NumEqual(a, b Value) bool {
	c, ordered := order(a, b)
	return ordered && c == 0
}

// CompareNumbers is -1, 0 or 1 across all kinds of numbers; NaN is equal to everything, as in compare.
func CompareNumbers(a, b Value) int {
	c, _ := order(a, b)
	return c
}

// IsNaN tells whether v is the double NaN.
func IsNaN(v Value) bool {
	f, ok := v.AsDouble()
	return ok && f != f
}

// order compares two numbers; ordered is false when one is NaN.
func order(a, b Value) (c int, ordered bool) {
	ra, rb := rankOf(a), rankOf(b)
	if ra == notNumber || rb == notNumber {
		wantNumber(a)
		wantNumber(b)
	}
	switch max(ra, rb) {
	case rankInt:
		return compareInts(int64(a.bits), int64(b.bits)), true
	case rankDouble:
		x, y := toDouble(a), toDouble(b)
		switch {
		case x < y:
			return -1, true
		case x > y:
			return 1, true
		}
		return 0, x == y
	case rankBig:
		x, _ := bigOf(a)
		y, _ := bigOf(b)
		return x.Cmp(y), true
	}
	return orderExact(a, b), true
}

func compareInts(x, y int64) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// mulInts multiplies; false on overflow.
func mulInts(x, y int64) (int64, bool) {
	if int64(int32(x)) == x && int64(int32(y)) == y {
		return x * y, true
	}
	hi, lo := bits.Mul64(uint64(x), uint64(y))
	signed := int64(hi)
	if x < 0 {
		signed -= y
	}
	if y < 0 {
		signed -= x
	}
	return int64(lo), signed == int64(lo)>>63
}

// wantNumber throws unless v is a number.
func wantNumber(v Value) {
	if rankOf(v) == notNumber {
		ThrowCast(v, "java.lang.Number")
	}
}

// bigOf is an integer as a big one; the result must not be changed.
func bigOf(v Value) (*big.Int, bool) {
	switch x := v.ref.(type) {
	case *big.Int:
		return x, true
	case *intTag:
		return big.NewInt(int64(v.bits)), true
	}
	return nil, false
}

// AsBigInt returns the integer, of either size, and whether v is one. It must not be changed.
func (v Value) AsBigInt() (*big.Int, bool) { return bigOf(v) }

// AsRatio returns the fraction and whether v is one. It must not be changed.
func (v Value) AsRatio() (*big.Rat, bool) {
	r, ok := v.ref.(*big.Rat)
	return r, ok
}

// toRat is any number but a double as a fraction.
func toRat(v Value) *big.Rat {
	switch x := v.ref.(type) {
	case *big.Rat:
		return x
	case *Decimal:
		return x.Rat()
	}
	b, _ := bigOf(v)
	return new(big.Rat).SetInt(b)
}

// ToDouble is any number as a double; it throws for what is no number.
func ToDouble(v Value) float64 {
	wantNumber(v)
	return toDouble(v)
}

func toDouble(v Value) float64 {
	switch x := v.ref.(type) {
	case *intTag:
		return float64(int64(v.bits))
	case *doubleTag:
		return math.Float64frombits(v.bits)
	case *big.Int:
		f, _ := new(big.Float).SetInt(x).Float64()
		return f
	case *big.Rat:
		return doubleOfRat(x)
	case *Decimal:
		return x.Float64()
	}
	return 0
}
