package core_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/core"
	"github.com/weir-run/weir/interpreter/value"
)

// golden is a form, what real Clojure gives for it, and what Weir gives instead where it differs.
type golden struct {
	name, form    string // name: the function that the form is about
	line          int
	want, instead string // a value's canonical text, or "!" and an exception's class
	why           string // it differs
}

// expected is what the form must give here.
func (g golden) expected() string {
	if g.instead != "" {
		return g.instead
	}
	return g.want
}

// readGoldens reads a file that oracle/record.clj has recorded.
func readGoldens(t *testing.T, file string) []golden {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var out []golden
	name := ""
	for i, line := range strings.Split(string(text), "\n") {
		switch {
		case strings.HasPrefix(line, ";; "):
			name = line[3:]
		case strings.HasPrefix(line, ";=> "):
			out[len(out)-1].want = line[4:]
		case strings.HasPrefix(line, ";! "):
			out[len(out)-1].want = "!" + line[3:]
		case strings.HasPrefix(line, ";~ "):
			g := &out[len(out)-1]
			g.instead, g.why, _ = strings.Cut(line[3:], " ;; ")
		case line != "" && !strings.HasPrefix(line, ";"):
			out = append(out, golden{name: name, form: line, line: i + 1})
		}
	}
	return out
}

// evaluate gives the canonical text of a form's value, or "!" and its exception's class.
func evaluate(form string) string {
	th := value.NewThread(value.Limits{})
	results, err := interpreter.Eval("golden.clj", form, th, interpreter.Options{})
	var failure *interpreter.Error
	switch {
	case errors.As(err, &failure) && failure.Class != "":
		return "!" + failure.Class
	case err != nil && strings.Contains(err.Error(), "[wrong-arity]"):
		return "!ArityException" // found before it runs
	case err != nil:
		return "!" + err.Error()
	case len(results) == 0:
		return ""
	}
	return strings.NewReplacer("\n", `\n`, "\r", `\r`).Replace(canonical(results[len(results)-1]))
}

// canonical is the printed form with maps and sets in the order of their elements' texts.
func canonical(v value.Value) string {
	all := func() (texts []string) {
		value.Each(nil, v, func(x value.Value) bool {
			texts = append(texts, canonical(x))
			return true
		})
		return texts
	}
	switch v.Kind() {
	case value.KindMap, value.KindSortedMap:
		texts := all()
		for i, entry := range texts {
			texts[i] = entry[1 : len(entry)-1]
		}
		sort.Strings(texts)
		return "{" + strings.Join(texts, " ") + "}"
	case value.KindSet, value.KindSortedSet:
		texts := all()
		sort.Strings(texts)
		return "#{" + strings.Join(texts, " ") + "}"
	case value.KindVector:
		return "[" + strings.Join(all(), " ") + "]"
	case value.KindList, value.KindSeq:
		return "(" + strings.Join(all(), " ") + ")"
	case value.KindFn:
		return "fn"
	}
	return value.PrStr(nil, v)
}

func TestGoldensAreClojuresResults(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/golden/*.clj")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			for _, g := range readGoldens(t, file) {
				if got := evaluate(g.form); got != g.expected() {
					t.Errorf("%s:%d: %s\n  want %s\n  got  %s", file, g.line, g.form, g.expected(), got)
				}
			}
		})
	}
}

func TestEveryListedNameResolvesAndHasAGolden(t *testing.T) {
	t.Parallel()
	about := map[string]bool{}
	files, err := filepath.Glob("testdata/golden/*.clj")
	require.NoError(t, err)
	for _, file := range files {
		for _, g := range readGoldens(t, file) {
			about[g.name] = true
		}
	}
	list, err := os.ReadFile("testdata/names.txt")
	require.NoError(t, err)
	resolvable := map[string]bool{}
	for _, name := range interpreter.Names() {
		resolvable[name] = true
	}
	for _, name := range strings.Fields(string(list)) {
		require.True(t, resolvable[name], "%s does not resolve", name)
		require.True(t, about[name], "%s has no golden", name)
	}
}

// updateCoverage makes TestCoverageTableIsCurrent write the table that it otherwise checks.
const updateCoverage = "WEIR_UPDATE_COVERAGE"

func TestCoverageTableIsCurrent(t *testing.T) {
	t.Parallel()
	const file = "../../docs/coverage.md"
	want := coverageTable(t)
	if os.Getenv(updateCoverage) != "" {
		require.NoError(t, os.WriteFile(file, []byte(want), 0o600))
	}
	got, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, want, string(got), "run the test with %s=1", updateCoverage)
}

// coverageTable has a row for every name that goldens are about: how many there are, and where Weir differs.
func coverageTable(t *testing.T) string {
	files, err := filepath.Glob("testdata/golden/*.clj")
	require.NoError(t, err)
	cases, differences, all := map[string]int{}, map[string][]string{}, 0
	told := map[string]bool{} // one example for each reason
	for _, file := range files {
		for _, g := range readGoldens(t, file) {
			all++
			cases[g.name]++
			if g.instead != "" && !told[g.name+g.why] {
				told[g.name+g.why] = true
				difference := "`" + g.form + "` gives `" + g.instead + "`: " + g.why
				differences[g.name] = append(differences[g.name], strings.ReplaceAll(difference, "|", "\\|"))
			}
		}
	}
	names := slices.Sorted(maps.Keys(cases))
	var out strings.Builder
	fmt.Fprintf(&out, "# What of Clojure is there\n\n%d names, %d cases recorded from Clojure 1.11 and checked by the tests of interpreter/core, "+
		"which write this table. [The language](language.md) says what differs in general.\n\n| Name | Cases | Differences |\n|---|---|---|\n", len(names), all)
	for _, name := range names {
		fmt.Fprintf(&out, "| `%s` | %d | %s |\n", strings.ReplaceAll(name, "|", "\\|"), cases[name], strings.Join(differences[name], "<br>"))
	}
	return out.String()
}

func TestNamesAreThoseOfLookup(t *testing.T) {
	t.Parallel()
	for _, name := range core.Names() {
		b, ok := core.Lookup(name)
		require.True(t, ok, name)
		require.True(t, b.Max == -1 || b.Max >= b.Min, name)
		require.NotNil(t, b.Fn, name)
	}
	_, ok := core.Lookup("clojure.core/no-such-function")
	require.False(t, ok)
}
