package core

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/weir-run/weir/interpreter/value"
)

// integer writes %d, %x and %o.
func (f *formatter) integer(d directive, arg val) {
	if arg.IsNil() {
		f.general(d, "null")
		return
	}
	small, isInt := arg.AsInt()
	n, isBig := arg.Ref().(*big.Int)
	switch {
	case isInt && d.verb != 'd':
		for i := range len(d.flags) {
			if strings.IndexByte("+ (", d.flags[i]) >= 0 {
				value.Throw("FormatFlagsConversionMismatchException", "Conversion = %c, Flags = %c", d.verb|0x20, d.flags[i])
			}
		}
		n = new(big.Int).SetUint64(uint64(small)) // two's complement, as Java's
	case isInt:
		n = big.NewInt(small)
	case !isBig:
		badConversion(d, arg)
	}
	f.th.ChargeSize(int64(n.BitLen()))
	f.th.Charge(int64(n.BitLen()) / 8)
	base, prefix := 10, ""
	switch d.verb {
	case 'x', 'X':
		base = 16
		if d.has('#') {
			prefix = "0x"
		}
	case 'o':
		base = 8
		if d.has('#') {
			prefix = "0"
		}
	}
	digits := new(big.Int).Abs(n).Text(base)
	if d.has(',') {
		digits = grouped(digits)
	}
	f.number(d, n.Sign() < 0, prefix, digits, true)
}

// number writes sign, prefix and digits, zero-padded where zeros allows it.
func (f *formatter) number(d directive, negative bool, prefix, digits string, zeros bool) {
	sign, end := "", ""
	switch {
	case negative && d.has('('):
		sign, end = "(", ")"
	case negative:
		sign = "-"
	case d.has('+'):
		sign = "+"
	case d.has(' '):
		sign = " "
	}
	if d.has('0') && zeros {
		missing := d.width - len(sign) - len(prefix) - len(digits) - len(end)
		digits = strings.Repeat("0", max(missing, 0)) + digits
	}
	f.pad(d, upperIf(d, sign+prefix+digits+end))
}

func upperIf(d directive, s string) string {
	if d.upper() {
		return mapCase(s, upperCase)
	}
	return s
}

// grouped puts a comma between the thousands of the integer part of s.
func grouped(s string) string {
	whole, rest := s, ""
	if i := strings.IndexByte(s, '.'); i >= 0 {
		whole, rest = s[:i], s[i:]
	}
	var out strings.Builder
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out.WriteByte(',')
		}
		out.WriteByte(whole[i])
	}
	return out.String() + rest
}

// float writes %f, %e and %g.
func (f *formatter) float(d directive, arg val) {
	if arg.IsNil() {
		f.general(d, "null")
		return
	}
	if x, ok := arg.AsDouble(); ok {
		switch {
		case math.IsNaN(x):
			f.number(directive{flags: strings.Trim(d.flags, "+ ("), width: d.width, verb: d.verb}, false, "", "NaN", false)
		case math.IsInf(x, 0):
			f.number(d, x < 0, "", "Infinity", false)
		default:
			f.decimal(d, math.Signbit(x), digitsOfDouble(math.Abs(x)))
		}
		return
	}
	if x, ok := arg.Ref().(*value.Decimal); ok {
		f.th.Charge(int64(x.Unscaled.BitLen()) / 8)
		f.th.ChargeSize(int64(x.Unscaled.BitLen()) + int64(max(x.Scale, -x.Scale)))
		f.decimal(d, x.Unscaled.Sign() < 0, digitsOfDecimal(x))
		return
	}
	badConversion(d, arg)
}

func (f *formatter) decimal(d directive, negative bool, n decimalDigits) {
	precision := d.precision
	if precision < 0 {
		precision = 6
	}
	var s string
	switch d.verb {
	case 'f':
		s = n.round(n.point + precision).fixed(precision)
	case 'e', 'E':
		s = n.round(precision + 1).scientific(precision)
	default:
		precision = max(precision, 1)
		r := n.round(precision)
		switch {
		case r.zero():
			s = r.fixed(precision - 1)
		case r.point-1 < -4 || r.point-1 >= precision:
			s = r.scientific(precision - 1)
		default:
			s = r.fixed(precision - r.point)
		}
	}
	if d.has('#') && !strings.ContainsRune(s, '.') {
		if i := strings.IndexByte(s, 'e'); i >= 0 {
			s = s[:i] + "." + s[i:]
		} else {
			s += "."
		}
	}
	if d.has(',') {
		s = grouped(s)
	}
	f.number(d, negative, "", s, true)
}

// decimalDigits is a non-negative number 0.d1d2d3... * 10^point, without leading zeros.
type decimalDigits struct {
	digits string
	point  int
}

func (n decimalDigits) zero() bool { return strings.Trim(n.digits, "0") == "" }

// digitsOfDouble gives the shortest digits that read back as x.
func digitsOfDouble(x float64) decimalDigits {
	if x == 0 {
		return decimalDigits{digits: "", point: 1}
	}
	s := strconv.FormatFloat(x, 'e', -1, 64)
	e := strings.IndexByte(s, 'e')
	exponent, _ := strconv.Atoi(s[e+1:])
	return decimalDigits{digits: strings.Replace(s[:e], ".", "", 1), point: exponent + 1}
}

func digitsOfDecimal(x *value.Decimal) decimalDigits {
	if x.Unscaled.Sign() == 0 {
		return decimalDigits{digits: "", point: 1}
	}
	s := new(big.Int).Abs(x.Unscaled).String()
	return decimalDigits{digits: s, point: len(s) - int(x.Scale)}
}

// round keeps n digits, the last one rounded half up.
func (n decimalDigits) round(keep int) decimalDigits {
	if keep >= len(n.digits) {
		return n
	}
	if keep < 0 || len(n.digits) == 0 {
		return decimalDigits{point: n.point}
	}
	up := n.digits[keep] >= '5'
	kept := []byte(n.digits[:keep])
	if up {
		i := keep - 1
		for ; i >= 0 && kept[i] == '9'; i-- {
			kept[i] = '0'
		}
		if i < 0 {
			return decimalDigits{digits: "1" + string(kept), point: n.point + 1}
		}
		kept[i]++
	}
	return decimalDigits{digits: string(kept), point: n.point}
}

// fixed writes n with that many decimals.
func (n decimalDigits) fixed(decimals int) string {
	whole, rest := "0", n.digits
	if n.point > 0 {
		padded := n.digits + strings.Repeat("0", max(n.point-len(n.digits), 0))
		whole, rest = padded[:n.point], padded[n.point:]
	} else if len(n.digits) > 0 {
		rest = strings.Repeat("0", -n.point) + n.digits
	}
	if decimals <= 0 {
		return whole
	}
	if len(rest) < decimals {
		rest += strings.Repeat("0", decimals-len(rest))
	}
	return whole + "." + rest[:decimals]
}

// scientific writes n as d.ddde+xx with that many decimals.
func (n decimalDigits) scientific(decimals int) string {
	digits, exponent := n.digits, n.point-1
	if n.zero() {
		digits, exponent = "0", 0
	}
	if len(digits) < decimals+1 {
		digits += strings.Repeat("0", decimals+1-len(digits))
	}
	s := digits[:1]
	if decimals > 0 {
		s += "." + digits[1:decimals+1]
	}
	sign := "+"
	if exponent < 0 {
		sign, exponent = "-", -exponent
	}
	e := strconv.Itoa(exponent)
	if len(e) < 2 {
		e = "0" + e
	}
	return s + "e" + sign + e
}
