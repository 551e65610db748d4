package body

import (
	"slices"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Packaged is a step of the flow's own: a step of some type, with a part of its configuration.
type Packaged struct {
	ID, Type string       // without colons
	Defaults *syntax.Node // a map that holds data, or nil
}

// MergeFunction is what Unpack has a run call where the text doesn't say what a step is configured with: (flow/config* defaults config).
const MergeFunction = "flow/config*"

// StepTypes are the types of step that there are, sorted.
func StepTypes() []string {
	names := make([]string, 0, len(stepTypes))
	for t := range stepTypes {
		names = append(names, t)
	}
	slices.Sort(names)
	return names
}

// CheckDefaults checks what a packaged step of a known type has by default.
func CheckDefaults(r *schema.Report, p *Packaged) {
	c := &checker{Report: r}
	if code := codeIn(p.Defaults); code != nil {
		c.Error(code, "not-data", "hand what is computed over in the call", ":defaults holds data, the same for every call, and this is code")
		return
	}
	c.config(&Site{Type: p.Type, Config: p.Defaults}, stepTypes[p.Type])
}

// codeIn finds code in what should be data; what is quoted is data.
func codeIn(n *syntax.Node) *syntax.Node {
	switch {
	case n.Head().IsSymbol("quote"):
		return nil
	case n.Kind == syntax.Symbol || n.Kind == syntax.List:
		return n
	}
	for _, item := range n.Items {
		if code := codeIn(item); code != nil {
			return code
		}
	}
	return nil
}

// Unpack rewrites the calls of packaged steps into calls of their types: (flow/step :ns/name {...}) and (flow/step :ns/name :id {...}) into
// (flow/step :type :ns/name {...}) and (flow/step :type :id {...}), with what the defaults have and the call doesn't. It tells which it found.
// Calls that a threading macro completes stay as they are.
func Unpack(root *syntax.Node, steps map[string]*Packaged) (*syntax.Node, map[string]bool) {
	u := unpacker{steps: steps, found: map[string]bool{}}
	if len(steps) == 0 {
		return root, u.found
	}
	return u.form(root), u.found
}

type unpacker struct {
	steps map[string]*Packaged
	found map[string]bool
}

func (u *unpacker) form(n *syntax.Node) *syntax.Node {
	if n.Head().IsSymbol("quote") {
		return n
	}
	items := slices.Clone(n.Items)
	for i, item := range items {
		if i >= 2 && n.Head() != nil && (threadings[n.Head().Name()] || n.Head().IsSymbol("->")) && u.called(item) != nil {
			items[i] = u.inside(item)
			continue
		}
		items[i] = u.form(item)
	}
	n = withItems(n, items)
	if p := u.called(n); p != nil {
		u.found[p.ID] = true
		return unpacked(n, p)
	}
	return n
}

// inside goes on in the arguments of a call that isn't whole.
func (u *unpacker) inside(n *syntax.Node) *syntax.Node {
	items := slices.Clone(n.Items)
	for i, item := range items {
		items[i] = u.form(item)
	}
	return withItems(n, items)
}

// withItems is n with other items, or n itself if they are the same.
func withItems(n *syntax.Node, items []*syntax.Node) *syntax.Node {
	if slices.Equal(items, n.Items) {
		return n
	}
	other := *n
	other.Items = items
	return &other
}

// called is the packaged step that a form calls, nil if it doesn't.
func (u *unpacker) called(n *syntax.Node) *Packaged {
	if !n.Head().IsSymbol("flow/step") || len(n.Items) < 2 || !schema.Keyword.Is(n.Items[1]) {
		return nil
	}
	return u.steps[n.Items[1].Name()]
}

// unpacked is the call of a packaged step as one of its type.
func unpacked(n *syntax.Node, p *Packaged) *syntax.Node {
	typ := *n.Items[1]
	typ.Value = value.Kw(p.Type)
	id, rest := n.Items[1], n.Items[2:]
	switch {
	case len(rest) > 2:
		return withItems(n, append([]*syntax.Node{n.Items[0], &typ}, rest...)) // the compiler says what is wrong with it
	case len(rest) == 2, len(rest) == 1 && schema.Name.Is(rest[0]):
		id, rest = rest[0], rest[1:]
	}
	items := []*syntax.Node{n.Items[0], &typ, id}
	switch {
	case len(rest) == 1:
		items = append(items, configured(p.Defaults, rest[0]))
	case p.Defaults != nil:
		items = append(items, at(n, p.Defaults.Items))
	}
	return withItems(n, items)
}

// at is a map with the place of another form.
func at(n *syntax.Node, entries []*syntax.Node) *syntax.Node {
	return &syntax.Node{Kind: syntax.Map, Items: entries, Pos: n.Pos, End: n.End, Start: n.Start, Stop: n.Stop}
}

// configured is a configuration with what it takes from defaults.
func configured(defaults, config *syntax.Node) *syntax.Node {
	switch {
	case defaults == nil || len(defaults.Items) == 0:
		return config
	case isNil(config):
		return at(config, defaults.Items)
	case config.Kind == syntax.Map && !slices.ContainsFunc(keysOf(config), computed):
		return completed(defaults, config)
	case computed(config) || config.Kind == syntax.Map:
		merge := &syntax.Node{Kind: syntax.Symbol, Value: value.Sym("flow", "config*"), Pos: config.Pos, End: config.End, Start: config.Start, Stop: config.Stop}
		call := at(config, []*syntax.Node{merge, defaults, config})
		call.Kind = syntax.List
		return call
	}
	return config // which is reported
}

func keysOf(m *syntax.Node) []*syntax.Node {
	var keys []*syntax.Node
	for i := 0; i < len(m.Items); i += 2 {
		keys = append(keys, m.Items[i])
	}
	return keys
}

// completed is config, its own entries first, with those of defaults that it lacks; maps in both are merged alike.
func completed(defaults, config *syntax.Node) *syntax.Node {
	entries := slices.Clone(config.Items)
	for i := 0; i+1 < len(defaults.Items); i += 2 {
		key, v := defaults.Items[i], defaults.Items[i+1]
		own := slices.IndexFunc(keysOf(config), func(k *syntax.Node) bool { return value.Equal(nil, k.Datum(), key.Datum()) })
		switch {
		case own < 0:
			entries = append(entries, key, v)
		case v.Kind == syntax.Map && 2*own+1 < len(entries): // a map that lacks a value is reported
			entries[2*own+1] = configuredPart(v, entries[2*own+1])
		}
	}
	return at(config, entries)
}

// configuredPart is a part of a configuration, where nil is a value.
func configuredPart(defaults, part *syntax.Node) *syntax.Node {
	if isNil(part) {
		return part
	}
	return configured(defaults, part)
}

// MergeConfig is what MergeFunction does.
func MergeConfig(th *value.Thread, defaults, config value.Value) value.Value {
	from, ok := defaults.AsMap()
	to, both := config.AsMap()
	if !ok || !both {
		return config
	}
	from.Each(func(k, v value.Value) bool {
		if own, has := to.Get(th, k); has {
			v = MergeConfig(th, v, own)
		}
		to = to.Assoc(th, k, v)
		return true
	})
	return value.Of(to)
}
