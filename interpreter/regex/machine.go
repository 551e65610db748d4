package regex

import (
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"
)

// machine runs a program over a text, all alternatives side by side (Pike's way): time and memory are
// bounded by the sizes of program and text. It is kept for the next search of the same text.
type machine struct {
	r         *Regex
	text      string
	whole     bool // only a match up to the end of the text counts
	slots     int  // offsets that a fiber keeps
	seen      []uint32
	round     uint32
	now, next fibers
	caps      []int // of the fiber that is being followed
	matched   []int
	spend     func(work int64)
	work      int64 // not yet spent
}

// fibers are the alternatives under way, best first: where each stands in the program, and what it captured.
type fibers struct {
	pcs  []uint32
	caps []int // slots for each
}

func (l *fibers) clear() { l.pcs, l.caps = l.pcs[:0], l.caps[:0] }

// spendEvery is how much work a search does between two reports of it.
const spendEvery = 256

func newMachine(r *Regex, text string) *machine {
	slots := 2 * (r.groups + 1)
	return &machine{r: r, text: text, slots: slots, seen: make([]uint32, len(r.prog.Inst)), caps: make([]int, slots)}
}

// run finds the first match from offset from on; with whole, one of the whole text. It tells spend of its work.
func (m *machine) run(from int, whole bool, spend func(work int64)) []int {
	m.whole, m.spend, m.matched = whole, spend, nil
	m.now.clear()
	m.next.clear()
	for at := from; ; {
		if len(m.now.pcs) == 0 {
			if m.matched != nil || whole && at > from {
				break
			}
			if !whole {
				if at = m.skip(at); at < 0 {
					break
				}
			}
		}
		if m.matched == nil && (!whole || at == 0) {
			m.begin(at)
		}
		c, width := decode(m.text[at:])
		m.step(at, c, width)
		m.now, m.next = m.next, m.now
		m.next.clear()
		if m.work += int64(len(m.now.pcs)) + 1; m.work >= spendEvery {
			m.settle()
		}
		if at >= len(m.text) {
			break
		}
		at += width
	}
	m.settle()
	return m.matched
}

func (m *machine) settle() {
	if m.spend != nil {
		m.spend(m.work)
	}
	m.work = 0
}

// skippedPerWork is how many bytes are passed in the time of one step.
const skippedPerWork = 64

// skip is the next offset where a match can begin, -1 for none: where the pattern begins with a text, it must stand there.
func (m *machine) skip(at int) int {
	if m.r.prefix == "" {
		return at
	}
	i := strings.Index(m.text[at:], m.r.prefix)
	if i < 0 {
		m.work += int64(len(m.text)-at) / skippedPerWork
		return -1
	}
	m.work += int64(i) / skippedPerWork
	return at + i
}

// begin adds the fiber of a match that begins at offset at, after those under way.
func (m *machine) begin(at int) {
	m.round++
	for _, pc := range m.now.pcs {
		m.seen[pc] = m.round
	}
	for i := range m.caps {
		m.caps[i] = -1
	}
	m.caps[0] = at
	m.follow(&m.now, uint32(m.r.prog.Start), at)
}

// step moves every fiber over the character c that stands at offset at.
func (m *machine) step(at int, c rune, width int) {
	m.round++
	for i, pc := range m.now.pcs {
		inst := &m.r.prog.Inst[pc]
		caps := m.now.caps[i*m.slots : (i+1)*m.slots]
		if inst.Op == syntax.InstMatch {
			if m.whole && at < len(m.text) {
				continue
			}
			m.matched = append([]int(nil), caps...)
			m.matched[1] = at
			return // what follows has less right
		}
		if at < len(m.text) && inst.MatchRune(c) {
			copy(m.caps, caps)
			m.follow(&m.next, inst.Out, at+width)
		}
	}
}

// follow adds the fibers that pc leads to without reading on: those at an instruction that reads, or at a match.
func (m *machine) follow(list *fibers, pc uint32, at int) {
	if m.seen[pc] == m.round {
		return
	}
	m.seen[pc] = m.round
	inst := &m.r.prog.Inst[pc]
	switch inst.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		m.follow(list, inst.Out, at)
		m.follow(list, inst.Arg, at)
	case syntax.InstNop:
		m.follow(list, inst.Out, at)
	case syntax.InstEmptyWidth:
		if m.holds(syntax.EmptyOp(inst.Arg), at) {
			m.follow(list, inst.Out, at)
		}
	case syntax.InstCapture:
		m.capture(list, inst, at)
	case syntax.InstFail:
	default:
		list.pcs = append(list.pcs, pc)
		list.caps = append(list.caps, m.caps...)
	}
}

// capture follows the beginning or end of a group: the author's, or one that stands for an assertion.
func (m *machine) capture(list *fibers, inst *syntax.Inst, at int) {
	group, end := inst.Arg/2, inst.Arg%2
	if role := m.r.roles[group]; role != capture {
		if end == 1 || m.asserts(role, at) {
			m.follow(list, inst.Out, at)
		}
		return
	}
	slot := 2*m.r.numbers[group] + int(end)
	before := m.caps[slot]
	m.caps[slot] = at
	m.follow(list, inst.Out, at)
	m.caps[slot] = before
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
