package syntax

import (
	"bytes"
	"unicode/utf8"

	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/value"
)

// Limits of what is read.
const (
	// MaxDepth is how deep forms may nest.
	MaxDepth = 512
	// MaxProblems ends the reading of a text that is no Clojure at all.
	MaxProblems = 100
)

// scanner walks a text by byte offset and knows its tokens.
type scanner struct {
	text     []byte
	off      int
	depth    int
	file     string
	loc      *locator               // made at the first need
	strict   bool                   // the first problem stops
	keywords map[string]value.Value // those met in this text, by what stands behind the colon
	remap    func(offset int) int   // from this text's offsets to the locator's
	problems diagnostic.List
}

// halt is panicked to stop reading after a problem that leaves no sense in going on.
type halt struct{}

func newScanner(file string, text []byte) *scanner {
	return &scanner{file: file, text: text}
}

// problem records one problem between two offsets.
func (s *scanner) problem(from, to int, code, message, hint string) {
	if s.remap != nil {
		from, to = s.remap(from), s.remap(to)
	}
	if s.loc == nil {
		s.loc = newLocator(s.file, s.text)
	}
	s.problems = append(s.problems, diagnostic.Diagnostic{
		Pos: s.loc.pos(from), End: s.loc.pos(to), Code: code, Message: message, Hint: hint,
	})
	if s.strict || len(s.problems) >= MaxProblems {
		panic(halt{})
	}
}

// fail records a problem and stops.
func (s *scanner) fail(from, to int, code, message, hint string) {
	s.problem(from, to, code, message, hint)
	panic(halt{}) // strict or not, there is no sense in going on
}

// run calls read and swallows a halt.
func (s *scanner) run(read func()) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(halt); !ok {
				panic(r)
			}
		}
	}()
	if i := invalidUTF8(s.text); i >= 0 {
		s.fail(i, i+1, "invalid-utf8", "the text is not valid UTF-8 here", "save the file as UTF-8")
	}
	if bytes.HasPrefix(s.text, []byte("\ufeff")) {
		s.off = len("\ufeff")
	}
	read()
}

func invalidUTF8(text []byte) int {
	if utf8.Valid(text) {
		return -1
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n <= 1 {
			return i
		}
		i += n
	}
	return -1
}

// enter goes one level deeper.
func (s *scanner) enter(at int) {
	s.depth++
	if s.depth > MaxDepth {
		s.fail(at, at+1, "too-deep", "forms nest deeper than 512 levels", "split the data or move parts into functions")
	}
}

func (s *scanner) leave() { s.depth-- }

// skip passes white space, commas and ; comments.
func (s *scanner) skip() {
	for s.off < len(s.text) {
		c := s.text[s.off]
		switch {
		case c == ' ' || c == '\n' || c == ',' || c == '\t' || c == '\r' || c == '\f' || c == '\v':
			s.off++
		case c == ';':
			s.skipLine()
		case c == '#' && s.peek(1) == '!':
			s.skipLine()
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRune(s.text[s.off:])
			if !isUnicodeSpace(r) {
				return
			}
			s.off += n
		default:
			return
		}
	}
}

func (s *scanner) skipLine() {
	if i := bytes.IndexByte(s.text[s.off:], '\n'); i >= 0 {
		s.off += i + 1
	} else {
		s.off = len(s.text)
	}
}

// isUnicodeSpace is Java's Character.isWhitespace beyond ASCII: no-break spaces don't count.
func isUnicodeSpace(r rune) bool {
	switch {
	case r == 0x1680, r >= 0x2000 && r <= 0x2006, r >= 0x2008 && r <= 0x200a, r == 0x2028, r == 0x2029, r == 0x205f, r == 0x3000:
		return true
	}
	return false
}

func (s *scanner) peek(n int) byte {
	if s.off+n < len(s.text) {
		return s.text[s.off+n]
	}
	return 0
}

// terminates marks the bytes that end a token: white space, control characters, and macro characters other than ' # and %.
var terminates = func() (t [256]bool) {
	for c := range byte(' ') {
		t[c] = true
	}
	for _, c := range []byte(" ,\x7f\";@^`~()[]{}\\") {
		t[c] = true
	}
	return t
}()

// token returns the extent of the token at the offset and moves past it.
func (s *scanner) token() (from, to int) {
	from = s.off
	for s.off < len(s.text) && !terminates[s.text[s.off]] {
		if s.text[s.off] >= utf8.RuneSelf {
			r, n := utf8.DecodeRune(s.text[s.off:])
			if isUnicodeSpace(r) {
				break
			}
			s.off += n
			continue
		}
		s.off++
	}
	return from, s.off
}

// excerpt is a token as a message shows it.
func (s *scanner) excerpt(from, to int) string {
	const most = 40
	t := s.text[from:to]
	if len(t) > most {
		t = append(bytes.Clone(t[:most-1]), "…"...)
	}
	return string(bytes.ToValidUTF8(t, []byte("?")))
}
