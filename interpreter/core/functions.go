package core

import "github.com/weir-run/weir/interpreter/value"

// higherOrder are the functions that make functions, and apply.
func higherOrder() []*value.Builtin {
	return []*value.Builtin{
		one("identity", func(_ *thread, a val) val { return a }),
		one("constantly", func(_ *thread, a val) val {
			return value.Of(many("constantly", 0, -1, func(*thread, []val) val { return a }))
		}),
		one("complement", complement),
		many("comp", 0, -1, comp),
		many("partial", 1, -1, partial),
		many("juxt", 1, -1, juxt),
		one("memoize", memoize),
		many("trampoline", 1, -1, trampoline),
		many("fnil", 2, 4, fnil),
		many("every-pred", 1, -1, everyPred),
		many("some-fn", 1, -1, someFn),
		many("apply", 2, -1, apply),
	}
}

// forward passes a function's own arguments on, one and two of them without a slice.
func forward(name string, f func(th *thread, args []val) val) *value.Builtin {
	return many(name, 0, -1, f)
}

func complement(_ *thread, f val) val {
	b := forward("complement", func(th *thread, args []val) val {
		return value.Bool(!value.Call(th, f, args...).Truthy())
	})
	b.Fn1 = func(th *thread, a val) val { return value.Bool(!value.Call1(th, f, a).Truthy()) }
	b.Fn2 = func(th *thread, a, c val) val { return value.Bool(!value.Call2(th, f, a, c).Truthy()) }
	return value.Of(b)
}

func comp(_ *thread, args []val) val {
	switch len(args) {
	case 0:
		return value.Of(one("identity", func(_ *thread, a val) val { return a }))
	case 1:
		return args[0]
	}
	fs := append([]val(nil), args[:len(args)-1]...)
	inner := args[len(args)-1]
	outer := func(th *thread, x val) val {
		for i := len(fs) - 1; i >= 0; i-- {
			x = value.Call1(th, fs[i], x)
		}
		return x
	}
	b := forward("comp", func(th *thread, args []val) val { return outer(th, value.Call(th, inner, args...)) })
	b.Fn1 = func(th *thread, a val) val { return outer(th, value.Call1(th, inner, a)) }
	b.Fn2 = func(th *thread, a, c val) val { return outer(th, value.Call2(th, inner, a, c)) }
	return value.Of(b)
}

func partial(_ *thread, args []val) val {
	f := args[0]
	if len(args) == 1 {
		return f
	}
	bound := append([]val(nil), args[1:]...)
	b := forward("partial", func(th *thread, args []val) val {
		all := make([]val, 0, len(bound)+len(args))
		return value.Call(th, f, append(append(all, bound...), args...)...)
	})
	if len(bound) == 1 {
		b.Fn1 = func(th *thread, a val) val { return value.Call2(th, f, bound[0], a) }
	}
	return value.Of(b)
}

func juxt(_ *thread, args []val) val {
	fs := append([]val(nil), args...)
	b := forward("juxt", func(th *thread, args []val) val {
		out := room(th, len(fs))
		for _, f := range fs {
			out = append(out, value.Call(th, f, args...))
		}
		return value.VectorFrom(out)
	})
	b.Fn1 = func(th *thread, a val) val {
		out := room(th, len(fs))
		for _, f := range fs {
			out = append(out, value.Call1(th, f, a))
		}
		return value.VectorFrom(out)
	}
	return value.Of(b)
}

func memoize(_ *thread, f val) val {
	known := value.EmptyMap
	return value.Of(forward("memoize", func(th *thread, args []val) val {
		key := value.NewList(args...)
		if v, ok := known.Own(th, key); ok {
			return v
		}
		v := value.Call(th, f, args...)
		th.ChargeSize(entrySize + int64(len(args))*valueSize)
		known = known.Assoc(th, key, v)
		return v
	}))
}

func trampoline(th *thread, args []val) val {
	out := value.Call(th, args[0], args[1:]...)
	for out.Kind() == value.KindFn {
		th.Charge(1)
		out = value.Call(th, out)
	}
	return out
}

// fnil calls f with defaults in the place of leading arguments that are nil.
func fnil(_ *thread, args []val) val {
	f, defaults := args[0], append([]val(nil), args[1:]...)
	required := min(len(defaults), 2)
	b := many("fnil", required, -1, func(th *thread, args []val) val {
		filled := append([]val(nil), args...)
		for i := range filled {
			if i < len(defaults) && filled[i].IsNil() {
				filled[i] = defaults[i]
			}
		}
		return value.Call(th, f, filled...)
	})
	if len(defaults) == 1 {
		b.Fn1 = func(th *thread, a val) val {
			if a.IsNil() {
				a = defaults[0]
			}
			return value.Call1(th, f, a)
		}
		b.Fn2 = func(th *thread, a, c val) val {
			if a.IsNil() {
				a = defaults[0]
			}
			return value.Call2(th, f, a, c)
		}
	}
	return value.Of(b)
}

func everyPred(_ *thread, args []val) val {
	preds := append([]val(nil), args...)
	return value.Of(forward("every-pred", func(th *thread, args []val) val {
		for _, p := range preds {
			for _, x := range args {
				if !value.Call1(th, p, x).Truthy() {
					return value.False
				}
			}
		}
		return value.True
	}))
}

// someFn gives the first truthy answer of its predicates, or else the last answer it got (nil where Clojure
// leaves it to some: past three predicates or three arguments).
func someFn(_ *thread, args []val) val {
	preds := append([]val(nil), args...)
	return value.Of(forward("some-fn", func(th *thread, args []val) val {
		out := value.Nil
		near := args[:min(len(args), 3)]
		for _, p := range preds {
			for _, x := range near {
				if out = value.Call1(th, p, x); out.Truthy() {
					return out
				}
			}
		}
		for _, x := range args[len(near):] {
			for _, p := range preds {
				if out = value.Call1(th, p, x); out.Truthy() {
					return out
				}
			}
		}
		if len(preds) > 3 || len(args) > 3 {
			return value.Nil
		}
		return out
	}))
}

func apply(th *thread, args []val) val {
	f, last := args[0], args[len(args)-1]
	if b, ok := f.Ref().(*value.Builtin); ok && len(args) == 2 {
		switch b.Name {
		case "concat": // its argument may be endless
			return concatAll(last)
		case "str":
			return join(th, "", last)
		}
	}
	all := append([]val(nil), args[1:len(args)-1]...)
	all = append(all, items(th, last)...)
	return wantCallable(f).Call(th, all)
}
