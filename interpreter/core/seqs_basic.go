package core

import "github.com/weir-run/weir/interpreter/value"

// basicSeqs are the functions that every sequence is taken apart and put together with.
func basicSeqs() []*value.Builtin {
	return []*value.Builtin{
		one("seq", seq),
		one("first", value.First),
		one("rest", value.Rest),
		one("next", value.Next),
		one("second", func(th *thread, a val) val { return value.First(th, value.Next(th, a)) }),
		one("ffirst", func(th *thread, a val) val { return value.First(th, value.First(th, a)) }),
		one("fnext", func(th *thread, a val) val { return value.First(th, value.Next(th, a)) }),
		one("nfirst", func(th *thread, a val) val { return value.Next(th, value.First(th, a)) }),
		one("nnext", func(th *thread, a val) val { return value.Next(th, value.Next(th, a)) }),
		one("last", last),
		one("butlast", butlast),
		two("cons", func(th *thread, x, coll val) val {
			th.ChargeSize(2 * valueSize)
			return value.Cons(x, coll)
		}),
		many("list", 0, -1, func(th *thread, args []val) val {
			th.ChargeSize(int64(len(args)) * 2 * valueSize)
			return value.NewList(args...)
		}),
		many("list*", 1, -1, listStar),
		many("nth", 2, 3, nth),
		one("count", func(th *thread, a val) val { return value.Int(value.Count(th, a)) }),
		two("bounded-count", boundedCount),
		one("reverse", reverse),
		one("rseq", func(_ *thread, coll val) val { return value.RSeq(coll) }),
		one("vec", vec),
		many("vector", 0, -1, func(th *thread, args []val) val {
			th.ChargeSize(int64(len(args)) * valueSize)
			return value.NewVector(args...)
		}),
		many("subvec", 2, 3, subvec),
		one("empty?", func(th *thread, a val) val { return value.Bool(value.SeqOf(th, a) == nil) }),
		one("not-empty", func(th *thread, a val) val {
			if value.SeqOf(th, a) == nil {
				return value.Nil
			}
			return a
		}),
	}
}

func seq(th *thread, a val) val { return value.FromSeq(value.SeqOf(th, a)) }

func last(th *thread, coll val) val {
	if v, ok := coll.AsVector(); ok && v.Len() > 0 {
		return v.At(v.Len() - 1)
	}
	out := value.Nil
	value.Each(th, coll, func(x val) bool {
		out = x
		return true
	})
	return out
}

func butlast(th *thread, coll val) val {
	items := items(th, coll)
	if len(items) < 2 {
		return value.Nil
	}
	return value.NewList(items[:len(items)-1]...)
}

// items is the elements of a seqable value in a new slice, charged.
func items(th *thread, coll val) []val {
	var out []val
	if n, ok := knownCount(coll); ok {
		out = room(th, n)
		value.Each(th, coll, func(x val) bool {
			out = append(out, x)
			return true
		})
		return out
	}
	value.Each(th, coll, func(x val) bool {
		th.ChargeSize(2 * valueSize) // a slice that grows takes up to twice its size
		out = append(out, x)
		return true
	})
	return out
}

// gatherVector is a vector of what feed hands to add, built in place.
func gatherVector(th *thread, feed func(add func(x val) bool)) val {
	t := value.NewTransientVector()
	feed(func(x val) bool {
		th.ChargeSize(valueSize)
		t.Append(x)
		return true
	})
	return value.Of(t.Persistent())
}

// knownCount is the length of coll where it is known without walking.
func knownCount(coll val) (int, bool) {
	if coll.IsNil() {
		return 0, true
	}
	if c, ok := coll.Ref().(value.Counted); ok {
		return c.Len(), true
	}
	return 0, false
}

func listStar(th *thread, args []val) val {
	n := len(args) - 1
	th.ChargeSize(int64(n) * 2 * valueSize)
	if n == 0 {
		return seq(th, args[0])
	}
	out := args[n]
	for i := n - 1; i >= 0; i-- {
		out = value.Cons(args[i], out)
	}
	return out
}

func nth(th *thread, args []val) val {
	if len(args) == 2 {
		return nth2(th, args[0], args[1])
	}
	i := wantInt(args[1])
	if i < 0 {
		return args[2] // whatever the collection is
	}
	if x, ok := value.Nth(th, args[0], i); ok {
		return x
	}
	return args[2]
}

func nth2(th *thread, coll, index val) val {
	i := wantInt(index)
	if v, ok := coll.AsVector(); ok && i >= 0 && i < int64(v.Len()) {
		return v.At(int(i))
	}
	x, ok := value.Nth(th, coll, i)
	if ok || coll.IsNil() {
		return x
	}
	if n := value.StringLen(coll); n > 0 || coll.Kind() == value.KindString {
		value.ThrowHint("StringIndexOutOfBoundsException", "index", "(nth s i default) gives a default instead", "index %d, length %d", i, n)
	}
	value.ThrowIndex(i, int(value.Count(th, coll)))
	return value.Nil
}

func boundedCount(th *thread, n, coll val) val {
	if value.IsCounted(coll) {
		return value.Int(value.Count(th, coll))
	}
	most, got := wantInt(n), int64(0)
	for s := value.SeqOf(th, coll); s != nil && got < most; s = s.Next(th) {
		th.Charge(1)
		got++
	}
	return value.Int(got)
}

func reverse(th *thread, coll val) val {
	out := value.EmptyList
	value.Each(th, coll, func(x val) bool {
		th.ChargeSize(2 * valueSize)
		out = out.Push(x)
		return true
	})
	return value.WithMeta(value.Of(out), value.Nil)
}

func vec(th *thread, coll val) val {
	if v, ok := coll.AsVector(); ok {
		if v.IsEntry() {
			return value.NewVector(v.At(0), v.At(1))
		}
		return value.WithMeta(coll, value.Nil)
	}
	if !value.IsSeqable(coll) {
		value.ThrowHint("RuntimeException", "wrong-type", "use vector to make a vector of one element", "Unable to convert: class %s to Object[]", value.ClassName(coll))
	}
	if _, ok := knownCount(coll); ok {
		return value.VectorFrom(items(th, coll))
	}
	return gatherVector(th, func(add func(x val) bool) { value.Each(th, coll, add) })
}

func subvec(th *thread, args []val) val {
	v, ok := args[0].AsVector()
	if !ok {
		value.ThrowCast(args[0], "clojure.lang.IPersistentVector")
	}
	start, end := wantInt(args[1]), int64(v.Len())
	if len(args) == 3 {
		end = wantInt(args[2])
	}
	if start < 0 || end < start || end > int64(v.Len()) {
		value.ThrowHint("IndexOutOfBoundsException", "index", "start and end lie between 0 and the vector's count, start first",
			"subvec %d to %d of %d elements", start, end, v.Len())
	}
	th.Charge(1)
	return value.WithMeta(value.Of(v.Sub(int(start), int(end))), value.Nil)
}
