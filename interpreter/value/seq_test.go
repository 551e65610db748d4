package value

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// requireLimit runs f, which must end in a LimitError of that code.
func requireLimit(t require.TestingT, code string, f func()) {
	defer func() {
		r := recover()
		e, ok := r.(*LimitError)
		require.True(t, ok, "want %s, got %v", code, r)
		require.Equal(t, code, e.Code)
		require.NotEmpty(t, e.Error())
	}()
	f()
	require.Fail(t, "no limit")
}

// counted is n, n+1, n+2 ... as a lazy seq; made counts how many were computed.
func lazyFrom(n int64, made *int) Value {
	return NewLazySeq(func(*Thread) Value {
		*made++
		return Cons(Int(n), lazyFrom(n+1, made))
	})
}

func TestLazySeqComputesOnceAndOnlyWhatIsAsked(t *testing.T) {
	t.Parallel()
	made := 0
	s := lazyFrom(0, &made)
	require.Equal(t, 0, made)
	require.Equal(t, "0", PrStr(nil, First(nil, s)))
	require.Equal(t, 1, made)
	rest := Rest(nil, s)
	require.Equal(t, 1, made, "rest realizes nothing")
	require.Equal(t, "1", PrStr(nil, First(nil, rest)))
	require.Equal(t, "1", PrStr(nil, First(nil, rest)))
	require.Equal(t, 2, made)
	sum := Reduce(nil, s, Int(0), func(acc, x Value) (Value, bool) {
		i, _ := x.AsInt()
		return Add(nil, acc, x), i < 99
	})
	require.Equal(t, "4950", PrStr(nil, sum))
	require.Equal(t, 100, made)
	v, ok := Nth(nil, s, 5)
	require.True(t, ok)
	require.Equal(t, "5", PrStr(nil, v))
}

func TestLazySeqThatThrowsIsTriedAgain(t *testing.T) {
	t.Parallel()
	calls := 0
	s := NewLazySeq(func(*Thread) Value {
		if calls++; calls == 1 {
			Throw("IllegalStateException", "not yet")
		}
		return NewVector(Int(1))
	})
	th := NewThread(Limits{})
	requireThrows(t, "IllegalStateException", "not yet", func() { SeqOf(th, s) })
	require.Equal(t, "(1)", PrStr(th, s))
	require.Equal(t, 2, calls)
	require.True(t, s.Ref().(*LazySeq).Realized())
}

func TestLongLazyChainsTakeNoStack(t *testing.T) {
	t.Parallel()
	th := NewThread(Limits{Work: 1 << 40, Size: 1 << 40})
	const n = 1_000_000
	var nest func(i int) Value // lazy seqs that give lazy seqs
	nest = func(i int) Value {
		return NewLazySeq(func(*Thread) Value {
			if i == 0 {
				return NewList(Kw("end"))
			}
			return nest(i - 1)
		})
	}
	require.Equal(t, "(:end)", PrStr(th, nest(n)))
	made := 0
	tails := lazyFrom(0, &made)
	require.Equal(t, int64(n), First(th, drop(th, tails, n)).mustInt(t))
	require.Equal(t, 0, th.Depth())
}

func (v Value) mustInt(t require.TestingT) int64 {
	i, ok := v.AsInt()
	require.True(t, ok)
	return i
}

func drop(th *Thread, coll Value, n int) Value {
	s := SeqOf(th, coll)
	for range n {
		s = s.Next(th)
	}
	return FromSeq(s)
}

func TestNestedLazySeqsEndAtTheDepthLimit(t *testing.T) {
	t.Parallel()
	th := NewThread(Limits{})
	s := NewVector(Int(1))
	for range 100_000 { // (map inc (map inc (map inc ...)))
		inner := s
		s = NewLazySeq(func(th *Thread) Value {
			in := SeqOf(th, inner)
			if in == nil {
				return Nil
			}
			return Cons(Inc(th, in.First(th)), Nil)
		})
	}
	requireLimit(t, CodeDepth, func() { SeqOf(th, s) })
	deep := NewVector()
	for range 100_000 {
		deep = NewVector(deep)
	}
	for _, walk := range []func(){
		func() { PrStr(th, deep) }, func() { Hash(th, deep) }, func() { Realize(th, deep) },
		func() { Equal(th, deep, NewVector(deep)) }, func() { Compare(th, deep, NewVector(deep)) },
	} {
		th.Unwind(0)
		requireLimit(t, CodeDepth, walk)
	}
}

