package core

import "github.com/weir-run/weir/interpreter/value"

// eagerSeqs build whole collections of seqs.
func eagerSeqs() []*value.Builtin {
	return []*value.Builtin{
		many("mapv", 2, -1, mapv),
		two("filterv", filterv),
		two("group-by", groupBy),
		one("frequencies", frequencies),
		two("zipmap", zipmap),
		one("set", set),
	}
}

func mapv(th *thread, args []val) val {
	f := args[0]
	if len(args) > 2 {
		return vec(th, mapSeqs(f, append([]val(nil), args[1:]...)))
	}
	if n, ok := knownCount(args[1]); ok {
		out := room(th, n)
		value.Each(th, args[1], func(x val) bool {
			out = append(out, value.Call1(th, f, x))
			return true
		})
		return value.VectorFrom(out)
	}
	return gatherVector(th, func(add func(x val) bool) {
		value.Each(th, args[1], func(x val) bool { return add(value.Call1(th, f, x)) })
	})
}

func filterv(th *thread, f, coll val) val {
	return gatherVector(th, func(add func(x val) bool) {
		value.Each(th, coll, func(x val) bool {
			if value.Call1(th, f, x).Truthy() {
				add(x)
			}
			return true
		})
	})
}

func groupBy(th *thread, f, coll val) val {
	index := value.NewTransientMap() // key -> place in groups
	var keys []val
	var groups [][]val
	value.Each(th, coll, func(x val) bool {
		k := value.Call1(th, f, x)
		th.ChargeSize(valueSize)
		if at, ok := index.Get(th, k); ok {
			i, _ := at.AsInt()
			groups[i] = append(groups[i], x)
			return true
		}
		th.ChargeSize(2 * entrySize)
		index.Assoc(th, k, value.Int(int64(len(groups))))
		keys, groups = append(keys, k), append(groups, []val{x})
		return true
	})
	for i, group := range groups {
		index.Assoc(th, keys[i], value.VectorFrom(group))
	}
	return value.Of(index.Persistent())
}

func frequencies(th *thread, coll val) val {
	counts := value.NewTransientMap()
	value.Each(th, coll, func(x val) bool {
		n, ok := counts.Get(th, x)
		if !ok {
			th.ChargeSize(entrySize)
			n = value.Int(0)
		}
		counts.Assoc(th, x, value.Inc(th, n))
		return true
	})
	return value.Of(counts.Persistent())
}

func zipmap(th *thread, keys, vals val) val {
	out := value.NewTransientMap()
	ks, vs := seq(th, keys), value.SeqOf(th, vals)
	if vs != nil {
		value.Each(th, ks, func(k val) bool {
			th.ChargeSize(entrySize)
			out.Assoc(th, k, vs.First(th))
			vs = vs.Next(th)
			return vs != nil
		})
	}
	return value.Of(out.Persistent())
}

func set(th *thread, coll val) val {
	switch coll.Kind() {
	case value.KindSet, value.KindSortedSet:
		return value.WithMeta(coll, value.Nil)
	}
	out := value.NewTransientSet()
	value.Each(th, coll, func(x val) bool {
		if !out.Has(th, x) {
			th.ChargeSize(entrySize)
			out.Add(th, x)
		}
		return true
	})
	return value.Of(out.Persistent())
}
