package eval

import "github.com/weir-run/weir/interpreter/value"

// LazySeq is (lazy-seq ...): body is a node that MakeFn gave, of a function without parameters.
func LazySeq(body Node, site *Site) Node { return &lazySeq{body, site} }

type lazySeq struct {
	body Node
	site *Site
}

func (n *lazySeq) Eval(m *Machine, fr []value.Value) value.Value {
	f := n.body.Eval(m, fr).Ref().(*Fn)
	m.th.ChargeSize(headerSize)
	return value.NewLazySeq(func(th *value.Thread) value.Value { return machineOf(th).thunk(f, n.site) })
}

// Delay is (delay ...), likewise.
func Delay(body Node, site *Site) Node { return &delay{body, site} }

type delay struct {
	body Node
	site *Site
}

func (n *delay) Eval(m *Machine, fr []value.Value) value.Value {
	f := n.body.Eval(m, fr).Ref().(*Fn)
	m.th.ChargeSize(headerSize)
	return value.NewDelay(func(th *value.Thread) value.Value { return machineOf(th).thunk(f, n.site) })
}

// thunk runs the body of a lazy value, which spends work and depth on its own account.
func (m *Machine) thunk(f *Fn, site *Site) value.Value {
	a, sp := f.proto.Fixed[0], m.sp
	fr := m.frame(a.Size)
	for _, l := range a.Loads {
		fr[l.To] = f.captured[l.From]
	}
	m.site = site
	m.th.Charge(a.Cost - 1)
	v := a.Body.Eval(m, fr)
	m.sp = sp
	return v
}
