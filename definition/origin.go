package definition

import (
	"sort"
	"unicode/utf8"

	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/value"
)

// origin tells where each part of a text with its includes resolved came from.
type origin struct {
	text     *lines
	segments []segment // by offset; each reaches to the next
}

// segment is a stretch of text that stands in a file as it stands here.
type segment struct {
	at   int // offset in the text
	from int // offset in the file
	file *lines
}

// lines finds places in a text.
type lines struct {
	file   string
	text   []byte
	starts []int
}

func newLines(file string, text []byte) *lines {
	l := &lines{file: file, text: text, starts: []int{0}}
	for i, c := range text {
		if c == '\n' {
			l.starts = append(l.starts, i+1)
		}
	}
	return l
}

func (l *lines) pos(offset int) value.Pos {
	offset = min(max(offset, 0), len(l.text))
	line := sort.SearchInts(l.starts, offset+1) - 1
	return value.Pos{File: l.file, Line: line + 1, Col: utf8.RuneCount(l.text[l.starts[line]:offset]) + 1}
}

func (l *lines) offset(p value.Pos) int {
	if p.Line < 1 || p.Line > len(l.starts) {
		return len(l.text)
	}
	at := l.starts[p.Line-1]
	for col := 1; col < p.Col && at < len(l.text); col++ {
		_, n := utf8.DecodeRune(l.text[at:])
		at += n
	}
	return at
}

// place is where a place of the text came from.
func (o *origin) place(p value.Pos) value.Pos {
	if p.Line == 0 || len(o.segments) == 0 {
		return p
	}
	offset := o.text.offset(p)
	i := max(sort.Search(len(o.segments), func(i int) bool { return o.segments[i].at > offset })-1, 0)
	s := o.segments[i]
	return s.file.pos(s.from + offset - s.at)
}

// span moves a place and the end of what stands there. An end in another file is left out.
func (o *origin) span(pos, end value.Pos) (value.Pos, value.Pos) {
	from := o.place(pos)
	if end.Line == 0 {
		return from, end
	}
	last := o.text.pos(max(o.text.offset(end)-1, o.text.offset(pos)))
	to := o.place(last)
	if to.File != from.File {
		return from, value.Pos{}
	}
	to.Col++
	return from, to
}

// list moves the places of problems.
func (o *origin) list(list diagnostic.List) diagnostic.List {
	if o == nil {
		return list
	}
	out := make(diagnostic.List, len(list))
	for i, d := range list {
		d.Pos, d.End = o.span(d.Pos, d.End)
		out[i] = d
	}
	return out
}
