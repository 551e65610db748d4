package repl_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/repl"
	"github.com/weir-run/weir/interpreter/value"
)

func TestLinesAreGatheredUntilTheirFormIsWhole(t *testing.T) {
	t.Parallel()
	s := repl.New(interpreter.Options{})
	var out strings.Builder
	for _, line := range []struct{ text, prompt, printed string }{
		{"(+ 1 2)", repl.Prompt, "3\n"},
		{"1 :a", repl.Prompt, "1\n:a\n"},
		{"(map inc", repl.MorePrompt, ""},
		{"  [1 2]", repl.MorePrompt, ""},
		{")", repl.Prompt, "(2 3)\n"},
		{"\"a", repl.MorePrompt, ""},
		{"b\"", repl.Prompt, "\"a\\nb\"\n"},
		{"", repl.Prompt, ""},
		{"; nothing", repl.Prompt, ""},
		{")", repl.Prompt, "repl:1:1: error: unmatched ) [unmatched-delimiter]\n  )\n  ^\n  hint: remove it\n"},
		{"(frist [1])", repl.Prompt, "repl:1:2: error: unknown function frist [unresolved]\n  (frist [1])\n   ^~~~~\n  hint: did you mean first?\n"},
		{"(throw (ex-info \"no\" {}))", repl.Prompt, "repl:1:1: error: no [exception]\n  (throw (ex-info \"no\" {}))\n  ^\n  data: {}\n"},
		{"'", repl.MorePrompt, ""},
		{"x", repl.Prompt, "x\n"},
	} {
		out.Reset()
		prompt, err := s.Line(context.Background(), line.text, &out)
		require.NoError(t, err)
		require.Equal(t, line.prompt, prompt, line.text)
		require.Equal(t, line.prompt == repl.MorePrompt, s.Pending())
		require.Equal(t, line.printed, out.String(), line.text)
	}
}

func TestResetDropsWhatIsPending(t *testing.T) {
	t.Parallel()
	s := repl.New(interpreter.Options{})
	var out strings.Builder
	prompt, err := s.Line(context.Background(), "(map inc", &out)
	require.NoError(t, err)
	require.Equal(t, repl.MorePrompt, prompt)
	require.Equal(t, repl.Prompt, s.Reset())
	_, err = s.Line(context.Background(), "7", &out)
	require.NoError(t, err)
	require.Equal(t, "7\n", out.String())
}

func TestCompletion(t *testing.T) {
	t.Parallel()
	s := repl.New(interpreter.Options{Natives: map[string]*value.Builtin{"flow/input": {}, "flow/uuid": {}}})
	for line, want := range map[string]string{
		"(map-ind":             "exed",
		"[(clojure.string/upp": "er-case",
		"(flow/inp":            "ut",
		"(flow/":               "",
		"(nothing-like-it":     "",
		"(":                    "",
	} {
		more, _ := s.Complete(line, len(line))
		require.Equal(t, want, more, line)
	}
	_, candidates := s.Complete("(flow/ x", 6)
	require.Equal(t, []string{"flow/input", "flow/uuid"}, candidates)
}

func TestHistoryOutlivesASession(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "deep", "history")
	h, err := repl.OpenHistory(path)
	require.NoError(t, err)
	for i := range repl.MaxHistory + 5 {
		h.Add(fmt.Sprint(i))
	}
	h.Add("last")
	h.Add("last")
	h.Add("")
	require.NoError(t, h.Save())
	h, err = repl.OpenHistory(path)
	require.NoError(t, err)
	require.Equal(t, repl.MaxHistory, h.Len())
	require.Equal(t, "last", h.At(0))
	require.Equal(t, fmt.Sprint(repl.MaxHistory+4), h.At(1))
}
