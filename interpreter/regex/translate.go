package regex

import (
	"fmt"
	"regexp"
	"strings"
)

// flags are Java's: i, m, s, x, u, d. They are settled here; the translation carries none.
type flags struct {
	ignoreCase, multiline, dotAll, comments, unicodeCase, unixLines bool
}

// translator reads a pattern of Java's and writes it in Go's syntax, twice: fast is for package regexp, exact
// for the machine. They differ in their assertions only.
type translator struct {
	pattern     []rune
	at          int
	fast, exact strings.Builder
	names       map[string]int
	groups      int
	assertions  int
	depth       int
	facts       facts
}

// maxGroupDepth bounds how deep groups and classes nest.
const maxGroupDepth = 200

func translate(pattern string) (t *translator, err error) {
	t = &translator{pattern: []rune(pattern), names: map[string]int{}}
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*SyntaxError)
			if !ok {
				panic(r)
			}
			e.Pattern = pattern
			t, err = nil, e
		}
	}()
	t.alternatives(flags{})
	if t.more() {
		t.fail("Unmatched closing ')'", "")
	}
	return t, nil
}

// fail ends the translation. Where message or hint have verbs, args fill them.
func (t *translator) fail(message, hint string, args ...any) {
	fill := func(s string) string {
		if strings.ContainsRune(s, '%') {
			return fmt.Sprintf(s, args...)
		}
		return s
	}
	panic(&SyntaxError{Index: t.at, Message: fill(message), Hint: fill(hint)})
}

func (t *translator) more() bool { return t.at < len(t.pattern) }

// peek is the character n places on; 0 past the end.
func (t *translator) peek(n int) rune {
	if t.at+n < len(t.pattern) {
		return t.pattern[t.at+n]
	}
	return 0
}

// eat moves past s if it stands here.
func (t *translator) eat(s string) bool {
	for i, r := range []rune(s) {
		if t.peek(i) != r {
			return false
		}
	}
	t.at += len([]rune(s))
	return true
}

func (t *translator) emit(s string) {
	t.fast.WriteString(s)
	t.exact.WriteString(s)
}

// assert writes an assertion: in Go's notation for regexp, and as an empty group with a telling name for the machine.
func (t *translator) assert(r role, fast string) {
	t.assertions++
	t.fast.WriteString(fast)
	fmt.Fprintf(&t.exact, "(?P<_%c%d>)", rune(r), t.assertions)
}

// space skips blanks and comments in comments mode.
func (t *translator) space(f flags) {
	for f.comments && t.more() {
		switch r := t.peek(0); {
		case r == ' ' || r >= '\t' && r <= '\r':
			t.at++
		case r == '#':
			for t.more() && !isTerminator(t.peek(0)) {
				t.at++
			}
		default:
			return
		}
	}
}

// alternatives reads up to the end or a closing parenthesis, and returns the size of what it wrote.
// Flags set on the way hold to the end of the group.
func (t *translator) alternatives(f flags) int {
	if t.depth++; t.depth > maxGroupDepth {
		t.fail("groups are nested more than %d deep", "", maxGroupDepth)
	}
	defer func() { t.depth-- }()
	size := 0
	for {
		t.space(f)
		switch {
		case !t.more() || t.peek(0) == ')':
			return size
		case t.eat("|"):
			t.emit("|")
			size++
		default:
			size += t.repeated(&f)
		}
		if size > MaxSize {
			t.fail("the pattern is too large once its repetitions are written out", "use smaller repetitions")
		}
	}
}

// repeated reads one atom and its quantifier.
func (t *translator) repeated(f *flags) int {
	if r := t.peek(0); r == '*' || r == '+' || r == '?' {
		t.fail("Dangling meta character '%c'", `write \%c for the character itself`, r)
	}
	size, isAtom := t.atom(f)
	if !isAtom {
		return size
	}
	t.space(*f)
	switch r := t.peek(0); r {
	case '*', '+', '?':
		t.at++
		t.emit(string(r))
		size++
	case '{':
		size = t.counted(size)
	default:
		return size
	}
	switch t.peek(0) {
	case '?':
		t.at++
		t.emit("?")
	case '+':
		t.fail("possessive quantifiers are not supported", "drop the second +: matching takes linear time anyway")
	}
	return size
}

