package interpreter

import (
	"github.com/weir-run/weir/interpreter/compile"
	"github.com/weir-run/weir/interpreter/core"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/eval"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// SemanticsVersion is the version of what programs mean. A run records it; a replay under another one
// would be a different evaluation.
const SemanticsVersion = 1

// Macro rewrites the call of a host macro into the form that takes its place.
type Macro = compile.Macro

// Options say what the host adds to the language.
type Options struct {
	Natives map[string]*value.Builtin // host functions by qualified name: "flow/input", "json/parse", ...
	Macros  map[string]Macro          // host macros by qualified name
	Refused map[string]string         // more names that are refused, with what to use instead
}

// Program is compiled code.
type Program struct{ code *eval.Code }

// Compile compiles one form. The list holds every problem, sorted by place; the Program is nil if it has errors.
func Compile(form *syntax.Node, opt Options) (*Program, diagnostic.List) {
	code, problems := compile.Form(form, &compile.Env{Lookup: core.Lookup, Names: core.Names,
		Natives: opt.Natives, Macros: opt.Macros, Refused: opt.Refused})
	if problems.HasErrors() {
		return nil, problems
	}
	return &Program{code}, problems
}

// Run evaluates the program. Its value is realized: nothing in it is lazy any more. The error is an *Error.
func (p *Program) Run(th *value.Thread) (value.Value, error) {
	v, err := p.code.Run(th)
	if err != nil {
		return value.Nil, errorOf(err)
	}
	return v, nil
}

// Call calls a function value, as a Program's result may be or hold, and realizes what it gives. The error is an *Error.
func Call(th *value.Thread, fn value.Value, args ...value.Value) (value.Value, error) {
	v, err := eval.Apply(th, fn, args)
	if err != nil {
		return value.Nil, errorOf(err)
	}
	return v, nil
}

// Eval reads, compiles and runs every form of a text, in order, each with a fresh budget of work. It gives the values of those that
// ran; the error is a diagnostic.List when something is wrong with the text (then nothing ran), or an *Error.
func Eval(file, src string, th *value.Thread, opt Options) ([]value.Value, error) {
	forms, problems := syntax.Read(file, []byte(src))
	var programs []*Program
	for _, form := range forms {
		program, more := Compile(form, opt)
		problems = append(problems, more...)
		programs = append(programs, program)
	}
	if problems.HasErrors() {
		return nil, problems.Sort()
	}
	var out []value.Value
	for _, program := range programs {
		th.Refill()
		v, err := program.Run(th)
		if err != nil {
			return out, err
		}
		out = append(out, v)
	}
	return out, nil
}

// Names lists what resolves without the host: functions (those of clojure.core unqualified), macros and special forms, sorted.
func Names() []string { return compile.Names(core.Names()) }
