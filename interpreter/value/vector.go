package value

import "fmt"

// Vector is a persistent vector: 32-way trie with a tail. A map entry is a vector of two.
type Vector struct {
	array[Value]
	off   int32 // elements before the first one: what subvec cut off
	entry bool
	meta  *Map
}

// EmptyVector is [].
var EmptyVector = &Vector{}

// NewVector makes a vector of copies of vs.
func NewVector(vs ...Value) Value { return VectorFrom(append([]Value(nil), vs...)) }

// VectorFrom makes a vector that owns vs: the caller must not touch the slice any more.
func VectorFrom(vs []Value) Value {
	if len(vs) == 0 {
		return Value{ref: EmptyVector}
	}
	return Value{ref: &Vector{array: arrayOf(vs)}}
}

// NewEntry makes a map entry.
func NewEntry(k, v Value) Value {
	e := &struct {
		Vector
		kv [2]Value
	}{}
	e.kv[0], e.kv[1] = k, v
	e.tail, e.count, e.entry = e.kv[:], 2, true
	return Value{ref: &e.Vector}
}

// Len is the number of elements.
func (v *Vector) Len() int { return int(v.count - v.off) }

// IsEntry tells whether v came from a map.
func (v *Vector) IsEntry() bool { return v.entry }

// At is the element at 0 <= i < Len.
func (v *Vector) At(i int) Value { return v.at(i + int(v.off)) }

// Append returns v with x at its end.
func (v *Vector) Append(x Value) *Vector {
	c := &Vector{array: v.array, off: v.off, meta: v.meta}
	c.push(x, nil)
	return c
}

// Set returns v with x at 0 <= i <= Len.
func (v *Vector) Set(i int, x Value) *Vector {
	if i == v.Len() {
		return v.Append(x)
	}
	c := &Vector{array: v.array, off: v.off, meta: v.meta}
	c.set(i+int(v.off), x, nil)
	return c
}

// pathSize is how many bytes Set copies on the way to element i.
func (v *Vector) pathSize(i int) int64 {
	if i+int(v.off) >= v.tailStart() {
		return int64(len(v.tail)) * valueSize
	}
	return width*valueSize + int64(v.shift/bits5)*width*8
}

// Pop returns v without its last element; v is not empty.
func (v *Vector) Pop() *Vector { return v.Sub(0, v.Len()-1) }

// Sub is the stretch from start to before end (0 <= start <= end <= Len), sharing v's memory.
func (v *Vector) Sub(start, end int) *Vector {
	if start == end {
		if v.meta == nil {
			return EmptyVector
		}
		return &Vector{meta: v.meta}
	}
	return &Vector{array: v.truncate(end + int(v.off)), off: v.off + int32(start), meta: v.meta}
}

// Reverse is the seq of the elements from the end; nil for an empty vector.
func (v *Vector) Reverse() Seq {
	if v.Len() == 0 {
		return nil
	}
	return &reverseSeq{v, v.count - 1}
}

// Slice is a copy of the elements.
func (v *Vector) Slice() []Value {
	out := make([]Value, 0, v.Len())
	v.runs(func(run []Value) bool {
		out = append(out, run...)
		return true
	})
	return out
}

// Each walks the elements until f returns false.
func (v *Vector) Each(f func(x Value) bool) {
	v.runs(func(run []Value) bool {
		for _, x := range run {
			if !f(x) {
				return false
			}
		}
		return true
	})
}

// Call looks up an index: the vector as a function.
func (v *Vector) Call(th *Thread, args []Value) Value {
	if len(args) != 1 {
		throwArity("vector", len(args))
	}
	i, ok := args[0].AsInt()
	if !ok {
		if b, isBig := bigOf(args[0]); isBig && b.IsInt64() {
			i = b.Int64()
		} else {
			ThrowHint("IllegalArgumentException", "wrong-type", "a vector is called with an index", "Key must be integer")
		}
	}
	if i < 0 || i >= int64(v.Len()) {
		throwIndex(i, v.Len())
	}
	return v.At(int(i))
}

// runs walks the stretches of memory that hold the elements.
func (v *Vector) runs(f func(run []Value) bool) {
	for i := int(v.off); i < int(v.count); {
		run := v.run(i)
		if !f(run) {
			return
		}
		i += len(run)
	}
}

// throwIndex throws the IndexOutOfBoundsException of an index outside 0 <= i < n.
func throwIndex(i int64, n int) {
	hint := "it is empty"
	if n > 0 {
		hint = fmt.Sprintf("valid indexes are 0 to %d", n-1)
	}
	panic(&Exception{Class: "IndexOutOfBoundsException", Code: "index", Message: fmt.Sprintf("index %d is out of bounds", i), Hint: hint})
}

// vectorSeq is a seq on a vector, from abs on (counted with what subvec cut off).
type vectorSeq struct {
	v   *Vector
	abs int32
}

func (s *vectorSeq) First(*Thread) Value { return s.v.at(int(s.abs)) }

func (s *vectorSeq) Next(*Thread) Seq {
	if s.abs+1 >= s.v.count {
		return nil
	}
	return &vectorSeq{s.v, s.abs + 1}
}

func (s *vectorSeq) Len() int       { return int(s.v.count - s.abs) }
func (s *vectorSeq) Chunk() []Value { return s.v.run(int(s.abs)) }

func (s *vectorSeq) AfterChunk(*Thread) Value {
	next := s.abs + int32(len(s.Chunk()))
	if next >= s.v.count {
		return Nil
	}
	return Value{ref: &vectorSeq{s.v, next}}
}

// reverseSeq is a vector from abs backwards: rseq.
type reverseSeq struct {
	v   *Vector
	abs int32
}

func (s *reverseSeq) First(*Thread) Value { return s.v.at(int(s.abs)) }

func (s *reverseSeq) Next(*Thread) Seq {
	if s.abs <= s.v.off {
		return nil
	}
	return &reverseSeq{s.v, s.abs - 1}
}

func (s *reverseSeq) Len() int { return int(s.abs-s.v.off) + 1 }
