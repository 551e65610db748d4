package main

import (
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/spf13/cobra"
)

// healthCommand is what a container without a shell checks itself with.
func healthCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "health URL",
		Short:   "Exit 0 if the address answers 200",
		Example: "  weir health http://127.0.0.1:8080/readyz",
		Hidden:  true,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			request, err := http.NewRequestWithContext(cmd.Context(), http.MethodGet, args[0], nil)
			if err != nil {
				return usage(err)
			}
			client := http.Client{Timeout: 4 * time.Second}
			response, err := client.Do(request)
			if err != nil {
				return failed(err)
			}
			defer response.Body.Close()
			text, _ := io.ReadAll(io.LimitReader(response.Body, 4096)) // for the message only
			if response.StatusCode != http.StatusOK {
				return failed(fmt.Errorf("%s: %s", response.Status, text))
			}
			return nil
		},
	}
}
