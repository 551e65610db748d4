package interpreter_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

func compile(tb testing.TB, source string, opt interpreter.Options) *interpreter.Program {
	tb.Helper()
	forms, problems := syntax.Read("t.clj", []byte(source))
	require.False(tb, problems.HasErrors(), "%v", problems)
	require.Len(tb, forms, 1)
	program, problems := interpreter.Compile(forms[0], opt)
	require.False(tb, problems.HasErrors(), "%v", problems)
	return program
}

// thrown evaluates a form that must end with an error.
func thrown(t *testing.T, source string, opt interpreter.Options) *interpreter.Error {
	t.Helper()
	v, err := compile(t, source, opt).Run(value.NewThread(value.Limits{}))
	var e *interpreter.Error
	require.ErrorAs(t, err, &e, "%s gave %s", source, value.PrStr(nil, v))
	return e
}

func printed(t *testing.T, source string, opt interpreter.Options) string {
	t.Helper()
	v, err := compile(t, source, opt).Run(value.NewThread(value.Limits{}))
	require.NoError(t, err, source)
	return value.PrStr(nil, v)
}
