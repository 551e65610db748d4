//go:build oracle

package oracle

import (
	"flag"
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

func TestRandomExpressionsGiveClojuresAnswers(t *testing.T) {
	p := startPeer(t)
	g := newGenerator(*seed)
	t.Logf("seed %d, %d expressions", *seed, *expressions)
	kinds := []string{"I", "N", "B", "S", "VI", "LI", "SI", "MI", "X", "X", "X"}
	differences, threw := 0, 0
	for done := 0; done < *expressions && differences < mostDifferences; done += batch {
		var grown []*expression
		var forms []string
		for range batch {
			e := g.grow(kinds[g.rand.IntN(len(kinds))], 2+g.rand.IntN(4), nil)
			grown, forms = append(grown, e), append(forms, e.String())
		}
		for i, theirs := range p.ask(t, forms) {
			if theirs[:min(1, len(theirs))] == "!" {
				threw++
			}
			if differ(forms[i], theirs) {
				differences++
				e := p.shrink(t, grown[i])
				t.Errorf("%s\n  clojure: %s\n  weir:    %s", e, p.ask(t, []string{e.String()})[0], ours(e.String()))
				if differences >= mostDifferences {
					break
				}
			}
		}
	}
	t.Logf("%d differences, %d of the expressions threw in Clojure", differences, threw)
}

// differ tells whether our answer to a form is not theirs, allowing for what docs/language.md declares.
func differ(form, theirs string) bool {
	mine := ours(form)
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
			if len(forms[i]) < len(e.String()) && differ(forms[i], theirs) && !progress {
				e, progress = candidates[i], true
			}
		}
	}
	return e
}
