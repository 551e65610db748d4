package value

// Symbol is a symbol. Equality looks at namespace and name only.
type Symbol struct {
	Namespace, Name string
	Meta            Value
}

// Sym returns a symbol without metadata.
func Sym(ns, name string) Value { return Value{ref: &Symbol{Namespace: ns, Name: name}} }

// FullName is ns/name, or name alone.
func (s *Symbol) FullName() string { return fullName(s.Namespace, s.Name) }

// String is FullName.
func (s *Symbol) String() string { return s.FullName() }

// Call looks the symbol up in its first argument; a second one is the default.
func (s *Symbol) Call(th *Thread, args []Value) Value {
	return callLookup(th, s.FullName(), args, Value{ref: s})
}
