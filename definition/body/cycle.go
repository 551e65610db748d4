package body

import (
	"github.com/weir-run/weir/definition/form"
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// cycle is a loop, or a function that calls itself.
type cycle struct {
	at     *syntax.Node   // what to point at
	again  string         // what begins the next turn: recur, or the function's name
	bound  []string       // the locals that a turn begins with
	body   []*syntax.Node // one turn
	scope  *form.Scope
	pauses bool // it holds a step that takes its time
}

var (
	whenSymbol = &syntax.Node{Kind: syntax.Symbol, Value: value.Sym("", "when")}
	recurForm  = &syntax.Node{Kind: syntax.List, Items: []*syntax.Node{{Kind: syntax.Symbol, Value: value.Sym("", "recur")}}}
)

func bindingNames(bindings *syntax.Node) []string {
	var names []string
	for i := 0; i+1 < len(bindings.Items); i += 2 {
		names = append(names, form.Bound(bindings.Items[i])...)
	}
	return names
}

// same tells whether every turn does the same again: no test asks for anything that a turn changes by itself, no
// step is told anything that does, nothing that a step gave is handed on, and no step changes what it counts by.
func (y *cycle) same() bool {
	changing := names("")
	for _, name := range y.bound {
		changing[name] = true
	}
	given := map[string]bool{} // locals made of what steps gave
	for range 2 {              // a local may be used by one that was bound before it, in a function
		for _, n := range y.body {
			y.locals(n, changing, given)
		}
	}
	for _, n := range y.body {
		if y.moves(n, changing, given) {
			return false
		}
	}
	return true
}

// locals sorts the locals of a turn: those made of steps' results, and those made of what changes.
func (y *cycle) locals(n *syntax.Node, changing, given map[string]bool) {
	if n.Kind == syntax.List && bindsPairs[form.Head(n, y.scope)] && len(n.Items) > 1 && n.Items[1].Kind == syntax.Vector {
		items := n.Items[1].Items
		for i := 0; i+1 < len(items); i += 2 {
			for _, name := range form.Bound(items[i]) {
				if holdsStep(items[i+1]) || refersTo(items[i+1], given) {
					given[name] = true
				} else if refersTo(items[i+1], changing) {
					changing[name] = true
				}
			}
		}
	}
	for _, item := range n.Items {
		y.locals(item, changing, given)
	}
}

var bindsPairs = names(`let let* loop loop* if-let if-some when-let when-some when-first for doseq dotimes`)

// moves tells whether something in a form makes one turn differ from the last.
func (y *cycle) moves(n *syntax.Node, changing, given map[string]bool) bool {
	if n.Kind == syntax.List && len(n.Items) > 0 {
		args := n.Items[1:]
		name := form.Head(n, y.scope)
		switch name {
		case "if", "if-not", "when", "when-not", "if-let", "when-let", "if-some", "when-some", "when-first", "case", "while":
			if len(args) > 0 && refersTo(args[0], changing) {
				return true
			}
		case "condp":
			if len(args) > 1 && refersTo(args[1], changing) {
				return true
			}
		case "cond":
			for i := 0; i < len(args); i += 2 {
				if refersTo(args[i], changing) {
					return true
				}
			}
		case "flow/step":
			if s := newSite(n, place{}); counts(s) || s.Config != nil && refersTo(s.Config, changing) {
				return true
			}
		case "deref", "swap!", "flow/elapsed?", "flow/now-ms", "flow/now", "flow/call-flow", "flow/poll":
			return true // it may be counted, timed or paused by that
		}
		if h := n.Head(); h.IsSymbol(y.again) {
			for _, a := range args {
				if refersTo(a, given) || holdsStep(a) {
					return true
				}
			}
		} else if h != nil && y.scope.Has(h.Name()) {
			return true // a function from around it may do anything
		}
	}
	for _, item := range n.Items {
		if y.moves(item, changing, given) {
			return true
		}
	}
	return false
}

// counts tells whether a step changes what it would find the next time.
func counts(s *Site) bool {
	if s.Type != "kv" || s.Config == nil {
		return s.Type != "http" && s.Type != "function" && s.Type != "time" && s.Type != "kv"
	}
	switch schema.TextOf(s.Config.Get("operation")) {
	case "get", "exists", "list-keys":
		return false
	}
	return true
}

func holdsStep(n *syntax.Node) bool { return mentions([]*syntax.Node{n}, "flow/step") }

// refersTo tells whether a form holds one of some names.
func refersTo(n *syntax.Node, names map[string]bool) bool {
	if n.Kind == syntax.Symbol && names[n.Name()] {
		return true
	}
	for _, item := range n.Items {
		if refersTo(item, names) {
			return true
		}
	}
	return false
}

// calls tells whether forms that are evaluated in order surely begin the next turn.
func (y *cycle) calls(nodes []*syntax.Node) bool {
	for _, n := range nodes {
		if y.callsIn(form.Expand(n, y.scope)) {
			return true
		}
	}
	return false
}

func (y *cycle) callsIn(n *syntax.Node) bool {
	if n.Kind != syntax.List || len(n.Items) == 0 {
		return (n.Kind == syntax.Vector || n.Kind == syntax.Map || n.Kind == syntax.Set) && y.calls(n.Items)
	}
	args := n.Items[1:]
	switch name := form.Head(n, y.scope); name {
	case "quote", "fn", "fn*", "letfn", "letfn*", "delay", "lazy-seq", "comment", "for", "doseq", "dotimes", "flow/parallel":
		return false
	case "if", "if-not":
		return len(args) == 3 && (y.callsIn(args[0]) || y.calls(args[1:2]) && y.calls(args[2:]))
	case "when", "when-not", "when-let", "if-let", "when-some", "if-some", "when-first", "and", "or", "cond", "case", "condp", "while":
		return len(args) > 0 && y.calls(args[:1])
	case "try":
		return false
	case "let", "let*", "loop", "loop*":
		return len(args) > 0 && y.calls(append(args[0].Items[:len(args[0].Items):len(args[0].Items)], args[1:]...))
	}
	return n.Head().IsSymbol(y.again) || y.calls(args)
}
