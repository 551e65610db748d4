package eval

import (
	"strings"

	"github.com/weir-run/weir/interpreter/value"
)

// Call calls whatever fn gives.
func Call(fn Node, args []Node, site *Site) Node {
	switch len(args) {
	case 0:
		return &callNode0{fn, site}
	case 1:
		return &callNode1{fn, args[0], site}
	case 2:
		return &callNode2{fn, args[0], args[1], site}
	}
	return &callNode{fn, args, site}
}

type callNode0 struct {
	fn   Node
	site *Site
}

func (n *callNode0) Eval(m *Machine, fr []value.Value) value.Value {
	f := n.fn.Eval(m, fr)
	if fn, ok := f.Ref().(*Fn); ok {
		return m.call0(fn, n.site)
	}
	return m.callOther(f, nil, n.site)
}

type callNode1 struct {
	fn, arg Node
	site    *Site
}

func (n *callNode1) Eval(m *Machine, fr []value.Value) value.Value {
	f := n.fn.Eval(m, fr)
	x := n.arg.Eval(m, fr)
	if fn, ok := f.Ref().(*Fn); ok {
		return m.call1(fn, x, n.site)
	}
	m.site = n.site
	switch g := f.Ref().(type) {
	case *value.Builtin:
		if g.Fn1 != nil {
			return g.Fn1(m.th, x)
		}
	case *value.Keyword:
		v, _ := value.Get(m.th, x, f)
		return v
	case *value.Map:
		v, _ := g.Get(m.th, x)
		return v
	}
	sp := m.sp
	args := m.frame(1)
	args[0] = x
	v := m.callOther(f, args, n.site)
	m.sp = sp
	return v
}

type callNode2 struct {
	fn, x, y Node
	site     *Site
}

func (n *callNode2) Eval(m *Machine, fr []value.Value) value.Value {
	f := n.fn.Eval(m, fr)
	x := n.x.Eval(m, fr)
	y := n.y.Eval(m, fr)
	if fn, ok := f.Ref().(*Fn); ok {
		return m.call2(fn, x, y, n.site)
	}
	if g, ok := f.Ref().(*value.Builtin); ok && g.Fn2 != nil {
		m.site = n.site
		return g.Fn2(m.th, x, y)
	}
	sp := m.sp
	args := m.frame(2)
	args[0], args[1] = x, y
	v := m.callOther(f, args, n.site)
	m.sp = sp
	return v
}

type callNode struct {
	fn   Node
	args []Node
	site *Site
}

func (n *callNode) Eval(m *Machine, fr []value.Value) value.Value {
	f := n.fn.Eval(m, fr)
	fn, ok := f.Ref().(*Fn)
	if ok {
		if a := fn.proto.Arity(len(n.args)); a != nil && !a.Rest {
			sp := m.sp
			args := m.frame(a.Size)
			for i, x := range n.args {
				args[i] = x.Eval(m, fr)
			}
			v := m.enter(a, fn, args, n.site)
			m.sp = sp
			return v
		}
	}
	sp := m.sp
	args := m.frame(len(n.args))
	for i, x := range n.args {
		args[i] = x.Eval(m, fr)
	}
	var v value.Value
	if ok {
		v = m.apply(fn, args, n.site)
	} else {
		v = m.callOther(f, args, n.site)
	}
	m.sp = sp
	return v
}

// callOther calls what is no Fn.
func (m *Machine) callOther(f value.Value, args []value.Value, site *Site) value.Value {
	m.site = site
	c, ok := f.AsCallable()
	if !ok {
		m.throwNotCallable(f, site)
	}
	return c.Call(m.th, args)
}

// throwNotCallable throws Clojure's exception for calling what is no function, with a hint that names the form.
func (m *Machine) throwNotCallable(f value.Value, site *Site) {
	what, rest := "the first item of this list", "; for data write [...] or (list ...)"
	if site.Name != "" {
		what, rest = site.Name, ", and the first item of a list is what gets called"
	}
	if f.IsNil() {
		value.ThrowHint("NullPointerException", "not-a-function", what+" is nil here"+rest, "Cannot call nil as a function")
	}
	value.ThrowHint("ClassCastException", "not-a-function", what+" is "+kindWithArticle(f)+" here, not a function"+rest,
		"class %s cannot be cast to class clojure.lang.IFn", value.ClassName(f))
}

// kindWithArticle is "an integer", "a map".
func kindWithArticle(v value.Value) string {
	kind := value.KindName(v)
	if strings.IndexByte("aeiou", kind[0]) >= 0 {
		return "an " + kind
	}
	return "a " + kind
}

// SelfCall calls the function that it stands in. The compiler completes it when that is compiled.
type SelfCall struct {
	Arity *Arity
	Args  []Node
	Site  *Site
	Self  int // slot of the function's own value, or -1 where nothing is captured
}

// Eval makes the call.
func (n *SelfCall) Eval(m *Machine, fr []value.Value) value.Value {
	var f *Fn
	if n.Self >= 0 {
		f = fr[n.Self].Ref().(*Fn)
	}
	a, sp := n.Arity, m.sp
	if a.Rest {
		args := m.frame(len(n.Args))
		for i, x := range n.Args {
			args[i] = x.Eval(m, fr)
		}
		v := m.applyArity(a, f, args, n.Site)
		m.sp = sp
		return v
	}
	if len(n.Args) == 1 {
		x := n.Args[0].Eval(m, fr)
		args := m.frame(a.Size)
		args[0] = x
		v := m.enter(a, f, args, n.Site)
		m.sp = sp
		return v
	}
	args := m.frame(a.Size)
	for i, x := range n.Args {
		args[i] = x.Eval(m, fr)
	}
	v := m.enter(a, f, args, n.Site)
	m.sp = sp
	return v
}

// CallBuiltin calls a function of the core library or of the host; the compiler has checked the arity.
func CallBuiltin(b *value.Builtin, args []Node, site *Site) Node {
	switch {
	case len(args) == 1 && b.Fn1 != nil:
		return &builtin1{b.Fn1, args[0], site}
	case len(args) == 2 && b.Fn2 != nil:
		return &builtin2{b.Fn2, args[0], args[1], site}
	case b.Fn == nil:
		return &builtinN{func(th *value.Thread, args []value.Value) value.Value { return b.Call(th, args) }, args, site}
	}
	return &builtinN{b.Fn, args, site}
}

type builtin1 struct {
	fn   func(th *value.Thread, a value.Value) value.Value
	arg  Node
	site *Site
}

func (n *builtin1) Eval(m *Machine, fr []value.Value) value.Value {
	x := n.arg.Eval(m, fr)
	m.site = n.site
	return n.fn(m.th, x)
}

type builtin2 struct {
	fn   func(th *value.Thread, a, b value.Value) value.Value
	x, y Node
	site *Site
}

func (n *builtin2) Eval(m *Machine, fr []value.Value) value.Value {
	x := n.x.Eval(m, fr)
	y := n.y.Eval(m, fr)
	m.site = n.site
	return n.fn(m.th, x, y)
}

type builtinN struct {
	fn   func(th *value.Thread, args []value.Value) value.Value
	args []Node
	site *Site
}

func (n *builtinN) Eval(m *Machine, fr []value.Value) value.Value {
	sp := m.sp
	args := m.frame(len(n.args))
	for i, x := range n.args {
		args[i] = x.Eval(m, fr)
	}
	m.site = n.site
	v := n.fn(m.th, args)
	m.sp = sp
	return v
}
