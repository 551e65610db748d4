package core

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/weir-run/weir/interpreter/value"
)

// conversions turn numbers into each other, and texts into numbers.
func conversions() []*value.Builtin {
	return payingDigits(
		one("long", func(_ *thread, a val) val { return value.Int(toLong(a)) }),
		ranged("int", math.MinInt32, math.MaxInt32),
		ranged("short", math.MinInt16, math.MaxInt16),
		ranged("byte", math.MinInt8, math.MaxInt8),
		one("char", toChar),
		one("double", func(_ *thread, a val) val { return value.Double(value.ToDouble(a)) }),
		one("float", toFloat),
		one("bigint", func(th *thread, a val) val { return value.BigInt(toBig(th, a)) }),
		one("biginteger", func(th *thread, a val) val { return javaInteger(toBig(th, a)) }),
		one("bigdec", toDecimal),
		one("rationalize", rationalize),
		one("numerator", func(_ *thread, a val) val { return javaInteger(wantRatio(a).Num()) }),
		one("denominator", func(_ *thread, a val) val { return javaInteger(wantRatio(a).Denom()) }),
		one("parse-long", parseLong),
		one("parse-double", parseDouble),
		one("parse-boolean", parseBoolean),
		one("parse-uuid", parseUUID),
	)
}

// payingDigits makes functions pay for the digits of big arguments before they look at them.
func payingDigits(fns ...*value.Builtin) []*value.Builtin {
	for _, b := range fns {
		if f := b.Fn1; f != nil {
			b.Fn1 = func(th *thread, a val) val {
				value.ChargeDigits(th, a)
				return f(th, a)
			}
		}
		if f := b.Fn2; f != nil {
			b.Fn2 = func(th *thread, x, y val) val {
				value.ChargeDigits(th, x)
				value.ChargeDigits(th, y)
				return f(th, x, y)
			}
		}
		f := b.Fn
		b.Fn = func(th *thread, args []val) val {
			for _, a := range args {
				value.ChargeDigits(th, a)
			}
			return f(th, args)
		}
	}
	return fns
}

// decimalWork is about what it costs to turn a double into a decimal and its fraction, exponents being what they are.
const decimalWork = 50

// javaInteger stands for a java.math.BigInteger, which prints without N: an integer of 64 bits where it fits.
func javaInteger(b *big.Int) val {
	if b.IsInt64() {
		return value.Int(b.Int64())
	}
	return value.BigInt(new(big.Int).Set(b))
}

// toLong is Clojure's cast to long: fractions are cut off, what is out of range throws, characters count as
// their code. A decimal goes through a double.
func toLong(v val) int64 {
	switch x := v.Ref().(type) {
	case *big.Int:
		if x.IsInt64() {
			return x.Int64()
		}
		outOfRange("long", v)
	case *big.Rat:
		return toLong(value.BigInt(wholePart(x)))
	}
	if i, ok := v.AsInt(); ok {
		return i
	}
	if c, ok := v.AsChar(); ok {
		return int64(c)
	}
	f := value.ToDouble(v)
	if f < math.MinInt64 || f > math.MaxInt64 {
		outOfRange("long", v)
	}
	return saturate(f)
}

// manyBits are more than messages show.
const manyBits = 1 << 12

// wholePart is the integer in r; of more digits than any count or index needs the last ones are left out.
func wholePart(r *big.Rat) *big.Int {
	const enough = 512
	n, d := r.Num(), r.Denom()
	switch gap := n.BitLen() - d.BitLen(); {
	case gap < 0:
		return new(big.Int)
	case gap > manyBits: // out of range whatever the digits
		return new(big.Int).Lsh(big.NewInt(int64(r.Sign())), manyBits+1)
	}
	if extra := d.BitLen() - enough; extra > 0 {
		n, d = new(big.Int).Rsh(n, uint(extra)), new(big.Int).Rsh(d, uint(extra))
	}
	return new(big.Int).Quo(n, d)
}

// saturate is Java's cast of a double to a long: NaN is 0.
func saturate(f float64) int64 {
	switch {
	case f != f:
		return 0
	case f >= math.MaxInt64:
		return math.MaxInt64
	case f <= math.MinInt64:
		return math.MinInt64
	}
	return int64(f)
}

