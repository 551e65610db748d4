package definition_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
)

func TestGraphOfTheOrderFlow(t *testing.T) {
	t.Parallel()
	f, problems := definition.Load("testdata/order.edn")
	require.False(t, problems.HasErrors())
	g := definition.Graph(f)
	for file, got := range map[string]string{"testdata/order.mmd": g.Mermaid(), "testdata/order.dot": g.Dot()} {
		if os.Getenv("WEIR_UPDATE_GOLDEN") != "" {
			require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, string(want), got, file)
	}
}

func TestPortable(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{
		"flow.edn": "{:slug :f :concurrency {:type :singleton} :flow '(do #flow/include \"part.edn\"\n (->> [1] (filter odd?)))}",
		"part.edn": "(map inc [1])",
	})
	f, problems := definition.Load(dir)
	require.False(t, problems.HasErrors())
	list := f.Portable()
	require.Equal(t, []string{"2:3 not-portable", "2:12 not-portable", "1:2 not-portable"}, short(list))
	require.Contains(t, list[2].Pos.File, "part.edn")
}
