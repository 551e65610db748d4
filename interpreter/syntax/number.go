package syntax

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/weir-run/weir/interpreter/value"
)

// MaxDigits is how long a number may be written.
const MaxDigits = 10_000

// number reads a number with Clojure's notations: 42 -7 0x2A 052 2r101 36rZ 42N 1/3 1.5 1e3 1.5M.
func (s *scanner) number() value.Value {
	if v, ok := s.smallInteger(); ok {
		return v
	}
	if v, ok := s.smallDouble(); ok {
		return v
	}
	from, to := s.token()
	token := string(s.text[from:to])
	if len(token) > MaxDigits {
		s.problem(from, to, "number-too-long", "a number of more than 10000 characters", "")
		return value.Nil
	}
	v, problem := ParseNumber(token)
	if problem != "" {
		s.problem(from, to, "bad-number", problem+": "+s.excerpt(from, to), "")
	}
	return v
}

// smallInteger is the fast path: up to 18 decimal digits and nothing else.
func (s *scanner) smallInteger() (value.Value, bool) {
	i := s.off
	negative := s.text[i] == '-'
	if negative || s.text[i] == '+' {
		i++
	}
	first, n := i, int64(0)
	for i < len(s.text) && isDigit(s.text[i]) && i-first < 19 {
		n = n*10 + int64(s.text[i]-'0')
		i++
	}
	if i-first > 18 || (s.text[first] == '0' && i-first > 1) || (i < len(s.text) && !terminates[s.text[i]]) {
		return value.Nil, false
	}
	s.off = i
	if negative {
		n = -n
	}
	return value.Int(n), true
}

// smallDouble is the fast path for 12.5 and the like: up to 15 digits in all, so that one division gives the nearest double.
func (s *scanner) smallDouble() (value.Value, bool) {
	const most = 15
	i := s.off
	negative := s.text[i] == '-'
	if negative || s.text[i] == '+' {
		i++
	}
	first, point, n := i, -1, 0.0
	for ; i < len(s.text) && i-first <= most+1; i++ {
		c := s.text[i]
		if c == '.' && point < 0 && i > first {
			point = i
			continue
		}
		if !isDigit(c) {
			break
		}
		n = n*10 + float64(c-'0')
	}
	if point < 0 || i-first > most+1 || (i < len(s.text) && !terminates[s.text[i]]) {
		return value.Nil, false
	}
	s.off = i
	n /= powersOf10[i-point-1]
	if negative {
		n = -n
	}
	return value.Double(n), true
}

// powersOf10 are doubles that are exact.
var powersOf10 = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// ParseNumber reads one number as the reader does; problem says why it can't.
func ParseNumber(token string) (v value.Value, problem string) {
	const invalid = "invalid number"
	sign, body := "", token
	if body != "" && (body[0] == '+' || body[0] == '-') {
		sign, body = strings.TrimPrefix(body[:1], "+"), body[1:]
	}
	switch {
	case body == "":
		return value.Nil, invalid
	case allDigits(body) && (body[0] != '0' || body == "0"):
		return integer(sign+body, 10, false)
	case strings.HasSuffix(body, "N") && allDigits(body[:len(body)-1]) && (body[0] != '0' || body == "0N"):
		return integer(sign+body[:len(body)-1], 10, true)
	case strings.HasPrefix(body, "0x") || strings.HasPrefix(body, "0X"):
		digits, isBig := strings.CutSuffix(body[2:], "N")
		return integer(sign+digits, 16, isBig)
	case body[0] == '0' && len(body) > 1 && isDigit(body[1]) && !strings.ContainsAny(body, ".eEM/"):
		digits, isBig := strings.CutSuffix(body[1:], "N")
		return integer(sign+digits, 8, isBig)
	case strings.ContainsAny(body, "rR") && !strings.ContainsAny(body, "./"):
		return radix(sign, body)
	case strings.Contains(body, "/"):
		return ratio(sign, body)
	}
	return decimalOrDouble(sign, body)
}

func integer(digits string, base int, isBig bool) (value.Value, string) {
	bare := strings.TrimPrefix(digits, "-")
	if bare == "" || strings.ContainsAny(bare, "+-_") {
		return value.Nil, "invalid number"
	}
	if !isBig {
		if n, err := strconv.ParseInt(digits, base, 64); err == nil {
			return value.Int(n), ""
		}
	}
	n, ok := new(big.Int).SetString(digits, base)
	if !ok {
		return value.Nil, "invalid number"
	}
	return value.BigInt(n), ""
}

func radix(sign, body string) (value.Value, string) {
	i := strings.IndexAny(body, "rR")
	base, err := strconv.Atoi(body[:i])
	if err != nil || base < 2 || base > 36 || !allDigits(body[:i]) {
		return value.Nil, "radix out of range (2 to 36)"
	}
	return integer(sign+body[i+1:], base, false)
}

func ratio(sign, body string) (value.Value, string) {
	top, bottom, _ := strings.Cut(body, "/")
	if !allDigits(top) || !allDigits(bottom) {
		return value.Nil, "invalid number"
	}
	n, _ := new(big.Int).SetString(sign+top, 10)
	d, _ := new(big.Int).SetString(bottom, 10)
	if d.Sign() == 0 {
		return value.Nil, "divide by zero"
	}
	r := new(big.Rat).SetFrac(n, d)
	if !r.IsInt() {
		return value.Ratio(r), ""
	}
	if r.Num().IsInt64() {
		return value.Int(r.Num().Int64()), ""
	}
	return value.BigInt(new(big.Int).Set(r.Num())), ""
}

func decimalOrDouble(sign, body string) (value.Value, string) {
	text, isDecimal := strings.CutSuffix(body, "M")
	mantissa, exponent := text, ""
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		mantissa, exponent = text[:i], text[i+1:]
		if !allDigits(strings.TrimLeft(exponent, "+-")) || len(strings.TrimLeft(exponent, "+-")) < len(exponent)-1 {
			return value.Nil, "invalid number"
		}
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if !allDigits(whole) || (fraction != "" && !allDigits(fraction)) {
		return value.Nil, "invalid number"
	}
	if !isDecimal {
		f, err := strconv.ParseFloat(sign+text, 64)
		if err != nil && f == 0 {
			return value.Nil, "invalid number"
		}
		return value.Double(f), ""
	}
	scale := 0
	if exponent != "" {
		e, err := strconv.Atoi(exponent)
		if err != nil || e > MaxDigits || e < -MaxDigits {
			return value.Nil, "exponent out of range"
		}
		scale = -e
	}
	unscaled, _ := new(big.Int).SetString(sign+whole+fraction, 10)
	return value.Of(&value.Decimal{Unscaled: unscaled, Scale: int32(scale + len(fraction))}), ""
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}
