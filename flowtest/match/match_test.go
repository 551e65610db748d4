package match_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/flowtest/match"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

func compile(t *testing.T, text string, opt match.Options) *match.Pattern {
	t.Helper()
	forms, problems := syntax.Read("x.edn", []byte(text))
	require.NoError(t, problems.Err(), text)
	p, problems := match.Compile(forms[0], opt)
	require.Empty(t, problems, text)
	return p
}

// differ compares and gives each mismatch as "path: message".
func differ(t *testing.T, expected string, v value.Value, opt match.Options) []string {
	t.Helper()
	var out []string
	for _, m := range compile(t, expected, opt).Match(v) {
		out = append(out, strings.Join(m.Path, " ")+": "+m.Message)
	}
	return out
}

func edn(t *testing.T, text string) value.Value {
	t.Helper()
	v, ok, problems := syntax.ReadValue("v.edn", []byte(text))
	require.True(t, ok && !problems.HasErrors(), "%s %v", text, problems)
	return v
}

func TestWhatMatches(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{`{:a 1 :b [1 2 {:c nil}]}`, `{:b [1 2 {:c nil}] :a 1}`}, {`{:a nil}`, `{}`}, {`_`, `nil`}, {`[_ _]`, `[1 nil]`},
		{`#"^res://.+"`, `"res://x"`}, {`string?`, `"x"`}, {`(fn [n] (< 1 n 9))`, `5`}, {`#(= 3 (count %))`, `[1 2 3]`}, {`(complement nil?)`, `1`},
		{`[1 ...]`, `[1 2 3]`}, {`[... 3]`, `[1 2 3]`}, {`[1 ... 3]`, `[1 2 3]`}, {`[... 2 ...]`, `[1 2 3]`}, {`[...]`, `[]`}, {`[1 ... 2 3 ... 5 ...]`, `[1 9 2 2 3 5]`},
		{`#{1 2}`, `[2 1]`}, {`#{{:a 1} {:a _}}`, `[{:a 1} {:a 2}]`}, {`#{{:a _} {:a 1} {:a int?}}`, `[{:a 1} {:a 2} {:a 3}]`}, {`[1 2]`, `(1 2)`}, {`#inst "2026-01-01"`, `#inst "2026-01-01"`}, {`:a`, `:a`},
	} {
		require.Empty(t, differ(t, c[0], edn(t, c[1]), match.Options{}), c[0])
	}
	require.Empty(t, differ(t, `{:a {:b [{:c 1}]}}`, edn(t, `{:x 1 :a {:y 2 :b [{:c 1 :z 3}]}}`), match.Options{Partial: true}))
}

func TestWhatDiffers(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{`{:a 1}`, `{:a 2}`, ":a: expected 1, got 2"},
		{`{:a {:b 1}}`, `{:a {}}`, ":a :b: expected 1, and there is no :b"},
		{`{}`, `{:a 1}`, ":a: :a 1 is not expected"},
		{`{:a 1}`, `[1]`, ": expected a map, got [1]"},
		{`[1]`, `{}`, ": expected a vector, got {}"},
		{`:approve`, `"approve"`, `: expected :approve, got "approve"`},
		{`1`, `1.0`, ": expected 1, got 1.0"},
		{`#"^a"`, `"ba"`, `: expected text with #"^a", got "ba"`},
		{`#"1"`, `1`, `: expected text with #"1", got 1`},
		{`string?`, `1`, ": expected what string? is true of, got 1"},
		{`#(< % 1)`, `"x"`, ""},
		{`[1 2 3]`, `[1 2]`, "2: expected 3, and there are only 2 elements: [1 2]"},
		{`[1]`, `[1 2]`, "1: 2 is not expected: there are 2 elements instead of 1"},
		{`[1 3]`, `[1 2]`, "1: expected 3, got 2"},
		{`[1 ... 4]`, `[1 2 3]`, "2: expected 4, got 3"},
		{`[1 ... 2 3]`, `[1 2]`, ": expected at least 3 elements, got 2: [1 2]"},
		{`[... 4 ...]`, `[1 2]`, ": expected 4 after element 0 of [1 2]"},
		{`#{1 3}`, `[1 2]`, ": expected 3 among [1 2]"},
		{`#{1}`, `[1 2]`, ": 2 is not expected"},
	} {
		got := differ(t, c[0], edn(t, c[1]), match.Options{})
		require.NotEmpty(t, got, c[0])
		if c[2] != "" {
			require.Equal(t, c[2], got[0], c[0])
		}
	}
	require.Contains(t, differ(t, `#(< % 1)`, edn(t, `"x"`), match.Options{})[0], `threw for "x"`)
	require.Contains(t, differ(t, `(fn [x] (loop [] (recur)))`, value.Nil, match.Options{})[0], "threw", "an endless predicate ends")
}

func TestPlainValuesAreComparedAsJSONHasThem(t *testing.T) {
	t.Parallel()
	v, err := wire.FromJSON([]byte(`{"action":"approve","amount":120.0,"at":"2026-01-01T00:00:00.000Z","7":1,"a b":2,"tags":["x","y"]}`), wire.JSONLimits{})
	require.NoError(t, err)
	plain := match.Options{Plain: true}
	require.Empty(t, differ(t, `{:action :approve :amount 120 :at #inst "2026-01-01T00:00:00Z" 7 1 "a b" 2 :tags #{:y :x}}`, v, plain))
	require.Equal(t, []string{`:action: expected :reject, got "approve"`},
		differ(t, `{:action :reject :amount 120.0 :at _ "7" 1 "a b" 2 :tags [:x :y]}`, v, plain))
}

func TestMistakesInExpectations(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{:a ...}`:      "... stands for more elements of a vector, and this is none",
		`strng?`:        "unknown name strng?",
		`{_ 1}`:         "a key is data",
		`#order/id 7`:   "an expectation holds no #order/id forms",
		`[1 (frist 2)]`: "frist",
	} {
		forms, problems := syntax.Read("x.edn", []byte(text))
		require.Empty(t, problems)
		_, problems = match.Compile(forms[0], match.Options{})
		require.Len(t, problems, 1, text)
		require.Contains(t, problems[0].Message, want)
		require.Positive(t, problems[0].Pos.Line)
	}
}
