package gateway

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
)

func TestADoorTakesAsManyAsItsRateSays(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.flows["orders"].Webhook.Rate = definition.Rate{Limit: 3, Per: time.Hour}
	for i := range 3 {
		require.Equal(t, http.StatusAccepted, b.deliver(fmt.Sprintf(`{"id":"evt_%d","order-id":"o-1"}`, i)).Code)
	}
	w := b.deliver(`{"id":"evt_3","order-id":"o-1"}`)
	require.Equal(t, http.StatusTooManyRequests, w.Code)
	require.Equal(t, "rate-limited", answerOf(t, w)["error"])
	require.Equal(t, "1200", w.Header().Get("Retry-After"), "when the next place is free")
	require.Len(t, b.runs.starts(), 3)

	// who isn't verified takes no place and learns nothing; other doors have limits of their own
	require.Equal(t, http.StatusUnauthorized, b.send(http.MethodPost, hookPath, `{}`, "Stripe-Signature", "t=1,v1=00").Code)
	require.Equal(t, http.StatusOK, b.send(http.MethodPost, "/flows/orders/interfaces/quote", `{"order-id":"o-1"}`, "Authorization", "Bearer "+signingSecret).Code)

	b.redis.SetError("gone")
	w = b.deliver(`{"id":"evt_4","order-id":"o-1"}`)
	require.Equal(t, http.StatusServiceUnavailable, w.Code)
	require.NotEmpty(t, w.Header().Get("Retry-After"))
	require.Equal(t, 1, strings.Count(b.log.String(), `"status":429`))
}

func TestARateHoldsForAllGatewaysTogether(t *testing.T) {
	t.Parallel()
	eachRedis(t, func(t *testing.T, r redis.UniversalClient) {
		at := &door{flow: orderFlow(), id: uuid.NewString(), rate: definition.Rate{Limit: 20, Per: time.Hour}}
		taken := make([]bool, 60)
		var all sync.WaitGroup
		for i := range taken {
			all.Go(func() {
				wait, err := NewDeliveries(r).Admit(t.Context(), at)
				taken[i] = err == nil && wait == 0
			})
		}
		all.Wait()
		count := 0
		for _, ok := range taken {
			if ok {
				count++
			}
		}
		require.Equal(t, 20, count)

		at = &door{flow: orderFlow(), id: uuid.NewString(), rate: definition.Rate{Limit: 1, Per: time.Second}}
		wait, err := NewDeliveries(r).Admit(t.Context(), at)
		require.NoError(t, err)
		require.Zero(t, wait)
		require.Eventually(t, func() bool { // places become free again
			wait, err = NewDeliveries(r).Admit(t.Context(), at)
			return err == nil && wait == 0
		}, 10*time.Second, 20*time.Millisecond)
	})
}
