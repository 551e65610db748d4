package core

import "github.com/weir-run/weir/interpreter/value"

// setAlgebra is what clojure.set does with sets as sets.
func setAlgebra() []*value.Builtin {
	return []*value.Builtin{
		many("union", 0, -1, union),
		many("intersection", 1, -1, intersection),
		many("difference", 1, -1, difference),
		two("subset?", func(th *thread, a, b val) val { return value.Bool(subset(th, a, b)) }),
		two("superset?", func(th *thread, a, b val) val { return value.Bool(subset(th, b, a)) }),
		two("select", selectSet),
	}
}

// bubbled is the sets with the one of most elements first, or with sign -1 the one of fewest: of several the last, as
// clojure.set's bubble-max-key has it. Whose type the result has depends on that.
func bubbled(th *thread, sets []val, sign int64) []val {
	best := 0
	for i := range sets {
		if sign*value.Count(th, sets[i]) >= sign*value.Count(th, sets[best]) {
			best = i
		}
	}
	return append(append([]val{sets[best]}, sets[:best]...), sets[best+1:]...)
}

func union(th *thread, args []val) val {
	switch len(args) {
	case 0:
		return value.Of(value.EmptySet)
	case 1:
		return args[0]
	case 2:
		if value.Count(th, args[0]) < value.Count(th, args[1]) {
			return into(th, []val{args[1], args[0]})
		}
		return into(th, args)
	}
	sets := bubbled(th, args, 1)
	out := sets[0]
	for _, s := range sets[1:] {
		out = into(th, []val{out, s})
	}
	return out
}

func intersection(th *thread, args []val) val {
	if len(args) > 2 {
		args = bubbled(th, args, -1)
	}
	out := args[0]
	for _, s := range args[1:] {
		if value.Count(th, s) < value.Count(th, out) {
			out, s = s, out
		}
		kept := out
		value.Each(th, out, func(x val) bool {
			if !value.Contains(th, s, x) {
				kept = value.Disj(th, kept, x)
			}
			return true
		})
		out = kept
	}
	return out
}

func difference(th *thread, args []val) val {
	out := args[0]
	for _, s := range args[1:] {
		if value.Count(th, out) < value.Count(th, s) {
			kept := out
			value.Each(th, out, func(x val) bool {
				if value.Contains(th, s, x) {
					kept = value.Disj(th, kept, x)
				}
				return true
			})
			out = kept
			continue
		}
		value.Each(th, s, func(x val) bool {
			out = value.Disj(th, out, x)
			return true
		})
	}
	return out
}

func subset(th *thread, a, b val) bool {
	if value.Count(th, a) > value.Count(th, b) {
		return false
	}
	return every(th, value.Of(one("contains?", func(th *thread, x val) val {
		return value.Bool(value.Contains(th, b, x))
	})), a)
}

func selectSet(th *thread, pred, s val) val {
	out := s
	value.Each(th, s, func(x val) bool {
		if !value.Call1(th, pred, x).Truthy() {
			out = value.Disj(th, out, x)
		}
		return true
	})
	return out
}
