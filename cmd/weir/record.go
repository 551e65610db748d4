package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/flowtest"
	"github.com/weir-run/weir/installation/operator"
	"github.com/weir-run/weir/worker"
)

// recordRun writes a test from a run that is over: to the file that files names, or stdout.
func recordRun(cmd *cobra.Command, client *operator.Client, shown operator.Shown, files []string) error {
	if len(files) > 0 && !strings.HasSuffix(files[0], flowtest.Suffix) {
		return usage(fmt.Errorf("a test file's name ends in %s, as in %s", flowtest.Suffix, flowtest.Recorded{Recording: worker.Recording{WorkflowID: shown.WorkflowID}}.RecordedName()))
	}
	if !shown.Over() {
		return failed(fmt.Errorf("run %s is %s: %w", shown.WorkflowID, shown.Status, flowtest.ErrNotOver))
	}
	recording, err := client.Record(cmd.Context(), shown.WorkflowID, shown.RunID)
	if err != nil {
		return told(err)
	}
	run := flowtest.Recorded{Recording: recording, Timeline: shown.Timeline, Ended: shown.Ended, Result: shown.Result}
	if shown.Status != worker.StatusCompleted {
		run.Failure = &worker.RunError{Status: shown.Status}
		if shown.Failure != nil {
			run.Failure.Code, run.Failure.Message, run.Failure.Detail = shown.Failure.Code, shown.Failure.Message, shown.Failure.Detail
		}
	}
	text, notes, err := flowtest.Record(cmd.Context(), run)
	if err != nil {
		return failed(err)
	}
	if err := writeNew(cmd, files, text); err != nil {
		return failed(err)
	}
	for _, note := range notes {
		fmt.Fprintln(cmd.ErrOrStderr(), "weir:", note)
	}
	if len(notes) > 0 {
		return failed(errors.New("the record is not what the run was: correct it by hand"))
	}
	return nil
}

// writeNew writes to a file that isn't there yet, or to stdout.
func writeNew(cmd *cobra.Command, files []string, text []byte) error {
	if len(files) == 0 {
		_, err := cmd.OutOrStdout().Write(text)
		return err
	}
	f, err := os.OpenFile(files[0], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		fmt.Fprintln(cmd.ErrOrStderr(), "wrote", files[0])
	}
	return err
}
