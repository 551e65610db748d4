package scripttest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter/scripttest"
)

func TestParse(t *testing.T) {
	t.Parallel()
	cases, err := scripttest.Parse("; about\n\n(+ 1\n   2) ;=> 3\n\"a;b\" ;=> \"a;b\"\n(f) ;! \"unknown\"\n")
	require.NoError(t, err)
	require.Equal(t, []scripttest.Case{
		{Line: 3, Source: "(+ 1\n   2) \n", Want: "3"},
		{Line: 5, Source: "\"a;b\" \n", Want: "\"a;b\""},
		{Line: 6, Source: "(f) \n", Want: "unknown", IsError: true},
	}, cases)
	_, err = scripttest.Parse("(+ 1 2)\n")
	require.ErrorContains(t, err, "line 1: the form has no ;=> or ;!")
	_, err = scripttest.Parse("1 ;! unquoted")
	require.ErrorContains(t, err, "must be a string")
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scripttest.Case
		want string
	}{
		{scripttest.Case{Source: "(+ 1 2)", Want: "3"}, ""},
		{scripttest.Case{Source: "(+ 1 2)", Want: "4"}, "want 4, got 3"},
		{scripttest.Case{Source: "(/ 1 0)", Want: "4"}, "want 4, got error"},
		{scripttest.Case{Source: "(/ 1 0)", Want: "Divide by zero", IsError: true}, ""},
		{scripttest.Case{Source: "(", Want: "unclosed", IsError: true}, ""},
		{scripttest.Case{Source: "(frist 1)", Want: "did you mean first?", IsError: true}, ""},
		{scripttest.Case{Source: "1", Want: "x", IsError: true}, `want error "x", got 1`},
	} {
		require.Contains(t, c.Check("t.clj", scripttest.Options{}), c.want, c.Source)
	}
}
