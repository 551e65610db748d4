package core

import "github.com/weir-run/weir/interpreter/value"

// walks is clojure.walk.
func walks() []*value.Builtin {
	return []*value.Builtin{
		many("walk", 3, 3, func(th *thread, args []val) val {
			return value.Call1(th, args[1], walkInto(th, args[2], func(x val) val { return value.Call1(th, args[0], x) }))
		}),
		two("postwalk", func(th *thread, f, form val) val {
			return postwalk(th, form, func(x val) val { return value.Call1(th, f, x) })
		}),
		two("prewalk", func(th *thread, f, form val) val {
			return prewalk(th, form, func(x val) val { return value.Call1(th, f, x) })
		}),
		two("postwalk-replace", func(th *thread, smap, form val) val { return postwalk(th, form, substitute(th, smap)) }),
		two("prewalk-replace", func(th *thread, smap, form val) val { return prewalk(th, form, substitute(th, smap)) }),
		one("keywordize-keys", func(th *thread, m val) val {
			return renameAll(th, m, func(k val) val {
				if k.Kind() == value.KindString {
					return toKeyword(th, k)
				}
				return k
			})
		}),
		one("stringify-keys", func(th *thread, m val) val {
			return renameAll(th, m, func(k val) val {
				if k.Kind() == value.KindKeyword {
					return nameOf(th, k)
				}
				return k
			})
		}),
	}
}

// walkWork is what rebuilding one collection costs, beside its elements.
const walkWork = 5

func postwalk(th *thread, form val, f func(x val) val) val {
	return f(walkInto(th, form, func(x val) val { return postwalk(th, x, f) }))
}

func prewalk(th *thread, form val, f func(x val) val) val {
	return walkInto(th, f(form), func(x val) val { return prewalk(th, x, f) })
}

// walkInto is a collection of form's kind with what inner makes of its elements; other values stay.
func walkInto(th *thread, form val, inner func(x val) val) val {
	if !isCollection(form) {
		return form
	}
	th.Enter()
	defer th.Leave()
	th.Charge(walkWork)
	if v, ok := form.AsVector(); ok && v.IsEntry() {
		return value.NewEntry(inner(v.At(0)), inner(v.At(1)))
	}
	switch form.Kind() {
	case value.KindVector, value.KindList, value.KindSeq:
		list := items(th, form)
		for i, x := range list {
			list[i] = inner(x)
		}
		switch form.Kind() {
		case value.KindVector:
			return keepMeta(value.VectorFrom(list), form)
		case value.KindList:
			return value.NewList(list...)
		}
		return lazy(func(*thread) val { return value.NewList(list...) }) // as doall of map gives it
	}
	return intoEach(th, value.Empty(form), func(add func(x val) bool) {
		value.Each(th, form, func(x val) bool { return add(inner(x)) })
	})
}

// substitute puts what smap has for a form in its place.
func substitute(th *thread, smap val) func(x val) val {
	return func(x val) val {
		if value.Contains(th, smap, x) {
			found, _ := value.Get(th, smap, x)
			return found
		}
		return x
	}
}

// renameAll changes the keys of all maps in form.
func renameAll(th *thread, form val, rename func(k val) val) val {
	return postwalk(th, form, func(x val) val {
		switch x.Kind() {
		case value.KindMap, value.KindSortedMap:
		default:
			return x
		}
		out := value.NewTransientMap()
		eachPair(th, x, func(k, v val) {
			th.ChargeSize(entrySize)
			out.Assoc(th, rename(k), v)
		})
		return value.Of(out.Persistent())
	})
}
