package syntax

import (
	"errors"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/weir-run/weir/interpreter/regex"
	"github.com/weir-run/weir/interpreter/value"
)

// str reads the string literal at the offset and returns its text.
func (s *scanner) str() string {
	from := s.off
	s.off++
	rest := s.text[s.off:]
	for i, c := range rest { // the fast path: no escapes
		if c == '"' {
			s.off += i + 1
			return string(rest[:i])
		}
		if c == '\\' {
			break
		}
	}
	var out []byte
	for s.off < len(s.text) {
		switch c := s.text[s.off]; c {
		case '"':
			s.off++
			return string(out)
		case '\\':
			out = s.escape(out)
		default:
			out = append(out, c)
			s.off++
		}
	}
	s.fail(from, from+1, "unclosed-string", "this string is never closed", "add the closing \"")
	return ""
}

// escape decodes the escape at the offset onto out. A bad one is a problem and gives nothing.
func (s *scanner) escape(out []byte) []byte {
	at, c := s.off, s.peek(1)
	if simple, ok := escapes[c]; ok {
		s.off += 2
		return append(out, simple)
	}
	switch {
	case c == 'u':
		r, ok := s.unicode(s.off + 2)
		if !ok {
			break
		}
		s.off += 6
		if utf16.IsSurrogate(r) && s.peek(0) == '\\' && s.peek(1) == 'u' {
			if low, ok := s.unicode(s.off + 2); ok && utf16.DecodeRune(r, low) != utf8.RuneError {
				r = utf16.DecodeRune(r, low)
				s.off += 6
			}
		}
		return utf8.AppendRune(out, r)
	case '0' <= c && c <= '7':
		n, i := 0, s.off+1
		for ; i < len(s.text) && i < s.off+4 && '0' <= s.text[i] && s.text[i] <= '7'; i++ {
			n = n*8 + int(s.text[i]-'0')
		}
		if n <= 0377 {
			s.off = i
			return utf8.AppendRune(out, rune(n))
		}
	}
	s.off = min(s.off+2, len(s.text))
	s.problem(at, s.off, "bad-escape", "unsupported escape "+s.excerpt(at, s.off), `strings know \t \n \r \b \f \\ \" \uXXXX and octal \o`)
	return out
}

var escapes = map[byte]byte{'t': '\t', 'r': '\r', 'n': '\n', '\\': '\\', '"': '"', 'b': '\b', 'f': '\f'}

// unicode reads four hexadecimal digits.
func (s *scanner) unicode(at int) (rune, bool) {
	if at+4 > len(s.text) {
		return 0, false
	}
	n, err := strconv.ParseUint(string(s.text[at:at+4]), 16, 16)
	return rune(n), err == nil
}

// pattern reads the body of a regex literal, whose backslashes belong to the regex.
func (s *scanner) pattern() value.Value {
	from := s.off
	s.off += 2
	start := s.off
	for s.off < len(s.text) && s.text[s.off] != '"' {
		if s.text[s.off] == '\\' {
			s.off++
		}
		s.off++
	}
	if s.off >= len(s.text) {
		s.off = len(s.text)
		s.fail(from, from+2, "unclosed-regex", "this regex is never closed", "add the closing \"")
	}
	text := string(s.text[start:s.off])
	s.off++
	re, err := value.CompileRegex(text)
	if err != nil {
		hint := ""
		var problem *regex.SyntaxError
		if errors.As(err, &problem) {
			err, hint = problem, problem.Hint
		}
		s.problem(from, s.off, "bad-regex", err.Error(), hint)
		return value.Nil
	}
	return re
}

var namedChars = map[string]rune{"newline": '\n', "space": ' ', "tab": '\t', "backspace": '\b', "formfeed": '\f', "return": '\r'}

// char reads a character literal: \a \newline \u03A9 \o101.
func (s *scanner) char() value.Value {
	from := s.off
	s.off++
	r, n := utf8.DecodeRune(s.text[s.off:])
	if n == 0 {
		s.fail(from, from+1, "bad-char", "a character literal at the end of the text", "")
	}
	s.off += n
	s.token()
	token := string(s.text[from+1 : s.off])
	if len(token) == n {
		if r > 0xFFFF {
			s.problem(from, s.off, "bad-char", "a character literal holds one UTF-16 unit, and "+token+" needs two", "write it as a string")
		}
		return value.Char(r)
	}
	if named, ok := namedChars[token]; ok {
		return value.Char(named)
	}
	if token[0] == 'u' && len(token) == 5 {
		if c, err := strconv.ParseUint(token[1:], 16, 16); err == nil && !utf16.IsSurrogate(rune(c)) {
			return value.Char(rune(c))
		}
	}
	if token[0] == 'o' && len(token) <= 4 {
		if c, err := strconv.ParseUint(token[1:], 8, 16); err == nil && c <= 0377 {
			return value.Char(rune(c))
		}
	}
	s.problem(from, s.off, "bad-char", "unsupported character "+s.excerpt(from, s.off), `there are \a, \newline, \space, \tab, \backspace, \formfeed, \return, \uXXXX and \oNNN`)
	return value.Nil
}
