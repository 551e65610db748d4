package core

import "github.com/weir-run/weir/interpreter/value"

// arithmetic is + - * / and their kin; package value has the numeric tower.
func arithmetic() []*value.Builtin {
	return []*value.Builtin{
		fold("+", 0, value.Add), fold("+'", 0, value.AddP),
		fold("*", 1, value.Mul), fold("*'", 1, value.MulP),
		reduceFrom("-", value.Neg, value.Sub), reduceFrom("-'", value.NegP, value.SubP),
		reduceFrom("/", func(th *thread, a val) val { return value.Div(th, value.Int(1), a) }, value.Div),
		one("inc", value.Inc), one("inc'", value.IncP),
		one("dec", value.Dec), one("dec'", value.DecP),
		two("quot", value.Quot), two("rem", value.Rem), two("mod", value.Mod),
		one("abs", value.Abs),
		extreme("max", value.Gt), extreme("min", value.Lt),
		one("num", func(_ *thread, a val) val {
			if a.IsNil() {
				return a
			}
			return wantNumber(a)
		}),
	}
}

func wantNumber(a val) val {
	if !value.IsNumber(a) {
		value.ThrowCast(a, "java.lang.Number")
	}
	return a
}

// fold defines an operation with a neutral value for no arguments.
func fold(name string, neutral int64, op func(th *thread, a, b val) val) *value.Builtin {
	alone := func(_ *thread, a val) val { // nil passes, as in Clojure's cast
		if a.IsNil() {
			return a
		}
		return wantNumber(a)
	}
	return fast1(fast2(many(name, 0, -1, func(th *thread, args []val) val {
		if len(args) == 0 {
			return value.Int(neutral)
		}
		return foldArgs(th, alone, op, args)
	}), op), alone)
}

// reduceFrom defines an operation of at least one argument; alone is its meaning for just one.
func reduceFrom(name string, alone func(th *thread, a val) val, op func(th *thread, a, b val) val) *value.Builtin {
	return fast1(fast2(many(name, 1, -1, func(th *thread, args []val) val {
		return foldArgs(th, alone, op, args)
	}), op), alone)
}

func foldArgs(th *thread, alone func(th *thread, a val) val, op func(th *thread, a, b val) val, args []val) val {
	if len(args) == 1 {
		return alone(th, args[0])
	}
	acc := args[0]
	for _, x := range args[1:] {
		th.Charge(1)
		acc = op(th, acc, x)
	}
	return acc
}

// extreme is max or min: NaN wins over all; of equal numbers the later one stays.
func extreme(name string, beats func(a, b val) bool) *value.Builtin {
	op := func(th *thread, a, b val) val {
		value.ChargeNumbers(th, a, b)
		switch {
		case value.IsNaN(a):
			return a
		case value.IsNaN(b):
			return b
		case beats(a, b):
			return a
		}
		return b
	}
	return reduceFrom(name, func(_ *thread, a val) val { return a }, op)
}

// comparisons are = and the orders.
func comparisons() []*value.Builtin {
	return []*value.Builtin{
		chain("=", value.Equal),
		negated("not=", value.Equal),
		chain("==", paid(value.NumEqual)),
		chain("<", paid(value.Lt)),
		chain(">", paid(value.Gt)),
		chain("<=", paid(value.Lte)),
		chain(">=", paid(value.Gte)),
		two("compare", func(th *thread, a, b val) val { return value.Int(int64(value.Compare(th, a, b))) }),
	}
}

// paid is a relation of numbers that pays for their digits first.
func paid(holds func(a, b val) bool) func(th *thread, a, b val) bool {
	return func(th *thread, a, b val) bool {
		value.ChargeNumbers(th, a, b)
		return holds(a, b)
	}
}

// chain defines a relation that holds when it does between all neighbours; with one argument it holds.
func chain(name string, holds func(th *thread, a, b val) bool) *value.Builtin {
	return fast1(fast2(many(name, 1, -1, func(th *thread, args []val) val {
		return value.Bool(holdsAll(th, holds, args))
	}), func(th *thread, a, b val) val { return value.Bool(holds(th, a, b)) }),
		func(*thread, val) val { return value.True })
}

func negated(name string, holds func(th *thread, a, b val) bool) *value.Builtin {
	return fast1(fast2(many(name, 1, -1, func(th *thread, args []val) val {
		return value.Bool(!holdsAll(th, holds, args))
	}), func(th *thread, a, b val) val { return value.Bool(!holds(th, a, b)) }),
		func(*thread, val) val { return value.False })
}

func holdsAll(th *thread, holds func(th *thread, a, b val) bool, args []val) bool {
	for i := 1; i < len(args); i++ {
		th.Charge(1)
		if !holds(th, args[i-1], args[i]) {
			return false
		}
	}
	return true
}
