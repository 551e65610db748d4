package body

import "github.com/weir-run/weir/interpreter/syntax"

// scope is the local names at a place, innermost first. A nil scope has none.
type scope struct {
	outer *scope
	name  string
}

func (s *scope) has(name string) bool {
	for ; s != nil; s = s.outer {
		if s.name == name {
			return true
		}
	}
	return false
}

func (s *scope) with(names ...string) *scope {
	for _, name := range names {
		s = &scope{outer: s, name: name}
	}
	return s
}

// bound lists the names that a destructuring pattern binds.
func bound(pattern *syntax.Node) []string {
	switch pattern.Kind {
	case syntax.Symbol:
		if name := pattern.Name(); name != "&" {
			return []string{name}
		}
	case syntax.Vector:
		var names []string
		for _, item := range pattern.Items {
			names = append(names, bound(item)...) // :as is a literal and binds nothing itself
		}
		return names
	case syntax.Map:
		return boundByMap(pattern)
	}
	return nil
}

func boundByMap(pattern *syntax.Node) []string {
	var names []string
	for i := 0; i+1 < len(pattern.Items); i += 2 {
		key, v := pattern.Items[i], pattern.Items[i+1]
		switch {
		case keysDirective(key) != "":
			for _, item := range v.Items {
				names = append(names, localName(item))
			}
		case key.IsKeyword("as"):
			names = append(names, bound(v)...)
		case key.Kind != syntax.Literal:
			names = append(names, bound(key)...)
		}
	}
	return names
}

// keysDirective is "keys", "strs" or "syms" for such a key of a map pattern, qualified or not.
func keysDirective(key *syntax.Node) string {
	k, ok := key.Value.AsKeyword()
	if key.Kind != syntax.Literal || !ok {
		return ""
	}
	switch k.Name {
	case "keys", "strs", "syms":
		return k.Name
	}
	return ""
}

// localName is the name that an item of :keys binds: without its namespace.
func localName(item *syntax.Node) string {
	if s, ok := item.Value.AsSymbol(); ok {
		return s.Name
	}
	if k, ok := item.Value.AsKeyword(); ok {
		return k.Name
	}
	return ""
}
