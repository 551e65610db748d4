package core

import "github.com/weir-run/weir/interpreter/value"

// metadata are the functions about the maps that values carry beside themselves.
func metadata() []*value.Builtin {
	return []*value.Builtin{
		one("meta", func(_ *thread, a val) val { return value.Meta(a) }),
		two("with-meta", withMeta),
		many("vary-meta", 2, -1, func(th *thread, args []val) val {
			return withMeta(th, args[0], callWith(th, args[1], value.Meta(args[0]), args[2:]))
		}),
		two("tagged-literal", func(_ *thread, tag, form val) val {
			s, ok := tag.AsSymbol()
			if !ok {
				value.ThrowCast(tag, "clojure.lang.Symbol")
			}
			return value.NewTagged(s.FullName(), form)
		}),
		one("inst-ms", func(_ *thread, a val) val {
			i, ok := a.Ref().(*value.Inst)
			if !ok {
				value.Throw("IllegalArgumentException", "No implementation of method: :inst-ms* of protocol: #'clojure.core/Inst found for class: %s", value.ClassName(a))
			}
			return value.Int(i.Ms())
		}),
	}
}

// withMeta gives a other metadata; a sorted map of it is kept as an unsorted one.
func withMeta(th *thread, a, meta val) val {
	th.ChargeSize(entrySize)
	if meta.Kind() == value.KindSortedMap {
		th.ChargeSize(value.Count(th, meta) * 4 * entrySize)
	}
	return value.WithMeta(a, meta)
}
