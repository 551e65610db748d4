package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/gateway/access"
)

func tokenCommand() *cobra.Command {
	var scopes, flows []string
	cmd := &cobra.Command{
		Use:   "token ID",
		Short: "Make a token for the runs API",
		Long: "Make a new token and print it, once, with the entry that the file WEIR_API_TOKENS needs for it. The file holds the token's\n" +
			"SHA-256 only. Scopes are read, start, decide and operate.",
		Example: "  weir token ci --scope read,start --flow orders",
		Args:    cobra.ExactArgs(1),
	}
	cmd.Flags().StringSliceVar(&scopes, "scope", []string{string(access.Read)}, "what it may do")
	cmd.Flags().StringSliceVar(&flows, "flow", nil, "the only flows that it is for; all without")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		for _, s := range scopes {
			if !slices.Contains(access.Scopes, access.Scope(s)) {
				return usage(fmt.Errorf("there is no scope %s: read, start, decide, operate", s))
			}
		}
		token, sum := access.Generate()
		entry := fmt.Sprintf("%q {:sha256 %q :scopes [:%s]%s}", args[0], sum, strings.Join(scopes, " :"), only(flows))
		if err := access.Check("{" + entry + "}"); err != nil {
			return usage(err)
		}
		if *asJSON {
			return printJSON(cmd, map[string]string{"token": token, "entry": entry})
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%s\n", token)
		fmt.Fprintf(cmd.ErrOrStderr(), "Put this into the map of the file that WEIR_API_TOKENS names, and keep the token above: it is shown nowhere else.\n\n %s\n", entry)
		return nil
	}
	return cmd
}

func only(flows []string) string {
	if len(flows) == 0 {
		return ""
	}
	return " :flows [:" + strings.Join(flows, " :") + "]"
}
