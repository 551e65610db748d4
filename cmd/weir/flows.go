package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/installation"
	"github.com/weir-run/weir/worker"
)

func flowsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "flows",
		Short:   "List the deployed flows",
		Example: "  weir flows",
		Args:    cobra.NoArgs,
	}
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		open, err := openInstallation(cmd, installation.Deployer)
		if err != nil {
			return err
		}
		defer open.Close()
		flows, err := open.Flows(cmd.Context())
		if err != nil {
			return failed(err)
		}
		if *asJSON {
			return printJSON(cmd, flows)
		}
		var rows [][]any
		for _, f := range flows {
			rows = append(rows, []any{f.Slug, f.Live, moment(f.At), f.Running})
		}
		return printTable(cmd, []any{"FLOW", "LIVE", "DEPLOYED", "RUNNING"}, rows)
	}
	return cmd
}

func versionsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "versions SLUG",
		Short:   "List the versions of a flow, and the runs still on each",
		Example: "  weir versions order-orchestration",
		Args:    cobra.ExactArgs(1),
	}
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		open, err := openInstallation(cmd, installation.Deployer)
		if err != nil {
			return err
		}
		defer open.Close()
		versions, err := open.History(cmd.Context(), args[0])
		if errors.Is(err, worker.ErrUnknownFlow) {
			return failed(fmt.Errorf("no flow is deployed as %s; weir flows lists those that are", args[0]))
		}
		if err != nil {
			return failed(err)
		}
		if *asJSON {
			return printJSON(cmd, versions)
		}
		var rows [][]any
		for _, v := range versions {
			live, running := "", "?"
			if v.Live {
				live = "live"
			}
			if v.Running >= 0 {
				running = fmt.Sprint(v.Running)
			}
			rows = append(rows, []any{v.Number, live, moment(v.At), running, v.Digest[:min(12, len(v.Digest))]})
		}
		return printTable(cmd, []any{"VERSION", "", "DEPLOYED", "RUNNING", "DIGEST"}, rows)
	}
	return cmd
}
