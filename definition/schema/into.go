package schema

import (
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Into makes a Field's Set that stores the text of a string or a keyword.
func Into[T any](field func(*T) *string) func(*Report, *T, *syntax.Node) {
	return func(_ *Report, into *T, v *syntax.Node) { *field(into) = TextOf(v) }
}

// IntoBool makes a Set that stores a boolean.
func IntoBool[T any](field func(*T) *bool) func(*Report, *T, *syntax.Node) {
	return func(_ *Report, into *T, v *syntax.Node) { *field(into) = BoolOf(v, false) }
}

// IntoValue makes a Set that stores the form as data.
func IntoValue[T any](field func(*T) *value.Value) func(*Report, *T, *syntax.Node) {
	return func(_ *Report, into *T, v *syntax.Node) { *field(into) = v.Datum() }
}

// IntoNode makes a Set that keeps the form itself.
func IntoNode[T any](field func(*T) **syntax.Node) func(*Report, *T, *syntax.Node) {
	return func(_ *Report, into *T, v *syntax.Node) { *field(into) = v }
}

// Entries gives the maps of a vector to read, one by one; anything else among them is an error.
func Entries(r *Report, n *syntax.Node, what string, read func(entry *syntax.Node)) {
	if n == nil || n.Kind != syntax.Vector {
		return
	}
	for _, entry := range n.Items {
		if !Unresolved(entry) && Check(r, entry, what, Map, "") {
			read(entry)
		}
	}
}

// Pairs gives the entries of a map whose keys are keywords or text; anything else is an error.
func Pairs(r *Report, n *syntax.Node, what string, read func(key, v *syntax.Node)) {
	if n == nil || n.Kind != syntax.Map {
		return
	}
	for i := 0; i+1 < len(n.Items); i += 2 {
		if Check(r, n.Items[i], "the name of "+what, Name, "") {
			read(n.Items[i], n.Items[i+1])
		}
	}
}
