package value_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter/value"
)

func TestKindsAreNamedWithTheirArticle(t *testing.T) {
	t.Parallel()
	require.Equal(t, "nil", value.AKind(value.Nil))
	require.Equal(t, "an integer", value.AKind(value.Int(1)))
	require.Equal(t, "a string", value.AKind(value.String("a")))
}
