package installation

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/redis/go-redis/v9"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/egress"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/metrics"
	"github.com/weir-run/weir/tracing"
	"github.com/weir-run/weir/worker"
	"github.com/weir-run/weir/worker/payload"
)

// Installation is an open installation. Its parts may be used until Close.
type Installation struct {
	Settings Settings
	Client   client.Client
	Objects  *store.Objects
	Versions *store.Versions
	Bindings *binding.Source
	Starter  *worker.Starter
	Payloads payload.Way // between this process and Temporal

	redis      redis.UniversalClient
	metrics    *metrics.Metrics
	tracing    *tracing.Tracing // nil traces nothing
	attributes bool             // runs carry search attributes
	log        *slog.Logger
}

// Open connects to what a process of that role needs. What cannot be reached
// is told all at once. A nil Bindings of settings is read from its path.
func Open(ctx context.Context, role Role, s Settings, bindings *binding.Source, logger *slog.Logger) (*Installation, error) {
	i := &Installation{Settings: s, Bindings: bindings, log: logger, metrics: metrics.New()}
	var problems []error
	note := func(err error) {
		if err != nil {
			problems = append(problems, err)
		}
	}
	i.openTracing(ctx, role)
	note(i.openObjects(ctx))
	note(i.openTemporal(ctx))
	if role&(Worker|Gateway) != 0 {
		note(i.openRedis(ctx))
	}
	if i.Bindings == nil {
		var err error
		i.Bindings, err = openBindings(s.Bindings)
		note(err)
	}
	if len(problems) > 0 {
		i.Close()
		return nil, errors.Join(problems...)
	}
	i.Starter = worker.NewStarter(i.Client, i.Versions, worker.StarterOptions{Namespace: s.namespace(), SearchAttributes: i.attributes})
	i.gauges()
	return i, nil
}

// Close lets go of every connection.
func (i *Installation) Close() {
	if i.Client != nil {
		i.Client.Close()
	}
	if i.redis != nil {
		_ = i.redis.Close()
	}
	if err := i.tracing.Close(); err != nil {
		i.log.Warn("traces", "error", err)
	}
}

// openTracing does without traces rather than without the process.
func (i *Installation) openTracing(ctx context.Context, role Role) {
	i.tracing = i.Settings.Tracing
	if i.tracing != nil || role&(Worker|Gateway) == 0 {
		return
	}
	var err error
	if i.tracing, err = tracing.FromEnvironment(ctx, i.log); err != nil {
		i.log.Warn("there will be no traces", "error", err)
	}
}

func (i *Installation) openTemporal(ctx context.Context) error {
	options, err := i.Payloads.Apply(worker.ClientOptions(i.Settings.Temporal))
	if err != nil {
		return err
	}
	if options, err = i.tracing.Client(options); err != nil {
		return err
	}
	options.Logger = log.NewStructuredLogger(i.log)
	options.MetricsHandler = i.metrics.Temporal()
	c, err := client.DialContext(ctx, options)
	if err != nil {
		return fmt.Errorf("reach Temporal at %s: %w", i.Settings.temporalAddress(), err)
	}
	i.Client = c
	if err := worker.EnsureSearchAttributes(ctx, c, i.Settings.namespace()); err != nil {
		i.log.Warn("runs do without search attributes", "error", err)
		return nil
	}
	i.attributes = true
	return nil
}

func (i *Installation) openObjects(ctx context.Context) error {
	objects, err := store.OpenObjects(ctx, i.Settings.S3)
	if err != nil {
		return err
	}
	i.Objects, i.Versions = objects, store.NewVersions(objects)
	i.Payloads, err = payload.NewWay(store.NewPayloads(objects), i.Settings.PayloadKeys)
	return err
}

func (i *Installation) openRedis(ctx context.Context) error {
	client, err := store.OpenRedis(ctx, store.RedisOptions{URL: i.Settings.RedisURL, CAFile: i.Settings.RedisCAFile})
	if err != nil {
		return err
	}
	i.redis = client
	return nil
}

func openBindings(path string) (*binding.Source, error) {
	if path == "" {
		return binding.Empty(), nil
	}
	return binding.Open(binding.File{Path: path})
}

func (i *Installation) guard() (*egress.Guard, error) {
	return egress.New(egress.Options{Allow: i.Settings.EgressAllow, Dev: i.Settings.Development})
}

func (s Settings) temporalAddress() string {
	if s.Temporal.HostPort == "" {
		return client.DefaultHostPort
	}
	return s.Temporal.HostPort
}

func (s Settings) namespace() string {
	if s.Temporal.Namespace == "" {
		return client.DefaultNamespace
	}
	return s.Temporal.Namespace
}
