package gateway

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/weir-run/weir/activities/store"
)

// rateScript keeps the moment until which a door's requests are spoken for (µs since 1970): each moves it on by its share of
// the period, and one that would move it further than a period from now is refused, with the µs to wait.
var rateScript = redis.NewScript(`
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local share, period = tonumber(ARGV[1]), tonumber(ARGV[2])
local next = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now) + share
if next - now > period then return next - now - period end
redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000))
return 0`)

// Admit takes a request at a door if its rate allows, through whatever gateway it comes. Else it tells how long to wait.
func (d *Deliveries) Admit(ctx context.Context, at *door) (wait time.Duration, err error) {
	rate := at.rate
	if rate.Limit == 0 {
		return 0, nil
	}
	key := cmp.Or(d.prefix, store.DefaultPrefix) + "rate:" + at.flow.Slug + ":" + at.id
	share := rate.Per / time.Duration(rate.Limit)
	us, err := rateScript.Run(ctx, d.redis, []string{key}, share.Microseconds(), rate.Per.Microseconds()).Int64()
	if err != nil {
		return 0, fmt.Errorf("count requests: %w", err)
	}
	return time.Duration(us) * time.Microsecond, nil
}

// tooMany is the answer to a request that its door's rate doesn't allow.
func tooMany(wait time.Duration) *problem {
	seconds := (wait + time.Second - 1).Truncate(time.Second)
	return &problem{
		status: http.StatusTooManyRequests, retryAfter: max(seconds, time.Second), Code: "rate-limited",
		Message: "more requests than this flow takes; nothing was started; try again",
	}
}
