package main

import (
	"log/slog"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/installation"
)

const environmentHelp = "Configuration is by environment: Temporal's own variables, WEIR_REDIS_URL, WEIR_S3_*, WEIR_PUBLIC_URL,\n" +
	"WEIR_SIGNING_KEYS, WEIR_API_TOKEN, WEIR_BINDINGS, WEIR_EGRESS_ALLOW, WEIR_LISTEN. What is missing is named at once.\n" +
	"An interrupt lets what is under way finish."

func workerCommand() *cobra.Command {
	return serviceCommand("worker", "Run flows: a production worker", installation.Worker)
}

func gatewayCommand() *cobra.Command {
	return serviceCommand("gateway", "Serve webhooks, approvals and the runs API", installation.Gateway)
}

func serveCommand() *cobra.Command {
	return serviceCommand("serve", "Run a worker and a gateway in one process", installation.Worker|installation.Gateway)
}

func serviceCommand(name, short string, role installation.Role) *cobra.Command {
	return &cobra.Command{
		Use:     name,
		Short:   short,
		Long:    short + ".\n\n" + environmentHelp,
		Example: "  weir " + name,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			open, err := openInstallation(cmd, role)
			if err != nil {
				return err
			}
			defer open.Close()
			if err := open.Serve(cmd.Context(), role); err != nil {
				return failed(err)
			}
			return nil
		},
	}
}

// openInstallation opens what the environment names.
func openInstallation(cmd *cobra.Command, role installation.Role) (*installation.Installation, error) {
	settings, err := installation.FromEnvironment(role)
	if err != nil {
		return nil, usage(err)
	}
	logger := slog.New(slog.NewJSONHandler(cmd.ErrOrStderr(), nil))
	open, err := installation.Open(cmd.Context(), role, settings, nil, logger)
	if err != nil {
		return nil, failed(err)
	}
	return open, nil
}
