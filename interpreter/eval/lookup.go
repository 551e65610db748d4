package eval

import "github.com/weir-run/weir/interpreter/value"

// Lookup is (:k coll) or (:k coll def); key is a keyword. def may be nil.
func Lookup(key value.Value, coll, def Node, site *Site) Node {
	if def != nil {
		return &lookupOr{key, coll, def, site}
	}
	if l, ok := coll.(*Local); ok {
		return &lookupSlot{key, l.Slot, site}
	}
	return &lookup{key, coll, site}
}

type lookup struct {
	key  value.Value
	coll Node
	site *Site
}

func (n *lookup) Eval(m *Machine, fr []value.Value) value.Value {
	return get(m, n.coll.Eval(m, fr), n.key, n.site)
}

type lookupSlot struct {
	key  value.Value
	slot int
	site *Site
}

func (n *lookupSlot) Eval(m *Machine, fr []value.Value) value.Value {
	return get(m, fr[n.slot], n.key, n.site)
}

type lookupOr struct {
	key       value.Value
	coll, def Node
	site      *Site
}

func (n *lookupOr) Eval(m *Machine, fr []value.Value) value.Value {
	coll := n.coll.Eval(m, fr)
	def := n.def.Eval(m, fr)
	m.site = n.site
	if v, ok := value.Get(m.th, coll, n.key); ok {
		return v
	}
	return def
}

func get(m *Machine, coll, key value.Value, site *Site) value.Value {
	if mp, ok := coll.AsMap(); ok {
		v, _ := mp.Get(m.th, key)
		return v
	}
	m.site = site
	v, _ := value.Get(m.th, coll, key)
	return v
}
