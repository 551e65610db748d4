package core

import "github.com/weir-run/weir/interpreter/value"

func takeXform(n int64) val {
	return xform("take", func(rf val) val {
		left := n
		return stepping(rf, func(th *thread, acc, x val) val {
			if left > 0 {
				acc = value.Call2(th, rf, acc, x)
			}
			if left--; left <= 0 && !isReduced(acc) {
				return value.NewReduced(acc)
			}
			return acc
		})
	})
}

func dropXform(n int64) val {
	return xform("drop", func(rf val) val {
		left := n
		return stepping(rf, func(th *thread, acc, x val) val {
			if left > 0 {
				left--
				return acc
			}
			return value.Call2(th, rf, acc, x)
		})
	})
}

func takeNthXform(n int64) val {
	return xform("take-nth", func(rf val) val {
		i := int64(-1)
		return stepping(rf, func(th *thread, acc, x val) val {
			if i++; value.Sign(value.Rem(th, value.Int(i), value.Int(n))) == 0 {
				return value.Call2(th, rf, acc, x)
			}
			return acc
		})
	})
}

func interposeXform(sep val) val {
	return xform("interpose", func(rf val) val {
		begun := false
		return stepping(rf, func(th *thread, acc, x val) val {
			if !begun {
				begun = true
				return value.Call2(th, rf, acc, x)
			}
			if acc = value.Call2(th, rf, acc, sep); isReduced(acc) {
				return acc
			}
			return value.Call2(th, rf, acc, x)
		})
	})
}

func distinctXform() val {
	return xform("distinct", func(rf val) val {
		seen := value.NewTransientSet()
		return stepping(rf, func(th *thread, acc, x val) val {
			if seen.Has(th, x) {
				return acc
			}
			th.ChargeSize(entrySize)
			seen.Add(th, x)
			return value.Call2(th, rf, acc, x)
		})
	})
}

func dedupeXform() val {
	return xform("dedupe", func(rf val) val {
		begun, prior := false, value.Nil
		return stepping(rf, func(th *thread, acc, x val) val {
			if begun && value.Equal(th, prior, x) {
				return acc
			}
			begun, prior = true, x
			return value.Call2(th, rf, acc, x)
		})
	})
}

// gather holds elements back and hands them on as vectors.
type gather struct {
	rf   val
	held []val
}

func (g *gather) add(th *thread, x val) {
	th.ChargeSize(2 * valueSize)
	g.held = append(g.held, x)
}

// flush hands on what is held.
func (g *gather) flush(th *thread, acc val) val {
	group := value.VectorFrom(g.held)
	g.held = nil
	return value.Call2(th, g.rf, acc, group)
}

// done hands on the rest and completes.
func (g *gather) done(th *thread, acc val) val {
	if len(g.held) > 0 {
		acc = value.Unreduced(g.flush(th, acc))
	}
	return value.Call1(th, g.rf, acc)
}

func partitionAllXform(n int64) val {
	return xform("partition-all", func(rf val) val {
		if n < 0 {
			value.Throw("IllegalArgumentException", "Illegal Capacity: %d", n)
		}
		g := &gather{rf: rf}
		return reducing(rf, g.done, func(th *thread, acc, x val) val {
			g.add(th, x)
			if int64(len(g.held)) == n {
				return g.flush(th, acc)
			}
			return acc
		})
	})
}

func partitionByXform(f val) val {
	return xform("partition-by", func(rf val) val {
		g := &gather{rf: rf}
		key := value.Nil
		return reducing(rf, g.done, func(th *thread, acc, x val) val {
			k := value.Call1(th, f, x)
			if len(g.held) > 0 && !value.Equal(th, k, key) {
				if acc = g.flush(th, acc); isReduced(acc) {
					return acc
				}
			}
			key = k
			g.add(th, x)
			return acc
		})
	})
}
