package template

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/weir-run/weir/interpreter/value"
)

// Limits of one template.
const (
	MaxBytes  = 1 << 20   // of its text
	MaxDepth  = 64        // of blocks in blocks, and of expressions in expressions
	MaxOutput = 8 << 20   // of what it renders to
	MaxTurns  = 1_000_000 // of all its loops together
)

// Code is the code of a step that failed for its template.
const Code = "template-error"

// Error says where in the template something is wrong.
type Error struct {
	Line, Col int // 1-based; columns count characters
	Message   string
}

func (e *Error) Error() string {
	return fmt.Sprintf("template %d:%d: %s", e.Line, e.Col, e.Message)
}

// Context says where rendered values end up, and so how they are written.
type Context uint8

// The contexts.
const (
	Text   Context = iota // as they are
	Path                  // percent-encoded as one segment of a URL; "." and ".." are refused
	Header                // a CR, LF or NUL is refused
)

// Template is a compiled text. It is immutable, and safe for concurrent use.
type Template struct {
	source string
	nodes  []node
	single expression // set if the text is exactly one tag
}

// Compile reads a template. Its errors are of type *Error.
func Compile(source string) (*Template, error) {
	if len(source) > MaxBytes {
		return nil, &Error{Line: 1, Col: 1, Message: fmt.Sprintf("a template may have at most %d bytes, this one has %d", MaxBytes, len(source))}
	}
	p := &parser{source: source}
	nodes, err := p.parse()
	if err != nil {
		return nil, err
	}
	t := &Template{source: source, nodes: nodes}
	if len(nodes) == 1 {
		if v, ok := nodes[0].(*valueNode); ok && v.whole {
			t.single = v.expr
		}
	}
	return t, nil
}

// Render writes the template with data as text.
func (t *Template) Render(data value.Value, ctx Context) (string, error) {
	r := &renderer{source: t.source, ctx: ctx, root: data}
	if err := r.nodes(t.nodes, &scope{this: data}); err != nil {
		return "", err
	}
	return r.out.String(), nil
}

// Value is what the template stands for: for exactly one tag the value that it names, with its type (an
// empty string if it is missing), else the rendered text.
func (t *Template) Value(data value.Value) (value.Value, error) {
	if t.single == nil {
		text, err := t.Render(data, Text)
		return value.String(text), err
	}
	r := &renderer{source: t.source, root: data}
	v, found, err := t.single.eval(r, &scope{this: data})
	if err != nil || !found {
		return value.String(""), err
	}
	return v, nil
}

// Literal tells whether a text has no tags: it renders as itself.
func Literal(source string) bool { return !strings.Contains(source, "{{") }

// errorAt makes an error for a byte offset of the source.
func errorAt(source string, offset int, format string, args ...any) *Error {
	before := source[:min(max(offset, 0), len(source))]
	line := strings.Count(before, "\n")
	col := utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	return &Error{Line: line + 1, Col: col + 1, Message: fmt.Sprintf(format, args...)}
}
