package value

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// mapModel pairs a version of a map with what it must hold for ever: its keys in order, and their values.
type mapModel struct {
	m    *Map
	keys []int64
	vals map[int64]int64
}

func (x mapModel) check(t require.TestingT) {
	require.Equal(t, len(x.keys), x.m.Len())
	keys := []int64{}
	x.m.Each(func(k, v Value) bool {
		i := keyNumber(k)
		keys = append(keys, i)
		if !same(Int(x.vals[i]), v) {
			require.Fail(t, "wrong value", "of %d", i)
		}
		return true
	})
	require.Equal(t, x.keys, keys)
	for i, s := 0, SeqOf(nil, Of(x.m)); s != nil; i, s = i+1, s.Next(nil) {
		e, _ := s.First(nil).AsVector()
		if !e.IsEntry() || x.keys[i] != keyNumber(e.At(0)) {
			require.Fail(t, "wrong entry of the seq", "at %d", i)
		}
	}
	for k, v := range x.vals {
		if got, ok := x.m.Own(nil, testKey(k)); !ok || !same(Int(v), got) {
			require.Fail(t, "wrong value", "of %d", k)
		}
	}
	_, ok := x.m.Own(nil, testKey(-1))
	require.False(t, ok)
}

// testKey makes keys of several kinds.
func testKey(i int64) Value {
	switch i % 4 {
	case 0:
		return Int(i)
	case 1:
		return String(fmt.Sprint(i))
	case 2:
		return NewVector(Int(i), String("x"))
	}
	return Kw(fmt.Sprint("k", i))
}

func keyNumber(k Value) int64 {
	var i int64
	switch k.Kind() {
	case KindInt:
		i, _ = k.AsInt()
	case KindString:
		s, _ := k.AsString()
		_, _ = fmt.Sscan(s, &i)
	case KindVector:
		v, _ := k.AsVector()
		i, _ = v.At(0).AsInt()
	default:
		kw, _ := k.AsKeyword()
		_, _ = fmt.Sscan(kw.Name[1:], &i)
	}
	return i
}

func (x mapModel) clone() mapModel {
	vals := make(map[int64]int64, len(x.vals))
	for k, v := range x.vals {
		vals[k] = v
	}
	return mapModel{x.m, clone(x.keys), vals}
}

func (x *mapModel) put(k, v int64) {
	if _, ok := x.vals[k]; !ok {
		x.keys = append(x.keys, k)
	}
	x.vals[k] = v
}

func (x *mapModel) drop(k int64) {
	if _, ok := x.vals[k]; ok {
		delete(x.vals, k)
		for i, y := range x.keys {
			if y == k {
				x.keys = append(x.keys[:i], x.keys[i+1:]...)
				break
			}
		}
	}
}

func TestMapKeepsAllVersionsAndOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		versions := []mapModel{{m: EmptyMap, keys: []int64{}, vals: map[int64]int64{}}}
		space := rapid.SampledFrom([]int64{12, 40, 600}).Draw(t, "space")
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			x := versions[rapid.IntRange(0, len(versions)-1).Draw(t, "version")].clone()
			inPlace := rapid.Bool().Draw(t, "in place")
			tr := x.m.Transient()
			dropping := rapid.IntRange(0, 3).Draw(t, "dropping")
			for range rapid.SampledFrom([]int{1, 5, 20, 300}).Draw(t, "edits") {
				k := rapid.Int64Range(0, space).Draw(t, "k")
				switch drop := rapid.IntRange(0, 3).Draw(t, "drop") < dropping; {
				case drop && inPlace:
					tr.Without(nil, testKey(k))
					x.drop(k)
				case drop:
					x.m = x.m.Without(nil, testKey(k))
					x.drop(k)
				case inPlace:
					tr.Assoc(nil, testKey(k), Int(k*7))
					x.put(k, k*7)
				default:
					v := rapid.Int64Range(0, 3).Draw(t, "v")
					x.m = x.m.Assoc(nil, testKey(k), Int(v))
					x.put(k, v)
				}
			}
			if inPlace {
				x.m = tr.Persistent()
			}
			x.check(t)
			versions = append(versions, x)
		}
		for _, x := range versions {
			x.check(t)
		}
	})
}

