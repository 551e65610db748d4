package definition

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"strings"

	"github.com/weir-run/weir/definition/body"
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// builder makes a Flow of a text while it collects problems.
type builder struct {
	schema.Report
	flow *Flow
	text []byte
	root *syntax.Node
	env  body.Env

	// Where each name was declared first.
	slotAt, templateAt, functionAt, packagedAt, interfaceAt, scheduleAt map[string]*syntax.Node
}

// build reads a text whose includes are resolved. includesFailed tells that those which are
// still in it have been reported. The flow is complete only if the list has no errors.
func build(file string, text []byte, includesFailed bool) (*Flow, diagnostic.List) {
	b := &builder{
		text: text,
		flow: &Flow{
			File: file, Text: text, Digest: digest(text),
			Templates: map[string]*Template{}, Functions: map[string]*Function{}, Invocations: map[string]*Invocation{},
		},
		slotAt: map[string]*syntax.Node{}, templateAt: map[string]*syntax.Node{}, functionAt: map[string]*syntax.Node{}, packagedAt: map[string]*syntax.Node{},
		interfaceAt: map[string]*syntax.Node{}, scheduleAt: map[string]*syntax.Node{},
	}
	if len(text) > MaxText {
		b.Error(&syntax.Node{Pos: value.Pos{File: file, Line: 1, Col: 1}}, "too-large", "", "a definition is at most %d MB", MaxText>>20)
		return b.flow, b.List
	}
	forms, problems := syntax.Read(file, text)
	b.Add(problems)
	if b.theMap(forms, problems) {
		if !includesFailed {
			b.unresolvedIncludes()
		}
		b.read()
	}
	return b.flow, b.List.Sort()
}

func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// theMap finds the one map that a definition is.
func (b *builder) theMap(forms []*syntax.Node, problems diagnostic.List) bool {
	const hint = `write {:slug :my-flow :concurrency {:type :singleton} :flow '(...)}`
	switch {
	case len(forms) == 0 && problems.HasErrors():
		return false
	case len(forms) == 0:
		b.Error(&syntax.Node{Pos: value.Pos{File: b.flow.File, Line: 1, Col: 1}}, "no-definition", hint, "there is no definition here")
		return false
	case len(forms) > 1:
		b.Error(forms[1], "extra-form", "a file holds one map: move the rest into it, or take it away", "a definition is one map, and this comes after it")
	}
	b.root = forms[0]
	return schema.Check(&b.Report, b.root, "a definition", schema.Map, hint) && !misaligned(b.root, problems)
}

// misaligned tells whether a map lost a key or a value, so that its fields can't be told any more.
func misaligned(n *syntax.Node, problems diagnostic.List) bool {
	odd := false
	for _, p := range problems {
		odd = odd || p.Code == "odd-map"
	}
	for i := 0; odd && i < len(n.Items); i += 2 {
		if !schema.Keyword.Is(n.Items[i]) {
			return true
		}
	}
	return false
}

func (b *builder) unresolvedIncludes() {
	for _, tag := range includesIn([]*syntax.Node{b.root}) {
		b.Error(tag, "bad-include", "", "#flow/include is resolved when a definition is loaded from a file")
	}
}

// read checks the parts in the order in which they build on each other.
func (b *builder) read() {
	p := parts{}
	b.extra(topLevel.Read(&b.Report, b.root, "a definition", &p))
	b.slug(p["slug"])
	b.flow.Name, b.flow.Description = schema.TextOf(p["name"]), schema.TextOf(p["description"])
	if b.flow.Name == "" {
		b.flow.Name = b.flow.Slug
	}
	b.tags(p["tags"])
	b.sizes(p)
	b.concurrency(p["concurrency"])
	b.requires(p["requires"])
	b.env = body.Env{
		Slots: map[string]string{}, Templates: map[string]body.Template{}, Functions: map[string]*syntax.Node{}, Packaged: map[string]*body.Packaged{},
		Code: b.quietly,
	}
	for _, s := range b.flow.Requires {
		b.env.Slots[s.Slot] = s.Type
	}
	b.templates(p["templates"])
	b.functions(p["functions"])
	b.packaged(p["steps"])
	b.invocations(p["invocations"])
	triggers := b.readTriggers(p["triggers"])
	if len(b.flow.Invocations) == 0 {
		b.flow.Invocations[DefaultInvocation] = &Invocation{ID: DefaultInvocation}
	}
	b.interfaces(p["interfaces"])
	b.schedules(p["schedules"])
	b.triggers(triggers)
	b.laneInputs(p["concurrency"])
	b.tagsOfData(p)
	for _, id := range sortedKeys(b.flow.Invocations) {
		for _, in := range b.flow.Invocations[id].Inputs {
			b.env.Inputs = append(b.env.Inputs, in.Name)
		}
	}
	if f := p["flow"]; f != nil {
		b.flow.quote = f.Items[0]
		b.body(f.Items[1])
	}
}

