// Package storetest gives tests the stores that they need: real S3 (a child process with versitygw) and
// Redis (miniredis), and the servers that the environment names. It is for tests only.
//
// WEIR_TEST_REDIS_URL, WEIR_TEST_REDIS_CLUSTER_URL, WEIR_TEST_S3_ENDPOINT, _ACCESS_KEY, _SECRET_KEY and _BUCKET name real servers. The conformance suites run against
// those as well as against the embedded ones; other tests prefer them.
package storetest

import (
	"context"
	"crypto/rand"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/activities/store/s3child"
)

// Main is the TestMain of a package that uses Objects or EachObjects.
func Main(m *testing.M) {
	s3child.Main()
	code := m.Run()
	embedded.stop()
	os.Exit(code)
}

// Objects is an empty part of an S3 store.
func Objects(t testing.TB) *store.Objects {
	t.Helper()
	opt, ok := realS3()
	if !ok {
		opt = embedded.start(t)
	}
	return open(t, opt)
}

// EachObjects runs a suite against the embedded S3 server and, if there is one, the real one.
func EachObjects(t *testing.T, suite func(t *testing.T, o *store.Objects)) {
	t.Helper()
	t.Run("embedded", func(t *testing.T) {
		t.Parallel()
		suite(t, open(t, embedded.start(t)))
	})
	if opt, ok := realS3(); ok {
		t.Run("real", func(t *testing.T) {
			t.Parallel()
			suite(t, open(t, opt))
		})
	}
}

// S3Options are those of an empty part of the store, for tests that open it in another process.
func S3Options(t testing.TB) store.S3Options {
	t.Helper()
	opt, ok := realS3()
	if !ok {
		opt = embedded.start(t)
	}
	opt.Prefix = prefix(t)
	return opt
}

func open(t testing.TB, opt store.S3Options) *store.Objects {
	t.Helper()
	opt.Prefix = prefix(t)
	o, err := store.OpenObjects(context.Background(), opt)
	require.NoError(t, err)
	return o
}

// prefix is a name that no other test has.
func prefix(testing.TB) string { return "test-" + strings.ToLower(rand.Text()) + "/" }

func realS3() (store.S3Options, bool) {
	opt := store.S3Options{
		Endpoint:  os.Getenv("WEIR_TEST_S3_ENDPOINT"),
		AccessKey: os.Getenv("WEIR_TEST_S3_ACCESS_KEY"),
		SecretKey: os.Getenv("WEIR_TEST_S3_SECRET_KEY"),
		Bucket:    os.Getenv("WEIR_TEST_S3_BUCKET"),
	}
	return opt, opt.Endpoint != ""
}

// server is the one S3 child of the test program.
type server struct {
	once   sync.Once
	dir    string
	child  *s3child.Server
	failed error
}

var embedded server

func (s *server) start(t testing.TB) store.S3Options {
	t.Helper()
	s.once.Do(func() {
		if s.dir, s.failed = os.MkdirTemp("", "weir-s3-"); s.failed == nil {
			s.child, s.failed = s3child.Start(s3child.Options{Dir: s.dir})
		}
	})
	require.NoError(t, s.failed)
	return store.S3Options{Endpoint: "http://" + s.child.Endpoint, Region: s3child.Region, AccessKey: s.child.AccessKey, SecretKey: s.child.SecretKey}
}

func (s *server) stop() {
	if s.child != nil {
		_ = s.child.Stop() // the program is ending; the child ends with it in any case
	}
	if s.dir != "" {
		_ = os.RemoveAll(s.dir)
	}
}

// Redis is a Redis without keys of this test's, and a way to let time pass in it.
type Redis struct {
	Client redis.UniversalClient
	Prefix string
	// Pass lets so much time pass for keys that expire.
	Pass func(time.Duration)
}

// KV is an empty KV store.
func KV(t testing.TB) *store.KV {
	t.Helper()
	r := mini(t)
	if url := os.Getenv(redisVariable); url != "" {
		r = real(t, url)
	}
	return store.NewKV(r.Client, r.Prefix)
}

// EachRedis runs a suite against miniredis and, if there is one, a real Redis.
func EachRedis(t *testing.T, suite func(t *testing.T, r Redis)) {
	t.Helper()
	t.Run("miniredis", func(t *testing.T) {
		t.Parallel()
		suite(t, mini(t))
	})
	for name, variable := range map[string]string{"real": redisVariable, "cluster": clusterVariable} {
		if url := os.Getenv(variable); url != "" {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				suite(t, real(t, url))
			})
		}
	}
}

// RedisURL is where the Redis is that tests use from several processes, and a prefix of this test's own.
func RedisURL(t testing.TB) (url, prefixOfKeys string) {
	t.Helper()
	if url = os.Getenv(redisVariable); url == "" {
		url = "redis://" + miniredis.RunT(t).Addr()
	}
	return url, prefix(t)
}

const (
	redisVariable   = "WEIR_TEST_REDIS_URL"
	clusterVariable = "WEIR_TEST_REDIS_CLUSTER_URL"
)

func mini(t testing.TB) Redis {
	t.Helper()
	server := miniredis.RunT(t)
	client := redis.NewUniversalClient(&redis.UniversalOptions{Addrs: []string{server.Addr()}})
	t.Cleanup(func() { require.NoError(t, client.Close()) })
	return Redis{Client: client, Prefix: prefix(t), Pass: server.FastForward}
}

func real(t testing.TB, url string) Redis {
	t.Helper()
	client, err := store.OpenRedis(context.Background(), store.RedisOptions{URL: url})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, client.Close()) })
	r := Redis{Client: client, Prefix: prefix(t)}
	r.Pass = func(d time.Duration) {
		pass := func(ctx context.Context, node redis.Cmdable) error { return letPass(ctx, node, r.Prefix, d) }
		if cluster, ok := client.(*redis.ClusterClient); ok {
			err = cluster.ForEachMaster(context.Background(), func(ctx context.Context, node *redis.Client) error { return pass(ctx, node) })
		} else {
			err = pass(context.Background(), client)
		}
		require.NoError(t, err)
	}
	return r
}

// letPass removes the keys that would have expired by then: a real server's clock can't be moved.
func letPass(ctx context.Context, node redis.Cmdable, prefix string, d time.Duration) error {
	keys := node.Scan(ctx, 0, prefix+"*", 1000).Iterator()
	for keys.Next(ctx) {
		left, err := node.PTTL(ctx, keys.Val()).Result()
		if err == nil && left > 0 && left <= d {
			err = node.Del(ctx, keys.Val()).Err()
		} else if err == nil && left > 0 {
			err = node.PExpire(ctx, keys.Val(), left-d).Err()
		}
		if err != nil {
			return err
		}
	}
	return keys.Err()
}
