// Package check reads the text of a Go function without running it: it must parse, have the right types, import
// nothing but what the jail has, and use none of Go's ways out of a program's own memory.
//
// It needs no Go on the machine: what the allowed packages declare is embedded (see jail/symbols/generate). It may import
// nothing of ours.
package check

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"strings"
)

// GoVersion is the language that functions are written in: what the interpreter knows.
const GoVersion = "go1.22"

// MaxProblems is how many problems of one function are told.
const MaxProblems = 10

// clause begins a text that has no package clause.
const clause = "package function;"

// Problem is what is wrong, and where: Offset and End are bytes of the source.
type Problem struct {
	Offset, End         int
	Code, Message, Hint string
}

// Prepare gives a source its package clause, if it has none. The name is the package's; begin is where the source begins in text.
func Prepare(source string) (text, name string, begin int) {
	f, err := parser.ParseFile(token.NewFileSet(), "", source, parser.PackageClauseOnly)
	if err == nil {
		return source, f.Name.Name, 0
	}
	return clause + source, "function", len(clause)
}

// Source checks the text of a function.
func Source(source string) (problems []Problem) {
	text, _, begin := Prepare(source)
	c := &checker{fset: token.NewFileSet(), begin: begin, size: len(source)}
	defer func() {
		if r := recover(); r != nil { // the type checker's own
			problems = append(c.problems, Problem{Code: "go-type", Message: fmt.Sprintf("the type checker gave up: %v", r)})
		}
	}()
	file, err := parser.ParseFile(c.fset, "function.go", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		c.syntax(err)
		return c.problems
	}
	c.file = c.fset.File(file.FileStart)
	c.comments(file)
	c.imports(file)
	ast.Inspect(file, c.node)
	if len(c.problems) == 0 {
		c.types(file)
	}
	return c.problems
}

type checker struct {
	fset        *token.FileSet
	file        *token.File
	begin, size int
	problems    []Problem
}

func (c *checker) tell(offset, end int, code, hint, format string, args ...any) {
	if len(c.problems) < MaxProblems {
		at := func(n int) int { return min(max(n-c.begin, 0), c.size) }
		c.problems = append(c.problems, Problem{at(offset), at(end), code, fmt.Sprintf(format, args...), hint})
	}
}

func (c *checker) at(n ast.Node, code, hint, format string, args ...any) {
	c.tell(c.file.Offset(n.Pos()), c.file.Offset(n.End()), code, hint, format, args...)
}

func (c *checker) syntax(err error) {
	list, ok := err.(scanner.ErrorList)
	if !ok {
		c.tell(0, 0, "go-syntax", "", "%v", err)
	}
	for _, e := range list {
		c.tell(e.Pos.Offset, e.Pos.Offset+1, "go-syntax", "", "%s", e.Msg)
	}
}

// comments refuses directives: they speak to a compiler and a linker that aren't there, or move positions.
func (c *checker) comments(file *ast.File) {
	for _, group := range file.Comments {
		for _, text := range group.List {
			for _, mark := range []string{"//go:", "//line ", "/*line ", "//export ", "//extern "} {
				if strings.HasPrefix(text.Text, mark) {
					c.at(text, "go-refused", "take it away", "a function can't have the directive %s", strings.TrimSpace(strings.SplitN(text.Text, " ", 2)[0]))
				}
			}
		}
	}
}

func (c *checker) imports(file *ast.File) {
	for _, s := range file.Imports {
		path := strings.Trim(s.Path.Value, "\"`")
		switch {
		case path == "C":
			c.at(s, "go-import", "", "a function can't use cgo")
		case names()[path] == nil:
			c.at(s.Path, "go-import", "there are "+strings.Join(Packages(), " "), "a function can't import %q", path)
		case s.Name != nil && (s.Name.Name == "." || s.Name.Name == "_"):
			c.at(s, "go-import", "import it under its name", "a function can't import a package as %s", s.Name.Name)
		}
	}
}

func (c *checker) node(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GoStmt:
		c.at(n, "go-refused", "do it one after the other", "a function can't start goroutines")
	case *ast.FuncDecl:
		if n.Body == nil {
			c.at(n, "go-refused", "write its body", "a function can't be without a body")
		}
	}
	return true
}

// types checks what the parser can't know.
func (c *checker) types(file *ast.File) {
	imported, err := library()
	if err != nil {
		c.tell(0, 0, "go-type", "", "the library's types can't be read: %v", err)
		return
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{GoVersion: GoVersion, Importer: imported, Error: func(err error) {
		if e, ok := err.(types.Error); ok && !strings.HasPrefix(e.Msg, "\t") {
			at := c.file.Offset(e.Pos)
			c.tell(at, at+1, "go-type", "", "%s", e.Msg)
		}
	}}
	p, _ := config.Check(file.Name.Name, c.fset, []*ast.File{file}, info)
	for id, o := range info.Uses {
		if o.Pkg() == nil || o.Pkg() == p || o.Parent() != o.Pkg().Scope() || names()[o.Pkg().Path()][o.Name()] {
			continue
		}
		c.at(id, "go-refused", "", "a function can't use %s.%s", o.Pkg().Name(), o.Name())
	}
	c.run(file, p)
}

// run checks that there is the function that is called.
func (c *checker) run(file *ast.File, p *types.Package) {
	const hint = "write func Run(input map[string]any) (any, error)"
	if len(c.problems) > 0 {
		return
	}
	o := p.Scope().Lookup("Run")
	f, ok := o.(*types.Func)
	if !ok {
		c.at(file.Name, "go-no-run", hint, "there is no function Run")
		return
	}
	s := f.Signature()
	if !isRun(s) {
		at := c.file.Offset(f.Pos())
		c.tell(at, at+len("Run"), "go-no-run", hint, "Run has the wrong type: %s", types.TypeString(s, types.RelativeTo(p)))
	}
}

func isRun(s *types.Signature) bool {
	anything := types.Universe.Lookup("any").Type()
	if s.TypeParams().Len() > 0 || s.Variadic() || s.Params().Len() != 1 || s.Results().Len() != 2 {
		return false
	}
	return types.Identical(s.Params().At(0).Type(), types.NewMap(types.Typ[types.String], anything)) &&
		types.Identical(s.Results().At(0).Type(), anything) &&
		types.Identical(s.Results().At(1).Type(), types.Universe.Lookup("error").Type())
}
