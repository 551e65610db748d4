package core

import "github.com/weir-run/weir/interpreter/value"

// lazySlices are the functions that keep a stretch of a seq.
func lazySlices() []*value.Builtin {
	return []*value.Builtin{
		oneOrTwo("take",
			func(_ *thread, n val) val { return takeXform(wantCount(n)) },
			func(_ *thread, n, coll val) val { return take(wantCount(n), coll) }),
		oneOrTwo("drop",
			func(_ *thread, n val) val { return dropXform(wantCount(n)) },
			func(_ *thread, n, coll val) val { return drop(wantCount(n), coll) }),
		oneOrTwo("take-while",
			func(_ *thread, f val) val { return takeWhileXform(f) },
			func(_ *thread, f, coll val) val { return takeWhile(f, coll) }),
		oneOrTwo("drop-while",
			func(_ *thread, f val) val { return dropWhileXform(f) },
			func(_ *thread, f, coll val) val { return dropWhile(f, coll) }),
		oneOrTwo("take-nth",
			func(_ *thread, n val) val { return takeNthXform(wantCount(n)) },
			func(_ *thread, n, coll val) val { return takeNth(wantCount(n), coll) }),
		oneOrTwo("drop-last",
			func(_ *thread, coll val) val { return dropLast(1, coll) },
			func(_ *thread, n, coll val) val { return dropLast(wantCount(n), coll) }),
		two("take-last", takeLast),
		two("split-at", func(_ *thread, n, coll val) val {
			return value.NewVector(take(wantCount(n), coll), drop(wantCount(n), coll))
		}),
		two("split-with", func(_ *thread, f, coll val) val {
			return value.NewVector(takeWhile(f, coll), dropWhile(f, coll))
		}),
		two("nthrest", func(th *thread, coll, n val) val { return nthRest(th, coll, wantCount(n)) }),
		two("nthnext", func(th *thread, coll, n val) val {
			s := value.SeqOf(th, coll)
			if s == nil {
				return value.Nil
			}
			return value.FromSeq(skip(th, s, wantCount(n)))
		}),
	}
}

func take(n int64, coll val) val {
	return lazy(func(th *thread) val {
		if n <= 0 {
			return value.Nil
		}
		s := value.SeqOf(th, coll)
		if s == nil {
			return value.Nil
		}
		if n == 1 {
			return value.NewList(s.First(th))
		}
		return value.Cons(s.First(th), take(n-1, value.RestOf(th, s)))
	})
}

func drop(n int64, coll val) val {
	return lazy(func(th *thread) val { return value.FromSeq(skip(th, value.SeqOf(th, coll), n)) })
}

// skip is s less its first n elements.
func skip(th *thread, s value.Seq, n int64) value.Seq {
	for n > 0 && s != nil {
		if chunk, after, ok := chunkOf(th, s); ok && int64(len(chunk)) <= n {
			n -= int64(len(chunk))
			s = value.SeqOf(th, after)
			continue
		}
		th.Charge(1)
		s = s.Next(th)
		n--
	}
	return s
}

func nthRest(th *thread, coll val, n int64) val {
	if n <= 0 {
		return coll
	}
	first := value.SeqOf(th, coll)
	if first == nil {
		return coll
	}
	s := skip(th, first, n-1)
	if s == nil {
		return empty
	}
	return value.Rest(th, value.FromSeq(s))
}

func takeWhile(f, coll val) val {
	return lazy(func(th *thread) val {
		s := value.SeqOf(th, coll)
		if s == nil {
			return value.Nil
		}
		x := s.First(th)
		if !value.Call1(th, f, x).Truthy() {
			return value.Nil
		}
		return value.Cons(x, takeWhile(f, value.RestOf(th, s)))
	})
}

func dropWhile(f, coll val) val {
	return lazy(func(th *thread) val {
		s := value.SeqOf(th, coll)
		for s != nil && value.Call1(th, f, s.First(th)).Truthy() {
			th.Charge(1)
			s = s.Next(th)
		}
		return value.FromSeq(s)
	})
}

func takeNth(n int64, coll val) val {
	return lazy(func(th *thread) val {
		s := value.SeqOf(th, coll)
		if s == nil {
			return value.Nil
		}
		return value.Cons(s.First(th), takeNth(n, drop(n, value.FromSeq(s))))
	})
}

// dropLast holds back the last n elements: one is given for each that is seen n places later.
func dropLast(n int64, coll val) val {
	first := value.Of(&value.Builtin{Name: "drop-last", Min: 2, Max: 2,
		Fn: func(_ *thread, args []val) val { return args[0] }})
	return mapSeqs(first, []val{coll, drop(n, coll)})
}

func takeLast(th *thread, n, coll val) val {
	s := value.SeqOf(th, coll)
	for lead := skip(th, s, wantCount(n)); lead != nil; lead = lead.Next(th) {
		th.Charge(1)
		s = s.Next(th)
	}
	if s == nil || wantCount(n) <= 0 {
		return value.Nil
	}
	return value.FromSeq(s)
}
