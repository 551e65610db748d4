package main

import (
	"github.com/spf13/cobra"

	"github.com/weir-run/weir/installation"
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
