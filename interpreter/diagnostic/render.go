package diagnostic

import (
	"strconv"
	"strings"

	"github.com/weir-run/weir/interpreter/value"
)

// MaxShownLine is the longest piece of a source line that a rendering shows, in characters.
const MaxShownLine = 160

// Source gives the text of a file, or false when it isn't at hand.
type Source func(file string) (text string, ok bool)

// OneSource is a Source that knows a single file.
func OneSource(file, text string) Source {
	return func(name string) (string, bool) { return text, name == file }
}

// Place formats a position as FILE:LINE:COL, leaving out what is unknown.
func Place(p value.Pos) string {
	if p.Line == 0 {
		return p.File
	}
	at := strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Col)
	if p.File == "" {
		return at
	}
	return p.File + ":" + at
}

// Render writes every problem as its first line, the source line, a caret and the hint.
func (l List) Render(source Source) string {
	var b strings.Builder
	for _, d := range l {
		b.WriteString(d.Render(source))
	}
	return b.String()
}

// Render is the full rendering of one problem, ending in a newline. A nil source shows no line.
func (d Diagnostic) Render(source Source) string {
	var b strings.Builder
	b.WriteString(d.String())
	b.WriteByte('\n')
	b.WriteString(Caret(source, d.Pos, d.End))
	if d.Hint != "" {
		b.WriteString("  hint: " + d.Hint + "\n")
	}
	return b.String()
}

// Caret shows the source line of pos with a caret under its column, or nothing if the line isn't known.
// Tabs are kept in the padding, so that the caret stands right in any terminal.
func Caret(source Source, pos, end value.Pos) string {
	if source == nil || pos.Line == 0 {
		return ""
	}
	text, ok := source(pos.File)
	if !ok {
		return ""
	}
	line, ok := lineOf(text, pos.Line)
	if !ok {
		return ""
	}
	runes := []rune(line)
	col := min(max(pos.Col, 1), len(runes)+1)
	width := 1
	if end.Line == pos.Line && end.Col > pos.Col {
		width = end.Col - pos.Col
	} else if end.Line > pos.Line {
		width = len(runes) + 1 - col
	}
	runes, col = window(runes, col)
	width = max(1, min(width, len(runes)+1-col))

	var b strings.Builder
	b.WriteString("  " + string(runes) + "\n  ")
	for _, r := range runes[:col-1] {
		if r != '\t' {
			r = ' '
		}
		b.WriteRune(r)
	}
	b.WriteString("^" + strings.Repeat("~", width-1) + "\n")
	return b.String()
}

// window cuts a long line down to MaxShownLine characters around the column.
func window(line []rune, col int) ([]rune, int) {
	if len(line) <= MaxShownLine {
		return line, col
	}
	from := max(0, col-1-MaxShownLine/2)
	to := min(len(line), from+MaxShownLine)
	return line[from:to], col - from
}

func lineOf(text string, n int) (string, bool) {
	for ; n > 1; n-- {
		i := strings.IndexByte(text, '\n')
		if i < 0 {
			return "", false
		}
		text = text[i+1:]
	}
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		text = text[:i]
	}
	return strings.TrimSuffix(text, "\r"), true
}

// Line names the line of a place for a message about another one: "line 3", with the file if that is another.
func Line(p, seenFrom value.Pos) string {
	at := "line " + strconv.Itoa(p.Line)
	if p.File != seenFrom.File {
		at += " of " + p.File
	}
	return at
}
