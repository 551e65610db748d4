package value

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestSortedMapAgainstModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := NewSortedMap(nil).Ref().(*SortedMap)
		model := map[int64]int64{}
		for range rapid.IntRange(0, 400).Draw(t, "steps") {
			k := rapid.Int64Range(0, 150).Draw(t, "k")
			if rapid.IntRange(0, 2).Draw(t, "op") == 0 {
				m = m.Without(nil, Int(k))
				delete(model, k)
				continue
			}
			m = m.Assoc(nil, Int(k), Int(k*k))
			model[k] = k * k
		}
		keys := make([]int64, 0, len(model))
		for k := range model {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		require.Equal(t, len(keys), m.Len())
		require.Equal(t, keys, ints(m.KeySeq()))
		requireBalanced(t, m.tree.root)

		from := rapid.Int64Range(-1, 151).Draw(t, "from")
		at, found := slices.BinarySearch(keys, from)
		set := NewSortedSet(nil)
		for _, k := range keys {
			set = Conj(nil, set, Int(k))
		}
		s := set.Ref().(*SortedSet)
		require.Equal(t, keys[at:], ints(s.SeqFrom(nil, Int(from), true)))
		if found {
			at++
		}
		down := slices.Clone(keys[:at])
		slices.Reverse(down)
		require.Equal(t, down, ints(s.SeqFrom(nil, Int(from), false)))
	})
}

func ints(s Seq) []int64 {
	out := []int64{}
	for ; s != nil; s = s.Next(nil) {
		i, _ := s.First(nil).AsInt()
		out = append(out, i)
	}
	return out
}

// requireBalanced checks sizes and weights of a tree.
func requireBalanced(t require.TestingT, n *tnode) int {
	if n == nil {
		return 0
	}
	l, r := requireBalanced(t, n.left), requireBalanced(t, n.right)
	require.Equal(t, l+r+1, n.size)
	if l+r > 1 {
		require.LessOrEqual(t, l, treeDelta*r)
		require.LessOrEqual(t, r, treeDelta*l)
	}
	return n.size
}

func TestSortedByComparator(t *testing.T) {
	t.Parallel()
	greater := Of(&Builtin{Name: ">", Min: 1, Max: -1, Fn2: func(_ *Thread, a, b Value) Value { return Bool(Gt(a, b)) }})
	s := NewSortedSetBy(nil, greater, Int(1), Int(3), Int(2), Int(3))
	require.Equal(t, "#{3 2 1}", PrStr(nil, s))
	minus := Of(&Builtin{Name: "-", Min: 1, Max: -1, Fn2: func(th *Thread, a, b Value) Value { return Sub(th, b, a) }})
	m := NewSortedMapBy(nil, minus, Int(1), Kw("a"), Int(3), Kw("c"))
	require.Equal(t, "{3 :c, 1 :a}", PrStr(nil, m))
	require.Equal(t, "([1 :a] [3 :c])", PrStr(nil, RSeq(m)))
	require.True(t, Equal(nil, m, NewMap(Int(1), Kw("a"), Int(3), Kw("c"))))
	require.Equal(t, Hash(nil, m), Hash(nil, NewMap(Int(3), Kw("c"), Int(1), Kw("a"))))
	requireThrows(t, "ClassCastException", "class java.lang.Long cannot be cast to class java.lang.String",
		func() { Conj(nil, NewSortedSet(nil, Int(1)), String("x")) })
	requireThrows(t, "ClassCastException", "Default comparator requires nil, Number, or Comparable: {}",
		func() { NewSortedSet(nil, Of(EmptyMap), Of(EmptySet)) })
}