func outOfRange(kind string, v val) {
	text := "a number of very many digits"
	if value.DigitsShown(v) {
		text = value.Text(nil, v)
	}
	value.ThrowHint("IllegalArgumentException", "out-of-range", "", "Value out of range for %s: %s", kind, text)
}

// ranged defines a cast to a narrower integer.
func ranged(name string, least, most int64) *value.Builtin {
	return one(name, func(_ *thread, a val) val {
		i := toLong(a)
		if value.IsNaN(a) && name != "int" {
			outOfRange(name, a)
		}
		if i < least || i > most {
			if name == "int" {
				value.ThrowHint("ArithmeticException", "overflow", "", "integer overflow")
			}
			outOfRange(name, a)
		}
		return value.Int(i)
	})
}

// wrapLong is the cast of the unchecked functions: out of range, the low 64 bits stay, and doubles saturate.
func wrapLong(v val) int64 {
	switch x := v.Ref().(type) {
	case *big.Int:
		return lowBits(x)
	case *big.Rat:
		return lowBits(new(big.Int).Quo(x.Num(), x.Denom()))
	case *value.Decimal:
		return lowBits(x.BigInt())
	}
	if f, ok := v.AsDouble(); ok {
		return saturate(f)
	}
	return toLong(v)
}

func lowBits(b *big.Int) int64 {
	mask := new(big.Int).SetUint64(math.MaxUint64)
	return int64(new(big.Int).And(b, mask).Uint64())
}

// toInt32 is the cast to int of the -int functions.
func toInt32(v val) int32 {
	i := wantInt(v)
	if i < math.MinInt32 || i > math.MaxInt32 {
		value.ThrowHint("ArithmeticException", "overflow", "", "integer overflow")
	}
	return int32(i)
}

func toChar(_ *thread, a val) val {
	if _, ok := a.AsChar(); ok {
		return a
	}
	i := toLong(a)
	if value.Sign(a) < 0 || i > math.MaxUint16 || value.IsNaN(a) {
		outOfRange("char", a)
	}
	return value.Char(rune(i))
}

func toFloat(_ *thread, a val) val {
	f := value.ToDouble(a)
	if math.Abs(f) > math.MaxFloat32 {
		outOfRange("float", a)
	}
	return value.Double(nearFloat(f))
}

// nearFloat cuts a double to the precision of a float: to the fewest digits that tell the float apart, so
// that it prints as the float does.
func nearFloat(f float64) float64 {
	near, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', -1, 32), 64)
	if err != nil {
		return float64(float32(f))
	}
	return near
}

// toBig is bigint: fractions are cut off; a text is read.
func toBig(th *thread, v val) *big.Int {
	switch x := v.Ref().(type) {
	case *big.Rat:
		return new(big.Int).Quo(x.Num(), x.Denom())
	case *value.Decimal:
		return x.BigInt()
	}
	if b, ok := v.AsBigInt(); ok {
		return b
	}
	if f, ok := v.AsDouble(); ok {
		th.Charge(decimalWork)
		d, ok := value.DecimalOfDouble(f)
		if !ok {
			value.Throw("NumberFormatException", "Infinite or NaN")
		}
		return d.BigInt()
	}
	if s, ok := v.AsString(); ok {
		th.Charge(int64(len(s)))
		th.ChargeSize(int64(len(s)))
		b, ok := new(big.Int).SetString(strings.TrimPrefix(s, "+"), 10)
		if !ok || len(s) > value.MaxNumberBits/4 || strings.HasPrefix(s, "+-") {
			value.Throw("NumberFormatException", "For input string: %s", value.PrStr(nil, v))
		}
		return b
	}
	return new(big.Int).Set(big.NewInt(toLong(wantNumber(v))))
}

