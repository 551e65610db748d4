package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/installation"
)

func deployCommand() *cobra.Command {
	var rollback int
	cmd := &cobra.Command{
		Use:   "deploy PATH... | --rollback N SLUG",
		Short: "Make flows the live versions of an installation",
		Long: "Check the flows, store their texts, make them the live versions and bring their schedules in line.\n" +
			"Runs that are under way stay on the version that they started with. A text that is live already is no new version.\n\n" +
			"--rollback N makes the text of version N of a flow live again, under a new number.\n\n" +
			"Configuration is by environment: Temporal's own variables, WEIR_S3_*, WEIR_BINDINGS.",
		Example: "  weir deploy examples/order-orchestration\n" +
			"  weir deploy --rollback 3 order-orchestration",
		Args: cobra.MinimumNArgs(1),
	}
	cmd.Flags().IntVar(&rollback, "rollback", 0, "make this version of the flow SLUG live again")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		back := cmd.Flags().Changed("rollback")
		switch {
		case back && len(args) != 1:
			return usage(errors.New("--rollback takes one flow, by its slug"))
		case back && rollback < 1:
			return usage(errors.New("--rollback takes a version's number, from 1"))
		}
		if back {
			return rollBack(cmd, args[0], rollback, *asJSON)
		}
		return deploy(cmd, args, *asJSON)
	}
	return cmd
}

func deploy(cmd *cobra.Command, paths []string, asJSON bool) error {
	flows, problems := definition.LoadAll(paths...)
	fmt.Fprint(cmd.ErrOrStderr(), problems.Render(diskSource))
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
			return failed(errors.Join(printDeployed(cmd, asJSON, done...), err))
		}
		done = append(done, d)
	}
	return printDeployed(cmd, asJSON, done...)
}

func rollBack(cmd *cobra.Command, slug string, number int, asJSON bool) error {
	open, err := openInstallation(cmd, installation.Deployer)
	if err != nil {
		return err
	}
	defer open.Close()
	d, err := open.Rollback(cmd.Context(), slug, number)
	if err != nil {
		return unknownFlow(slug, err)
	}
	return printDeployed(cmd, asJSON, d)
}

func printDeployed(cmd *cobra.Command, asJSON bool, done ...installation.Deployed) error {
	if asJSON {
		return printJSON(cmd, append([]installation.Deployed{}, done...))
	}
	for _, d := range done {
		state := "is live"
		if !d.Created {
			state = "was live already"
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%s version %d %s\n", d.Slug, d.Version, state)
	}
	return nil
}

// diskSource reads the lines under carets from the files themselves.
func diskSource(file string) (string, bool) {
	text, err := os.ReadFile(file)
	return string(text), err == nil
}
