package gateway

import (
	"cmp"
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"

	"github.com/weir-run/weir/activities/store"
)

// LookBack is how many runs of a lane, the newest, are looked at for a delivery that Redis may have forgotten.
const LookBack = 50

// The record of since when Redis remembers deliveries: ms since 1970, 0 where nothing can have come before. It is read after a
// delivery was claimed, so that a loss between the two shows. Where it isn't there, ARGV[1] says what it becomes.
var memoryScript = redis.NewScript(`
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local since = redis.call('GET', KEYS[1])
if not since then
  if ARGV[1] == '' then return 'missing' end
  since = ARGV[1] == 'new' and '0' or string.format('%.0f', now)
  redis.call('SET', KEYS[1], since)
end
if now - tonumber(since) < tonumber(ARGV[2]) then return 'lost' end
return 'whole'`)

// Lost tells whether Redis may have forgotten deliveries of the last days: whether it was emptied, or replaced, less than
// RememberDeliveries ago. neverRan tells a new installation, whose Redis has nothing to remember, from one that lost its memory.
func (d *Deliveries) Lost(ctx context.Context, neverRan func(context.Context) (bool, error)) (bool, error) {
	state, err := d.memory(ctx, "")
	if err != nil || state != "missing" {
		return state == "lost", err
	}
	fresh, err := neverRan(ctx)
	if err != nil {
		return false, fmt.Errorf("look for runs of forgotten deliveries: %w", err)
	}
	becomes := "lost"
	if fresh {
		becomes = "new"
	}
	state, err = d.memory(ctx, becomes)
	return state == "lost", err
}

func (d *Deliveries) memory(ctx context.Context, becomes string) (string, error) {
	key := cmp.Or(d.prefix, store.DefaultPrefix) + "deliveries:since"
	state, err := memoryScript.Run(ctx, d.redis, []string{key}, becomes, RememberDeliveries.Milliseconds()).Text()
	if err != nil {
		return "", fmt.Errorf("read since when deliveries are remembered: %w", err)
	}
	return state, nil
}
