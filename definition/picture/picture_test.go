package picture_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition/picture"
	"github.com/weir-run/weir/interpreter/syntax"
)

func draw(t *testing.T, text string) *picture.Graph {
	t.Helper()
	forms, problems := syntax.Read("body.edn", []byte(text))
	require.Empty(t, problems)
	return picture.Draw(picture.Source{Title: "t", Body: forms[0], Text: []byte(text)})
}

// paths shows a picture's edges as "from -label-> to", one a line.
func paths(g *picture.Graph) []string {
	var out []string
	for _, e := range g.Edges {
		arrow := "->"
		if e.Label != "" {
			arrow = "-" + e.Label + "->"
		}
		if e.Dashed {
			arrow = "~" + arrow
		}
		out = append(out, e.From+" "+arrow+" "+e.To)
	}
	return out
}

func TestPaths(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`1`: "start -> result",
		`(do (flow/step :time :a) (flow/step :time :b))`: "start -> a; a -> b; b -> result",
		`(if (odd? 1) 2 3)`:                                                                                  "start -> result",
		`^{:label "L?" :yes "go"} (if x 2 3)`:                                                                "start -> decide; decide -go-> result; decide -no-> result",
		`(if ^{:label "L?"} (f x) (flow/step :time :a))`:                                                     "start -> decide; decide -yes-> a; a -> result; decide -no-> result",
		`(if (flow/step :time :t) (flow/step :time :a) (flow/step :time :b))`:                                "start -> t; t -> decide; decide -yes-> a; decide -no-> b; a -> result; b -> result",
		`(cond a (flow/step :time :a) b 2 :else (flow/step :time :c))`:                                       "start -> decide; decide -yes-> a; decide -no-> decide_2; decide_2 -no-> c; a -> result; decide_2 -yes-> result; c -> result",
		`^{:label "L" :yes "Y" :no "N"} (cond a (flow/step :time :a) b 2)`:                                   "start -> decide; decide -Y: a-> a; a -> result; decide -Y: b-> result; decide -N-> result",
		`(case x :a (flow/step :time :a) (:b :c) 2 (flow/step :time :d))`:                                    "start -> decide; decide -:a-> a; decide -otherwise-> d; a -> result; decide -(:b :c)-> result; d -> result",
		`(or x (flow/step :time :a))`:                                                                        "start -> decide; decide -no-> a; a -> result; decide -yes-> result",
		`(doseq [x xs y (flow/step :time :ys)] (flow/step :time :a))`:                                        "start -> loop; loop -each-> ys; ys -> a; a -> loop; loop -done-> result",
		`(doseq [x xs] (if x 1 2))`:                                                                          "start -> result",
		`(loop [i 0] (if (< i 3) (do (flow/step :time :a) (recur (inc i))) i))`:                              "start -> loop; loop -> decide; decide -yes-> a; a -again-> loop; decide -no-> result",
		`(loop [i 0] (if (< i 3) (recur (inc i)) i))`:                                                        "start -> result",
		`(mapv (fn [x] (flow/step :time :a)) xs)`:                                                            "start -> each; each -each-> a; a -> each; each -done-> result",
		`(let [f (fn [x] (flow/step :time :a))] (f 1) (run! f xs) (f 2))`:                                    "start -> a; a -> each; each -each-> a_2; a_2 -> each; each -done-> a_3; a_3 -> result",
		`(letfn [(f [n] (flow/step :time :a) (when n (f 1)))] (f 1))`:                                        "start -> a; a -> decide; decide -yes-> again; again -> result; decide -no-> result",
		`(letfn [(fact [n] (if (zero? n) 1 (* n (fact (dec n)))))] (fact 5))`:                                "start -> result",
		`(flow/parallel (flow/step :time :a) 1 (flow/step :time :b))`:                                        "start -> parallel; parallel -1-> a; parallel -3-> b; a -> together; parallel -2-> together; b -> together; together -> result",
		`(flow/poll {:interval "10s"} (flow/step :time :a))`:                                                 "start -> poll; poll -ask-> a; a -> poll; poll -done-> result",
		`(try (flow/step :time :a) (catch Exception e (flow/step :time :b)) (finally (flow/step :time :c)))`: "start -> a; try ~-fails-> catch; catch -> b; a -> c; b -> c; c -> result",
		`(try (inc 1) (catch Exception e 2))`:                                                                "start -> result",
		`(when bad (throw (ex-info "no" {})))`:                                                               "start -> decide; decide -yes-> fail; decide -no-> result",
		`(->> {:a 1} (flow/step :time :a) f)`:                                                                "start -> a; a -> result",
		`(cond-> {} x (assoc :y (flow/step :time :a)))`:                                                      "start -> decide; decide -yes-> a; a -> result; decide -no-> result",
		`(if-let [x (flow/step :time :a)] (flow/step :time :b))`:                                             "start -> a; a -> decide; decide -yes-> b; b -> result; decide -no-> result",
		`'(flow/step :time :a)`:                                                                              "start -> result",
		`(let [end (flow/step :time :end) x (flow/step :time id)] x)`:                                        "start -> n_end; n_end -> step; step -> result",
	} {
		require.Equal(t, strings.Split(want, "; "), paths(draw(t, text)), text)
	}
}

func TestTextsAreEscaped(t *testing.T) {
	t.Parallel()
	g := draw(t, "(flow/step :http :a {:title \"say \\\"<b>#1</b>\\\"\\n`x`\" :url \"http://x/y\\\\z\"})")
	require.Contains(t, g.Mermaid(), `a["say #quot;#lt;b#gt;#35;1#lt;/b#gt;#quot; #96;x#96;<br/>http GET http://x/y\z"]`)
	require.Contains(t, g.Dot(), `a [label="say \"<b>#1</b>\"\n`+"`x`"+`\nhttp GET http://x/y\\z", shape=box]`)
}

func TestFunctionsThatCallEachOtherStayBounded(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(`(let [f0 (fn [] (flow/step :time :a))`)
	for i := 1; i < 40; i++ {
		b.WriteString(" f" + string(rune('A'+i%26)) + strings.Repeat("x", i/26) + ` (fn [] (f0) (f0))`)
	}
	b.WriteString(`] `)
	b.WriteString(`(letfn [(a [] (b) (b)) (b [] (c) (c)) (c [] (d) (d)) (d [] (e) (e)) (e [] (f) (f)) (f [] (g) (g)) (g [] (h) (h)) (h [] (i) (i)) (i [] (j) (j)) (j [] (k) (k)) (k [] (l) (l)) (l [] (m) (m)) (m [] (f0))] (a)))`)
	g := draw(t, b.String())
	require.LessOrEqual(t, len(g.Nodes), picture.MaxNodes+1)
}
