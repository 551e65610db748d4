package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/flowtest"
)

func testCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "test PATH...",
		Short: "Run the tests of flows",
		Long: "Runs the tests in files called *.test.edn: those named, those under a folder, those of a flow's file. Each test is a\n" +
			"run of the flow, by the same code as in production, with a clock that skips what the run waits for; stand-ins take\n" +
			"the place of services, and nothing is reached outside. docs/testing.md says what a test file holds.\n\n" +
			"Exits with 1 when a test fails or a file has problems.",
		Example: "  weir test examples\n  weir test --run 'reject' --coverage examples/order-orchestration\n  weir test --mutate examples",
		Args:    cobra.MinimumNArgs(1),
	}
	only := cmd.Flags().String("run", "", "run only tests whose file and name, \"FILE: NAME\", match this `REGEXP`")
	coverage := cmd.Flags().Bool("coverage", false, "tell which steps and labelled branches no test came by")
	mutate := cmd.Flags().Bool("mutate", false, "put mistakes into the flows, one at a time, and tell which of them no test notices")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		opt, err := testOptions(*only)
		if err != nil {
			return err
		}
		for _, path := range args {
			if err := exists(path); err != nil {
				return usage(err)
			}
		}
		suites, problems := flowtest.Load(args...)
		if problems.HasErrors() {
			fmt.Fprint(cmd.ErrOrStderr(), problems.Render(sourceFiles()))
			return failed(nil)
		}
		began := time.Now()
		results, err := flowtest.Run(cmd.Context(), suites, opt)
		if err != nil {
			return failed(err)
		}
		if len(results) == 0 {
			return usage(errors.New("no test matches --run"))
		}
		took := time.Since(began)
		var mistakes []flowtest.Mutated
		if *mutate && allPassed(results) {
			if mistakes, err = flowtest.Mutate(cmd.Context(), suites, opt); err != nil {
				return failed(err)
			}
		}
		return printTests(cmd, results, mistakes, took, *coverage, *asJSON)
	}
	return cmd
}

func allPassed(results []flowtest.Result) bool {
	return !slices.ContainsFunc(results, func(r flowtest.Result) bool { return !r.Passed() })
}

func testOptions(only string) (flowtest.Options, error) {
	if only == "" {
		return flowtest.Options{}, nil
	}
	re, err := regexp.Compile(only)
	if err != nil {
		return flowtest.Options{}, usage(fmt.Errorf("--run: %w", err))
	}
	return flowtest.Options{Only: re}, nil
}

// testedJSON is the outcome of tests for programs.
type testedJSON struct {
	OK       bool           `json:"ok"`
	Passed   int            `json:"passed"`
	Failed   int            `json:"failed"`
	TookMs   int64          `json:"took-ms"`
	Tests    []testJSON     `json:"tests"`
	Coverage []coverageJSON `json:"coverage,omitempty"`
	Mistakes *mistakesJSON  `json:"mistakes,omitempty"`
}

// mistakesJSON tells about mistakes that were made on purpose.
type mistakesJSON struct {
	Made      int           `json:"made"`
	Survivors []problemJSON `json:"survivors"`
}

type testJSON struct {
	File     string            `json:"file"`
	Line     int               `json:"line"`
	Name     string            `json:"name"`
	Flow     string            `json:"flow"`
	OK       bool              `json:"ok"`
	TookMs   float64           `json:"took-ms"`
	Failures []testFailureJSON `json:"failures,omitempty"`
}

type testFailureJSON struct {
	problemJSON
	Path     string `json:"path,omitempty"`
	Expected string `json:"expected,omitempty"` // EDN
	Actual   string `json:"actual,omitempty"`   // EDN
}

type coverageJSON struct {
	Flow     string              `json:"flow"`
	File     string              `json:"file"`
	Steps    []coveredStepJSON   `json:"steps"`
	Branches []coveredBranchJSON `json:"branches"`
}

type coveredStepJSON struct {
	ID   string `json:"id"`
	Line int    `json:"line"`
	Runs int    `json:"tests"`
}

type coveredBranchJSON struct {
	Label  string `json:"label"`
	Answer string `json:"answer"`
	Line   int    `json:"line"`
	Runs   int    `json:"tests"`
}

// printTests writes what became of the tests, and ends with 1 where one failed.
func printTests(cmd *cobra.Command, results []flowtest.Result, mistakes []flowtest.Mutated, took time.Duration, coverage, asJSON bool) error {
	var covered []flowtest.Coverage
	if coverage {
		covered = flowtest.Cover(results)
	}
	out := testedJSON{OK: true, TookMs: took.Milliseconds()}
	for _, r := range results {
		out.add(r)
	}
	survivors := flowtest.Survivors(mistakes)
	out.OK = out.OK && len(survivors) == 0
	if mistakes != nil {
		out.Mistakes = &mistakesJSON{len(mistakes), []problemJSON{}}
		for _, d := range survivors {
			out.Mistakes.Survivors = append(out.Mistakes.Survivors, problemOf(d))
		}
	}
	if asJSON {
		for _, c := range covered {
			out.Coverage = append(out.Coverage, coverageOf(c))
		}
		if err := printJSON(cmd, out); err != nil {
			return failed(err)
		}
	} else {
		text := flowtest.Text(results, took, sourceFiles())
		for _, c := range covered {
			text += c.Text()
		}
		if mistakes != nil {
			text += flowtest.MutationText(mistakes, sourceFiles())
		}
		if _, err := fmt.Fprint(cmd.OutOrStdout(), text); err != nil {
			return failed(err)
		}
	}
	if !out.OK {
		return failed(nil)
	}
	return nil
}

func (j *testedJSON) add(r flowtest.Result) {
	t := testJSON{
		File: r.Suite.File, Line: r.Test.Node.Pos.Line, Name: r.Test.Name, Flow: r.Suite.Flow.Slug, OK: r.Passed(),
		TookMs: float64(r.Took.Microseconds()) / 1000,
	}
	for _, f := range r.Failures {
		t.Failures = append(t.Failures, testFailureJSON{
			problemOf(f.Diagnostic), f.Path, f.Expected, f.Actual,
		})
	}
	j.Tests = append(j.Tests, t)
	if t.OK {
		j.Passed++
	} else {
		j.Failed++
		j.OK = false
	}
}

func coverageOf(c flowtest.Coverage) coverageJSON {
	out := coverageJSON{Flow: c.Slug, File: c.File, Steps: []coveredStepJSON{}, Branches: []coveredBranchJSON{}}
	for _, s := range c.Steps {
		out.Steps = append(out.Steps, coveredStepJSON{s.ID, s.Pos.Line, s.Runs})
	}
	for _, b := range c.Branches {
		out.Branches = append(out.Branches, coveredBranchJSON{b.Label, b.Answer, b.Pos.Line, b.Runs})
	}
	return out
}
