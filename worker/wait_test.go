package worker

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

const askOnce = `(flow/step :wait :ask {:key "k" :timeout "2h" :title "Go?"})`

func yes() wire.V {
	return wire.V{Value: value.NewMap(value.Kw("action"), value.String("approve"))}
}

func TestSignalDecides(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(askOnce))
	b.after(time.Minute, func() {
		w := b.open()
		require.Len(t, w, 1)
		require.Equal(t, Wait{Key: "k", Occurrence: 1, Step: "ask", StepN: 1, Title: "Go?", Since: w[0].Since, Deadline: w[0].Since.Add(2 * time.Hour)}, w[0])
		require.Equal(t, StatusWaiting, b.timeline().Status)
		require.Contains(t, b.details(), "**Waiting**")
		require.Contains(t, b.details(), "⏳ `ask` Go? waits for `k` until ")
		b.signal("k", `{"action":"approve","by":"Ann","note":"~fine"}`)
	})
	got := b.result()
	at := instant(b.timeline().Entries[0].Ended)
	require.JSONEq(t, `{"action":"approve","by":"Ann","note":"~fine","at":"`+at+`"}`, got)
	require.Equal(t, []string{"ask decided"}, b.states())
	e := b.timeline().Entries[0]
	require.Equal(t, KindWait, e.Kind)
	require.Equal(t, "approve", e.Action)
	require.Equal(t, "Ann", e.By)
	require.Contains(t, b.details(), "`k` → **approve** by Ann")
}

func TestSignalThatCameBeforeIsKept(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(do (flow/step :sleep :nap {:duration "1h"}) (:action `+askOnce+`))`))
	b.after(time.Minute, func() { b.signal("k", `{"action":"reject"}`) })
	b.after(2*time.Minute, func() { b.signal("k", `{"action":"approve"}`) })
	require.JSONEq(t, `"reject"`, b.result())
	require.Equal(t, []string{"nap done", "ask decided", "note: 1 signal(s) for k came, and no wait took them"}, b.states())
}

func TestPayloadsThatAreNoMaps(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string]string{`"yes"`: `{"value":"yes"}`, `[1,2]`: `{"value":[1,2]}`, `null`: `{}`, `{}`: `{}`} {
		b := setup(t, singleton(`(dissoc `+askOnce+` :at)`))
		b.after(time.Minute, func() { b.signal("k", sent) })
		require.JSONEq(t, want, b.result(), sent)
	}
	b := setup(t, singleton(`(dissoc `+askOnce+` :at)`))
	b.after(time.Minute, func() { b.SignalWorkflow("k", nil) })
	require.JSONEq(t, `{}`, b.result())
}

func TestTimeout(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(let [from (flow/now-ms) v (flow/step :wait :ask {:key :k :timeout "2h" :on-timeout :continue :default-value {:action :reject :reason :timeout}})]
		[v (- (flow/now-ms) from) (= v {:action :reject :reason :timeout})])`))
	require.JSONEq(t, `[{"action":"reject","reason":"timeout"}, 7200000, true]`, b.result())
	require.Equal(t, []string{"ask timed-out"}, b.states())

	b = setup(t, singleton(`(flow/step :wait :ask {:key "k" :timeout 90})`))
	app := b.failure()
	require.Equal(t, "wait-timeout", app.Type())
	require.Contains(t, app.Message(), "no decision for k came within 1m30s")
	require.Equal(t, []string{"ask failed"}, b.states())

	b = setup(t, singleton(`(let [from (flow/now-ms)] (flow/step :wait :ask {:key "k" :on-error :skip}) (- (flow/now-ms) from))`))
	require.Equal(t, "86400000", b.result(), "24 hours")
}

