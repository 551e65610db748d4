package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/installation/operator"
	"github.com/weir-run/weir/worker"
)

func approveCommand() *cobra.Command { return actionCommand("approve") }

func rejectCommand() *cobra.Command { return actionCommand("reject") }

// actionCommand is approve or reject: a decision that is one word.
func actionCommand(action string) *cobra.Command {
	cmd := &cobra.Command{
		Use:     action + " RUN [KEY]",
		Short:   strings.ToUpper(action[:1]) + action[1:] + " what a run waits for",
		Long:    "Decide a wait of a run. KEY may be left out where the run has one open wait.",
		Example: "  weir " + action + " order-orchestration/o-1",
		Args:    cobra.RangeArgs(1, 2),
	}
	by := cmd.Flags().String("by", os.Getenv("USER"), "who decides")
	approver := cmd.Flags().String("as", "", "the approver whose decision it is; without one it is an operator's, which ends the wait for all approvers")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		key := ""
		if len(args) == 2 {
			key = args[1]
		}
		value, err := json.Marshal(map[string]string{"action": action})
		if err != nil {
			return err
		}
		return decide(cmd, args[0], operator.Decision{Key: key, Value: value, By: *by, Approver: *approver}, *asJSON)
	}
	return cmd
}

func resumeCommand() *cobra.Command {
	var text string
	cmd := &cobra.Command{
		Use:     "resume RUN KEY --value JSON",
		Short:   "End a wait with any value",
		Example: "  weir resume order-orchestration/o-1 approval:order:o-1 --value '{\"action\":\"approve\",\"comment\":\"fine\"}'",
		Args:    cobra.ExactArgs(2),
	}
	cmd.Flags().StringVar(&text, "value", "", "the wait's result: JSON, @file, or @- for stdin")
	by := cmd.Flags().String("by", os.Getenv("USER"), "who decides")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if text == "" {
			return usage(errors.New("--value is required"))
		}
		value, err := readJSON(cmd, "value", text)
		if err != nil {
			return err
		}
		return decide(cmd, args[0], operator.Decision{Key: args[1], Value: value, By: *by}, *asJSON)
	}
	return cmd
}

// decide ends one wait and tells what became of it: done only if it was this
// decision that counts.
func decide(cmd *cobra.Command, run string, d operator.Decision, asJSON bool) error {
	client, err := openOperator()
	if err != nil {
		return err
	}
	shown, err := client.Find(cmd.Context(), run)
	if err != nil {
		return told(err)
	}
	if d.Key == "" {
		if d.Key, err = onlyWait(shown); err != nil {
			return err
		}
	}
	decided, err := client.Decide(cmd.Context(), shown.WorkflowID, shown.RunID, d)
	if err != nil {
		return told(err)
	}
	if asJSON {
		if err := printJSON(cmd, decided); err != nil {
			return err
		}
	} else {
		text := strings.TrimSpace(fmt.Sprintf("%s %s %s", decided.Outcome, decided.Key, decided.Action))
		if decided.Quorum > 0 {
			text += fmt.Sprintf(" (%d of %d approvals)", decided.Approvals, decided.Quorum)
		}
		fmt.Fprintln(cmd.OutOrStdout(), text)
	}
	switch decided.Outcome {
	case worker.OutcomeDecided, worker.OutcomeKept, worker.OutcomeCounted:
		return nil
	}
	return failed(nil)
}

// onlyWait is the key of a run's one open wait.
func onlyWait(shown operator.Shown) (string, error) {
	switch {
	case shown.Over():
		return "", failed(fmt.Errorf("run %s is over: %s", shown.WorkflowID, shown.Status))
	case shown.Unanswered:
		return "", failed(errors.New("no worker answered, so the run's waits are not known: name the KEY"))
	case len(shown.Waits) == 0:
		return "", failed(fmt.Errorf("run %s waits for nothing", shown.WorkflowID))
	case len(shown.Waits) > 1:
		var keys []string
		for _, w := range shown.Waits {
			keys = append(keys, w.Key)
		}
		return "", usage(fmt.Errorf("run %s has several open waits, name the KEY: %s", shown.WorkflowID, strings.Join(keys, " ")))
	}
	return shown.Waits[0].Key, nil
}
