package template

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/weir-run/weir/interpreter/value"
)

// expression is what stands in a tag. found is false for a name that leads nowhere.
type expression interface {
	eval(r *renderer, s *scope) (v value.Value, found bool, err error)
}

type literalExpr struct{ v value.Value }

// pathExpr looks a name up: from the current value, from one of the enclosing blocks, or from @data.
type pathExpr struct {
	up       int      // number of ../
	data     string   // "index" of @index
	own      bool     // this.x and ./x don't look at block parameters
	segments []string // after that
}

type callExpr struct {
	name   string
	helper helper
	args   []expression
	offset int
}

// expression reads "name", "helper a b", "(helper a)", a literal.
func (p *parser) expression(text string, offset int) (expression, error) {
	r := &expressionReader{source: p.source, text: text, offset: offset}
	e, err := r.call(0)
	if err != nil {
		return nil, err
	}
	if r.space(); r.at < len(r.text) {
		return nil, r.fail("unexpected %q", r.text[r.at:])
	}
	return e, nil
}

type expressionReader struct {
	source, text string
	offset, at   int
}

func (r *expressionReader) fail(format string, args ...any) error {
	return errorAt(r.source, r.offset+r.at, format, args...)
}

func (r *expressionReader) space() {
	for r.at < len(r.text) && strings.IndexByte(whitespace, r.text[r.at]) >= 0 {
		r.at++
	}
}

// call reads an operand, or a helper and its operands, up to a ) or the end.
func (r *expressionReader) call(depth int) (expression, error) {
	r.space()
	start := r.at
	if r.at == len(r.text) {
		return nil, r.fail("an empty tag")
	}
	word := r.peekWord()
	first, err := r.operand(depth)
	if err != nil {
		return nil, err
	}
	r.space()
	if depth == 0 && r.at == len(r.text) {
		return first, nil
	}
	h, known := helpers[word]
	if !known {
		r.at = start
		if word == "" {
			return nil, r.fail("expected a helper here")
		}
		return nil, r.fail("unknown helper %s: there are %s", word, helperNames)
	}
	call := &callExpr{name: word, helper: h, offset: r.offset + start}
	for {
		r.space()
		if r.at == len(r.text) || r.text[r.at] == ')' {
			break
		}
		arg, err := r.operand(depth)
		if err != nil {
			return nil, err
		}
		call.args = append(call.args, arg)
	}
	if n := len(call.args); n < h.min || n > h.max {
		r.at = start
		return nil, r.fail("%s takes %s, not %d", word, h.arity(), n)
	}
	return call, nil
}

func (r *expressionReader) peekWord() string {
	end := r.at
	for end < len(r.text) && isNameByte(r.text[end]) {
		end++
	}
	return r.text[r.at:end]
}

func (r *expressionReader) operand(depth int) (expression, error) {
	switch c := r.text[r.at]; {
	case c == '(':
		if depth >= MaxDepth {
			return nil, r.fail("expressions are nested more than %d deep", MaxDepth)
		}
		open := r.at
		r.at++
		e, err := r.call(depth + 1)
		if err != nil {
			return nil, err
		}
		if r.space(); r.at == len(r.text) || r.text[r.at] != ')' {
			r.at = open
			return nil, r.fail("this ( is never closed")
		}
		r.at++
		return e, nil
	case c == '"' || c == '\'':
		return r.str(c)
	case c >= '0' && c <= '9', c == '-' && r.at+1 < len(r.text) && r.text[r.at+1] >= '0' && r.text[r.at+1] <= '9':
		return r.number()
	}
	return r.path()
}

func (r *expressionReader) str(quote byte) (expression, error) {
	start := r.at
	var b strings.Builder
	for r.at++; r.at < len(r.text); r.at++ {
		switch c := r.text[r.at]; {
		case c == quote:
			r.at++
			return literalExpr{value.String(b.String())}, nil
		case c == '\\' && r.at+1 < len(r.text):
			r.at++
			switch e := r.text[r.at]; e {
			case 'n':
				b.WriteByte('\n')
			case 't':
				b.WriteByte('\t')
			default:
				b.WriteByte(e)
			}
		default:
			b.WriteByte(c)
		}
	}
	r.at = start
	return nil, r.fail("this string is never closed")
}

func (r *expressionReader) number() (expression, error) {
	start := r.at
	r.at++
	for r.at < len(r.text) && strings.IndexByte("0123456789.eE+-", r.text[r.at]) >= 0 {
		r.at++
	}
	text := r.text[start:r.at]
	if i, err := strconv.ParseInt(text, 10, 64); err == nil {
		return literalExpr{value.Int(i)}, nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		r.at = start
		return nil, r.fail("%s is not a number", text)
	}
	return literalExpr{value.Double(f)}, nil
}

var constants = map[string]value.Value{"true": value.True, "false": value.False, "nil": value.Nil, "null": value.Nil}

