package value

// Set is a persistent set that keeps insertion order.
type Set struct {
	m    *Map // element -> nil
	meta *Map
}

// EmptySet is #{}.
var EmptySet = &Set{m: EmptyMap}

// NewSet makes a set.
func NewSet(th *Thread, vs ...Value) Value {
	if len(vs) == 0 {
		return Value{ref: EmptySet}
	}
	t := EmptySet.Transient()
	for _, v := range vs {
		t.Add(th, v)
	}
	return Value{ref: t.Persistent()}
}

// Len is the number of elements.
func (s *Set) Len() int { return s.m.Len() }

// Has tells whether v is in the set.
func (s *Set) Has(th *Thread, v Value) bool {
	_, ok := s.m.Own(th, v)
	return ok
}

// Find is the element that equals v, as the set holds it.
func (s *Set) Find(th *Thread, v Value) (Value, bool) {
	k, _, ok := s.m.Find(th, v)
	return k, ok
}

// Add returns s with v.
func (s *Set) Add(th *Thread, v Value) *Set { return s.over(s.m.Assoc(th, v, Nil)) }

// Remove returns s less v.
func (s *Set) Remove(th *Thread, v Value) *Set { return s.over(s.m.Without(th, v)) }

func (s *Set) over(m *Map) *Set {
	if m == s.m {
		return s
	}
	return &Set{m: m, meta: s.meta}
}

// Each walks the elements in insertion order until f returns false.
func (s *Set) Each(f func(v Value) bool) { s.m.Each(func(k, _ Value) bool { return f(k) }) }

// Call gives its argument back if it is in the set, else nil.
func (s *Set) Call(th *Thread, args []Value) Value {
	if len(args) != 1 {
		throwArity("set", len(args))
	}
	v, _ := s.Find(th, args[0])
	return v
}

// TransientSet is a set that its one owner changes in place, until Persistent.
type TransientSet struct {
	m *TransientMap
}

// Transient begins changes in place: s itself stays as it is.
func (s *Set) Transient() *TransientSet { return &TransientSet{m: s.m.Transient()} }

// NewTransientSet begins an empty set that is built in place.
func NewTransientSet() *TransientSet { return EmptySet.Transient() }

// Persistent ends the changes and returns the set.
func (t *TransientSet) Persistent() *Set {
	m := t.m.Persistent()
	if m == EmptyMap {
		return EmptySet
	}
	return &Set{m: m}
}

// Len is the number of elements.
func (t *TransientSet) Len() int { return t.m.Len() }

// Add puts v in.
func (t *TransientSet) Add(th *Thread, v Value) { t.m.Assoc(th, v, Nil) }

// Remove takes v out.
func (t *TransientSet) Remove(th *Thread, v Value) { t.m.Without(th, v) }

// Has tells whether v is in the set.
func (t *TransientSet) Has(th *Thread, v Value) bool {
	_, ok := t.m.Get(th, v)
	return ok
}

// Find is the element that equals v, as the set holds it.
func (t *TransientSet) Find(th *Thread, v Value) (Value, bool) {
	t.m.check()
	k, _, ok := (&Map{kvs: t.m.kvs, big: t.m.big}).Find(th, v)
	return k, ok
}

// Call gives its argument back if it is in the set, else its second argument or nil.
func (t *TransientSet) Call(th *Thread, args []Value) Value {
	if len(args) != 1 && len(args) != 2 {
		throwArity("set", len(args))
	}
	if v, ok := t.Find(th, args[0]); ok {
		return v
	}
	if len(args) == 2 {
		return args[1]
	}
	return Nil
}
