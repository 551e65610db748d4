package core

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"github.com/weir-run/weir/interpreter/value"
)

// stringFunctions are the functions of clojure.string that change or test a text.
func stringFunctions() []*value.Builtin {
	return []*value.Builtin{
		one("blank?", func(th *thread, a val) val {
			return value.Bool(!a.Truthy() || strings.TrimLeftFunc(chargedChars(th, a), isSpace) == "")
		}),
		one("capitalize", capitalize),
		one("lower-case", func(th *thread, a val) val { return caseMapped(th, chargedText(th, a), lowerCase) }),
		one("upper-case", func(th *thread, a val) val { return caseMapped(th, chargedText(th, a), upperCase) }),
		two("escape", escape),
		one("reverse", reverseString),
		one("trim", func(th *thread, a val) val {
			return trimmed(a, strings.TrimFunc(chargedChars(th, a), isSpace))
		}),
		one("triml", func(th *thread, a val) val {
			return trimmed(a, strings.TrimLeftFunc(chargedChars(th, a), isSpace))
		}),
		one("trimr", func(th *thread, a val) val {
			return trimmed(a, strings.TrimRightFunc(chargedChars(th, a), isSpace))
		}),
		one("trim-newline", func(th *thread, a val) val {
			return trimmed(a, strings.TrimRight(chargedChars(th, a), "\r\n"))
		}),
		oneOrTwo("join",
			func(th *thread, coll val) val { return join(th, "", coll) },
			func(th *thread, sep, coll val) val { return join(th, value.Text(th, sep), coll) }),
	}
}

// chargedChars is wantChars, and charges for walking the text once.
func chargedChars(th *thread, v val) string {
	s := wantChars(v)
	chargeText(th, s)
	return s
}

// chargedText is the text of anything but nil, for functions that call toString; it charges for walking it once.
func chargedText(th *thread, v val) string { return chargedChars(th, asText(th, v)) }

// chargeText charges the work of walking s once.
func chargeText(th *thread, s string) { th.Charge(int64(len(s))/32 + 1) }

// isSpace is Java's Character.isWhitespace.
func isSpace(r rune) bool {
	switch {
	case r >= 0x1C && r <= 0x20, r >= '\t' && r <= '\r':
		return true
	case r < 0x1680:
		return false
	}
	return r == 0x1680 || r >= 0x2000 && r <= 0x200A && r != 0x2007 || r == 0x2028 || r == 0x2029 || r == 0x205F || r == 0x3000
}

// trimmed is old where nothing was cut off.
func trimmed(old val, s string) val {
	if before, _ := old.AsString(); len(before) == len(s) {
		return old
	}
	return value.String(s)
}

type caseMapping int

const (
	lowerCase caseMapping = iota
	upperCase
)

// caseMapped is Java's toLowerCase and toUpperCase: full mappings, so that "ß" becomes "SS".
func caseMapped(th *thread, s string, to caseMapping) val {
	th.ChargeSize(int64(len(s)))
	return value.String(mapCase(s, to))
}

func mapCase(s string, to caseMapping) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	switch {
	case to == lowerCase && ascii:
		return strings.ToLower(s)
	case to == upperCase && ascii:
		return strings.ToUpper(s)
	case !utf8.ValidString(s):
		return mapAroundHalves(s, to)
	case to == lowerCase:
		return cases.Lower(language.Und).String(s)
	}
	return cases.Upper(language.Und).String(s)
}

// mapAroundHalves is mapCase of a text with lone surrogates, which are no UTF-8.
func mapAroundHalves(s string, to caseMapping) string {
	var out strings.Builder
	from := 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			out.WriteString(mapCase(s[from:i], to))
			out.WriteByte(s[i])
			from = i + 1
		}
		i += n
	}
	out.WriteString(mapCase(s[from:], to))
	return out.String()
}

func capitalize(th *thread, a val) val {
	a = asText(th, a)
	s := chargedChars(th, a)
	th.ChargeSize(int64(len(s)))
	if value.StringLen(a) < 2 {
		return value.String(mapCase(s, upperCase))
	}
	first, _ := value.Substring(a, 0, 1).AsString()
	rest, _ := value.Substring(a, 1, value.StringLen(a)).AsString()
	return value.String(string(value.AppendText([]byte(mapCase(first, upperCase)), mapCase(rest, lowerCase))))
}

func reverseString(th *thread, a val) val {
	s := chargedChars(th, a)
	th.ChargeSize(int64(len(s)))
	out := make([]byte, 0, len(s))
	for i := len(s); i > 0; {
		_, n := utf8.DecodeLastRuneInString(s[:i])
		if n == 1 && s[i-1] >= utf8.RuneSelf && i >= 3 {
			n = 3 // a lone surrogate
		}
		out = value.AppendText(out, s[i-n:i])
		i -= n
	}
	return value.String(string(out))
}

func escape(th *thread, a, cmap val) val {
	chargedChars(th, a)
	var out builder
	value.Each(th, a, func(c val) bool {
		if r := value.Call1(th, cmap, c); r.IsNil() {
			out.add(th, c)
		} else {
			out.add(th, r)
		}
		return true
	})
	return out.value()
}

func join(th *thread, sep string, coll val) val {
	var out builder
	first := true
	value.Each(th, coll, func(v val) bool {
		if !first {
			out.text(th, sep)
		}
		first = false
		out.add(th, v)
		return true
	})
	return out.value()
}

// builder makes one text of many, charging before it grows.
type builder struct{ buf []byte }

func (b *builder) text(th *thread, s string) {
	th.ChargeSize(int64(len(s)))
	th.Charge(int64(len(s)) / 32)
	b.buf = value.AppendText(b.buf, s)
}

// add appends what str gives for v.
func (b *builder) add(th *thread, v val) { b.buf = appendText(th, b.buf, v) }

func (b *builder) value() val { return value.String(string(b.buf)) }

// appendText appends what str gives for v.
func appendText(th *thread, buf []byte, v val) []byte {
	if s, ok := v.AsString(); ok {
		th.ChargeSize(int64(len(s)))
		th.Charge(int64(len(s)) / 32)
		return value.AppendText(buf, s)
	}
	if c, ok := v.AsChar(); ok {
		th.ChargeSize(1)
		return value.AppendChar(buf, c)
	}
	if i, ok := v.AsInt(); ok {
		th.ChargeSize(8)
		return strconv.AppendInt(buf, i, 10)
	}
	if v.IsNil() {
		return buf
	}
	s := value.Text(th, v)
	th.ChargeSize(int64(len(s)))
	return value.AppendText(buf, s)
}