func TestLazySeqThatNeedsItselfEnds(t *testing.T) {
	t.Parallel()
	var s Value
	s = NewLazySeq(func(th *Thread) Value { return Cons(First(th, s), Nil) })
	requireLimit(t, CodeDepth, func() { SeqOf(NewThread(Limits{}), s) })
	fork := func(th *Thread) Value { return First(th.Fork(), s) }
	s = NewLazySeq(func(th *Thread) Value { return Cons(fork(th), Nil) })
	requireLimit(t, CodeDepth, func() { SeqOf(NewThread(Limits{}), s) })
}

func TestLazySeqIsSharedByGoroutines(t *testing.T) {
	t.Parallel()
	var calls atomic.Int32
	release := make(chan struct{})
	s := NewLazySeq(func(*Thread) Value {
		calls.Add(1)
		<-release
		return NewVector(Int(7))
	})
	d := NewDelay(func(*Thread) Value {
		calls.Add(1)
		<-release
		return Int(8)
	})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			th := NewThread(Limits{})
			require.Equal(t, "(7)", PrStr(th, s))
			require.Equal(t, "8", PrStr(th, Deref(th, d)))
		})
	}
	for calls.Load() == 0 {
		runtime.Gosched()
	}
	close(release)
	wg.Wait()
	require.Equal(t, int32(2), calls.Load())
}

func TestLazySeqWaitsThroughTheHost(t *testing.T) {
	t.Parallel()
	// A host with coroutines: the second line finds the seq in work and gives way to the first.
	entered, resume, finished := make(chan struct{}), make(chan struct{}), make(chan struct{})
	s := NewLazySeq(func(*Thread) Value {
		close(entered)
		<-resume
		return NewVector(Int(7))
	})
	go func() {
		defer close(finished)
		SeqOf(NewThread(Limits{}), s)
	}()
	<-entered
	th := NewThread(Limits{})
	awaited := 0
	th.Await = func(ready func() bool) {
		awaited++
		require.False(t, ready())
		close(resume)
		<-finished
		require.True(t, ready())
	}
	require.Equal(t, "(7)", PrStr(th, s))
	require.Equal(t, 1, awaited)
}

func TestGoexitLeavesALazySeqUsable(t *testing.T) {
	t.Parallel()
	quit := true
	s := NewLazySeq(func(*Thread) Value {
		if quit {
			runtime.Goexit()
		}
		return NewVector(Int(1))
	})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		SeqOf(NewThread(Limits{}), s)
	}()
	<-ended
	quit = false
	require.Equal(t, "(1)", PrStr(NewThread(Limits{}), s))
}

