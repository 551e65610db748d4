package syntax

import (
	"sort"
	"unicode/utf8"

	"github.com/weir-run/weir/interpreter/value"
)

// locator turns byte offsets of a text into positions, in a time that doesn't depend on how long lines are.
type locator struct {
	file  string
	text  []byte
	lines []int // offset of each line's first byte
	runes []int // characters before each stride's first byte; nil if the text is ASCII
}

// stride is how many bytes one count of characters spans.
const stride = 256

func newLocator(file string, text []byte) *locator {
	l := &locator{file: file, text: text, lines: []int{0}}
	ascii := true
	for i, c := range text {
		if c == '\n' {
			l.lines = append(l.lines, i+1)
		}
		ascii = ascii && c < utf8.RuneSelf
	}
	if ascii {
		return l
	}
	count := 0
	for i, c := range text {
		if i%stride == 0 {
			l.runes = append(l.runes, count)
		}
		if utf8.RuneStart(c) {
			count++
		}
	}
	return l
}

func (l *locator) pos(offset int) value.Pos {
	offset = min(max(offset, 0), len(l.text))
	line := sort.SearchInts(l.lines, offset+1) - 1
	return value.Pos{File: l.file, Line: line + 1, Col: l.before(offset) - l.before(l.lines[line]) + 1}
}

// before is how many characters begin before offset.
func (l *locator) before(offset int) int {
	if l.runes == nil {
		return offset
	}
	at := min(offset/stride, len(l.runes)-1)
	count := l.runes[at]
	for _, c := range l.text[at*stride : offset] {
		if utf8.RuneStart(c) {
			count++
		}
	}
	return count
}
