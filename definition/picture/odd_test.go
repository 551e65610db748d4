package picture_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition/picture"
	"github.com/weir-run/weir/interpreter/syntax"
)

// TestOddFormsAreHarmless draws every form that a picture knows with arguments that make no sense.
func TestOddFormsAreHarmless(t *testing.T) {
	t.Parallel()
	heads := []string{"let", "loop", "fn", "fn*", "letfn", "for", "doseq", "dotimes", "while", "as->", "catch", "try", "case", "cond", "condp",
		"if", "if-not", "if-let", "when-let", "when-first", "->", "->>", "some->", "cond->", "cond->>", "quote", "and", "or", "recur", "throw", "doto", "finally",
		"flow/step", "flow/poll", "flow/parallel", "=", "get", "get-in", "assoc", "update", "merge", "some", "reduce", "mapcat", "map", "filter", "contains?", ":k", "#{:a}"}
	args := []string{"", "1", ":k", "[]", "[a]", "[a 1]", "[a 1 b]", "{}", "()", "(f)", "x", "nil", "[[a & b] 1]", "[{:keys [a] :or {a 1} :as z} 1]",
		"[{:keys a} 1]", "(g [a] a)", "[(g [a] a)]", "([a] a)", "[& 1]", "[&]", "[:as]", "[a &]"}
	for _, h := range heads {
		for _, a := range args {
			for _, b := range args {
				text := "(" + h + " " + a + " " + b + ")"
				forms, _ := syntax.Read("odd.edn", []byte(text))
				require.NotEmpty(t, forms, text)
				require.NotPanics(t, func() {
					_ = picture.Draw(picture.Source{Body: forms[0], Text: []byte(text)}).Mermaid()
				}, text)
			}
		}
	}
}
