package value

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What real Clojure answers (asked on 1.11.1).
func TestCollectionFunctionsAsClojure(t *testing.T) {
	t.Parallel()
	th := NewThread(Limits{})
	one, two, three := Int(1), Int(2), Int(3)
	v12, l12, m12 := NewVector(one, two), NewList(one, two), NewMap(one, two)
	entry := First(th, m12)
	found := func(v Value, ok bool) Value {
		if !ok {
			return Kw("none")
		}
		return v
	}
	meta := NewMap(Kw("a"), one)
	with := func(v Value) Value { return WithMeta(v, meta) }
	lazy := NewLazySeq(func(*Thread) Value { return v12 })
	for want, got := range map[string]Value{
		"[1 2 3]": Conj(th, v12, three), "(3 1 2)": Conj(th, l12, three), "(nil)": Conj(th, Nil, Nil), "(5 1 2)": Conj(th, lazy, Int(5)),
		"{1 3}": Conj(th, m12, NewVector(one, three)), "{1 2, :a 1}": Conj(th, m12, meta), "{1 :b}": Assoc(th, NewMap(one, Kw("a")), BigInt(bigInt("1")), Kw("b")),
		"{2 3}": Assoc(th, Nil, two, three), "[1 2 1 2]": Assoc(th, Assoc(th, v12, two, one), three, two), "[1]": Pop(th, v12), "(2)": Pop(th, l12),
		"{}": Dissoc(th, m12, BigInt(bigInt("1"))), "#{1}": Disj(th, NewSet(th, one, two), two), "2": Peek(th, v12), "1": Peek(th, l12),
		"[0 1]": Find(th, NewVector(one), Int(0)), "[1 2]": Find(th, m12, one), "[]": Empty(v12), "()": Empty(lazy), "#{}": Empty(NewSet(th, one)),
		"\\b": found(Get(th, String("abc"), one)), ":none": found(Get(th, v12, Double(1))), "(2 1)": RSeq(v12), "(1)": Keys(th, m12), "(\\a)": FromSeq(SeqOf(th, String("a"))),
		"[2]": Subvec(v12, 1, 2), "[1 2 3 4]": Conj(th, Conj(th, entry, three), Int(4)), "{1 2, 3 4}": Conj(th, m12, NewList(NewEntry(three, Int(4)))),
	} {
		require.Equal(t, want, PrStr(th, got))
	}
	for i, got := range []Value{Peek(th, NewList()), Peek(th, Nil), Pop(th, Nil), Disj(th, Nil, one), Dissoc(th, Nil, one), Keys(th, NewMap()), Keys(th, Nil),
		Find(th, Nil, one), Find(th, v12, Int(5)), Empty(one), Empty(entry), RSeq(NewVector()), First(th, Nil), Next(th, l12.popped()), Get2(th, one, two)} {
		require.True(t, got.IsNil(), "%d: %s", i, PrStr(th, got))
	}
	require.True(t, Contains(th, String("abc"), Double(1.5)))
	require.False(t, Contains(th, v12, Double(1)))
	for want, vs := range map[string][]Value{
		"{:a 1}": {Conj(th, with(v12), one), Pop(th, with(v12)), with(lazy), with(l12), Conj(th, with(l12), one), Empty(with(v12)), Dissoc(th, with(m12), one),
			FromSeq(SeqOf(th, with(l12))), Conj(th, with(m12), meta), Pop(th, with(NewList(one))), with(Range(th, one, three, one)), with(Cons(one, v12)),
			with(Of(&Builtin{Name: "f"})), with(Sym("", "x")), with(NewSet(th, one)), with(NewSortedMap(th, one, two)), with(NewSortedSet(th, one)),
			Assoc(th, with(NewSortedMap(th, one, two)), two, one), Conj(th, with(NewSet(th, one)), two), WithMeta(v12, NewSortedMap(th, Kw("a"), one))},
		"nil": {Pop(th, with(l12)), Rest(th, with(l12)), Subvec(with(v12), 0, 1), Persistent(Transient(with(v12))), Persistent(Transient(with(m12))),
			Cons(one, with(v12)), WithMeta(with(v12), Nil), one, Kw("a")},
	} {
		for i, v := range vs {
			require.Equal(t, want, PrStr(th, Meta(v)), "%d: %s", i, PrStr(th, v))
		}
	}
	require.True(t, Equal(th, with(v12), v12))
	moved, _ := Assoc(th, entry, Int(0), three).AsVector()
	require.False(t, moved.IsEntry())
	require.True(t, Find(th, v12, one).Ref().(*Vector).IsEntry())
}