func TestLateDecisionsAreTold(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(let [a `+askOnce+`] (flow/step :sleep :nap {:duration "1h"}) (:action a))`))
	var first, second, again, unknown *answer
	b.after(time.Minute, func() { first = b.update(decideRequest{ID: "1", Key: "k", Value: yes(), By: "Ann", Occurrence: 1}) })
	b.after(2*time.Minute, func() {
		second = b.update(decideRequest{ID: "2", Key: "k", Value: wire.V{Value: edn(t, `{:action "reject"}`)}, Occurrence: 1})
		again = b.update(decideRequest{ID: "1", Key: "k", Value: yes(), By: "Ann"})
		unknown = b.update(decideRequest{ID: "3", Key: "other", Value: yes()})
	})
	require.JSONEq(t, `"approve"`, b.result())
	require.NoError(t, first.failed)
	require.Equal(t, OutcomeDecided, first.reply.Outcome)

	var app *temporal.ApplicationError
	require.ErrorAs(t, second.rejected, &app)
	require.Equal(t, OutcomeAlreadyDecided, app.Type())
	var reply decideReply
	require.NoError(t, app.Details(&reply))
	require.Equal(t, "Ann", reply.By)
	require.Equal(t, yes().Value, reply.Value.Value)
	require.Equal(t, first.reply.At, reply.At)

	require.Equal(t, OutcomeDecided, again.reply.Outcome, "the same decision, delivered twice")
	require.Equal(t, OutcomeKept, unknown.reply.Outcome)
}

func TestDecisionForAnEarlierOccurrenceDecidesNoLaterOne(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(mapv (fn [_] (:action (flow/step :wait :ask {:key "k" :timeout "1h" :on-timeout :continue :default-value {:action "late"}}))) [1 2 3])`))
	var stale, third *answer
	b.after(time.Minute, func() { b.signal("k", `{"action":"one"}`) })
	b.after(2*time.Minute, func() {
		stale = b.update(decideRequest{ID: "s", Key: "k", Value: yes(), Occurrence: 1})
		third = b.update(decideRequest{ID: "t", Key: "k", Value: wire.V{Value: edn(t, `{:action "three"}`)}, Occurrence: 3})
		b.signal("k", `{"action":"stale","weir/occurrence":1}`)
	})
	require.JSONEq(t, `["one","late","three"]`, b.result())
	require.Error(t, stale.rejected)
	require.Equal(t, OutcomeKept, third.reply.Outcome)
	require.Equal(t, []string{"ask decided", "ask#2 timed-out", "note: a signal k came when its wait was over", "ask#3 decided"}, b.states())
}

func TestSignalsOfOneKeyAreTakenOneByOne(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(mapv (fn [_] (:value (flow/step :wait :next {:key "item"}))) (range 3))`))
	b.after(time.Minute, func() {
		for _, n := range []string{"1", "2", "3"} {
			b.signal("item", n)
		}
	})
	require.JSONEq(t, `[1,2,3]`, b.result())
}

func TestValidation(t *testing.T) {
	t.Parallel()
	for _, validation := range []string{`[:comment]`, `{:required [:comment]}`, `{:comment {:required true} :other {:type :text}}`} {
		b := setup(t, singleton(`(:comment (flow/step :wait :ask {:key "k" :validation `+validation+`}))`))
		var refused, taken *answer
		b.after(time.Minute, func() {
			require.Equal(t, []string{"comment"}, b.open()[0].Required)
			refused = b.update(decideRequest{ID: "1", Key: "k", Value: yes()})
			b.signal("k", `{"action":"approve","comment":"  "}`)
		})
		b.after(2*time.Minute, func() {
			taken = b.update(decideRequest{ID: "2", Key: "k", Value: wire.V{Value: edn(t, `{:action "approve" :comment "ok"}`)}})
		})
		require.JSONEq(t, `"ok"`, b.result(), validation)
		var app *temporal.ApplicationError
		require.ErrorAs(t, refused.rejected, &app)
		require.Equal(t, "invalid-decision", app.Type())
		require.Equal(t, "the wait k needs :comment", app.Message())
		require.Equal(t, OutcomeDecided, taken.reply.Outcome)
		require.Equal(t, []string{"ask decided", "note: a decision was ignored: the wait k needs :comment"}, b.states())
	}
}

func TestNotificationOfAWait(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(:action (flow/step :wait :ask {:key "k" :timeout "2h" :notify {:channels {:http {:url "http://x"}} :data {:n 1}}}))`))
	b.input = `{"order":"o-1"}`
	b.on("notify", func(c activities.Call, _ int) (value.Value, error) {
		return value.NewMap(value.Kw("sent?"), value.True), nil
	})
	b.after(time.Minute, func() { b.signal("k", `{"action":"approve"}`) })
	require.JSONEq(t, `"approve"`, b.result())
	require.Len(t, b.calls, 1)
	c := b.calls[0]
	require.Equal(t, "ask/notify", c.ID)
	require.False(t, c.Local)
	require.Equal(t, "k", c.Wait.Key)
	require.Equal(t, 1, c.Wait.N)
	require.True(t, b.timeline().Entries[0].Deadline.Equal(c.Wait.Expires))
	require.Equal(t, `"o-1"`, value.PrStr(nil, field(c.Input.Value, "order")))
	require.Equal(t, `{:channels {:http {:url "http://x"}}, :data {:n 1}}`, value.PrStr(nil, c.Config.Value))
	require.Equal(t, []string{"ask decided", "ask/notify done"}, b.states())
}

