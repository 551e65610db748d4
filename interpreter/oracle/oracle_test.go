//go:build oracle

package oracle

import (
	"flag"
	"strings"
	"testing"
)

var (
	expressions = flag.Int("expressions", 50_000, "how many random expressions to compare")
	seed        = flag.Uint64("seed", 1, "seed of the generator")
)

// batch is how many forms the peer gets at once.
const batch = 500

// mostDifferences ends a run that has shown enough.
const mostDifferences = 25

// mostShrinking bounds the forms tried for one difference.
const mostShrinking = 2_000

// roots are the types of the expressions compared, some of them more often.
var roots = strings.Fields("I I N N D M B B S S S K Y C VI VV LI LI SI SS MI MI SM VS VM RS X X X XU XU XU")

func TestRandomExpressionsGiveClojuresAnswers(t *testing.T) {
	p := startPeer(t)
	g := newGenerator(*seed)
	t.Logf("seed %d, %d expressions", *seed, *expressions)
	differences, threw, used := 0, 0, map[string]int{}
	for done := 0; done < *expressions && differences < mostDifferences; done += batch {
		var grown []*expression
		var forms []string
		for range min(batch, *expressions-done) {
			e := g.produce(roots[g.rand.IntN(len(roots))], 2+g.rand.IntN(3), nil)
			grown, forms = append(grown, e), append(forms, e.String())
			namesIn(e.String(), used)
		}
		theirs := p.begin(forms)
		mine := make([]string, len(forms))
		for i, form := range forms {
			mine[i] = ours(form)
		}
		for i, theirs := range theirs(t) {
			if strings.HasPrefix(theirs, "!") {
				threw++
			}
			if differ(forms[i], mine[i], theirs) && differences < mostDifferences {
				differences++
				e := p.shrink(t, grown[i])
				t.Errorf("%s\n  clojure: %s\n  weir:    %s", e, p.ask(t, []string{e.String()})[0], ours(e.String()))
			}
		}
	}
	names := listedNames(t)
	missing := missingFrom(names, used)
	t.Logf("%d differences, %d of the expressions threw in Clojure", differences, threw)
	t.Logf("%d of %d listed names were used; not used: %v", len(names)-len(missing), len(names), missing)
}

// differ tells whether our answer to a form is not theirs, allowing for what docs/language.md declares.
func differ(form, mine, theirs string) bool {
	return mine != theirs && !declared(form, mine, theirs)
}

// shrink makes a differing expression smaller while it still differs.
func (p *peer) shrink(t *testing.T, e *expression) *expression {
	tried := 0
	for progress := true; progress && tried < mostShrinking; {
		progress = false
		candidates := e.smaller()
		if len(candidates) > batch {
			candidates = candidates[:batch]
		}
		var forms []string
		for _, c := range candidates {
			forms = append(forms, c.String())
		}
		tried += len(forms)
		for i, theirs := range p.ask(t, forms) {
			if len(forms[i]) < len(e.String()) && !progress && differ(forms[i], ours(forms[i]), theirs) {
				e, progress = candidates[i], true
			}
		}
	}
	return e
}
