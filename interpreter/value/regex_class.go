package value

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxClassDepth bounds how deep character classes nest.
const maxClassDepth = 20

// class rewrites a character class. Plain ones stay what they are; those with a class inside or with &&
// are computed.
func (t *translator) class() error {
	from, out := t.i, t.out.String()
	plain, err := t.plainClass()
	if err != nil || plain {
		return err
	}
	t.out.Reset()
	t.out.WriteString(out)
	t.i = from
	set, err := t.classSet()
	if err != nil {
		return err
	}
	if len(set) == 0 {
		t.out.WriteString(`[^\x00-\x{10FFFF}]`)
		return nil
	}
	t.out.WriteByte('[')
	for i := 0; i < len(set); i += 2 {
		fmt.Fprintf(&t.out, `\x{%X}-\x{%X}`, set[i], set[i+1])
	}
	t.out.WriteByte(']')
	return nil
}

// plainClass copies a class that has no class inside; false when it has.
func (t *translator) plainClass() (bool, error) {
	t.copy(1)
	if t.peek("^") {
		t.copy(1)
	}
	for first := true; t.i < len(t.in); first = false {
		switch {
		case t.peek("]") && !first:
			t.copy(1)
			return true, nil
		case t.peek("[") || t.peek("&&"):
			return false, nil
		case t.peek(`\`):
			if err := t.escape(true); err != nil {
				return false, err
			}
		case t.flags.comments && strings.IndexByte(" \t\n\v\f\r", t.in[t.i]) >= 0:
			t.i++
		default:
			t.copy(1)
		}
	}
	return true, nil // never closed: RE2 says so
}

// classSet reads a class as sorted pairs of code points, first and last.
func (t *translator) classSet() ([]rune, error) {
	if t.depth++; t.depth > maxClassDepth {
		return nil, fmt.Errorf("regex at %d: classes are nested more than %d deep", t.i, maxClassDepth)
	}
	defer func() { t.depth-- }()
	t.i++
	negated := t.peek("^")
	if negated {
		t.i++
	}
	set, err := t.classOperand()
	for err == nil && t.peek("&&") {
		t.i += 2
		var other []rune
		if other, err = t.classOperand(); err == nil {
			set = invert(union(invert(set), invert(other)))
		}
	}
	if err != nil {
		return nil, err
	}
	if !t.peek("]") {
		return nil, fmt.Errorf("regex at %d: a [ is never closed", t.i)
	}
	t.i++
	if negated {
		set = invert(set)
	}
	return set, nil
}

// classOperand reads up to && or the closing bracket: the union of classes and plain stretches.
func (t *translator) classOperand() ([]rune, error) {
	var set []rune
	for t.i < len(t.in) && !t.peek("]") && !t.peek("&&") {
		var more []rune
		var err error
		if t.peek("[") {
			more, err = t.classSet()
		} else {
			more, err = t.classStretch()
		}
		if err != nil {
			return nil, err
		}
		set = union(set, more)
	}
	return set, nil
}

// classStretch reads characters, ranges and escapes up to the next bracket or &&, and lets RE2's own parser
// make a set of them.
func (t *translator) classStretch() ([]rune, error) {
	inner := &translator{in: t.in, i: t.i, flags: t.flags}
	for inner.i < len(t.in) && !inner.peek("[") && !inner.peek("]") && !inner.peek("&&") {
		if inner.peek(`\`) {
			if err := inner.escape(true); err != nil {
				return nil, err
			}
			continue
		}
		_, n := utf8.DecodeRuneInString(inner.in[inner.i:])
		if inner.peek("^") {
			inner.out.WriteByte('\\')
		}
		inner.copy(n)
	}
	t.i = inner.i
	re, err := syntax.Parse("["+inner.out.String()+"]", syntax.Perl)
	if err != nil {
		return nil, fmt.Errorf("regex: %s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	switch re.Op {
	case syntax.OpCharClass:
		return re.Rune, nil
	case syntax.OpLiteral:
		return union([]rune{re.Rune[0], re.Rune[0]}, nil), nil
	case syntax.OpAnyChar:
		return []rune{0, unicode.MaxRune}, nil
	case syntax.OpAnyCharNotNL:
		return invert([]rune{'\n', '\n'}), nil
	}
	return nil, nil
}

// union of two sets of pairs.
func union(a, b []rune) []rune {
	type pair struct{ lo, hi rune }
	var pairs []pair
	for _, s := range [][]rune{a, b} {
		for i := 0; i+1 < len(s); i += 2 {
			pairs = append(pairs, pair{s[i], s[i+1]})
		}
	}
	slices.SortFunc(pairs, func(p, q pair) int { return int(p.lo - q.lo) })
	var out []rune
	for _, p := range pairs {
		if n := len(out); n > 0 && p.lo <= out[n-1]+1 {
			out[n-1] = max(out[n-1], p.hi)
			continue
		}
		out = append(out, p.lo, p.hi)
	}
	return out
}

// invert is all code points that are not in a sorted set.
func invert(set []rune) []rune {
	var out []rune
	next := rune(0)
	for i := 0; i+1 < len(set); i += 2 {
		if set[i] > next {
			out = append(out, next, set[i]-1)
		}
		next = set[i+1] + 1
	}
	if next <= unicode.MaxRune {
		out = append(out, next, unicode.MaxRune)
	}
	return out
}
