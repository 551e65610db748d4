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

// largestLast is the sets with the one of most elements last.
func largestLast(th *thread, sets []val) []val {
	out := append([]val(nil), sets...)
	largest := 0
	for i := range out {
		if value.Count(th, out[i]) > value.Count(th, out[largest]) {
			largest = i
		}
	}
	out[largest], out[len(out)-1] = out[len(out)-1], out[largest]
	return out
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
	sets := largestLast(th, args)
	out := sets[len(sets)-1]
	for _, s := range sets[:len(sets)-1] {
		out = into(th, []val{out, s})
	}
	return out
}

func intersection(th *thread, args []val) val {
	args = append([]val(nil), args...)
	smallest := 0
	for i := range args {
		if len(args) > 2 && value.Count(th, args[i]) < value.Count(th, args[smallest]) {
			smallest = i
		}
	}
	args[0], args[smallest] = args[smallest], args[0]
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
