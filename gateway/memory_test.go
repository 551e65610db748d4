package gateway

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/worker"
)

func TestALostMemoryIsNoticed(t *testing.T) {
	t.Parallel()
	eachRedis(t, func(t *testing.T, r redis.UniversalClient) {
		ctx := t.Context()
		asked := 0
		says := func(fresh bool) func(context.Context) (bool, error) {
			return func(context.Context) (bool, error) { asked++; return fresh, nil }
		}
		d := NewDeliveries(r).Under("new:" + uuid.NewString() + ":")
		for range 2 {
			lost, err := d.Lost(ctx, says(true))
			require.NoError(t, err)
			require.False(t, lost, "a new installation has nothing to forget")
		}
		require.Equal(t, 1, asked, "and isn't asked again")

		d = NewDeliveries(r).Under("old:" + uuid.NewString() + ":")
		for range 2 {
			lost, err := d.Lost(ctx, says(false))
			require.NoError(t, err)
			require.True(t, lost)
		}
		key := d.prefix + "deliveries:since"
		edge := time.Now().Add(-RememberDeliveries)
		require.NoError(t, r.Set(ctx, key, edge.Add(time.Minute).UnixMilli(), 0).Err())
		lost, err := d.Lost(ctx, says(false))
		require.NoError(t, err)
		require.True(t, lost)
		require.NoError(t, r.Set(ctx, key, edge.Add(-time.Minute).UnixMilli(), 0).Err())
		lost, err = d.Lost(ctx, says(false))
		require.NoError(t, err)
		require.False(t, lost, "what was forgotten is older than what is remembered")
	})
}

// TestAForgottenDeliveryIsFound: Redis was emptied, and other runs of the lane came since.
func TestAForgottenDeliveryIsFound(t *testing.T) {
	t.Parallel()
	b := setup(t)
	first := answerOf(t, b.deliver(`{"id":"evt_1","order-id":"o-1"}`))
	require.Equal(t, "started", first["decision"])
	require.Equal(t, "started", answerOf(t, b.deliver(`{"id":"evt_2","order-id":"o-1"}`))["decision"])
	b.redis.FlushAll()
	again := b.deliver(`{"id":"evt_1","order-id":"o-1"}`)
	require.Equal(t, http.StatusAccepted, again.Code)
	require.Equal(t, "deduplicated", answerOf(t, again)["decision"])
	require.Equal(t, first["run-id"], answerOf(t, again)["run-id"])
	require.Len(t, b.runs.starts(), 2)
	require.Equal(t, "started", answerOf(t, b.deliver(`{"id":"evt_3","order-id":"o-1"}`))["decision"])
}

// TestNothingIsStartedWhileItIsUnknownWhatWasForgotten: Temporal can't say whether there were runs.
func TestNothingIsStartedWhileItIsUnknownWhatWasForgotten(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.runs.runErr = worker.ErrUnavailable
	w := b.deliver(`{"id":"evt_1","order-id":"o-1"}`)
	require.Equal(t, http.StatusServiceUnavailable, w.Code)
	require.NotEmpty(t, w.Header().Get("Retry-After"))
	require.Empty(t, b.runs.starts())
	b.runs.runErr = nil
	require.Equal(t, http.StatusAccepted, b.deliver(`{"id":"evt_1","order-id":"o-1"}`).Code)
	require.Len(t, b.runs.starts(), 1)
}
