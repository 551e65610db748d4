package core

import (
	"errors"
	"strings"

	"github.com/weir-run/weir/interpreter/regex"
	"github.com/weir-run/weir/interpreter/value"
)

// regexFunctions are the functions of clojure.core that match patterns.
func regexFunctions() []*value.Builtin {
	return []*value.Builtin{
		one("re-pattern", rePattern),
		two("re-find", func(th *thread, re, s val) val {
			m := newMatcher(th, re, s)
			if !m.find() {
				return value.Nil
			}
			return m.groups()
		}),
		two("re-matches", func(th *thread, re, s val) val {
			m := newMatcher(th, re, s)
			if !m.matchAll() {
				return value.Nil
			}
			return m.groups()
		}),
		two("re-seq", func(th *thread, re, s val) val {
			return nextMatch(newMatcher(th, re, s))
		}),
	}
}

func rePattern(th *thread, a val) val {
	if a.Kind() == value.KindRegex {
		return a
	}
	s := wantString(a)
	th.Charge(int64(len(s)) + 1)
	th.ChargeSize(int64(len(s)) * 64)
	re, err := value.CompileRegex(s)
	if r, ok := re.AsRegex(); ok {
		th.Charge(r.Re.CompileCost())
	} else if err != nil {
		th.Charge(refusedWork * int64(len(s)))
		var problem *regex.SyntaxError
		if !errors.As(err, &problem) {
			panic(err)
		}
		value.ThrowHint("PatternSyntaxException", "bad-regex", problem.Hint, "%s: %s", problem.Error(), s)
	}
	return re
}

// refusedWork is what one byte of a pattern costs that turned out to be none, or too large a one.
const refusedWork = 100

// matchSeq is the lazy seq of what m still finds.
func matchSeq(m *matcher) val {
	return lazy(func(th *thread) val {
		m.th = th
		return nextMatch(m)
	})
}

// nextMatch is the seq that begins with the next match, or nil.
func nextMatch(m *matcher) val {
	if !m.find() {
		return value.Nil
	}
	return value.Cons(m.groups(), matchSeq(m))
}

// matcher finds the matches of a regex in a text, one after the other.
type matcher struct {
	th   *thread
	re   *regex.Regex
	in   *regex.Input
	text string
	loc  []int // of the last match: byte offsets of it and of its groups, -1 where a group took no part
	from int   // where the next search begins
}

func newMatcher(th *thread, re, s val) *matcher {
	r, ok := re.AsRegex()
	if !ok {
		value.ThrowCast(re, "java.util.regex.Pattern")
	}
	text := wantChars(s)
	return &matcher{th: th, re: r.Re, in: regex.NewInput(text), text: text}
}

// find goes to the next match, as java.util.regex.Matcher.find does: after a match of nothing one character on.
func (m *matcher) find() bool {
	if m.from > len(m.text) {
		return false
	}
	loc := m.re.Find(m.in, m.from, m.th.Charge)
	if loc == nil {
		m.from = len(m.text) + 1
		return false
	}
	m.loc, m.from = loc, loc[1]
	if loc[0] == loc[1] {
		m.from++
		for m.from < len(m.text) && m.text[m.from]&0xC0 == 0x80 {
			m.from++
		}
	}
	return true
}

// matchAll tells whether the whole text is a match.
func (m *matcher) matchAll() bool {
	m.loc = m.re.Match(m.in, m.th.Charge)
	return m.loc != nil
}

// replace puts what by gives in the place of each match, limit times at most (-1: all).
func (m *matcher) replace(limit int, by func(m *matcher) string) val {
	var out builder
	at := 0
	for ; limit != 0 && m.find(); limit-- {
		out.text(m.th, m.text[at:m.loc[0]])
		out.text(m.th, by(m))
		at = m.loc[1]
	}
	out.text(m.th, m.text[at:])
	return out.value()
}

// group is the text of group i, nil where it took no part.
func (m *matcher) group(i int) val {
	if m.loc[2*i] < 0 {
		return value.Nil
	}
	m.th.ChargeSize(int64(m.loc[2*i+1] - m.loc[2*i]))
	return value.String(m.text[m.loc[2*i]:m.loc[2*i+1]])
}

// groups is the matched text, or with groups in the pattern a vector of it and of theirs.
func (m *matcher) groups() val {
	n := len(m.loc) / 2
	if n == 1 {
		return m.group(0)
	}
	out := room(m.th, n)
	for i := range n {
		out = append(out, m.group(i))
	}
	return value.VectorFrom(out)
}

// replacement is a replacement text taken apart: literal texts, and groups between them.
type replacement struct {
	literals []string // one more than groups
	groups   []int
}

// compileReplacement reads Java's notation: $1, ${name}, and a backslash before a character that stands for itself.
func compileReplacement(s string, m *matcher) *replacement {
	r := &replacement{}
	var lit strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			if i++; i == len(s) {
				value.Throw("IllegalArgumentException", "character to be escaped is missing")
			}
			lit.WriteByte(s[i])
		case s[i] != '$':
			lit.WriteByte(s[i])
		default:
			group, n := m.reference(s[i+1:])
			i += n
			r.literals = append(r.literals, lit.String())
			r.groups = append(r.groups, group)
			lit.Reset()
		}
	}
	r.literals = append(r.literals, lit.String())
	return r
}

// reference reads what follows a $: the number of a group, and how many bytes name it.
func (m *matcher) reference(s string) (group, length int) {
	hint := `write \$ for a dollar sign, or use clojure.string/re-quote-replacement`
	if strings.HasPrefix(s, "{") {
		name, _, closed := strings.Cut(s[1:], "}")
		if !closed || name == "" {
			value.ThrowHint("IllegalArgumentException", "bad-replacement", hint, "named capturing group is missing trailing '}'")
		}
		if group = m.re.Group(name); group < 0 {
			value.ThrowHint("IllegalArgumentException", "bad-replacement", hint, "No group with name {%s}", name)
		}
		return group, len(name) + 2
	}
	if s == "" {
		value.ThrowHint("IllegalArgumentException", "bad-replacement", hint, "Illegal group reference: group index is missing")
	}
	if s[0] < '0' || s[0] > '9' {
		value.ThrowHint("IllegalArgumentException", "bad-replacement", hint, "Illegal group reference")
	}
	last := m.re.Groups()
	group, length = int(s[0]-'0'), 1
	if group > last {
		value.ThrowHint("IndexOutOfBoundsException", "bad-replacement", hint, "No group %d", group)
	}
	for length < len(s) && s[length] >= '0' && s[length] <= '9' && group*10+int(s[length]-'0') <= last {
		group = group*10 + int(s[length]-'0')
		length++
	}
	return group, length
}

// expand is the replacement for the last match of m.
func (r *replacement) expand(m *matcher) string {
	if len(r.groups) == 0 {
		return r.literals[0]
	}
	var out []byte
	for i, g := range r.groups {
		out = append(out, r.literals[i]...)
		if m.loc[2*g] >= 0 {
			m.th.ChargeSize(int64(m.loc[2*g+1] - m.loc[2*g]))
			out = append(out, m.text[m.loc[2*g]:m.loc[2*g+1]]...)
		}
	}
	return string(append(out, r.literals[len(r.groups)]...))
}
