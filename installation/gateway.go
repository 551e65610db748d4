package installation

import (
	"context"
	"errors"
	"fmt"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/gateway"
)

// NewGateway makes the gateway of an installation that was opened for it.
func (i *Installation) NewGateway() (*gateway.Server, error) {
	server, err := gateway.New(gateway.Options{
		Runs:           i.Starter,
		Flows:          i.Versions,
		Secrets:        i.Bindings,
		Deliveries:     gateway.NewDeliveries(i.redis),
		Keys:           i.Settings.SigningKeys,
		PublicURL:      i.Settings.PublicURL,
		APIToken:       i.Settings.APIToken,
		Checks:         i.Checks(),
		TrustedProxies: i.Settings.TrustedProxies,
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