func TestEachWalksWhatSeqGives(t *testing.T) {
	t.Parallel()
	one, two := Int(1), Int(2)
	big := NewTransientMap()
	for i := range int64(40) {
		big.Assoc(nil, Int(i), Int(-i))
	}
	m := Value{ref: big.Persistent()}
	for _, coll := range []Value{
		Nil, NewVector(), NewVector(one, two), NewList(), NewList(one, two), Cons(one, NewVector(two)), NewSet(nil, two, one),
		NewMap(one, two), m, NewSortedMap(nil, two, one, one, two), NewSortedSet(nil, two, one), String("aé😀b"), String(""),
		Range(nil, Int(0), Int(100), Int(3)), Range(nil, Int(5), Int(0), Int(-2)), Range(nil, Int(0), Double(1), Double(0.25)),
		NewChunk([]Value{one, two}, NewLazySeq(func(*Thread) Value { return NewVector(one) })), NewChunk(nil, NewVector(one)),
		NewChunk(nil, Nil), Keys(nil, m), Vals(nil, m), RSeq(NewVector(one, two)), FromSeq(SliceSeq([]Value{one, two})),
		WithMeta(Range(nil, Int(0), Int(40), Int(1)), NewMap(one, two)), Subvec(Range(nil, Int(0), Int(99), Int(1)).vec(), 40, 90),
	} {
		var want []string
		for s := SeqOf(nil, coll); s != nil; s = s.Next(nil) {
			want = append(want, PrStr(nil, s.First(nil)))
		}
		var got []string
		Each(nil, coll, func(v Value) bool {
			got = append(got, PrStr(nil, v))
			return true
		})
		require.Equal(t, want, got, PrStr(nil, coll))
		require.Len(t, Slice(nil, coll), len(want))
		require.Equal(t, int64(len(want)), Count(nil, coll))
		seen := 0
		Each(nil, coll, func(Value) bool { seen++; return false })
		require.Equal(t, min(1, len(want)), seen)
		walked := 0
		for rest := coll; SeqOf(nil, rest) != nil; rest = Rest(nil, rest) {
			require.Equal(t, want[walked], PrStr(nil, First(nil, rest)))
			walked++
		}
		require.Equal(t, len(want), walked)
	}
	requireThrows(t, "IllegalArgumentException", "Don't know how to create ISeq from: java.lang.Long", func() { SeqOf(nil, one) })
	requireThrows(t, "IllegalArgumentException", "Don't know how to create ISeq from: java.lang.Long", func() { Cons(one, one) })
	requireThrows(t, "UnsupportedOperationException", "count not supported on this type: Long", func() { Count(nil, one) })
}

// vec is the elements as a vector.
func (v Value) vec() Value { return VectorFrom(Slice(nil, v)) }

func TestRangeAgainstCounting(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start, end := rapid.Int64Range(-50, 50).Draw(t, "start"), rapid.Int64Range(-50, 50).Draw(t, "end")
		step := rapid.Int64Range(-7, 7).Filter(func(i int64) bool { return i != 0 }).Draw(t, "step")
		want := []int64{}
		for i := start; step > 0 && i < end || step < 0 && i > end; i += step {
			want = append(want, i)
		}
		r := Range(nil, Int(start), Int(end), Int(step))
		require.Equal(t, want, ints(SeqOf(nil, r)))
		require.Equal(t, int64(len(want)), Count(nil, r))
		other := Range(nil, BigInt(bigInt("0")), Int(end), Int(step))
		require.Equal(t, len(ints(SeqOf(nil, Range(nil, Int(0), Int(end), Int(step))))), len(Slice(nil, other)))
	})
	full := Range(nil, Int(-1<<63), Int(1<<63-1), Int(1))
	require.Positive(t, Count(nil, full))
	same0 := Range(nil, Int(0), Int(10), Int(0))
	require.Equal(t, "0", PrStr(nil, First(nil, drop(nil, same0, 3))))
	require.Equal(t, "()", PrStr(nil, Range(nil, Int(1), Int(1), Int(0))))
	require.Equal(t, "9223372036854775808N", PrStr(nil, First(nil, drop(nil, Range(nil, Int(1<<63-1), Nil, Int(1)), 1))))
}

func TestRealizeForcesEverything(t *testing.T) {
	t.Parallel()
	made := 0
	lazy := func() Value {
		return NewLazySeq(func(*Thread) Value { made++; return NewVector(Int(1)) })
	}
	v := NewVector(lazy(), NewMap(Kw("a"), lazy()), NewSet(nil, lazy()), NewList(NewList(lazy())), NewTagged("x", lazy()), NewSortedMap(nil, Int(1), lazy()))
	made = 0
	th := NewThread(Limits{})
	require.True(t, same(v, Realize(th, v)))
	require.Equal(t, 6, made)
	require.Zero(t, th.Depth())
	requireLimit(t, CodeWork, func() { Realize(th, Range(th, Int(0), Nil, Int(1))) })
}
