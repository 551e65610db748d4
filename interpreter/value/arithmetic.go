package value

import (
	"math"
	"math/big"
)

// op is an operation of arith.
type op uint8

const (
	opAdd op = iota
	opSub
	opMul
)

// arith adds, subtracts or multiplies any two numbers. Kinds win over each other in the order of rank;
// promote makes 64-bit overflow big instead of an error.
func arith(th *Thread, o op, a, b Value, promote bool) Value {
	ra, rb := rankOf(a), rankOf(b)
	if ra == notNumber || rb == notNumber {
		wantNumber(a)
		wantNumber(b)
	}
	if o == opSub && !promote && rb == rankInt && ra > rankInt && ra != rankDouble && int64(b.bits) == math.MinInt64 {
		throwOverflow() // Clojure adds the negated number
	}
	switch max(ra, rb) {
	case rankInt:
		if r, ok := arithInts(o, int64(a.bits), int64(b.bits)); ok {
			return Int(r)
		}
		if !promote {
			throwOverflow()
		}
		return arithBig(th, o, a, b)
	case rankDouble:
		return arithDoubles(o, toDouble(a), toDouble(b))
	case rankBig:
		return arithBig(th, o, a, b)
	case rankDecimal:
		x, y := decimalOf(th, a), decimalOf(th, b)
		return Value{ref: arithDecimals(th, o, x, y)}
	}
	x, y := toRat(a), toRat(b)
	chargeDigits(th, ratBits(x)+ratBits(y))
	chargeReduce(th, ratBits(x)/2+ratBits(y)/2, x.Denom().BitLen()+y.Denom().BitLen())
	r := new(big.Rat)
	switch o {
	case opAdd:
		r.Add(x, y)
	case opSub:
		r.Sub(x, y)
	default:
		r.Mul(x, y)
	}
	return fromRat(r)
}

func throwOverflow() {
	ThrowHint("ArithmeticException", "overflow", "use +' -' *' inc' dec', or begin with a big number like 1N, for results beyond 64 bits", "long overflow")
}

func arithInts(o op, x, y int64) (int64, bool) {
	switch o {
	case opAdd:
		s := x + y
		return s, (s^x)&(s^y) >= 0
	case opSub:
		s := x - y
		return s, (x^y)&(s^x) >= 0
	}
	return mulInts(x, y)
}

func arithDoubles(o op, x, y float64) Value {
	switch o {
	case opAdd:
		return Double(x + y)
	case opSub:
		return Double(x - y)
	}
	return Double(x * y)
}

func arithBig(th *Thread, o op, a, b Value) Value {
	x, _ := bigOf(a)
	y, _ := bigOf(b)
	r := new(big.Int)
	switch o {
	case opAdd:
		chargeDigits(th, max(x.BitLen(), y.BitLen())+1)
		r.Add(x, y)
	case opSub:
		chargeDigits(th, max(x.BitLen(), y.BitLen())+1)
		r.Sub(x, y)
	default:
		chargeProduct(th, x.BitLen(), y.BitLen())
		r.Mul(x, y)
	}
	return BigInt(r)
}

func ratBits(r *big.Rat) int { return r.Num().BitLen() + r.Denom().BitLen() }

// fromRat is a fraction as a value: whole ones are big integers, as Clojure's are.
func fromRat(r *big.Rat) Value {
	if r.IsInt() {
		return BigInt(new(big.Int).Set(r.Num()))
	}
	return Ratio(r)
}

// Div is (/ a b): exact for exact numbers; a divisor of zero throws, be it a double.
func Div(th *Thread, a, b Value) Value {
	ra, rb := rankOf(a), rankOf(b)
	if ra == notNumber || rb == notNumber {
		wantDivisor(b)
		wantNumber(a)
	}
	if IsNaN(a) || IsNaN(b) {
		return Double(math.NaN())
	}
	if Sign(b) == 0 {
		divideByZero()
	}
	switch max(ra, rb) {
	case rankInt:
		return divInts(int64(a.bits), int64(b.bits))
	case rankDouble:
		return Double(toDouble(a) / toDouble(b))
	case rankDecimal:
		return Value{ref: divDecimals(th, decimalOf(th, a), decimalOf(th, b))}
	}
	x, y := toRat(a), toRat(b)
	chargeProduct(th, ratBits(x), ratBits(y))
	chargeReduce(th, x.Num().BitLen()+y.Denom().BitLen(), x.Denom().BitLen()+y.Num().BitLen())
	return fromRat(new(big.Rat).Quo(x, y))
}

