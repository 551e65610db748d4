package definition_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// flowText is a small flow that is right, with more fields, if any, at its end.
func flowText(fields ...string) string {
	return `{:slug :f :concurrency {:type :singleton} :flow '(flow/input) ` + strings.Join(fields, " ") + `}`
}

// parse reads a flow that must be right.
func parse(t *testing.T, text string) *definition.Flow {
	t.Helper()
	f, problems := definition.Parse("f.edn", []byte(text))
	require.False(t, problems.HasErrors(), problems.Error())
	return f
}

// data reads one value.
func data(t *testing.T, text string) value.Value {
	t.Helper()
	v, ok, problems := syntax.ReadValue("data.edn", []byte(text))
	require.Empty(t, problems)
	require.True(t, ok)
	return v
}

// short is a list of problems as line:col code, a W before warnings.
func short(list diagnostic.List) []string {
	out := []string{}
	for _, d := range list {
		severity := ""
		if d.Severity == diagnostic.Warning {
			severity = "W "
		}
		out = append(out, fmt.Sprintf("%s%d:%d %s", severity, d.Pos.Line, d.Pos.Col, d.Code))
	}
	return out
}

// folder writes files by their path and returns where they lie.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(at), 0o755))
		require.NoError(t, os.WriteFile(at, []byte(text), 0o644))
	}
	return dir
}

// onDisk is the source of the files that diagnostics name.
func onDisk(file string) (string, bool) {
	text, err := os.ReadFile(file)
	return string(text), err == nil
}
