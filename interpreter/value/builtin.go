package value

// Callable is what can be called. args belong to the caller: a callee keeps copies only.
type Callable interface {
	Call(th *Thread, args []Value) Value
}

// Caller1 is a Callable that takes one argument without a slice.
type Caller1 interface {
	Call1(th *Thread, a Value) Value
}

// Caller2 is a Callable that takes two arguments without a slice.
type Caller2 interface {
	Call2(th *Thread, a, b Value) Value
}

// Named is a function that knows its name: for printing, messages and call stacks.
type Named interface {
	FnName() string
}

// Builtin is a function of the core library or of the host.
type Builtin struct {
	Name     string // as the author writes it, "str" or "flow/step"
	Min, Max int    // number of arguments; Max -1: any
	Fn       func(th *Thread, args []Value) Value
	// Fn1 and Fn2, when set, serve calls with one or two arguments without a slice.
	Fn1 func(th *Thread, a Value) Value
	Fn2 func(th *Thread, a, b Value) Value
}

// Call checks the number of arguments (ArityException) and calls Fn, Fn1 or Fn2.
func (b *Builtin) Call(th *Thread, args []Value) Value {
	if len(args) < b.Min || b.Max >= 0 && len(args) > b.Max {
		throwArity(b.Name, len(args))
	}
	switch {
	case len(args) == 1 && b.Fn1 != nil:
		return b.Fn1(th, args[0])
	case len(args) == 2 && b.Fn2 != nil:
		return b.Fn2(th, args[0], args[1])
	case b.Fn == nil:
		throwArity(b.Name, len(args))
	}
	return b.Fn(th, args)
}

// FnName is the name as the author writes it.
func (b *Builtin) FnName() string { return b.Name }

// Call calls what is callable; anything else throws a ClassCastException, as Clojure does.
func Call(th *Thread, f Value, args ...Value) Value {
	c, ok := f.ref.(Callable)
	if !ok {
		ThrowNotCallable(f)
	}
	return c.Call(th, args)
}

// Call1 calls f with one argument, without a slice where f can do so (a Builtin's Fn1, a Caller1, a keyword, a map, a set).
func Call1(th *Thread, f, a Value) Value {
	switch g := f.ref.(type) {
	case *Builtin:
		if g.Fn1 != nil {
			return g.Fn1(th, a)
		}
	case *Keyword:
		v, _ := Get(th, a, f)
		return v
	case *Map:
		v, _ := g.Get(th, a)
		return v
	case *Set:
		v, _ := g.Find(th, a)
		return v
	case Caller1:
		return g.Call1(th, a)
	}
	return Call(th, f, a)
}

// Call2 calls f with two arguments, without a slice where f can do so (a Builtin's Fn2, a Caller2).
func Call2(th *Thread, f, a, b Value) Value {
	switch g := f.ref.(type) {
	case *Builtin:
		if g.Fn2 != nil {
			return g.Fn2(th, a, b)
		}
	case Caller2:
		return g.Call2(th, a, b)
	}
	return Call(th, f, a, b)
}

// ThrowNotCallable throws what calling a value throws that is no function.
func ThrowNotCallable(f Value) {
	if f.IsNil() {
		panic(&Exception{Class: "NullPointerException", Code: "not-a-function",
			Message: "Cannot call nil as a function", Hint: "the function's value is nil here"})
	}
	e := castException(f, "clojure.lang.IFn")
	e.Code, e.Hint = "not-a-function", AKind(f)+" stands where a function is called"
	panic(e)
}
