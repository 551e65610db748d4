package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/installation"
)

func deployCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "deploy PATH...",
		Short: "Make flows the live versions of an installation",
		Long: "Check the flows, store their texts, make them the live versions and bring their schedules in line.\n" +
			"Runs that are under way stay on the version that they started with. Configuration is by environment:\n" +
			"Temporal's own variables, WEIR_S3_*, WEIR_BINDINGS.",
		Example: "  weir deploy examples/order-orchestration",
		Args:    cobra.MinimumNArgs(1),
	}
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		flows, problems := definition.LoadAll(args...)
		fmt.Fprint(cmd.ErrOrStderr(), problems.Render(func(file string) (string, bool) {
			text, err := os.ReadFile(file)
			return string(text), err == nil
		}))
		if problems.HasErrors() {
			return failed(nil)
		}
		open, err := openInstallation(cmd, installation.Deployer)
		if err != nil {
			return err
		}
		defer open.Close()
		done := []installation.Deployed{}
		for _, f := range flows {
			d, err := open.Deploy(cmd.Context(), f)
			if err != nil {
				return failed(err)
			}
			done = append(done, d)
			if !*asJSON {
				state := "is live"
				if !d.Created {
					state = "was live already"
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%s version %d %s\n", d.Slug, d.Version, state)
			}
		}
		if *asJSON {
			return printJSON(cmd, done)
		}
		return nil
	}
	return cmd
}
