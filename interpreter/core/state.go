package core

import "github.com/weir-run/weir/interpreter/value"

// state is what changes inside one evaluation: atoms, volatiles, and values computed on first use.
func state() []*value.Builtin {
	return []*value.Builtin{
		many("atom", 1, -1, newAtom),
		fast1(many("deref", 1, 1, func(th *thread, args []val) val { return value.Deref(th, args[0]) }), value.Deref),
		many("swap!", 2, -1, func(th *thread, args []val) val {
			a := wantAtom(args[0])
			return a.Reset(th, callWith(th, args[1], a.Value, args[2:]))
		}),
		two("reset!", func(th *thread, a, v val) val { return wantAtom(a).Reset(th, v) }),
		many("swap-vals!", 2, -1, func(th *thread, args []val) val {
			a := wantAtom(args[0])
			old := a.Value
			return value.NewVector(old, a.Reset(th, callWith(th, args[1], old, args[2:])))
		}),
		two("reset-vals!", func(th *thread, ref, v val) val {
			a := wantAtom(ref)
			old := a.Value
			return value.NewVector(old, a.Reset(th, v))
		}),
		many("compare-and-set!", 3, 3, func(th *thread, args []val) val {
			a := wantAtom(args[0])
			if !value.Identical(a.Value, args[1]) {
				return value.False
			}
			a.Reset(th, args[2])
			return value.True
		}),
		one("volatile!", func(_ *thread, v val) val { return value.NewVolatile(v) }),
		two("vreset!", func(_ *thread, ref, v val) val {
			wantVolatile(ref).Value = v
			return v
		}),
		many("vswap!", 2, -1, func(th *thread, args []val) val {
			ref := wantVolatile(args[0])
			ref.Value = callWith(th, args[1], ref.Value, args[2:])
			return ref.Value
		}),
		test("volatile?", func(a val) bool { return a.Kind() == value.KindVolatile }),
		one("force", func(th *thread, a val) val {
			if d, ok := a.Ref().(*value.Delay); ok {
				return d.Force(th)
			}
			return a
		}),
		test("delay?", func(a val) bool { return a.Kind() == value.KindDelay }),
		test("realized?", realized),
	}
}

func newAtom(th *thread, args []val) val {
	th.ChargeSize(entrySize)
	a := value.NewAtom(args[0])
	if len(args)%2 == 0 {
		value.Throw("IllegalArgumentException", "No value supplied for key: %s", value.PrStr(th, args[len(args)-1]))
	}
	opts := keywordOptions(th, args[1:])
	ref := wantAtom(a)
	if ref.Meta = opts.GetKw("meta"); !ref.Meta.Truthy() {
		ref.Meta = value.Nil
	} else if k := ref.Meta.Kind(); k != value.KindMap && k != value.KindSortedMap {
		value.ThrowCast(ref.Meta, "clojure.lang.IPersistentMap")
	}
	if f := opts.GetKw("validator"); !f.IsNil() {
		ref.Validator = f
		ref.Reset(th, args[0])
	}
	return a
}

func wantAtom(v val) *value.Atom {
	a, ok := v.Ref().(*value.Atom)
	if !ok {
		value.ThrowCast(v, "clojure.lang.IAtom")
	}
	return a
}

func wantVolatile(v val) *value.Volatile {
	a, ok := v.Ref().(*value.Volatile)
	if !ok {
		value.ThrowCast(v, "clojure.lang.Volatile")
	}
	return a
}

func realized(v val) bool {
	r, ok := v.Ref().(interface{ Realized() bool })
	if !ok {
		value.ThrowCast(v, "clojure.lang.IPending")
	}
	return r.Realized()
}
