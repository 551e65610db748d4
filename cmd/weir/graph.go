package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/definition"
)

func graphCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "graph PATH",
		Short: "Draw a flow",
		Long: "Draws the flow in a file or a folder: what starts it, its steps in order, its branches by their\n" +
			"labels, waits, loops, and what runs at once. Mermaid shows on GitHub and in most editors.",
		Example: "  weir graph examples/order-orchestration\n  weir graph --format svg flow.edn > flow.svg\n  weir graph --format dot flow.edn | dot -Tpng > flow.png",
		Args:    cobra.ExactArgs(1),
	}
	format := cmd.Flags().String("format", "mermaid", "`FORMAT` of the picture: mermaid, svg or dot")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if *format != "mermaid" && *format != "svg" && *format != "dot" {
			return usage(fmt.Errorf("unknown format %q: there are mermaid, svg and dot", *format))
		}
		if err := exists(args[0]); err != nil {
			return usage(err)
		}
		f, problems := definition.Load(args[0])
		if f == nil {
			fmt.Fprint(cmd.ErrOrStderr(), problems.Render(sourceFiles()))
			return failed(nil)
		}
		g := definition.Graph(f)
		text := g.Mermaid()
		switch {
		case *asJSON:
			return printJSON(cmd, g)
		case *format == "dot":
			text = g.Dot()
		case *format == "svg":
			text = g.SVG()
		}
		_, err := fmt.Fprint(cmd.OutOrStdout(), text)
		return err
	}
	return cmd
}
