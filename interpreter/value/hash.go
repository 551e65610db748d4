package value

import (
	"hash/maphash"
	"math"
	"math/big"
	"math/bits"
)

// seed makes all hashes of this process unforeseeable: nobody can prepare keys that collide.
var seed = maphash.MakeSeed()

// Secrets of this process, for hashes of numbers and of collections.
var secret0, secret1 = maphash.String(seed, "0") | 1, maphash.String(seed, "1")

// Hash agrees with Equal: equal values have equal hashes, 1 and 1N, [1] and (1) among them. It is seeded per
// process against collision floods: never in a result, never an order.
func Hash(th *Thread, v Value) uint64 {
	switch x := v.ref.(type) {
	case nil:
		return secret1
	case *Keyword:
		return x.hash
	case *Str:
		if len(x.s) > longText {
			th.Charge(int64(len(x.s) / longText))
		}
		return maphash.String(seed, x.s)
	case *intTag:
		return mix(v.bits, 1)
	case *boolTag:
		return mix(v.bits, 2)
	case *charTag:
		return mix(v.bits, 3)
	case *doubleTag:
		f := math.Float64frombits(v.bits)
		if f == 0 {
			return mix(0, 4) // -0.0 too
		}
		return mix(v.bits, 4)
	case *Symbol:
		return mix(maphash.String(seed, x.Name), maphash.String(seed, x.Namespace))
	case *Vector:
		th.Enter()
		h := uint64(orderedHash)
		for i, n := 0, x.Len(); i < n; i++ {
			th.Charge(1)
			h = mix(h, Hash(th, x.At(i)))
		}
		th.Leave()
		return h
	}
	return hashRest(th, v)
}

// mix folds two words into one by a multiplication that only who knows the secrets can steer.
func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^secret0, b^secret1)
	hi, lo = bits.Mul64(hi^lo^secret1, secret0)
	return hi ^ lo
}

// Where the hashes of the kinds of collections begin.
const (
	orderedHash = 0x9E3779B97F4A7C15
	mapHash     = 0xC2B2AE3D27D4EB4F
	setHash     = 0x165667B19E3779F9
)

func hashRest(th *Thread, v Value) uint64 {
	th.Enter()
	defer th.Leave()
	if rankOf(v) != notNumber {
		n := int64(numberBits(v) / 64)
		th.Charge(n * n / 256)
	}
	switch x := v.ref.(type) {
	case *big.Int:
		return hashBig(x)
	case *big.Rat:
		return mix(hashBig(x.Num()), hashBig(x.Denom()))
	case *Decimal:
		d := x.Stripped()
		return mix(hashBig(d.Unscaled), uint64(d.Scale)+5)
	case *Inst:
		return mix(uint64(x.ms), 6)
	case *UUID:
		return maphash.Bytes(seed, x[:])
	case *Tagged:
		return mix(maphash.String(seed, x.Tag), Hash(th, x.Form))
	case *Map:
		return hashMap(th, x.Each)
	case *SortedMap:
		return hashMap(th, x.Each)
	case *Set:
		return hashSet(th, x.Each)
	case *SortedSet:
		return hashSet(th, x.Each)
	}
	if !IsSequential(v) {
		return maphash.Comparable(seed, v.ref) // by identity
	}
	h := uint64(orderedHash)
	for s := SeqOf(th, v); s != nil; s = s.Next(th) {
		th.Charge(1)
		h = mix(h, Hash(th, s.First(th)))
	}
	return h
}

func hashBig(b *big.Int) uint64 {
	if b.IsInt64() {
		return mix(uint64(b.Int64()), 1)
	}
	return mix(maphash.Bytes(seed, b.Bytes()), uint64(b.Sign()))
}

func hashMap(th *Thread, each func(func(k, v Value) bool)) uint64 {
	h := uint64(mapHash)
	each(func(k, v Value) bool {
		th.Charge(1)
		h += mix(Hash(th, k), Hash(th, v))
		return true
	})
	return mix(h, mapHash)
}

func hashSet(th *Thread, each func(func(v Value) bool)) uint64 {
	h := uint64(setHash)
	each(func(v Value) bool {
		th.Charge(1)
		h += mix(Hash(th, v), setHash)
		return true
	})
	return mix(h, setHash)
}