// body checks and compiles the body.
func (b *builder) body(form *syntax.Node) {
	form = b.unpack(form)
	b.flow.Body = form
	program, problems := CompileBody(form)
	b.flow.Program = program
	for _, p := range problems {
		if p.Code != "unknown-tag" || !strings.HasSuffix(p.Message, "#"+schema.IncludeTag) { // those are reported
			b.List = append(b.List, p)
		}
	}
	sites := body.Inspect(&b.Report, form, b.env)
	for i, s := range sites {
		if i == MaxSteps {
			b.Error(s.Node, "too-many", "move parts into another flow, or repeat steps in a loop", "a definition declares at most %d steps, and this is one more", MaxSteps)
		}
		if s.Config != nil && s.Type == "function" {
			b.inlineCode(s.Config.Get("code"))
		}
		b.flow.Steps = append(b.flow.Steps, StepSite{Type: s.Type, ID: s.ID, Pos: s.Node.Pos, Repeats: s.Repeats()})
	}
	body.TraceJSON(&b.Report, form, b.env)
	b.once()
}

// inlineCode checks the :code of a step, where it is written out.
func (b *builder) inlineCode(n *syntax.Node) {
	if n != nil && (schema.Text.Is(n) || quoted.Is(n)) {
		b.compileFunction(n)
	}
}

// quietly reads the :code of a step for the trace; its problems are reported by inlineCode.
func (b *builder) quietly(n *syntax.Node) *syntax.Node {
	if n == nil || (!schema.Text.Is(n) && !quoted.Is(n)) {
		return nil
	}
	silent := &builder{text: b.text, flow: b.flow}
	return silent.functionForm(n)
}

// sizes checks the limits of a definition's size.
func (b *builder) sizes(p parts) {
	size := len(b.text)
	for _, name := range []string{"templates", "functions"} {
		if n := p[name]; n != nil {
			size -= n.Stop - n.Start
		}
	}
	if size > MaxDefinition {
		b.Error(b.root, "too-large", "move data into KV or a blob, or split the flow", "a definition without its :templates and :functions is at most %d KB, and this has %d", MaxDefinition>>10, (size+1023)>>10)
	}
}

func (b *builder) partSize(n *syntax.Node, what string) {
	if size := n.Stop - n.Start; size > MaxPart {
		b.Error(n, "too-large", "", "a %s is at most %d MB, and this has %d KB", what, MaxPart>>20, (size+1023)>>10)
	}
}

// unique notes a name and reports it if it was there before.
func (b *builder) unique(seen map[string]*syntax.Node, at *syntax.Node, name, what string) bool {
	if first, twice := seen[name]; twice {
		b.Error(at, "duplicate-id", "rename one of them", "another %s has the name :%s, on line %d", what, name, first.Pos.Line)
		return false
	}
	seen[name] = at
	return true
}

// laneInputs warns where an invocation may give no lane key.
func (b *builder) laneInputs(n *syntax.Node) {
	if n == nil || b.flow.Concurrency.Type != Keyed || len(b.flow.Concurrency.KeyField) == 0 {
		return
	}
	key := b.flow.Concurrency.KeyField[0]
	for _, id := range sortedKeys(b.flow.Invocations) {
		sure := len(b.flow.Invocations[id].Inputs) == 0
		for _, in := range b.flow.Invocations[id].Inputs {
			sure = sure || (in.Name == key && (in.Required || in.HasDefault))
		}
		if !sure {
			b.Warn(firstNode(n.Get("key-field"), n), "lane-key-optional", "declare it as {:name :"+key+" :required true}",
				"invocation :%s may start without :%s, the lane's key: such starts are refused", id, key)
		}
	}
}

// tagsOfData reports tags that nobody knows in what isn't code.
func (b *builder) tagsOfData(p parts) {
	var walk func(n *syntax.Node)
	walk = func(n *syntax.Node) {
		if n == nil || n == p["flow"] {
			return
		}
		if n.Kind == syntax.Tagged && !schema.Unresolved(n) {
			b.Error(n, "unknown-tag", "there are #flow/include, #inst and #uuid", "nothing here knows the tag #%s", n.Tag)
		}
		for _, item := range n.Items {
			walk(item)
		}
	}
	walk(b.root)
}

func sorted(names []string) []string {
	sort.Strings(names)
	return names
}

func sortedKeys[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	return sorted(names)
}
