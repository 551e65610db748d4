package eval

import (
	"fmt"
	"slices"
	"strings"

	"github.com/weir-run/weir/interpreter/value"
)

// Proto is what all closures of one fn form share.
type Proto struct {
	Name  string   // of the fn, or of the binding it is the value of; empty for anonymous ones
	Fixed []*Arity // by number of parameters, nil where there is none
	Rest  *Arity   // the variadic one, or nil
}

// Arity is one parameter list with its body.
type Arity struct {
	Proto  *Proto
	Params int  // positional parameters, in slots 0 to Params-1
	Rest   bool // slot Params takes the seq of the other arguments
	Size   int  // slots of a frame
	Loads  []Load
	Cost   int64 // work of a call
	Body   Node
}

// Load copies a captured value into its slot when a call begins.
type Load struct{ From, To int }

// NewProto begins a fn form. Its arities have distinct numbers of parameters, and at most one takes the rest: Add checks nothing.
func NewProto(name string) *Proto { return &Proto{Name: name} }

// Add gives p one more arity.
func (p *Proto) Add(a *Arity) {
	a.Proto = p
	if a.Rest {
		p.Rest = a
		return
	}
	for len(p.Fixed) <= a.Params {
		p.Fixed = append(p.Fixed, nil)
	}
	p.Fixed[a.Params] = a
}

// Arity finds the one that takes n arguments, or nil.
func (p *Proto) Arity(n int) *Arity {
	if n < len(p.Fixed) && p.Fixed[n] != nil {
		return p.Fixed[n]
	}
	if p.Rest != nil && n >= p.Rest.Params {
		return p.Rest
	}
	return nil
}

// Takes says in words how many arguments p takes.
func (p *Proto) Takes() string {
	var counts []string
	for n, a := range p.Fixed {
		if a != nil {
			counts = append(counts, fmt.Sprint(n))
		}
	}
	if p.Rest != nil {
		counts = append(counts, fmt.Sprintf("%d or more", p.Rest.Params))
	}
	text := strings.Join(counts, ", ")
	if i := strings.LastIndex(text, ", "); i >= 0 {
		text = text[:i] + " or " + text[i+2:]
	}
	if text == "1" {
		return "1 argument"
	}
	return text + " arguments"
}

// Fn is a function value: a closure.
type Fn struct {
	proto    *Proto
	captured []value.Value
	meta     *value.Value // nil: none
}

// NewFn makes the function of a fn form that captures nothing.
func NewFn(p *Proto) value.Value { return value.Of(&Fn{proto: p}) }

// Proto is what f shares with other closures of its form.
func (f *Fn) Proto() *Proto { return f.proto }

// FnName is the name for printing and call stacks; empty for an anonymous function.
func (f *Fn) FnName() string { return f.proto.Name }

// Meta is the function's metadata.
func (f *Fn) Meta() value.Value {
	if f.meta == nil {
		return value.Nil
	}
	return *f.meta
}

// WithMeta returns the same function with other metadata.
func (f *Fn) WithMeta(meta value.Value) value.Value {
	g := *f
	g.meta = &meta
	return value.Of(&g)
}

// Call makes f a value.Callable: how the core library and the host call it.
func (f *Fn) Call(th *value.Thread, args []value.Value) value.Value {
	m := machineOf(th)
	return m.apply(f, args, m.site)
}

// Call1 is Call with one argument.
func (f *Fn) Call1(th *value.Thread, a value.Value) value.Value {
	m := machineOf(th)
	return m.call1(f, a, m.site)
}

// Call2 is Call with two arguments.
func (f *Fn) Call2(th *value.Thread, a, b value.Value) value.Value {
	m := machineOf(th)
	return m.call2(f, a, b, m.site)
}

// enter runs the body of an arity in a frame that holds its arguments.
func (m *Machine) enter(a *Arity, f *Fn, fr []value.Value, site *Site) value.Value {
	for _, l := range a.Loads {
		fr[l.To] = f.captured[l.From]
	}
	n := m.ncalls
	if n == len(m.calls) {
		m.calls = append(m.calls, make([]call, len(m.calls))...)
	}
	m.calls[n] = call{a.Proto, site}
	m.site = site
	m.th.Charge(a.Cost)
	m.th.Enter()
	m.ncalls = n + 1
	v := a.Body.Eval(m, fr)
	m.ncalls = n
	m.th.Leave()
	return v
}

// apply calls f with any number of arguments, which it copies.
func (m *Machine) apply(f *Fn, args []value.Value, site *Site) value.Value {
	a := f.proto.Arity(len(args))
	if a == nil {
		m.throwArity(f, len(args), site)
	}
	return m.applyArity(a, f, args, site)
}

func (m *Machine) applyArity(a *Arity, f *Fn, args []value.Value, site *Site) value.Value {
	sp := m.sp
	fr := m.frame(a.Size)
	if a.Rest {
		fr[a.Params] = value.FromSeq(value.SliceSeq(slices.Clone(args[a.Params:])))
		args = args[:a.Params]
	}
	copy(fr, args)
	v := m.enter(a, f, fr, site)
	m.sp = sp
	return v
}

func (m *Machine) call0(f *Fn, site *Site) value.Value {
	a := f.proto.Arity(0)
	if a == nil || a.Rest {
		return m.apply(f, nil, site)
	}
	sp := m.sp
	v := m.enter(a, f, m.frame(a.Size), site)
	m.sp = sp
	return v
}

func (m *Machine) call1(f *Fn, x value.Value, site *Site) value.Value {
	a := f.proto.Arity(1)
	if a == nil || a.Rest {
		sp := m.sp
		args := m.frame(1)
		args[0] = x
		v := m.apply(f, args, site)
		m.sp = sp
		return v
	}
	sp := m.sp
	fr := m.frame(a.Size)
	fr[0] = x
	v := m.enter(a, f, fr, site)
	m.sp = sp
	return v
}

func (m *Machine) call2(f *Fn, x, y value.Value, site *Site) value.Value {
	a := f.proto.Arity(2)
	if a == nil || a.Rest {
		sp := m.sp
		args := m.frame(2)
		args[0], args[1] = x, y
		v := m.apply(f, args, site)
		m.sp = sp
		return v
	}
	sp := m.sp
	fr := m.frame(a.Size)
	fr[0], fr[1] = x, y
	v := m.enter(a, f, fr, site)
	m.sp = sp
	return v
}

func (m *Machine) throwArity(f *Fn, n int, site *Site) {
	m.site = site
	name := f.proto.Name
	if name == "" {
		name = "fn"
	}
	value.ThrowHint("ArityException", "wrong-arity", name+" takes "+f.proto.Takes(),
		"Wrong number of args (%d) passed to: %s", n, name)
}
