package diagnostic_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/value"
)

func at(line, col int) value.Pos { return value.Pos{File: "a.edn", Line: line, Col: col} }

func TestRenderShowsLineCaretAndHint(t *testing.T) {
	t.Parallel()
	source := diagnostic.OneSource("a.edn", "(let [x 1]\n\t(foo x))\n")
	d := diagnostic.Diagnostic{Pos: at(2, 3), End: at(2, 6), Message: "unknown name foo", Code: "unresolved", Hint: "did you mean for?"}
	require.Equal(t, "a.edn:2:3: error: unknown name foo [unresolved]\n  \t(foo x))\n  \t ^~~\n  hint: did you mean for?\n", d.Render(source))
}

func TestCaretOutsideTheTextShowsNothingOrTheEnd(t *testing.T) {
	t.Parallel()
	source := diagnostic.OneSource("a.edn", "(a")
	require.Equal(t, "  (a\n    ^\n", diagnostic.Caret(source, at(1, 99), value.Pos{}))
	require.Empty(t, diagnostic.Caret(source, at(7, 1), value.Pos{}))
	require.Empty(t, diagnostic.Caret(source, value.Pos{File: "b.edn", Line: 1, Col: 1}, value.Pos{}))
	require.Empty(t, diagnostic.Caret(nil, at(1, 1), value.Pos{}))
}

func TestLongLinesAreCutAroundTheCaret(t *testing.T) {
	t.Parallel()
	source := diagnostic.OneSource("a.edn", strings.Repeat("x", 5000)+"!"+strings.Repeat("y", 5000))
	shown := strings.Split(diagnostic.Caret(source, at(1, 5001), value.Pos{}), "\n")
	require.LessOrEqual(t, len(shown[0]), diagnostic.MaxShownLine+2)
	require.Equal(t, byte('!'), shown[0][strings.IndexByte(shown[1], '^')])
}

func TestSortOrdersByPlaceAndDropsRepeats(t *testing.T) {
	t.Parallel()
	a := diagnostic.Diagnostic{Pos: at(2, 1), Message: "b"}
	b := diagnostic.Diagnostic{Pos: at(1, 9), Message: "a", Severity: diagnostic.Warning}
	l := diagnostic.List{a, b, a}.Sort()
	require.Equal(t, diagnostic.List{b, a}, l)
	require.True(t, l.HasErrors())
	require.Error(t, l.Err())
	require.NoError(t, l[:1].Err())
}
