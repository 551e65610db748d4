package installation

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"go.temporal.io/api/workflowservice/v1"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/worker"
)

const (
	sweepEvery = time.Hour
	// sweepSpare is how much longer payloads stay than a history that names them can.
	sweepSpare = 48 * time.Hour
	// sweepLock keeps workers from sweeping at the same time, which would only be a waste.
	sweepLock = "sweep"
)

// sweeping removes what has expired in the S3 store, now and every hour, until ctx is done.
func (i *Installation) sweeping(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if err := i.sweep(ctx); err != nil && ctx.Err() == nil {
			i.log.Warn("what has expired was not all removed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (i *Installation) sweep(ctx context.Context) error {
	first, err := i.redis.SetNX(ctx, cmp.Or(i.Settings.RedisPrefix, store.DefaultPrefix)+sweepLock, "1", sweepEvery/2).Result()
	if err != nil || !first {
		return err
	}
	s := store.Sweeper{Objects: i.Objects, Ephemeral: i.Settings.ephemeral()}
	retention, err := i.retention(ctx)
	if err != nil {
		// Not knowing how long histories are kept, nothing that one may name is removed.
		i.log.Warn("large payloads are not swept", "error", err)
	} else {
		s.Payloads = worker.MaxRun + retention + sweepSpare
	}
	swept, err := s.Sweep(ctx)
	if swept != (store.Swept{}) {
		i.log.Info("removed what has expired", "blobs", swept.Blobs, "uploads", swept.Uploads, "payloads", swept.Payloads)
	}
	return err
}

// retention is how long Temporal keeps the history of a run that is over.
func (i *Installation) retention(ctx context.Context) (time.Duration, error) {
	r, err := i.Client.WorkflowService().DescribeNamespace(ctx, &workflowservice.DescribeNamespaceRequest{Namespace: i.Settings.namespace()})
	if err != nil {
		return 0, fmt.Errorf("ask for the namespace's retention: %w", err)
	}
	kept := r.GetConfig().GetWorkflowExecutionRetentionTtl()
	if kept == nil {
		return 0, fmt.Errorf("ask for the namespace's retention: the server doesn't tell")
	}
	return kept.AsDuration(), nil
}

func (s Settings) ephemeral() time.Duration {
	if s.EphemeralFor == 0 {
		return store.DefaultEphemeral
	}
	return s.EphemeralFor
}
