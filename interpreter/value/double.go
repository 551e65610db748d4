package value

import (
	"math"
	"strconv"
	"strings"
)

// FormatDouble prints a double as Java's Double.toString does: the fewest digits that tell it apart,
// at least one after the point, with an exponent below 1e-3 and from 1e7 on.
func FormatDouble(f float64) string { return formatDouble(f) }

func formatDouble(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	case f == 0:
		if math.Signbit(f) {
			return "-0.0"
		}
		return "0.0"
	}
	if a := math.Abs(f); a >= 1e-3 && a < 1e7 {
		s := strconv.FormatFloat(f, 'f', -1, 64)
		if strings.IndexByte(s, '.') < 0 {
			s += ".0"
		}
		return s
	}
	s := strconv.FormatFloat(f, 'e', -1, 64)
	mantissa, exponent, _ := strings.Cut(s, "e")
	if strings.IndexByte(mantissa, '.') < 0 {
		// One digit is printed as two, the nearest ones: 4.9E-324.
		s = strconv.FormatFloat(f, 'e', 1, 64)
		mantissa, exponent, _ = strings.Cut(s, "e")
	}
	sign := ""
	if exponent[0] == '-' {
		sign = "-"
	}
	return mantissa + "E" + sign + strings.TrimLeft(exponent[1:], "0")
}
