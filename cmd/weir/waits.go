package main

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/worker"
)

// openWait is one open wait with the run that it belongs to.
type openWait struct {
	WorkflowID string `json:"workflow-id"`
	RunID      string `json:"run-id"`
	worker.Wait
}

func waitsCommand() *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use:     "waits [SLUG]",
		Short:   "List the open waits",
		Example: "  weir waits order-orchestration",
		Args:    cobra.MaximumNArgs(1),
	}
	cmd.Flags().IntVar(&limit, "limit", 100, "look at the waits of at most so many runs")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		client, err := openOperator()
		if err != nil {
			return err
		}
		runs, err := client.List(cmd.Context(), strings.Join(args, ""), worker.StatusWaiting, limit)
		if err != nil {
			return told(err)
		}
		waits := []openWait{}
		for _, r := range runs {
			shown, err := client.Show(cmd.Context(), r.WorkflowID, r.RunID)
			if err != nil {
				return told(err)
			}
			for _, w := range shown.Waits {
				waits = append(waits, openWait{WorkflowID: r.WorkflowID, RunID: r.RunID, Wait: w})
			}
		}
		if *asJSON {
			return printJSON(cmd, waits)
		}
		var rows [][]any
		for _, w := range waits {
			rows = append(rows, []any{w.WorkflowID, w.Key, w.Step, moment(w.Since), moment(w.Deadline), time.Until(w.Deadline).Round(time.Second)})
		}
		return printTable(cmd, []any{"RUN", "KEY", "STEP", "SINCE", "DEADLINE", "LEFT"}, rows)
	}
	return cmd
}
