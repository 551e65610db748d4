package syntax

import (
	"sort"
	"unicode/utf8"

	"github.com/weir-run/weir/interpreter/value"
)

// locator turns byte offsets of a text into positions. It remembers the last one it
// found, which makes walking forward cheap even in long lines that aren't ASCII.
type locator struct {
	file  string
	text  []byte
	lines []int // offset of each line's first byte
	last  struct{ line, offset, col int }
}

func newLocator(file string, text []byte) *locator {
	l := &locator{file: file, text: text, lines: []int{0}}
	for i, c := range text {
		if c == '\n' {
			l.lines = append(l.lines, i+1)
		}
	}
	return l
}

func (l *locator) pos(offset int) value.Pos {
	offset = min(max(offset, 0), len(l.text))
	line := l.last.line
	if offset < l.lines[line] || (line+1 < len(l.lines) && offset >= l.lines[line+1]) {
		line = sort.SearchInts(l.lines, offset+1) - 1
	}
	from, col := l.lines[line], 1
	if line == l.last.line && l.last.col > 0 && offset >= l.last.offset {
		from, col = l.last.offset, l.last.col
	}
	col += utf8.RuneCount(l.text[from:offset])
	l.last.line, l.last.offset, l.last.col = line, offset, col
	return value.Pos{File: l.file, Line: line + 1, Col: col}
}
