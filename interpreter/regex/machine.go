package regex

import (
	"regexp/syntax"
	"unicode"
	"unicode/utf8"
)

// machine runs a program over a text, all alternatives side by side (Pike's way): time and memory are
// bounded by the sizes of program and text.
type machine struct {
	r       *Regex
	text    string
	whole   bool // only a match up to the end of the text counts
	slots   int  // offsets that a thread keeps
	seen    []uint32
	round   uint32
	matched []int
}

// fiber is one alternative under way: where it stands in the program, and what it captured.
type fiber struct {
	pc   uint32
	caps []int
}

// run finds the first match from offset from on; with whole, one of the whole text.
func (r *Regex) run(text string, from int, whole bool) []int {
	m := &machine{r: r, text: text, whole: whole, slots: 2 * (r.groups + 1), seen: make([]uint32, len(r.prog.Inst))}
	var now, next []fiber
	for at := from; ; {
		c, width := decode(text[at:])
		if m.matched == nil && (!whole || at == 0) {
			start := make([]int, m.slots)
			for i := range start {
				start[i] = -1
			}
			start[0] = at
			m.round++
			for _, f := range now {
				m.seen[f.pc] = m.round
			}
			now = m.follow(now, uint32(r.prog.Start), at, start)
		}
		if len(now) == 0 && (m.matched != nil || whole) {
			break
		}
		next = m.step(now, next[:0], at, c, width)
		now, next = next, now
		if at >= len(text) {
			break
		}
		at += width
	}
	return m.matched
}

// step moves every fiber over the character c that stands at offset at.
func (m *machine) step(now, next []fiber, at int, c rune, width int) []fiber {
	m.round++
	for _, f := range now {
		inst := &m.r.prog.Inst[f.pc]
		if inst.Op == syntax.InstMatch {
			if m.whole && at < len(m.text) {
				continue
			}
			f.caps[1] = at
			m.matched = f.caps
			return next // what follows has less right
		}
		if at < len(m.text) && inst.MatchRune(c) {
			next = m.follow(next, inst.Out, at+width, f.caps)
		}
	}
	return next
}

// follow adds the fibers that pc leads to without reading on: those at an instruction that reads, or at a match.
func (m *machine) follow(list []fiber, pc uint32, at int, caps []int) []fiber {
	if m.seen[pc] == m.round {
		return list
	}
	m.seen[pc] = m.round
	inst := &m.r.prog.Inst[pc]
	switch inst.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		list = m.follow(list, inst.Out, at, caps)
		return m.follow(list, inst.Arg, at, caps)
	case syntax.InstNop:
		return m.follow(list, inst.Out, at, caps)
	case syntax.InstEmptyWidth:
		if m.holds(syntax.EmptyOp(inst.Arg), at) {
			return m.follow(list, inst.Out, at, caps)
		}
		return list
	case syntax.InstCapture:
		group := int(inst.Arg / 2)
		if role := m.r.roles[group]; role != capture {
			if inst.Arg%2 == 0 && !m.asserts(role, at) {
				return list
			}
			return m.follow(list, inst.Out, at, caps)
		}
		changed := append([]int(nil), caps...)
		changed[2*m.r.numbers[group]+int(inst.Arg%2)] = at
		return m.follow(list, inst.Out, at, changed)
	case syntax.InstFail:
		return list
	}
	return append(list, fiber{pc, append([]int(nil), caps...)})
}

// holds answers Go's own assertions: the translation writes \A and \z only.
func (m *machine) holds(op syntax.EmptyOp, at int) bool {
	if op&syntax.EmptyBeginText != 0 && at != 0 {
		return false
	}
	return op&syntax.EmptyEndText == 0 || at == len(m.text)
}

// asserts answers an assertion of Java's.
func (m *machine) asserts(r role, at int) bool {
	switch r {
	case lineStartUnix:
		return at < len(m.text) && (at == 0 || m.text[at-1] == '\n')
	case lineStart:
		return m.atLineStart(at)
	case lineEndUnix:
		return at == len(m.text) || m.text[at] == '\n'
	case lineEnd:
		return at == len(m.text) || m.atTerminator(at)
	case textEndUnix:
		return at == len(m.text) || at == len(m.text)-1 && m.text[at] == '\n'
	case textEnd:
		if at == len(m.text) {
			return true
		}
		_, width := decode(m.text[at:])
		return m.atTerminator(at) && (at+width == len(m.text) || m.text[at:] == "\r\n")
	case boundary:
		return m.wordBefore(at) != m.wordAt(at)
	}
	return m.wordBefore(at) == m.wordAt(at)
}

func (m *machine) atLineStart(at int) bool {
	if at == len(m.text) { // not even in an empty text
		return false
	}
	if at == 0 {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(m.text[:at])
	return isTerminator(before) && !(before == '\r' && m.text[at] == '\n')
}

// atTerminator tells whether a line terminator begins at offset at (not in the middle of \r\n).
func (m *machine) atTerminator(at int) bool {
	c, _ := decode(m.text[at:])
	return isTerminator(c) && !(c == '\n' && at > 0 && m.text[at-1] == '\r')
}

func (m *machine) wordAt(at int) bool {
	if at == len(m.text) {
		return false
	}
	c, _ := decode(m.text[at:])
	return isWord(c) || unicode.Is(unicode.Mn, c) && m.wordBefore(at)
}

func (m *machine) wordBefore(at int) bool {
	for at > 0 {
		c, width := utf8.DecodeLastRuneInString(m.text[:at])
		if !unicode.Is(unicode.Mn, c) {
			return isWord(c)
		}
		at -= width
	}
	return false
}

// isWord is what Java counts as part of a word at a boundary: letters and digits of all scripts.
func isWord(c rune) bool { return c == '_' || unicode.IsLetter(c) || unicode.Is(unicode.Nd, c) }

// decode reads one character; halves of surrogate pairs stand in their three-byte form.
func decode(s string) (rune, int) {
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && n == 1 && len(s) >= 3 && s[0] == 0xED && s[1]&0xE0 == 0xA0 && s[2]&0xC0 == 0x80 {
		return 0xD000 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	return r, max(n, 1)
}
