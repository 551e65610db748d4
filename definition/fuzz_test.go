package definition_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/value"
)

// check asks what must hold of any text: no panic, positions inside the text, and a flow that draws and
// can be read again, exactly if there is no error.
func check(t interface {
	require.TestingT
	Helper()
}, text []byte) {
	t.Helper()
	f, problems := definition.Parse("f.edn", text)
	require.Equal(t, problems.HasErrors(), f == nil)
	for _, d := range problems {
		require.NotEmpty(t, d.Code)
		require.NotEmpty(t, d.Message)
		require.Positive(t, d.Pos.Line)
	}
	_ = problems.Render(diagnostic.OneSource("f.edn", string(text)))
	if f == nil {
		return
	}
	_ = definition.Graph(f).Mermaid()
	_ = definition.Graph(f).Dot()
	_ = f.Portable()
	_, _ = f.CheckInput("", value.NewMap())
	_, _ = f.LaneKey(value.NewMap())
	again, _ := definition.Parse(f.File, f.Text)
	require.Equal(t, f.Digest, again.Digest)
}

func FuzzParse(f *testing.F) {
	order, err := os.ReadFile("testdata/order.edn")
	require.NoError(f, err)
	f.Add([]byte(flowOf(`(flow/step :shop/order {:query {:limit (+ 1 1)}})`)))
	f.Add(order)
	f.Add([]byte(flowText(`:triggers [{:type :event :config {:source :webhook :auth {:type :none}}}] :requires [{:kind :form :fields []}]`)))
	f.Add([]byte(`{:slug :f :concurrency {:type :keyed :key-field [:a]} :flow '(try (loop [] (cond-> 1 2 (flow/step :time :a))) (catch :default e (case e :a 1)))}`))
	f.Fuzz(func(t *testing.T, text []byte) { check(t, text) })
}

// TestParseOfDamagedFlows takes pieces out of a flow, doubles them, and puts odd ones in.
func TestParseOfDamagedFlows(t *testing.T) {
	t.Parallel()
	order, err := os.ReadFile("testdata/order.edn")
	require.NoError(t, err)
	flows := [][]byte{order, []byte(flowOf(`[(flow/step :shop/order {:query {:limit 1}}) (->> {:path "/1"} (flow/step :http :a)) (flow/step :shop/sum :sum (f {}))]`))}
	odd := []string{"(", ")", "[", "]", "{", "}", "'", "\"", "#", "^", ":", "nil", "#flow/include \"x\"", "#_", "~", "\x00", "\xff", "7", "{:a}", "[:a]", "()", ":id", "fn", "\\"}
	rapid.Check(t, func(t *rapid.T) {
		text := append([]byte(nil), rapid.SampledFrom(flows).Draw(t, "flow")...)
		for range rapid.IntRange(1, 4).Draw(t, "changes") {
			at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
			to := min(len(text), at+rapid.IntRange(0, 60).Draw(t, "length"))
			piece := rapid.SampledFrom(append(odd, string(text[at:to])+string(text[at:to]), "")).Draw(t, "piece")
			text = append(append(append([]byte(nil), text[:at]...), piece...), text[to:]...)
			if len(text) == 0 {
				return
			}
		}
		check(t, text)
	})
}
