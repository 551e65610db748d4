package value

import (
	"sync/atomic"
	"unicode/utf8"
)

// Str is a string: UTF-8 inside, UTF-16 code units to the language, as Java counts them.
// A half of a surrogate pair that was cut off is kept in its three-byte form (WTF-8), and
// joins its other half again when the two meet (AppendText), so that taking a text apart
// and putting it together gives the text back.
type Str struct {
	s     string
	units atomic.Int64 // length in UTF-16 code units plus one; 0: not counted yet
}

// String returns a string value.
func String(s string) Value { return Value{ref: &Str{s: s}} }

// StringLen is the number of UTF-16 code units: what count gives.
func StringLen(v Value) int {
	s, ok := v.ref.(*Str)
	if !ok {
		return 0
	}
	return s.length()
}

// CharAt is the UTF-16 code unit at i as a character; false when i is outside.
func CharAt(v Value, i int) (rune, bool) {
	s, ok := v.ref.(*Str)
	if !ok || i < 0 || i >= s.length() {
		return 0, false
	}
	if s.ascii() {
		return rune(s.s[i]), true
	}
	at, second := s.locate(i)
	r, _ := decodeUnit(s.s[at:])
	if r >= 0x10000 {
		hi, lo := surrogates(r)
		if second {
			return lo, true
		}
		return hi, true
	}
	return r, true
}

// Substring is Java's substring: from start to before end, in UTF-16 code units.
// The caller has checked 0 <= start <= end <= StringLen(v).
func Substring(v Value, start, end int) Value {
	s, ok := v.ref.(*Str)
	if !ok {
		return Nil
	}
	if start == 0 && end == s.length() {
		return v
	}
	if s.ascii() {
		return String(s.s[start:end])
	}
	from, fromSecond := s.locate(start)
	to, toSecond := s.locate(end)
	if !fromSecond && !toSecond {
		return String(s.s[from:to])
	}
	var out []byte
	if fromSecond {
		r, n := decodeUnit(s.s[from:])
		_, lo := surrogates(r)
		if start == end {
			return String("")
		}
		out = AppendChar(out, lo)
		from += n
	}
	if to > from {
		out = append(out, s.s[from:to]...)
	}
	if toSecond {
		r, _ := decodeUnit(s.s[to:])
		hi, _ := surrogates(r)
		out = AppendChar(out, hi)
	}
	return String(string(out))
}

// Units is the number of UTF-16 code units of a text.
func Units(s string) int { return units(s) }

// CutText is the first n UTF-16 code units of a text (all of it when it is shorter).
func CutText(s string, n int) string {
	text, _ := Substring(String(s), 0, min(n, units(s))).AsString()
	return text
}

// UnitIndex turns a byte offset in the text of v into an index in UTF-16 code units.
func UnitIndex(v Value, offset int) int {
	s, ok := v.ref.(*Str)
	if !ok {
		return 0
	}
	if s.ascii() {
		return offset
	}
	return units(s.s[:offset])
}

// ByteIndex turns an index in UTF-16 code units into a byte offset in the text of v
// (of the pair, where the index is between its halves).
func ByteIndex(v Value, index int) int {
	s, ok := v.ref.(*Str)
	if !ok {
		return 0
	}
	at, _ := s.locate(index)
	return at
}

// IsASCII tells whether byte offsets and UTF-16 indexes of v are the same.
func IsASCII(v Value) bool {
	s, ok := v.ref.(*Str)
	return ok && s.ascii()
}

// AppendText appends s to buf and joins a surrogate pair that meets at the seam.
func AppendText(buf []byte, s string) []byte {
	if len(s) >= 3 && s[0] == surrogateLead && s[1] >= 0xB0 && len(buf) >= 3 {
		r, n := decodeUnit(s)
		if isLow(r) {
			return append(AppendChar(buf, r), s[n:]...)
		}
	}
	return append(buf, s...)
}

