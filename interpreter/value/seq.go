package value

// Seq is a non-empty position in a sequence; a nil Seq is the end.
type Seq interface {
	First(th *Thread) Value
	Next(th *Thread) Seq
}

// Seqable is a type outside this package that has a seq, like an eduction.
type Seqable interface {
	Seq(th *Thread) Seq
}

// Counted is a type that knows its length without walking.
type Counted interface {
	Len() int
}

// Chunked is a Seq that has its next elements side by side in memory.
type Chunked interface {
	Seq
	// Chunk is one or more elements, the first of the seq before all. Never to be changed.
	Chunk() []Value
	// AfterChunk is what follows the chunk: seqable, not realized by this call.
	AfterChunk(th *Thread) Value
}

// rester is a Seq that can give what follows it without realizing that.
type rester interface {
	rest(th *Thread) Value
}

// SeqOf is Clojure's seq: nil for nothing and for empty collections; throws for what isn't seqable.
func SeqOf(th *Thread, v Value) Seq {
	switch x := v.ref.(type) {
	case nil:
		return nil
	case *LazySeq:
		return x.seq(th)
	case *List:
		if x.count == 0 {
			return nil
		}
		return x
	case *Vector:
		if x.Len() == 0 {
			return nil
		}
		return &vectorSeq{x, x.off}
	case *Map:
		return x.seq(entriesPart)
	case *Set:
		return x.m.seq(keysPart)
	case *Str:
		if x.s == "" {
			return nil
		}
		return &stringSeq{text: x.s}
	case *SortedMap:
		return x.tree.seq(true, entriesPart)
	case *SortedSet:
		return x.tree.seq(true, keysPart)
	case Seq:
		return x
	case Seqable:
		return x.Seq(th)
	}
	ThrowHint("IllegalArgumentException", "wrong-type", AKind(v)+" is no collection", "Don't know how to create ISeq from: %s", ClassName(v))
	return nil
}

// IsSeqable tells whether SeqOf takes v.
func IsSeqable(v Value) bool {
	switch v.Kind() {
	case KindNil, KindList, KindSeq, KindVector, KindMap, KindSet, KindString, KindSortedMap, KindSortedSet:
		return true
	}
	_, ok := v.ref.(Seqable)
	return ok
}

// FromSeq makes a value of a seq: nil for the end.
func FromSeq(s Seq) Value {
	if s == nil {
		return Nil
	}
	return Value{ref: s}
}

// Rest is Clojure's rest: never nil, and without realizing what follows.
func Rest(th *Thread, v Value) Value {
	s := SeqOf(th, v)
	if s == nil {
		return Value{ref: EmptyList}
	}
	return RestOf(th, s)
}

// RestOf is Rest for a seq in hand.
func RestOf(th *Thread, s Seq) Value {
	if r, ok := s.(rester); ok {
		if rest := r.rest(th); !rest.IsNil() {
			return rest
		}
		return Value{ref: EmptyList}
	}
	if next := s.Next(th); next != nil {
		return Value{ref: next}
	}
	return Value{ref: EmptyList}
}

// First is Clojure's first.
func First(th *Thread, v Value) Value {
	switch x := v.ref.(type) {
	case *Vector:
		if x.Len() == 0 {
			return Nil
		}
		return x.At(0)
	case *List:
		return x.first
	}
	if s := SeqOf(th, v); s != nil {
		return s.First(th)
	}
	return Nil
}

// Next is Clojure's next: nil when nothing follows.
func Next(th *Thread, v Value) Value {
	if s := SeqOf(th, v); s != nil {
		return FromSeq(s.Next(th))
	}
	return Nil
}

// Cell is a value before a seqable one: what cons makes.
type Cell struct {
	first Value
	more  Value
	meta  *Map
}

// Cons puts a value before a seqable one.
func Cons(first, rest Value) Value {
	switch rest.ref.(type) {
	case nil:
		return Value{ref: &List{first: first, rest: EmptyList, count: 1}}
	case *List:
	default:
		if !IsSeqable(rest) {
			SeqOf(nil, rest)
		}
	}
	return Value{ref: &Cell{first: first, more: rest}}
}

// First is the value in front.
func (c *Cell) First(*Thread) Value { return c.first }

// Next is the seq of what follows.
func (c *Cell) Next(th *Thread) Seq { return SeqOf(th, c.more) }

func (c *Cell) rest(th *Thread) Value {
	switch c.more.Kind() {
	case KindList, KindSeq:
		return c.more
	}
	return FromSeq(SeqOf(th, c.more))
}

// SliceSeq is a seq on elements side by side; it owns vs. Empty gives nil.
func SliceSeq(vs []Value) Seq {
	if len(vs) == 0 {
		return nil
	}
	return &arraySeq{vs}
}

// arraySeq is a seq on elements side by side, with nothing after them: it knows its length.
type arraySeq struct{ vs []Value }

func (s *arraySeq) First(*Thread) Value { return s.vs[0] }

func (s *arraySeq) Next(*Thread) Seq { return SliceSeq(s.vs[1:]) }

func (s *arraySeq) Len() int                 { return len(s.vs) }
func (s *arraySeq) Chunk() []Value           { return s.vs }
func (s *arraySeq) AfterChunk(*Thread) Value { return Nil }

// NewChunk is a seq of vs (owned) and then of what rest gives; rest stays unrealized until it is reached.
func NewChunk(vs []Value, rest Value) Value {
	if len(vs) == 0 {
		if rest.IsNil() {
			return Value{ref: EmptyList}
		}
		return rest
	}
	return Value{ref: &sliceSeq{vs: vs, after: rest}}
}

type sliceSeq struct {
	vs    []Value
	after Value
}

func (s *sliceSeq) First(*Thread) Value { return s.vs[0] }

func (s *sliceSeq) Next(th *Thread) Seq {
	if len(s.vs) > 1 {
		return &sliceSeq{s.vs[1:], s.after}
	}
	return SeqOf(th, s.after)
}

func (s *sliceSeq) rest(*Thread) Value {
	if len(s.vs) > 1 {
		return Value{ref: &sliceSeq{s.vs[1:], s.after}}
	}
	return s.after
}

func (s *sliceSeq) Chunk() []Value           { return s.vs }
func (s *sliceSeq) AfterChunk(*Thread) Value { return s.after }

// stringSeq is the characters of a text; half is the second half of a pair that comes first.
type stringSeq struct {
	text string
	half rune
}

func (s *stringSeq) First(*Thread) Value {
	if s.half != 0 {
		return Char(s.half)
	}
	r, _ := decodeUnit(s.text)
	if r >= 0x10000 {
		hi, _ := surrogates(r)
		return Char(hi)
	}
	return Char(r)
}

func (s *stringSeq) Next(*Thread) Seq {
	text := s.text
	if s.half == 0 {
		r, n := decodeUnit(text)
		if text = text[n:]; r >= 0x10000 {
			_, lo := surrogates(r)
			return &stringSeq{text, lo}
		}
	}
	if text == "" {
		return nil
	}
	return &stringSeq{text: text}
}

// metaSeq is a seq that carries metadata.
type metaSeq struct {
	Seq
	meta *Map
}

func (s *metaSeq) rest(th *Thread) Value { return RestOf(th, s.Seq) }
