package definition

import (
	"strconv"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// trigger is an entry of the older generation's :triggers. It becomes what the newer one
// writes in :invocations, :interfaces and :schedules.
type trigger struct {
	kind   string
	node   *syntax.Node
	config *syntax.Node
	number int // among those of its kind, from 1
}

var triggerTable = schema.Table[trigger]{
	{Name: "id", Shape: schema.Name},
	{Name: "type", Required: true, Shape: schema.OneOf("manual", "schedule", "event"), Set: schema.Into(func(t *trigger) *string { return &t.kind })},
	{Name: "label", Shape: schema.Text},
	{Name: "description", Shape: schema.Text},
	{Name: "invocation", Shape: schema.Name},
	{Name: "enabled", Shape: schema.Bool},
	{Name: "config", Shape: schema.Map, Set: schema.IntoNode(func(t *trigger) **syntax.Node { return &t.config })},
}

// configFields are what the :config of each kind of trigger may hold.
var configFields = map[string]schema.Table[parts]{
	"manual": {part("fields", schema.Vector, "")},
	"event": {
		{Name: "source", Required: true, Shape: schema.OneOf("webhook")},
		part("event-name", schema.Any, ""), part("auth", schema.Any, ""), part("fields", schema.Vector, ""),
		part("delivery-id-header", schema.Any, ""),
	},
	"schedule": {
		part("cron", schema.Any, ""), part("timezone", schema.Any, ""), part("input", schema.Any, ""), part("fields", schema.Vector, ""),
	},
}

// readTriggers reads :triggers and makes the inputs that they declare.
func (b *builder) readTriggers(n *syntax.Node) []trigger {
	var out []trigger
	number := map[string]int{}
	schema.Entries(&b.Report, n, "a trigger", func(entry *syntax.Node) {
		t := trigger{node: entry}
		triggerTable.Read(&b.Report, entry, "a trigger", &t)
		table, ok := configFields[t.kind]
		if !ok {
			return
		}
		if t.config == nil {
			t.config = &syntax.Node{Kind: syntax.Map, Pos: entry.Pos, End: entry.End, Start: entry.Start, Stop: entry.Stop}
		}
		number[t.kind]++
		t.number = number[t.kind]
		table.Read(&b.Report, t.config, "the :config of a trigger of type :"+t.kind, &parts{})
		b.triggerFields(entry, t.config.Get("fields"))
		out = append(out, t)
	})
	return out
}

// triggerFields adds a trigger's :fields to its invocation. A field that several triggers declare is
// declared once; they must agree on its type.
func (b *builder) triggerFields(entry, fields *syntax.Node) {
	if fields == nil || fields.Kind != syntax.Vector {
		return
	}
	id := schema.TextOf(entry.Get("invocation"))
	if id == "" {
		id = DefaultInvocation
	}
	inv := b.flow.Invocations[id]
	if inv == nil {
		inv = &Invocation{ID: id}
		b.flow.Invocations[id] = inv
	}
	for _, in := range b.inputs(fields, "a field") {
		had := false
		for _, earlier := range inv.Inputs {
			if earlier.Name == in.Name {
				had = true
				if earlier.Type != in.Type {
					b.Error(fields, "contradiction", "let both triggers declare it alike", "field :%s is of type :%s here and :%s elsewhere", in.Name, in.Type, earlier.Type)
				}
			}
		}
		if !had {
			inv.Inputs = append(inv.Inputs, in)
		}
	}
}

// triggers makes the doors and schedules that :triggers declare.
func (b *builder) triggers(read []trigger) {
	for _, t := range read {
		switch entry := t.newer(); t.kind {
		case "manual":
			b.door("manual", entry)
		case "event":
			b.door("webhook", entry)
		case "schedule":
			b.schedule(entry)
		}
	}
}

// newer is the trigger as the newer generation writes it: its own fields, its :config's, and an
// :id where it gives none.
func (t trigger) newer() *syntax.Node {
	out := &syntax.Node{Kind: syntax.Map, Pos: t.node.Pos, End: t.node.End, Start: t.node.Start, Stop: t.node.Stop}
	add := func(name string, v *syntax.Node) {
		if v != nil {
			key := &syntax.Node{Kind: syntax.Literal, Value: value.Kw(name), Pos: v.Pos, End: v.End, Start: v.Start, Stop: v.Stop}
			out.Items = append(out.Items, key, v)
		}
	}
	id := t.node.Get("id")
	if id == nil {
		made := *out
		made.Kind, made.Items, made.Value = syntax.Literal, nil, value.Kw(t.defaultID())
		id = &made
	}
	add("id", id)
	for _, name := range []string{"label", "description", "invocation", "enabled"} {
		add(name, t.node.Get(name))
	}
	for _, name := range []string{"event-name", "auth", "delivery-id-header", "cron", "timezone", "input"} {
		add(name, t.config.Get(name))
	}
	return out
}

// defaultID names a trigger that has no :id: an event by its :event-name, else by what kind it is.
func (t trigger) defaultID() string {
	name := t.kind
	if t.kind == "event" {
		name = "webhook"
		if event := schema.TextOf(t.config.Get("event-name")); event != "" {
			name = event
		}
	}
	if t.number > 1 && t.kind != "event" {
		name += "-" + strconv.Itoa(t.number)
	}
	return name
}
