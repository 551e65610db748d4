package flowtest

import (
	"time"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// DefaultAfter is how long a wait is open by the run's clock before a decision comes, where the test doesn't say: its
// notification has left by then.
const DefaultAfter = time.Second

// decision is what comes to an open wait, or that nothing does.
type decision struct {
	node    *syntax.Node
	timeout bool // the wait is left to its deadline
	value   value.Value
	by      string
	as      string // the approver whose it is
	after   time.Duration
	refused bool // the run is expected to refuse it
}

// decisionForm is a decision as it is read.
type decisionForm struct {
	action, value, after *syntax.Node
	by, as               string
	refused              bool
}

var decisionTable = schema.Table[decisionForm]{
	{Name: "action", Shape: schema.Name, Set: schema.IntoNode(func(f *decisionForm) **syntax.Node { return &f.action })},
	{Name: "value", Shape: schema.Any, Set: schema.IntoNode(func(f *decisionForm) **syntax.Node { return &f.value })},
	{Name: "by", Shape: schema.Text, Set: schema.Into(func(f *decisionForm) *string { return &f.by })},
	{Name: "as", Shape: schema.Name, Set: schema.Into(func(f *decisionForm) *string { return &f.as })},
	{Name: "after", Shape: schema.Text, Set: schema.IntoNode(func(f *decisionForm) **syntax.Node { return &f.after })},
	{Name: "refused", Shape: schema.Bool, Set: schema.IntoBool(func(f *decisionForm) *bool { return &f.refused })},
}

func (r *reader) waits(n *syntax.Node, t *Test) {
	schema.Pairs(&r.Report, n, "a wait", func(key, v *syntax.Node) {
		id, typ, ok := r.step(key)
		if !ok {
			return
		}
		if typ != "" && typ != "wait" {
			r.Error(key, "test-wait", "say under :answers what it gives", "the step :%s is no wait but a :%s step", id, typ)
			return
		}
		list := []*syntax.Node{v}
		if v.Kind == syntax.Vector {
			list = v.Items
		}
		t.Waits[id] = nil
		for _, one := range list {
			t.Waits[id] = append(t.Waits[id], r.decision(one))
		}
	})
}

func (r *reader) decision(n *syntax.Node) decision {
	const shape = `write :approve, :reject, :timeout, or {:action :approve :by "Ann" :after "10m"}, or {:value {...}}`
	d := decision{node: n, after: DefaultAfter}
	switch {
	case n.IsKeyword("timeout"):
		d.timeout = true
		return d
	case n.IsKeyword("approve"), n.IsKeyword("reject"):
		d.value = actionOf(n.Name())
		return d
	case n.Kind != syntax.Map:
		r.Error(n, "test-wait", shape, "what comes to a wait can't be %s", schema.Found(n))
		return d
	}
	var f decisionForm
	decisionTable.Read(&r.Report, n, "a decision", &f)
	if f.action == nil && f.value == nil {
		r.Error(n, "test-wait", shape, "a decision needs an :action or a :value")
	}
	if f.value != nil {
		d.value = r.data(f.value)
	}
	if f.action != nil {
		action := actionOf(schema.TextOf(f.action))
		if m, ok := d.value.AsMap(); ok {
			a, _ := action.AsMap()
			action = value.Of(m.Assoc(nil, value.Kw("action"), a.GetKw("action")))
		} else if f.value != nil {
			r.Error(f.value, "test-wait", "", "beside an :action, the :value must be a map")
		}
		d.value = action
	}
	if f.after != nil {
		after, err := schema.ParseDuration(f.after.Value)
		if err != nil {
			r.Error(f.after, "wrong-type", "", ":after: %v", err)
		}
		d.after = after
	}
	d.by, d.as, d.refused = f.by, f.as, f.refused
	if d.as != "" && d.by == "" { // as the links of an approver say
		d.by = d.as
	}
	return d
}

// actionOf is what the links of a wait send: the action is text.
func actionOf(name string) value.Value {
	return value.NewMap(value.Kw("action"), value.String(name))
}
