package form

import "github.com/weir-run/weir/interpreter/syntax"

// Arity is one parameter list of a function and what it does.
type Arity struct {
	Params *syntax.Node
	Body   []*syntax.Node
}

// Arities splits what follows fn (and its name) into its parameter lists.
func Arities(args []*syntax.Node) []Arity {
	if len(args) > 0 && args[0].Kind == syntax.Vector {
		return []Arity{{Params: args[0], Body: args[1:]}}
	}
	var out []Arity
	for _, a := range args {
		if a.Kind == syntax.List && len(a.Items) > 0 && a.Items[0].Kind == syntax.Vector {
			out = append(out, Arity{Params: a.Items[0], Body: a.Items[1:]})
		}
	}
	return out
}
