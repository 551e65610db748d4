package interpreter_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/value"
)

func nested(n int, open, core, end string) string {
	return strings.Repeat(open, n) + core + strings.Repeat(end, n)
}

// TestLargeAndDeepFormsStayCheap would run for hours if compiling or evaluating took any form twice.
func TestLargeAndDeepFormsStayCheap(t *testing.T) {
	t.Parallel()
	var let, cases strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&let, " a%d (inc a0)", i+1)
		fmt.Fprintf(&cases, " %d :a", i)
	}
	for name, source := range map[string]string{
		"let with many names":     "(let [a0 1" + let.String() + "] (+ a1 a20000))",
		"case of many constants":  "(case 5" + cases.String() + ")",
		"cond of many clauses":    "(cond " + strings.Repeat("false 1 ", 20_000) + ")",
		"do of many forms":        "(do " + strings.Repeat("(inc 1) ", 50_000) + ")",
		"letfn of many functions": "(letfn [" + strings.Repeat("(f [] (f)) ", 5_000) + "] 1)",
		"thread of many forms":    "(-> 1 " + strings.Repeat("inc ", 9_000) + ")",
		"many unknown names":      "[" + strings.Repeat("foo ", 50_000) + "]",
		"too many nested forms":   "(-> 1 " + strings.Repeat("inc ", 20_000) + ")",
		"nested let":              nested(500, "(let [a 1] ", "1", ")"),
		"nested fn":               "(" + nested(500, "(fn [] ", "1", ")") + ")",
		"nested capture":          "(let [x (first [1])] " + nested(500, "(fn [] ", "x", ")") + ")",
		"nested for":              nested(500, "(for [a [1]] ", "1", ")"),
		"nested if-let":           nested(500, "(if-let [x 1] ", "1", " 2)"),
		"nested try":              nested(500, "(try ", "1", " (catch Exception e 1) (finally 2))"),
		"nested some->":           "(some-> 1 " + nested(400, "(some-> ", "inc", ")") + ")",
		"nested cond->":           "(cond-> 1 true " + nested(400, "(cond-> true ", "inc", ")") + ")",
		"nested assert":           nested(250, "(assert (nil? ", "nil", "))"),
		"nested :or of loop":      nested(100, "(loop [{:keys [a] :or {a ", "1", "}} {} b 1] (if b a (recur {} b)))"),
		"nested :or of let":       nested(100, "(let [{:keys [a] :or {a ", "1", "}} {}] a)"),
		"nested :or of fn":        nested(100, "((fn [{:keys [a] :or {a ", "1", "}}] (if a a (recur {}))) {})"),
		"nested metadata":         nested(200, "^{:a ", "[]", "} []"),
	} {
		_, err := interpreter.Eval(name, source, value.NewThread(value.Limits{}), interpreter.Options{})
		if err != nil && !strings.Contains(name, "unknown") && !strings.Contains(name, "too many") {
			require.ErrorContains(t, err, "-limit]", name)
		}
	}
	r := &recorder{}
	_, err := interpreter.Eval("steps", nested(60, "(for [a [1]] ", "(flow/step 1)", ")"), value.NewThread(value.Limits{}), r.options())
	require.NoError(t, err)
	require.Len(t, r.steps, 1)
}
