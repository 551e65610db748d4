package value

// TransientVector is a vector that its one owner changes in place, until Persistent.
type TransientVector struct {
	array[Value]
	off int32
	own *owner // nil once it was made persistent
}

// Transient begins changes in place: v itself stays as it is.
func (v *Vector) Transient() *TransientVector {
	t := &TransientVector{array: v.array, off: v.off, own: new(owner)}
	t.thaw()
	return t
}

// NewTransientVector begins an empty vector that is built in place.
func NewTransientVector() *TransientVector { return EmptyVector.Transient() }

// Persistent ends the changes and returns the vector.
func (t *TransientVector) Persistent() *Vector {
	t.check()
	t.own = nil
	if t.count == t.off {
		return EmptyVector
	}
	t.freeze()
	return &Vector{array: t.array, off: t.off}
}

// Len is the number of elements.
func (t *TransientVector) Len() int {
	t.check()
	return int(t.count - t.off)
}

// At is the element at 0 <= i < Len.
func (t *TransientVector) At(i int) Value {
	t.check()
	return t.at(i + int(t.off))
}

// Append puts x at the end.
func (t *TransientVector) Append(x Value) {
	t.check()
	t.push(x, t.own)
}

// Set puts x at 0 <= i <= Len.
func (t *TransientVector) Set(i int, x Value) {
	t.check()
	if i == int(t.count-t.off) {
		t.push(x, t.own)
		return
	}
	t.set(i+int(t.off), x, t.own)
}

// Pop takes the last element away.
func (t *TransientVector) Pop() {
	t.check()
	n := int(t.count) - 1
	if n < int(t.off) {
		Throw("IllegalStateException", "Can't pop empty vector")
	}
	if n > t.tailStart() {
		t.tail[len(t.tail)-1] = Nil
		t.tail, t.count = t.tail[:len(t.tail)-1], int32(n)
		return
	}
	t.array = t.truncate(n)
	t.thaw()
}

// Call looks up an index.
func (t *TransientVector) Call(th *Thread, args []Value) Value {
	if len(args) != 1 {
		throwArity("vector", len(args))
	}
	v, ok := Nth(th, Value{ref: t}, wantIndex(args[0]))
	if !ok {
		throwIndex(wantIndex(args[0]), t.Len())
	}
	return v
}

func (t *TransientVector) check() {
	if t.own == nil {
		throwTransientUsed()
	}
}

func throwTransientUsed() {
	Throw("IllegalAccessError", "Transient used after persistent! call")
}
