package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/worker"
)

func waitsCommand() *cobra.Command {
	var limit int
	var approver string
	cmd := &cobra.Command{
		Use:     "waits [SLUG]",
		Short:   "List the open waits",
		Example: "  weir waits order-orchestration\n  weir waits --approver ann@example.com --json",
		Args:    cobra.MaximumNArgs(1),
	}
	cmd.Flags().IntVar(&limit, "limit", 100, "look at the waits of at most so many runs")
	cmd.Flags().StringVar(&approver, "approver", "", "only those that ask this approver, who has yet to decide")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		client, err := openOperator()
		if err != nil {
			return err
		}
		waits, err := client.Waits(cmd.Context(), strings.Join(args, ""), approver, limit)
		if err != nil {
			return told(err)
		}
		if *asJSON {
			return printJSON(cmd, append([]worker.OpenWait{}, waits...))
		}
		var rows [][]any
		for _, w := range waits {
			left := any("")
			if !w.Deadline.IsZero() {
				left = time.Until(w.Deadline).Round(time.Second)
			}
			rows = append(rows, []any{w.WorkflowID, w.Key, w.Step, moment(w.Since), moment(w.Deadline), left, panel(w.Wait)})
		}
		return printTable(cmd, []any{"RUN", "KEY", "STEP", "SINCE", "DEADLINE", "LEFT", "APPROVERS"}, rows)
	}
	return cmd
}

// panel is who is asked, each with what they decided, and how many it takes.
func panel(w worker.Wait) string {
	if len(w.Approvers) == 0 {
		return ""
	}
	decided := map[string]string{}
	for _, v := range w.Votes {
		decided[v.Approver] = "=" + v.Action
	}
	names := make([]string, len(w.Approvers))
	for i, who := range w.Approvers {
		names[i] = who + decided[who]
	}
	return fmt.Sprintf("%d of %s", w.Quorum, strings.Join(names, " "))
}
