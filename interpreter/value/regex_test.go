package value

import (
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/weir-run/weir/interpreter/regex"
)

func TestRegexKeepsItsText(t *testing.T) {
	t.Parallel()
	v, err := CompileRegex(`a(\d+)"`)
	require.NoError(t, err)
	re, ok := v.AsRegex()
	require.True(t, ok)
	require.Equal(t, `a(\d+)"`, re.Pattern)
	require.NotNil(t, re.Re.Find(regex.NewInput(`xa12"`), 0, nil))
	require.Equal(t, `#"a(\d+)""`, PrStr(nil, v))
	require.Equal(t, `a(\d+)"`, Text(nil, v))
	require.False(t, Equal(nil, v, Value{ref: &Regex{re.Pattern, re.Re}}), "regexes are equal by identity")
	_, err = CompileRegex("a(?=b)")
	var problem *regex.SyntaxError
	require.ErrorAs(t, err, &problem)
}
