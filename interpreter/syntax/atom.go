package syntax

import (
	"bytes"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/weir-run/weir/interpreter/value"
)

// atom reads the number, symbol, keyword or constant at the offset. isSymbol tells the second case apart,
// since true, false and nil look like symbols. A bad token is a problem and reads as nil.
func (s *scanner) atom() (v value.Value, isSymbol bool) {
	c, next := s.text[s.off], s.peek(1)
	if isDigit(c) || ((c == '+' || c == '-') && isDigit(next)) {
		return s.number(), false
	}
	from, to := s.token()
	if from == to { // a control character or the like
		s.off++
		s.problem(from, s.off, "bad-token", "this character can't begin a form", "")
		return value.Nil, false
	}
	token := s.text[from:to]
	if token[0] == ':' {
		return s.keyword(from, to), false
	}
	switch string(token) {
	case "nil":
		return value.Nil, false
	case "true":
		return value.True, false
	case "false":
		return value.False, false
	}
	ns, name, ok := splitName(token)
	if !ok || bytes.HasPrefix(token, []byte("##")) {
		s.problem(from, to, "bad-token", "invalid token "+s.excerpt(from, to), "")
		return value.Nil, false
	}
	return value.Sym(ns, name), true
}

func (s *scanner) keyword(from, to int) value.Value {
	token := s.text[from+1 : to]
	if k, ok := s.keywords[string(token)]; ok {
		return k
	}
	if len(token) > 0 && token[0] == ':' {
		s.problem(from, to, "auto-keyword", "keywords that take the current namespace ("+s.excerpt(from, to)+") need a namespace, and flows have none",
			"write :"+string(token[1:])+" or spell the namespace out")
		return value.Nil
	}
	ns, name, ok := splitName(token)
	if !ok {
		s.problem(from, to, "bad-token", "invalid token "+s.excerpt(from, to), "")
		return value.Nil
	}
	k := value.Of(value.Intern(ns, name))
	if s.keywords == nil {
		s.keywords = map[string]value.Value{}
	}
	if len(s.keywords) < maxKeptKeywords {
		s.keywords[string(token)] = k
	}
	return k
}

// maxKeptKeywords is how many keywords of a text the scanner remembers.
const maxKeptKeywords = 1 << 10

// splitName takes the namespace off a symbol's or keyword's text, by Clojure's rules: no empty
// part, no trailing colon, no doubled colon; "/" alone is a name.
func splitName(token []byte) (ns, name string, ok bool) {
	if len(token) == 0 || token[len(token)-1] == ':' || bytes.Contains(token, []byte("::")) {
		return "", "", false
	}
	i := bytes.IndexByte(token, '/')
	if i < 0 || len(token) == 1 {
		return "", string(token), true
	}
	ns, name = string(token[:i]), string(token[i+1:])
	if ns == "" || name == "" || strings.HasSuffix(ns, ":") || (strings.Contains(name, "/") && name != "/") || isDigit(name[0]) {
		return "", "", false
	}
	return ns, name, true
}

// SafeKeyword tells whether ":"+name reads back as the keyword of exactly that name: the rule by
// which keys of JSON objects become keywords or stay strings.
func SafeKeyword(name string) bool {
	if name == "" {
		return false
	}
	for i := 0; i < len(name); i++ {
		if c := name[i]; c <= ' ' || c == 0x7f || terminates[c] {
			return false
		}
	}
	for _, r := range name {
		if isUnicodeSpace(r) || r == '\ufeff' || r == '\ufffd' {
			return false
		}
	}
	_, _, ok := splitName([]byte(name))
	return ok && name[0] != ':'
}

func (s *scanner) symbolic() value.Value {
	at := s.off
	s.off += 2
	from, to := s.token()
	switch string(s.text[from:to]) {
	case "Inf":
		return value.Double(math.Inf(1))
	case "-Inf":
		return value.Double(math.Inf(-1))
	case "NaN":
		return value.Double(math.NaN())
	}
	s.problem(at, to, "bad-token", "unknown symbolic value "+s.excerpt(at, to), "there are ##Inf, ##-Inf and ##NaN")
	return value.Nil
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isLetter tells whether a tag may begin with c: any letter, ASCII or not.
func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf
}
