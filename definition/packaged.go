package definition

import (
	"github.com/weir-run/weir/definition/body"
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/syntax"
)

// packagedForm is a packaged step and its nodes.
type packagedForm struct {
	body.Packaged
	id *syntax.Node
}

var packagedTable = schema.Table[packagedForm]{
	{Name: "id", Required: true, Shape: schema.Keyword, Hint: "write :id :my/step", Set: schema.IntoNode(func(p *packagedForm) **syntax.Node { return &p.id })},
	{Name: "type", Required: true, Shape: schema.OneOf(body.StepTypes()...), Set: schema.Into(func(p *packagedForm) *string { return &p.Type })},
	{Name: "description", Shape: schema.Text},
	{Name: "defaults", Shape: schema.Map, Set: schema.IntoNode(func(p *packagedForm) **syntax.Node { return &p.Defaults })},
}

// packaged reads :steps.
func (b *builder) packaged(n *syntax.Node) {
	schema.Entries(&b.Report, n, "an entry of :steps", func(entry *syntax.Node) {
		var p packagedForm
		packagedTable.Read(&b.Report, entry, "a packaged step", &p)
		if p.id == nil {
			return
		}
		p.ID = p.id.Name()
		if k, _ := p.id.Value.AsKeyword(); k.Namespace == "" || !body.IsStepID(p.ID) {
			b.Error(p.id, "bad-id", "give it a namespace: :my/"+k.Name, "a packaged step can't have the id %s", schema.Found(p.id))
			return
		}
		if !b.unique(b.packagedAt, p.id, p.ID, "packaged step") || p.Type == "" {
			return
		}
		b.env.Packaged[p.ID] = &p.Packaged
		b.flow.Packaged = append(b.flow.Packaged, &p.Packaged)
		if p.Defaults != nil {
			body.CheckDefaults(&b.Report, &p.Packaged)
		}
	})
}

// unpack puts the types of packaged steps into the body, and warns of those that nothing calls.
func (b *builder) unpack(form *syntax.Node) *syntax.Node {
	form, called := body.Unpack(form, b.env.Packaged)
	for _, p := range b.flow.Packaged {
		if !called[p.ID] {
			b.Warn(b.packagedAt[p.ID], "unused-step", "call it by (flow/step :"+p.ID+" {...}), or take it away", "nothing in the body calls :%s", p.ID)
		}
	}
	return form
}

// once drops problems that were found before: the defaults of a packaged step are checked with each of its calls.
func (b *builder) once() {
	seen := map[diagnostic.Diagnostic]bool{}
	all := b.List
	b.List = nil
	for _, p := range all {
		if !seen[p] {
			b.List = append(b.List, p)
		}
		seen[p] = true
	}
}

// CompileBody compiles a body whose packaged steps are unpacked.
func CompileBody(form *syntax.Node) (*interpreter.Program, diagnostic.List) {
	return interpreter.Compile(form, interpreter.Options{Natives: FlowFunctions, Macros: FlowMacros})
}
