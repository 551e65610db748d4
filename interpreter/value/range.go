package value

// Range is (range start end step) of numbers; a nil end has no end.
func Range(th *Thread, start, end, step Value) Value {
	s, ok1 := start.AsInt()
	d, ok2 := step.AsInt()
	if e, ok := end.AsInt(); ok && ok1 && ok2 && d != 0 {
		if n := rangeLen(s, e, d); n > 0 {
			return Value{ref: &intRange{s, d, n}}
		}
		return Value{ref: EmptyList}
	}
	wantNumber(start)
	wantNumber(step)
	ChargeNumbers(th, start, end)
	ChargeNumbers(th, start, step)
	if end.IsNil() {
		return Value{ref: &numberRange{at: start, end: end, step: step}}
	}
	sign := Sign(step)
	if sign == 0 {
		if CompareNumbers(start, end) == 0 {
			return Value{ref: EmptyList}
		}
		return Value{ref: &numberRange{at: start, end: Nil, step: step}}
	}
	r := &numberRange{at: start, end: end, step: step, down: sign < 0}
	if r.over(start) {
		return Value{ref: EmptyList}
	}
	return Value{ref: r}
}

// rangeLen is the number of integers from s to before e by d.
func rangeLen(s, e, d int64) int64 {
	var span, step uint64
	switch {
	case d > 0 && s < e:
		span, step = uint64(e)-uint64(s), uint64(d)
	case d < 0 && s > e:
		span, step = uint64(s)-uint64(e), -uint64(d)
	default:
		return 0
	}
	n := (span-1)/step + 1
	if n > 1<<62 {
		n = 1 << 62
	}
	return int64(n)
}

// intRange is n integers from at on.
type intRange struct{ at, step, n int64 }

func (r *intRange) First(*Thread) Value { return Int(r.at) }

func (r *intRange) Next(*Thread) Seq {
	if r.n <= 1 {
		return nil
	}
	return &intRange{r.at + r.step, r.step, r.n - 1}
}

func (r *intRange) Len() int { return int(r.n) }

// Chunk is the next up to 32 integers.
func (r *intRange) Chunk() []Value {
	out := make([]Value, min(r.n, width))
	for i := range out {
		out[i] = Int(r.at + int64(i)*r.step)
	}
	return out
}

// AfterChunk is the range behind the chunk.
func (r *intRange) AfterChunk(*Thread) Value {
	if r.n <= width {
		return Nil
	}
	return Value{ref: &intRange{r.at + width*r.step, r.step, r.n - width}}
}

// numberRange is a range of other numbers, or one without end.
type numberRange struct {
	at, end, step Value
	down          bool
}

func (r *numberRange) over(v Value) bool {
	if r.end.IsNil() {
		return false
	}
	if r.down {
		return CompareNumbers(v, r.end) <= 0
	}
	return CompareNumbers(v, r.end) >= 0
}

func (r *numberRange) First(*Thread) Value { return r.at }

func (r *numberRange) Next(th *Thread) Seq {
	next := AddP(th, r.at, r.step)
	ChargeNumbers(th, next, r.end)
	if r.over(next) {
		return nil
	}
	return &numberRange{next, r.end, r.step, r.down}
}
