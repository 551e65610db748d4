package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/weir-run/weir/dev/view"
	"github.com/weir-run/weir/installation/operator"
)

func showCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "show RUN [--record [FILE]]",
		Short: "Show a run: its steps, decisions, waits, and its result",
		Long: "Show a run: each step as often as it ran, with when, how long, attempts, the size of its result and its last error;\n" +
			"each decision; each wait with who decided it and when. RUN is its workflow ID (the latest run of it) or its run ID.\n\n" +
			"--record writes a test of the flow from a run that is over: its input, what its steps gave, the decisions, and what came of it.\n" +
			"Inputs of the types :password and :secret are left out. Put FILE beside the flow and run it with weir test; without FILE it goes to stdout.",
		Example: "  weir show order-orchestration/o-1\n  weir show order-orchestration/o-1 --record orders/o-1.test.edn",
		Args:    cobra.RangeArgs(1, 2),
	}
	record := cmd.Flags().Bool("record", false, "write a test from the run, to FILE or stdout")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 1 && !*record {
			return usage(errors.New("show takes one RUN; a FILE goes with --record"))
		}
		client, err := openOperator()
		if err != nil {
			return err
		}
		shown, err := client.Find(cmd.Context(), args[0])
		if err != nil {
			return told(err)
		}
		if *record {
			return recordRun(cmd, client, shown, args[1:])
		}
		if *asJSON {
			return printJSON(cmd, shown)
		}
		report(shown, terminalWidth(cmd)).Write(cmd.OutOrStdout())
		if shown.Unanswered {
			fmt.Fprintln(cmd.ErrOrStderr(), "No worker answered: steps and waits are not known just now.")
		}
		if len(shown.Result) > 0 {
			fmt.Fprintln(cmd.OutOrStdout())
			return printJSON(cmd, shown.Result)
		}
		return nil
	}
	return cmd
}

// report is a run as a page.
func report(shown operator.Shown, width int) view.Report {
	r := view.Report{Timeline: frame(shown).Timeline, Lane: cmp.Or(shown.Lane, shown.WorkflowID), Ended: shown.Ended, Now: time.Now(), Width: width}
	r.Timeline.Digest = shown.Digest
	return r
}

// terminalWidth is that of the terminal that stdout is, 0 where it is none.
func terminalWidth(cmd *cobra.Command) int {
	file, ok := cmd.OutOrStdout().(*os.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0
	}
	return width
}

func cancelCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "cancel RUN",
		Short:   "Ask a run to end as cancelled",
		Example: "  weir cancel order-orchestration/o-1",
		Args:    cobra.ExactArgs(1),
	}
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		client, err := openOperator()
		if err != nil {
			return err
		}
		shown, err := client.Find(cmd.Context(), args[0])
		if err != nil {
			return told(err)
		}
		if shown.Over() {
			return failed(fmt.Errorf("run %s is over already: %s", shown.WorkflowID, shown.Status))
		}
		if err := client.Cancel(cmd.Context(), shown.WorkflowID, shown.RunID); err != nil {
			return told(err)
		}
		if *asJSON {
			return printJSON(cmd, map[string]string{"workflow-id": shown.WorkflowID, "run-id": shown.RunID, "outcome": "cancelling"})
		}
		fmt.Fprintln(cmd.OutOrStdout(), "cancelling", shown.WorkflowID)
		return nil
	}
	return cmd
}
