//go:build !slim

package embedded_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/dev/embedded"
)

func startRedis(t *testing.T, file string, every time.Duration) (*embedded.Redis, *redis.Client) {
	t.Helper()
	server, err := embedded.StartRedis(embedded.RedisOptions{Address: "127.0.0.1:0", File: file, Every: every})
	require.NoError(t, err)
	t.Cleanup(func() { _ = server.Stop() })
	opt, err := redis.ParseURL(server.URL)
	require.NoError(t, err)
	client := redis.NewClient(opt)
	t.Cleanup(func() { _ = client.Close() })
	return server, client
}

func TestRedisFindsItsStateAgain(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "redis.json")
	server, client := startRedis(t, file, time.Hour)
	binary := "\x00\xff\xfe~\"\n"
	require.NoError(t, client.Set(ctx, "text", binary, 0).Err())
	require.NoError(t, client.Set(ctx, "soon", "v", time.Hour).Err())
	require.NoError(t, client.RPush(ctx, "list", "b", "a", "b").Err())
	require.NoError(t, client.HSet(ctx, "hash", "k1", "v1", "k2", binary).Err())
	require.NoError(t, client.SAdd(ctx, "set", "x", "y").Err())
	require.NoError(t, client.ZAdd(ctx, "zset", redis.Z{Score: 1.5, Member: "m"}, redis.Z{Score: -2, Member: "n"}).Err())
	require.NoError(t, server.Stop())
	require.NoError(t, server.Stop(), "a second stop is harmless")

	_, client = startRedis(t, file, time.Hour)
	require.Equal(t, binary, client.Get(ctx, "text").Val())
	require.Equal(t, time.Duration(-1), client.TTL(ctx, "text").Val())
	require.InDelta(t, time.Hour.Seconds(), client.TTL(ctx, "soon").Val().Seconds(), 60)
	require.Equal(t, []string{"b", "a", "b"}, client.LRange(ctx, "list", 0, -1).Val())
	require.Equal(t, map[string]string{"k1": "v1", "k2": binary}, client.HGetAll(ctx, "hash").Val())
	require.ElementsMatch(t, []string{"x", "y"}, client.SMembers(ctx, "set").Val())
	require.Equal(t, []redis.Z{{Score: -2, Member: "n"}, {Score: 1.5, Member: "m"}}, client.ZRangeWithScores(ctx, "zset", 0, -1).Val())
}

func TestRedisSavesWhileItRuns(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "redis.json")
	_, client := startRedis(t, file, 5*time.Millisecond)
	require.NoError(t, client.Set(ctx, "k", "v", 0).Err())
	require.Eventually(t, func() bool {
		text, err := os.ReadFile(file)
		return err == nil && len(text) > len(`{"format":1,"keys":[]}`)
	}, 10*time.Second, time.Millisecond)

	// What the file holds now is what a killed process leaves behind.
	copied := filepath.Join(t.TempDir(), "redis.json")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(copied, text, 0o600))
	_, client = startRedis(t, copied, time.Hour)
	require.Equal(t, "v", client.Get(ctx, "k").Val())
}

func TestRedisDropsWhatExpiredWhileItWasDown(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "redis.json")
	require.NoError(t, os.WriteFile(file, []byte(
		`{"format":1,"keys":[{"key":"b2xk","type":"string","data":["dg=="],"expires_at":1000},{"key":"a2VwdA==","type":"string","data":["dg=="]}]}`), 0o600))
	_, client := startRedis(t, file, time.Hour)
	require.Equal(t, []string{"kept"}, client.Keys(ctx, "*").Val())
}

func TestRedisKeysExpireByTheClock(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	_, client := startRedis(t, "", 0)
	require.NoError(t, client.Set(ctx, "k", "v", 20*time.Millisecond).Err())
	require.Eventually(t, func() bool { return client.Exists(ctx, "k").Val() == 0 }, 10*time.Second, time.Millisecond)
}

func TestRedisRefusesADamagedSnapshot(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "redis.json")
	for text, want := range map[string]string{
		`{"format":1,"ke`:        "is damaged; move it away to start empty",
		`{"format":9,"keys":[]}`: "has format 9, this weir reads 1",
	} {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		_, err := embedded.StartRedis(embedded.RedisOptions{Address: "127.0.0.1:0", File: file})
		require.ErrorContains(t, err, want)
	}
}
