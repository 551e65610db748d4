package worker

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"pgregory.net/rapid"
)

// queueBundle runs one queue. Entries are over after served has seen them.
type queueBundle struct {
	*testsuite.TestWorkflowEnvironment
	served []string
	serve  func(ctx context.Context, t ticket) error
}

func setupQueue() *queueBundle {
	b := &queueBundle{serve: func(context.Context, ticket) error { return nil }}
	suite := &testsuite.WorkflowTestSuite{}
	suite.SetLogger(silent{})
	b.TestWorkflowEnvironment = suite.NewTestWorkflowEnvironment()
	b.SetDataConverter(DataConverter())
	b.SetWorkerOptions(worker.Options{Interceptors: interceptorsFor(planned{}), DeadlockDetectionTimeout: time.Minute})
	b.SetStartWorkflowOptions(client.StartWorkflowOptions{ID: QueueID("t"), TaskQueue: "weir"})
	b.SetTestTimeout(20 * time.Second)
	registerWorkflows(b.TestWorkflowEnvironment, &Flow{})
	b.RegisterActivityWithOptions(func(ctx context.Context, t ticket) error {
		b.served = append(b.served, t.ID)
		return b.serve(ctx, t)
	}, activity.RegisterOptions{Name: activityServe})
	return b
}

func (b *queueBundle) at(d time.Duration, f func()) { b.RegisterDelayedCallback(f, d) }

func (b *queueBundle) run(t testing.TB, l lineup) {
	b.ExecuteWorkflow(typeQueue, l)
	require.True(t, b.IsWorkflowCompleted())
}

// busy serves an entry that isn't over before the test is.
func busy(t *testing.T) func(context.Context, ticket) error {
	over := make(chan struct{})
	t.Cleanup(func() { close(over) })
	return func(context.Context, ticket) error {
		<-over
		return nil
	}
}

func aTicket(id string) ticket {
	return ticket{ID: id, Run: "run of " + id, At: time.Unix(100, 0).UTC()}
}

func TestQueueServesInOrderAndEnds(t *testing.T) {
	t.Parallel()
	b := setupQueue()
	b.at(0, func() {
		for _, id := range []string{"a", "b", "a", "c"} {
			b.SignalWorkflow(signalJoin, aTicket(id))
		}
		b.SignalWorkflow(signalJoin, "no ticket")
	})
	b.run(t, lineup{Lane: "t"})
	require.NoError(t, b.GetWorkflowError())
	require.Equal(t, []string{"a", "b", "c"}, b.served, "each once")
}

func TestEntriesLeaveTheQueue(t *testing.T) {
	t.Parallel()
	b := setupQueue()
	b.serve = busy(t)
	b.at(10*time.Millisecond, func() {
		b.SignalWorkflow(signalLeave, aTicket("b"))
		b.SignalWorkflow(signalLeave, ticket{ID: "c", Run: "another execution of that ID"})
	})
	b.at(200*time.Millisecond, func() {
		got, err := b.QueryWorkflow(QueryQueue)
		require.NoError(t, err)
		var l lineup
		require.NoError(t, got.Get(&l))
		require.Equal(t, "a", l.Current.ID)
		require.Equal(t, []ticket{aTicket("c")}, l.Waiting)
		b.SignalWorkflow(signalLeave, aTicket("a")) // whose turn it is
		b.serve = func(context.Context, ticket) error { return nil }
	})
	b.run(t, lineup{Lane: "t", Waiting: []ticket{aTicket("a"), aTicket("b"), aTicket("c")}})
	require.NoError(t, b.GetWorkflowError())
	require.Equal(t, []string{"a", "c"}, b.served)
}

