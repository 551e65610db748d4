package check_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/jail/check"
)

const run = "func Run(input map[string]any) (any, error) { return nil, nil }\n"

// TestRefused has what a function may not be, with what the problem points at.
func TestRefused(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		`import "os"` + "\n" + run:                              `go-import "os"`,
		`import "os/exec"` + "\n" + run:                         `go-import "os/exec"`,
		`import "net"` + "\n" + run:                             `go-import "net"`,
		`import "net/http"` + "\n" + run:                        `go-import "net/http"`,
		`import "syscall"` + "\n" + run:                         `go-import "syscall"`,
		`import "unsafe"` + "\n" + run:                          `go-import "unsafe"`,
		`import "reflect"` + "\n" + run:                         `go-import "reflect"`,
		`import "runtime"` + "\n" + run:                         `go-import "runtime"`,
		`import "plugin"` + "\n" + run:                          `go-import "plugin"`,
		`import "C"` + "\n" + run:                               `go-import "C"`,
		`import . "strings"` + "\n" + run:                       `go-import . "strings"`,
		`import _ "strings"` + "\n" + run:                       `go-import _ "strings"`,
		`import strings "os"` + "\n" + run:                      `go-import "os"`,
		"import `os`\n" + run:                                   "go-import `os`",
		`import "./os"` + "\n" + run:                            `go-import "./os"`,
		`import "../os"` + "\n" + run:                           `go-import "../os"`,
		`import "vendor/os"` + "\n" + run:                       `go-import "vendor/os"`,
		`import "internal/poll"` + "\n" + run:                   `go-import "internal/poll"`,
		`import "github.com/traefik/yaegi/interp"` + "\n" + run: `go-import "github.com/traefik/yaegi/interp"`,
		"//go:linkname now time.now\nfunc now() int\n" + run:    `go-refused //go:linkname now time.now`,
		"//go:embed /etc/passwd\nvar s string\n" + run:          `go-refused //go:embed /etc/passwd`,
		"//line other.go:1\n" + run:                             `go-refused //line other.go:1`,
		"func now() int\n" + run:                                `go-refused func now() int`,
		"func Run(input map[string]any) (any, error) { go func() {}(); return nil, nil }":                  `go-refused go func() {}()`,
		`import "time"` + "\nfunc Run(input map[string]any) (any, error) { return time.Now(), nil }":       `go-refused Now`,
		`import "fmt"` + "\nfunc Run(input map[string]any) (any, error) { fmt.Println(1); return 1, nil }": `go-refused Println`,
		`import t "time"` + "\nfunc Run(input map[string]any) (any, error) { t.Sleep(1); return 1, nil }":  `go-refused Sleep`,
		"func Run(input map[string]any) (any, error) { return undefined, nil }":                            `go-type u`,
		"func Run(input map[string]any) (any, error) { var n int = \"x\"; return n, nil }":                 `go-type "`,
		"func Run(input map[string]any) (any, error) { return nil, nil":                                    `go-syntax `,
		"func Run(input map[string]any) any { return nil }":                                                `go-no-run Run`,
		"func Run[T any](input T) (any, error) { return nil, nil }":                                        `go-no-run Run`,
		"func run(input map[string]any) (any, error) { return nil, nil }":                                  `go-no-run `,
		"package p\nvar Run = 1": `go-no-run p`,
		"":                       `go-no-run `,
		"(fn [input] input)":     `go-syntax (`,
	} {
		problems := check.Source(source)
		require.NotEmpty(t, problems, source)
		p := problems[0]
		require.LessOrEqual(t, p.Offset, len(source), source)
		require.Equal(t, want, p.Code+" "+source[p.Offset:max(p.Offset, min(p.End, len(source)))], "%s\n%v", source, problems)
	}
}

func TestRight(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		run, "package x\n" + run, "// a comment\n" + run,
		"import (\n\tss \"strings\"\n\t\"time\"\n)\n" + "func Run(input map[string]interface{}) (out any, err error) { _ = ss.ToUpper(\"x\"); _ = time.Hour; return }",
		"type pair[A, B any] struct { a A; b B }\nfunc Run(in map[string]any) (any, error) { for i := range 3 { _ = i }; return pair[int, string]{1, \"x\"}.b, nil }",
	} {
		require.Empty(t, check.Source(source), source)
	}
	require.Contains(t, check.Packages(), "encoding/json")
	require.NotContains(t, check.Packages(), "os")
}

func TestProblemsAreBounded(t *testing.T) {
	t.Parallel()
	require.Len(t, check.Source(run+strings.Repeat("var _ = nothing\n", 100)), check.MaxProblems)
}
