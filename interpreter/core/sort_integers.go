package core

import (
	"math"

	"github.com/weir-run/weir/interpreter/value"
)

// ranked is a 64-bit integer that something is sorted by, made unsigned in its order, and the place of that thing.
// It holds no pointer, so that moving it around costs the collector nothing.
type ranked struct {
	key uint64
	at  int32
}

// rankedOf makes the keys of n things; ok is false unless all are 64-bit integers.
func rankedOf(n int, key func(i int) val) (out []ranked, ok bool) {
	if n > math.MaxInt32 {
		return nil, false
	}
	for i := range n {
		k, isInt := key(i).AsInt()
		if !isInt {
			return nil, false
		}
		if out == nil {
			out = make([]ranked, n)
		}
		out[i] = ranked{uint64(k) ^ 1<<63, int32(i)}
	}
	return out, true
}

// integer is the key as it was.
func (r ranked) integer() val { return value.Int(int64(r.key ^ 1<<63)) }

// fewRanked is up to where comparing is faster than counting.
const fewRanked = 256

// sortRanked sorts by key, stably: few by comparing, many byte by byte from the lowest on, where bytes differ at all.
func sortRanked(list []ranked) []ranked {
	spare := make([]ranked, len(list))
	if len(list) <= fewRanked {
		mergeSort(list, spare, func(a, b ranked) bool { return b.key < a.key })
		return list
	}
	differ := uint64(0)
	for _, r := range list {
		differ |= r.key ^ list[0].key
	}
	for shift := 0; shift < 64; shift += 8 {
		if byte(differ>>shift) == 0 {
			continue
		}
		var starts [256]int32
		for _, r := range list {
			starts[byte(r.key>>shift)]++
		}
		next := int32(0)
		for b, n := range starts {
			starts[b] = next
			next += n
		}
		for _, r := range list {
			b := byte(r.key >> shift)
			spare[starts[b]] = r
			starts[b]++
		}
		list, spare = spare, list
	}
	return list
}