func TestMapTakesEverythingOutAgain(t *testing.T) {
	t.Parallel()
	const n = 5000
	m := EmptyMap
	for i := range int64(n) {
		m = m.Assoc(nil, Int(i), Int(i))
	}
	for i := range int64(n) { // from the front, as a queue does
		k := SeqOf(nil, Of(m)).First(nil)
		e, _ := k.AsVector()
		require.True(t, same(Int(i), e.At(0)))
		m = m.Without(nil, Int(i))
		require.Equal(t, n-int(i)-1, m.Len())
	}
	require.Nil(t, SeqOf(nil, Of(m)))
}

func TestMapWithCollidingHashes(t *testing.T) {
	t.Parallel()
	var root *hnode
	var all []*entry
	for i := range 50 {
		e := &entry{key: Int(int64(i)), val: Int(int64(i)), hash: uint64(i % 3), at: int32(i)}
		all = append(all, e)
		root = root.insert(e, 0, nil)
	}
	for i, e := range all {
		require.Same(t, e, root.find(nil, e.hash, e.key))
		c := *e
		c.val = Nil
		replaced := root.replace(e, &c, 0, nil)
		require.Same(t, &c, replaced.find(nil, e.hash, e.key))
		require.Same(t, e, root.find(nil, e.hash, e.key))
		_ = i
	}
	for i, e := range all {
		root = root.remove(e, 0, nil)
		require.Nil(t, root.find(nil, e.hash, e.key))
		for _, left := range all[i+1:] {
			require.Same(t, left, root.find(nil, left.hash, left.key))
		}
	}
	require.Nil(t, root)
}

func TestNewMapLetsLaterValuesWin(t *testing.T) {
	t.Parallel()
	m := NewMap(Kw("a"), Int(1), Kw("b"), Int(2), Kw("a"), Int(3))
	require.Equal(t, "{:a 3, :b 2}", PrStr(nil, m))
	one := NewMap(Int(1), Kw("first")).Ref().(*Map).Assoc(nil, BigInt(bigInt("1")), Kw("second"))
	require.Equal(t, "{1 :second}", PrStr(nil, Of(one)))
	require.Same(t, EmptyMap, NewMap().Ref())
}

func TestEnvelopeLooksIntoBody(t *testing.T) {
	t.Parallel()
	body := NewMap(Kw("risk"), Kw("high"), Kw("status"), Kw("inner"))
	m := NewMap(Kw("status"), Int(200), Kw("body"), body).Ref().(*Map).Envelope()
	get := func(coll Value, k string) string {
		v, ok := Get(nil, coll, Kw(k))
		return fmt.Sprint(PrStr(nil, v), " ", ok)
	}
	require.Equal(t, "200 true", get(Of(m), "status"))
	require.Equal(t, ":high true", get(Of(m), "risk"))
	require.Equal(t, "nil false", get(Of(m), "other"))
	require.True(t, Contains(nil, Of(m), Kw("risk")))
	require.Equal(t, "[:risk :high]", PrStr(nil, Find(nil, Of(m), Kw("risk"))))
	require.Equal(t, 2, m.Len())
	require.True(t, m.Assoc(nil, Kw("x"), Nil).Without(nil, Kw("x")).IsEnvelope())
	_, own := m.Own(nil, Kw("risk"))
	require.False(t, own)
	plain := NewMap(Kw("status"), Int(200), Kw("body"), body)
	require.True(t, Equal(nil, plain, Of(m)))
	require.Equal(t, Hash(nil, plain), Hash(nil, Of(m)))
	require.Equal(t, PrStr(nil, plain), PrStr(nil, Of(m)))
	text := Of(NewMap(Kw("body"), String("text")).Ref().(*Map).Envelope())
	require.Equal(t, "nil false", get(text, "risk"))
}
