package eval

import "github.com/weir-run/weir/interpreter/value"

// Nth is what [a b] takes from a slot at index i: nil beyond the end.
func Nth(slot, i int, site *Site) Node { return &nth{slot, i, site} }

type nth struct {
	slot, i int
	site    *Site
}

func (n *nth) Eval(m *Machine, fr []value.Value) value.Value {
	x := fr[n.slot]
	if v, ok := x.AsVector(); ok {
		if n.i < v.Len() {
			return v.At(n.i)
		}
		return value.Nil
	}
	m.site = n.site
	v, _ := value.Nth(m.th, x, int64(n.i))
	return v
}

// SeqOf is (seq x) of a slot.
func SeqOf(slot int, site *Site) Node { return &seqOf{slot, site} }

type seqOf struct {
	slot int
	site *Site
}

func (n *seqOf) Eval(m *Machine, fr []value.Value) value.Value {
	m.site = n.site
	return value.FromSeq(value.SeqOf(m.th, fr[n.slot]))
}

// FirstOf is (first x) of a slot.
func FirstOf(slot int, site *Site) Node { return &firstOf{slot, site} }

type firstOf struct {
	slot int
	site *Site
}

func (n *firstOf) Eval(m *Machine, fr []value.Value) value.Value {
	m.site = n.site
	return value.First(m.th, fr[n.slot])
}

// NextOf is (next x) of a slot.
func NextOf(slot int, site *Site) Node { return &nextOf{slot, site} }

type nextOf struct {
	slot int
	site *Site
}

func (n *nextOf) Eval(m *Machine, fr []value.Value) value.Value {
	m.site = n.site
	return value.Next(m.th, fr[n.slot])
}

// Keyed is what a map pattern looks into: a slot's value, or the map that a seq of keyword arguments spells.
func Keyed(slot int, site *Site) Node { return &keyed{slot, site} }

type keyed struct {
	slot int
	site *Site
}

func (n *keyed) Eval(m *Machine, fr []value.Value) value.Value {
	x := fr[n.slot]
	switch x.Kind() {
	case value.KindSeq, value.KindList:
	default:
		return x
	}
	m.site = n.site
	s := value.SeqOf(m.th, x)
	if s == nil {
		return value.Of(value.EmptyMap)
	}
	first, second := s.First(m.th), s.Next(m.th)
	if second == nil {
		return first
	}
	out := value.EmptyMap.Assoc(m.th, first, second.First(m.th))
	for s = second.Next(m.th); s != nil; s = s.Next(m.th) {
		m.th.Charge(1)
		k := s.First(m.th)
		if s = s.Next(m.th); s == nil {
			return trailing(m, out, k)
		}
		out = out.Assoc(m.th, k, s.First(m.th))
	}
	return value.Of(out)
}

// trailing adds the map that stands after the last pair of keyword arguments.
func trailing(m *Machine, out *value.Map, last value.Value) value.Value {
	if last.IsNil() {
		return value.Of(out)
	}
	switch last.Kind() {
	case value.KindMap, value.KindSortedMap, value.KindVector, value.KindList, value.KindSeq, value.KindSet:
	default:
		value.ThrowHint("IllegalArgumentException", "keyword-arguments", "keyword arguments come in pairs, or end with one map",
			"No value supplied for key: %s", value.PrStr(m.th, last))
	}
	return value.Conj(m.th, value.Of(out), last)
}

// GetFrom is (get x key def) of a slot, as a map pattern does it: def is evaluated always. It may be nil.
func GetFrom(slot int, key, def Node, site *Site) Node {
	if c, ok := key.(*Constant); ok {
		return Lookup(c.Value, &Local{slot}, def, site)
	}
	return &getFrom{slot, key, def, site}
}

type getFrom struct {
	slot     int
	key, def Node
	site     *Site
}

func (n *getFrom) Eval(m *Machine, fr []value.Value) value.Value {
	key := n.key.Eval(m, fr)
	def := value.Nil
	if n.def != nil {
		def = n.def.Eval(m, fr)
	}
	m.site = n.site
	if v, ok := value.Get(m.th, fr[n.slot], key); ok {
		return v
	}
	return def
}
