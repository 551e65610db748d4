package compile

import (
	"github.com/weir-run/weir/interpreter/eval"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// destructuring collects what a pattern binds, in order.
type destructuring struct {
	c      *compiler
	binds  []eval.Bind
	sc     *scope
	locals []*local
}

// pattern takes the value in a local apart.
func (d *destructuring) pattern(n *syntax.Node, from *local) {
	switch n.Kind {
	case syntax.Symbol:
		d.symbol(n, &eval.Local{Slot: from.slot})
	case syntax.Vector:
		d.sequential(n, from)
	case syntax.Map:
		d.associative(n, from)
	default:
		d.c.fail(n, "bad-form", "bind a name, [a b & more], or {:keys [a b]}", "%s can't be bound", printed(n))
	}
}

// symbol binds a name to what a node gives.
func (d *destructuring) symbol(n *syntax.Node, x eval.Node) *local {
	if !d.c.bindable(n) {
		return nil
	}
	l := d.c.declare(n, d.sc)
	d.binds = append(d.binds, eval.Bind{Slot: l.slot, Init: x})
	d.sc = d.sc.bind(l)
	d.locals = append(d.locals, l)
	return l
}

// part binds what a node gives to a pattern.
func (d *destructuring) part(n *syntax.Node, x eval.Node) {
	if n.Kind == syntax.Symbol {
		d.symbol(n, x)
		return
	}
	d.pattern(n, d.temp(n, x))
}

func (d *destructuring) temp(at *syntax.Node, x eval.Node) *local {
	t, _ := d.c.temp(at, d.sc)
	d.binds = append(d.binds, eval.Bind{Slot: t.slot, Init: x})
	return t
}

// sequential binds [a b & more :as all].
func (d *destructuring) sequential(n *syntax.Node, from *local) {
	s := site(n)
	items := n.Items
	walk := from
	hasRest := false
	for i, x := range items {
		if x.IsSymbol("&") && i+1 < len(items) {
			hasRest = true
		}
	}
	if hasRest {
		walk = d.temp(n, eval.SeqOf(from.slot, s))
	}
	for i := 0; i < len(items); i++ {
		x := items[i]
		switch {
		case x.IsSymbol("&"):
			if i+1 == len(items) {
				d.c.fail(x, "bad-form", "", "& needs a name or pattern after it")
				return
			}
			d.part(items[i+1], &eval.Local{Slot: walk.slot})
			if i++; i+1 < len(items) && !items[i+1].IsKeyword("as") {
				d.c.fail(items[i+1], "bad-form", "only :as may follow", "unexpected form after the rest of a sequence")
				return
			}
		case x.IsKeyword("as"):
			if i+1 == len(items) || items[i+1].Kind != syntax.Symbol {
				d.c.fail(x, "bad-form", "", ":as needs a name after it")
				return
			}
			d.symbol(items[i+1], &eval.Local{Slot: from.slot})
			i++
		case x.Kind == syntax.Literal:
			d.c.fail(x, "bad-form", "a sequence pattern holds names, patterns, & and :as", "%s can't be bound", printed(x))
		case hasRest:
			d.part(x, eval.FirstOf(walk.slot, s))
			d.binds = append(d.binds, eval.Bind{Slot: walk.slot, Init: eval.NextOf(walk.slot, s)})
		default:
			d.part(x, eval.Nth(from.slot, i, s))
		}
	}
}

// associative binds {name key, :keys [...], :or {...}, :as all}.
func (d *destructuring) associative(n *syntax.Node, from *local) {
	s := site(n)
	t := d.temp(n, eval.Keyed(from.slot, s))
	var defaults *syntax.Node
	for i := 0; i+1 < len(n.Items); i += 2 {
		switch key, x := n.Items[i], n.Items[i+1]; {
		case key.IsKeyword("as") && x.Kind == syntax.Symbol:
			d.symbol(x, &eval.Local{Slot: t.slot})
		case key.IsKeyword("as"):
			d.c.fail(x, "bad-form", "", ":as needs a name after it")
		case key.IsKeyword("or") && x.Kind == syntax.Map:
			defaults = x
		case key.IsKeyword("or"):
			d.c.fail(x, "bad-form", "write :or {name default}", ":or needs a map of names and defaults")
		}
	}
	used := map[string]bool{}
	for i := 0; i+1 < len(n.Items); i += 2 {
		key, x := n.Items[i], n.Items[i+1]
		if key.Kind == syntax.Literal {
			d.group(key, x, t, defaults, used, s)
			continue
		}
		at := d.c.expr(x, d.sc, false)
		d.part(key, eval.GetFrom(t.slot, at, d.fallback(key, defaults, used), s))
	}
	d.checkDefaults(defaults, used)
}

// group binds :keys, :strs, :syms and their namespaced forms.
func (d *destructuring) group(key, names *syntax.Node, t *local, defaults *syntax.Node, used map[string]bool, s *eval.Site) {
	k, ok := key.Value.AsKeyword()
	if ok && k.Namespace == "" && (k.Name == "as" || k.Name == "or") {
		return
	}
	if !ok || k.Name != "keys" && k.Name != "syms" && (k.Name != "strs" || k.Namespace != "") {
		d.c.fail(key, "bad-form", "a map pattern is {name :key}, {:keys [a b]}, :strs, :syms, with :or and :as", "%s has no meaning in a map pattern", printed(key))
		return
	}
	if names.Kind != syntax.Vector {
		d.c.fail(names, "bad-form", "write {"+printed(key)+" [a b]}", "%s needs a vector of names", printed(key))
		return
	}
	for _, x := range names.Items {
		name := x
		if _, isKeyword := x.Value.AsKeyword(); isKeyword {
			name = symbolNode(x.Name(), x)
		} else if x.Kind != syntax.Symbol {
			d.c.fail(x, "bad-form", "", "%s holds names only", printed(key))
			continue
		}
		ns, local := k.Namespace, name.Name()
		if sym, ok := splitQualified(name); ok {
			ns, local = sym.Namespace, sym.Name
			name = symbolNode(local, x)
		}
		var at value.Value
		switch k.Name {
		case "keys":
			at = value.Of(value.Intern(ns, local))
		case "syms":
			at = value.Sym(ns, local)
		default:
			at = value.String(name.Name())
		}
		d.symbol(name, eval.GetFrom(t.slot, &eval.Constant{Value: at}, d.fallback(name, defaults, used), s))
	}
}

// splitQualified reads a/b out of a symbol, or a keyword turned into one.
func splitQualified(n *syntax.Node) (*value.Symbol, bool) {
	s, ok := n.Value.AsSymbol()
	if ok && s.Namespace == "" {
		if kw, isKw := value.Kw(s.Name).AsKeyword(); isKw && kw.Namespace != "" {
			return &value.Symbol{Namespace: kw.Namespace, Name: kw.Name}, true
		}
	}
	return s, ok && s.Namespace != ""
}

// fallback is the :or default of a name, or nil.
func (d *destructuring) fallback(name, defaults *syntax.Node, used map[string]bool) eval.Node {
	if defaults == nil || name.Kind != syntax.Symbol {
		return nil
	}
	for i := 0; i+1 < len(defaults.Items); i += 2 {
		if defaults.Items[i].IsSymbol(name.Name()) {
			used[name.Name()] = true
			return d.c.expr(defaults.Items[i+1], d.sc, false)
		}
	}
	return nil
}

// checkDefaults reports :or entries that don't belong to a name of the pattern.
func (d *destructuring) checkDefaults(defaults *syntax.Node, used map[string]bool) {
	if defaults == nil {
		return
	}
	for i := 0; i+1 < len(defaults.Items); i += 2 {
		switch key := defaults.Items[i]; {
		case key.Kind != syntax.Symbol:
			d.c.fail(key, "bad-form", "write :or {name default}, with the name as a symbol", "%s is no name of the pattern", printed(key))
		case !used[key.Name()]:
			d.c.warn(key, "unused-default", "", "the pattern binds no %s", key.Name())
			d.c.expr(defaults.Items[i+1], d.sc, false)
		}
	}
}
