package installation

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/gateway"
)

// NewGateway makes the gateway of an installation that was opened for it.
func (i *Installation) NewGateway() (*gateway.Server, error) {
	codec, err := i.Payloads.Handler()
	if err != nil {
		return nil, fmt.Errorf("make gateway: %w", err)
	}
	server, err := gateway.New(gateway.Options{
		Runs:           i.Starter,
		Flows:          i.Versions,
		Secrets:        i.Bindings,
		Deliveries:     gateway.NewDeliveries(i.redis).Under(i.Settings.RedisPrefix),
		Keys:           i.Settings.SigningKeys,
		PublicURL:      i.Settings.PublicURL,
		APIToken:       i.Settings.APIToken,
		APITokens:      i.Settings.APITokens,
		Codec:          gateway.Codec{Handler: codec, Token: i.Settings.CodecToken, Origins: i.Settings.CodecOrigins},
		Checks:         i.Checks(),
		TrustedProxies: i.Settings.TrustedProxies,
		Metrics:        i.metrics,
		Tracing:        i.tracing,
		Pages:          gateway.PagesOptions{Flows: i.Versions, TemporalUI: i.temporalPages(), Loopback: i.Settings.Development},
		Logger:         i.log,
	})
	if err != nil {
		return nil, fmt.Errorf("make gateway: %w", err)
	}
	return server, nil
}

// Checks are what a process of this installation needs to be of use.
func (i *Installation) Checks() []gateway.Check {
	return []gateway.Check{
		{Name: "temporal", Run: i.checkTemporal},
		{Name: "redis", Run: func(ctx context.Context) error { return i.redis.Ping(ctx).Err() }},
		{Name: "s3", Run: i.checkObjects},
	}
}

// checkObjects asks the store for something that need not be there.
func (i *Installation) checkObjects(ctx context.Context) error {
	_, err := i.Objects.Stat(ctx, "ready")
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

// temporalPages is where the Temporal Web UI shows the namespace, "" where nobody said where it is.
func (i *Installation) temporalPages() string {
	if i.Settings.TemporalUI == "" {
		return ""
	}
	return strings.TrimRight(i.Settings.TemporalUI, "/") + "/namespaces/" + url.PathEscape(i.Settings.namespace())
}
