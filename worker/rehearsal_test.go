package worker

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/interpreter/wire"
)

var rehearsed = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// rehearse prepares a rehearsal of a flow whose functions give back their :input.
func rehearse(t *testing.T, text string) *Rehearsal {
	t.Helper()
	f := parse(t, text)
	r := (&Flow{}).Rehearse(rehearsed)
	r.RegisterActivityWithOptions(func(context.Context, activities.Request) (activities.Plan, error) {
		return activities.NewPlan(f, 3, func(string) bool { return true })
	}, activity.RegisterOptions{Name: activityDefinition})
	r.RegisterActivityWithOptions(func(_ context.Context, c activities.Call) (wire.V, error) {
		m, _ := c.Config.Value.AsMap()
		return wire.V{Value: m.GetKw("input")}, nil
	}, activity.RegisterOptions{Name: "function"})
	return r
}

func TestARehearsalDecidesWaitsAndSkipsTime(t *testing.T) {
	t.Parallel()
	r := rehearse(t, keyed(`(let [a (flow/step :wait :ask {:key "go" :timeout "2h" :validation [:comment]})
		b (flow/step :wait :ask {:key "go" :timeout "3h" :on-timeout :continue :default-value :late})]
		{:a a :b b :x (flow/step :function :f {:input {:n 1}})})`))
	var told []string
	tell := func(d Decided, err error) {
		if err != nil {
			told = append(told, err.Error())
			return
		}
		told = append(told, d.Outcome+" "+d.By)
	}
	asked := false
	r.OnTimer(func() {
		waits, err := r.Waits()
		require.NoError(t, err)
		require.Len(t, waits, 1)
		if asked {
			return
		}
		asked = true
		require.Equal(t, "ask", waits[0].Step)
		r.After(time.Minute, func() {
			r.Decide(Decision{Key: "go", Value: edn(t, `{:action "approve"}`), By: "Ann"}, tell)
			r.Decide(Decision{Key: "go", Value: edn(t, `{:action "approve" :comment "yes"}`), By: "Bob"}, tell)
			r.Decide(Decision{Key: "go", Occurrence: 1, Value: edn(t, `{:action "reject" :comment "no"}`), By: "Cid"}, tell)
		})
	})
	out, err := r.Run(RehearsalStart{Slug: "t", Key: "7", Input: json.RawMessage(`{"id":"7"}`), Version: 3})
	require.NoError(t, err)
	require.JSONEq(t, `{"a":{"action":"approve","comment":"yes","by":"Bob","at":"2026-03-04T05:07:07.000Z"},"b":"late","x":{"n":1}}`, string(out))
	require.Equal(t, []string{"invalid decision: the wait go needs :comment", "decided Bob", "already-decided Bob"}, told)
	require.Equal(t, rehearsed.Add(3*time.Hour+time.Minute), r.Now().UTC())
	line, err := r.Timeline()
	require.NoError(t, err)
	require.Equal(t, StatusCompleted, line.Status)
	require.Len(t, line.Entries, 3)
}

func TestARehearsalTellsHowARunFailed(t *testing.T) {
	t.Parallel()
	r := rehearse(t, singleton(`(throw (ex-info "no" {:a 1}))`))
	_, err := r.Run(RehearsalStart{Slug: "t", Input: json.RawMessage(`{}`)})
	var failed *RunError
	require.ErrorAs(t, err, &failed)
	require.Equal(t, StatusFailed, failed.Status)
	require.Contains(t, failed.Message, "no")

	r = rehearse(t, singleton(`(flow/step :sleep :nap {:duration "1d"})`))
	r.After(time.Hour, r.Cancel)
	_, err = r.Run(RehearsalStart{Slug: "t", Input: json.RawMessage(`{}`)})
	require.ErrorAs(t, err, &failed)
	require.Equal(t, StatusCancelled, failed.Status)

	r = rehearse(t, keyed(`1`))
	_, err = r.Run(RehearsalStart{Slug: "t", Key: "7", Input: json.RawMessage(`{}`)})
	require.ErrorAs(t, err, &failed)
	require.Equal(t, "invalid-input", failed.Code)
	require.Panics(t, func() { _ = rehearsalPanic("something else") })
	require.ErrorIs(t, rehearsalPanic("test timeout: 30s"), ErrStuck)
}

func TestARehearsalTriesAgainInTimesLongPastAndFar(t *testing.T) {
	t.Parallel()
	for _, year := range []int{1990, 2026, 2150} {
		f := parse(t, singleton(`(flow/step :kv :k {:operation :get :key "a" :retry {:max-attempts 3 :backoff-ms 60000}})`))
		r := (&Flow{}).Rehearse(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC))
		r.RegisterActivityWithOptions(func(context.Context, activities.Request) (activities.Plan, error) {
			return activities.NewPlan(f, 1, func(string) bool { return true })
		}, activity.RegisterOptions{Name: activityDefinition})
		r.RegisterActivityWithOptions(func(ctx context.Context, c activities.Call) (wire.V, error) {
			if n := int(activity.GetInfo(ctx).Attempt); n < 3 {
				return wire.V{}, stepError(c, "store-failed", n, false)
			}
			return wire.V{Value: edn(t, `:third`)}, nil
		}, activity.RegisterOptions{Name: "kv"})
		out, err := r.Run(RehearsalStart{Slug: "t", Input: json.RawMessage(`{}`)})
		require.NoError(t, err, year)
		require.JSONEq(t, `"third"`, string(out))
		line, err := r.Timeline()
		require.NoError(t, err)
		require.Equal(t, 3, line.Entries[0].Attempts)
		require.Equal(t, 3*time.Minute, r.Now().Sub(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)))
	}
}

func TestARehearsalStaysInOneExecution(t *testing.T) {
	t.Parallel()
	r := rehearse(t, singleton(`(reduce (fn [n _] (:n (flow/step :function :f {:input {:n (inc n)}}))) 0 (range `+itoa(DefaultContinueAfter+100)+`))`))
	out, err := r.Run(RehearsalStart{Slug: "t", Input: json.RawMessage(`{}`)})
	require.NoError(t, err)
	require.JSONEq(t, itoa(DefaultContinueAfter+100), string(out))
}
