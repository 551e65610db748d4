package gateway

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"

	"github.com/weir-run/weir/activities/store"
)

// How long deliveries are remembered, and how long one gateway may take to start a run before another may try.
const (
	RememberDeliveries = 4 * 24 * time.Hour // providers repeat theirs for up to three days
	ClaimLease         = 20 * time.Second   // longer than two startTimeouts
	claimWait          = 10 * time.Second   // how long a repeated delivery waits for the first one's outcome
	claimPollFirst     = 10 * time.Millisecond
	claimPollMost      = 250 * time.Millisecond
)

// errClaimed says that another request is still starting the run of this delivery.
var errClaimed = errors.New("the same delivery is being taken at this moment")

// Deliveries remembers in Redis which run each delivery started.
//
// A delivery is claimed before its run is started and confirmed after. A claim
// is a lease: if its holder dies, the provider's next attempt takes over. It
// looks for a run that the dead one may have started, and starts with the same
// request id, which Temporal answers with the lane's latest run if that is the
// one. A delivery is lost only if its sender stops repeating it, and nothing
// was acknowledged then.
type Deliveries struct {
	redis  redis.Scripter
	prefix string // "" for store.DefaultPrefix
	lease  time.Duration
	wait   time.Duration
}

// NewDeliveries keeps deliveries in that Redis.
func NewDeliveries(r redis.Scripter) *Deliveries {
	return &Deliveries{redis: r, lease: ClaimLease, wait: claimWait}
}

// Under keeps them under another prefix, which separates installations that share a Redis.
func (d *Deliveries) Under(prefix string) *Deliveries {
	other := *d
	other.prefix = prefix
	return &other
}

// Delivery names what a run is started for, once: a delivery to a webhook, or a request with an Idempotency-Key.
type Delivery struct {
	Slug string
	Door string // the interface's id, "" for the runs API
	ID   string // as its sender calls it
}

// StartID is the same for every attempt of a delivery, on every gateway: what its start is deduplicated by in Temporal.
func (d Delivery) StartID() string { return "delivery:" + d.sum() }

func (d Delivery) sum() string {
	h := sha256.New()
	for _, part := range []string{d.Slug, d.Door, d.ID} {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil)[:20])
}

// key is where a delivery is remembered.
func (d *Deliveries) key(del Delivery) string {
	return cmp.Or(d.prefix, store.DefaultPrefix) + "delivery:" + del.Slug + ":" + del.sum()
}

// Claim is the right to start a delivery's run, or what came of it.
type Claim struct {
	Done       bool // the run was started; WorkflowID and RunID are its
	WorkflowID string
	RunID      string
	Again      bool      // an earlier holder may have started it and died before it could say so
	Lost       bool      // Redis forgot what came before it: it may have been started and confirmed
	Since      time.Time // when the first holder claimed it

	key, owner string
}

// The record of a delivery is a hash: owner and lease (ms since 1970, by Redis' own
// clock) while it is claimed, workflow and run once it is done; since is the time of the first claim.
var (
	claimScript = redis.NewScript(`
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local got = redis.call('HMGET', KEYS[1], 'workflow', 'run', 'lease', 'since')
if got[2] then return {'done', got[1], got[2]} end
if got[3] and tonumber(got[3]) > now then return {'busy'} end
local since = got[4] or string.format('%.0f', now)
redis.call('HSET', KEYS[1], 'since', since, 'owner', ARGV[1], 'lease', string.format('%.0f', now + ARGV[2]))
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {'claimed', got[4] and 'again' or 'first', since}`)

	confirmScript = redis.NewScript(`
local got = redis.call('HMGET', KEYS[1], 'workflow', 'run')
if got[2] then return got end
redis.call('HSET', KEYS[1], 'workflow', ARGV[1], 'run', ARGV[2])
redis.call('HDEL', KEYS[1], 'owner', 'lease')
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {ARGV[1], ARGV[2]}`)

	releaseScript = redis.NewScript(`
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
if ARGV[2] == 'nothing' then return redis.call('DEL', KEYS[1]) end
return redis.call('HDEL', KEYS[1], 'owner', 'lease')`)
)

// Claim takes the delivery, or tells which run it started before. While another
// request holds it, Claim waits for the outcome, and gives up with errClaimed.
func (d *Deliveries) Claim(ctx context.Context, del Delivery) (Claim, error) {
	c := Claim{key: d.key(del), owner: uuid.NewString()}
	patience, cancel := context.WithTimeout(ctx, d.wait)
	defer cancel()
	for pause := claimPollFirst; ; pause = min(2*pause, claimPollMost) {
		got, err := claimScript.Run(ctx, d.redis, []string{c.key}, c.owner, d.lease.Milliseconds(), RememberDeliveries.Milliseconds()).StringSlice()
		if err != nil {
			return Claim{}, fmt.Errorf("claim delivery: %w", err)
		}
		switch got[0] {
		case "done":
			c.Done, c.WorkflowID, c.RunID = true, got[1], got[2]
			return c, nil
		case "claimed":
			c.Again = got[1] == "again"
			ms, err := strconv.ParseInt(got[2], 10, 64)
			if err != nil {
				return Claim{}, fmt.Errorf("claim delivery: %w", err)
			}
			c.Since = time.UnixMilli(ms)
			return c, nil
		}
		select {
		case <-patience.Done():
			return Claim{}, errClaimed
		case <-time.After(pause):
		}
	}
}

// Confirm records the run. If another holder was faster, its run is the one that counts, and is returned.
func (d *Deliveries) Confirm(ctx context.Context, c Claim, workflowID, runID string) (Claim, error) {
	got, err := confirmScript.Run(ctx, d.redis, []string{c.key}, workflowID, runID, RememberDeliveries.Milliseconds()).StringSlice()
	if err != nil {
		return Claim{}, fmt.Errorf("confirm delivery: %w", err)
	}
	c.Done, c.WorkflowID, c.RunID = true, got[0], got[1]
	return c, nil
}

// Release gives the claim back. With nothingStarted the delivery is forgotten,
// unless an earlier holder may have started a run; then, as otherwise, the next
// holder learns that one may exist.
func (d *Deliveries) Release(ctx context.Context, c Claim, nothingStarted bool) error {
	left := "something"
	if nothingStarted && !c.Again {
		left = "nothing"
	}
	if err := releaseScript.Run(ctx, d.redis, []string{c.key}, c.owner, left).Err(); err != nil {
		return fmt.Errorf("release delivery: %w", err)
	}
	return nil
}
