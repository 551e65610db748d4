package body

import (
	"github.com/weir-run/weir/definition/form"
	"github.com/weir-run/weir/interpreter/syntax"
)

// fact is what is known of a value without running anything. A nil fact knows nothing.
// Facts say what may be: a value that comes from JSON in one branch counts as coming from JSON.
type fact struct {
	json     *origin          // it came from there, as JSON
	envelope bool             // it is the result of an http step: :status and :headers are its own
	word     string           // it is this keyword
	fields   map[string]*fact // the entries of a map that are known, by keyword
	parts    []*fact          // the items of a vector that is written out
	item     *fact            // what any item of a collection is
	fn       *closure         // it is this function
	builtin  string           // it is this function of the core library
	set      []string         // it is this set of keywords
	shape    *shape           // what is sure of it; see sure
	unsure   bool             // it is only one of the values that this may be
	exact    bool             // fields are all entries of the map
}

// origin is where a value entered the flow as JSON.
type origin struct {
	what string // "step :fetch-risk", "the run's input"
	http bool
}

// closure is a function of the author's and the names in sight where it was made.
type closure struct {
	name    string
	arities []form.Arity
	recurs  bool // by recur: its parameters may become others
	frame   *frame
}

// frame is the local names with what is known of them, innermost first.
type frame struct {
	outer *frame
	name  string
	fact  *fact
}

func (f *frame) find(name string) (*fact, bool) {
	for ; f != nil; f = f.outer {
		if f.name == name {
			return f.fact, true
		}
	}
	return nil, false
}

// Has makes a frame form.Locals.
func (f *frame) Has(name string) bool {
	_, ok := f.find(name)
	return ok
}

func (f *frame) with(name string, v *fact) *frame {
	return &frame{outer: f, name: name, fact: v}
}

// lookup is what is known of (get f key).
func (f *fact) lookup(key string) *fact {
	if f == nil {
		return nil
	}
	if v, ok := f.fields[key]; ok {
		if f.unsure {
			v = v.maybe()
		}
		return v
	}
	if f.json == nil {
		return nil
	}
	if f.envelope && (key == "status" || key == "headers") {
		return nil
	}
	return &fact{json: f.json}
}

// any is what is known of an item of f, whichever it is.
func (f *fact) any() *fact {
	if f == nil {
		return nil
	}
	v := f.known(maxJoinDepth)
	if f.json != nil {
		v = join(v, &fact{json: f.json})
	}
	if f.unsure {
		v = v.maybe()
	}
	return v
}

// assoc is f with one entry known anew.
func (f *fact) assoc(key string, v *fact) *fact {
	out := &fact{fields: map[string]*fact{key: v}}
	if f == nil {
		return out
	}
	out.json, out.envelope, out.shape, out.unsure, out.exact = f.json, f.envelope, f.shape, f.unsure, f.exact
	for k, had := range f.fields {
		if k != key {
			out.fields[k] = had
		}
	}
	return out
}

// maxJoinDepth is how deep into fields and items a join looks.
const maxJoinDepth = 4

// join is what is known of a value that is one or the other.
func join(a, b *fact) *fact { return joinTo(a, b, maxJoinDepth) }

func joinTo(a, b *fact, depth int) *fact {
	switch {
	case a == b:
		return a
	case a == nil:
		return b.maybe()
	case b == nil:
		return a.maybe()
	case depth == 0 && b.json != nil:
		return b.maybe()
	case depth == 0:
		return a.maybe()
	}
	out := &fact{json: a.json, envelope: a.envelope, fn: a.fn, builtin: a.builtin, exact: a.exact && b.exact,
		shape: joinShapes(a.shape, b.shape), unsure: a.unsure || b.unsure}
	switch {
	case a.json == nil:
		out.json, out.envelope = b.json, b.envelope
	case b.json != nil:
		out.envelope = a.envelope && b.envelope
	}
	if out.fn == nil {
		out.fn = b.fn
	}
	if a.word == b.word {
		out.word = a.word
	}
	out.item = joinTo(a.known(depth), b.known(depth), depth-1)
	for _, side := range []*fact{a, b} {
		for k := range side.fields {
			if out.fields == nil {
				out.fields = map[string]*fact{}
			}
			out.fields[k] = joinTo(a.lookup(k), b.lookup(k), depth-1)
		}
	}
	return out
}

