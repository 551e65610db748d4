package store

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
)

// FenceTTL is how long a fence stands: longer than an attempt of a step that may still be on its way.
const FenceTTL = 48 * time.Hour

// ErrSuperseded refuses a write of a run whose lane another one has taken.
var ErrSuperseded = errors.New("the run was superseded")

// Fence keeps late writes out. A run raises its lane's fence to the moment at which its first task began before it does anything; from then on what earlier
// runs of that lane still write is refused. The zero Fence neither keeps anything out nor is kept out.
type Fence struct {
	Lane string
	At   int64 // microseconds since 1970
}

var raiseScript = redis.NewScript(`
if tonumber(redis.call('GET', KEYS[1]) or '0') < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], ARGV[1]) end
return redis.call('EXPIRE', KEYS[1], ARGV[2])
`)

// Raise raises a lane's fence. It is never lowered.
func (kv *KV) Raise(ctx context.Context, f Fence) error {
	err := raiseScript.Run(ctx, kv.redis, []string{kv.fenceKey(f.Lane)}, f.At, int64(FenceTTL.Seconds())).Err()
	return kvError("raise the fence of", f.Lane, err)
}

// fenceKeys are the keys by which a script checks the fence itself. A cluster may have it on another node than the value: there it is
// checked here, right before the write.
func (kv *KV) fenceKeys(ctx context.Context, f Fence) ([]string, error) {
	if f.At == 0 {
		return nil, nil
	}
	if _, spread := kv.redis.(*redis.ClusterClient); !spread {
		return []string{kv.fenceKey(f.Lane)}, nil
	}
	return nil, kv.Passed(ctx, f)
}

// Passed gives ErrSuperseded where a later run of the lane has raised its fence.
func (kv *KV) Passed(ctx context.Context, f Fence) error {
	if f.At == 0 {
		return nil
	}
	text, err := kv.redis.Get(ctx, kv.fenceKey(f.Lane)).Result()
	if err != nil && !errors.Is(err, redis.Nil) {
		return err
	}
	if at, _ := strconv.ParseInt(text, 10, 64); at > f.At {
		return ErrSuperseded
	}
	return nil
}

func (kv *KV) fenceKey(lane string) string { return kv.prefix + "lane:" + lane }
