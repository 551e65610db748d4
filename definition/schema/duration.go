package schema

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/weir-run/weir/interpreter/value"
)

// units are the letters that a duration in text may end a number with.
var units = []struct {
	suffix string
	length time.Duration
}{
	{"ms", time.Millisecond}, {"s", time.Second}, {"m", time.Minute}, {"h", time.Hour}, {"d", 24 * time.Hour}, {"w", 7 * 24 * time.Hour},
}

var errDuration = errors.New(`a duration is text like "500ms", "30s", "10m", "2h", "7d" or "1h30m", or a number of seconds`)

// ParseDuration reads a duration as flows write it: text of numbers with units, or a number of seconds.
// It is never negative.
func ParseDuration(v value.Value) (time.Duration, error) {
	switch v.Kind() {
	case value.KindInt:
		n, _ := v.AsInt()
		return lasting(float64(n), time.Second)
	case value.KindDouble:
		f, _ := v.AsDouble()
		return lasting(f, time.Second)
	case value.KindString:
		s, _ := v.AsString()
		return parseText(strings.TrimSpace(s))
	}
	return 0, errDuration
}

func parseText(s string) (time.Duration, error) {
	if s == "" {
		return 0, errDuration
	}
	var total time.Duration
	for s != "" {
		digits := len(s) - len(strings.TrimLeft(s, "0123456789."))
		n, err := strconv.ParseFloat(s[:digits], 64)
		if err != nil {
			return 0, fmt.Errorf("%w, not %s", errDuration, Quoted(s))
		}
		s = strings.TrimLeft(s[digits:], " ")
		unit, rest := unitOf(s)
		if unit == 0 {
			return 0, fmt.Errorf("%w, and %s names no unit", errDuration, Quoted(s))
		}
		part, err := lasting(n, unit)
		if err != nil {
			return 0, err
		}
		if total > math.MaxInt64-part {
			return 0, errTooLong
		}
		total += part
		s = strings.TrimLeft(rest, " ")
	}
	return total, nil
}

func unitOf(s string) (time.Duration, string) {
	word := s[:len(s)-len(strings.TrimLeft(s, "abcdefghijklmnopqrstuvwxyz"))]
	for _, u := range units {
		if word == u.suffix {
			return u.length, s[len(word):]
		}
	}
	return 0, ""
}

var errTooLong = errors.New("the duration is too long to be told")

func lasting(n float64, unit time.Duration) (time.Duration, error) {
	switch total := n * float64(unit); {
	case math.IsNaN(n) || n < 0:
		return 0, errors.New("a duration can't be negative")
	case total >= math.MaxInt64:
		return 0, errTooLong
	default:
		return time.Duration(math.Round(total)), nil
	}
}
