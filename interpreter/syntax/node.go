package syntax

import "github.com/weir-run/weir/interpreter/value"

// Kind is the shape of a node.
type Kind uint8

// The shapes. Reader macros are expanded into lists while reading: 'x is (quote x), @x is
// (clojure.core/deref x), #'x is (var x), #(...) is (fn* [...] (...)). Regexes, #inst and #uuid
// are literals; a map with a namespace prefix has its keys spelled out.
const (
	Literal Kind = iota // nil, boolean, number, char, string, keyword, regex, inst, uuid
	Symbol
	List
	Vector
	Map // Items alternate key, value
	Set
	Tagged // #tag form: Tag is the name, Items[0] the form
)

// Node is one form and where it stood. Nodes don't change after reading; what rewrites forms makes new
// nodes and gives them the position of the form that they replace.
type Node struct {
	Kind  Kind
	Pos   value.Pos // of the first character, metadata excluded
	End   value.Pos // just past the last character
	Start int       // byte offsets into the text of [Pos, End)
	Stop  int
	Items []*Node
	Value value.Value // of a Literal; of a Symbol: the symbol without metadata
	Tag   string
	Meta  *Node // a Map node, or nil: ^{...}, ^:k, ^Type
}

// IsSymbol tells whether n is the symbol written as name ("let", "flow/step").
func (n *Node) IsSymbol(name string) bool { return n != nil && n.Kind == Symbol && n.Name() == name }

// Name is the full name of a symbol or keyword (without colon), or "".
func (n *Node) Name() string {
	if n == nil {
		return ""
	}
	if s, ok := n.Value.AsSymbol(); ok {
		return fullName(s.Namespace, s.Name)
	}
	if k, ok := n.Value.AsKeyword(); ok {
		return fullName(k.Namespace, k.Name)
	}
	return ""
}

// IsKeyword tells whether n is the keyword of that full name, given without the colon.
func (n *Node) IsKeyword(name string) bool {
	if n == nil || n.Kind != Literal {
		return false
	}
	_, ok := n.Value.AsKeyword()
	return ok && n.Name() == name
}

// Head returns the first item of a list if that is a symbol, else nil.
func (n *Node) Head() *Node {
	if n != nil && n.Kind == List && len(n.Items) > 0 && n.Items[0].Kind == Symbol {
		return n.Items[0]
	}
	return nil
}

// Get returns the value node under an unqualified keyword of a Map node, or nil.
func (n *Node) Get(keyword string) *Node {
	if n == nil || n.Kind != Map {
		return nil
	}
	for i := 0; i+1 < len(n.Items); i += 2 {
		if n.Items[i].IsKeyword(keyword) {
			return n.Items[i+1]
		}
	}
	return nil
}

// Datum is the form as data: what quote gives. Positions are dropped, metadata is kept.
func (n *Node) Datum() value.Value {
	v := n.plainDatum()
	if n.Meta != nil {
		v = value.WithMeta(v, n.Meta.Datum())
	}
	return v
}

func (n *Node) plainDatum() value.Value {
	switch n.Kind {
	case Literal, Symbol:
		return n.Value
	case Map:
		return value.NewMap(data(n.Items)...)
	case Set:
		return value.NewSet(nil, data(n.Items)...)
	case Vector:
		return value.VectorFrom(data(n.Items))
	case Tagged:
		return value.NewTagged(n.Tag, n.Items[0].Datum())
	default:
		return value.NewList(data(n.Items)...)
	}
}

func data(nodes []*Node) []value.Value {
	vs := make([]value.Value, len(nodes))
	for i, n := range nodes {
		vs[i] = n.Datum()
	}
	return vs
}

func fullName(ns, name string) string {
	if ns == "" {
		return name
	}
	return ns + "/" + name
}
