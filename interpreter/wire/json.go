package wire

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// SyntaxError says where a text stops being JSON (RFC 8259).
type SyntaxError struct {
	Offset  int // bytes from the beginning
	Message string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s (at byte %d)", e.Message, e.Offset)
}

// parser knows JSON's tokens.
type parser struct {
	text       []byte
	off        int
	depthLimit int
}

func (p *parser) syntaxError(message string) error {
	return &SyntaxError{Offset: p.off, Message: message}
}

func (p *parser) peek() byte {
	if p.off < len(p.text) {
		return p.text[p.off]
	}
	return 0
}

func (p *parser) space() {
	for p.off < len(p.text) {
		switch p.text[p.off] {
		case ' ', '\n', '\r', '\t':
			p.off++
		default:
			return
		}
	}
}

// literal moves past word if it stands here.
func (p *parser) literal(word string) bool {
	if !bytes.HasPrefix(p.text[p.off:], []byte(word)) {
		return false
	}
	p.off += len(word)
	return true
}

// separator moves past a comma (more is true) or the closing delimiter.
func (p *parser) separator(closing byte) (more bool, err error) {
	p.space()
	switch p.peek() {
	case ',':
		p.off++
		return true, nil
	case closing:
		p.off++
		return false, nil
	}
	return false, p.syntaxError("expected , or " + string(closing))
}

// numberText moves past a number and returns it, checked against JSON's grammar.
func (p *parser) numberText() (text string, isInteger bool, err error) {
	from := p.off
	if p.peek() == '-' {
		p.off++
	}
	first := p.off
	if p.digits() == 0 || (p.text[first] == '0' && p.off > first+1) {
		p.off = from
		return "", false, p.syntaxError("invalid number")
	}
	isInteger = true
	if p.peek() == '.' {
		isInteger = false
		p.off++
		if p.digits() == 0 {
			return "", false, p.syntaxError("invalid number")
		}
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		isInteger = false
		p.off++
		if c := p.peek(); c == '+' || c == '-' {
			p.off++
		}
		if p.digits() == 0 {
			return "", false, p.syntaxError("invalid number")
		}
	}
	return string(p.text[from:p.off]), isInteger, nil
}

func (p *parser) digits() (n int) {
	for c := p.peek(); '0' <= c && c <= '9'; c = p.peek() {
		p.off++
		n++
	}
	return n
}

// str reads the string at the offset. Invalid UTF-8 and lone surrogates are errors: nothing is replaced in silence.
func (p *parser) str() (string, error) {
	p.off++
	rest := p.text[p.off:]
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '"':
			p.off += i + 1
			if !utf8.Valid(rest[:i]) {
				return "", p.syntaxError("a string that is not valid UTF-8")
			}
			return string(rest[:i]), nil
		case c == '\\':
			return p.escaped(i)
		case c < ' ':
			p.off += i
			return "", p.syntaxError("a control character in a string")
		}
	}
	return "", p.syntaxError("a string that is never closed")
}

// escaped reads on after the first escape, plain bytes from the offset.
func (p *parser) escaped(plain int) (string, error) {
	out := append(make([]byte, 0, plain+32), p.text[p.off:p.off+plain]...)
	p.off += plain
	for p.off < len(p.text) {
		switch c := p.text[p.off]; {
		case c == '"':
			p.off++
			if !utf8.Valid(out) {
				return "", p.syntaxError("a string that is not valid UTF-8")
			}
			return string(out), nil
		case c < ' ':
			return "", p.syntaxError("a control character in a string")
		case c != '\\':
			out = append(out, c)
			p.off++
		default:
			var err error
			if out, err = p.escape(out); err != nil {
				return "", err
			}
		}
	}
	return "", p.syntaxError("a string that is never closed")
}

var escapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (p *parser) escape(out []byte) ([]byte, error) {
	p.off++
	c := p.peek()
	if plain, ok := escapes[c]; ok {
		p.off++
		return append(out, plain), nil
	}
	r, ok := p.unicode()
	if !ok {
		return nil, p.syntaxError("invalid escape in a string")
	}
	if utf16.IsSurrogate(r) {
		low := rune(0)
		if p.literal(`\`) {
			low, ok = p.unicode()
		}
		if r = utf16.DecodeRune(r, low); !ok || r == utf8.RuneError {
			return nil, p.syntaxError("half of a surrogate pair in a string")
		}
	}
	return utf8.AppendRune(out, r), nil
}

// unicode reads uXXXX.
func (p *parser) unicode() (rune, bool) {
	if p.peek() != 'u' || p.off+5 > len(p.text) {
		return 0, false
	}
	n, err := strconv.ParseUint(string(p.text[p.off+1:p.off+5]), 16, 16)
	if err != nil {
		return 0, false
	}
	p.off += 5
	return rune(n), true
}
