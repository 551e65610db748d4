package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const branchFlow = `{:slug :one
 :concurrency {:type :singleton}
 :flow '^{:label "Any?" :yes "Tell"}
       (if (:items (flow/input)) (flow/step :time :now) (mapv inc []))}`

// weir runs a command line in this process.
func weir(args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	code = run(context.Background(), args, strings.NewReader(""), &out, &err)
	return code, out.String(), err.String()
}

// flowFile writes a flow and returns its path.
func flowFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "flow.edn")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

func TestValidate(t *testing.T) {
	t.Parallel()
	path := flowFile(t, branchFlow)
	code, out, errs := weir("validate", path)
	require.Equal(t, exitDone, code, errs)
	require.Equal(t, "ok one ("+path+"): 1 step\n", out)
	require.Empty(t, errs)

	code, out, _ = weir("validate", "--portable", path)
	require.Equal(t, exitFailed, code)
	require.Contains(t, out, path+":4:58: error: mapv is denied in a flow's body on the original platform [not-portable]\n")
	require.Contains(t, out, "(mapv inc []))}\n"+strings.Repeat(" ", 59)+"^~~~\n  hint: move it into a :function step\n")

	bad := flowFile(t, `{:slug :two :concurrency {:type :keyd} :flow '(flow/stp :a)}`)
	code, out, _ = weir("validate", "--json", path, bad)
	require.Equal(t, exitFailed, code)
	var checked checkedJSON
	require.NoError(t, json.Unmarshal([]byte(out), &checked))
	require.False(t, checked.OK)
	require.Len(t, checked.Flows, 1)
	require.Equal(t, problemJSON{bad, 1, 33, "error", "unknown-value", ":type must be one of :singleton :keyed, not :keyd", "did you mean :keyed?"},
		checked.Problems[0])
	require.Equal(t, "unresolved", checked.Problems[1].Code)

	for _, args := range [][]string{{"validate"}, {"validate", path + ".none"}, {"validate", "--nope", path}} {
		code, out, errs = weir(args...)
		require.Equal(t, exitUsage, code)
		require.Empty(t, out)
		require.NotEmpty(t, errs)
	}
}

func TestGraph(t *testing.T) {
	t.Parallel()
	path := flowFile(t, branchFlow)
	code, out, errs := weir("graph", path)
	require.Equal(t, exitDone, code, errs)
	require.True(t, strings.HasPrefix(out, "flowchart TD\n"))
	require.Contains(t, out, "decide{\"Any?\"}\n")
	require.Contains(t, out, "decide -->|\"Tell\"| now\n")
	require.Contains(t, out, "decide -->|\"no\"| result\n")

	code, out, _ = weir("graph", "--format", "dot", path)
	require.Equal(t, exitDone, code)
	require.True(t, strings.HasPrefix(out, "digraph \"one\" {\n"))

	code, out, _ = weir("graph", "--json", path)
	require.Equal(t, exitDone, code)
	var g struct {
		Nodes []struct{ ID, Kind string }
		Edges []struct{ From, To, Label string }
	}
	require.NoError(t, json.Unmarshal([]byte(out), &g))
	require.Equal(t, "decision", g.Nodes[1].Kind)

	code, out, errs = weir("graph", flowFile(t, `{:slug :x}`))
	require.Equal(t, exitFailed, code)
	require.Empty(t, out)
	require.Contains(t, errs, "[missing-field]")
	code, out, _ = weir("graph", "--format", "svg", path)
	require.Equal(t, exitDone, code)
	require.True(t, strings.HasPrefix(out, "<svg "))
	code, _, _ = weir("graph", "--format", "png", path)
	require.Equal(t, exitUsage, code)
	code, _, _ = weir("graph", path+".none")
	require.Equal(t, exitUsage, code)
}
