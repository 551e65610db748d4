package definition

import (
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/core"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/jail/check"
)

// The languages of a Function.
const (
	Clojure = "clojure"
	Go      = "go"
)

// Function is code that :function steps run by its ID.
type Function struct {
	ID, Label string
	Language  string
	Source    string                     // the code as text
	Place     func(offset int) value.Pos // of a Go function: where a byte of Source stands in the flow's text
	Program   *interpreter.Program       // of a Clojure function: its value is the function
}

// functionForm is a function and its nodes.
type functionForm struct {
	Function
	code *syntax.Node
}

// code is what :code may be: text, or a quoted form.
var code = schema.Either(schema.Text, quoted)

var functionTable = schema.Table[functionForm]{
	{Name: "id", Required: true, Shape: schema.Name, Set: schema.Into(func(f *functionForm) *string { return &f.ID })},
	{Name: "language", Shape: schema.OneOf(Clojure, Go), Set: func(_ *schema.Report, f *functionForm, v *syntax.Node) {
		f.Language = schema.TextOf(v)
	}},
	{Name: "label", Shape: schema.Text, Set: schema.Into(func(f *functionForm) *string { return &f.Label })},
	{Name: "description", Shape: schema.Text},
	{Name: "code", Required: true, Shape: code, Hint: `write :code "(fn [input] ...)"`,
		Set: schema.IntoNode(func(f *functionForm) **syntax.Node { return &f.code })},
}

func (b *builder) functions(n *syntax.Node) {
	schema.Entries(&b.Report, n, "an entry of :functions", func(entry *syntax.Node) {
		b.partSize(entry, "function")
		f := functionForm{Function: Function{Language: Clojure}}
		functionTable.Read(&b.Report, entry, "a function", &f)
		if f.ID == "" || !b.unique(b.functionAt, entry.Get("id"), f.ID, "function") {
			return
		}
		b.flow.Functions[f.ID] = &f.Function
		b.env.Functions[f.ID] = nil
		switch {
		case f.Language == Go && f.code != nil:
			b.goFunction(&f)
		case f.code != nil:
			f.Source = b.source(f.code)
			f.Program, b.env.Functions[f.ID] = b.compileFunction(f.code)
		}
	})
}

// goFunction checks a Go function: its text, the types in it, and what it may use.
func (b *builder) goFunction(f *functionForm) {
	if !schema.Text.Is(f.code) {
		b.Error(f.code, "wrong-type", `write :code "func Run(input map[string]any) (any, error) {...}"`, "the :code of a Go function must be text, not %s", schema.Found(f.code))
		return
	}
	f.Source, f.Place = syntax.TextInside(b.flow.File, b.text, f.code)
	for _, p := range check.Source(f.Source) {
		d := diagnostic.Diagnostic{Pos: f.Place(p.Offset), Code: p.Code, Message: p.Message, Hint: p.Hint}
		if end := f.Place(p.End); end.Line == d.Pos.Line && end.Col > d.Pos.Col {
			d.End = end
		}
		b.Add(diagnostic.List{d})
	}
}

// source is the text of a function: what the string says, or the text of the quoted form.
func (b *builder) source(n *syntax.Node) string {
	if s, ok := n.Value.AsString(); ok {
		return s
	}
	return string(b.text[n.Items[1].Start:n.Items[1].Stop])
}

// compileFunction reads and compiles a function's :code. It returns the form, too, if it could be read.
func (b *builder) compileFunction(n *syntax.Node) (*interpreter.Program, *syntax.Node) {
	form := b.functionForm(n)
	if form == nil {
		return nil, nil
	}
	program, problems := interpreter.Compile(form, functionOptions())
	b.Add(problems)
	return program, form
}

// functionForm reads :code into its one (fn ...) form; nil, with the problems reported, if it isn't that.
func (b *builder) functionForm(n *syntax.Node) *syntax.Node {
	forms := []*syntax.Node{n}
	if schema.Text.Is(n) {
		var problems diagnostic.List
		forms, problems = syntax.ReadInside(b.flow.File, b.text, n)
		b.Add(problems)
		if problems.HasErrors() {
			return nil
		}
	} else if quoted.Is(n) {
		forms = n.Items[1:]
	}
	const hint = "write (fn [input] ...)"
	switch {
	case len(forms) == 0:
		b.Error(n, "no-function", hint, ":code is empty")
		return nil
	case len(forms) > 1:
		b.Error(forms[1], "no-function", "name other functions by let or letfn inside the one", ":code must be one form, and this is a second")
		return nil
	case !isFn(forms[0]):
		b.Error(forms[0], "no-function", hint, ":code must be a (fn ...) form, not %s", schema.Found(forms[0]))
		return nil
	}
	return forms[0]
}

func isFn(n *syntax.Node) bool {
	h := n.Head()
	return h.IsSymbol("fn") || h.IsSymbol("fn*") || h.IsSymbol("clojure.core/fn") || h.IsSymbol("let") || h.IsSymbol("letfn")
}

func functionOptions() interpreter.Options {
	return interpreter.Options{Natives: core.FunctionLibrary(), Refused: refusedInFunctions()}
}

// CompileCode compiles a function that is not among :functions: the :code of a step, as text or as
// a (fn ...) form. file is what positions name.
func CompileCode(file string, code value.Value) (*interpreter.Program, diagnostic.List) {
	text, ok := code.AsString()
	if !ok {
		text = value.PrStr(nil, code)
	}
	forms, problems := syntax.Read(file, []byte(text))
	if problems.HasErrors() {
		return nil, problems
	}
	if len(forms) != 1 || !isFn(forms[0]) {
		return nil, diagnostic.List{{Pos: value.Pos{File: file, Line: 1, Col: 1}, Code: "no-function",
			Message: ":code must be one (fn ...) form", Hint: "write (fn [input] ...)"}}
	}
	return interpreter.Compile(forms[0], functionOptions())
}