// counted reads {n}, {n,} or {n,m}.
func (t *translator) counted(size int) int {
	from := t.at
	t.at++
	least, ok := t.number()
	if !ok {
		t.fail("Illegal repetition", `write \{ for the character itself`)
	}
	most := least
	if t.eat(",") {
		if most, ok = t.number(); !ok {
			most = -1
		}
	}
	if !t.eat("}") {
		t.fail("Unclosed counted closure", "")
	}
	if most >= 0 && most < least {
		t.fail("Illegal repetition range", "")
	}
	const maxRepeat = 1000
	if max(least, most) > maxRepeat {
		t.fail("repetitions beyond %d are not supported", "check the length with count instead", maxRepeat)
	}
	t.emit(string(t.pattern[from:t.at]))
	return size*max(least, most, 1) + 1
}

func (t *translator) number() (int, bool) {
	n, from := 0, t.at
	for r := t.peek(0); r >= '0' && r <= '9'; r = t.peek(0) {
		n = min(n*10+int(r-'0'), 1<<20)
		t.at++
	}
	return n, t.at > from
}

// atom reads one character, class, group or assertion; what only sets flags is none.
func (t *translator) atom(f *flags) (size int, isAtom bool) {
	switch r := t.peek(0); r {
	case '(':
		return t.group(f)
	case '[':
		t.at++
		return t.set(t.class(*f)), true
	case '.':
		t.at++
		t.dot(*f)
		return 1, true
	case '^':
		t.at++
		switch {
		case !f.multiline:
			t.emit(`\A`)
		case f.unixLines:
			t.facts.lines = true
			t.assert(lineStartUnix, `(?m:^)`)
		default:
			t.facts.lines = true
			t.assert(lineStart, `(?m:^)`)
		}
		return 1, true
	case '$':
		t.at++
		t.dollar(*f)
		return 1, true
	case '\\':
		t.at++
		return t.escape(*f), true
	case '{':
		t.fail("Illegal repetition", `write \{ for the character itself`)
	}
	t.literal(t.peek(0), *f)
	t.at++
	return 1, true
}

func (t *translator) dot(f flags) {
	switch {
	case f.dotAll:
		t.emit(`(?s:.)`)
	case f.unixLines:
		t.emit(`[^\n]`)
	default:
		t.set(terminators.negate())
	}
}

func (t *translator) dollar(f flags) {
	if f.multiline {
		t.facts.lines = true
	} else {
		t.facts.endOfText = true
	}
	switch {
	case f.multiline && f.unixLines:
		t.assert(lineEndUnix, `(?m:$)`)
	case f.multiline:
		t.assert(lineEnd, `(?m:$)`)
	case f.unixLines:
		t.assert(textEndUnix, `\z`)
	default:
		t.assert(textEnd, `\z`)
	}
}

// set writes a class and returns its size: long tables count for more.
func (t *translator) set(s set) int {
	t.emit(s.text())
	return 1 + len(s)/16
}

// literal writes one character.
func (t *translator) literal(r rune, f flags) {
	if f.ignoreCase {
		one := setOf(r, r)
		if folded := fold(one, f); len(folded) > 2 || folded[0] != folded[1] {
			t.set(folded)
			return
		}
	}
	if r >= 0xD800 && r < 0xE000 || r > 0x7F {
		t.emit(fmt.Sprintf(`\x{%X}`, r))
		return
	}
	t.emit(regexp.QuoteMeta(string(r)))
}

// fold adds the other cases of s as the flags want it.
func fold(s set, f flags) set {
	switch {
	case f.ignoreCase && f.unicodeCase:
		return s.foldAll()
	case f.ignoreCase:
		return s.foldASCII()
	}
	return s
}
