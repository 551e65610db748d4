package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/installation"
	"github.com/weir-run/weir/installation/operator"
)

// printJSON writes v as one JSON value to stdout.
func printJSON(cmd *cobra.Command, v any) error {
	encoder := json.NewEncoder(cmd.OutOrStdout())
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

// printTable writes rows under a head, in columns.
func printTable(cmd *cobra.Command, head []any, rows [][]any) error {
	w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
	for _, row := range append([][]any{head}, rows...) {
		for i, cell := range row {
			if i > 0 {
				fmt.Fprint(w, "\t")
			}
			fmt.Fprint(w, cell)
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

func moment(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Local().Format("2006-01-02 15:04:05")
}

// jsonFlag gives a verb its --json.
func jsonFlag(cmd *cobra.Command) *bool {
	return cmd.Flags().Bool("json", false, "print JSON")
}

// readJSON reads the value of a flag: JSON itself, or @file, or @- for stdin.
func readJSON(cmd *cobra.Command, flag, text string) (json.RawMessage, error) {
	raw := []byte(text)
	if len(text) > 0 && text[0] == '@' {
		var err error
		if raw, err = readFile(cmd, text[1:]); err != nil {
			return nil, usage(fmt.Errorf("--%s: %w", flag, err))
		}
	}
	var value json.RawMessage
	if err := json.Unmarshal(raw, &value); err != nil {
		return nil, usage(fmt.Errorf("--%s is not JSON: %w", flag, err))
	}
	return value, nil
}

func readFile(cmd *cobra.Command, path string) ([]byte, error) {
	if path == "-" {
		return io.ReadAll(cmd.InOrStdin())
	}
	return os.ReadFile(path)
}

// openOperator answers a client of the runs API that the environment names.
func openOperator() (*operator.Client, error) {
	settings, err := installation.FromEnvironment(installation.Operator)
	if err != nil {
		return nil, usage(err)
	}
	return operator.New(settings.PublicURL, settings.APIToken), nil
}

// told gives an error of the runs API its exit code.
func told(err error) error {
	var refusal *operator.Error
	if errors.As(err, &refusal) && refusal.Input() {
		return usage(err)
	}
	if err != nil {
		return failed(err)
	}
	return nil
}