func (r *expressionReader) path() (expression, error) {
	start := r.at
	e := &pathExpr{}
	for strings.HasPrefix(r.text[r.at:], "../") || r.rest() == ".." {
		e.up++
		e.own = true
		r.at = min(r.at+3, len(r.text))
	}
	switch {
	case r.rest() == "." || strings.HasPrefix(r.text[r.at:], ". "):
		r.at++
		e.own = true
		return e, nil
	case strings.HasPrefix(r.text[r.at:], "./"):
		r.at += 2
		e.own = true
	case strings.HasPrefix(r.text[r.at:], "@"):
		r.at++
		e.data = r.peekWord()
		if !dataNames[e.data] {
			return nil, r.fail("unknown name @%s: there are @index, @key, @first, @last and @root", e.data)
		}
		r.at += len(e.data)
		return e, r.segments(e, true)
	}
	if e.up > 0 && (r.at == len(r.text) || !isNameByte(r.text[r.at]) && r.text[r.at] != '[') {
		return e, nil
	}
	if err := r.segments(e, false); err != nil {
		return nil, err
	}
	if !e.own && len(e.segments) == 1 {
		if v, ok := constants[e.segments[0]]; ok && r.text[start] != '[' {
			return literalExpr{v}, nil
		}
	}
	if e.segments[0] == "this" && r.text[start] != '[' {
		e.own, e.segments = true, e.segments[1:]
	}
	return e, nil
}

func (r *expressionReader) rest() string { return strings.TrimRight(r.text[r.at:], whitespace+")") }

// segments reads a.b, a/b, a.[any name]; with more, one has been read before.
func (r *expressionReader) segments(e *pathExpr, more bool) error {
	for {
		if more {
			if r.at == len(r.text) || r.text[r.at] != '.' && r.text[r.at] != '/' {
				return nil
			}
			r.at++
		}
		more = true
		if r.at < len(r.text) && r.text[r.at] == '[' {
			end := strings.IndexByte(r.text[r.at:], ']')
			if end < 0 {
				return r.fail("this [ is never closed")
			}
			e.segments = append(e.segments, r.text[r.at+1:r.at+end])
			r.at += end + 1
			continue
		}
		word := r.peekWord()
		if word == "" {
			if r.at == len(r.text) {
				return r.fail("a name is missing here")
			}
			return r.fail("unexpected %q", []rune(r.text[r.at:])[0])
		}
		if r.at += len(word); r.at < len(r.text) && r.text[r.at] == '=' {
			return r.fail("named arguments (%s=) are not available here", word)
		}
		e.segments = append(e.segments, word)
		if len(e.segments) > MaxDepth {
			return r.fail("a name may have at most %d parts", MaxDepth)
		}
	}
}

// isNameByte takes what keywords are made of, all of UTF-8 beyond ASCII included, less the separators . and /.
func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80 || strings.IndexByte("-_?!*+<>$%:#&", c) >= 0
}

var dataNames = map[string]bool{"index": true, "key": true, "first": true, "last": true, "root": true}

func (e literalExpr) eval(*renderer, *scope) (value.Value, bool, error) { return e.v, true, nil }

func (e *pathExpr) eval(r *renderer, s *scope) (value.Value, bool, error) {
	for range e.up {
		if s.parent == nil {
			return value.Nil, false, nil
		}
		s = s.parent
	}
	v, segments := s.this, e.segments
	switch {
	case e.data == "root":
		v = r.root
	case e.data != "":
		found := false
		if v, found = s.data(e.data); !found {
			return value.Nil, false, nil
		}
	case !e.own && len(segments) > 0:
		if param, ok := s.param(segments[0]); ok {
			v, segments = param, segments[1:]
		}
	}
	for _, name := range segments {
		var found bool
		if v, found = lookup(v, name); !found {
			return value.Nil, false, nil
		}
	}
	return v, true, nil
}

func (e *callExpr) eval(r *renderer, s *scope) (value.Value, bool, error) {
	args := make([]value.Value, len(e.args))
	for i, a := range e.args {
		v, _, err := a.eval(r, s)
		if err != nil {
			return value.Nil, false, err
		}
		args[i] = v
	}
	v, err := e.helper.call(args)
	if err != nil {
		return value.Nil, false, errorAt(r.source, e.offset, "%s: %v", e.name, err)
	}
	return v, true, nil
}

// lookup finds name in a map (as a keyword, then as a string), in a sequence (as an index) or as a length.
func lookup(v value.Value, name string) (value.Value, bool) {
	switch v.Kind() {
	case value.KindMap, value.KindSortedMap:
		if found, ok := value.Get(nil, v, value.Kw(name)); ok {
			return found, true
		}
		if v.Kind() == value.KindSortedMap {
			return value.Nil, false // its keys need not compare with strings
		}
		return value.Get(nil, v, value.String(name))
	case value.KindVector, value.KindList, value.KindSeq:
		if i, err := strconv.ParseInt(name, 10, 64); err == nil && i >= 0 {
			return value.Nth(nil, v, i)
		}
	}
	if name == "length" && countable(v) {
		return value.Int(value.Count(nil, v)), true
	}
	return value.Nil, false
}

func (h helper) arity() string {
	switch {
	case h.min == h.max && h.min == 1:
		return "1 argument"
	case h.min == h.max:
		return fmt.Sprintf("%d arguments", h.min)
	}
	return fmt.Sprintf("%d to %d arguments", h.min, h.max)
}
