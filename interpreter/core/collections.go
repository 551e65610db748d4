package core

import "github.com/weir-run/weir/interpreter/value"

// collections are the functions that add to collections, take from them and look into them.
func collections() []*value.Builtin {
	return []*value.Builtin{
		fast1(fast2(many("conj", 0, -1, conj), conj2), func(_ *thread, a val) val { return a }),
		many("disj", 1, -1, func(th *thread, args []val) val {
			out := args[0]
			if len(args) > 1 && !out.Truthy() {
				return value.Nil
			}
			for _, x := range args[1:] {
				th.Charge(1)
				out = value.Disj(th, out, x)
			}
			return out
		}),
		one("peek", value.Peek),
		one("pop", value.Pop),
		one("empty", func(_ *thread, a val) val { return value.Empty(a) }),
		fast2(many("get", 2, 3, func(th *thread, args []val) val {
			if x, ok := value.Get(th, args[0], args[1]); ok || len(args) == 2 {
				return x
			}
			return args[2]
		}), func(th *thread, coll, k val) val {
			x, _ := value.Get(th, coll, k)
			return x
		}),
		two("contains?", func(th *thread, coll, k val) val { return value.Bool(value.Contains(th, coll, k)) }),
		two("find", value.Find),
		many("hash-set", 0, -1, func(th *thread, args []val) val {
			th.ChargeSize(int64(len(args)) * entrySize)
			th.Charge(int64(len(args)))
			return value.NewSet(th, args...)
		}),
	}
}

func conj(th *thread, args []val) val {
	switch len(args) {
	case 0:
		return value.Of(value.EmptyVector)
	case 1:
		return args[0]
	case 2:
		return conj2(th, args[0], args[1])
	}
	return intoEach(th, args[0], func(add func(x val) bool) {
		for _, x := range args[1:] {
			th.Charge(1)
			add(x)
		}
	})
}

func conj2(th *thread, coll, x val) val { return value.Conj(th, coll, x) }
