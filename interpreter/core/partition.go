package core

import "github.com/weir-run/weir/interpreter/value"

// partitions cut seqs into pieces, lazily.
func partitions() []*value.Builtin {
	return []*value.Builtin{
		many("partition", 2, 4, partition),
		many("partition-all", 1, 3, partitionAll),
		oneOrTwo("partition-by",
			func(_ *thread, f val) val { return partitionByXform(f) },
			func(_ *thread, f, coll val) val { return partitionBy(f, coll) }),
	}
}

func partition(_ *thread, args []val) val {
	n, coll := wantInt(args[0]), args[len(args)-1]
	step := n
	if len(args) > 2 {
		step = wantInt(args[1])
	}
	var pad *val
	if len(args) == 4 {
		p := args[2]
		pad = &p
	}
	return partitioned(n, step, pad, coll)
}

// partitioned gives pieces of n that begin step elements apart; a last short piece is filled up from pad,
// or dropped where there is none.
func partitioned(n, step int64, pad *val, coll val) val {
	return lazy(func(th *thread) val {
		s := value.SeqOf(th, coll)
		if s == nil {
			return value.Nil
		}
		piece := firstN(th, s, n)
		if int64(len(piece)) == max(n, 0) {
			return value.Cons(value.NewChunk(piece, value.Nil), partitioned(n, step, pad, nthRest(th, value.FromSeq(s), step)))
		}
		if pad == nil {
			return value.Nil
		}
		if filler := value.SeqOf(th, *pad); filler != nil {
			piece = append(piece, firstN(th, filler, n-int64(len(piece)))...)
		}
		return value.NewList(value.NewChunk(piece, value.Nil))
	})
}

// firstN is the first n elements of s, or all where it has fewer.
func firstN(th *thread, s value.Seq, n int64) []val {
	var out []val
	for ; n > 0 && s != nil; n-- {
		th.Charge(2)
		th.ChargeSize(4 * valueSize) // a link, and a slice that grows
		out = append(out, s.First(th))
		if n > 1 {
			s = s.Next(th)
		}
	}
	return out
}

func partitionAll(_ *thread, args []val) val {
	n := wantInt(args[0])
	switch len(args) {
	case 1:
		return partitionAllXform(n)
	case 2:
		return partitionedAll(n, n, args[1])
	}
	return partitionedAll(n, wantInt(args[1]), args[2])
}

func partitionedAll(n, step int64, coll val) val {
	return lazy(func(th *thread) val {
		s := value.SeqOf(th, coll)
		if s == nil {
			return value.Nil
		}
		piece := firstN(th, s, n)
		return value.Cons(value.NewChunk(piece, value.Nil), partitionedAll(n, step, nthRest(th, value.FromSeq(s), step)))
	})
}

// partitionBy begins a new piece where f's value changes. A piece is lazy: it may be endless.
func partitionBy(f, coll val) val {
	return lazy(func(th *thread) val {
		s := value.SeqOf(th, coll)
		if s == nil {
			return value.Nil
		}
		first := s.First(th)
		key := value.Call1(th, f, first)
		same := value.Of(one("same", func(th *thread, x val) val {
			return value.Bool(value.Equal(th, key, value.Call1(th, f, x)))
		}))
		run := value.Cons(first, takeWhile(same, value.FromSeq(s.Next(th))))
		return value.Cons(run, partitionBy(f, lazy(func(th *thread) val {
			rest := s
			value.Each(th, run, func(val) bool {
				rest = rest.Next(th)
				return true
			})
			return value.FromSeq(rest)
		})))
	})
}