func (v Value) popped() Value { return Pop(nil, v) }

// Get2 is get without a default.
func Get2(th *Thread, coll, k Value) Value {
	v, _ := Get(th, coll, k)
	return v
}

func TestTransientsAsClojure(t *testing.T) {
	t.Parallel()
	th := NewThread(Limits{})
	one, two := Int(1), Int(2)
	v := Transient(NewVector(one))
	require.Equal(t, "[1 2]", PrStr(th, Persistent(AssocT(th, v, one, two))))
	requireThrows(t, "IndexOutOfBoundsException", "index 5 is out of bounds", func() { AssocT(th, Transient(NewVector(one)), Int(5), one) })
	m := ConjT(th, Transient(NewMap()), NewMap(one, two))
	require.Equal(t, "2", PrStr(th, Call(th, m, one)))
	require.True(t, Contains(th, m, one))
	require.Equal(t, int64(1), Count(th, m))
	require.Equal(t, "[1 2]", PrStr(th, Find(th, m, one)))
	require.Equal(t, "{}", PrStr(th, Persistent(DissocT(th, m, one))))
	requireThrows(t, "IllegalAccessError", "Transient used after persistent! call", func() { Count(th, m) })
	s := ConjT(th, Transient(NewSet(th, one)), two)
	require.Equal(t, "1", PrStr(th, Call(th, s, one)))
	require.Equal(t, "#{2}", PrStr(th, Persistent(DisjT(th, s, one))))
	p := Transient(NewVector(one, two))
	require.Equal(t, "2", PrStr(th, Call(th, p, one)))
	got, ok := Nth(th, p, 1)
	require.True(t, ok)
	require.Equal(t, "2", PrStr(th, got))
	require.Equal(t, "[1]", PrStr(th, Persistent(PopT(p))))
	require.Equal(t, KindTransient, p.Kind())
}

func TestStateOfOneEvaluation(t *testing.T) {
	t.Parallel()
	th := NewThread(Limits{})
	a := NewAtom(Int(1))
	atom := a.Ref().(*Atom)
	require.Equal(t, "2", PrStr(th, atom.Reset(th, Int(2))))
	atom.Validator = Of(&Builtin{Name: "pos?", Min: 1, Max: 1, Fn1: func(_ *Thread, v Value) Value { return Bool(Sign(v) > 0) }})
	requireThrows(t, "IllegalStateException", "Invalid reference state", func() { atom.Reset(th, Int(-1)) })
	require.Equal(t, "2", PrStr(th, Deref(th, a)))
	calls := 0
	d := NewDelay(func(*Thread) Value {
		if calls++; calls == 1 {
			Throw("Exception", "once")
		}
		return Int(3)
	})
	require.Equal(t, "#delay[pending]", PrStr(th, d))
	requireThrows(t, "Exception", "once", func() { Deref(th, d) })
	requireThrows(t, "Exception", "once", func() { Deref(th, d) })
	require.Equal(t, 1, calls, "a delay remembers what it threw")
	d = NewDelay(func(*Thread) Value {
		if calls++; calls == 2 {
			ThrowLimit(CodeWork, "", "out of work")
		}
		return Int(3)
	})
	requireLimit(t, CodeWork, func() { Deref(th, d) })
	require.Equal(t, "3", PrStr(th, Deref(th, d)))
	require.Equal(t, "3", PrStr(th, Deref(th, d)))
	require.Equal(t, 3, calls)
	require.Equal(t, "#atom[2] #volatile[1] #reduced[1] #delay[3]", PrStr(th, a)+" "+PrStr(th, NewVolatile(Int(1)))+" "+PrStr(th, NewReduced(Int(1)))+" "+PrStr(th, d))
	inner, ok := NewReduced(Int(1)).AsReduced()
	require.True(t, ok)
	require.True(t, same(inner, Unreduced(Int(1))))
	requireThrows(t, "ClassCastException", "class java.lang.Long cannot be cast to class java.util.concurrent.Future", func() { Deref(th, Int(1)) })
	atom.Validator = Nil
	atom.Reset(th, a) // an atom that holds itself
	requireLimit(t, CodeDepth, func() { PrStr(th, a) })
	require.Equal(t, "#function[f]", PrStr(nil, Of(&Builtin{Name: "f"})))
}
