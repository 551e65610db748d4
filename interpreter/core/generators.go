package core

import "github.com/weir-run/weir/interpreter/value"

// generators are the functions that make seqs of nothing but a rule: many of them without an end.
func generators() []*value.Builtin {
	return []*value.Builtin{
		many("range", 0, 3, rangeOf),
		two("iterate", func(_ *thread, f, x val) val { return iterate(f, x) }),
		oneOrTwo("repeat",
			func(_ *thread, x val) val { return value.Of(&repeated{x, -1}) },
			repeat),
		two("replicate", func(_ *thread, n, x val) val { return take(wantCount(n), value.Of(&repeated{x, -1})) }),
		oneOrTwo("repeatedly",
			func(_ *thread, f val) val { return repeatedly(f, -1) },
			func(_ *thread, n, f val) val { return repeatedly(f, max(wantCount(n), 0)) }),
		one("cycle", cycle),
	}
}

func rangeOf(th *thread, args []val) val {
	switch len(args) {
	case 0:
		return value.Range(th, value.Int(0), value.Nil, value.Int(1))
	case 1:
		return rangeTo(th, value.Int(0), args[0], value.Int(1))
	case 2:
		return rangeTo(th, args[0], args[1], value.Int(1))
	}
	return rangeTo(th, args[0], args[1], args[2])
}

func rangeTo(th *thread, start, end, step val) val {
	if end.IsNil() {
		value.ThrowCast(end, "java.lang.Number")
	}
	return value.Range(th, start, end, step)
}

func iterate(f, x val) val {
	return value.Cons(x, lazy(func(th *thread) val { return iterate(f, value.Call1(th, f, x)) }))
}

// repeated is one value again and again: n times, or without end where n is negative.
type repeated struct {
	x val
	n int64
}

func repeat(_ *thread, n, x val) val {
	count := wantInt(n)
	if count <= 0 {
		return empty
	}
	return value.Of(&repeated{x, count})
}

// First is the value.
func (r *repeated) First(*thread) val { return r.x }

// Next is the rest of the repetitions.
func (r *repeated) Next(*thread) value.Seq {
	switch {
	case r.n < 0:
		return r
	case r.n == 1:
		return nil
	}
	return &repeated{r.x, r.n - 1}
}

func repeatedly(f val, n int64) val {
	return lazy(func(th *thread) val {
		if n == 0 {
			return value.Nil
		}
		return value.Cons(value.Call(th, f), repeatedly(f, max(n-1, -1)))
	})
}

func cycle(th *thread, coll val) val {
	s := value.SeqOf(th, coll)
	if s == nil {
		return empty
	}
	return cycleFrom(th, s, s)
}

func cycleFrom(th *thread, all, at value.Seq) val {
	return value.Cons(at.First(th), lazy(func(th *thread) val {
		next := at.Next(th)
		if next == nil {
			next = all
		}
		return cycleFrom(th, all, next)
	}))
}
