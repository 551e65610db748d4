package core

import "github.com/weir-run/weir/interpreter/value"

type (
	thread = value.Thread
	val    = value.Value
)

// one defines a function of exactly one argument.
func one(name string, f func(th *thread, a val) val) *value.Builtin {
	return &value.Builtin{
		Name: name, Min: 1, Max: 1, Fn1: f,
		Fn: func(th *thread, args []val) val { return f(th, args[0]) },
	}
}

// two defines a function of exactly two arguments.
func two(name string, f func(th *thread, a, b val) val) *value.Builtin {
	return &value.Builtin{
		Name: name, Min: 2, Max: 2, Fn2: f,
		Fn: func(th *thread, args []val) val { return f(th, args[0], args[1]) },
	}
}

// oneOrTwo defines a function with an arity of one and an arity of two.
func oneOrTwo(name string, f func(th *thread, a val) val, g func(th *thread, a, b val) val) *value.Builtin {
	return &value.Builtin{
		Name: name, Min: 1, Max: 2, Fn1: f, Fn2: g,
		Fn: func(th *thread, args []val) val {
			if len(args) == 1 {
				return f(th, args[0])
			}
			return g(th, args[0], args[1])
		},
	}
}

// many defines a function of min to max arguments (max -1: any number).
func many(name string, min, max int, f func(th *thread, args []val) val) *value.Builtin {
	return &value.Builtin{Name: name, Min: min, Max: max, Fn: f}
}

// test defines a predicate of one argument that needs no thread.
func test(name string, f func(a val) bool) *value.Builtin {
	return one(name, func(_ *thread, a val) val { return value.Bool(f(a)) })
}

// fast1 adds a path for calls with one argument to b.
func fast1(b *value.Builtin, f func(th *thread, a val) val) *value.Builtin {
	b.Fn1 = f
	return b
}

// fast2 adds a path for calls with two arguments to b.
func fast2(b *value.Builtin, f func(th *thread, a, b val) val) *value.Builtin {
	b.Fn2 = f
	return b
}
