package gateway

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/gateway/signature"
)

// Outgoing is a delivery to make: what a provider would send.
type Outgoing struct {
	URL    string // of a gateway, or of the webhook itself
	Secret []byte // of the webhook's slot; for ecdsa-p256 the private key (PEM) of its public key
	Body   []byte
	ID     string // of the delivery
	At     time.Time
}

// Request makes the delivery as the webhook of f wants it, proof included.
func (o Outgoing) Request(ctx context.Context, f *definition.Flow) (*http.Request, error) {
	if f.Webhook == nil {
		return nil, fmt.Errorf("flow %s has no webhook: add :interfaces {:webhook [...]}", f.Slug)
	}
	address, err := o.address(f)
	if err != nil {
		return nil, err
	}
	scheme := SchemeOf(f.Webhook.Auth)
	proof := &signature.Request{Header: http.Header{}, Query: address.Query(), Body: o.Body}
	if err := scheme.Sign(proof, o.Secret, o.ID, o.At); err != nil {
		return nil, fmt.Errorf("sign delivery: %w", err)
	}
	address.RawQuery = proof.Query.Encode()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), bytes.NewReader(o.Body))
	if err != nil {
		return nil, fmt.Errorf("make delivery: %w", err)
	}
	r.Header = proof.Header
	r.Header.Set("Content-Type", "application/json")
	if name := idHeader(f.Webhook, scheme); name != "" && o.ID != "" {
		r.Header.Set(name, o.ID)
	}
	return r, nil
}

// idHeader is where a delivery's id goes, if its scheme doesn't say it elsewhere.
func idHeader(i *definition.Interface, scheme signature.Scheme) string {
	switch {
	case i.DeliveryIDHeader != "":
		return i.DeliveryIDHeader
	case scheme.Stripe() || scheme.Type == signature.StandardWebhooks:
		return ""
	default:
		return signature.StandardIDHeader
	}
}

// address is the webhook's own; a URL that names a webhook already is left as it is.
func (o Outgoing) address(f *definition.Flow) (*url.URL, error) {
	u, err := url.Parse(o.URL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, errors.New("the URL must be http(s)://host, maybe with a path")
	}
	if !strings.Contains(u.Path, "/hooks/") {
		u = u.JoinPath("hooks", f.Slug, f.Webhook.EventName)
	}
	return u, nil
}
