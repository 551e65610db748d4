package definition

import (
	"net/mail"
	"strings"
	"time"

	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Problem is what is wrong with one field of an input.
type Problem struct {
	Field    string `json:"field"`    // the input's name; "" for the input as a whole
	Expected string `json:"expected"` // "text", "a number", "one of small, large", ...
	Missing  bool   `json:"missing,omitempty"`
	Message  string `json:"message"` // for people; never holds the value that was given
}

// CheckInput checks a run's input against an invocation ("" for the default one) and fills the defaults in.
// Fields that the invocation doesn't know are kept. A field that is nil counts as left out.
// With problems, the value is the input as it came.
func (f *Flow) CheckInput(invocation string, in value.Value) (value.Value, []Problem) {
	inv, ok := f.invocation(invocation)
	if !ok {
		return in, []Problem{{Expected: "an invocation", Message: "the flow has no invocation :" + orDefault(invocation)}}
	}
	if in.IsNil() {
		in = value.NewMap()
	}
	m, ok := in.AsMap()
	if !ok {
		return in, []Problem{{Expected: "a map", Message: "the input must be a map, not a " + value.KindName(in)}}
	}
	var problems []Problem
	for i := range inv.Inputs {
		field := &inv.Inputs[i]
		key, given := fieldKey(m, field.Name)
		switch {
		case given.IsNil() && field.HasDefault:
			m = m.Assoc(nil, key, field.Default)
		case given.IsNil() && field.Required:
			problems = append(problems, Problem{Field: field.Name, Expected: expected(field), Missing: true,
				Message: field.Name + " is missing: expected " + expected(field)})
		case !given.IsNil():
			if want := field.mismatch(given); want != "" {
				problems = append(problems, Problem{Field: field.Name, Expected: want,
					Message: field.Name + " must be " + want + ", not " + article(value.KindName(given))})
			}
		}
	}
	if len(problems) > 0 {
		return in, problems
	}
	return value.Of(m), nil
}

func orDefault(name string) string {
	if name == "" {
		return DefaultInvocation
	}
	return name
}

// fieldKey finds a field by its keyword, or by its text where the name makes no keyword.
func fieldKey(m *value.Map, name string) (key, v value.Value) {
	key = value.String(name)
	if syntax.SafeKeyword(name) {
		key = value.Kw(name)
	}
	v, _ = m.Own(nil, key)
	return key, v
}

// expected says what a field takes.
func expected(i *Input) string {
	switch i.Type {
	case "number":
		return "a number"
	case "boolean", "checkbox":
		return "true or false"
	case "email":
		return "an e-mail address"
	case "date":
		return "a date like 2026-01-31"
	case "time":
		return "a time like 16:30"
	case "datetime":
		return "a date and time like 2026-01-31T16:30:00Z"
	case "file", "blob", "resource":
		return "a resource: a res:// address or a ref"
	case "json":
		return "any JSON"
	case "select":
		var names []string
		for _, o := range i.Options {
			names = append(names, plainText(o.Value))
		}
		return "one of " + strings.Join(names, ", ")
	}
	return "text"
}

// mismatch is what a field expected where v isn't that, or "".
func (i *Input) mismatch(v value.Value) string {
	if i.takes(v) {
		return ""
	}
	return expected(i)
}

func (i *Input) takes(v value.Value) bool {
	switch i.Type {
	case "json":
		return true
	case "number":
		return isNumber(v)
	case "boolean", "checkbox":
		_, ok := v.AsBool()
		return ok
	case "select":
		return i.offers(v)
	case "file", "blob", "resource":
		return isResource(v)
	}
	if v.Kind() == value.KindInst {
		return i.Type == "date" || i.Type == "datetime"
	}
	s, ok := v.AsString()
	if !ok {
		return false
	}
	switch i.Type {
	case "email":
		a, err := mail.ParseAddress(s)
		return err == nil && a.Address == s
	case "date":
		return parses(s, time.DateOnly)
	case "time":
		return parses(s, "15:04", "15:04:05", "15:04:05.999999999")
	case "datetime":
		return parses(s, time.RFC3339, "2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04Z07:00")
	}
	return true
}

// offers tells whether v is one of a select's options. JSON has no keywords, so :small and "small" are one.
func (i *Input) offers(v value.Value) bool {
	for _, o := range i.Options {
		if value.Equal(nil, o.Value, v) {
			return true
		}
		if isName(o.Value) && isName(v) && plainText(o.Value) == plainText(v) {
			return true
		}
	}
	return false
}

func isName(v value.Value) bool {
	return v.Kind() == value.KindString || v.Kind() == value.KindKeyword
}

// plainText is a scalar as people write it: strings without quotes, keywords without colon.
func plainText(v value.Value) string {
	if k, ok := v.AsKeyword(); ok {
		return k.FullName()
	}
	return value.Text(nil, v)
}

func isNumber(v value.Value) bool {
	switch v.Kind() {
	case value.KindInt, value.KindDouble, value.KindBigInt, value.KindRatio, value.KindDecimal:
		return true
	}
	return false
}

// isResource takes an address or a resource ref, as :persist makes them.
func isResource(v value.Value) bool {
	uri := v
	if m, ok := v.AsMap(); ok {
		uri = m.GetKw("uri")
	}
	s, ok := uri.AsString()
	return ok && strings.HasPrefix(s, "res://") && len(s) > len("res://")
}

func parses(s string, layouts ...string) bool {
	for _, layout := range layouts {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

func article(kind string) string {
	switch {
	case kind == "nil" || kind == "":
		return kind
	case strings.ContainsRune("aeiou", rune(kind[0])):
		return "an " + kind
	}
	return "a " + kind
}
