package value

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Decimal is Clojure's 1.50M: unscaled * 10^-scale. It must not be changed.
type Decimal struct {
	Unscaled *big.Int
	Scale    int32
}

// maxScale bounds the exponent of a decimal, and so what aligning two of them can cost.
const maxScale = 1 << 16

// NewDecimal makes a decimal; the caller gives up unscaled.
func NewDecimal(unscaled *big.Int, scale int32) Value { return Value{ref: &Decimal{unscaled, scale}} }

// AsDecimal returns the decimal and whether v is one.
func (v Value) AsDecimal() (*Decimal, bool) {
	d, ok := v.ref.(*Decimal)
	return d, ok
}

// ParseDecimal reads a number like "1.50" or "-2e10", without the M; false where it is none or too large.
func ParseDecimal(text string) (*Decimal, bool) {
	mantissa, exponent := text, int64(0)
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		e, err := strconv.ParseInt(text[i+1:], 10, 32)
		if err != nil {
			return nil, false
		}
		mantissa, exponent = text[:i], e
	}
	whole, fraction, dotted := strings.Cut(mantissa, ".")
	digits := whole + fraction
	if strings.Trim(strings.TrimLeft(digits, "+-"), "0123456789") != "" || dotted && whole+fraction == "" || len(digits) > MaxNumberBits/4 {
		return nil, false
	}
	scale := int64(len(fraction)) - exponent
	if scale > maxScale || scale < -maxScale {
		return nil, false
	}
	n, ok := new(big.Int).SetString(digits, 10)
	if !ok {
		return nil, false
	}
	return &Decimal{n, int32(scale)}, true
}

// DecimalOfDouble is the decimal that Java's BigDecimal.valueOf gives: the digits a double is printed with.
func DecimalOfDouble(f float64) (*Decimal, bool) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, false
	}
	return ParseDecimal(formatDouble(f))
}

// Cmp orders two decimals by value.
func (d *Decimal) Cmp(e *Decimal) int { return orderExact(Value{ref: d}, Value{ref: e}) }

// Rat is the decimal as a fraction.
func (d *Decimal) Rat() *big.Rat {
	r := new(big.Rat).SetInt(d.Unscaled)
	if d.Scale == 0 {
		return r
	}
	power := new(big.Rat).SetInt(pow10(abs32(d.Scale)))
	if d.Scale < 0 {
		return r.Mul(r, power)
	}
	return r.Quo(r, power)
}

// Float64 is the nearest double.
func (d *Decimal) Float64() float64 { return doubleOfDecimal(d.Unscaled, d.Scale) }

func doubleOfDecimal(unscaled *big.Int, scale int32) float64 {
	if unscaled.BitLen() <= 4096 {
		f, _ := strconv.ParseFloat(unscaled.Text(10)+"e"+strconv.Itoa(-int(scale)), 64)
		return f
	}
	// So many digits are rounded first: 256 bits are more than any double sees.
	const precision = 256
	f := new(big.Float).SetPrec(precision).SetInt(unscaled)
	power, square := new(big.Float).SetPrec(precision).SetInt64(1), new(big.Float).SetPrec(precision).SetInt64(10)
	for n := abs32(scale); n > 0; n >>= 1 {
		if n&1 == 1 {
			power.Mul(power, square)
		}
		square.Mul(square, square)
	}
	if scale < 0 {
		f.Mul(f, power)
	} else {
		f.Quo(f, power)
	}
	out, _ := f.Float64()
	return out
}

// BigInt is the whole part.
func (d *Decimal) BigInt() *big.Int {
	if d.Scale <= 0 {
		return new(big.Int).Mul(d.Unscaled, pow10(-d.Scale))
	}
	if _, hi := magnitude(Value{ref: d}); hi < -1 {
		return new(big.Int)
	}
	return new(big.Int).Quo(d.Unscaled, pow10(d.Scale))
}

// String is Java's BigDecimal.toString.
func (d *Decimal) String() string {
	digits := new(big.Int).Abs(d.Unscaled).String()
	sign := ""
	if d.Unscaled.Sign() < 0 {
		sign = "-"
	}
	exponent := int64(len(digits)) - 1 - int64(d.Scale)
	switch {
	case d.Scale == 0:
		return sign + digits
	case d.Scale > 0 && exponent >= -6:
		point := len(digits) - int(d.Scale)
		if point > 0 {
			return sign + digits[:point] + "." + digits[point:]
		}
		return sign + "0." + strings.Repeat("0", -point) + digits
	}
	out := sign + digits[:1]
	if len(digits) > 1 {
		out += "." + digits[1:]
	}
	if exponent == 0 {
		return out
	}
	if exponent > 0 {
		return out + "E+" + strconv.FormatInt(exponent, 10)
	}
	return out + "E" + strconv.FormatInt(exponent, 10)
}

// Stripped is d without trailing zeros: one form for all equal decimals.
func (d *Decimal) Stripped() *Decimal {
	if d.Unscaled.Sign() == 0 {
		return &Decimal{new(big.Int), 0}
	}
	n, gone := stripZeros(d.Unscaled, math.MaxInt32)
	return &Decimal{n, d.Scale - int32(gone)}
}

// stripZeros takes the zeros at the end of a decimal number away, but most at the most; n is not zero.
func stripZeros(n *big.Int, most int64) (out *big.Int, gone int64) {
	out = new(big.Int).Set(n)
	step := int64(1)
	for int(step)*3 < n.BitLen() {
		step *= 2
	}
	for step > 0 {
		if gone+step <= most {
			if q, r := new(big.Int).QuoRem(out, pow10(int32(step)), new(big.Int)); r.Sign() == 0 {
				out, gone = q, gone+step
				continue
			}
		}
		step /= 2
	}
	return out, gone
}

