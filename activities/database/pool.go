package database

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/fault"
)

// Bounds of connections. An address may set pool_max_conns itself.
const (
	connectTimeout     = 5 * time.Second
	idleTimeout        = 5 * time.Minute
	defaultConnections = 10
	maxConnections     = 100
	// cancelDelay is how long a statement has to end after it was asked to, before its connection is closed.
	cancelDelay = 2 * time.Second
)

// Address is where a database is, as its slot is bound.
type Address struct {
	Slot string
	URL  binding.Secret // postgres://user:password@host/database, or host=... dbname=...
}

func (a Address) scrubber() binding.Scrubber {
	secrets := []binding.Secret{a.URL}
	if config, err := pgconn.ParseConfig(a.URL.Reveal()); err == nil && config.Password != "" {
		secrets = append(secrets, binding.NewSecret(config.Password))
	}
	return binding.NewScrubber(binding.ShortestInErrors, secrets...)
}

// Pools keeps connections, those of one address together, whichever flows' slots lead there. The zero value has none, and is ready. It is
// safe for concurrent use.
type Pools struct {
	mu   sync.Mutex
	open map[string]*pgxpool.Pool // by URL
}

// get is the pool of an address. That of an address to which no slot is bound any more has no connections after idleTimeout.
func (p *Pools) get(a Address) (*pgxpool.Pool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	url := a.URL.Reveal()
	if pool, ok := p.open[url]; ok {
		return pool, nil
	}
	config, err := configOf(url)
	if err != nil {
		return nil, fault.New(fault.SlotUnbound, "slot :%s: its :url is no address of a PostgreSQL database", a.Slot).
			Hinted("write postgres://user:password@host:5432/database")
	}
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		return nil, fmt.Errorf("open the database of slot :%s: %s", a.Slot, a.scrubber().Text(err.Error()))
	}
	if p.open == nil {
		p.open = map[string]*pgxpool.Pool{}
	}
	p.open[url] = pool
	return pool, nil
}

// Close ends all connections.
func (p *Pools) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, pool := range p.open {
		pool.Close()
	}
	p.open = nil
}

func configOf(url string) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(url, "pool_max_conns") {
		config.MaxConns = defaultConnections
	}
	config.MaxConns = min(config.MaxConns, maxConnections)
	config.MaxConnIdleTime = idleTimeout
	conn := config.ConnConfig
	conn.ConnectTimeout = connectTimeout
	// Poolers between may not keep prepared statements; describing each statement first works with all of them.
	conn.DefaultQueryExecMode = pgx.QueryExecModeDescribeExec
	if conn.RuntimeParams["application_name"] == "" {
		conn.RuntimeParams["application_name"] = "weir"
	}
	// Times and intervals are read as these settings write them, whatever the address says.
	for name, v := range map[string]string{"timezone": "UTC", "datestyle": "ISO, YMD", "intervalstyle": "postgres"} {
		conn.RuntimeParams[name] = v
	}
	conn.BuildContextWatcherHandler = func(c *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: c, DeadlineDelay: cancelDelay}
	}
	return config, nil
}
