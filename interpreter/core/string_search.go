package core

import (
	"strings"
	"sync"

	"github.com/weir-run/weir/interpreter/value"
)

// stringSearch are the functions of clojure.string that look for texts and patterns in a text.
func stringSearch() []*value.Builtin {
	return []*value.Builtin{
		two("includes?", func(th *thread, s, sub val) val {
			return value.Bool(strings.Contains(chargedText(th, s), wantChars(sub)))
		}),
		two("starts-with?", func(th *thread, s, sub val) val {
			return value.Bool(strings.HasPrefix(chargedText(th, s), wantString(sub)))
		}),
		two("ends-with?", func(th *thread, s, sub val) val {
			return value.Bool(strings.HasSuffix(chargedText(th, s), wantString(sub)))
		}),
		many("index-of", 2, 3, indexOf),
		many("last-index-of", 2, 3, lastIndexOf),
		many("replace", 3, 3, func(th *thread, args []val) val { return replace(th, args, -1) }),
		many("replace-first", 3, 3, func(th *thread, args []val) val { return replace(th, args, 1) }),
		one("re-quote-replacement", quoteReplacement),
		many("split", 2, 3, split),
		one("split-lines", splitLines),
	}
}

// needle is what index-of looks for: a text or a character.
func needle(v val) string {
	if c, ok := v.AsChar(); ok {
		return value.CharText(c)
	}
	return wantString(v)
}

func indexOf(th *thread, args []val) val {
	text := asText(th, args[0])
	s, sub, from := chargedChars(th, text), needle(args[1]), 0
	if len(args) == 3 {
		from = int(max(0, min(wantInt(args[2]), int64(value.StringLen(text)))))
	}
	at := value.ByteIndex(text, from)
	i := strings.Index(s[at:], sub)
	if i < 0 {
		return value.Nil
	}
	return value.Int(int64(value.UnitIndex(text, at+i)))
}

func lastIndexOf(th *thread, args []val) val {
	text := asText(th, args[0])
	s, sub := chargedChars(th, text), needle(args[1])
	end := len(s)
	if len(args) == 3 {
		from := wantInt(args[2])
		if from < 0 {
			return value.Nil
		}
		last := value.ByteIndex(text, int(min(from, int64(value.StringLen(text)))))
		end = min(last+len(sub), len(s))
	}
	i := strings.LastIndex(s[:end], sub)
	if i < 0 {
		return value.Nil
	}
	return value.Int(int64(value.UnitIndex(text, i)))
}

// replace is clojure.string/replace, or with limit 1 replace-first.
func replace(th *thread, args []val, limit int) val {
	text, match, by := asText(th, args[0]), args[1], args[2]
	s := chargedChars(th, text)
	switch match.Kind() {
	case value.KindChar:
		if limit == 1 {
			return replaceText(th, s, needle(match), value.Text(th, by), limit)
		}
		c, ok := by.AsChar()
		if !ok {
			value.ThrowCast(by, "java.lang.Character")
		}
		return replaceText(th, s, needle(match), value.CharText(c), limit)
	case value.KindString:
		if limit == 1 { // replace-first takes anything that has a text
			by = asText(th, by)
		}
		return replaceText(th, s, wantString(match), wantChars(by), limit)
	case value.KindRegex:
		m := newMatcher(th, match, text)
		if notation, ok := by.AsString(); ok {
			var r *replacement // read at the first match: without one, what is wrong with it goes unnoticed, as in Clojure
			return m.replace(limit, func(m *matcher) string {
				if r == nil {
					r = compileReplacement(notation, m)
				}
				return r.expand(m)
			})
		}
		return m.replace(limit, func(m *matcher) string { return wantString(value.Call1(th, by, m.groups())) })
	}
	value.ThrowHint("IllegalArgumentException", "wrong-type", "a string, a character or a regex", "Invalid match arg: %s", value.Text(th, match))
	return value.Nil
}

func replaceText(th *thread, s, old, by string, limit int) val {
	n := strings.Count(s, old)
	if limit > 0 {
		n = min(n, limit)
	}
	th.ChargeSize(int64(len(s)) + int64(n)*int64(len(by)))
	th.Charge(int64(n))
	return value.String(strings.Replace(s, old, by, limit))
}

func quoteReplacement(th *thread, a val) val {
	s := chargedText(th, a)
	th.ChargeSize(2 * int64(len(s)))
	return value.String(strings.NewReplacer(`\`, `\\`, `$`, `\$`).Replace(s))
}

// split is Java's Pattern.split: without a limit, empty texts at the end are dropped, and a match of nothing
// at the beginning makes none.
func split(th *thread, args []val) val {
	limit := int64(0)
	if len(args) == 3 {
		limit = wantInt(args[2])
	}
	return splitBy(th, args[0], args[1], limit)
}

func splitBy(th *thread, s, re val, limit int64) val {
	text := wantChars(s)
	m := newMatcher(th, re, s)
	var out []val
	index := 0
	add := func(part string) {
		th.ChargeSize(valueSize + int64(len(part)))
		out = append(out, value.String(part))
	}
	for (limit <= 0 || int64(len(out)) < limit-1) && m.find() {
		start, end := m.loc[0], m.loc[1]
		if index == 0 && start == 0 && end == 0 {
			continue
		}
		add(text[index:start])
		index = end
	}
	if index == 0 && len(out) == 0 {
		return value.NewVector(s)
	}
	add(text[index:])
	if limit == 0 {
		for len(out) > 0 && value.StringLen(out[len(out)-1]) == 0 {
			out = out[:len(out)-1]
		}
	}
	return value.VectorFrom(out)
}

var lineEnd = sync.OnceValue(func() val {
	re, err := value.CompileRegex(`\r?\n`)
	if err != nil {
		panic(err)
	}
	return re
})

func splitLines(th *thread, s val) val { return splitBy(th, s, lineEnd(), 0) }