func toDecimal(th *thread, v val) val {
	switch x := v.Ref().(type) {
	case *value.Decimal:
		return v
	case *big.Rat:
		return value.Div(th, value.NewDecimal(new(big.Int).Set(x.Num()), 0), value.BigInt(x.Denom()))
	}
	if b, ok := v.AsBigInt(); ok {
		return value.NewDecimal(new(big.Int).Set(b), 0)
	}
	text := ""
	if f, ok := v.AsDouble(); ok {
		if math.IsNaN(f) || math.IsInf(f, 0) {
			value.Throw("NumberFormatException", "Infinite or NaN")
		}
		th.Charge(decimalWork)
		text = value.FormatDouble(f)
	} else if s, ok := v.AsString(); ok {
		th.Charge(int64(len(s)))
		text = s
	} else {
		wantNumber(v)
	}
	d, ok := value.ParseDecimal(text)
	if !ok {
		value.Throw("NumberFormatException", "Character array is missing \"exponent\" mark 'e' or 'E'.")
	}
	return value.Of(d)
}

func rationalize(th *thread, a val) val {
	if _, ok := a.AsDouble(); ok {
		a = toDecimal(th, a)
	}
	d, ok := a.AsDecimal()
	switch {
	case a.IsNil():
		return a
	case !ok:
		return wantNumber(a)
	}
	th.Charge(2 * decimalWork)
	value.ChargeDigits(th, a)
	return value.Div(th, value.BigInt(new(big.Int).Set(d.Rat().Num())), value.BigInt(d.Rat().Denom()))
}

func wantRatio(v val) *big.Rat {
	r, ok := v.AsRatio()
	if !ok {
		value.ThrowCast(v, "clojure.lang.Ratio")
	}
	return r
}

// wantParsable is the text that a parse- function reads.
func wantParsable(th *thread, v val) string {
	s, ok := v.AsString()
	if !ok {
		what := "nil"
		if !v.IsNil() {
			what = value.ClassName(v)
		}
		value.ThrowHint("IllegalArgumentException", "wrong-type", "it reads texts only", "Expected string, got %s", what)
	}
	th.Charge(int64(len(s))/8 + 1)
	return s
}

func parseLong(th *thread, a val) val {
	i, err := strconv.ParseInt(wantParsable(th, a), 10, 64)
	if err != nil {
		return value.Nil
	}
	return value.Int(i)
}

// parseDouble takes what Java's Double.valueOf takes: spaces around, a d or f behind, hexadecimal floats.
func parseDouble(th *thread, a val) val {
	s := strings.TrimFunc(wantParsable(th, a), func(r rune) bool { return r <= ' ' })
	switch strings.TrimLeft(s, "+-") {
	case "NaN":
		if len(s) <= 4 {
			return value.Double(math.NaN())
		}
	case "Infinity":
		if len(s) <= 9 {
			return value.Double(math.Inf(map[bool]int{true: -1, false: 1}[s[0] == '-']))
		}
	}
	if strings.ContainsAny(s, "_nNiI") {
		return value.Nil
	}
	hex := strings.ContainsAny(s, "xX")
	if n := len(s); n > 1 && strings.ContainsRune("dDfF", rune(s[n-1])) && (!hex || strings.ContainsAny(s, "pP")) {
		s = s[:n-1]
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && !(math.IsInf(f, 0) && s != "") {
		return value.Nil
	}
	return value.Double(f)
}

func parseBoolean(th *thread, a val) val {
	switch wantParsable(th, a) {
	case "true":
		return value.True
	case "false":
		return value.False
	}
	return value.Nil
}

// parseUUID reads five groups of hexadecimal digits, each as short as the author left it, as Java does.
func parseUUID(_ *thread, a val) val {
	text := wantString(a)
	groups := strings.Split(text, "-")
	if len(groups) != 5 || len(text) > 36 {
		return value.Nil
	}
	full := ""
	for i, width := range []int{8, 4, 4, 4, 12} {
		g := groups[i]
		if g == "" || strings.Trim(g, "0123456789abcdefABCDEF") != "" {
			return value.Nil
		}
		g = strings.Repeat("0", max(0, width-len(g))) + g
		full += "-" + g[len(g)-width:]
	}
	u, err := value.ParseUUID(full[1:])
	if err != nil {
		return value.Nil
	}
	return u
}
