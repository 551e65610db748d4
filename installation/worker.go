package installation

import (
	"context"
	"fmt"
	"sync"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/gateway"
	"github.com/weir-run/weir/worker"
)

// StartWorker starts a worker; stop lets it finish what it is doing.
func (i *Installation) StartWorker() (stop func(), err error) {
	guard, err := i.guard()
	if err != nil {
		return nil, fmt.Errorf("start worker: %w", err)
	}
	links, err := gateway.LinkMaker(i.Settings.PublicURL, i.Settings.SigningKeys)
	if err != nil {
		return nil, fmt.Errorf("start worker: %w", err)
	}
	acts := activities.New(activities.Deps{
		Versions: i.Versions,
		Blobs:    store.NewBlobs(i.Objects),
		KV:       store.NewKV(i.redis, i.Settings.RedisPrefix),
		Bindings: i.Bindings,
		Links:    links,
		Egress:   guard,
		Logger:   i.log,
		GoJail:   i.Settings.GoJail,
		Around:   i.tracing.Around(),
	})
	w := worker.New(i.Client, acts, worker.Options{
		SearchAttributes: i.attributes,
		Links:            links,
		TimeScale:        i.Settings.TimeScale,
		Metrics:          i.metrics,
	})
	if err := w.Start(); err != nil {
		return nil, fmt.Errorf("start worker: %w", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var sweeper sync.WaitGroup
	sweeper.Go(func() { i.sweeping(ctx) })
	return func() {
		w.Stop()
		cancel()
		sweeper.Wait()
	}, nil
}

// checkTemporal asks Temporal for a sign of life.
func (i *Installation) checkTemporal(ctx context.Context) error {
	_, err := i.Client.CheckHealth(ctx, nil)
	return err
}
