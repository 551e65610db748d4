package value

import (
	"strconv"
	"testing"
)

func BenchmarkVectorAppend(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		v := EmptyVector
		for i := range 1000 {
			v = v.Append(Int(int64(i)))
		}
	}
}

func BenchmarkTransientVectorAppend(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		t := NewTransientVector()
		for i := range 1000 {
			t.Append(Int(int64(i)))
		}
		t.Persistent()
	}
}

func BenchmarkVectorAt(b *testing.B) {
	v := EmptyVector
	for i := range 100_000 {
		v = v.Append(Int(int64(i)))
	}
	i := 0
	for b.Loop() {
		v.At(i)
		if i += 997; i >= v.Len() {
			i -= v.Len()
		}
	}
}

func BenchmarkVectorSet(b *testing.B) {
	b.ReportAllocs()
	v, _ := Range(nil, Int(0), Int(100_000), Int(1)).vec().AsVector()
	for b.Loop() {
		v = v.Set(50_000, Nil)
	}
}

func BenchmarkVectorEach(b *testing.B) {
	v := Range(nil, Int(0), Int(100_000), Int(1)).vec()
	th := NewThread(Limits{Work: 1 << 60})
	for b.Loop() {
		n := int64(0)
		Each(th, v, func(x Value) bool {
			i, _ := x.AsInt()
			n += i
			return true
		})
	}
}

func mapOfKeywords(n int) (*Map, []Value) {
	m, keys := EmptyMap, make([]Value, n)
	for i := range keys {
		keys[i] = Kw("key-" + strconv.Itoa(i))
		m = m.Assoc(nil, keys[i], Int(int64(i)))
	}
	return m, keys
}

func benchmarkMapGet(b *testing.B, n int) {
	m, keys := mapOfKeywords(n)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, ok := m.Get(nil, keys[i]); !ok {
			b.Fatal("lost")
		}
		if i++; i == n {
			i = 0
		}
	}
}

func BenchmarkMapGet5(b *testing.B)      { benchmarkMapGet(b, 5) }
func BenchmarkMapGet16(b *testing.B)     { benchmarkMapGet(b, 16) }
func BenchmarkMapGet1000(b *testing.B)   { benchmarkMapGet(b, 1000) }
func BenchmarkMapGet100000(b *testing.B) { benchmarkMapGet(b, 100_000) }

func benchmarkMapAssoc(b *testing.B, n int) {
	m, keys := mapOfKeywords(n)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		m.Assoc(nil, keys[i], Nil)
		if i++; i == n {
			i = 0
		}
	}
}

func BenchmarkMapAssoc5(b *testing.B)      { benchmarkMapAssoc(b, 5) }
func BenchmarkMapAssoc1000(b *testing.B)   { benchmarkMapAssoc(b, 1000) }
func BenchmarkMapAssoc100000(b *testing.B) { benchmarkMapAssoc(b, 100_000) }

func BenchmarkTransientMapOfInts(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		t := NewTransientMap()
		for i := range 1000 {
			t.Assoc(nil, Int(int64(i)), Nil)
		}
		t.Persistent()
	}
}

func BenchmarkNewMap5(b *testing.B) {
	keys := []Value{Kw("a"), Int(1), Kw("b"), Int(2), Kw("c"), Int(3), Kw("d"), Int(4), Kw("e"), Int(5)}
	b.ReportAllocs()
	for b.Loop() {
		MapOf(nil, keys)
	}
}

func BenchmarkSortedMapAssoc(b *testing.B) {
	m := NewSortedMap(nil).Ref().(*SortedMap)
	for i := range 10_000 {
		m = m.Assoc(nil, Int(int64(i)), Nil)
	}
	b.ReportAllocs()
	i := int64(0)
	for b.Loop() {
		m.Assoc(nil, Int(i%10_000), True)
		i += 7919
	}
}

func BenchmarkAddInts(b *testing.B) {
	acc, one := Int(0), Int(1)
	for b.Loop() {
		acc = Add(nil, acc, one)
	}
}

func BenchmarkCharge(b *testing.B) {
	th := NewThread(Limits{Work: 1 << 60})
	for b.Loop() {
		th.Charge(1)
	}
}

func BenchmarkHashInt(b *testing.B) {
	for b.Loop() {
		Hash(nil, Int(5))
	}
}

func BenchmarkHashString(b *testing.B) {
	s := String("customer-email")
	for b.Loop() {
		Hash(nil, s)
	}
}

func BenchmarkEqualMaps(b *testing.B) {
	x, _ := mapOfKeywords(10)
	y, _ := mapOfKeywords(10)
	for b.Loop() {
		Equal(nil, Of(x), Of(y))
	}
}

func BenchmarkInternKeyword(b *testing.B) {
	k := Kw("customer-email")
	b.ReportAllocs()
	for b.Loop() {
		Intern("", "customer-email")
	}
	_ = k
}

func BenchmarkPrMap(b *testing.B) {
	m, _ := mapOfKeywords(10)
	b.ReportAllocs()
	for b.Loop() {
		PrStr(nil, Of(m))
	}
}
