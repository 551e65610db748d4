package core

import "github.com/weir-run/weir/interpreter/value"

// derivedSeqs are lazy seqs that remember what they saw, or walk trees.
func derivedSeqs() []*value.Builtin {
	return []*value.Builtin{
		many("distinct", 0, 1, func(_ *thread, args []val) val {
			if len(args) == 0 {
				return distinctXform()
			}
			return distinctSeq(args[0], value.EmptySet)
		}),
		many("dedupe", 0, 1, func(th *thread, args []val) val {
			if len(args) == 0 {
				return dedupeXform()
			}
			return sequence(th, dedupeXform(), args)
		}),
		many("reductions", 2, 3, reductions),
		many("tree-seq", 3, 3, func(_ *thread, args []val) val { return treeSeq(args[0], args[1], args[2]) }),
		one("flatten", flatten),
		oneOrTwo("replace",
			func(_ *thread, smap val) val { return mapXform(replacer(smap)) },
			replaceIn),
		many("iteration", 1, -1, iteration),
	}
}

func distinctSeq(coll val, seen *value.Set) val {
	return lazy(func(th *thread) val {
		for s := value.SeqOf(th, coll); s != nil; s = s.Next(th) {
			th.Charge(1)
			x := s.First(th)
			if !seen.Has(th, x) {
				th.ChargeSize(entrySize)
				return value.Cons(x, distinctSeq(value.RestOf(th, s), seen.Add(th, x)))
			}
		}
		return value.Nil
	})
}

func reductions(_ *thread, args []val) val {
	f := args[0]
	if len(args) == 3 {
		return reductionsFrom(f, args[1], args[2])
	}
	coll := args[1]
	return lazy(func(th *thread) val {
		s := value.SeqOf(th, coll)
		if s == nil {
			return value.NewList(value.Call(th, f))
		}
		return reductionsFrom(f, s.First(th), value.RestOf(th, s))
	})
}

func reductionsFrom(f, init, coll val) val {
	if v, ok := init.AsReduced(); ok {
		return value.NewList(v)
	}
	return value.Cons(init, lazy(func(th *thread) val {
		s := value.SeqOf(th, coll)
		if s == nil {
			return value.Nil
		}
		return reductionsFrom(f, value.Call2(th, f, init, s.First(th)), value.RestOf(th, s))
	}))
}

// treeSeq is the nodes of a tree, depth first.
func treeSeq(branch, children, root val) val {
	return lazy(func(*thread) val { return treeWalk(branch, children, root, value.Nil) })
}

// treeWalk is root, what hangs below it, and then rest.
func treeWalk(branch, children, root, rest val) val {
	return value.Cons(root, lazy(func(th *thread) val {
		if !value.Call1(th, branch, root).Truthy() {
			return rest
		}
		return treeForest(branch, children, value.Call1(th, children, root), rest)
	}))
}

func treeForest(branch, children, roots, rest val) val {
	return lazy(func(th *thread) val {
		s := value.SeqOf(th, roots)
		if s == nil {
			return rest
		}
		th.Charge(1)
		return treeWalk(branch, children, s.First(th), treeForest(branch, children, value.RestOf(th, s), rest))
	})
}

// flatten is the elements of x that are not sequential, however deep they lie.
func flatten(_ *thread, x val) val {
	if !value.IsSequential(x) {
		return lazy(func(*thread) val { return value.Nil })
	}
	return flatForest(x, value.Nil)
}

func flatForest(coll, rest val) val {
	return lazy(func(th *thread) val {
		s := value.SeqOf(th, coll)
		if s == nil {
			return rest
		}
		th.Charge(1)
		x := s.First(th)
		after := flatForest(value.RestOf(th, s), rest)
		if value.IsSequential(x) {
			return flatForest(x, after)
		}
		return value.Cons(x, after)
	})
}

// replacer is a function that looks its argument up in smap and gives it back where it isn't there.
func replacer(smap val) val {
	return value.Of(one("replace", func(th *thread, x val) val {
		if e, ok := value.Find(th, smap, x).AsVector(); ok {
			return e.At(1)
		}
		return x
	}))
}

func replaceIn(th *thread, smap, coll val) val {
	v, ok := coll.AsVector()
	if !ok {
		return mapSeq(replacer(smap), coll)
	}
	f := replacer(smap)
	out := room(th, v.Len())
	value.Each(th, coll, func(x val) bool {
		out = append(out, value.Call1(th, f, x))
		return true
	})
	return keepMeta(value.VectorFrom(out), coll)
}

// iteration is Clojure 1.11's iteration: step is called with a key, beginning with :initk; :somef tells
// whether its answer counts, :vf what it yields, :kf the next key (nil: the end).
func iteration(th *thread, args []val) val {
	opts := keywordOptions(th, args[1:])
	option := func(name string, otherwise val) val {
		if v, ok := opts.Get(th, value.Kw(name)); ok {
			return v
		}
		return otherwise
	}
	identity := value.Of(one("identity", func(_ *thread, a val) val { return a }))
	some := value.Of(test("some?", func(a val) bool { return !a.IsNil() }))
	return iterationSeq(args[0], option("somef", some), option("vf", identity), option("kf", identity), option("initk", value.Nil))
}

func iterationSeq(step, somef, vf, kf, key val) val {
	return lazy(func(th *thread) val {
		answer := value.Call1(th, step, key)
		if !value.Call1(th, somef, answer).Truthy() {
			return value.Nil
		}
		first, more := value.Call1(th, vf, answer), value.Nil
		if next := value.Call1(th, kf, answer); !next.IsNil() {
			more = iterationSeq(step, somef, vf, kf, next)
		}
		return value.Cons(first, more)
	})
}

// keywordOptions is the map of trailing :key value arguments, or of one trailing map.
func keywordOptions(th *thread, args []val) *value.Map {
	if len(args)%2 == 1 {
		last := args[len(args)-1]
		m, ok := last.AsMap()
		if !ok || len(args) > 1 {
			value.Throw("IllegalArgumentException", "No value supplied for key: %s", value.PrStr(th, last))
		}
		return m
	}
	return value.MapOf(th, args)
}
