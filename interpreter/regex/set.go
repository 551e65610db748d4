package regex

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// set is a set of characters: sorted ranges, first and last alternating, that don't touch.
type set []rune

const maxRune = unicode.MaxRune

func setOf(ranges ...rune) set { return set(ranges).normal() }

// normal sorts and merges ranges.
func (s set) normal() set {
	type span struct{ lo, hi rune }
	spans := make([]span, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		spans = append(spans, span{s[i], s[i+1]})
	}
	slices.SortFunc(spans, func(a, b span) int { return int(a.lo) - int(b.lo) })
	var out set
	for _, p := range spans {
		if n := len(out); n > 0 && p.lo <= out[n-1]+1 {
			out[n-1] = max(out[n-1], p.hi)
			continue
		}
		out = append(out, p.lo, p.hi)
	}
	return out
}

func (s set) union(t set) set { return append(slices.Clone(s), t...).normal() }

func (s set) negate() set {
	var out set
	next := rune(0)
	for i := 0; i+1 < len(s); i += 2 {
		if s[i] > next {
			out = append(out, next, s[i]-1)
		}
		next = s[i+1] + 1
	}
	if next <= maxRune {
		out = append(out, next, maxRune)
	}
	return out
}

func (s set) intersect(t set) set { return s.negate().union(t.negate()).negate() }

// foldASCII adds the other case of all ASCII letters in s.
func (s set) foldASCII() set {
	out := slices.Clone(s)
	for _, half := range [][3]rune{{'a', 'z', 'A' - 'a'}, {'A', 'Z', 'a' - 'A'}} {
		part := s.intersect(setOf(half[0], half[1]))
		for i := range part {
			part[i] += half[2]
		}
		out = append(out, part...)
	}
	return out.normal()
}

// foldAll adds what Unicode calls the other cases of all letters in s.
func (s set) foldAll() set {
	out := slices.Clone(s)
	for _, r := range casedRunes() {
		if s.has(r) {
			for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
				out = append(out, f, f)
			}
		}
	}
	return out.normal()
}

// casedRunes are the characters that have another case.
var casedRunes = sync.OnceValue(func() []rune {
	var out []rune
	for r := rune(0); r <= maxRune; r++ {
		if unicode.SimpleFold(r) != r {
			out = append(out, r)
		}
	}
	return out
})

// has tells whether r is in s.
func (s set) has(r rune) bool {
	lo, hi := 0, len(s)/2
	for lo < hi {
		mid := (lo + hi) / 2
		switch {
		case r < s[2*mid]:
			hi = mid
		case r > s[2*mid+1]:
			lo = mid + 1
		default:
			return true
		}
	}
	return false
}

// tableSet is a table of package unicode as a set.
func tableSet(tables ...*unicode.RangeTable) set {
	var out set
	add := func(lo, hi, stride rune) {
		if stride == 1 {
			out = append(out, lo, hi)
			return
		}
		for r := lo; r <= hi; r += stride {
			out = append(out, r, r)
		}
	}
	for _, t := range tables {
		for _, r := range t.R16 {
			add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
		for _, r := range t.R32 {
			add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
	}
	return out.normal()
}

// text is s as a character class of Go's syntax.
func (s set) text() string {
	if len(s) == 0 {
		return `[^\x{0}-\x{10FFFF}]`
	}
	var out strings.Builder
	out.WriteByte('[')
	for i := 0; i+1 < len(s); i += 2 {
		fmt.Fprintf(&out, `\x{%X}`, s[i])
		if s[i+1] > s[i] {
			fmt.Fprintf(&out, `-\x{%X}`, s[i+1])
		}
	}
	return out.String() + "]"
}
