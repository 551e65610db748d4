package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/installation/operator"
)

func reassignCommand() *cobra.Command {
	var r operator.Reassignment
	cmd := &cobra.Command{
		Use:   "reassign RUN [KEY] --from APPROVER --to APPROVER",
		Short: "Ask somebody else instead of an approver",
		Long: "Give the place of one approver of an open wait to somebody else: the links of the one stop working, and the other gets\n" +
			"the wait's notification. KEY may be left out where the run has one open wait.",
		Example: "  weir reassign order-orchestration/o-1 --from ann@example.com --to dan@example.com",
		Args:    cobra.RangeArgs(1, 2),
	}
	cmd.Flags().StringVar(&r.From, "from", "", "the approver who isn't asked any more")
	cmd.Flags().StringVar(&r.To, "to", "", "who is asked instead")
	cmd.Flags().StringVar(&r.By, "by", os.Getenv("USER"), "who wants it so")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if r.From == "" || r.To == "" {
			return usage(errors.New("--from and --to are required"))
		}
		client, err := openOperator()
		if err != nil {
			return err
		}
		shown, err := client.Find(cmd.Context(), args[0])
		if err != nil {
			return told(err)
		}
		if len(args) == 2 {
			r.Key = args[1]
		} else if r.Key, err = onlyWait(shown); err != nil {
			return err
		}
		wait, err := client.Reassign(cmd.Context(), shown.WorkflowID, shown.RunID, r)
		if err != nil {
			return told(err)
		}
		if *asJSON {
			return printJSON(cmd, wait)
		}
		fmt.Fprintln(cmd.OutOrStdout(), "asked are now", strings.Join(wait.Approvers, " "))
		return nil
	}
	return cmd
}