// known is what is known of the items themselves, whatever the whole came from.
func (f *fact) known(depth int) *fact {
	if len(f.parts) == 0 {
		return f.item
	}
	v := f.parts[0]
	for _, p := range f.parts[1:] {
		v = joinTo(v, p, depth-1)
	}
	if f.item != nil {
		v = joinTo(v, f.item, depth-1)
	}
	return v
}

// bind gives the names of a destructuring pattern what is known of the value's parts.
func (t *tracer) bind(f *frame, pattern *syntax.Node, v *fact) *frame {
	switch pattern.Kind {
	case syntax.Symbol:
		return f.with(pattern.Name(), v)
	case syntax.Vector:
		return t.bindVector(f, pattern, v)
	case syntax.Map:
		return t.bindMap(f, pattern, v)
	}
	return f
}

func (t *tracer) bindVector(f *frame, pattern *syntax.Node, v *fact) *frame {
	if s := v.sure(); s != nil && s.what != "" && s.kind != vector && s.kind != text {
		t.tell(pattern, "wrong-shape", "take it apart by {:keys [...]}", "%s gives %s, which has no order to take it apart by", s.what, s.kind)
	}
	for i := 0; i < len(pattern.Items); i++ {
		p := pattern.Items[i]
		switch {
		case (p.IsSymbol("&") || p.IsKeyword("as")) && i+1 < len(pattern.Items):
			i++
			rest := v
			if p.IsSymbol("&") {
				rest = collection(v.any())
			}
			f = t.bind(f, pattern.Items[i], rest)
		default:
			f = t.bind(f, p, v.at(i))
		}
	}
	return f
}

// at is what is known of the item at an index.
func (f *fact) at(i int) *fact {
	if f != nil && i < len(f.parts) {
		if f.unsure {
			return f.parts[i].maybe()
		}
		return f.parts[i]
	}
	return f.any()
}

func (t *tracer) bindMap(f *frame, pattern *syntax.Node, v *fact) *frame {
	defaults := pattern.Get("or")
	named := func(name string, found *fact) {
		if d := defaultOf(defaults, name); d != nil {
			found = join(found, t.eval(d, f))
		}
		f = f.with(name, found)
	}
	for i := 0; i+1 < len(pattern.Items); i += 2 {
		key, source := pattern.Items[i], pattern.Items[i+1]
		switch {
		case form.KeysDirective(key) == "keys":
			k, _ := key.Value.AsKeyword()
			for _, item := range source.Items {
				name := qualify(k.Namespace, item)
				if defaultOf(defaults, form.LocalName(item)) != nil {
					named(form.LocalName(item), v.lookup(name))
				} else {
					named(form.LocalName(item), t.read(v, name, item))
				}
			}
		case form.KeysDirective(key) != "":
			for _, item := range source.Items {
				named(form.LocalName(item), v.any())
			}
		case key.IsKeyword("as"):
			f = t.bind(f, source, v)
		case key.Kind == syntax.Symbol:
			named(key.Name(), t.part(v, source))
		case key.Kind != syntax.Literal:
			f = t.bind(f, key, t.part(v, source))
		}
	}
	return f
}

// defaultOf is the form that an :or map gives for a local.
func defaultOf(or *syntax.Node, local string) *syntax.Node {
	if or == nil || or.Kind != syntax.Map {
		return nil
	}
	for i := 0; i+1 < len(or.Items); i += 2 {
		if or.Items[i].IsSymbol(local) {
			return or.Items[i+1]
		}
	}
	return nil
}

// part is what a map pattern's entry takes out of v.
func (t *tracer) part(v *fact, key *syntax.Node) *fact {
	if key.Kind == syntax.Literal && key.Name() != "" {
		return t.read(v, key.Name(), key)
	}
	return v.any()
}

func qualify(ns string, item *syntax.Node) string {
	if ns == "" {
		return item.Name()
	}
	return ns + "/" + form.LocalName(item)
}

// collection is a collection of such items.
func collection(item *fact) *fact {
	if item == nil {
		return nil
	}
	return &fact{item: item}
}
