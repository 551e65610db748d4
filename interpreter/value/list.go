package value

// List is a persistent list; EmptyList is the one without elements.
type List struct {
	first Value
	rest  *List
	count int
	meta  *Map
}

// EmptyList is ().
var EmptyList = &List{}

// NewList makes a list of vs.
func NewList(vs ...Value) Value {
	if len(vs) == 0 {
		return Value{ref: EmptyList}
	}
	cells := make([]List, len(vs))
	rest := EmptyList
	for i := len(vs) - 1; i >= 0; i-- {
		cells[i] = List{first: vs[i], rest: rest, count: len(vs) - i}
		rest = &cells[i]
	}
	return Value{ref: rest}
}

// AsList returns the list and whether v is one (the empty one included).
func (v Value) AsList() (*List, bool) {
	l, ok := v.ref.(*List)
	return l, ok
}

// Len is the number of elements.
func (l *List) Len() int { return l.count }

// First is the first element, nil where there is none.
func (l *List) First(*Thread) Value { return l.first }

// Next is the list without its first element, nil for the end.
func (l *List) Next(*Thread) Seq {
	if l.count <= 1 {
		return nil
	}
	return l.rest
}

// Push returns l with x before it.
func (l *List) Push(x Value) *List {
	rest := l
	if l.count == 0 {
		rest = EmptyList
	}
	return &List{first: x, rest: rest, count: l.count + 1, meta: l.meta}
}

// Pop returns l without its first element; l is not empty. Metadata stays with an empty rest only, as in Clojure.
func (l *List) Pop() *List {
	if l.count == 1 && l.meta != nil {
		return &List{meta: l.meta}
	}
	return l.rest
}
