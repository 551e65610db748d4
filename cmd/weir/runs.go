package main

import (
	"errors"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/installation/operator"
	"github.com/weir-run/weir/worker"
)

func runsCommand() *cobra.Command {
	var status string
	var limit int
	var queued bool
	cmd := &cobra.Command{
		Use:   "runs [SLUG]",
		Short: "List runs, newest first",
		Example: "  weir runs\n" +
			"  weir runs order-orchestration --status failed --json\n" +
			"  weir runs order-orchestration --queued",
		Args: cobra.MaximumNArgs(1),
	}
	cmd.Flags().StringVar(&status, "status", "", "only these: running waiting completed failed cancelled terminated timed-out")
	cmd.Flags().IntVar(&limit, "limit", 50, "at most so many")
	cmd.Flags().BoolVar(&queued, "queued", false, "list what waits for its lane instead, each lane in its order; cancel takes one out")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if queued && len(args) == 0 {
			return usage(errors.New("--queued needs a SLUG"))
		}
		client, err := openOperator()
		if err != nil {
			return err
		}
		if queued {
			return printQueue(cmd, client, args[0], *asJSON)
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

func printQueue(cmd *cobra.Command, client *operator.Client, slug string, asJSON bool) error {
	queued, err := client.Queued(cmd.Context(), slug)
	if err != nil {
		return told(err)
	}
	if asJSON {
		return printJSON(cmd, append([]worker.Queued{}, queued...))
	}
	var rows [][]any
	for _, q := range queued {
		version := "newest"
		if q.Version != 0 {
			version = strconv.Itoa(q.Version)
		}
		rows = append(rows, []any{q.Lane, q.Position, q.WorkflowID, version, moment(q.Since)})
	}
	return printTable(cmd, []any{"LANE", "POSITION", "ENTRY", "VERSION", "SINCE"}, rows)
}
