package installation

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	enumspb "go.temporal.io/api/enums/v1"

	"github.com/weir-run/weir/metrics"
	"github.com/weir-run/weir/worker"
)

const (
	gaugePeriod  = 15 * time.Second // how old a gauge that asks Temporal may be
	gaugeTimeout = 5 * time.Second
	// maxGaugedFlows bounds how many flows are asked about.
	maxGaugedFlows = 200
)

// gauges reads from Temporal what no process counts by itself.
func (i *Installation) gauges() {
	byFlow := func(of func(worker.Census) int64) func() []metrics.Sample {
		return func() []metrics.Sample {
			ctx, cancel := context.WithTimeout(context.Background(), gaugeTimeout)
			defer cancel()
			slugs, err := i.Versions.Slugs(ctx)
			if err != nil {
				i.log.Warn("metrics: list flows", "error", err)
			}
			var samples []metrics.Sample
			for _, slug := range slugs[:min(len(slugs), maxGaugedFlows)] {
				census, err := i.Starter.Tally(ctx, slug)
				if err != nil {
					i.log.Warn("metrics", "error", err)
					return samples
				}
				samples = append(samples, metrics.Sample{Of: slug, Value: float64(of(census))})
			}
			return samples
		}
	}
	if i.attributes {
		i.metrics.Gauge("weir_runs_active", "Runs that are under way and don't wait.", "flow", gaugePeriod, byFlow(func(c worker.Census) int64 { return c.Active }))
		i.metrics.Gauge("weir_waits_pending", "Runs at an open wait.", "flow", gaugePeriod, byFlow(func(c worker.Census) int64 { return c.Waiting }))
	}
	i.metrics.Gauge("weir_queue_length", "Tasks that wait for a worker, by Temporal's estimate.", "kind", gaugePeriod, func() []metrics.Sample {
		ctx, cancel := context.WithTimeout(context.Background(), gaugeTimeout)
		defer cancel()
		var samples []metrics.Sample
		for name, kind := range map[string]enumspb.TaskQueueType{"workflow": enumspb.TASK_QUEUE_TYPE_WORKFLOW, "activity": enumspb.TASK_QUEUE_TYPE_ACTIVITY} {
			n, err := i.Starter.Backlog(ctx, kind)
			if err != nil {
				i.log.Warn("metrics", "error", err)
				continue
			}
			samples = append(samples, metrics.Sample{Of: name, Value: float64(n)})
		}
		return samples
	})
}

// serveMetrics answers GET /metrics, to anyone who reaches it, where the settings say so, until ctx is done.
func (i *Installation) serveMetrics(ctx context.Context) error {
	if i.Settings.MetricsListen == "" {
		return nil
	}
	l, err := net.Listen("tcp", i.Settings.MetricsListen)
	if err != nil {
		return fmt.Errorf("listen (WEIR_METRICS_LISTEN): %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", i.metrics.Handler())
	server := &http.Server{Handler: mux, ReadTimeout: healthTimeout, WriteTimeout: 2 * gaugeTimeout}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	go func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			i.log.Error("serve metrics", "error", err)
		}
	}()
	i.log.Info("metrics", "address", l.Addr().String())
	return nil
}
