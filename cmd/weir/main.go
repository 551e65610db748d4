// Command weir runs flows written as EDN on Temporal.
//
// Each verb has a file of its own, which only reads flags, calls the room that
// does the work, and prints. Results go to stdout, everything else to stderr.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/dev/embedded"
)

func main() {
	embedded.RunChild()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop() // a second interrupt ends the process at once
	}()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run executes one command line and answers its exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root, begun := rootCommand()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	var exit *exitError
	switch {
	case errors.As(err, &exit):
		if exit.err != nil {
			fmt.Fprintln(stderr, "weir:", exit.err)
		}
		return exit.code
	case !*begun: // cobra refused the command line
		fmt.Fprintln(stderr, "weir:", err)
		fmt.Fprintln(stderr, "Run 'weir help' to see the verbs, 'weir VERB --help' for one of them.")
		return exitUsage
	default:
		fmt.Fprintln(stderr, "weir:", err)
		return exitFailed
	}
}

// rootCommand assembles the verbs. The flag it answers tells whether a verb was
// entered, that is, whether the command line itself was in order.
func rootCommand() (*cobra.Command, *bool) {
	begun := new(bool)
	root := &cobra.Command{
		Use:   "weir",
		Short: "Run flows written as EDN on Temporal",
		Long: "Weir runs flows, EDN data with a Clojure body, on Temporal.\n\n" +
			"Start with:  weir dev examples/hello-world --run '{\"name\":\"ada\"}' --exit",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		PersistentPreRun: func(*cobra.Command, []string) {
			*begun = true
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(verbs()...)
	return root, begun
}