// AppendChar appends one character (a UTF-16 code unit, or a whole code point) to buf.
func AppendChar(buf []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		return append(buf, byte(r))
	}
	if isLow(r) && len(buf) >= 3 {
		if hi, _ := decodeUnit(string(buf[len(buf)-3:])); isHigh(hi) {
			return utf8.AppendRune(buf[:len(buf)-3], (hi-0xD800)<<10+(r-0xDC00)+0x10000)
		}
	}
	if isHigh(r) || isLow(r) {
		return append(buf, surrogateLead, 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F)
	}
	return utf8.AppendRune(buf, r)
}

// CharText is the text of one character.
func CharText(r rune) string {
	if isHigh(r) || isLow(r) {
		return string(AppendChar(nil, r))
	}
	return string(r)
}

// surrogateLead begins the three-byte form of a lone surrogate; its second byte is 0xA0 or more.
const surrogateLead = 0xED

func isHigh(r rune) bool { return r >= 0xD800 && r < 0xDC00 }
func isLow(r rune) bool  { return r >= 0xDC00 && r < 0xE000 }

// surrogates splits a code point beyond U+FFFF into its two UTF-16 code units.
func surrogates(r rune) (hi, lo rune) {
	r -= 0x10000
	return 0xD800 + r>>10, 0xDC00 + r&0x3FF
}

// decodeUnit is utf8.DecodeRuneInString, and knows lone surrogates too.
func decodeUnit(s string) (rune, int) {
	if len(s) > 0 && s[0] < utf8.RuneSelf {
		return rune(s[0]), 1
	}
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && n == 1 && len(s) >= 3 && s[0] == surrogateLead && s[1]&0xE0 == 0xA0 && s[2]&0xC0 == 0x80 {
		return 0xD000 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	return r, n
}

// units counts the UTF-16 code units of s.
func units(s string) int {
	n := 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			n++
			continue
		}
		r, size := decodeUnit(s[i:])
		i += size
		n++
		if r >= 0x10000 {
			n++
		}
	}
	return n
}

func (s *Str) length() int {
	if n := s.units.Load(); n != 0 {
		return int(n - 1)
	}
	n := units(s.s)
	s.units.Store(int64(n) + 1)
	return n
}

func (s *Str) ascii() bool { return s.length() == len(s.s) }

// locate finds the byte offset of the code point that holds unit i, and whether i is its second half.
func (s *Str) locate(i int) (at int, second bool) {
	if s.ascii() {
		return i, false
	}
	n := 0
	for at < len(s.s) && n < i {
		r, size := decodeUnit(s.s[at:])
		if r >= 0x10000 {
			if n+1 == i {
				return at, true
			}
			n++
		}
		n++
		at += size
	}
	return at, false
}

// compareUTF16 orders texts as Java's compareTo does and gives its result: the difference of the
// first code units that differ, or of the lengths.
func compareUTF16(a, b *Str) int {
	i := 0
	for i < len(a.s) && i < len(b.s) && a.s[i] == b.s[i] {
		i++
	}
	if i == len(a.s) && i == len(b.s) {
		return 0
	}
	for i > 0 && (i >= len(a.s) || !utf8.RuneStart(a.s[i])) {
		if i < len(b.s) && utf8.RuneStart(b.s[i]) {
			break
		}
		if i >= len(a.s) && i >= len(b.s) {
			break
		}
		i--
	}
	if i == len(a.s) || i == len(b.s) {
		return a.length() - b.length()
	}
	ra, _ := decodeUnit(a.s[i:])
	rb, _ := decodeUnit(b.s[i:])
	ha, la := firstUnits(ra)
	hb, lb := firstUnits(rb)
	if ha != hb {
		return int(ha) - int(hb)
	}
	return int(la) - int(lb)
}

func firstUnits(r rune) (rune, rune) {
	if r >= 0x10000 {
		return surrogates(r)
	}
	return r, 0
}
