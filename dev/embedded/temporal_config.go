//go:build !slim

package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/dynamicconfig"
	sqliteplugin "go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/schema/sqlite"
)

const (
	clusterName = "active"
	storeName   = "sqlite"
	namespace   = "default"
	disabled    = "disabled"

	// maxPollRPS replaces the 20 polls a second of each task queue processor.
	// With one history shard every step of every run waits for such a poll, so
	// that default alone makes a nine-step run four times slower.
	maxPollRPS = 2000
	// timerShift replaces the second by which timers may be late.
	timerShift = 10 * time.Millisecond
	// localRPS lifts limits that are meant to protect a shared server.
	localRPS = 100_000
)

func serverConfig(opt TemporalOptions) (*config.Config, error) {
	store, err := prepareStore(opt)
	if err != nil {
		return nil, err
	}
	conf := &config.Config{}
	conf.Global.Membership.BroadcastAddress = Loopback
	conf.Persistence = config.Persistence{
		DefaultStore:     storeName,
		VisibilityStore:  storeName,
		NumHistoryShards: 1,
		DataStores:       map[string]config.DataStore{storeName: {SQL: store}},
	}
	conf.ClusterMetadata = &cluster.Config{
		FailoverVersionIncrement: 10,
		MasterClusterName:        clusterName,
		CurrentClusterName:       clusterName,
		ClusterInformation: map[string]cluster.ClusterInformation{clusterName: {
			Enabled:                true,
			InitialFailoverVersion: 1,
			RPCAddress:             fmt.Sprintf("%s:%d", Loopback, opt.Frontend),
			HTTPAddress:            fmt.Sprintf("%s:%d", Loopback, opt.HTTP),
			ClusterID:              uuid.NewString(),
		}},
	}
	conf.DCRedirectionPolicy.Policy = "noop"
	conf.Services = map[string]config.Service{
		string(primitives.FrontendService): {RPC: config.RPC{GRPCPort: opt.Frontend, HTTPPort: opt.HTTP, BindOnIP: Loopback}},
		string(primitives.HistoryService):  {RPC: config.RPC{GRPCPort: opt.History, BindOnIP: Loopback}},
		string(primitives.MatchingService): {RPC: config.RPC{GRPCPort: opt.Matching, BindOnIP: Loopback}},
		string(primitives.WorkerService):   {RPC: config.RPC{GRPCPort: opt.Worker, BindOnIP: Loopback}},
	}
	conf.Archival.History.State = disabled
	conf.Archival.Visibility.State = disabled
	conf.NamespaceDefaults.Archival.History.State = disabled
	conf.NamespaceDefaults.Archival.Visibility.State = disabled
	conf.PublicClient.HostPort = fmt.Sprintf("%s:%d", Loopback, opt.Frontend)
	return conf, nil
}

// prepareStore makes the database with its schema and namespace where there is
// none yet. A new one is built beside its place and moved there when whole, so
// that a start cut short leaves nothing half made behind.
func prepareStore(opt TemporalOptions) (*config.SQL, error) {
	store := sqlStore(opt.File, opt.Durable)
	if _, err := os.Stat(opt.File); err == nil {
		return store, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("look for the database: %w", err)
	}
	if _, err := os.Stat(filepath.Dir(opt.File)); err != nil {
		return nil, fmt.Errorf("look for the database's folder: %w", err)
	}
	building := opt.File + ".new"
	if err := removeStore(building); err != nil {
		return nil, err
	}
	draft := sqlStore(building, false)
	draft.ConnectAttributes["journal_mode"] = "memory" // one plain file, moved whole
	if err := sqlite.SetupSchema(draft); err != nil {
		return nil, fmt.Errorf("make the database: %w", err)
	}
	attributes := make(map[string]enums.IndexedValueType, len(SearchAttributes))
	for name, kind := range SearchAttributes {
		attributes[name] = enums.IndexedValueType(enums.IndexedValueType_shorthandValue[kind])
	}
	ns, err := sqlite.NewNamespaceConfig(clusterName, namespace, false, attributes)
	if err != nil {
		return nil, fmt.Errorf("describe the namespace: %w", err)
	}
	if err := sqlite.CreateNamespaces(draft, ns); err != nil {
		return nil, fmt.Errorf("make the namespace: %w", err)
	}
	if err := os.Rename(building, opt.File); err != nil {
		return nil, fmt.Errorf("put the database in place: %w", err)
	}
	return store, nil
}

func sqlStore(file string, durable bool) *config.SQL {
	synchronous := "0"
	if durable {
		synchronous = "1" // NORMAL: with a write-ahead log, consistent after any crash
	}
	return &config.SQL{
		PluginName:   sqliteplugin.PluginName,
		DatabaseName: file,
		ConnectAttributes: map[string]string{
			"mode":         "rwc",
			"journal_mode": "wal",
			"synchronous":  synchronous,
			"busy_timeout": "10000",
		},
	}
}

func removeStore(file string) error {
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		if err := os.Remove(file + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("clear an unfinished database: %w", err)
		}
	}
	return nil
}

func dynamicValues() dynamicconfig.StaticClient {
	return dynamicconfig.StaticClient{
		dynamicconfig.TransferProcessorMaxPollRPS.Key():   maxPollRPS,
		dynamicconfig.TimerProcessorMaxPollRPS.Key():      maxPollRPS,
		dynamicconfig.VisibilityProcessorMaxPollRPS.Key(): maxPollRPS,
		dynamicconfig.OutboundProcessorMaxPollRPS.Key():   maxPollRPS,

		dynamicconfig.TimerProcessorMaxTimeShift.Key(): timerShift,

		dynamicconfig.FrontendRPS.Key():                                  localRPS,
		dynamicconfig.FrontendMaxNamespaceRPSPerInstance.Key():           localRPS,
		dynamicconfig.FrontendMaxNamespaceVisibilityRPSPerInstance.Key(): localRPS,
		dynamicconfig.FrontendPersistenceMaxQPS.Key():                    localRPS,
		dynamicconfig.HistoryPersistenceMaxQPS.Key():                     localRPS,
		dynamicconfig.MatchingPersistenceMaxQPS.Key():                    localRPS,
		dynamicconfig.MatchingNumTaskqueueReadPartitions.Key():           1,
		dynamicconfig.MatchingNumTaskqueueWritePartitions.Key():          1,
		dynamicconfig.ForceSearchAttributesCacheRefreshOnRead.Key():      false,
		dynamicconfig.HistoryCacheHostLevelMaxSize.Key():                 8096,
	}
}
