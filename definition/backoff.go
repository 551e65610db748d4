package definition

import (
	"math"
	"time"

	"github.com/weir-run/weir/interpreter/value"
)

// Backoff is how delays grow: the n-th is Base times Factor to the n-1, at most Max.
type Backoff struct {
	Base   time.Duration
	Factor float64
	Max    time.Duration
}

// DefaultBackoff is what a Backoff is where nothing else is said.
var DefaultBackoff = Backoff{Base: time.Second, Factor: 2, Max: time.Minute}

// Delay is the n-th delay; n counts from 1, and whatever is below counts as 1.
func (b Backoff) Delay(n int64) time.Duration {
	d := float64(b.Base) * math.Pow(b.Factor, float64(max(n, 1)-1))
	if d >= float64(b.Max) || math.IsNaN(d) {
		return b.Max
	}
	return time.Duration(d)
}

// ParseBackoff reads {:base "1s" :factor 2 :max "1m"}; what is left out, or nil, is as in DefaultBackoff.
// It throws for anything else, naming who asked.
func ParseBackoff(who string, v value.Value) Backoff {
	b := DefaultBackoff
	if v.IsNil() {
		return b
	}
	m, ok := v.AsMap()
	if !ok {
		value.Throw("IllegalArgumentException", "%s: the options must be a map like {:base \"1s\" :factor 2 :max \"1m\"}, not %s", who, article(value.KindName(v)))
	}
	if base := m.GetKw("base"); !base.IsNil() {
		b.Base = duration(who, base)
	}
	if most := m.GetKw("max"); !most.IsNil() {
		b.Max = duration(who, most)
	} else {
		b.Max = max(b.Max, b.Base)
	}
	if factor := m.GetKw("factor"); !factor.IsNil() {
		f, isDouble := factor.AsDouble()
		if i, isInt := factor.AsInt(); isInt {
			f, isDouble = float64(i), true
		}
		if !isDouble || f < 1 || math.IsInf(f, 0) || math.IsNaN(f) {
			value.Throw("IllegalArgumentException", "%s: :factor must be a number of at least 1", who)
		}
		b.Factor = f
	}
	return b
}

// flowBackoff is (flow/backoff attempt {...}): the delay in milliseconds.
func flowBackoff(_ *value.Thread, args []value.Value) value.Value {
	n, ok := args[0].AsInt()
	if !ok {
		value.Throw("IllegalArgumentException", "flow/backoff: the attempt must be a whole number, not %s", article(value.KindName(args[0])))
	}
	opts := value.Nil
	if len(args) == 2 {
		opts = args[1]
	}
	return value.Int(ParseBackoff("flow/backoff", opts).Delay(n).Milliseconds())
}
