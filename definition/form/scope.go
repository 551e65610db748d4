package form

import "github.com/weir-run/weir/interpreter/syntax"

// Scope is the local names at a place, innermost first. A nil Scope has none.
type Scope struct {
	outer *Scope
	name  string
}

// Has tells whether a name is local.
func (s *Scope) Has(name string) bool {
	for ; s != nil; s = s.outer {
		if s.name == name {
			return true
		}
	}
	return false
}

// With is s with more names.
func (s *Scope) With(names ...string) *Scope {
	for _, name := range names {
		s = &Scope{outer: s, name: name}
	}
	return s
}

// Bound lists the names that a destructuring pattern binds.
func Bound(pattern *syntax.Node) []string {
	switch pattern.Kind {
	case syntax.Symbol:
		if name := pattern.Name(); name != "&" {
			return []string{name}
		}
	case syntax.Vector:
		var names []string
		for _, item := range pattern.Items {
			names = append(names, Bound(item)...) // :as is a literal and binds nothing itself
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
		case KeysDirective(key) != "":
			for _, item := range v.Items {
				names = append(names, LocalName(item))
			}
		case key.IsKeyword("as"):
			names = append(names, Bound(v)...)
		case key.Kind != syntax.Literal:
			names = append(names, Bound(key)...)
		}
	}
	return names
}

// KeysDirective is "keys", "strs" or "syms" for such a key of a map pattern, qualified or not.
func KeysDirective(key *syntax.Node) string {
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

// LocalName is the name that an item of :keys binds: without its namespace.
func LocalName(item *syntax.Node) string {
	if s, ok := item.Value.AsSymbol(); ok {
		return s.Name
	}
	if k, ok := item.Value.AsKeyword(); ok {
		return k.Name
	}
	return ""
}
