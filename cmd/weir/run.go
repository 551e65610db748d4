package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/dev/view"
	"github.com/weir-run/weir/installation/operator"
	"github.com/weir-run/weir/worker"
)

func runCommand() *cobra.Command {
	var input string
	var version int
	var follow, wait bool
	cmd := &cobra.Command{
		Use:   "run SLUG",
		Short: "Start a run of a flow",
		Long: "Start a run of a flow through the gateway (WEIR_PUBLIC_URL, WEIR_API_TOKEN).\n\n" +
			"With --wait or --follow the verb stays until the run ends, prints its result as JSON, and exits 0 only if it completed.",
		Example: "  weir run order-orchestration --input '{\"order-id\":\"o-1\"}' --follow\n" +
			"  weir run order-orchestration --input @order.json --wait | jq .action",
		Args: cobra.ExactArgs(1),
	}
	cmd.Flags().StringVar(&input, "input", "{}", "the run's input: JSON, @file, or @- for stdin")
	cmd.Flags().IntVar(&version, "version", 0, "run this version instead of the live one")
	cmd.Flags().BoolVar(&follow, "follow", false, "show the steps until the run ends")
	cmd.Flags().BoolVar(&wait, "wait", false, "stay until the run ends")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		body, err := readJSON(cmd, "input", input)
		if err != nil {
			return err
		}
		client, err := openOperator()
		if err != nil {
			return err
		}
		started, err := client.Start(cmd.Context(), args[0], body, version)
		if err != nil {
			return told(err)
		}
		if !wait && !follow {
			if *asJSON {
				return printJSON(cmd, started)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s %s run %s\n", started.Decision, started.WorkflowID, started.RunID)
			return nil
		}
		return stay(cmd, client, started, follow)
	}
	return cmd
}

// stay waits for a run's end, shows it on the way if asked to, and prints its result.
func stay(cmd *cobra.Command, client *operator.Client, started operator.Started, follow bool) error {
	lines := view.NewPlain(cmd.ErrOrStderr())
	shown, err := client.Await(cmd.Context(), started.WorkflowID, started.RunID, func(s operator.Shown) {
		if follow {
			lines.Show(frame(s))
		}
	})
	if err != nil {
		return told(err)
	}
	if shown.Status == worker.StatusCompleted {
		return printJSON(cmd, shown.Result)
	}
	if shown.Failure != nil {
		return failed(fmt.Errorf("run %s %s: %s", shown.WorkflowID, shown.Status, shown.Failure.Message))
	}
	return failed(errors.New("run " + shown.WorkflowID + " " + shown.Status))
}

// frame is a run as the views draw it.
func frame(s operator.Shown) view.Frame {
	t := worker.Timeline{
		Status: s.Status, Slug: s.Slug, Version: s.Version, WorkflowID: s.WorkflowID, RunID: s.RunID,
		Started: s.Started, Entries: s.Timeline, Skipped: s.Skipped,
	}
	if s.Failure != nil {
		t.Error = s.Failure.Message
	}
	return view.Frame{Timeline: t}
}
