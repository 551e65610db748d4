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

const tellX = `:notify {:channels {:http {:url "http://x"}}}`

// asking is a flow that asks several approvers.
func asking(more string) string {
	return singleton(`(let [d (flow/step :wait :ask {:key "k" :timeout "4h" ` + tellX + ` ` + more + `})]
		{:action (:action d) :by (:by d) :comment (:comment d) :votes (mapv (fn [v] [(:approver v) (:action v) (:comment v)]) (:votes d))})`)
}

func (b *bundle) vote(id, approver, action string) *answer {
	return b.update(decideRequest{ID: id, Key: "k", Occurrence: 1, Approver: approver, By: approver, Value: wire.V{
		Value: value.NewMap(value.Kw("action"), value.String(action), value.Kw("comment"), value.String(id)),
	}})
}

// refusal is the type of the error by which the run refused an update, and its detail.
func (a *answer) refusal(t *testing.T) (string, decideReply) {
	t.Helper()
	var app *temporal.ApplicationError
	require.ErrorAs(t, a.rejected, &app)
	var reply decideReply
	if app.HasDetails() {
		require.NoError(t, app.Details(&reply))
	}
	return app.Type(), reply
}

// notices are the notifications that were sent: step id, approver, reminder.
func (b *bundle) notices() (out []activities.WaitRef, ids []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.calls {
		out, ids = append(out, *c.Wait), append(ids, c.ID+" "+c.Wait.Approver)
	}
	return out, ids
}

func TestAQuorumDecides(t *testing.T) {
	t.Parallel()
	b := setup(t, asking(`:approvers ["ann" :bob "cid"] :quorum 2`))
	var first, twice, other, stranger, noAction, last *answer
	b.after(time.Minute, func() {
		w := b.open()[0]
		require.Equal(t, []string{"ann", "bob", "cid"}, w.Approvers)
		require.Equal(t, 2, w.Quorum)
		require.NotContains(t, b.details(), "approvals/")
		first = b.vote("1", "ann", "approve")
	})
	b.after(2*time.Minute, func() {
		twice = b.vote("2", "ann", "approve")
		other = b.vote("3", "ann", "reject")
		stranger = b.vote("4", "dan", "approve")
		noAction = b.vote("5", "bob", "maybe")
		require.Equal(t, "ann", b.open()[0].Votes[0].Approver)
	})
	b.after(3*time.Minute, func() { last = b.vote("6", "cid", "approve") })
	require.JSONEq(t, `{"action":"approve","by":"cid","comment":"6","votes":[["ann","approve","1"],["cid","approve","6"]]}`, b.result())

	require.Equal(t, OutcomeCounted, first.reply.Outcome)
	require.Equal(t, []int{1, 2}, []int{first.reply.Approvals, first.reply.Quorum})
	for _, a := range []*answer{twice, other} {
		code, reply := a.refusal(t)
		require.Equal(t, OutcomeAlreadyCounted, code)
		require.Equal(t, "approve", (offer{Value: reply.Value.Value}).action())
		require.Equal(t, 1, reply.Approvals)
	}
	code, _ := stranger.refusal(t)
	require.Equal(t, OutcomeReassigned, code)
	code, _ = noAction.refusal(t)
	require.Equal(t, "invalid-decision", code)
	require.Equal(t, OutcomeDecided, last.reply.Outcome)
	e := b.timeline().Entries[0]
	require.Equal(t, []string{StateDecided, "approve", "cid"}, []string{e.State, e.Action, e.By})
	require.Len(t, e.Votes, 2)
	_, ids := b.notices()
	require.ElementsMatch(t, []string{"ask/notify-1 ann", "ask/notify-2 bob", "ask/notify-3 cid"}, ids)
}

func TestAQuorumThatCanNotBeReachedAnyMoreRejects(t *testing.T) {
	t.Parallel()
	b := setup(t, asking(`:approvers ["ann" "bob" "cid"] :quorum 2`))
	b.after(time.Minute, func() { b.vote("1", "ann", "reject") })
	b.after(2*time.Minute, func() { b.vote("2", "bob", "approve") })
	b.after(3*time.Minute, func() { b.vote("3", "cid", "reject") })
	require.JSONEq(t, `{"action":"reject","by":"cid","comment":"3","votes":[["ann","reject","1"],["bob","approve","2"],["cid","reject","3"]]}`, b.result())

	b = setup(t, asking(`:approvers ["ann" "bob"] :quorum 2`))
	b.after(time.Minute, func() { b.vote("1", "ann", "reject") })
	require.JSONEq(t, `{"action":"reject","by":"ann","comment":"1","votes":[["ann","reject","1"]]}`, b.result(), "where all are needed, one rejection is enough")

	b = setup(t, asking(`:approvers ["ann" "bob"]`))
	b.after(time.Minute, func() { b.vote("1", "bob", "approve") })
	require.JSONEq(t, `{"action":"approve","by":"bob","comment":"1","votes":[["bob","approve","1"]]}`, b.result(), "the quorum is one")
}

