// Package syntax reads text into forms that remember where they stood.
package syntax

import "github.com/weir-run/weir/interpreter/value"

// Kind is the shape of a node.
type Kind uint8

// The shapes. Reader macros are already expanded into lists: 'x is (quote x), @x (clojure.core/deref x),
// #(...) (fn* [p1__# ...] ...), #"re" a Literal of kind regex; #inst, #uuid literals; #ns{...} applied; other tags are Tagged.
const (
	Literal Kind = iota // nil, boolean, number, char, string, keyword, regex, inst, uuid: Value holds it
	Symbol              // Value holds the symbol (with metadata if written)
	List
	Vector
	Map // Items alternate key, value
	Set
	Tagged // Items[0] is the tagged form, Tag its name
)

// Node is one form. Nodes are immutable after reading; macros make new ones and give them the position of the form they replace.
type Node struct {
	Kind  Kind
	Pos   value.Pos // first character
	End   value.Pos // just past the last character
	Items []*Node
	Value value.Value
	Tag   string
	Meta  *Node // a Map node, or nil: ^{...}, ^:k, ^Type
}
