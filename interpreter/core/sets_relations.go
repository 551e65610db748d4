package core

import "github.com/weir-run/weir/interpreter/value"

// setRelations is what clojure.set does with sets of maps as tables, and with maps as renamings.
func setRelations() []*value.Builtin {
	return []*value.Builtin{
		two("project", func(th *thread, rel, ks val) val {
			return mapRelation(th, rel, func(row val) val { return selectKeys(th, row, ks) })
		}),
		two("rename", func(th *thread, rel, kmap val) val {
			return mapRelation(th, rel, func(row val) val { return renameKeys(th, row, kmap) })
		}),
		two("rename-keys", renameKeys),
		two("index", index),
		one("map-invert", mapInvert),
		many("join", 2, 3, joinRelations),
	}
}

func mapRelation(th *thread, rel val, f func(row val) val) val {
	out := value.NewTransientSet()
	value.Each(th, rel, func(row val) bool {
		th.ChargeSize(entrySize)
		out.Add(th, f(row))
		return true
	})
	return keepMeta(value.Of(out.Persistent()), rel)
}

func renameKeys(th *thread, m, kmap val) val {
	out := m
	value.Each(th, value.Keys(th, kmap), func(k val) bool {
		out = value.Dissoc(th, out, k)
		return true
	})
	value.Each(th, kmap, func(entry val) bool {
		from, to := entryParts(entry)
		if value.Contains(th, m, from) {
			v, _ := value.Get(th, m, from)
			out = value.Assoc(th, out, to, v)
		}
		return true
	})
	return out
}

// index groups the rows of a relation by their values under ks.
func index(th *thread, rel, ks val) val {
	out := value.EmptyMap
	value.Each(th, rel, func(row val) bool {
		k := selectKeys(th, row, ks)
		group, ok := out.Own(th, k)
		if !ok {
			group = value.Of(value.EmptySet)
		}
		th.ChargeSize(entrySize)
		out = out.Assoc(th, k, value.Conj(th, group, row))
		return true
	})
	return value.Of(out)
}

func mapInvert(th *thread, m val) val {
	out := value.NewTransientMap()
	eachPair(th, m, func(k, v val) {
		th.ChargeSize(entrySize)
		out.Assoc(th, v, k)
	})
	return value.Of(out.Persistent())
}

// joinRelations joins two relations on the keys they share, or on those that a map names.
func joinRelations(th *thread, args []val) val {
	small, large := args[0], args[1]
	swapped := value.Count(th, small) > value.Count(th, large)
	if swapped {
		small, large = large, small
	}
	var indexed, keysOf val
	if len(args) == 2 {
		if value.SeqOf(th, small) == nil || value.SeqOf(th, large) == nil {
			return value.Of(value.EmptySet)
		}
		shared := intersection(th, []val{
			set(th, value.Keys(th, value.First(th, args[0]))),
			set(th, value.Keys(th, value.First(th, args[1]))),
		})
		indexed, keysOf = index(th, small, shared), shared
		return joinWith(th, large, indexed, func(row val) val { return selectKeys(th, row, keysOf) })
	}
	kmap := args[2]
	if !swapped {
		kmap = mapInvert(th, kmap)
	}
	indexed = index(th, small, value.Vals(th, kmap))
	return joinWith(th, large, indexed, func(row val) val {
		return renameKeys(th, selectKeys(th, row, value.Keys(th, kmap)), kmap)
	})
}

// joinWith merges every row of rel with the indexed rows that key finds for it.
func joinWith(th *thread, rel, indexed val, key func(row val) val) val {
	out := value.NewTransientSet()
	value.Each(th, rel, func(row val) bool {
		found, _ := value.Get(th, indexed, key(row))
		value.Each(th, found, func(other val) bool {
			th.ChargeSize(entrySize)
			out.Add(th, merge(th, []val{other, row}))
			return true
		})
		return true
	})
	return value.Of(out.Persistent())
}
