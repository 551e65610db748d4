package definition

import (
	"errors"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// FlowMacros are the flow/ forms whose arguments aren't evaluated at once.
var FlowMacros = map[string]interpreter.Macro{
	"flow/parallel": parallelMacro,
	"flow/poll":     pollMacro,
}

// parallelMacro makes (flow/parallel a b) into (flow/parallel* (fn* [] a) (fn* [] b)).
func parallelMacro(call *syntax.Node) (*syntax.Node, error) {
	items := []*syntax.Node{symbolAt(call.Items[0], "flow", "parallel*")}
	for _, form := range call.Items[1:] {
		items = append(items, thunk(form))
	}
	return listAt(call, items...), nil
}

// pollMacro makes (flow/poll opts step) into (flow/poll* opts (fn* [] step)).
func pollMacro(call *syntax.Node) (*syntax.Node, error) {
	if len(call.Items) != 3 {
		return nil, errors.New("flow/poll takes its options and one step: (flow/poll {:interval \"10s\" :timeout \"5m\"} (flow/step ...))")
	}
	return listAt(call, symbolAt(call.Items[0], "flow", "poll*"), call.Items[1], thunk(call.Items[2])), nil
}

// thunk is (fn* [] form).
func thunk(form *syntax.Node) *syntax.Node {
	params := listAt(form)
	params.Kind = syntax.Vector
	return listAt(form, symbolAt(form, "", "fn*"), params, form)
}

func listAt(at *syntax.Node, items ...*syntax.Node) *syntax.Node {
	return &syntax.Node{Kind: syntax.List, Items: items, Pos: at.Pos, End: at.End, Start: at.Start, Stop: at.Stop}
}

func symbolAt(at *syntax.Node, ns, name string) *syntax.Node {
	return &syntax.Node{Kind: syntax.Symbol, Value: value.Sym(ns, name), Pos: at.Pos, End: at.End, Start: at.Start, Stop: at.Stop}
}
