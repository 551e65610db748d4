package definition

import (
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// DefaultInvocation is the invocation of what names none, where there are several.
const DefaultInvocation = "default"

// Invocation is one way to start a flow: the inputs that it takes.
type Invocation struct {
	ID, Label string
	Inputs    []Input
}

// Input is one field of a run's input.
type Input struct {
	Name, Type  string // type "text" unless the definition says otherwise
	Label       string
	Description string
	Required    bool
	Default     value.Value
	HasDefault  bool
	Options     []Option
}

// Option is one choice of a select.
type Option struct {
	Value value.Value
	Label string
}

// inputTypes are the types that an Input may have.
var inputTypes = []string{"text", "string", "number", "email", "password", "textarea", "boolean", "checkbox", "select",
	"date", "time", "datetime", "json", "file", "blob", "resource", "secret"}

var invocationTable = schema.Table[Invocation]{
	{Name: "label", Shape: schema.Text, Set: schema.Into(func(i *Invocation) *string { return &i.Label })},
	{Name: "description", Shape: schema.Text},
	{Name: "inputs", Shape: schema.Vector, Hint: "write [{:name :order-id :type :text}]"},
}

var inputTable = schema.Table[Input]{
	{Name: "name", Shape: schema.Name, Set: schema.Into(func(i *Input) *string { return &i.Name })},
	{Name: "key", Shape: schema.Name, Set: schema.Into(func(i *Input) *string { return &i.Name })},
	{Name: "type", Shape: schema.OneOf(inputTypes...), Set: schema.Into(func(i *Input) *string { return &i.Type })},
	{Name: "field-type", Shape: schema.OneOf(inputTypes...), Set: schema.Into(func(i *Input) *string { return &i.Type })},
	{Name: "label", Shape: schema.Text, Set: schema.Into(func(i *Input) *string { return &i.Label })},
	{Name: "description", Shape: schema.Text, Set: schema.Into(func(i *Input) *string { return &i.Description })},
	{Name: "placeholder", Shape: schema.Text},
	{Name: "required", Shape: schema.Bool, Set: schema.IntoBool(func(i *Input) *bool { return &i.Required })},
	{Name: "default", Shape: schema.Any, Set: func(_ *schema.Report, i *Input, v *syntax.Node) {
		i.Default, i.HasDefault = v.Datum(), true
	}},
	{Name: "options", Shape: schema.Vector, Hint: `write ["small" "large"] or [{:value "s" :label "Small"}]`, Set: setOptions},
}

func setOptions(r *schema.Report, i *Input, v *syntax.Node) {
	for _, item := range v.Items {
		if item.Kind != syntax.Map {
			i.Options = append(i.Options, Option{Value: item.Datum(), Label: schema.TextOf(item)})
			continue
		}
		chosen := item.Get("value")
		if chosen == nil {
			r.Error(item, "missing-field", `write {:value "s" :label "Small"}`, "an option needs :value")
			continue
		}
		o := Option{Value: chosen.Datum(), Label: schema.TextOf(item.Get("label"))}
		if o.Label == "" {
			o.Label = schema.TextOf(chosen)
		}
		i.Options = append(i.Options, o)
	}
}

func (b *builder) invocations(n *syntax.Node) {
	schema.Pairs(&b.Report, n, "an invocation", func(key, v *syntax.Node) {
		i := &Invocation{ID: schema.TextOf(key)}
		invocationTable.Read(&b.Report, v, "invocation :"+i.ID, i)
		i.Inputs = b.inputs(v.Get("inputs"), "an input")
		b.flow.Invocations[i.ID] = i
	})
}

// inputs reads a vector of fields, whose names must differ.
func (b *builder) inputs(n *syntax.Node, what string) []Input {
	var out []Input
	seen := map[string]*syntax.Node{}
	schema.Entries(&b.Report, n, what, func(entry *syntax.Node) {
		i := Input{Type: "text"}
		inputTable.Read(&b.Report, entry, what, &i)
		at := firstNode(entry.Get("name"), entry.Get("key"))
		if at == nil {
			b.Error(entry, "missing-field", "add :name :order-id", "%s needs :name", what)
		}
		if i.Name == "" || !b.unique(seen, at, i.Name, "field") {
			return
		}
		b.inputFacts(entry, &i)
		out = append(out, i)
	})
	return out
}

// inputFacts checks what depends on an input's type.
func (b *builder) inputFacts(entry *syntax.Node, i *Input) {
	if i.Type == "select" && entry.Get("options") == nil {
		b.Error(entry, "missing-field", `add :options ["small" "large"]`, "an input of type :select needs :options")
	}
	if i.HasDefault && !i.Default.IsNil() {
		if expected := i.mismatch(i.Default); expected != "" {
			b.Error(entry.Get("default"), "wrong-default", "", ":default of input :%s must be %s, not %s", i.Name, expected, schema.Found(entry.Get("default")))
		}
	}
}

// invocation resolves the name of an invocation: what is given, else the only one there is,
// else DefaultInvocation.
func (f *Flow) invocation(name string) (*Invocation, bool) {
	if name == "" && len(f.Invocations) == 1 {
		for _, only := range f.Invocations {
			return only, true
		}
	}
	if name == "" {
		name = DefaultInvocation
	}
	i, ok := f.Invocations[name]
	return i, ok
}
