package flowtest

import (
	"maps"
	"slices"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// trail is what a run came by.
type trail struct {
	steps   map[string]bool
	answers map[[2]string]bool // label, answer
}

func trailOf(o outcome) trail {
	t := trail{steps: map[string]bool{}, answers: map[[2]string]bool{}}
	for _, e := range o.timeline.Entries {
		if e.Kind == worker.KindDecision {
			t.answers[[2]string{e.Label, e.Answer}] = true
		} else if e.Step != "" {
			t.steps[e.Step] = true
		}
	}
	return t
}

// Coverage tells which parts of a flow its tests came by.
type Coverage struct {
	File     string
	Slug     string
	Steps    []CoveredStep
	Branches []CoveredBranch
}

// CoveredStep is a step of the flow's text.
type CoveredStep struct {
	ID   string
	Pos  value.Pos
	Runs int // tests that ran it
}

// CoveredBranch is one answer of a labelled decision.
type CoveredBranch struct {
	Label, Answer string
	Pos           value.Pos
	Runs          int
}

// Cover counts, for each flow, the tests that came by each of its steps and each way of its labelled branches.
func Cover(results []Result) []Coverage {
	var out []Coverage
	at := map[string]int{}
	for _, r := range results {
		f := r.Suite.Flow
		i, known := at[f.File]
		if !known {
			i = len(out)
			at[f.File] = i
			out = append(out, r.Suite.uncovered())
		}
		out[i].add(r.trail)
	}
	return out
}

// uncovered is the coverage by no test.
func (s *Suite) uncovered() Coverage {
	f := s.Flow
	c := Coverage{File: f.File, Slug: f.Slug}
	seen := map[string]bool{}
	for _, step := range f.Steps {
		if step.ID != "" && !seen[step.ID] {
			seen[step.ID] = true
			c.Steps = append(c.Steps, CoveredStep{ID: step.ID, Pos: f.Locate(step.Pos)})
		}
	}
	marks := marksOf(f.Body)
	for _, label := range slices.SortedFunc(maps.Keys(marks), func(a, b string) int {
		return marks[a].pos.Line*10_000 + marks[a].pos.Col - marks[b].pos.Line*10_000 - marks[b].pos.Col
	}) {
		m := marks[label]
		for _, answer := range []string{m.yes, m.no} {
			c.Branches = append(c.Branches, CoveredBranch{Label: label, Answer: answer, Pos: f.Locate(m.pos)})
		}
	}
	return c
}

func (c *Coverage) add(t trail) {
	for i := range c.Steps {
		if t.steps[c.Steps[i].ID] {
			c.Steps[i].Runs++
		}
	}
	for i := range c.Branches {
		if t.answers[[2]string{c.Branches[i].Label, c.Branches[i].Answer}] {
			c.Branches[i].Runs++
		}
	}
}

// Whole tells whether nothing is left out.
func (c Coverage) Whole() bool {
	return !slices.ContainsFunc(c.Steps, func(s CoveredStep) bool { return s.Runs == 0 }) &&
		!slices.ContainsFunc(c.Branches, func(b CoveredBranch) bool { return b.Runs == 0 })
}
