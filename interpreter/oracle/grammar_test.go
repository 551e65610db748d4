//go:build oracle

package oracle

import (
	"embed"
	"os"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// grammarFiles hold the ways of making an expression of each type, a production a line below a type's "== T  what it is".
// {T} stands for an expression of type T, {T|x:U} for one in whose scope the variable x has type U, and $x for that
// variable's fresh name.
//
// Maps whose order can show have at most eight keys, where Clojure keeps their order as we do; other maps, and sets, are
// of types that are never walked in an order that shows.
//
//go:embed testdata/*.txt
var grammarFiles embed.FS

// grammar maps a type to its productions, literals to its leaves: a line of literals.txt, tabs between.
var grammar, literals = readGrammar()

func readGrammar() (productions, leaves map[string][]string) {
	productions, leaves = map[string][]string{}, map[string][]string{}
	for _, name := range []string{"numbers", "text", "logic", "collections", "any", "literals"} {
		text, err := grammarFiles.ReadFile("testdata/" + name + ".txt")
		if err != nil {
			panic(err)
		}
		kind := ""
		for _, line := range strings.Split(string(text), "\n") {
			heading, is := strings.CutPrefix(line, "== ")
			switch {
			case line == "" || strings.HasPrefix(line, ";"):
			case is:
				kind, _, _ = strings.Cut(heading, " ")
			case name == "literals":
				cells := strings.Split(line, "\t")
				leaves[cells[0]] = cells[1:]
			default:
				productions[kind] = append(productions[kind], line)
			}
		}
	}
	return productions, leaves
}

var (
	stringLiteral = regexp.MustCompile(`"(?:\\.|[^"\\])*"`)
	nameInForm    = regexp.MustCompile(`[A-Za-z*+!_?<>=/&-][A-Za-z0-9*+!_'?<>=/.&:#-]*`)
	longNames     = strings.NewReplacer("str/", "clojure.string/", "set/", "clojure.set/", "walk/", "clojure.walk/", "edn/", "clojure.edn/")
)

// namesIn counts the names that a form uses.
func namesIn(form string, counts map[string]int) {
	for _, name := range nameInForm.FindAllString(stringLiteral.ReplaceAllString(form, `""`), -1) {
		if prefix, _, qualified := strings.Cut(name, "/"); qualified && prefix != "" && !strings.HasPrefix(name, "clojure.") {
			name = longNames.Replace(name)
		}
		counts[name]++
	}
	if strings.Contains(form, "@") {
		counts["deref"]++
	}
}

// listedNames are the names that the language promises.
func listedNames(t *testing.T) []string {
	list, err := os.ReadFile("../core/testdata/names.txt")
	require.NoError(t, err)
	return strings.Fields(string(list))
}

// missingFrom lists, in order, the names that counts has nothing of.
func missingFrom(names []string, counts map[string]int) []string {
	var missing []string
	for _, name := range names {
		if counts[name] == 0 {
			missing = append(missing, name)
		}
	}
	sort.Strings(missing)
	return missing
}

func TestGrammarUsesEveryListedName(t *testing.T) {
	counts := map[string]int{}
	for kind, productions := range grammar {
		require.NotEmpty(t, literals[kind], "type %s has no leaf", kind)
		for _, production := range productions {
			namesIn(production, counts)
		}
	}
	require.Empty(t, missingFrom(listedNames(t), counts))
}
