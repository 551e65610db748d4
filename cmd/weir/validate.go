package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/diagnostic"
)

func validateCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "validate PATH...",
		Short: "Check flows and show every problem",
		Long: "Checks the flows in files and folders, subfolders included, and shows every problem of each at\n" +
			"once: where it is, with the line and a caret, and what to do. Warnings don't keep a flow from running.\n\n" +
			"Exits with 1 when a flow has errors.",
		Example: "  weir validate examples/order-orchestration\n  weir validate --portable flow.edn",
		Args:    cobra.MinimumNArgs(1),
	}
	portable := cmd.Flags().Bool("portable", false, "also report what the original platform denies in a flow's body")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		for _, path := range args {
			if err := exists(path); err != nil {
				return usage(err)
			}
		}
		flows, problems := definition.LoadAll(args...)
		if *portable {
			for _, f := range flows {
				problems = append(problems, f.Portable()...)
			}
		}
		if err := printChecked(cmd, flows, problems, *asJSON); err != nil {
			return failed(err)
		}
		if problems.HasErrors() {
			return failed(nil)
		}
		return nil
	}
	return cmd
}

// exists tells a path that isn't there from one that holds no flow.
func exists(path string) error {
	_, err := os.Stat(path)
	return err
}

// checkedJSON is the outcome of a check for programs.
type checkedJSON struct {
	OK       bool          `json:"ok"`
	Flows    []flowJSON    `json:"flows"`
	Problems []problemJSON `json:"problems"`
}

type flowJSON struct {
	Slug   string `json:"slug"`
	File   string `json:"file"`
	Digest string `json:"digest"`
	Steps  int    `json:"steps"`
}

// printChecked writes the problems, and a line for each flow that can be deployed.
func printChecked(cmd *cobra.Command, flows []*definition.Flow, problems diagnostic.List, asJSON bool) error {
	if asJSON {
		out := checkedJSON{OK: !problems.HasErrors(), Flows: []flowJSON{}, Problems: []problemJSON{}}
		for _, f := range flows {
			out.Flows = append(out.Flows, flowJSON{f.Slug, f.File, f.Digest, len(f.Steps)})
		}
		for _, d := range problems {
			out.Problems = append(out.Problems, problemOf(d))
		}
		return printJSON(cmd, out)
	}
	if _, err := fmt.Fprint(cmd.OutOrStdout(), problems.Render(sourceFiles())); err != nil {
		return err
	}
	for _, f := range flows {
		if _, err := fmt.Fprintf(cmd.OutOrStdout(), "ok %s (%s): %s\n", f.Slug, f.File, counted(len(f.Steps), "step")); err != nil {
			return err
		}
	}
	return nil
}

// sourceFiles reads the files that problems name, each once.
func sourceFiles() diagnostic.Source {
	type read struct {
		text string
		ok   bool
	}
	files := map[string]read{}
	return func(file string) (string, bool) {
		known, seen := files[file]
		if !seen {
			raw, err := os.ReadFile(file)
			known = read{string(raw), err == nil}
			files[file] = known
		}
		return known.text, known.ok
	}
}

func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
