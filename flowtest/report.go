package flowtest

import (
	"fmt"
	"strings"
	"time"

	"github.com/weir-run/weir/interpreter/diagnostic"
)

// Text is the results for people: each file with its tests, failures with their places.
func Text(results []Result, took time.Duration, source diagnostic.Source) string {
	var b strings.Builder
	var file string
	failed := 0
	for _, r := range results {
		if r.Suite.File != file {
			file = r.Suite.File
			b.WriteString(file + "\n")
		}
		if r.Passed() {
			b.WriteString("  ok    " + r.Test.Name + "\n")
			continue
		}
		failed++
		b.WriteString("  FAIL  " + r.Test.Name + "\n")
		for _, f := range r.Failures {
			b.WriteString(indented(f.Render(source), "        "))
		}
	}
	if failed > 0 {
		fmt.Fprintf(&b, "%d of %s failed", failed, counted(len(results), "test"))
	} else {
		fmt.Fprintf(&b, "%s passed", counted(len(results), "test"))
	}
	fmt.Fprintf(&b, " in %s\n", took.Round(time.Millisecond))
	return b.String()
}

// Text is the coverage for people: what no test came by, and how much the tests did.
func (c Coverage) Text() string {
	var b strings.Builder
	var steps, branches int
	for _, s := range c.Steps {
		if s.Runs > 0 {
			steps++
		} else {
			fmt.Fprintf(&b, "  %s: no test runs :%s\n", diagnostic.Place(s.Pos), s.ID)
		}
	}
	for _, br := range c.Branches {
		if br.Runs > 0 {
			branches++
		} else {
			fmt.Fprintf(&b, "  %s: no test answers %q by %q\n", diagnostic.Place(br.Pos), br.Label, br.Answer)
		}
	}
	return fmt.Sprintf("%s: %d of %s, %d of %s of labelled decisions\n", c.Slug, steps, counted(len(c.Steps), "step"), branches, counted(len(c.Branches), "way")) + b.String()
}

func indented(text, by string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(by + line)
	}
	return b.String()
}

func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
