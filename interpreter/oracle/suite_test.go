//go:build oracle

package oracle

import (
	"flag"
	"os"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var suite = flag.String("suite", "", "forms that extract.clj took out of a suite that others wrote")

// TestSuiteOfOthers checks forms that hold in Clojure, and says which share of them holds here. Forms that use
// what flows refuse by name (vars, refs, host classes, ...) are counted apart.
func TestSuiteOfOthers(t *testing.T) {
	if *suite == "" {
		t.Log("no -suite given: nothing to check")
		return
	}
	text, err := os.ReadFile(*suite)
	require.NoError(t, err)
	passed, refused, failed := 0, 0, map[string][]string{}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		file, rest, _ := strings.Cut(line, "\t")
		kind, form, _ := strings.Cut(rest, "\t")
		answer := ours(form)
		switch {
		case strings.Contains(answer, "[refused]"), strings.Contains(answer, "[unresolved]"):
			refused++
		case (kind == "throws") == strings.HasPrefix(answer, "!") && answer != "false" && answer != "nil":
			passed++
		default:
			failed[file] = append(failed[file], form+"\n      => "+answer)
		}
	}
	files := make([]string, 0, len(failed))
	count := 0
	for file, forms := range failed {
		files = append(files, file)
		count += len(forms)
	}
	sort.Slice(files, func(i, j int) bool { return len(failed[files[i]]) > len(failed[files[j]]) })
	for _, file := range files {
		t.Logf("%s: %d\n    %s", file, len(failed[file]), strings.Join(failed[file][:min(4, len(failed[file]))], "\n    "))
	}
	t.Logf("%d hold, %d don't, %d use what flows refuse", passed, count, refused)
}
