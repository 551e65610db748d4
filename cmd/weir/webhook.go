package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/dev/madeup"
	"github.com/weir-run/weir/gateway"
	"github.com/weir-run/weir/installation"
)

func webhookCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "webhook", Short: "Try webhooks out", Args: cobra.NoArgs}
	cmd.AddCommand(webhookSendCommand())
	return cmd
}

// webhookSend is what the flags of `weir webhook send` say.
type webhookSend struct {
	body, url, bindings, id, key string
	dev                          bool
}

const (
	sendTimeout   = 30 * time.Second
	maxSendAnswer = 1 << 20
)

func webhookSendCommand() *cobra.Command {
	var o webhookSend
	cmd := &cobra.Command{
		Use:   "send SLUG|PATH",
		Short: "Send a signed delivery to a flow's webhook",
		Long: "Send a delivery to a flow's webhook, signed as its :auth wants it, and print the gateway's answer.\n\n" +
			"The flow is a deployed one (WEIR_S3_*) or a file or folder. Its secret comes from the bindings file. A flow that\n" +
			"weir dev runs without a bound secret is reached with --dev.",
		Example: "  weir webhook send order-orchestration --body '{\"order-id\":\"o-1\"}'\n" +
			"  weir webhook send examples/order-orchestration --dev --url http://127.0.0.1:7230 --body @order.json",
		Args: cobra.ExactArgs(1),
	}
	flags := cmd.Flags()
	flags.StringVar(&o.body, "body", "{}", "the body, sent as it is: text, @file, or @- for stdin")
	flags.StringVar(&o.url, "url", os.Getenv("WEIR_PUBLIC_URL"), "the gateway, or the webhook itself")
	flags.StringVar(&o.bindings, "bindings", "", "the bindings file (default WEIR_BINDINGS, or bindings.edn beside the flow)")
	flags.StringVar(&o.id, "id", "", "the delivery's id (default a new one, where the scheme has one)")
	flags.StringVar(&o.key, "key", "", "file with the private key (PEM), for an :auth with :algo :ecdsa-p256")
	flags.BoolVar(&o.dev, "dev", false, "use the secret that weir dev makes up for a slot that isn't bound")
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return o.send(cmd, args[0]) }
	return cmd
}

func (o webhookSend) send(cmd *cobra.Command, name string) error {
	body := []byte(o.body)
	if len(o.body) > 0 && o.body[0] == '@' {
		var err error
		if body, err = readFile(cmd, o.body[1:]); err != nil {
			return usage(fmt.Errorf("--body: %w", err))
		}
	}
	if o.url == "" {
		return usage(errors.New("--url or WEIR_PUBLIC_URL must name the gateway"))
	}
	flow, bound, err := o.find(cmd, name)
	if err != nil {
		return err
	}
	secret, err := o.secret(flow, bound)
	if err != nil {
		return usage(err)
	}
	delivery := gateway.Outgoing{URL: o.url, Secret: secret, Body: body, ID: o.id, At: time.Now()}
	if delivery.ID == "" {
		delivery.ID = "msg_" + uuid.NewString()
	}
	request, err := delivery.Request(cmd.Context(), flow)
	if err != nil {
		return usage(err)
	}
	client := http.Client{Timeout: sendTimeout}
	response, err := client.Do(request)
	if err != nil {
		return failed(fmt.Errorf("send to %s: %w", request.URL.Redacted(), err))
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxSendAnswer))
	if err != nil {
		return failed(fmt.Errorf("read the answer: %w", err))
	}
	fmt.Fprintln(cmd.ErrOrStderr(), response.Status)
	if _, err := cmd.OutOrStdout().Write(answer); err != nil {
		return err
	}
	if response.StatusCode/100 != 2 {
		return failed(nil)
	}
	return nil
}

// find loads the flow from a file or folder, or else from the installation, with the bindings that hold for it.
func (o webhookSend) find(cmd *cobra.Command, name string) (*definition.Flow, *binding.Source, error) {
	if _, err := os.Stat(name); err == nil {
		flow, problems := definition.Load(name)
		if problems.HasErrors() {
			fmt.Fprint(cmd.ErrOrStderr(), problems.Render(diskSource))
			return nil, nil, failed(nil)
		}
		bound, err := o.openBindings(flow)
		if err != nil {
			return nil, nil, usage(err)
		}
		return flow, bound, nil
	}
	open, err := openInstallation(cmd, installation.Deployer)
	if err != nil {
		return nil, nil, err
	}
	defer open.Close()
	version, err := open.Versions.Live(cmd.Context(), name)
	if err == nil && version == 0 {
		err = fmt.Errorf("%s is neither a deployed flow nor a path", name)
	}
	if err != nil {
		return nil, nil, failed(err)
	}
	flow, err := open.Versions.Get(cmd.Context(), name, version)
	if err != nil {
		return nil, nil, failed(err)
	}
	bound := open.Bindings
	if o.bindings != "" {
		if bound, err = o.openBindings(flow); err != nil {
			return nil, nil, usage(err)
		}
	}
	return flow, bound, nil
}

func (o webhookSend) openBindings(f *definition.Flow) (*binding.Source, error) {
	path := o.bindings
	if path == "" {
		path = os.Getenv(binding.Variable)
	}
	if path == "" {
		path = filepath.Join(filepath.Dir(f.File), "bindings.edn")
		if _, err := os.Stat(path); err != nil {
			return binding.Empty(), nil
		}
	}
	return binding.Open(binding.File{Path: path})
}

// secret is what the delivery is signed with.
func (o webhookSend) secret(f *definition.Flow, bound *binding.Source) ([]byte, error) {
	if f.Webhook == nil {
		return nil, fmt.Errorf("flow %s has no webhook", f.Slug)
	}
	if o.key != "" {
		return os.ReadFile(o.key)
	}
	slot := gateway.SchemeOf(f.Webhook.Auth).Slot()
	if slot == "" {
		return nil, nil
	}
	if f.Webhook.Auth.PublicKeyRef == slot {
		return nil, errors.New("--key must name the private key of the webhook's public key")
	}
	secret, err := bound.Secret(f, slot)
	if err != nil && o.dev {
		return []byte(madeup.Secret(f, slot)), nil
	}
	if err != nil {
		return nil, err
	}
	return []byte(secret.Reveal()), nil
}
