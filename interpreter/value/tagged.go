package value

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
