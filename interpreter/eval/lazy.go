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
	return value.NewLazySeq(func(th *value.Thread) value.Value { return machineOf(th).call0(f, n.site) })
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
	return value.NewDelay(func(th *value.Thread) value.Value { return machineOf(th).call0(f, n.site) })
}
