package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/worker"
)

func runsCommand() *cobra.Command {
	var status string
	var limit int
	cmd := &cobra.Command{
		Use:   "runs [SLUG]",
		Short: "List runs, newest first",
		Example: "  weir runs\n" +
			"  weir runs order-orchestration --status failed --json",
		Args: cobra.MaximumNArgs(1),
	}
	cmd.Flags().StringVar(&status, "status", "", "only these: running waiting completed failed cancelled terminated timed-out")
	cmd.Flags().IntVar(&limit, "limit", 50, "at most so many")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		client, err := openOperator()
		if err != nil {
			return err
		}
		runs, err := client.List(cmd.Context(), strings.Join(args, ""), status, limit)
		if err != nil {
			return told(err)
		}
		if *asJSON {
			return printJSON(cmd, append([]worker.Run{}, runs...))
		}
		var rows [][]any
		for _, r := range runs {
			rows = append(rows, []any{r.WorkflowID, r.Status, r.Version, moment(r.Started), moment(r.Ended), r.RunID})
		}
		return printTable(cmd, []any{"RUN", "STATUS", "VERSION", "STARTED", "ENDED", "RUN ID"}, rows)
	}
	return cmd
}