func divInts(x, y int64) Value {
	if y == -1 && x == math.MinInt64 {
		return Int(x)
	}
	if x%y == 0 {
		return Int(x / y)
	}
	return Ratio(big.NewRat(x, y))
}

// wantDivisor throws unless b is a number but zero, whatever is to be divided.
func wantDivisor(b Value) {
	wantNumber(b)
	if Sign(b) == 0 && !IsNaN(b) {
		divideByZero()
	}
}

func divideByZero() {
	ThrowHint("ArithmeticException", "divide-by-zero", "", "Divide by zero")
}

// Quot is (quot a b): division rounded towards zero.
func Quot(th *Thread, a, b Value) Value {
	if x, ok := a.AsInt(); ok {
		if y, ok := b.AsInt(); ok && y != 0 && y != -1 {
			return Int(x / y)
		}
	}
	q, _ := quotRem(th, a, b)
	return q
}

// Rem is (rem a b): the sign is the dividend's.
func Rem(th *Thread, a, b Value) Value {
	if x, ok := a.AsInt(); ok {
		if y, ok := b.AsInt(); ok && y != 0 && y != -1 {
			return Int(x % y)
		}
	}
	_, r := quotRem(th, a, b)
	return r
}

// Mod is (mod a b): the sign is the divisor's.
func Mod(th *Thread, a, b Value) Value {
	r := Rem(th, a, b)
	if s := Sign(r); s == 0 || (s > 0) == (Sign(b) > 0) {
		return r
	}
	return Add(th, r, b)
}

func quotRem(th *Thread, a, b Value) (q, r Value) {
	ra, rb := rankOf(a), rankOf(b)
	if ra == notNumber || rb == notNumber {
		wantDivisor(b)
		wantNumber(a)
	}
	if Sign(b) == 0 && !IsNaN(b) {
		divideByZero()
	}
	switch max(ra, rb) {
	case rankInt:
		x, y := int64(a.bits), int64(b.bits)
		if y == -1 { // the smallest int64 stays what it is, as in Clojure
			return Int(-x), Int(0)
		}
		return Int(x / y), Int(x % y)
	case rankDouble:
		return quotRemDoubles(toDouble(a), toDouble(b))
	case rankBig:
		x, _ := bigOf(a)
		y, _ := bigOf(b)
		chargeProduct(th, x.BitLen(), y.BitLen())
		q, r := new(big.Int).QuoRem(x, y, new(big.Int))
		return BigInt(q), BigInt(r)
	case rankDecimal:
		return quotRemDecimals(th, decimalOf(th, a), decimalOf(th, b))
	}
	x, y := toRat(a), toRat(b)
	chargeProduct(th, ratBits(x), ratBits(y))
	chargeReduce(th, x.Num().BitLen()+y.Denom().BitLen(), x.Denom().BitLen()+y.Num().BitLen())
	d := new(big.Rat).Quo(x, y)
	whole := new(big.Int).Quo(d.Num(), d.Denom())
	rest := new(big.Rat).Mul(new(big.Rat).SetInt(whole), y)
	return BigInt(whole), fromRat(rest.Sub(x, rest))
}

func quotRemDoubles(x, y float64) (q, r Value) {
	d := x / y
	if math.IsNaN(d) || math.IsInf(d, 0) {
		Throw("NumberFormatException", "Infinite or NaN")
	}
	d = math.Trunc(d)
	if math.Abs(d) < math.MaxInt64 {
		d = float64(int64(d)) // no negative zero
	}
	return Double(d), Double(x - d*y)
}
