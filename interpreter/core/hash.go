package core

import (
	"math"
	"math/big"
	"math/bits"

	"github.com/weir-run/weir/interpreter/value"
)

// hashing is hash: Clojure's own numbers (Murmur3 over ints, texts and collections), the same in every process.
func hashing() []*value.Builtin {
	return []*value.Builtin{
		one("hash", func(th *thread, a val) val { return value.Int(int64(hashOf(th, a))) }),
		one("hash-ordered-coll", func(th *thread, a val) val { return value.Int(int64(hashOrdered(th, a))) }),
		one("hash-unordered-coll", func(th *thread, a val) val { return value.Int(int64(hashUnordered(th, a))) }),
	}
}

// hashOf is Clojure's hash of v. Functions and other things without a content hash by their kind, where
// Clojure has a number that differs in every process.
func hashOf(th *thread, v val) int32 {
	switch v.Kind() {
	case value.KindNil:
		return 0
	case value.KindInt:
		i, _ := v.AsInt()
		return murmurLong(i)
	case value.KindBool:
		if v.Truthy() {
			return 1231
		}
		return 1237
	case value.KindChar:
		c, _ := v.AsChar()
		return c
	case value.KindDouble:
		f, _ := v.AsDouble()
		if f == 0 {
			return 0 // -0.0 too
		}
		b := math.Float64bits(f)
		if math.IsNaN(f) {
			b = 0x7ff8000000000000
		}
		return int32(b ^ b>>32)
	case value.KindString:
		s, _ := v.AsString()
		th.ChargeSize(2 * int64(len(s)))
		return murmurInt(javaHash(s))
	case value.KindKeyword:
		k, _ := v.AsKeyword()
		th.Charge(int64(len(k.Name)) / 8)
		return int32(uint32(hashName(k.Namespace, k.Name)) + 0x9e3779b9)
	case value.KindSymbol:
		s, _ := v.AsSymbol()
		th.Charge(int64(len(s.Name)) / 8)
		return hashName(s.Namespace, s.Name)
	}
	return hashRest(th, v)
}

func hashRest(th *thread, v val) int32 {
	value.ChargeDigits(th, v)
	switch x := v.Ref().(type) {
	case *big.Int:
		if x.IsInt64() {
			return murmurLong(x.Int64())
		}
		return hashBig(x)
	case *big.Rat:
		return hashBig(x.Num()) ^ hashBig(x.Denom())
	case *value.Decimal:
		return hashDecimal(x)
	case *value.Inst:
		ms := x.Ms()
		return int32(ms) ^ int32(ms>>32)
	case *value.UUID:
		var half [4]uint32
		for i, b := range x {
			half[i/4] = half[i/4]<<8 | uint32(b)
		}
		return int32(half[0] ^ half[1] ^ half[2] ^ half[3])
	case *value.Tagged:
		return 31*hashOf(th, value.String(x.Tag)) + hashOf(th, x.Form)
	}
	switch v.Kind() {
	case value.KindMap, value.KindSortedMap, value.KindSet, value.KindSortedSet:
		return hashUnordered(th, v)
	case value.KindVector, value.KindList, value.KindSeq:
		return hashOrdered(th, v)
	}
	return int32(v.Kind())
}

func hashOrdered(th *thread, coll val) int32 {
	th.Enter()
	h, n := int32(1), int32(0)
	value.Each(th, coll, func(x val) bool {
		h = 31*h + hashOf(th, x)
		n++
		return true
	})
	th.Leave()
	return mixCollection(h, n)
}

func hashUnordered(th *thread, coll val) int32 {
	th.Enter()
	h, n := int32(0), int32(0)
	value.Each(th, coll, func(x val) bool {
		h += hashOf(th, x)
		n++
		return true
	})
	th.Leave()
	return mixCollection(h, n)
}

// javaHash is String.hashCode.
func javaHash(s string) int32 {
	h := int32(0)
	for _, u := range utf16Of(s) {
		h = 31*h + int32(u)
	}
	return h
}

// utf16Of is the code units of s.
func utf16Of(s string) []uint16 {
	out := make([]uint16, 0, len(s))
	if value.IsASCII(value.String(s)) {
		for i := range len(s) {
			out = append(out, uint16(s[i]))
		}
		return out
	}
	value.Each(nil, value.String(s), func(c val) bool {
		r, _ := c.AsChar()
		out = append(out, uint16(r))
		return true
	})
	return out
}

// hashName is the hash of a symbol.
func hashName(namespace, name string) int32 {
	seed := uint32(murmurChars(utf16Of(name)))
	ns := uint32(0)
	if namespace != "" {
		ns = uint32(javaHash(namespace))
	}
	return int32(seed ^ (ns + 0x9e3779b9 + seed<<6 + uint32(int32(seed)>>2)))
}

// hashBig is BigInteger.hashCode.
func hashBig(b *big.Int) int32 {
	h := int32(0)
	bytes := b.FillBytes(make([]byte, (b.BitLen()+31)/32*4))
	for i := 0; i < len(bytes); i += 4 {
		word := uint32(bytes[i])<<24 | uint32(bytes[i+1])<<16 | uint32(bytes[i+2])<<8 | uint32(bytes[i+3])
		h = 31*h + int32(word)
	}
	return h * int32(b.Sign())
}

// hashDecimal is BigDecimal.hashCode of the number without trailing zeros.
func hashDecimal(d *value.Decimal) int32 {
	if d.Unscaled.Sign() == 0 {
		return 0
	}
	d = d.Stripped()
	return 31*hashBig(d.Unscaled) + d.Scale
}

// Murmur3, x86 32 bits, with seed 0, as Clojure uses it.
const (
	murmurC1 = 0xcc9e2d51
	murmurC2 = 0x1b873593
)

func mixK(k uint32) uint32 { return bits.RotateLeft32(k*murmurC1, 15) * murmurC2 }

func mixH(h, k uint32) uint32 { return bits.RotateLeft32(h^k, 13)*5 + 0xe6546b64 }

func finishMurmur(h, length uint32) int32 {
	h ^= length
	h = (h ^ h>>16) * 0x85ebca6b
	h = (h ^ h>>13) * 0xc2b2ae35
	return int32(h ^ h>>16)
}

func murmurInt(i int32) int32 {
	if i == 0 {
		return 0
	}
	return finishMurmur(mixH(0, mixK(uint32(i))), 4)
}

func murmurLong(i int64) int32 {
	if i == 0 {
		return 0
	}
	h := mixH(0, mixK(uint32(i)))
	return finishMurmur(mixH(h, mixK(uint32(uint64(i)>>32))), 8)
}

func murmurChars(us []uint16) int32 {
	h := uint32(0)
	for i := 1; i < len(us); i += 2 {
		h = mixH(h, mixK(uint32(us[i-1])|uint32(us[i])<<16))
	}
	if len(us)%2 == 1 {
		h ^= mixK(uint32(us[len(us)-1]))
	}
	return finishMurmur(h, uint32(2*len(us)))
}

func mixCollection(h, n int32) int32 { return finishMurmur(mixH(0, mixK(uint32(h))), uint32(n)) }
