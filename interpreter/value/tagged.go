package value

import "strings"

// Tagged is a tagged literal whose tag nobody knows: data.
type Tagged struct {
	Tag  string // without the #
	Form Value
}

// NewTagged makes a tagged literal.
func NewTagged(tag string, form Value) Value { return Value{ref: &Tagged{tag, form}} }

// AsTagged returns the tagged literal and whether v is one.
func (v Value) AsTagged() (*Tagged, bool) {
	t, ok := v.ref.(*Tagged)
	return t, ok
}

// field is what a keyword finds in t: its :tag, a symbol, or its :form.
func (t *Tagged) field(k Value) (Value, bool) {
	kw, _ := k.AsKeyword()
	switch {
	case kw == nil || kw.Namespace != "":
	case kw.Name == "tag":
		ns, name, qualified := strings.Cut(t.Tag, "/")
		if !qualified {
			ns, name = "", t.Tag
		}
		return Sym(ns, name), true
	case kw.Name == "form":
		return t.Form, true
	}
	return Nil, false
}
