package regex

import (
	"strings"
	"unicode/utf8"
)

// facts say on which texts Go's regexp would differ from Java's.
type facts struct {
	endOfText  bool // $ or \Z: may stand before a last line terminator
	lines      bool // ^ or $ in multiline mode
	boundaries bool // \b or \B
}

// Input is a text to be searched, by one goroutine. What is known of it is found out once.
type Input struct {
	text              string
	known             bool
	ascii, valid      bool
	endsInTerminator  bool
	hasRareTerminator bool
	used              *machine
}

// NewInput prepares a text for searching.
func NewInput(text string) *Input { return &Input{text: text} }

// Text is the text.
func (in *Input) Text() string { return in.text }

// machine is the one for searching the text for r.
func (in *Input) machine(r *Regex) *machine {
	if in.used == nil || in.used.r != r {
		in.used = newMachine(r, in.text)
	}
	return in.used
}

// exact tells whether the machine has to search the text for a pattern of those facts.
func (in *Input) exact(f facts) bool {
	in.learn()
	switch {
	case !in.valid:
		return true
	case f.endOfText && in.endsInTerminator:
		return true
	case f.lines && (in.hasRareTerminator || in.endsInTerminator || in.text == ""):
		return true
	}
	return f.boundaries && !in.ascii
}

func (in *Input) learn() {
	if in.known {
		return
	}
	in.known, in.ascii, in.valid = true, true, true
	for i := range len(in.text) {
		if in.text[i] >= utf8.RuneSelf {
			in.ascii = false
			break
		}
	}
	if !in.ascii {
		in.valid = utf8.ValidString(in.text)
	}
	in.hasRareTerminator = strings.ContainsRune(in.text, '\r') ||
		!in.ascii && strings.ContainsAny(in.text, "\u0085\u2028\u2029")
	last, _ := utf8.DecodeLastRuneInString(in.text)
	in.endsInTerminator = in.text != "" && isTerminator(last)
}

// isTerminator tells whether r ends a line, in Java's eyes.
func isTerminator(r rune) bool {
	return r == '\n' || r == '\r' || r == 0x85 || r == 0x2028 || r == 0x2029
}
