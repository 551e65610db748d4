package flowtest

import (
	"context"
	"fmt"
	"strings"

	"github.com/weir-run/weir/interpreter/diagnostic"
)

// Mutated tells whether the tests of a flow noticed a mistake in it.
type Mutated struct {
	Mutant
	Slug     string
	Noticed  bool
	By       string // the first test that failed
	Failures []Failure
}

// codeSurvived is the code of a mistake that no test noticed.
const codeSurvived = "test-survivor"

// Mutate makes every mistake in every flow of the suites and runs the flow's tests until one fails. The tests have to pass
// without it.
func Mutate(ctx context.Context, suites []*Suite, opt Options) ([]Mutated, error) {
	tests := map[string][]job{} // by the flow's file
	var order []*Suite
	for _, j := range opt.jobs(suites) {
		if tests[j.suite.Flow.File] == nil {
			order = append(order, j.suite)
		}
		tests[j.suite.Flow.File] = append(tests[j.suite.Flow.File], j)
	}
	var out []Mutated
	var of []*Suite // of each mutant
	for _, s := range order {
		for _, m := range Mutants(s.Flow) {
			out = append(out, Mutated{Mutant: m, Slug: s.Flow.Slug})
			of = append(of, s)
		}
	}
	err := opt.each(ctx, len(out), func(ctx context.Context, l *lane, i int) error {
		return l.mutate(ctx, of[i], tests[of[i].Flow.File], &out[i])
	})
	return out, err
}

// mutate runs tests on a mutant.
func (l *lane) mutate(ctx context.Context, s *Suite, tests []job, m *Mutated) error {
	w, err := l.world(ctx, s.Flow)
	if err != nil {
		return err
	}
	if err := w.deploy(ctx, m.Flow); err != nil {
		return err
	}
	for _, j := range tests {
		if m.Failures = j.test.check(w.run(l.flow, j.test)); len(m.Failures) > 0 {
			m.Noticed, m.By = true, j.test.Name
			return nil
		}
	}
	return nil
}

// Survivors are the mistakes that were not noticed, as problems of the flows.
func Survivors(all []Mutated) diagnostic.List {
	var list diagnostic.List
	for _, m := range all {
		if !m.Noticed {
			list = append(list, diagnostic.Diagnostic{
				Severity: diagnostic.Warning, Pos: m.Pos, End: m.End, Code: codeSurvived, Message: "no test fails when " + m.What,
				Hint: "expect what depends on it: a part of the result, the path, a request, a key of KV",
			})
		}
	}
	return list
}

// MutationText is the outcome for people.
func MutationText(all []Mutated, source diagnostic.Source) string {
	var b strings.Builder
	survivors := Survivors(all)
	b.WriteString(survivors.Render(source))
	fmt.Fprintf(&b, "%d of %s made on purpose were noticed\n", len(all)-len(survivors), counted(len(all), "mistake"))
	return b.String()
}
