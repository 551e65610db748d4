package value

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// vectorModel pairs a version of a vector with what it must hold for ever.
type vectorModel struct {
	v    *Vector
	want []int64
}

func (m vectorModel) check(t require.TestingT) {
	require.Equal(t, len(m.want), m.v.Len())
	got := m.v.Slice()
	require.Len(t, got, len(m.want))
	for i, x := range m.want {
		if !same(Int(x), m.v.At(i)) || !same(Int(x), got[i]) {
			require.Fail(t, "wrong element", "at %d of %d: %s", i, len(m.want), PrStr(nil, m.v.At(i)))
		}
	}
	i := 0
	for s := SeqOf(nil, Of(m.v)); s != nil; s = s.Next(nil) {
		if !same(got[i], s.First(nil)) {
			require.Fail(t, "wrong element of the seq", "at %d", i)
		}
		i++
	}
	require.Equal(t, len(m.want), i)
	for s := m.v.Reverse(); s != nil; s = s.Next(nil) {
		if i--; !same(got[i], s.First(nil)) {
			require.Fail(t, "wrong element of the reverse seq", "at %d", i)
		}
	}
	require.Zero(t, i)
}

func clone(xs []int64) []int64 { return append([]int64{}, xs...) }

func TestVectorKeepsAllVersions(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		versions := []vectorModel{{v: EmptyVector}}
		next := int64(0)
		steps := rapid.IntRange(1, 40).Draw(t, "steps")
		for range steps {
			m := versions[rapid.IntRange(0, len(versions)-1).Draw(t, "version")]
			n := len(m.want)
			switch op := rapid.IntRange(0, 6).Draw(t, "op"); {
			case op <= 1: // append some
				m.want = clone(m.want)
				for range rapid.SampledFrom([]int{1, 2, 31, 33, 100, 1100}).Draw(t, "count") {
					m.v = m.v.Append(Int(next))
					m.want = append(m.want, next)
					next++
				}
			case op == 2 && n > 0: // set
				i := rapid.IntRange(0, n-1).Draw(t, "i")
				m.v, m.want = m.v.Set(i, Int(next)), clone(m.want)
				m.want[i] = next
				next++
			case op == 3 && n > 0: // pop some
				m.want = clone(m.want)
				for range min(n, rapid.SampledFrom([]int{1, 32, 70}).Draw(t, "count")) {
					m.v = m.v.Pop()
				}
				m.want = m.want[:m.v.Len()]
			case op == 4: // stretch
				start := rapid.IntRange(0, n).Draw(t, "start")
				end := rapid.IntRange(start, n).Draw(t, "end")
				m.v, m.want = m.v.Sub(start, end), clone(m.want[start:end])
			case op == 5: // built at once
				size := rapid.SampledFrom([]int{0, 1, 32, 33, 64, 65, 1056, 1057, 1100}).Draw(t, "size")
				vs := make([]Value, size)
				m.want = make([]int64, size)
				for i := range vs {
					vs[i], m.want[i] = Int(next), next
					next++
				}
				m.v, _ = VectorFrom(vs).AsVector()
			default:
				m = editInPlace(t, m, &next)
			}
			m.check(t)
			versions = append(versions, m)
		}
		for _, m := range versions {
			m.check(t)
		}
	})
}

// editInPlace makes a version with a transient.
func editInPlace(t *rapid.T, m vectorModel, next *int64) vectorModel {
	tr := m.v.Transient()
	want := clone(m.want)
	for range rapid.IntRange(0, 80).Draw(t, "edits") {
		switch op := rapid.IntRange(0, 4).Draw(t, "edit"); {
		case op == 0 && len(want) > 0:
			tr.Pop()
			want = want[:len(want)-1]
		case op == 1 && len(want) > 0:
			i := rapid.IntRange(0, len(want)-1).Draw(t, "i")
			tr.Set(i, Int(*next))
			want[i] = *next
		default:
			tr.Append(Int(*next))
			want = append(want, *next)
		}
		*next++
	}
	return vectorModel{tr.Persistent(), want}
}

func TestVectorGrowsThroughAllLevels(t *testing.T) {
	t.Parallel()
	const n = 1<<15 + 1<<10 + 40
	v := EmptyVector
	for i := range n {
		v = v.Append(Int(int64(i)))
	}
	for i := range n {
		if !same(Int(int64(i)), v.At(i)) {
			require.Fail(t, "wrong element", "at %d", i)
		}
	}
	changed := v.Set(5, Nil)
	require.True(t, same(Int(5), v.At(5)))
	require.True(t, changed.At(5).IsNil())
	for v.Len() > 0 {
		v = v.Pop()
		if n := v.Len(); n > 0 && !same(Int(int64(n-1)), v.At(n-1)) {
			require.Fail(t, "wrong last element", "of %d", n)
		}
	}
	require.Same(t, EmptyVector, v)
}

func TestSharedTailsStaySeparate(t *testing.T) {
	t.Parallel()
	base, _ := NewVector(Int(1), Int(2)).AsVector()
	a := base.Append(Int(3))
	b := a.Append(Int(4))
	c := a.Append(Int(5)) // the place behind a's tail is b's already
	d := a.Pop().Append(Int(6))
	require.Equal(t, "[1 2 3] [1 2 3 4] [1 2 3 5] [1 2 6]",
		PrStr(nil, Of(a))+" "+PrStr(nil, Of(b))+" "+PrStr(nil, Of(c))+" "+PrStr(nil, Of(d)))
}

func TestTransientEndsWithPersistent(t *testing.T) {
	t.Parallel()
	tr := EmptyVector.Transient()
	tr.Append(Int(1))
	v := tr.Persistent()
	require.Equal(t, "[1]", PrStr(nil, Of(v)))
	requireThrows(t, "IllegalAccessError", "Transient used after persistent! call", func() { tr.Append(Int(2)) })
	requireThrows(t, "IllegalStateException", "Can't pop empty vector", func() { EmptyVector.Transient().Pop() })
	w := v.Append(Int(2))
	require.Equal(t, "[1] [1 2]", PrStr(nil, Of(v))+" "+PrStr(nil, Of(w)))
}

// requireThrows runs f, which must throw an exception of that class and message.
func requireThrows(t require.TestingT, class, message string, f func()) {
	defer func() {
		r := recover()
		e, ok := r.(*Exception)
		require.True(t, ok, "want %s, got %v", class, r)
		require.Equal(t, class, e.Class)
		require.Equal(t, message, e.Message)
	}()
	f()
	require.Fail(t, "nothing thrown")
}
