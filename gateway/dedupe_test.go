package gateway

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"
)

// eachRedis runs the test against the embedded Redis, and against a real one where WEIR_TEST_REDIS_URL names it.
func eachRedis(t *testing.T, test func(t *testing.T, r redis.UniversalClient)) {
	t.Helper()
	t.Run("embedded", func(t *testing.T) {
		t.Parallel()
		client := redis.NewClient(&redis.Options{Addr: miniredis.RunT(t).Addr()})
		t.Cleanup(func() { client.Close() })
		test(t, client)
	})
	if url := os.Getenv("WEIR_TEST_REDIS_URL"); url != "" {
		t.Run("real", func(t *testing.T) {
			t.Parallel()
			opt, err := redis.ParseURL(url)
			require.NoError(t, err)
			client := redis.NewClient(opt)
			t.Cleanup(func() { client.Close() })
			require.NoError(t, client.Ping(t.Context()).Err())
			test(t, client)
		})
	}
}

// delivery is a new one at every call.
func delivery() Delivery {
	return Delivery{Slug: "orders", Door: "order-updated", ID: "evt_" + uuid.NewString()}
}

func TestADeliveryIsClaimedOnceAndRemembered(t *testing.T) {
	t.Parallel()
	eachRedis(t, func(t *testing.T, r redis.UniversalClient) {
		ctx, d, del := t.Context(), NewDeliveries(r), delivery()
		c, err := d.Claim(ctx, del)
		require.NoError(t, err)
		require.False(t, c.Done)
		require.False(t, c.Again)
		require.WithinDuration(t, time.Now(), c.Since, time.Minute)
		c, err = d.Confirm(ctx, c, "orders/o-1", "run-1")
		require.NoError(t, err)
		require.Equal(t, "run-1", c.RunID)

		again, err := NewDeliveries(r).Claim(ctx, del) // another gateway
		require.NoError(t, err)
		require.True(t, again.Done)
		require.Equal(t, "orders/o-1", again.WorkflowID)
		require.Equal(t, "run-1", again.RunID)

		kept := r.PTTL(ctx, d.key(del)).Val()
		require.Greater(t, kept, 3*24*time.Hour)
		require.LessOrEqual(t, kept, RememberDeliveries)
	})
}

func TestOnlyOneOfManyHoldsAClaim(t *testing.T) {
	t.Parallel()
	eachRedis(t, func(t *testing.T, r redis.UniversalClient) {
		ctx, del := t.Context(), delivery()
		claims := make([]Claim, 50)
		var started sync.Map
		var wg sync.WaitGroup
		for i := range claims {
			wg.Go(func() {
				d := NewDeliveries(r)
				c, err := d.Claim(ctx, del)
				if err == nil && !c.Done {
					started.Store(i, true)
					c, err = d.Confirm(ctx, c, "orders/o-1", "run-"+c.owner)
				}
				if err == nil {
					claims[i] = c
				}
			})
		}
		wg.Wait()
		count := 0
		started.Range(func(any, any) bool { count++; return true })
		require.Equal(t, 1, count)
		for _, c := range claims {
			require.True(t, c.Done)
			require.Equal(t, claims[0].RunID, c.RunID)
		}
	})
}

func TestAClaimWaitsAndGivesUp(t *testing.T) {
	t.Parallel()
	eachRedis(t, func(t *testing.T, r redis.UniversalClient) {
		ctx, del := t.Context(), delivery()
		d := NewDeliveries(r)
		d.wait = 20 * time.Millisecond
		_, err := d.Claim(ctx, del)
		require.NoError(t, err)
		_, err = d.Claim(ctx, del)
		require.ErrorIs(t, err, errClaimed)
	})
}

// TestALostClaimIsTakenOver is the gateway that dies between claim and start, or between start and confirm.
func TestALostClaimIsTakenOver(t *testing.T) {
	t.Parallel()
	eachRedis(t, func(t *testing.T, r redis.UniversalClient) {
		ctx, del := t.Context(), delivery()
		dying := &Deliveries{redis: r, lease: time.Millisecond, wait: time.Second}
		lost, err := dying.Claim(ctx, del)
		require.NoError(t, err)

		d := NewDeliveries(r)
		c, err := d.Claim(ctx, del)
		require.NoError(t, err)
		require.False(t, c.Done)
		require.True(t, c.Again)
		require.Equal(t, lost.Since, c.Since)

		require.NoError(t, dying.Release(ctx, lost, true), "it is another's now")
		_, err = (&Deliveries{redis: r, lease: time.Second}).Claim(ctx, del)
		require.ErrorIs(t, err, errClaimed)

		mine, err := d.Confirm(ctx, c, "orders/o-1", "run-1")
		require.NoError(t, err)
		late, err := dying.Confirm(ctx, lost, "orders/o-1", "run-2") // it wasn't dead, only slow
		require.NoError(t, err)
		require.Equal(t, mine.RunID, late.RunID)
	})
}

func TestReleasedDeliveriesAreFree(t *testing.T) {
	t.Parallel()
	eachRedis(t, func(t *testing.T, r redis.UniversalClient) {
		ctx, d, del := t.Context(), NewDeliveries(r), delivery()
		c, err := d.Claim(ctx, del)
		require.NoError(t, err)
		require.NoError(t, d.Release(ctx, c, true))
		require.Zero(t, r.Exists(ctx, d.key(del)).Val())

		c, err = d.Claim(ctx, del)
		require.NoError(t, err)
		require.False(t, c.Again)
		require.NoError(t, d.Release(ctx, c, false))

		c, err = d.Claim(ctx, del)
		require.NoError(t, err)
		require.True(t, c.Again, "a run may have been started")
		require.NoError(t, d.Release(ctx, c, true))
		c, err = d.Claim(ctx, del)
		require.NoError(t, err)
		require.True(t, c.Again, "by the one before the last")
	})
}

func TestDeliveriesAreToldApart(t *testing.T) {
	t.Parallel()
	seen := map[string]Delivery{}
	for _, d := range []Delivery{
		{"a", "b", "c"}, {"a", "bc", ""}, {"ab", "", "c"}, {"ab", "c", ""}, {"a", "b", "C"}, {"a", "b", "c "}, {"1:a", "b", "c"}, {"a", "1:b", "c"},
	} {
		require.NotContains(t, seen, d.StartID())
		seen[d.StartID()] = d
	}
	require.Less(t, len((Delivery{"a", "b", string(make([]byte, 10_000))}).StartID()), 64)
}

func TestClaimFailsWithoutRedis(t *testing.T) {
	t.Parallel()
	m := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: m.Addr(), MaxRetries: -1})
	t.Cleanup(func() { client.Close() })
	m.Close()
	_, err := NewDeliveries(client).Claim(context.Background(), delivery())
	require.Error(t, err)
	require.NotErrorIs(t, err, errClaimed)
}
