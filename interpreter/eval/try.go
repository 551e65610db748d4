package eval

import (
	"errors"

	"github.com/weir-run/weir/interpreter/value"
)

// Throw throws the exception that x gives.
func Throw(x Node, site *Site) Node { return &throw{x, site} }

type throw struct {
	x    Node
	site *Site
}

func (n *throw) Eval(m *Machine, fr []value.Value) value.Value {
	v := n.x.Eval(m, fr)
	m.site = n.site
	e, ok := v.AsException()
	if !ok {
		if v.IsNil() {
			value.ThrowHint("NullPointerException", "not-an-exception", "throw takes an exception, as (ex-info \"message\" {}) makes", "Cannot throw nil")
		}
		value.ThrowHint("ClassCastException", "not-an-exception", "throw takes an exception, as (ex-info \"message\" {}) makes",
			"class %s cannot be cast to class java.lang.Throwable", value.ClassName(v))
	}
	m.locate(e)
	panic(e)
}

// catchWork is what it costs to throw and to catch.
const catchWork = 40

// Catch is a handler: the exception goes into Slot.
type Catch struct {
	Class string
	Slot  int
	Body  Node
}

// Try evaluates body; the first catch whose class fits takes what it throws; finally, if not nil, runs when
// the rest ended, by a value or by an exception. It doesn't run when a limit ended it, and after a cancellation
// only as the thread's Cleanup says.
func Try(body Node, catches []Catch, finally Node) Node {
	n := body
	if len(catches) > 0 {
		n = &tryCatch{body, catches}
	}
	if finally != nil {
		n = &tryFinally{n, finally}
	}
	return n
}

type tryCatch struct {
	body    Node
	catches []Catch
}

func (n *tryCatch) Eval(m *Machine, fr []value.Value) value.Value {
	mark := m.mark()
	v, err := attempt(n.body, m, fr)
	if err == nil {
		return v
	}
	var e *value.Exception
	if !errors.As(err, &e) {
		panic(err)
	}
	m.unwind(mark)
	m.th.Charge(catchWork)
	for i := range n.catches {
		if c := &n.catches[i]; e.IsA(c.Class) {
			fr[c.Slot] = value.Of(e)
			return c.Body.Eval(m, fr)
		}
	}
	panic(e)
}

type tryFinally struct{ body, finally Node }

func (n *tryFinally) Eval(m *Machine, fr []value.Value) value.Value {
	mark := m.mark()
	v, err := attempt(n.body, m, fr)
	if err != nil {
		if !isException(err) {
			n.cleanUp(m, fr, mark, err)
			panic(err)
		}
		m.unwind(mark)
	}
	n.finally.Eval(m, fr)
	if err != nil {
		panic(err)
	}
	return v
}

// cleanUp runs the finally part of an evaluation that was cancelled. What it throws doesn't stop those around it.
func (n *tryFinally) cleanUp(m *Machine, fr []value.Value, at mark, err error) {
	var limit *value.LimitError
	if m.th.Cleanup == nil || !errors.As(err, &limit) || limit.Code != value.CodeCancelled {
		return
	}
	m.unwind(at)
	m.th.Cleanup(func() {
		if _, err := attempt(n.finally, m, fr); err != nil && !isException(err) {
			panic(err)
		}
		m.unwind(at)
	})
}

func isException(err error) bool {
	var e *value.Exception
	return errors.As(err, &e)
}

// attempt evaluates a node and returns the exception or limit that ended it, with its place filled in. Every other
// panic goes on, and so does Goexit, for which recover gives nil and nothing after the call runs.
// A limit is thrown again by the caller, not in here: that way the stack unwinds level by level.
func attempt(n Node, m *Machine, fr []value.Value) (v value.Value, err error) {
	defer m.mouth(&err)
	return n.Eval(m, fr), nil
}

// Code is a compiled program: a body and the number of slots that it needs.
type Code struct {
	Size int
	Body Node
}

// Run evaluates the code on th and realizes its value. The error is a *value.Exception or a
// *value.LimitError, with its position and stack.
func (c *Code) Run(th *value.Thread) (value.Value, error) {
	return enterFrom(th, func(m *Machine) value.Value { return c.Body.Eval(m, m.frame(c.Size)) })
}

// Apply calls a function value on th and realizes what it gives, as Run does.
func Apply(th *value.Thread, f value.Value, args []value.Value) (value.Value, error) {
	return enterFrom(th, func(m *Machine) value.Value {
		if fn, ok := f.Ref().(*Fn); ok {
			return m.apply(fn, args, m.site)
		}
		return m.callOther(f, args, &Site{})
	})
}

// enterFrom runs body for the host and leaves the machine as it was.
func enterFrom(th *value.Thread, body func(m *Machine) value.Value) (value.Value, error) {
	m, fresh := acquire(th)
	mark := m.mark()
	v, err := m.guarded(body)
	m.unwind(mark)
	var e *value.Exception
	if errors.As(err, &e) {
		err = m.settled(e)
		m.unwind(mark)
	}
	if fresh {
		m.release()
	}
	return v, err
}

func (m *Machine) guarded(body func(m *Machine) value.Value) (v value.Value, err error) {
	defer m.mouth(&err)
	return value.Realize(m.th, body(m)), nil
}

// settled realizes the data that an exception carries out of the evaluation. Where that fails it leaves the data
// out; where it meets a limit, that is what the evaluation ended with.
func (m *Machine) settled(e *value.Exception) error {
	_, err := m.guarded(func(*Machine) value.Value { return value.Of(e) })
	if err == nil {
		return e
	}
	if !isException(err) {
		return err
	}
	bare := *e
	bare.Data, bare.Cause = value.Nil, nil
	return &bare
}

// mouth is deferred by a try, and where an evaluation meets the host: it turns exceptions and limits into an error.
func (m *Machine) mouth(err *error) {
	switch e := recover().(type) {
	case nil:
	case *value.Exception:
		m.locate(e)
		*err = e
	case *value.LimitError:
		if e.Pos.Line == 0 {
			e.Pos, e.Stack = m.place()
		}
		*err = e
	default:
		panic(e)
	}
}
