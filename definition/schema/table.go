package schema

import (
	"strings"

	"github.com/weir-run/weir/interpreter/syntax"

	"github.com/weir-run/weir/interpreter/diagnostic"
)

// IncludeTag is the tag of a form that stands for a file. Where it is left in a text its
// value isn't known, so no shape is asked of it.
const IncludeTag = "flow/include"

// Field is one row of a table: a field of a map and what becomes of it.
type Field[T any] struct {
	Name     string
	Required bool
	Shape    Shape
	// Hint, if any, replaces the hint of a missing or misshapen value.
	Hint string
	// Set, if any, takes the value over. It is called only for values of the field's shape.
	Set func(r *Report, into *T, v *syntax.Node)
}

// Table is what a map may hold.
type Table[T any] []Field[T]

// Read checks the map n, called what in messages, and fills into. It returns the keys
// that the table doesn't know, each reported as a warning.
func (t Table[T]) Read(r *Report, n *syntax.Node, what string, into *T) (unknown []*syntax.Node) {
	if !t.isMap(r, n, what) {
		return nil
	}
	for i := 0; i+1 < len(n.Items); i += 2 {
		key, v := n.Items[i], n.Items[i+1]
		f := t.field(key)
		if f == nil {
			unknown = append(unknown, key)
			UnknownKey(r, key, what, t.names())
			continue
		}
		if Unresolved(v) || !Check(r, v, ":"+f.Name, f.Shape, f.Hint) {
			continue
		}
		if f.Set != nil {
			f.Set(r, into, v)
		}
	}
	t.missing(r, n, what)
	return unknown
}

func (t Table[T]) isMap(r *Report, n *syntax.Node, what string) bool {
	if n == nil || Unresolved(n) {
		return false
	}
	return Check(r, n, what, Map, "")
}

func (t Table[T]) field(key *syntax.Node) *Field[T] {
	for i := range t {
		if key.IsKeyword(t[i].Name) {
			return &t[i]
		}
	}
	return nil
}

func (t Table[T]) names() []string {
	names := make([]string, len(t))
	for i, f := range t {
		names[i] = f.Name
	}
	return names
}

func (t Table[T]) missing(r *Report, n *syntax.Node, what string) {
	for _, f := range t {
		if !f.Required || n.Get(f.Name) != nil {
			continue
		}
		hint := f.Hint
		if hint == "" {
			hint = "add :" + f.Name + ", " + f.Shape.Says
		}
		r.Error(n, "missing-field", hint, "%s needs :%s", what, f.Name)
	}
}

// Check tells whether v has a shape and reports an error, naming the field, where not.
func Check(r *Report, v *syntax.Node, name string, shape Shape, hint string) bool {
	if shape.Is(v) {
		return true
	}
	if guess := suggest(v, shape); guess != "" {
		hint = guess
	}
	code := "wrong-type"
	if shape.Names != nil && (Keyword.Is(v) || Text.Is(v)) {
		code = "unknown-value"
	}
	r.Error(v, code, hint, "%s must be %s, not %s", name, shape.Says, Found(v))
	return false
}

// suggest guesses what was meant by a value that isn't one of a shape's names.
func suggest(v *syntax.Node, shape Shape) string {
	text := TextOf(v)
	for _, name := range shape.Names {
		if text == name {
			return "write :" + name
		}
	}
	if near := Nearest(text, shape.Names); near != "" {
		return "did you mean :" + near + "?"
	}
	return ""
}

// UnknownKey warns of a key that what doesn't have.
func UnknownKey(r *Report, key *syntax.Node, what string, known []string) {
	text := TextOf(key)
	hint := ""
	if near := Nearest(text, known); near != "" {
		hint = "did you mean :" + near + "?"
		if near == text {
			hint = "write :" + near
		}
	}
	if Keyword.Is(key) {
		r.Warn(key, "unknown-field", hint, "%s has no field :%s", what, text)
		return
	}
	r.Warn(key, "unknown-field", hint, "%s has no field %s: fields are keywords", what, Found(key))
}

// Unresolved tells whether n is an include that is still in the text.
func Unresolved(n *syntax.Node) bool { return n.Kind == syntax.Tagged && n.Tag == IncludeTag }

// Nearest returns the name that a misspelt one most likely means, or "" if none comes near.
func Nearest(text string, names []string) string {
	best, least := "", len(text)/4+2 // closer than that counts as near
	if len(text) <= 3 {
		least = min(2, len(text)) // something of it must be there
	}
	for _, name := range names {
		if d := diagnostic.Distance(strings.ToLower(text), name, least); d < least {
			best, least = name, d
		}
	}
	if text == "" {
		return ""
	}
	return best
}
