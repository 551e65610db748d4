package value

// Atom is local, changeable state of one evaluation.
type Atom struct {
	Value Value
	Meta  Value // a map or nil
	// Validator, if not nil, is called with every new value; a falsy answer refuses it.
	Validator Value
}

// Volatile is an atom without ceremony: what volatile! makes.
type Volatile struct{ Value Value }

// Delay is a value computed on first use, and then remembered: be it a value, or the exception that it threw.
type Delay struct {
	once  once
	gen   func(th *Thread) Value
	val   Value
	threw *Exception
}

// Reduced wraps the result of a reduction that ends early.
type Reduced struct{ Value Value }

// NewAtom is (atom v).
func NewAtom(v Value) Value { return Value{ref: &Atom{Value: v}} }

// NewVolatile is (volatile! v).
func NewVolatile(v Value) Value { return Value{ref: &Volatile{Value: v}} }

// NewReduced is (reduced v).
func NewReduced(v Value) Value { return Value{ref: &Reduced{Value: v}} }

// NewDelay is (delay ...).
func NewDelay(gen func(th *Thread) Value) Value { return Value{ref: &Delay{gen: gen}} }

// AsReduced returns the wrapped value and whether v is reduced.
func (v Value) AsReduced() (Value, bool) {
	if r, ok := v.ref.(*Reduced); ok {
		return r.Value, true
	}
	return v, false
}

// Unreduced is what v wraps if it is reduced, else v.
func Unreduced(v Value) Value {
	inner, _ := v.AsReduced()
	return inner
}

// Reset puts v into the atom and returns it.
func (a *Atom) Reset(th *Thread, v Value) Value {
	if !a.Validator.IsNil() && !Call1(th, a.Validator, v).Truthy() {
		Throw("IllegalStateException", "Invalid reference state")
	}
	a.Value = v
	return v
}

// Realized tells whether the delay was computed already.
func (d *Delay) Realized() bool { return d.once.done() }

// Force is the delay's value, computed if need be; an exception is thrown again each time.
func (d *Delay) Force(th *Thread) Value {
	if !d.once.done() && d.once.begin(th) {
		d.compute(th)
	}
	if d.threw != nil {
		panic(d.threw)
	}
	return d.val
}

func (d *Delay) compute(th *Thread) {
	end := pending // a limit or the end of the goroutine leaves it to be tried again
	defer func() {
		r := recover()
		if e, ok := r.(*Exception); ok {
			d.threw, end, r = e, done, nil
		}
		if end == done {
			d.gen = nil
		}
		d.once.end(end)
		if r != nil {
			panic(r)
		}
	}()
	th.Enter()
	th.Charge(1)
	d.val = d.gen(th)
	th.Leave()
	end = done
}

// Deref is Clojure's deref: of atoms, volatiles, delays and reduced values.
func Deref(th *Thread, v Value) Value {
	switch x := v.ref.(type) {
	case *Atom:
		return x.Value
	case *Volatile:
		return x.Value
	case *Delay:
		return x.Force(th)
	case *Reduced:
		return x.Value
	}
	ThrowCast(v, "java.util.concurrent.Future")
	return Nil
}