func TestQueueIsContinuedWithWhatWaits(t *testing.T) {
	t.Parallel()
	b := setupQueue()
	b.SetCurrentHistoryLength(continueQueueAfter + 1)
	b.run(t, lineup{Lane: "t", Current: &ticket{ID: "a", Run: "1"}, Waiting: []ticket{aTicket("b")}})
	var next *workflow.ContinueAsNewError
	require.ErrorAs(t, b.GetWorkflowError(), &next)
	require.Equal(t, typeQueue, next.WorkflowType.Name)
	var l lineup
	require.NoError(t, DataConverter().FromPayloads(next.Input, &l))
	require.Equal(t, lineup{Lane: "t", Current: &ticket{ID: "a", Run: "1"}, Waiting: []ticket{aTicket("b")}}, l)
	require.Empty(t, b.served)
}

func TestCancellingAQueueLosesNothing(t *testing.T) {
	t.Parallel()
	b := setupQueue()
	b.at(0, b.CancelWorkflow)
	b.run(t, lineup{Lane: "t", Waiting: []ticket{aTicket("a"), aTicket("b")}})
	require.NoError(t, b.GetWorkflowError())
	require.Equal(t, []string{"a", "b"}, b.served)
}

func TestAFullQueueRefuses(t *testing.T) {
	t.Parallel()
	l := lineup{Lane: "t"}
	for i := 0; !l.add(ticket{ID: fmt.Sprintf("%040d", i), Run: "r"}); i++ {
	}
	require.Len(t, l.Waiting, MaxQueueBytes/200)
	require.False(t, l.add(l.Waiting[3]), "it is in already")
	data, err := DataConverter().ToPayload(lineup{Lane: "t", Waiting: realistic(l.Waiting)})
	require.NoError(t, err)
	require.Less(t, len(data.Data), 2<<20)

	b := setupQueue()
	b.serve = busy(t)
	l = lineup{Lane: "t"}
	for i := 0; !l.add(ticket{ID: fmt.Sprintf("%0100000d", i), Run: "r"}); i++ {
	}
	current, late := aTicket("current"), ticket{ID: strings.Repeat("l", 100_000), Run: "late"}
	l.Current = &current
	var refused turn
	b.OnSignalExternalWorkflow("default-test-namespace", late.ID, "", signalTurn, turn{Run: late.Run, Full: true}).Return(
		func(_, _, _, _ string, arg any) error { refused = arg.(turn); return nil })
	b.at(0, func() { b.SignalWorkflow(signalJoin, late) })
	b.at(100*time.Millisecond, func() {
		for _, w := range append(l.Waiting, current) {
			b.SignalWorkflow(signalLeave, w)
		}
	})
	b.run(t, l)
	require.NoError(t, b.GetWorkflowError())
	require.Equal(t, turn{Run: late.Run, Full: true}, refused)
}

// realistic gives tickets all that they may have.
func realistic(in []ticket) []ticket {
	out := make([]ticket, len(in))
	for i, t := range in {
		out[i] = ticket{ID: t.ID, Run: strings.Repeat("r", 36), At: time.Now().UTC(), Version: 12345, ByHand: true}
	}
	return out
}

// TestPlacesInTheQueue: Starters' entries keep the order in which they joined; what was started by hand goes before those that were started after it.
func TestPlacesInTheQueue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var l lineup
		var starters []string
		for i := range rapid.IntRange(1, 12).Draw(t, "n") {
			k := ticket{ID: fmt.Sprint(i), At: time.Unix(int64(rapid.IntRange(0, 20).Draw(t, "at")), 0), ByHand: rapid.Bool().Draw(t, "by hand")}
			if !k.ByHand {
				starters = append(starters, k.ID)
			}
			require.False(t, l.add(k))
			at := -1
			for j, w := range l.Waiting {
				if w.ID == k.ID {
					at = j
				}
			}
			for _, behind := range l.Waiting[at+1:] {
				require.True(t, behind.At.After(k.At), "only what was started later stands behind a new one")
			}
		}
		var order []string
		for _, w := range l.Waiting {
			if !w.ByHand {
				order = append(order, w.ID)
			}
		}
		require.Equal(t, starters, order)
	})
}

