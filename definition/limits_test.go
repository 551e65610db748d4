package definition_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
)

func itoa(i int) string { return strconv.Itoa(i) }

// TestLimits tries each limit of a definition at its edge and one past it.
func TestLimits(t *testing.T) {
	t.Parallel()
	steps := func(n int) string {
		var b strings.Builder
		b.WriteString(`{:slug :f :concurrency {:type :singleton} :flow '(do`)
		for i := range n {
			b.WriteString(" (flow/step :time :s" + itoa(i) + ")")
		}
		return b.String() + ")}"
	}
	padded := func(size int) string {
		text := flowText(`:templates [{:id :t :type :http-request :request {:path "/"}}]`)
		text = strings.TrimSuffix(text, "}")
		return text + strings.Repeat(" ", size-len(text)-1+len(`[{:id :t :type :http-request :request {:path "/"}}]`)) + "}"
	}
	function := func(size int) string {
		const entry = `{:id :a :code "(fn [x] x)"`
		return flowText(`:functions [` + entry + strings.Repeat(" ", size-len(entry)-1) + `}]`)
	}
	template := func(size int) string {
		const entry = `{:id :a :type :http-request :request {}`
		return flowText(`:templates [` + entry + strings.Repeat(" ", size-len(entry)-1) + `}]`)
	}
	for _, limit := range []struct {
		name string
		make func(size int) string
		edge int
		code string
	}{
		{"steps", steps, definition.MaxSteps, "too-many"},
		{"definition", padded, definition.MaxDefinition, "too-large"},
		{"function", function, definition.MaxPart, "too-large"},
		{"template", template, definition.MaxPart, "too-large"},
	} {
		f, problems := definition.Parse("f.edn", []byte(limit.make(limit.edge)))
		require.Empty(t, problems, limit.name)
		require.NotNil(t, f, limit.name)
		_, problems = definition.Parse("f.edn", []byte(limit.make(limit.edge+1)))
		require.Len(t, problems, 1, limit.name)
		require.Equal(t, limit.code, problems[0].Code, limit.name)
	}
	require.Equal(t, 150*1024, definition.MaxDefinition)
	require.Equal(t, 1<<20, definition.MaxPart)
	require.Equal(t, 500, definition.MaxSteps)
}

func TestATextThatIsMuchTooLargeIsOneProblem(t *testing.T) {
	t.Parallel()
	_, problems := definition.Parse("f.edn", make([]byte, definition.MaxText+1))
	require.Equal(t, []string{"1:1 too-large"}, short(problems))
}
