package syntax

import "github.com/weir-run/weir/interpreter/value"

// locator turns byte offsets of a text into positions. It keeps the position of every stride-th byte, so that any offset is
// found in the same short time, however long the lines are.
type locator struct {
	file  string
	text  []byte
	marks []mark // of the offsets 0, stride, 2*stride, ...
}

// mark is a line and column, counted from 1.
type mark struct{ line, col int32 }

const stride = 64

func newLocator(file string, text []byte) *locator {
	l := &locator{file: file, text: text, marks: make([]mark, 0, len(text)/stride+1)}
	at := mark{1, 1}
	for i, c := range text {
		if i%stride == 0 {
			l.marks = append(l.marks, at)
		}
		at = at.after(c)
	}
	if len(text)%stride == 0 {
		l.marks = append(l.marks, at)
	}
	return l
}

// after is the mark behind a byte. Columns count characters: the later bytes of one add nothing.
func (m mark) after(c byte) mark {
	switch {
	case c == '\n':
		return mark{m.line + 1, 1}
	case c&0xC0 != 0x80:
		m.col++
	}
	return m
}

func (l *locator) pos(offset int) value.Pos {
	offset = min(max(offset, 0), len(l.text))
	nearest := offset / stride
	at := l.marks[nearest]
	for _, c := range l.text[nearest*stride : offset] {
		at = at.after(c)
	}
	return value.Pos{File: l.file, Line: int(at.line), Col: int(at.col)}
}
