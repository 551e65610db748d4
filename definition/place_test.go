package definition_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/value"
)

// TestPlacesInsideCodeAreThoseOfTheFile runs a function whose text has escapes, lines and wide characters before the
// forms that fail, and looks at what is shown of them.
func TestPlacesInsideCodeAreThoseOfTheFile(t *testing.T) {
	t.Parallel()
	const text = `{:slug :f :concurrency {:type :singleton}
 :functions [{:id :a :code "(fn [x]
   (let [half (fn [n] (str \"é\\n\" \"\u00e9\") (/ 1 n))]
     (half x)))"}]
 :flow '1}`
	f, problems := definition.Parse("f.edn", []byte(text))
	require.Empty(t, problems)
	fn, err := f.Functions["a"].Program.Run(value.NewThread(value.Limits{}))
	require.NoError(t, err)
	_, err = interpreter.Call(value.NewThread(value.Limits{}), fn, value.Int(0))
	var thrown *interpreter.Error
	require.True(t, errors.As(err, &thrown))
	shown := thrown.Render(diagnostic.OneSource("f.edn", text))
	lines := strings.Split(shown, "\n")
	require.Equal(t, "f.edn:3:49: error: ArithmeticException: Divide by zero [divide-by-zero]", lines[0])
	require.Equal(t, "  "+strings.Split(text, "\n")[2], lines[1])
	require.Equal(t, strings.Index(lines[1], "(/ 1 n)")-1, strings.Index(lines[2], "^"), shown) // é is two bytes
	require.Contains(t, shown, "  in half, called at f.edn:4:6\n")
}
