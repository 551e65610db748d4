package core

import "github.com/weir-run/weir/interpreter/value"

// folds are the functions that reduce collections.
func folds() []*value.Builtin {
	return []*value.Builtin{
		many("reduce", 2, 3, func(th *thread, args []val) val {
			if len(args) == 2 {
				return reduceWhole(th, args[0], args[1])
			}
			return reduce(th, args[0], args[1], args[2])
		}),
		many("reduce-kv", 3, 3, func(th *thread, args []val) val { return reduceKV(th, args[0], args[1], args[2]) }),
		one("reduced", func(_ *thread, a val) val { return value.NewReduced(a) }),
		test("reduced?", isReduced),
		one("unreduced", func(_ *thread, a val) val { return value.Unreduced(a) }),
		one("ensure-reduced", func(_ *thread, a val) val {
			if isReduced(a) {
				return a
			}
			return value.NewReduced(a)
		}),
		many("into", 0, 3, into),
		many("transduce", 3, 4, transduce),
	}
}

// reduce folds f over coll from init on; a reduced result ends it.
func reduce(th *thread, f, init, coll val) val {
	acc := init
	value.Each(th, coll, func(x val) bool {
		acc = value.Call2(th, f, acc, x)
		if isReduced(acc) {
			acc = value.Unreduced(acc)
			return false
		}
		return true
	})
	return acc
}

// reduceWhole is reduce without an initial value.
func reduceWhole(th *thread, f, coll val) val {
	acc, begun := value.Nil, false
	value.Each(th, coll, func(x val) bool {
		if !begun {
			acc, begun = x, true
			return true
		}
		acc = value.Call2(th, f, acc, x)
		if isReduced(acc) {
			acc = value.Unreduced(acc)
			return false
		}
		return true
	})
	if !begun {
		return value.Call(th, f)
	}
	return acc
}

func reduceKV(th *thread, f, init, coll val) val {
	acc, args := init, make([]val, 3)
	step := func(k, v val) bool {
		th.Charge(1)
		args[0], args[1], args[2] = acc, k, v
		acc = value.Call(th, f, args...)
		if isReduced(acc) {
			acc = value.Unreduced(acc)
			return false
		}
		return true
	}
	switch c := coll.Ref().(type) {
	case nil:
	case *value.Map:
		c.Each(step)
	case *value.SortedMap:
		c.Each(step)
	case *value.Vector:
		i := int64(-1)
		c.Each(func(x val) bool {
			i++
			return step(value.Int(i), x)
		})
	default:
		value.Each(th, coll, func(entry val) bool {
			e := wantEntry(entry)
			return step(e.At(0), e.At(1))
		})
	}
	return acc
}

// entryParts is the key and value of a map entry; a vector of two counts as one.
func entryParts(entry val) (k, v val) {
	if e, ok := entry.AsVector(); ok && e.Len() == 2 {
		return e.At(0), e.At(1)
	}
	value.ThrowCast(entry, "java.util.Map$Entry")
	return value.Nil, value.Nil
}

func into(th *thread, args []val) val {
	switch len(args) {
	case 0:
		return value.Of(value.EmptyVector)
	case 1:
		return args[0]
	case 2:
		return intoEach(th, args[0], func(add func(x val) bool) { value.Each(th, args[1], add) })
	}
	return intoBy(th, args[0], args[1], args[2])
}

// keepMeta is v with the metadata of from.
func keepMeta(v, from val) val {
	if meta := value.Meta(from); !meta.IsNil() {
		return value.WithMeta(v, meta)
	}
	return v
}

// intoBy is into with a transducer between: what it makes of the result is the result.
func intoBy(th *thread, to, xform, from val) val {
	rf := &value.Builtin{Name: "into", Min: 1, Max: 2, Fn2: conj2, Fn1: func(_ *thread, acc val) val { return acc }}
	init := to
	switch to.Kind() {
	case value.KindVector, value.KindMap, value.KindSet:
		init = value.Transient(to)
		rf.Fn2 = value.ConjT
		rf.Fn1 = func(_ *thread, acc val) val { return keepMeta(value.Persistent(acc), to) }
	}
	rf.Fn = func(th *thread, args []val) val {
		if len(args) == 1 {
			return rf.Fn1(th, args[0])
		}
		return rf.Fn2(th, args[0], args[1])
	}
	step := value.Call1(th, xform, value.Of(rf))
	return value.Call1(th, step, reduce(th, step, init, from))
}

// thawSize is what it costs to begin changes of a map or set in place.
const thawSize = 512

// intoEach conjoins onto to what feed hands to its add: in place, where the collection can be built so.
func intoEach(th *thread, to val, feed func(add func(x val) bool)) val {
	switch c := to.Ref().(type) {
	case *value.Vector:
		t := c.Transient()
		feed(func(x val) bool {
			th.ChargeSize(valueSize)
			t.Append(x)
			return true
		})
		return keepMeta(value.Of(t.Persistent()), to)
	case *value.Set, *value.Map:
		th.ChargeSize(thawSize)
		t := value.Transient(to)
		feed(func(x val) bool {
			value.ConjT(th, t, x)
			return true
		})
		return keepMeta(value.Persistent(t), to)
	}
	acc := to
	feed(func(x val) bool {
		acc = conj2(th, acc, x)
		return true
	})
	return acc
}

// pairOfMap is the parts of what a map's seq gives; other elements can't be conjoined onto a map.
func pairOfMap(entry val) (k, v val) {
	if e, ok := entry.AsVector(); ok && e.IsEntry() {
		return e.At(0), e.At(1)
	}
	value.ThrowCast(entry, "java.util.Map$Entry")
	return value.Nil, value.Nil
}

func transduce(th *thread, args []val) val {
	xform, f, coll := args[0], args[1], args[len(args)-1]
	init := value.Nil
	if len(args) == 4 {
		init = args[2]
	}
	rf := value.Call1(th, xform, f)
	if len(args) == 3 {
		init = value.Call(th, f)
	}
	return value.Call1(th, rf, reduce(th, rf, init, coll))
}

func isReduced(v val) bool {
	_, ok := v.AsReduced()
	return ok
}
