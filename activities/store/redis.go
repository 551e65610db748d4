package store

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/redis/go-redis/v9"
)

// RedisOptions says where Redis is.
type RedisOptions struct {
	// URL is redis://[user:password@]host:port/db, with rediss:// for TLS; redis-cluster:// and rediss-cluster:// name a node of a
	// cluster, and others by ?addr=host:port.
	URL string
	// CAFile holds the certificates, in PEM, by which a server's is judged; empty: the system's.
	CAFile string
}

const clusterScheme = "-cluster://"

var errRedisURL = errors.New("WEIR_REDIS_URL must be redis://[user:password@]host:port/db, rediss:// for TLS, or redis-cluster:// or rediss-cluster://[user:password@]host:port?addr=host:port")

// OpenRedis connects to Redis. The error says where it isn't, and no password.
func OpenRedis(ctx context.Context, opt RedisOptions) (redis.UniversalClient, error) {
	client, where, err := dialRedis(opt)
	if err != nil {
		return nil, fmt.Errorf("open Redis: %w", err)
	}
	if err := client.Ping(ctx).Err(); err != nil {
		_ = client.Close()
		return nil, fmt.Errorf("reach Redis at %s: %w", where, err)
	}
	return client, nil
}

func dialRedis(opt RedisOptions) (redis.UniversalClient, string, error) {
	roots, err := certificates(opt.CAFile)
	if err != nil {
		return nil, "", err
	}
	trust := func(c *tls.Config) {
		if c != nil {
			c.RootCAs, c.MinVersion = roots, tls.VersionTLS12
		}
	}
	// Errors of parsing may quote the URL, password and all.
	if scheme, rest, ok := strings.Cut(opt.URL, clusterScheme); ok && (scheme == "redis" || scheme == "rediss") {
		o, err := redis.ParseClusterURL(scheme + "://" + rest)
		if err != nil {
			return nil, "", errRedisURL
		}
		trust(o.TLSConfig)
		return redis.NewClusterClient(o), strings.Join(o.Addrs, ", "), nil
	}
	o, err := redis.ParseURL(opt.URL)
	if err != nil {
		return nil, "", errRedisURL
	}
	trust(o.TLSConfig)
	return redis.NewClient(o), o.Addr, nil
}

func certificates(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("WEIR_REDIS_CA_FILE: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("WEIR_REDIS_CA_FILE: %s holds no certificate in PEM", file)
	}
	return pool, nil
}
