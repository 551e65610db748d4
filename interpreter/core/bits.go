package core

import "github.com/weir-run/weir/interpreter/value"

// bits are the operations on the 64 bits of integers.
func bits64() []*value.Builtin {
	return []*value.Builtin{
		bitFold("bit-and", func(a, b int64) int64 { return a & b }),
		bitFold("bit-or", func(a, b int64) int64 { return a | b }),
		bitFold("bit-xor", func(a, b int64) int64 { return a ^ b }),
		bitFold("bit-and-not", func(a, b int64) int64 { return a &^ b }),
		one("bit-not", func(_ *thread, a val) val { return value.Int(^wantBits(a)) }),
		bitPair("bit-shift-left", func(a, n int64) int64 { return a << (n & 63) }),
		bitPair("bit-shift-right", func(a, n int64) int64 { return a >> (n & 63) }),
		bitPair("unsigned-bit-shift-right", func(a, n int64) int64 { return int64(uint64(a) >> (n & 63)) }),
		bitPair("bit-set", func(a, n int64) int64 { return a | 1<<(n&63) }),
		bitPair("bit-clear", func(a, n int64) int64 { return a &^ (1 << (n & 63)) }),
		bitPair("bit-flip", func(a, n int64) int64 { return a ^ 1<<(n&63) }),
		two("bit-test", func(_ *thread, a, n val) val {
			return value.Bool(wantBits(a)>>(wantBits(n)&63)&1 == 1)
		}),
	}
}

// wantBits is a 64-bit integer; nothing else has bits here.
func wantBits(v val) int64 {
	i, ok := v.AsInt()
	if !ok {
		if v.IsNil() {
			value.ThrowCast(v, "java.lang.Number")
		}
		value.ThrowHint("IllegalArgumentException", "wrong-type", "bits are those of 64-bit integers", "bit operation not supported for: class %s", value.ClassName(v))
	}
	return i
}

func bitPair(name string, op func(a, b int64) int64) *value.Builtin {
	return two(name, func(_ *thread, a, b val) val { return value.Int(op(wantBits(a), wantBits(b))) })
}

func bitFold(name string, op func(a, b int64) int64) *value.Builtin {
	pair := func(_ *thread, a, b val) val { return value.Int(op(wantBits(a), wantBits(b))) }
	return fast2(many(name, 2, -1, func(th *thread, args []val) val {
		acc := args[0]
		for _, x := range args[1:] {
			th.Charge(1)
			acc = pair(th, acc, x)
		}
		return acc
	}), pair)
}
