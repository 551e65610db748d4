//go:build !slim

package embedded

import (
	"fmt"
	"os"
	"sync"
	"time"

	uiserver "github.com/temporalio/ui-server/v2/server"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/temporal"

	"go.temporal.io/server/common/authorization"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/membership/static"
)

// Temporal is a running server with its Web UI.
type Temporal struct {
	// Address is the frontend's host:port; UI is the Web UI's URL.
	Address, UI string

	server temporal.Server
	ui     *uiserver.Server
	log    *os.File
	logger *serverLog
	once   sync.Once
	err    error
}

// StartTemporal starts a server on opt's ports and returns once its frontend
// answers. The namespace `default` exists then, with SearchAttributes.
func StartTemporal(opt TemporalOptions) (*Temporal, error) {
	t := &Temporal{
		Address: fmt.Sprintf("%s:%d", Loopback, opt.Frontend),
		UI:      fmt.Sprintf("http://%s:%d", Loopback, opt.UI),
	}
	if opt.LogFile != "" {
		file, err := os.OpenFile(opt.LogFile, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			return nil, fmt.Errorf("start temporal: open its log: %w", err)
		}
		t.log = file
	}
	t.logger = newServerLog(t.log)
	if err := t.start(opt); err != nil {
		t.closeLog()
		return nil, fmt.Errorf("start temporal: %w", err)
	}
	return t, nil
}

// Stop ends the Web UI and the server, and returns once both have let go of
// their ports and of the database. It may be called more than once.
func (t *Temporal) Stop() error {
	t.once.Do(func() {
		t.logger.mute() // a server that goes down warns about its own parts
		t.ui.Stop()
		if err := t.server.Stop(); err != nil {
			t.err = fmt.Errorf("stop temporal: %w", err)
		}
		t.closeLog()
	})
	return t.err
}

func (t *Temporal) start(opt TemporalOptions) error {
	conf, err := serverConfig(opt)
	if err != nil {
		return err
	}
	authorizer, err := authorization.GetAuthorizerFromConfig(&conf.Global.Authorization)
	if err != nil {
		return fmt.Errorf("authorizer: %w", err)
	}
	mapper, err := authorization.GetClaimMapperFromConfig(&conf.Global.Authorization, t.logger)
	if err != nil {
		return fmt.Errorf("claim mapper: %w", err)
	}
	t.server, err = temporal.NewServer(
		temporal.WithConfig(conf),
		temporal.ForServices(temporal.DefaultServices),
		temporal.WithStaticHosts(staticHosts(conf)),
		temporal.WithLogger(t.logger),
		temporal.WithAuthorizer(authorizer),
		temporal.WithClaimMapper(func(*config.Config) authorization.ClaimMapper { return mapper }),
		temporal.WithDynamicConfigClient(dynamicValues()),
	)
	if err != nil {
		return err
	}
	if err := t.server.Start(); err != nil {
		t.logger.mute()
		_ = t.server.Stop()
		return err
	}
	if err := awaitNamespace(t.Address, startTimeout); err != nil {
		t.logger.mute()
		_ = t.server.Stop()
		return err
	}
	t.ui = startUI(opt)
	return nil
}

// startTimeout bounds the wait for the frontend's first answer.
const startTimeout = 60 * time.Second

func (t *Temporal) closeLog() {
	if t.log != nil {
		_ = t.log.Close()
	}
}

func staticHosts(conf *config.Config) map[primitives.ServiceName]static.Hosts {
	hosts := map[primitives.ServiceName]static.Hosts{}
	for name, service := range conf.Services {
		hosts[primitives.ServiceName(name)] = static.SingleLocalHost(fmt.Sprintf("%s:%d", Loopback, service.RPC.GRPCPort))
	}
	return hosts
}
