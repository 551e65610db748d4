package core

import "github.com/weir-run/weir/interpreter/value"

// A transducer is a function of a reducing function that gives another one: called without arguments it
// begins, with a result and an element it steps, with a result alone it completes.

// xform makes a transducer of a function that wraps one reducing function.
func xform(name string, wrap func(rf val) val) val {
	return value.Of(one(name, func(_ *thread, rf val) val { return wrap(rf) }))
}

// stepping is the reducing function that steps by f, and begins and completes as rf does.
func stepping(rf val, f func(th *thread, acc, x val) val) val {
	return reducing(rf, func(th *thread, acc val) val { return value.Call1(th, rf, acc) }, f)
}

// reducing is the reducing function that completes by done, steps by f, and begins as rf does.
func reducing(rf val, done func(th *thread, acc val) val, f func(th *thread, acc, x val) val) val {
	return value.Of(&value.Builtin{
		Name: "reducing function", Min: 0, Max: 2, Fn1: done, Fn2: f,
		Fn: func(th *thread, args []val) val {
			switch len(args) {
			case 0:
				return value.Call(th, rf)
			case 1:
				return done(th, args[0])
			}
			return f(th, args[0], args[1])
		},
	})
}

func mapXform(f val) val {
	return xform("map", func(rf val) val {
		step := func(th *thread, acc, x val) val { return value.Call2(th, rf, acc, value.Call1(th, f, x)) }
		done := func(th *thread, acc val) val { return value.Call1(th, rf, acc) }
		return value.Of(&value.Builtin{
			Name: "reducing function", Min: 0, Max: -1, Fn1: done, Fn2: step,
			Fn: func(th *thread, args []val) val {
				switch len(args) {
				case 0:
					return value.Call(th, rf)
				case 1:
					return done(th, args[0])
				}
				return value.Call2(th, rf, args[0], value.Call(th, f, args[1:]...))
			},
		})
	})
}

func filterXform(f val, keep bool) val {
	return xform("filter", func(rf val) val {
		return stepping(rf, func(th *thread, acc, x val) val {
			if value.Call1(th, f, x).Truthy() == keep {
				return value.Call2(th, rf, acc, x)
			}
			return acc
		})
	})
}

func keepXform(f val) val {
	return xform("keep", func(rf val) val {
		return stepping(rf, func(th *thread, acc, x val) val {
			if y := value.Call1(th, f, x); !y.IsNil() {
				return value.Call2(th, rf, acc, y)
			}
			return acc
		})
	})
}

func mapIndexedXform(f val) val {
	return xform("map-indexed", func(rf val) val {
		i := int64(-1)
		return stepping(rf, func(th *thread, acc, x val) val {
			i++
			return value.Call2(th, rf, acc, value.Call2(th, f, value.Int(i), x))
		})
	})
}

func keepIndexedXform(f val) val {
	return xform("keep-indexed", func(rf val) val {
		i := int64(-1)
		return stepping(rf, func(th *thread, acc, x val) val {
			i++
			if y := value.Call2(th, f, value.Int(i), x); !y.IsNil() {
				return value.Call2(th, rf, acc, y)
			}
			return acc
		})
	})
}

func mapcatXform(f val) val {
	return xform("mapcat", func(rf val) val {
		catting := catStep(rf)
		return stepping(rf, func(th *thread, acc, x val) val { return catting(th, acc, value.Call1(th, f, x)) })
	})
}

// catStep steps with every element of what it is given.
func catStep(rf val) func(th *thread, acc, coll val) val {
	return func(th *thread, acc, coll val) val {
		value.Each(th, coll, func(x val) bool {
			acc = value.Call2(th, rf, acc, x)
			return !isReduced(acc)
		})
		return acc
	}
}

func takeWhileXform(f val) val {
	return xform("take-while", func(rf val) val {
		return stepping(rf, func(th *thread, acc, x val) val {
			if value.Call1(th, f, x).Truthy() {
				return value.Call2(th, rf, acc, x)
			}
			return value.NewReduced(acc)
		})
	})
}

func dropWhileXform(f val) val {
	return xform("drop-while", func(rf val) val {
		dropping := true
		return stepping(rf, func(th *thread, acc, x val) val {
			if dropping && value.Call1(th, f, x).Truthy() {
				return acc
			}
			dropping = false
			return value.Call2(th, rf, acc, x)
		})
	})
}

// transducers are the functions about transducers that aren't an arity of a seq function.
func transducers() []*value.Builtin {
	return []*value.Builtin{
		one("cat", func(_ *thread, rf val) val { return stepping(rf, catStep(rf)) }),
		oneOrTwo("completing",
			func(_ *thread, f val) val {
				return reducing(f, func(_ *thread, acc val) val { return acc },
					func(th *thread, acc, x val) val { return value.Call2(th, f, acc, x) })
			},
			func(_ *thread, f, done val) val {
				return reducing(f, func(th *thread, acc val) val { return value.Call1(th, done, acc) },
					func(th *thread, acc, x val) val { return value.Call2(th, f, acc, x) })
			}),
		oneOrTwo("halt-when",
			func(_ *thread, f val) val { return haltWhen(f, value.Nil) },
			func(_ *thread, f, result val) val { return haltWhen(f, result) }),
		many("eduction", 1, -1, newEduction),
		many("sequence", 1, -1, func(th *thread, args []val) val {
			if len(args) > 1 {
				return sequence(th, args[0], args[1:])
			}
			switch args[0].Kind() {
			case value.KindSeq, value.KindList:
				if _, ok := args[0].Ref().(*eduction); !ok {
					return args[0]
				}
			}
			if s := value.SeqOf(th, args[0]); s != nil {
				return value.FromSeq(s)
			}
			return empty
		}),
	}
}

// haltWhen ends a transduction at the first element for which f holds: with that element, or with what
// result makes of the completed result so far and the element.
func haltWhen(f, result val) val {
	return xform("halt-when", func(rf val) val {
		halted, answer := false, value.Nil
		done := func(th *thread, acc val) val {
			if halted {
				return answer
			}
			return value.Call1(th, rf, acc)
		}
		return reducing(rf, done, func(th *thread, acc, x val) val {
			if !value.Call1(th, f, x).Truthy() {
				return value.Call2(th, rf, acc, x)
			}
			halted, answer = true, x
			if !result.IsNil() {
				answer = value.Call2(th, result, value.Call1(th, rf, acc), x)
			}
			return value.NewReduced(acc)
		})
	})
}
