package core

import "github.com/weir-run/weir/interpreter/value"

// nestedMaps read and change what lies inside maps and vectors, one level deep or many.
func nestedMaps() []*value.Builtin {
	return []*value.Builtin{
		many("update", 3, -1, update),
		many("get-in", 2, 3, getIn),
		many("assoc-in", 3, 3, func(th *thread, args []val) val {
			return changeIn(th, args[0], args[1], func(val) val { return args[2] })
		}),
		many("update-in", 3, -1, func(th *thread, args []val) val {
			return changeIn(th, args[0], args[1], func(old val) val { return callWith(th, args[2], old, args[3:]) })
		}),
	}
}

// callWith calls f with first and then rest.
func callWith(th *thread, f, first val, rest []val) val {
	switch len(rest) {
	case 0:
		return value.Call1(th, f, first)
	case 1:
		return value.Call2(th, f, first, rest[0])
	}
	return value.Call(th, f, append([]val{first}, rest...)...)
}

func update(th *thread, args []val) val {
	old, _ := value.Get(th, args[0], args[1])
	return value.Assoc(th, args[0], args[1], callWith(th, args[2], old, args[3:]))
}

func getIn(th *thread, args []val) val {
	at := args[0]
	missing := false
	value.Each(th, args[1], func(k val) bool {
		next, ok := value.Get(th, at, k)
		if at = next; !ok && len(args) == 3 {
			missing = true
		}
		return !missing
	})
	if missing {
		return args[2]
	}
	return at
}

// changeIn puts what change makes of the value under a path of keys in its place; missing levels become maps.
// An empty path means the key nil, as in Clojure.
func changeIn(th *thread, root, path val, change func(old val) val) val {
	var near [8]val
	keys := near[:0]
	if v, ok := path.AsVector(); ok && v.Len() <= len(near) {
		for i := range v.Len() {
			keys = append(keys, v.At(i))
		}
	} else {
		keys = items(th, path)
	}
	if len(keys) == 0 {
		keys = append(keys, value.Nil)
	}
	var nearLevels [8]val
	levels := nearLevels[:0]
	at := root
	for _, k := range keys {
		levels = append(levels, at)
		at, _ = value.Get(th, at, k)
	}
	at = change(at)
	for i := len(keys) - 1; i >= 0; i-- {
		th.Charge(1)
		at = value.Assoc(th, levels[i], keys[i], at)
	}
	return at
}
