package core

import "github.com/weir-run/weir/interpreter/value"

// seqWalks are the functions that look at elements until they know an answer, or walk for effects.
func seqWalks() []*value.Builtin {
	return []*value.Builtin{
		two("every?", func(th *thread, f, coll val) val { return value.Bool(every(th, f, coll)) }),
		two("not-every?", func(th *thread, f, coll val) val { return value.Bool(!every(th, f, coll)) }),
		two("some", some),
		two("not-any?", func(th *thread, f, coll val) val { return value.Bool(!some(th, f, coll).Truthy()) }),
		two("run!", func(th *thread, f, coll val) val {
			value.Each(th, coll, func(x val) bool {
				_, stop := value.Call1(th, f, x).AsReduced()
				return !stop
			})
			return value.Nil
		}),
		oneOrTwo("doall",
			func(th *thread, coll val) val { walk(th, coll, -1); return coll },
			func(th *thread, n, coll val) val { walk(th, coll, wantInt(n)); return coll }),
		oneOrTwo("dorun",
			func(th *thread, coll val) val { walk(th, coll, -1); return value.Nil },
			func(th *thread, n, coll val) val { walk(th, coll, wantInt(n)); return value.Nil }),
	}
}

func every(th *thread, f, coll val) bool {
	ok := true
	value.Each(th, coll, func(x val) bool {
		ok = value.Call1(th, f, x).Truthy()
		return ok
	})
	return ok
}

func some(th *thread, f, coll val) val {
	out := value.Nil
	value.Each(th, coll, func(x val) bool {
		out = value.Call1(th, f, x)
		return !out.Truthy()
	})
	if out.Truthy() {
		return out
	}
	return value.Nil
}

// walk realizes a seq: all of it, or with n >= 0 its first n+1 elements.
func walk(th *thread, coll val, n int64) {
	for s := value.SeqOf(th, coll); s != nil && n != 0; s = s.Next(th) {
		th.Charge(1)
		if n > 0 {
			n--
		}
	}
}
