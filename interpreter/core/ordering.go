package core

import (
	"slices"
	"strings"

	"github.com/weir-run/weir/interpreter/value"
)

// orderings sort and pick by order.
func orderings() []*value.Builtin {
	return []*value.Builtin{
		oneOrTwo("sort",
			func(th *thread, coll val) val { return sortSeq(th, value.Nil, coll) },
			func(th *thread, by, coll val) val { return sortSeq(th, wantComparator(by), coll) }),
		many("sort-by", 2, 3, sortBy),
		many("max-key", 2, -1, func(th *thread, args []val) val { return pickByKey(th, args, value.Gt, value.Gte) }),
		many("min-key", 2, -1, func(th *thread, args []val) val { return pickByKey(th, args, value.Lt, value.Lte) }),
		one("comparator", func(_ *thread, pred val) val {
			return value.Of(two("comparator", func(th *thread, a, b val) val {
				switch {
				case value.Call2(th, pred, a, b).Truthy():
					return value.Int(-1)
				case value.Call2(th, pred, b, a).Truthy():
					return value.Int(1)
				}
				return value.Int(0)
			}))
		}),
	}
}

// wantComparator is by if it can order: a function. Keywords and collections can't, as in Clojure.
func wantComparator(by val) val {
	if by.Kind() != value.KindFn {
		value.ThrowCast(by, "java.util.Comparator")
	}
	return by
}

func sortSeq(th *thread, by, coll val) val {
	list := items(th, coll)
	if len(list) == 0 {
		return empty
	}
	sortValues(th, by, list)
	return keepMeta(value.FromSeq(value.SliceSeq(list)), coll)
}

// sortValues sorts list in place, stably; a nil comparator is compare.
func sortValues(th *thread, by val, list []val) {
	th.Charge(int64(len(list)))
	if by.IsNil() && sortScalars(list) {
		return
	}
	less := before(th, by)
	mergeSort(list, make([]val, len(list)), func(a, b val) bool {
		th.Charge(1)
		return less(b, a)
	})
}

// sortScalars sorts lists that are all 64-bit integers, or all ASCII texts.
func sortScalars(list []val) bool {
	element := func(i int) val { return list[i] }
	if keys, ok := rankedOf(len(list), element); ok {
		for i, r := range sortRanked(keys) {
			list[i] = r.integer()
		}
		return true
	}
	if allASCII(len(list), element) {
		slices.SortStableFunc(list, compareTexts)
		return true
	}
	return false
}

// allASCII tells whether all keys are ASCII texts, whose order is that of their bytes.
func allASCII(n int, key func(i int) val) bool {
	for i := range n {
		if !value.IsASCII(key(i)) {
			return false
		}
	}
	return true
}

func compareTexts(a, b val) int {
	x, _ := a.AsString()
	y, _ := b.AsString()
	return strings.Compare(x, y)
}

// mergeSort sorts list by over (whether b must come before a), using spare of the same length. It is
// stable, and ends in n log n comparisons whatever over answers.
func mergeSort[T any](list, spare []T, over func(a, b T) bool) {
	const small = 8
	if len(list) <= small {
		for i := 1; i < len(list); i++ {
			for j := i; j > 0 && over(list[j-1], list[j]); j-- {
				list[j-1], list[j] = list[j], list[j-1]
			}
		}
		return
	}
	half := len(list) / 2
	mergeSort(list[:half], spare[:half], over)
	mergeSort(list[half:], spare[half:], over)
	if !over(list[half-1], list[half]) {
		return
	}
	left := spare[:copy(spare, list[:half])]
	i, j, k := 0, half, 0
	for i < len(left) && j < len(list) {
		if over(left[i], list[j]) {
			list[k] = list[j]
			j++
		} else {
			list[k] = left[i]
			i++
		}
		k++
	}
	copy(list[k:], left[i:])
}

// keyed is an element and what it is sorted by.
type keyed struct{ key, item val }

// sortKeyed is pairs sorted, where their keys are all 64-bit integers, or all ASCII texts.
func sortKeyed(pairs []keyed) ([]keyed, bool) {
	key := func(i int) val { return pairs[i].key }
	if keys, ok := rankedOf(len(pairs), key); ok {
		out := make([]keyed, len(pairs))
		for i, r := range sortRanked(keys) {
			out[i] = pairs[r.at]
		}
		return out, true
	}
	if !allASCII(len(pairs), key) {
		return nil, false
	}
	mergeSort(pairs, make([]keyed, len(pairs)), func(a, b keyed) bool { return compareTexts(b.key, a.key) < 0 })
	return pairs, true
}

func sortBy(th *thread, args []val) val {
	keyFn, by, coll := args[0], value.Nil, args[len(args)-1]
	if len(args) == 3 {
		by = wantComparator(args[1])
	}
	list := items(th, coll)
	if len(list) == 0 {
		return empty
	}
	if len(list) == 1 {
		return keepMeta(value.FromSeq(value.SliceSeq(list)), coll)
	}
	th.ChargeSize(int64(len(list)) * 4 * valueSize)
	pairs := make([]keyed, len(list))
	for i, x := range list {
		pairs[i] = keyed{value.Call1(th, keyFn, x), x}
	}
	sorted, done := pairs, false
	if by.IsNil() {
		sorted, done = sortKeyed(pairs)
	}
	if !done {
		sorted = pairs
		less := before(th, by)
		mergeSort(pairs, make([]keyed, len(pairs)), func(a, b keyed) bool {
			th.Charge(1)
			return less(b.key, a.key)
		})
	}
	for i, p := range sorted {
		list[i] = p.item
	}
	return keepMeta(value.FromSeq(value.SliceSeq(list)), coll)
}

// pickByKey is the argument with the best key: the last one of several. The first must beat the second to
// stay, a later one must only equal the best so far, as in Clojure (where it shows with NaN).
func pickByKey(th *thread, args []val, beats, equals func(a, b val) bool) val {
	f, best := args[0], args[1]
	if len(args) == 2 {
		return best
	}
	key := value.Call1(th, f, best)
	for i, x := range args[2:] {
		k := value.Call1(th, f, x)
		value.ChargeNumbers(th, key, k)
		if i == 0 && !beats(key, k) || i > 0 && equals(k, key) {
			best, key = x, k
		}
	}
	return best
}

// before tells how to ask whether one value comes before another; a nil function is compare.
func before(th *thread, by val) func(a, b val) bool {
	if by.IsNil() {
		return func(a, b val) bool { return value.Compare(th, a, b) < 0 }
	}
	return func(a, b val) bool {
		r := value.Call2(th, by, a, b)
		if yes, ok := r.AsBool(); ok {
			return yes
		}
		return wantInt(r) < 0
	}
}
