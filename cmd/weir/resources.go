package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/installation"
)

func resourcesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "resources",
		Short: "List, read, address and delete what steps persisted",
		Long: "List, read, address and delete what steps persisted as blobs. Resources are named by their addresses, res://...; these verbs\n" +
			"read any flow's. They need the S3 store and nothing else.",
		Example: "  weir resources list --flow order-orchestration",
	}
	cmd.AddCommand(listResources(), readResource(), urlOfResource(), deleteResources())
	return cmd
}

// openBlobs opens the store that the environment names.
func openBlobs(cmd *cobra.Command) (*store.Blobs, error) {
	settings, err := installation.FromEnvironment(installation.Deployer)
	if err != nil {
		return nil, usage(err)
	}
	objects, err := store.OpenObjects(cmd.Context(), settings.S3)
	if err != nil {
		return nil, failed(err)
	}
	return store.NewBlobs(objects), nil
}

// resource is a resource as JSON has it.
type resource struct {
	URI      string    `json:"uri"`
	Size     int64     `json:"size-bytes"`
	Tier     string    `json:"tier"`
	Flow     string    `json:"flow"`
	Run      string    `json:"run"`
	Modified time.Time `json:"modified"`
}

func listResources() *cobra.Command {
	var flow, run, tier string
	var limit int
	cmd := &cobra.Command{
		Use: "list", Short: "List resources", Args: cobra.NoArgs,
		Example: "  weir resources list\n  weir resources list --flow order-orchestration --run 0198f3a1-1111-7abc-8def-0123456789ab --tier ephemeral --json",
	}
	cmd.Flags().StringVar(&flow, "flow", "", "only of this flow")
	cmd.Flags().StringVar(&run, "run", "", "only of this run, by its first id")
	cmd.Flags().StringVar(&tier, "tier", "", "retained or ephemeral; without it, both")
	cmd.Flags().IntVar(&limit, "limit", 100, "at most so many")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		tiers := []store.Tier{store.Retained, store.Ephemeral}
		switch store.Tier(tier) {
		case "":
		case store.Retained, store.Ephemeral:
			tiers = []store.Tier{store.Tier(tier)}
		default:
			return usage(fmt.Errorf("--tier %s: there are retained and ephemeral", tier))
		}
		if limit < 1 {
			return usage(errors.New("--limit must be 1 or more"))
		}
		blobs, err := openBlobs(cmd)
		if err != nil {
			return err
		}
		found := []resource{}
		for _, tier := range tiers {
			for s, err := range blobs.List(cmd.Context(), tier, flow, run) {
				if err != nil {
					return failed(err)
				}
				if len(found) == limit {
					fmt.Fprintf(cmd.ErrOrStderr(), "There are more than %d; --limit shows more.\n", limit)
					return printResources(cmd, found, *asJSON)
				}
				found = append(found, resource{URI: s.URI, Size: s.Size, Tier: string(s.Tier), Flow: s.Slug, Run: s.Run, Modified: s.Modified})
			}
		}
		return printResources(cmd, found, *asJSON)
	}
	return cmd
}

func printResources(cmd *cobra.Command, found []resource, asJSON bool) error {
	if asJSON {
		return printJSON(cmd, found)
	}
	var rows [][]any
	for _, r := range found {
		rows = append(rows, []any{r.Size, moment(r.Modified), r.URI})
	}
	return printTable(cmd, []any{"BYTES", "MODIFIED", "ADDRESS"}, rows)
}

func readResource() *cobra.Command {
	var output, sum string
	cmd := &cobra.Command{
		Use: "read ADDRESS", Short: "Write a resource's content to stdout, or into a file", Args: cobra.ExactArgs(1),
		Example: "  weir resources read res://retained/... > report.csv",
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "the file to write, which must not exist")
	cmd.Flags().StringVar(&sum, "sha256", "", "the sum that the content must have; without it, the one that the store knows")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		blobs, err := openBlobs(cmd)
		if err != nil {
			return err
		}
		r, _, err := blobs.Open(cmd.Context(), store.Ref{URI: args[0], SHA256: sum}, store.Operator)
		if err != nil {
			return resourceError(err)
		}
		defer r.Close()
		if output == "" {
			if _, err := io.Copy(cmd.OutOrStdout(), r); err != nil {
				return failed(err)
			}
			return nil
		}
		f, err := os.OpenFile(output, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return usage(err)
		}
		_, err = io.Copy(f, r)
		if err = errors.Join(err, f.Close()); err != nil {
			return failed(errors.Join(err, os.Remove(output)))
		}
		return nil
	}
	return cmd
}

func urlOfResource() *cobra.Command {
	var expires time.Duration
	cmd := &cobra.Command{
		Use: "url ADDRESS", Short: "Print a URL at which anyone can read a resource for a while", Args: cobra.ExactArgs(1),
		Example: "  weir resources url res://retained/... --expires 10m",
	}
	cmd.Flags().DurationVar(&expires, "expires", store.DefaultSignedURL, "how long it is good for")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if expires < time.Second || expires > store.MaxSignedURL {
			return usage(fmt.Errorf("--expires must be between 1s and %s", store.MaxSignedURL))
		}
		blobs, err := openBlobs(cmd)
		if err != nil {
			return err
		}
		if _, err := blobs.Stat(cmd.Context(), args[0], store.Operator); err != nil {
			return resourceError(err)
		}
		url, err := blobs.URL(cmd.Context(), args[0], store.Operator, expires)
		if err != nil {
			return resourceError(err)
		}
		if *asJSON {
			return printJSON(cmd, map[string]any{"url": url, "expires": time.Now().Add(expires).UTC().Truncate(time.Second)})
		}
		fmt.Fprintln(cmd.OutOrStdout(), url)
		return nil
	}
	return cmd
}

func deleteResources() *cobra.Command {
	return &cobra.Command{
		Use: "delete ADDRESS...", Short: "Delete resources; runs that still want them fail to read them", Args: cobra.MinimumNArgs(1),
		Example: "  weir resources delete res://ephemeral/...",
		RunE: func(cmd *cobra.Command, args []string) error {
			blobs, err := openBlobs(cmd)
			if err != nil {
				return err
			}
			for _, uri := range args {
				if _, err := blobs.Stat(cmd.Context(), uri, store.Operator); err != nil {
					return resourceError(err)
				}
			}
			for _, uri := range args {
				if err := blobs.Delete(cmd.Context(), uri, store.Operator); err != nil {
					return resourceError(err)
				}
				fmt.Fprintf(cmd.OutOrStdout(), "deleted %s\n", uri)
			}
			return nil
		},
	}
}

// resourceError tells a text that is no address from a resource that isn't there.
func resourceError(err error) error {
	if store.IsNoAddress(err) {
		return usage(fmt.Errorf("%w; weir resources list shows addresses", err))
	}
	return failed(err)
}
