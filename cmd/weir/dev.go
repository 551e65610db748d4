package main

import (
	"encoding/json"
	"errors"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/dev"
	"github.com/weir-run/weir/dev/embedded"
)

func devCommand() *cobra.Command {
	var opt dev.Options
	var input string
	cmd := &cobra.Command{
		Use:   "dev PATH...",
		Short: "Run flows on this machine, with everything they need",
		Long: "Run an embedded Temporal with its Web UI, Redis, an S3 store, a worker, a gateway and stand-ins for the services\n" +
			"that the flows talk to; deploy the flows, and deploy them again whenever their files change.\n\n" +
			"With --run, a run of the first flow is started and shown; its result goes to stdout. With --exit the verb leaves then,\n" +
			"with 0 only if the run completed.",
		Example: "  weir dev examples/hello-world --run '{\"name\":\"ada\"}' --exit\n" +
			"  weir dev examples/order-orchestration --run '{\"order-id\":\"o-1001\"}'\n" +
			"  weir dev examples/order-orchestration --run '{\"order-id\":\"o-1001\"}' --decide approve --exit",
		Args: cobra.MinimumNArgs(1),
	}
	flags := cmd.Flags()
	flags.StringVar(&input, "run", "", "start a run of the first flow with this input (JSON)")
	flags.StringVar(&opt.Decide, "decide", "", "answer the run's waits: approve or reject")
	flags.BoolVar(&opt.Exit, "exit", false, "leave when the run ends, with its outcome as exit code")
	flags.StringVar(&opt.DataDir, "data-dir", "", "keep runs, KV and blobs in this folder")
	flags.IntVar(&opt.PortBase, "port-base", 0, "use the ports N to N+31 (default: the first free ones from 7230)")
	flags.StringVar(&opt.Bindings, "bindings", "", "bindings file (default: WEIR_BINDINGS, or bindings.edn beside a flow)")
	flags.StringVar(&opt.Stubs, "stubs", "", "stand-ins' answers (default: stubs.edn beside a flow)")
	flags.Float64Var(&opt.TimeScale, "time-scale", 0, "make waits, sleeps and retries N times shorter")
	flags.StringVar(&opt.Temporal, "temporal", "", "use the Temporal server at this address instead of an embedded one")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		opt.Paths = args
		if cmd.Flags().Changed("run") {
			opt.Input = json.RawMessage(input)
		}
		opt.Stdin, opt.Stdout, opt.Stderr = cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr()
		err := dev.Run(cmd.Context(), opt)
		var wrong *dev.UsageError
		switch {
		case err == nil:
			return nil
		case errors.Is(err, dev.ErrRunFailed), errors.Is(err, dev.ErrProblems):
			return failed(nil) // shown already
		case errors.As(err, &wrong), errors.Is(err, embedded.ErrSlim):
			return usage(err)
		default:
			return failed(err)
		}
	}
	return cmd
}
