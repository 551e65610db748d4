package main

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/installation"
	"github.com/weir-run/weir/worker"
)

// pruneDrained is the value of --prune without one: every version that nothing needs.
const pruneDrained = "drained"

func versionsCommand() *cobra.Command {
	var prune string
	cmd := &cobra.Command{
		Use:   "versions SLUG",
		Short: "List the versions of a flow, and the runs still on each",
		Long: "List the versions of a flow, newest first, and the runs on each: those that are under way and those that wait.\n" +
			"A version is live, draining (runs still need it), drained, or pruned. The counts come from Temporal's visibility,\n" +
			"which follows a start or an end by a moment.\n\n" +
			"--prune takes drained versions out of use: nothing starts on them any more. --prune=N does so with one version,\n" +
			"and refuses while it is live or runs are on it. A text is deleted 32 days after its pruning, when no run can need it.",
		Example: "  weir versions order-orchestration\n" +
			"  weir versions order-orchestration --json | jq '.[] | select(.drained | not)'\n" +
			"  weir versions order-orchestration --prune",
		Args: cobra.ExactArgs(1),
	}
	cmd.Flags().StringVar(&prune, "prune", "", "prune drained versions, or =N: that one")
	cmd.Flags().Lookup("prune").NoOptDefVal = pruneDrained
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		number, err := strconv.Atoi(prune)
		if prune != "" && prune != pruneDrained && (err != nil || number < 1) {
			return usage(fmt.Errorf("--prune=%s: a version has a number from 1", prune))
		}
		open, err := openInstallation(cmd, installation.Deployer)
		if err != nil {
			return err
		}
		defer open.Close()
		pruned := []int{number}
		switch prune {
		case "":
			versions, err := open.History(cmd.Context(), args[0])
			if err != nil {
				return unknownFlow(args[0], err)
			}
			return printVersions(cmd, versions, *asJSON)
		case pruneDrained:
			pruned, err = open.PruneDrained(cmd.Context(), args[0])
		default:
			err = open.Prune(cmd.Context(), args[0], number)
		}
		if err != nil {
			return unknownFlow(args[0], err)
		}
		if *asJSON {
			return printJSON(cmd, map[string]any{"slug": args[0], "pruned": pruned})
		}
		for _, number := range pruned {
			fmt.Fprintf(cmd.OutOrStdout(), "%s version %d is pruned\n", args[0], number)
		}
		if len(pruned) == 0 {
			fmt.Fprintf(cmd.ErrOrStderr(), "No version of %s is drained.\n", args[0])
		}
		return nil
	}
	return cmd
}

func printVersions(cmd *cobra.Command, versions []installation.DeployedVersion, asJSON bool) error {
	if asJSON {
		return printJSON(cmd, versions)
	}
	var rows [][]any
	for _, v := range versions {
		rows = append(rows, []any{v.Number, v.State, moment(v.At), v.Active, v.Waiting, v.Digest[:min(12, len(v.Digest))]})
	}
	return printTable(cmd, []any{"VERSION", "STATE", "DEPLOYED", "ACTIVE", "WAITING", "DIGEST"}, rows)
}

// unknownFlow tells of a flow or version that isn't there what may be meant.
func unknownFlow(slug string, err error) error {
	if errors.Is(err, worker.ErrUnknownFlow) {
		return failed(fmt.Errorf("%w; weir flows lists what is deployed, weir versions %s its versions", err, slug))
	}
	return failed(err)
}
