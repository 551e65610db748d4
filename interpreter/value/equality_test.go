package value

import (
	"math/big"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// twin is a value and an equal one that was made in another way.
type twin struct{ a, b Value }

// twins draws nested values.
func twins(depth int) *rapid.Generator[twin] {
	return rapid.Custom(func(t *rapid.T) twin {
		kind := rapid.IntRange(0, 9).Draw(t, "kind")
		if depth == 0 {
			kind %= 5
		}
		switch kind {
		case 0:
			i := rapid.Int64().Draw(t, "int")
			return twin{Int(i), BigInt(big.NewInt(i))}
		case 1:
			s := rapid.String().Draw(t, "text")
			return twin{String(s), String(s + "")}
		case 2:
			f := rapid.Float64().Draw(t, "double")
			return twin{Double(f), Double(f)}
		case 3:
			i := rapid.Int64Range(-1000, 1000).Draw(t, "decimal")
			return twin{NewDecimal(big.NewInt(i), 1), NewDecimal(big.NewInt(i*100), 3)}
		case 4:
			name := "k" + strconv.Itoa(rapid.IntRange(0, 9).Draw(t, "name"))
			return twin{Kw(name), Kw(name)}
		}
		items := rapid.SliceOfN(twins(depth-1), 0, 20).Draw(t, "items")
		var as, bs []Value
		for _, x := range items {
			as, bs = append(as, x.a), append(bs, x.b)
		}
		switch kind {
		case 5:
			return twin{NewVector(as...), NewList(bs...)}
		case 6:
			return twin{NewList(as...), NewLazySeq(func(*Thread) Value { return NewChunk(slices.Clone(bs), Nil) })}
		case 7:
			forth := NewSet(nil, as...)
			slices.Reverse(bs)
			return twin{forth, NewSet(nil, bs...)}
		}
		forth, back := NewTransientMap(), EmptyMap
		for i, k := range as {
			if _, ok := forth.Get(nil, k); !ok {
				forth.Assoc(nil, k, as[len(as)-1-i])
			}
		}
		m := forth.Persistent()
		keys := slices.Collect(func(yield func(Value) bool) { m.Each(func(k, _ Value) bool { return yield(k) }) })
		slices.Reverse(keys)
		for _, k := range keys {
			v, _ := m.Own(nil, k)
			back = back.Assoc(nil, k, v)
		}
		return twin{Of(m), Of(back)}
	})
}

func TestEqualValuesHashAlike(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, y := twins(2).Draw(t, "x"), twins(2).Draw(t, "y")
		require.True(t, Equal(nil, x.a, x.b))
		require.True(t, Equal(nil, x.b, x.a))
		require.Equal(t, Hash(nil, x.a), Hash(nil, x.b))
		require.Equal(t, Equal(nil, x.a, y.a), Equal(nil, y.b, x.b))
		if !Equal(nil, x.a, y.a) {
			require.NotEqual(t, Hash(nil, x.a), Hash(nil, y.a), "a 64-bit hash tells different values apart")
		}
		both := NewSet(nil, x.a, x.b)
		require.Equal(t, int64(1), Count(nil, both))
	})
}

func TestCompareIsAnOrder(t *testing.T) {
	t.Parallel()
	numbers := rapid.Custom(func(t *rapid.T) Value {
		i := rapid.Int64Range(-20, 20).Draw(t, "i")
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			return BigInt(big.NewInt(i))
		case 1:
			return Double(float64(i) / 4)
		case 2:
			return NewDecimal(big.NewInt(i), 1)
		case 3:
			return fromRat(big.NewRat(i, 3))
		}
		return Int(i)
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := numbers.Draw(t, "a"), numbers.Draw(t, "b"), numbers.Draw(t, "c")
		ab, bc := Compare(nil, a, b), Compare(nil, b, c)
		require.Equal(t, ab, -Compare(nil, b, a))
		if ab <= 0 && bc <= 0 {
			require.LessOrEqual(t, Compare(nil, a, c), 0)
		}
		require.Equal(t, ab < 0, Lt(a, b))
		require.Equal(t, ab <= 0, Lte(a, b))
		require.Equal(t, ab > 0, Gt(a, b))
		require.Equal(t, ab >= 0, Gte(a, b))
		require.Equal(t, ab == 0, NumEqual(a, b))
		va, vb := NewVector(Nil, a), NewVector(Nil, b)
		require.Equal(t, ab, Compare(nil, va, vb))
	})
}