func TestAnOperatorDecidesForAllApprovers(t *testing.T) {
	t.Parallel()
	b := setup(t, asking(`:approvers ["ann" "bob"] :quorum 2`))
	b.after(time.Minute, func() { b.vote("1", "ann", "approve") })
	b.after(2*time.Minute, func() { b.signal("k", `{"action":"reject","by":"op"}`) })
	require.JSONEq(t, `{"action":"reject","by":"op","comment":null,"votes":[]}`, b.result())
}

func TestDecisionsOfApproversBySignal(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(do (flow/step :sleep :nap {:duration "1h"}) (mapv :approver (:votes (flow/step :wait :ask {:key "k" :approvers ["ann" "bob" "cid"] :quorum 2 `+tellX+`}))))`))
	b.after(time.Minute, func() {
		b.signal("k", `{"action":"approve","weir/approver":"ann","weir/id":"1"}`)
		b.signal("k", `{"action":"approve","weir/approver":"ann","weir/id":"2"}`)
		b.signal("k", `{"action":"approve","weir/approver":"dan"}`)
	})
	b.after(2*time.Hour, func() { b.signal("k", `{"action":"approve","weir/approver":"cid"}`) })
	require.JSONEq(t, `["ann","cid"]`, b.result())
	require.Contains(t, b.states(), "note: a decision was ignored: ann has decided before: approve")
	require.Contains(t, b.states(), "note: a decision was ignored: dan isn't asked (any more)")
}

func TestReminders(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(:action (flow/step :wait :ask {:key "k" :timeout "4h" `+tellX+`
		:remind [{:after "2h" :notify {:channels {:http {:url "http://boss"}}}} {:after "1h"} {:after "3h"}]}))`))
	var next []time.Time
	b.after(90*time.Minute, func() { next = b.open()[0].Reminders })
	b.after(150*time.Minute, func() { b.signal("k", `{"action":"approve"}`) })
	require.JSONEq(t, `"approve"`, b.result())
	refs, ids := b.notices()
	require.Equal(t, []string{"ask/notify ", "ask/remind-1 ", "ask/remind-2 "}, ids)
	require.Equal(t, []int{0, 1, 2}, []int{refs[0].Reminder, refs[1].Reminder, refs[2].Reminder})
	require.Contains(t, value.PrStr(nil, b.calls[1].Config.Value), "http://x")
	require.Contains(t, value.PrStr(nil, b.calls[2].Config.Value), "http://boss")
	require.Len(t, next, 2)
	require.Equal(t, time.Hour, next[1].Sub(next[0]))
	require.Equal(t, []string{"ask decided", "ask/notify done", "ask/remind-1 done", "ask/remind-2 done"}, b.states())
}

func TestOnlyWhoHasYetToDecideIsReminded(t *testing.T) {
	t.Parallel()
	b := setup(t, asking(`:approvers ["ann" "bob" "cid"] :quorum 3 :remind [{:after "1h"} {:after "2h"}]`))
	b.after(30*time.Minute, func() { b.vote("1", "ann", "approve") })
	b.after(90*time.Minute, func() { b.vote("2", "cid", "approve") })
	b.after(3*time.Hour, func() { b.vote("3", "bob", "approve") })
	b.result()
	_, ids := b.notices()
	require.ElementsMatch(t, []string{"ask/notify-1 ann", "ask/notify-2 bob", "ask/notify-3 cid", "ask/remind-1-2 bob", "ask/remind-1-3 cid", "ask/remind-2-2 bob"}, ids)
}

// reassigned is what became of a reassignment.
type reassigned struct {
	wait Wait
	err  error
}

func (a *reassigned) Accept()          {}
func (a *reassigned) Reject(err error) { a.err = err }
func (a *reassigned) Complete(v any, err error) {
	a.err = err
	if w, ok := v.(Wait); ok {
		a.wait = w
	}
}

func (b *bundle) reassign(id, from, to string) *reassigned {
	a := &reassigned{}
	b.UpdateWorkflow(UpdateReassign, id, a, reassignRequest{Key: "k", From: from, To: to, By: "op"})
	return a
}

