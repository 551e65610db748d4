package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/dev/view"
)

func showCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "show RUN",
		Short:   "Show a run: its steps, decisions, waits, and its result",
		Long:    "Show a run. RUN is its workflow ID (the latest run of it) or its run ID.",
		Example: "  weir show order-orchestration/o-1",
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
		if *asJSON {
			return printJSON(cmd, shown)
		}
		out := cmd.OutOrStdout()
		view.NewPlain(out).Show(frame(shown))
		if shown.Unanswered {
			fmt.Fprintln(cmd.ErrOrStderr(), "No worker answered: steps and waits are not known just now.")
		}
		if len(shown.Result) > 0 {
			return printJSON(cmd, shown.Result)
		}
		return nil
	}
	return cmd
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
