package definition_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	// reporters are the functions that a code is given to, with the place of the code among the texts they get.
	reporters = map[string]int{"fail": 0, "warn": 0, "Error": 0, "Warn": 0, "tell": 0, "problem": 0, "unknown": 1}
	codeShape = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// codesIn are the codes of problems that the sources of a folder report.
func codesIn(t *testing.T, folder string) map[string]string {
	t.Helper()
	codes := map[string]string{}
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	require.NoError(t, err)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		ast.Inspect(parsed, func(n ast.Node) bool {
			var texts []ast.Expr
			place := 0
			switch n := n.(type) {
			case *ast.CallExpr:
				called, ok := n.Fun.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if place, ok = reporters[called.Sel.Name]; ok {
					texts = n.Args
				}
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Code" {
					texts = []ast.Expr{n.Value}
				}
			}
			for _, x := range texts {
				literal, ok := x.(*ast.BasicLit)
				if !ok || literal.Kind != token.STRING {
					continue
				}
				if text, _ := strconv.Unquote(literal.Value); place == 0 {
					if codeShape.MatchString(text) {
						codes[text] = file
					}
					break
				}
				place--
			}
			return true
		})
	}
	return codes
}

// TestEveryCodeIsListed keeps docs/errors.md whole: each code that a check can report stands there, those of
// definitions and the language's checks with an example.
func TestEveryCodeIsListed(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/errors.md")
	require.NoError(t, err)
	found := 0
	missing := []string{}
	for _, folder := range []string{".", "body", "schema", "../interpreter/compile", "../interpreter/syntax", "../interpreter/value", "../interpreter/eval", "../interpreter/core"} {
		for code, file := range codesIn(t, folder) {
			found++
			if !strings.Contains(string(page), "`"+code+"`") {
				missing = append(missing, code+" of "+file)
			}
			if strings.HasPrefix(folder, "..") && folder != "../interpreter/compile" && folder != "../interpreter/syntax" {
				continue
			}
			row := regexp.MustCompile("(?m)^\\| `" + code + "` \\| `.+` \\|")
			if !row.Match(page) {
				missing = append(missing, code)
			}
		}
	}
	require.Empty(t, missing, "codes that docs/errors.md doesn't list, or lists without an example")
	require.Greater(t, found, 100)
}
