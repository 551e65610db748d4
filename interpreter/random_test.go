package interpreter_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/value"
)

var randomAtoms = []string{"nil", "true", "false", "0", "1", "-1", "7", "9223372036854775807", "-9223372036854775808", "1.5", "##NaN", "##Inf", "1/2",
	"3N", "2.5M", "\"\"", "\"ab c\"", "\\a", ":k", ":a/b", "'s", "[]", "{}", "#{}", "()", "#\"a+\"", "x", "y", "%", "&", "[x y]", "[x & y]", "{:keys [x y]}",
	"(fn [x] x)", "#(inc %)", "(range 5)", "(range)", "[1 2 3]", "{:a 1 :k 2}", "#{1 2}", "'(1 2)", "(map inc [1 2])", "(atom 1)", "(sorted-map 1 2)", "#inst \"2026-01-01\"",
	"(ex-info \"m\" {})", "(transient [])", "(delay 1)", "(reduced 1)", "[[1 2] [3 4]]", "inc", "+", "str", "identity", "Exception"}

// randomForm draws a form: an atom, a collection, or a list that begins with a name of the language.
func randomForm(t *rapid.T, names []string, depth int) string {
	if depth == 0 {
		return rapid.SampledFrom(randomAtoms).Draw(t, "atom")
	}
	open, end := "(", ")"
	switch rapid.IntRange(0, 9).Draw(t, "shape") {
	case 0, 1, 2:
		return rapid.SampledFrom(randomAtoms).Draw(t, "atom")
	case 3:
		open, end = "[", "]"
	case 4:
		return "(let [x " + randomForm(t, names, depth-1) + " y " + randomForm(t, names, depth-1) + "] " + randomForm(t, names, depth-1) + ")"
	default:
		open += rapid.SampledFrom(names).Draw(t, "name") + " "
	}
	var parts []string
	for range rapid.IntRange(0, 4).Draw(t, "count") {
		parts = append(parts, randomForm(t, names, depth-1))
	}
	return open + strings.Join(parts, " ") + end
}

// TestRandomFormsEndWithAValueOrAnError throws together what the language knows: whatever comes out, it is
// a value that prints, a problem, an exception or a limit.
func TestRandomFormsEndWithAValueOrAnError(t *testing.T) {
	t.Parallel()
	names := interpreter.Names()
	rapid.Check(t, func(t *rapid.T) {
		source := randomForm(t, names, 4)
		th := value.NewThread(value.Limits{Work: 20_000, Depth: 200, Size: 1 << 20})
		values, err := interpreter.Eval("random", source, th, interpreter.Options{})
		var list diagnostic.List
		var thrown *interpreter.Error
		if err != nil && !errors.As(err, &list) && !errors.As(err, &thrown) {
			t.Fatalf("%s: an error of another kind: %v", source, err)
		}
		for _, v := range values {
			value.PrStr(nil, v)
		}
	})
}