// waitingEntry is an entry by hand that has to queue.
func waitingEntry(t *testing.T, body string) *bundle {
	t.Helper()
	b := setup(t, keyed(body))
	b.SetStartWorkflowOptions(client.StartWorkflowOptions{ID: "by-hand"})
	b.input = `{"id":"o-1"}`
	b.joining = func(j joining) (joined, error) {
		require.Equal(b.t, "t/o-1", j.Lane)
		return joined{Queued: true}, nil
	}
	return b
}

func (b *bundle) giveTurn() { b.SignalWorkflow(signalTurn, turn{Run: "default-test-run-id"}) }

func TestAnEntryWaitsForItsTurn(t *testing.T) {
	t.Parallel()
	b := waitingEntry(t, `{:by (:by (flow/step :wait :ask {:key "k"}))}`)
	b.after(time.Second, func() {
		require.Equal(t, StatusQueued, b.timeline().Status)
		require.Contains(t, b.details(), "**Queued**")
		require.Nil(t, b.timeline().Run)
		b.signal("k", `{"by":"early"}`)
		b.SignalWorkflow(signalTurn, turn{Run: "another execution"})
	})
	b.after(time.Hour, func() {
		require.Nil(t, b.timeline().Run)
		b.giveTurn()
	})
	require.JSONEq(t, `{"by":"early"}`, b.result())
}

func TestAQueuedEntryMakesSureThatItIsInTheQueue(t *testing.T) {
	t.Parallel()
	b := waitingEntry(t, `1`)
	asked := 0
	b.joining = func(j joining) (joined, error) {
		asked++
		require.Equal(t, asked > 1, j.Queue)
		return joined{Queued: true}, nil
	}
	b.after(time.Minute, b.giveTurn)
	require.Equal(t, "1", b.result())
	require.Equal(t, 3, asked, "at once, after ten seconds, after thirty")
}

func TestCancellingAQueuedEntryLeavesTheQueue(t *testing.T) {
	t.Parallel()
	b := waitingEntry(t, `1`)
	var left []any
	b.OnSignalExternalWorkflow("default-test-namespace", "weir.queue/t/o-1", "", signalLeave, mock.Anything).Return(
		func(_, _, _, _ string, arg any) error { left = append(left, arg); return nil })
	b.after(time.Minute, b.CancelWorkflow)
	b.run()
	require.True(t, temporal.IsCanceledError(b.GetWorkflowError()), "%v", b.GetWorkflowError())
	require.Len(t, left, 1)
	require.Equal(t, "by-hand", left[0].(ticket).ID)
}

func TestAFullLaneFailsTheEntry(t *testing.T) {
	t.Parallel()
	b := waitingEntry(t, `1`)
	b.after(time.Minute, func() { b.SignalWorkflow(signalTurn, turn{Run: "default-test-run-id", Full: true}) })
	require.Equal(t, "lane-full", b.failure().Type())
}

func TestAQueuedEntryUsesTheNewestVersion(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		newest, want, lane string
	}{
		"newest":       {keyed(`{:new (:version (:flow/ctx (flow/input)))}`), `{"new":3}`, "t/o-1"},
		"other lane":   {singleton(`(:workflow-id (:flow/ctx (flow/input)))`), `"t"`, "t"},
		"its own lane": {strings.Replace(keyed(`(subs (:workflow-id (:flow/ctx (flow/input))) 0 6)`), ":key-field :id", ":key-field :id :on-new-version :coexist", 1), `"t/o-1@"`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := waitingEntry(t, `"old"`)
			var lanes []string
			b.joining = func(j joining) (joined, error) {
				lanes = append(lanes, j.Lane)
				return joined{Queued: len(lanes) == 1}, nil
			}
			b.OnSignalExternalWorkflow("default-test-namespace", "weir.queue/t/o-1", "", signalLeave, mock.Anything).Return(nil)
			b.after(time.Second, func() {
				b.flow = parse(t, c.newest)
				b.giveTurn()
			})
			require.JSONEq(t, c.want, b.result())
			if c.lane != "" {
				require.Equal(t, c.lane, lanes[len(lanes)-1])
			}
		})
	}
}
