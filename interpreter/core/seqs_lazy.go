package core

import "github.com/weir-run/weir/interpreter/value"

// lazySeqs are the functions whose results are computed as they are looked at: element by
// element, or chunk by chunk where the source comes in chunks, as in Clojure.
func lazySeqs() []*value.Builtin {
	return []*value.Builtin{
		fast2(many("map", 1, -1, mapFn), func(_ *thread, f, coll val) val { return mapSeq(f, coll) }),
		oneOrTwo("filter",
			func(_ *thread, f val) val { return filterXform(f, true) },
			func(_ *thread, f, coll val) val { return filterSeq(f, coll, true) }),
		oneOrTwo("remove",
			func(_ *thread, f val) val { return filterXform(f, false) },
			func(_ *thread, f, coll val) val { return filterSeq(f, coll, false) }),
		oneOrTwo("keep",
			func(_ *thread, f val) val { return keepXform(f) },
			func(_ *thread, f, coll val) val { return keepSeq(f, coll) }),
		oneOrTwo("map-indexed",
			func(_ *thread, f val) val { return mapIndexedXform(f) },
			func(_ *thread, f, coll val) val { return indexedSeq(f, coll, 0, false) }),
		oneOrTwo("keep-indexed",
			func(_ *thread, f val) val { return keepIndexedXform(f) },
			func(_ *thread, f, coll val) val { return indexedSeq(f, coll, 0, true) }),
		many("mapcat", 1, -1, mapcat),
		many("concat", 0, -1, concat),
		many("interleave", 0, -1, interleave),
		oneOrTwo("interpose",
			func(_ *thread, sep val) val { return interposeXform(sep) },
			func(_ *thread, sep, coll val) val { return interposeSeq(sep, coll) }),
	}
}

// lazy defers gen until its seq is asked for.
func lazy(gen func(th *thread) val) val { return value.NewLazySeq(gen) }

// empty is the empty list.
var empty = value.Of(value.EmptyList)

// maxChunk bounds how much one step of a lazy seq computes ahead.
const maxChunk = 32

// chunkOf is the part of s that lies ready, at most maxChunk elements, and what follows it;
// ok is false where s does not come in chunks.
func chunkOf(th *thread, s value.Seq) (chunk []val, after val, ok bool) {
	c, ok := s.(value.Chunked)
	if !ok {
		return nil, value.Nil, false
	}
	chunk = c.Chunk()
	th.Charge(int64(min(len(chunk), maxChunk)))
	if len(chunk) > maxChunk {
		return chunk[:maxChunk:maxChunk], value.NewChunk(chunk[maxChunk:], c.AfterChunk(th)), true
	}
	return chunk, c.AfterChunk(th), true
}

// room is an empty slice for n values, charged.
func room(th *thread, n int) []val {
	th.ChargeSize(int64(n) * valueSize)
	return make([]val, 0, n)
}

func mapFn(_ *thread, args []val) val {
	switch len(args) {
	case 1:
		return mapXform(args[0])
	case 2:
		return mapSeq(args[0], args[1])
	}
	return mapSeqs(args[0], append([]val(nil), args[1:]...))
}

func mapSeq(f, coll val) val {
	return lazy(func(th *thread) val {
		s := value.SeqOf(th, coll)
		if s == nil {
			return value.Nil
		}
		if chunk, after, ok := chunkOf(th, s); ok {
			out := room(th, len(chunk))
			for _, x := range chunk {
				out = append(out, value.Call1(th, f, x))
			}
			return value.NewChunk(out, mapSeq(f, after))
		}
		return value.Cons(value.Call1(th, f, s.First(th)), mapSeq(f, value.RestOf(th, s)))
	})
}

// mapSeqs is map over several collections side by side; it owns colls.
func mapSeqs(f val, colls []val) val {
	return lazy(func(th *thread) val {
		firsts, rests, ok := step(th, colls)
		if !ok {
			return value.Nil
		}
		return value.Cons(value.Call(th, f, firsts...), mapSeqs(f, rests))
	})
}

// step takes the first of every collection; ok is false when one is at its end.
func step(th *thread, colls []val) (firsts, rests []val, ok bool) {
	th.Charge(int64(len(colls)))
	th.ChargeSize(int64(len(colls)) * 2 * valueSize)
	seqs := make([]value.Seq, len(colls))
	ended := false
	for i, c := range colls { // all of them, as Clojure looks at all
		seqs[i] = value.SeqOf(th, c)
		ended = ended || seqs[i] == nil
	}
	if ended {
		return nil, nil, false
	}
	firsts, rests = make([]val, len(colls)), make([]val, len(colls))
	for i, s := range seqs {
		firsts[i], rests[i] = s.First(th), value.RestOf(th, s)
	}
	return firsts, rests, true
}

// filterSeq keeps the elements for which f's truth is keep.
func filterSeq(f, coll val, keep bool) val {
	return lazy(func(th *thread) val {
		for s := value.SeqOf(th, coll); s != nil; {
			chunk, after, ok := chunkOf(th, s)
			if !ok {
				th.Charge(1)
				x := s.First(th)
				if value.Call1(th, f, x).Truthy() == keep {
					return value.Cons(x, filterSeq(f, value.RestOf(th, s), keep))
				}
				s = s.Next(th)
				continue
			}
			var out []val
			for i, x := range chunk {
				if value.Call1(th, f, x).Truthy() == keep {
					if out == nil {
						out = room(th, len(chunk)-i)
					}
					out = append(out, x)
				}
			}
			if out != nil {
				return value.NewChunk(out, filterSeq(f, after, keep))
			}
			s = value.SeqOf(th, after)
		}
		return value.Nil
	})
}

