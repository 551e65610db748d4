package core

import "github.com/weir-run/weir/interpreter/value"

// maps are the functions that make maps, change them and take them apart.
func maps() []*value.Builtin {
	return []*value.Builtin{
		many("assoc", 3, -1, assoc),
		fast2(many("dissoc", 1, -1, dissoc), value.Dissoc),
		many("hash-map", 0, -1, newMap),
		many("array-map", 0, -1, newMap),
		one("keys", value.Keys),
		one("vals", value.Vals),
		one("key", func(_ *thread, entry val) val { return wantEntry(entry).At(0) }),
		one("val", func(_ *thread, entry val) val { return wantEntry(entry).At(1) }),
		two("select-keys", selectKeys),
		many("merge", 0, -1, merge),
		many("merge-with", 1, -1, mergeWith),
		two("update-vals", updateVals),
		two("update-keys", updateKeys),
	}
}

// wantEntry is entry if it came from a map.
func wantEntry(entry val) *value.Vector {
	e, ok := entry.AsVector()
	if !ok || !e.IsEntry() {
		value.ThrowCast(entry, "java.util.Map$Entry")
	}
	return e
}

func assoc(th *thread, args []val) val {
	if len(args)%2 == 0 {
		value.Throw("IllegalArgumentException", "assoc expects even number of arguments after map/vector, found odd number")
	}
	out := args[0]
	for i := 1; i < len(args); i += 2 {
		th.Charge(1)
		out = value.Assoc(th, out, args[i], args[i+1])
	}
	return out
}

func dissoc(th *thread, args []val) val {
	out := args[0]
	for _, k := range args[1:] {
		th.Charge(1)
		out = value.Dissoc(th, out, k)
	}
	return out
}

func newMap(th *thread, args []val) val {
	if len(args)%2 == 1 {
		value.Throw("IllegalArgumentException", "No value supplied for key: %s", value.PrStr(th, args[len(args)-1]))
	}
	th.Charge(int64(len(args)))
	th.ChargeSize(int64(len(args)) / 2 * entrySize)
	return value.Of(value.MapOf(th, args))
}

func selectKeys(th *thread, m, keys val) val {
	out := value.NewTransientMap()
	value.Each(th, keys, func(k val) bool {
		if e, ok := value.Find(th, m, k).AsVector(); ok {
			th.ChargeSize(entrySize)
			out.Assoc(th, e.At(0), e.At(1))
		}
		return true
	})
	return keepMeta(value.Of(out.Persistent()), m)
}

// anyTruthy tells whether one of vs counts as true.
func anyTruthy(vs []val) bool {
	for _, v := range vs {
		if v.Truthy() {
			return true
		}
	}
	return false
}

// orEmptyMap is m, or {} where it counts as false.
func orEmptyMap(m val) val {
	if m.Truthy() {
		return m
	}
	return value.Of(value.EmptyMap)
}

func merge(th *thread, args []val) val {
	if !anyTruthy(args) {
		return value.Nil
	}
	out := args[0]
	for _, m := range args[1:] {
		th.Charge(1)
		out = conj2(th, orEmptyMap(out), m)
	}
	return out
}

func mergeWith(th *thread, args []val) val {
	f, ms := args[0], args[1:]
	if !anyTruthy(ms) {
		return value.Nil
	}
	out := ms[0]
	for _, m := range ms[1:] {
		out = orEmptyMap(out)
		value.Each(th, m, func(entry val) bool {
			k, v := pairOfMap(entry)
			if value.Contains(th, out, k) {
				old, _ := value.Get(th, out, k)
				v = value.Call2(th, f, old, v)
			}
			out = value.Assoc(th, out, k, v)
			return true
		})
	}
	return out
}

// eachPair walks the entries of a map, or the places and elements of a vector, as reduce-kv does.
func eachPair(th *thread, coll val, f func(k, v val)) {
	switch c := coll.Ref().(type) {
	case nil:
	case *value.Map:
		c.Each(func(k, v val) bool { th.Charge(1); f(k, v); return true })
	case *value.SortedMap:
		c.Each(func(k, v val) bool { th.Charge(1); f(k, v); return true })
	case *value.Vector:
		i := int64(0)
		value.Each(th, coll, func(v val) bool { f(value.Int(i), v); i++; return true })
	default:
		value.Each(th, coll, func(entry val) bool {
			e := wantEntry(entry)
			f(e.At(0), e.At(1))
			return true
		})
	}
}

func updateVals(th *thread, m, f val) val {
	if _, ok := m.AsVector(); ok {
		return keepMeta(mapv(th, []val{f, m}), m)
	}
	out := value.NewTransientMap()
	eachPair(th, m, func(k, v val) {
		th.ChargeSize(entrySize)
		out.Assoc(th, k, value.Call1(th, f, v))
	})
	return keepMeta(value.Of(out.Persistent()), m)
}

func updateKeys(th *thread, m, f val) val {
	out := value.NewTransientMap()
	eachPair(th, m, func(k, v val) {
		th.ChargeSize(entrySize)
		out.Assoc(th, value.Call1(th, f, k), v)
	})
	return keepMeta(value.Of(out.Persistent()), m)
}
