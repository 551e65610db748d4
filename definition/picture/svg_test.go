package picture_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition/picture"
)

// wellFormed reads a picture as XML and returns the text in it.
func wellFormed(t *testing.T, svg string) string {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	var text strings.Builder
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return text.String()
		}
		require.NoError(t, err, svg)
		if chars, ok := token.(xml.CharData); ok {
			text.Write(chars)
			text.WriteByte('\n')
		}
	}
}

func TestSVGShowsStepsAndLabels(t *testing.T) {
	t.Parallel()
	g := draw(t, `(do (flow/step :http :fetch {:url "https://x/<y>" :title "Fetch & see"})
		(try (doseq [x xs] (flow/step :time :tick)) (catch Exception e (flow/step :time :alert)))
		^{:label "Sure?" :yes "Go on" :no "Stop"} (if x (flow/step :wait :ask {}) nil))`)
	file := g.SVG()
	text := wellFormed(t, file)
	for _, want := range []string{"Fetch & see", "http GET https://x/<y>", "tick", "Sure?", "Go on", "Stop", "each", "done", "fails", "try", "result"} {
		require.Contains(t, text, want)
	}
	require.Contains(t, file, "prefers-color-scheme: dark")
	inline := g.Inline(picture.Overlay{})
	wellFormed(t, inline)
	require.NotContains(t, inline, "<style>")
	require.NotContains(t, inline, "style=")
}

func TestSVGHoldsAnyText(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"\x00\x01", "\uFFFE", "]]>", `"'<&>`, "日本語の長い題名がここに入りますので切られるはずです", strings.Repeat("w", 300)} {
		wellFormed(t, (&picture.Graph{Title: text, Nodes: []picture.Node{{ID: "a", Kind: picture.Step, Title: text, Detail: text}, {ID: "b", Kind: picture.Step, Title: text}},
			Edges: []picture.Edge{{From: "a", To: "b", Label: text}}}).SVG())
	}
}

func TestOverlay(t *testing.T) {
	t.Parallel()
	g := draw(t, "(do (flow/step :time :a)\n(doseq [x xs] (flow/step :time :b))\n^{:label \"L?\" :yes \"Y\" :no \"N\"} (if x (flow/step :time :c) (flow/step :wait :d {})))")
	visits := []picture.Visit{
		{Step: "a", State: picture.Failed}, {Step: "b", State: picture.Done}, {Step: "b", State: picture.Running}, {Step: "b", State: picture.Done},
		{Line: 3, Label: "L?", Answer: "N"}, {Step: "d", State: picture.Waiting},
	}
	o := g.Over(visits, false)
	require.Equal(t, picture.Mark{State: picture.Failed, Times: 1}, o.Nodes["a"])
	require.Equal(t, picture.Mark{State: picture.Running, Times: 3}, o.Nodes["b"], "one is still under way")
	require.Equal(t, picture.Waiting, o.Nodes["d"].State)
	require.NotContains(t, o.Nodes, "c")
	require.Equal(t, picture.Missed, g.Over(visits, true).Nodes["c"].State)
	var taken []string
	for i := range o.Taken {
		taken = append(taken, g.Edges[i].Label+" "+g.Edges[i].To)
	}
	require.Equal(t, []string{"N d"}, taken)
	svg := g.Inline(o)
	require.Contains(t, wellFormed(t, svg), "b: time (running, 3 times)")
	require.Contains(t, svg, `class="wait is-waiting"`)
	require.Contains(t, svg, `class="edge taken"`)
	require.Contains(t, wellFormed(t, g.Inline(g.Over(visits, true))), "c: time (not taken)")
}