func keepSeq(f, coll val) val {
	return lazy(func(th *thread) val {
		for s := value.SeqOf(th, coll); s != nil; {
			chunk, after, ok := chunkOf(th, s)
			if !ok {
				th.Charge(1)
				if x := value.Call1(th, f, s.First(th)); !x.IsNil() {
					return value.Cons(x, keepSeq(f, value.RestOf(th, s)))
				}
				s = s.Next(th)
				continue
			}
			var out []val
			for i, x := range chunk {
				if y := value.Call1(th, f, x); !y.IsNil() {
					if out == nil {
						out = room(th, len(chunk)-i)
					}
					out = append(out, y)
				}
			}
			if out != nil {
				return value.NewChunk(out, keepSeq(f, after))
			}
			s = value.SeqOf(th, after)
		}
		return value.Nil
	})
}

// indexedSeq is map-indexed from index i on, or keep-indexed where nils are dropped.
func indexedSeq(f, coll val, i int64, dropNil bool) val {
	return lazy(func(th *thread) val {
		for s := value.SeqOf(th, coll); s != nil; {
			chunk, after, ok := chunkOf(th, s)
			if !ok {
				th.Charge(1)
				x := value.Call2(th, f, value.Int(i), s.First(th))
				i++
				if !dropNil || !x.IsNil() {
					return value.Cons(x, indexedSeq(f, value.RestOf(th, s), i, dropNil))
				}
				s = s.Next(th)
				continue
			}
			out := room(th, len(chunk))
			for _, x := range chunk {
				y := value.Call2(th, f, value.Int(i), x)
				i++
				if !dropNil || !y.IsNil() {
					out = append(out, y)
				}
			}
			if len(out) > 0 {
				return value.NewChunk(out, indexedSeq(f, after, i, dropNil))
			}
			s = value.SeqOf(th, after)
		}
		return value.Nil
	})
}

func mapcat(th *thread, args []val) val {
	if len(args) == 1 {
		return mapcatXform(args[0])
	}
	mapped := mapFn(th, args)
	s := value.SeqOf(th, mapped)
	for i := 0; s != nil && i < mapcatAhead; i++ {
		s = s.Next(th)
	}
	return concatAll(mapped)
}

// mapcatAhead is how many elements after the first mapcat realizes at once: Clojure's apply looks that far to pick concat's arity.
const mapcatAhead = 3

func concat(th *thread, args []val) val {
	th.ChargeSize(2*entrySize + int64(len(args))*valueSize)
	return concatAll(value.VectorFrom(append([]val(nil), args...)))
}

// concatAll is the elements of the elements of colls, both of them lazily.
func concatAll(colls val) val {
	return lazy(func(th *thread) val {
		s := value.SeqOf(th, colls)
		if s == nil {
			return value.Nil
		}
		return concatTwo(s.First(th), concatRest(s))
	})
}

// concatRest is concatAll of what follows s.
func concatRest(s value.Seq) val {
	return lazy(func(th *thread) val {
		for next := s.Next(th); next != nil; next = next.Next(th) {
			th.Charge(1)
			first := value.SeqOf(th, next.First(th))
			if first != nil {
				return concatTwo(value.FromSeq(first), concatRest(next))
			}
		}
		return value.Nil
	})
}

func concatTwo(a, b val) val {
	return lazy(func(th *thread) val {
		th.ChargeSize(entrySize)
		s := value.SeqOf(th, a)
		if s == nil {
			return b
		}
		if chunk, after, ok := chunkOf(th, s); ok {
			if after.IsNil() {
				return value.NewChunk(chunk, b)
			}
			return value.NewChunk(chunk, concatTwo(after, b))
		}
		return value.Cons(s.First(th), concatTwo(value.RestOf(th, s), b))
	})
}

func interleave(_ *thread, args []val) val {
	switch len(args) {
	case 0:
		return empty
	case 1:
		return lazy(func(*thread) val { return args[0] })
	}
	return interleaved(append([]val(nil), args...))
}

// interleaved owns colls.
func interleaved(colls []val) val {
	return lazy(func(th *thread) val {
		firsts, rests, ok := step(th, colls)
		if !ok {
			return value.Nil
		}
		out := interleaved(rests)
		for i := len(firsts) - 1; i >= 0; i-- {
			out = value.Cons(firsts[i], out)
		}
		return out
	})
}

func interposeSeq(sep, coll val) val {
	return lazy(func(th *thread) val {
		s := value.SeqOf(th, coll)
		if s == nil {
			return value.Nil
		}
		return value.Cons(s.First(th), interposeRest(sep, value.RestOf(th, s)))
	})
}

func interposeRest(sep, coll val) val {
	return lazy(func(th *thread) val {
		s := value.SeqOf(th, coll)
		if s == nil {
			return value.Nil
		}
		th.Charge(1)
		return value.Cons(sep, value.Cons(s.First(th), interposeRest(sep, value.RestOf(th, s))))
	})
}
