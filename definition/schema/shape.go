package schema

import (
	"strings"

	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Shape is what a value of a field must look like.
type Shape struct {
	// Is tells whether a form has the shape.
	Is func(n *syntax.Node) bool
	// Says completes "must be ..." in a message.
	Says string
	// Names are the choices, if the shape is a choice among keywords.
	Names []string
}

// The shapes that fields commonly have.
var (
	Any     = Shape{Says: "anything", Is: func(*syntax.Node) bool { return true }}
	Text    = Shape{Says: "text", Is: isKind(value.KindString)}
	Keyword = Shape{Says: "a keyword", Is: isKind(value.KindKeyword)}
	Name    = Shape{Says: "a keyword or text", Is: isKind(value.KindKeyword, value.KindString)}
	Bool    = Shape{Says: "true or false", Is: isKind(value.KindBool)}
	Integer = Shape{Says: "a whole number", Is: isKind(value.KindInt)}
	Number  = Shape{Says: "a number", Is: isKind(value.KindInt, value.KindDouble, value.KindBigInt, value.KindRatio, value.KindDecimal)}
	Map     = Shape{Says: "a map", Is: isShape(syntax.Map)}
	Vector  = Shape{Says: "a vector", Is: isShape(syntax.Vector)}
	Set     = Shape{Says: "a set", Is: isShape(syntax.Set)}
)

// Positive is a whole number of at least one.
var Positive = Shape{Says: "a whole number above 0", Is: func(n *syntax.Node) bool {
	i, ok := n.Value.AsInt()
	return n.Kind == syntax.Literal && ok && i > 0
}}

// Natural is a whole number of at least zero.
var Natural = Shape{Says: "a whole number of at least 0", Is: func(n *syntax.Node) bool {
	i, ok := n.Value.AsInt()
	return n.Kind == syntax.Literal && ok && i >= 0
}}

// OneOf is a choice among keywords, given without their colons.
func OneOf(names ...string) Shape {
	return Shape{
		Says:  "one of :" + strings.Join(names, " :"),
		Names: names,
		Is: func(n *syntax.Node) bool {
			for _, name := range names {
				if n.IsKeyword(name) {
					return true
				}
			}
			return false
		},
	}
}

// Either is a value of one shape or the other.
func Either(a, b Shape) Shape {
	return Shape{Says: a.Says + " or " + b.Says, Names: a.Names, Is: func(n *syntax.Node) bool { return a.Is(n) || b.Is(n) }}
}

// VectorOf is a vector whose items all have a shape.
func VectorOf(item Shape, says string) Shape {
	return Shape{Says: says, Is: func(n *syntax.Node) bool {
		if n.Kind != syntax.Vector {
			return false
		}
		for _, i := range n.Items {
			if !item.Is(i) {
				return false
			}
		}
		return true
	}}
}

// TextOf is the text of a string, a keyword (without its colon) or a symbol; "" for anything else and for nil.
func TextOf(n *syntax.Node) string {
	if n == nil {
		return ""
	}
	if s, ok := n.Value.AsString(); ok {
		return s
	}
	return n.Name()
}

// BoolOf is the boolean of n, or otherwise when n is nil or no boolean.
func BoolOf(n *syntax.Node, otherwise bool) bool {
	if n != nil {
		if b, ok := n.Value.AsBool(); ok {
			return b
		}
	}
	return otherwise
}

// IntOf is the whole number of n, or 0.
func IntOf(n *syntax.Node) int64 {
	if n == nil {
		return 0
	}
	i, _ := n.Value.AsInt()
	return i
}

// Found says what a form is, for "..., not a vector".
func Found(n *syntax.Node) string {
	switch n.Kind {
	case syntax.Symbol:
		return "the symbol " + n.Name()
	case syntax.List:
		return "a list"
	case syntax.Vector:
		return "a vector"
	case syntax.Map:
		return "a map"
	case syntax.Set:
		return "a set"
	case syntax.Tagged:
		return "a #" + n.Tag + " form"
	}
	return foundLiteral(n.Value)
}

func foundLiteral(v value.Value) string {
	switch v.Kind() {
	case value.KindNil:
		return "nil"
	case value.KindString:
		s, _ := v.AsString()
		return "the text " + Quoted(s)
	case value.KindKeyword, value.KindBool, value.KindInt, value.KindDouble, value.KindBigInt, value.KindRatio, value.KindDecimal, value.KindChar:
		return Short(value.PrStr(nil, v))
	}
	return "a " + value.KindName(v)
}

// Quoted is a text as messages show it: in quotes, on one line, cut where it is long.
func Quoted(s string) string {
	return `"` + strings.NewReplacer("\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(Short(s)) + `"`
}

// Short cuts a text to what fits into a message.
func Short(s string) string {
	const most = 40
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}

func isKind(kinds ...value.Kind) func(*syntax.Node) bool {
	return func(n *syntax.Node) bool {
		if n.Kind != syntax.Literal {
			return false
		}
		for _, k := range kinds {
			if n.Value.Kind() == k {
				return true
			}
		}
		return false
	}
}

func isShape(kind syntax.Kind) func(*syntax.Node) bool {
	return func(n *syntax.Node) bool { return n.Kind == kind }
}
