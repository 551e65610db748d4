package core

import "github.com/weir-run/weir/interpreter/value"

// sortedCollections make sorted maps and sets and walk stretches of them.
func sortedCollections() []*value.Builtin {
	return []*value.Builtin{
		many("sorted-map", 0, -1, func(th *thread, args []val) val { return sortedMap(th, value.Nil, args) }),
		many("sorted-map-by", 1, -1, func(th *thread, args []val) val {
			return sortedMap(th, wantComparator(args[0]), args[1:])
		}),
		many("sorted-set", 0, -1, func(th *thread, args []val) val { return sortedSet(th, value.Nil, args) }),
		many("sorted-set-by", 1, -1, func(th *thread, args []val) val {
			return sortedSet(th, wantComparator(args[0]), args[1:])
		}),
		many("subseq", 3, 5, func(th *thread, args []val) val { return stretch(th, args, true) }),
		many("rsubseq", 3, 5, func(th *thread, args []val) val { return stretch(th, args, false) }),
	}
}

func sortedMap(th *thread, by val, kvs []val) val {
	if len(kvs)%2 == 1 {
		value.Throw("IllegalArgumentException", "No value supplied for key: %s", value.PrStr(th, kvs[len(kvs)-1]))
	}
	th.Charge(int64(len(kvs)))
	th.ChargeSize(int64(len(kvs)) / 2 * entrySize)
	return value.NewSortedMapBy(th, by, kvs...)
}

func sortedSet(th *thread, by val, vs []val) val {
	th.Charge(int64(len(vs)))
	th.ChargeSize(int64(len(vs)) * entrySize)
	return value.NewSortedSetBy(th, by, vs...)
}

// stretch is subseq and rsubseq: the elements whose keys pass one or two tests, in one direction.
func stretch(th *thread, args []val, ascending bool) val {
	sorted, ok := args[0].Ref().(value.Sorted)
	if !ok {
		value.ThrowCast(args[0], "clojure.lang.Sorted")
	}
	if len(args) == 4 {
		value.ThrowArity("subseq", 4)
	}
	bound := func(test, key val) val {
		return value.Of(one("bound", func(th *thread, element val) val {
			order := sorted.Compare(th, sorted.KeyOf(element), key)
			return value.Call2(th, test, value.Int(int64(order)), value.Int(0))
		}))
	}
	if len(args) == 3 {
		inside := bound(args[1], args[2])
		if startsAt(args[1], ascending) {
			return dropUnlessFirst(th, sorted.SeqFrom(th, args[2], ascending), inside)
		}
		return takeWhile(inside, value.FromSeq(sorted.SeqDir(ascending)))
	}
	first, last := bound(args[1], args[2]), bound(args[3], args[4])
	from := args[2]
	if !ascending {
		first, last, from = last, first, args[4]
	}
	s := sorted.SeqFrom(th, from, ascending)
	if s == nil {
		return value.Nil
	}
	return takeWhile(last, dropUnlessFirst(th, s, first))
}

// startsAt tells whether a test bounds the beginning of a walk in that direction.
func startsAt(test val, ascending bool) bool {
	b, ok := test.Ref().(*value.Builtin)
	if !ok {
		return false
	}
	if ascending {
		return b.Name == ">" || b.Name == ">="
	}
	return b.Name == "<" || b.Name == "<="
}

// dropUnlessFirst is s, without its first element where that is not inside.
func dropUnlessFirst(th *thread, s value.Seq, inside val) val {
	if s != nil && !value.Call1(th, inside, s.First(th)).Truthy() {
		s = s.Next(th)
	}
	return value.FromSeq(s)
}