// decimalOf is any number but a double as a decimal; a fraction without an end throws.
func decimalOf(th *Thread, v Value) *Decimal {
	if r, ok := v.ref.(*big.Rat); ok {
		return divDecimals(th, &Decimal{r.Num(), 0}, &Decimal{r.Denom(), 0})
	}
	return toDecimal(v)
}

func toDecimal(v Value) *Decimal {
	if d, ok := v.ref.(*Decimal); ok {
		return d
	}
	b, _ := bigOf(v)
	return &Decimal{b, 0}
}

func arithDecimals(th *Thread, o op, x, y *Decimal) *Decimal {
	if o == opMul {
		chargeProduct(th, x.Unscaled.BitLen(), y.Unscaled.BitLen())
		return &Decimal{new(big.Int).Mul(x.Unscaled, y.Unscaled), checkScale(int64(x.Scale) + int64(y.Scale))}
	}
	chargeAlign(th, x, y)
	a, b, scale := align(x, y)
	if o == opAdd {
		return &Decimal{new(big.Int).Add(a, b), scale}
	}
	return &Decimal{new(big.Int).Sub(a, b), scale}
}

// divDecimals divides exactly or throws, as Java's BigDecimal.divide does without a context.
func divDecimals(th *Thread, x, y *Decimal) *Decimal {
	preferred := int64(x.Scale) - int64(y.Scale)
	if x.Unscaled.Sign() == 0 {
		return &Decimal{new(big.Int), checkScale(max(min(preferred, maxScale), -maxScale))}
	}
	chargeProduct(th, x.Unscaled.BitLen(), y.Unscaled.BitLen())
	r := new(big.Rat).SetFrac(x.Unscaled, y.Unscaled)
	// The fraction ends when its denominator has no prime but 2 and 5.
	fives, twos := 0, r.Denom().TrailingZeroBits()
	rest := new(big.Int).Rsh(r.Denom(), twos)
	for m, q := new(big.Int), new(big.Int); ; fives++ {
		if q.QuoRem(rest, big5, m); m.Sign() != 0 {
			break
		}
		rest.Set(q)
		th.Charge(1 + int64(rest.BitLen()/256))
	}
	if !rest.IsInt64() || rest.Int64() != 1 {
		ThrowHint("ArithmeticException", "inexact", "use doubles (1.0), ratios, or divide in another way",
			"Non-terminating decimal expansion; no exact representable decimal result.")
	}
	places := int32(max(int(twos), fives))
	chargeDigits(th, r.Num().BitLen()+int(places)*4)
	unscaled := new(big.Int).Mul(r.Num(), pow10(places))
	unscaled.Quo(unscaled, r.Denom())
	return toScale(th, &Decimal{unscaled, checkScale(preferred + int64(places))}, preferred)
}

// toScale brings the scale of d as near to the preferred one as it goes without losing digits.
func toScale(th *Thread, d *Decimal, preferred int64) *Decimal {
	if int64(d.Scale) < preferred {
		chargeDigits(th, d.Unscaled.BitLen()+int(min(preferred-int64(d.Scale), MaxNumberBits))*4)
		return &Decimal{new(big.Int).Mul(d.Unscaled, pow10(int32(preferred-int64(d.Scale)))), checkScale(preferred)}
	}
	if d.Unscaled.Sign() == 0 {
		return &Decimal{new(big.Int), checkScale(preferred)}
	}
	n, gone := stripZeros(d.Unscaled, int64(d.Scale)-preferred)
	return &Decimal{n, checkScale(int64(d.Scale) - gone)}
}

// quotRemDecimals divides to a whole number, as Java's divideToIntegralValue and remainder do.
func quotRemDecimals(th *Thread, x, y *Decimal) (q, r Value) {
	chargeAlign(th, x, y)
	a, b, _ := align(x, y)
	chargeProduct(th, a.BitLen(), b.BitLen())
	n := new(big.Int).Quo(a, b)
	preferred := int64(x.Scale) - int64(y.Scale)
	whole := toScale(th, &Decimal{n, 0}, preferred)
	product := arithDecimals(th, opMul, whole, y)
	return Value{ref: whole}, Value{ref: arithDecimals(th, opSub, x, product)}
}

// align brings two decimals to the larger of their scales.
func align(x, y *Decimal) (a, b *big.Int, scale int32) {
	a, b = x.Unscaled, y.Unscaled
	switch {
	case x.Scale < y.Scale:
		return new(big.Int).Mul(a, pow10(y.Scale-x.Scale)), b, y.Scale
	case x.Scale > y.Scale:
		return a, new(big.Int).Mul(b, pow10(x.Scale-y.Scale)), x.Scale
	}
	return a, b, x.Scale
}

func chargeAlign(th *Thread, x, y *Decimal) {
	chargeDigits(th, max(x.Unscaled.BitLen(), y.Unscaled.BitLen())+4*int(abs32(x.Scale-y.Scale)))
}

func checkScale(scale int64) int32 {
	if scale > maxScale || scale < -maxScale {
		ThrowLimit(CodeSize, "use doubles where digits don't matter", "a decimal's exponent would be beyond %d", maxScale)
	}
	return int32(scale)
}

func abs32(n int32) int32 {
	if n < 0 {
		return -n
	}
	return n
}

var big5, big10 = big.NewInt(5), big.NewInt(10)

func pow10(n int32) *big.Int { return new(big.Int).Exp(big10, big.NewInt(int64(n)), nil) }