func TestFailedNotificationEndsNoWait(t *testing.T) {
	t.Parallel()
	for name, notify := range map[string]string{
		"delivery": `{:channels {:http {:url "http://x"}} :retry {:max-attempts 2 :backoff-ms 1}}`,
		"mistake":  `{:channels {} :retry {:max-attempts -1}}`,
	} {
		b := setup(t, singleton(`(let [n `+notify+`] (:action (flow/step :wait :ask {:key "k" :notify n})))`))
		b.on("notify", failing(9, "http-status", echo))
		b.after(time.Minute, func() {
			require.Len(t, b.open(), 1)
			b.signal("k", `{"action":"approve"}`)
		})
		require.JSONEq(t, `"approve"`, b.result(), name)
		require.Equal(t, []string{"ask decided", "ask/notify failed"}, b.states(), name)
	}
}

func TestNotificationUnderWayIsDroppedWithItsWait(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(:action (flow/step :wait :ask {:key "k" :notify {:channels {:http {:url "http://x"}} :retry {:max-attempts 100 :backoff-ms 60000}}}))`))
	b.on("notify", failing(1_000, "http-status", echo))
	b.after(10*time.Minute, func() { b.signal("k", `{"action":"approve"}`) })
	require.JSONEq(t, `"approve"`, b.result())
	require.Equal(t, []string{"ask decided", "ask/notify cancelled"}, b.states())
}

func TestWaitsInBranches(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(mapv :action (flow/parallel (flow/step :wait :a {:key "a"}) (flow/step :wait :b {:key "b"}) (flow/step :wait :a {:key "a"})))`))
	b.after(time.Minute, func() {
		require.Len(t, b.open(), 3)
		b.signal("a", `{"action":"first"}`)
		b.signal("b", `{"action":"second"}`)
	})
	b.after(2*time.Minute, func() { b.signal("a", `{"action":"third"}`) })
	require.JSONEq(t, `["first","second","third"]`, b.result())
}

func TestWaitMistakes(t *testing.T) {
	t.Parallel()
	for config, want := range map[string]string{
		`{}`:                        ":key must have 1 to 512 bytes and not begin with __, not nil",
		`{:key "k" :timeout "31d"}`: ":timeout of a wait must be between 1 ms and 30 days",
		`{:key "k" :timeout 0}`:     ":timeout of a wait must be between",
		`{:on-timeout :panic}`:      ":on-timeout must be :fail or :continue, not :panic",
		`{:validation "comment"}`:   ":validation must name the required fields",
		`{:key ""}`:                 ":key must have 1 to 512 bytes",
		`{:key "__temporal"}`:       ":key must have 1 to 512 bytes",
		`{:key 1}`:                  ":key must be a string or a keyword, not 1",
	} {
		b := setup(t, singleton(`(let [c `+config+`] (flow/step :wait :ask c))`))
		app := b.failure()
		require.Equal(t, "invalid-config", app.Type(), config)
		require.Contains(t, app.Message(), want)
	}
	b := setup(t, singleton(`(let [c {:key "k" :timeout "30d"}] (flow/step :wait :ask c))`))
	require.Equal(t, "wait-timeout", b.failure().Type())
}

func TestCancelledWhileItWaits(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(try `+askOnce+` (catch :default e "swallowed"))`))
	b.after(time.Minute, b.CancelWorkflow)
	b.run()
	require.True(t, temporal.IsCanceledError(b.GetWorkflowError()), "%v", b.GetWorkflowError())
	require.Equal(t, []string{"ask cancelled"}, b.states())
	require.Equal(t, StatusCancelled, b.timeline().Status)
}

func TestWhenDeadlineAndSignalAreSeenAtOnceTheFirstToComeCounts(t *testing.T) {
	t.Parallel()
	var book waitBook
	w := &wait{Wait: Wait{Key: "k"}, item: &item{}, timer: fired(true)}
	book.register(w)
	x := &execution{book: book}
	require.True(t, x.late("k"))
	w.timer = fired(false)
	require.False(t, x.late("k"))
	require.False(t, x.late("other"))
}

type fired bool

func (f fired) IsReady() bool { return bool(f) }

// TestAContinuedRunKnowsWhatDecidedBefore: ids of decisions come along, also where no decision is kept for a wait to come.
func TestAContinuedRunKnowsWhatDecidedBefore(t *testing.T) {
	t.Parallel()
	var b waitBook
	b.take(offer{ID: "1"})
	require.True(t, b.repeated(offer{ID: "1"}))
	b.keep("k", offer{ID: "2"})
	b.register(&wait{Wait: Wait{Key: "k"}})
	require.True(t, b.repeated(offer{ID: "2"}))
	require.False(t, b.repeated(offer{ID: "3"}))
}
