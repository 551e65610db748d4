package core

import "github.com/weir-run/weir/interpreter/value"

// transients are collections changed in place inside one evaluation.
func transients() []*value.Builtin {
	return []*value.Builtin{
		one("transient", func(th *thread, coll val) val {
			th.ChargeSize(value.Count(th, coll) / 32 * valueSize)
			return value.Transient(coll)
		}),
		one("persistent!", func(_ *thread, t val) val { return value.Persistent(t) }),
		fast2(many("conj!", 0, 2, func(_ *thread, args []val) val {
			if len(args) == 0 {
				return value.Of(value.NewTransientVector())
			}
			return args[0]
		}), value.ConjT),
		many("assoc!", 3, -1, func(th *thread, args []val) val {
			if len(args)%2 == 0 && len(args) > 3 {
				args = append(args[:len(args):len(args)], value.Nil) // unlike assoc, as in Clojure
			}
			for i := 1; i < len(args); i += 2 {
				th.Charge(1)
				value.AssocT(th, args[0], args[i], args[i+1])
			}
			return args[0]
		}),
		many("dissoc!", 2, -1, func(th *thread, args []val) val {
			for _, k := range args[1:] {
				th.Charge(1)
				value.DissocT(th, args[0], k)
			}
			return args[0]
		}),
		many("disj!", 1, -1, func(th *thread, args []val) val {
			for _, x := range args[1:] {
				th.Charge(1)
				value.DisjT(th, args[0], x)
			}
			return args[0]
		}),
		one("pop!", func(_ *thread, t val) val { return value.PopT(t) }),
	}
}