func TestReassigning(t *testing.T) {
	t.Parallel()
	b := setup(t, asking(`:approvers ["ann" "bob"] :quorum 2 :remind [{:after "1h"} {:after "2h"}]`))
	got := map[string]*reassigned{}
	var late *answer
	b.after(time.Minute, func() { b.vote("1", "ann", "approve") })
	b.after(90*time.Minute, func() {
		got["done"] = b.reassign("1", "bob", "dan")
		for name, pair := range map[string][2]string{"voted": {"ann", "eve"}, "stranger": {"eve", "fay"}, "twice": {"dan", "ann"}, "gone": {"bob", "eve"}, "nobody": {"dan", ""}} {
			got[name] = b.reassign(name, pair[0], pair[1])
		}
	})
	b.after(100*time.Minute, func() { late = b.vote("2", "bob", "reject") })
	b.after(3*time.Hour, func() { b.vote("3", "dan", "approve") })
	require.JSONEq(t, `{"action":"approve","by":"dan","comment":"3","votes":[["ann","approve","1"],["dan","approve","3"]]}`, b.result())
	require.NoError(t, got["done"].err)
	require.Equal(t, []string{"ann", "dan"}, got["done"].wait.Approvers)
	for name, want := range map[string]string{
		"voted": "ann has decided already", "stranger": "eve is no approver of the wait k", "twice": "ann is an approver of the wait k already",
		"gone": "bob is no approver of the wait k", "nobody": "an approver's name has 1 to 200 bytes",
	} {
		require.ErrorContains(t, got[name].err, want, name)
	}
	code, _ := late.refusal(t)
	require.Equal(t, OutcomeReassigned, code)
	_, ids := b.notices()
	require.ElementsMatch(t, []string{"ask/notify-1 ann", "ask/notify-2 bob", "ask/remind-1-2 bob", "ask/notify-3 dan", "ask/remind-2-3 dan"}, ids)
	require.Contains(t, b.states(), "note: reassigned from bob to dan by op")

	b = setup(t, singleton(askOnce))
	var none *reassigned
	b.after(time.Minute, func() {
		none = b.reassign("1", "a", "b")
		b.signal("k", `{}`)
	})
	b.result()
	require.ErrorContains(t, none.err, "the wait k has no :approvers")
}

func TestMistakesOfApproversAndReminders(t *testing.T) {
	t.Parallel()
	for config, want := range map[string]string{
		`:quorum 2`:                                 "a :quorum needs :approvers",
		`:approvers "ann"`:                          ":approvers must be a vector of names, not",
		`:approvers []`:                             ":approvers must name somebody",
		`:approvers ["a" "b" :a]`:                   `an approver is named twice: "a"`,
		`:approvers [""]`:                           "an approver must have 1 to 200 bytes",
		`:approvers (range 3)`:                      "an approver must be a string or a keyword, not 0",
		`:approvers (map str (range 51))`:           "an approver is one too many: there may be 50",
		`:approvers ["a"] :quorum 2`:                ":quorum must be a whole number from 1 to the 1 :approvers, not 2",
		`:remind 1`:                                 ":remind must be a vector like",
		`:remind [{:after "2h"}]`:                   "shorter than the wait's :timeout, 2h0m0s, not 2h0m0s",
		`:remind [{:after 0}]`:                      ":after of a reminder must be at least 1 ms",
		`:remind [{}]`:                              ":after of a reminder: a duration is",
		`:remind [{:after 1}]`:                      "a reminder needs :notify, or its wait does",
		`:notify {} :remind (repeat 21 {:after 1})`: "a wait takes at most 20 reminders",
	} {
		b := setup(t, singleton(`(let [c {:key "k" :timeout "2h" `+config+`}] (flow/step :wait :ask c))`))
		app := b.failure()
		require.Equal(t, "invalid-config", app.Type(), config)
		require.Contains(t, app.Message(), want, config)
	}
}

// TestRunsOfEarlierWorkersGoOnWithoutApprovers: to them :approvers, :quorum and :remind were unknown fields.
func TestRunsOfEarlierWorkersGoOnWithoutApprovers(t *testing.T) {
	t.Parallel()
	s := &step{typ: "wait", id: "ask", n: 1, opt: stepOptions{Config: edn(t, `{:key "k" :notify {} :approvers ["a"] :quorum 7 :remind [{:after "1h"}]}`)}}
	c, f := readWait(s, false)
	require.Nil(t, f)
	require.Empty(t, c.approvers)
	require.Empty(t, c.reminders)
	_, f = readWait(s, true)
	require.NotNil(t, f)
}

func TestNoticesHaveTheIDsOfTheirWait(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"ask/notify": "ask", "ask/notify-3": "ask", "ask/remind-1": "ask", "ask/remind-1-12": "ask", "ask": "", "ask/notify-x": "", "/notify": "", "notify": "", "a/notify/notify": "a/notify",
	} {
		got, ok := NoticeOf(id)
		require.Equal(t, want, got, id)
		require.Equal(t, want != "", ok, id)
	}
}

func TestALargeVoteIsRefused(t *testing.T) {
	t.Parallel()
	w := &wait{Wait: Wait{Key: "k"}, seats: []seat{{Approver: "a"}}}
	fits := func(n int) bool {
		text := make([]byte, n)
		for i := range text {
			text[i] = 'x'
		}
		o := offer{Approver: "a", Value: value.NewMap(value.Kw("action"), value.String("approve"), value.Kw("c"), value.String(string(text)))}
		return w.judge(o) == nil
	}
	const around = len(`{"action":"approve","c":""}`)
	require.True(t, fits(MaxVote-around))
	require.False(t, fits(MaxVote-around+1))
}
