//go:build !slim

package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/worker"
)

const asks = `{:slug :%s :concurrency {:type :keyed :key-field :id} :invocations {:default {:inputs [{:name :id :required true}]}}
	:flow '(let [d (flow/step :wait :ask {:key "go" :title "Go on?" :timeout "%s" :on-timeout :continue :default-value {:action "timed-out"}})]
	         (str (:action d) " " (:by d)))}`

// racing is how many rounds race at once.
const racing = 12

// TestOppositeDecisionsAndTheDeadlineAtOnce sends both decisions at the very moment at which a wait's time is up, again and
// again: one of the three ends the wait, and the run, its history, every answer and the pages agree which.
func TestOppositeDecisionsAndTheDeadlineAtOnce(t *testing.T) {
	w := newWorld(t)
	w.deploy(t, fmt.Sprintf(asks, "race", "1500ms"))
	var mu sync.Mutex
	outcomes, answers := map[string]int{}, map[string]int{}
	rounds := make(chan int)
	var racers sync.WaitGroup
	for range racing {
		racers.Go(func() {
			for n := range rounds {
				action, codes := w.race(t, n)
				mu.Lock()
				outcomes[action]++
				answers[codes]++
				mu.Unlock()
			}
		})
	}
	for n := range raceRounds {
		rounds <- n
	}
	close(rounds)
	racers.Wait()
	t.Logf("%d rounds: %v; answers to approve and reject: %v", raceRounds, outcomes, answers)
	require.NotZero(t, outcomes["approve"]+outcomes["reject"], "%v", outcomes)
	require.NotZero(t, outcomes["timed-out"], "%v", outcomes)
	require.Equal(t, raceRounds, outcomes["approve"]+outcomes["reject"]+outcomes["timed-out"])
}

// race is one round; it tells what ended the wait, and the statuses of both answers.
func (w *world) race(t *testing.T, n int) (action, codes string) {
	s := w.start(t, "race", fmt.Sprintf(`{:id "%d"}`, n))
	wait := w.open(t, s)
	approve, reject := w.buttons(t, s, wait)
	links := []string{approve, reject}
	if n%2 == 1 {
		links = []string{reject, approve}
	}
	// From 40 ms before the deadline to 40 ms after: what a request takes to reach the server is in between.
	moment := time.NewTimer(time.Until(wait.Deadline) + time.Duration(n%9-4)*10*time.Millisecond)
	<-moment.C
	got := map[string]told{}
	var mu sync.Mutex
	var both sync.WaitGroup
	for _, link := range links {
		both.Go(func() {
			a := press(t, link, `{"by":"`+map[bool]string{true: "Yes", false: "No"}[link == approve]+`"}`)
			mu.Lock()
			defer mu.Unlock()
			got[link] = a
		})
	}
	both.Wait()
	action, by, _ := strings.Cut(strings.Trim(w.result(t, s), `"`), " ")
	assert.Equal(t, map[string]string{"approve": "Yes", "reject": "No", "timed-out": ""}[action], by, "round %d", n)
	for link, a := range got {
		own := map[bool]string{true: "approve", false: "reject"}[link == approve]
		switch {
		case action == "timed-out":
			assert.Contains(t, []int{http.StatusGone, http.StatusAccepted}, a.status, "round %d: %s: %+v", n, own, a)
		case action == own:
			assert.Contains(t, []int{http.StatusOK, http.StatusAccepted}, a.status, "round %d: %s: %+v", n, own, a)
			assert.Equal(t, own, a.Action)
		default:
			assert.Contains(t, []int{http.StatusConflict, http.StatusAccepted}, a.status, "round %d: %s: %+v", n, own, a)
			if a.status == http.StatusConflict {
				assert.Equal(t, []string{action, by}, []string{a.Action, a.By}, "round %d", n)
			}
		}
		status, heading := look(t, link)
		assert.Equal(t, map[string]string{"approve": "200 Already approved", "reject": "200 Already rejected", "timed-out": "410 This question is closed"}[action],
			fmt.Sprint(status, " ", heading), "round %d", n)
	}
	line, err := w.Starter.Timeline(t.Context(), s.WorkflowID, s.RunID)
	require.NoError(t, err)
	e := line.Entries[0]
	want := []string{worker.StateDecided, action, by}
	if action == "timed-out" {
		want = []string{worker.StateTimedOut, "", ""}
	}
	assert.Equal(t, want, []string{e.State, e.Action, e.By}, "round %d", n)
	h := w.history(t, s)
	assert.NoError(t, worker.Replay(quiet(), h), "round %d", n)
	return action, fmt.Sprint(got[approve].status, " ", got[reject].status)
}

// history is all that Temporal keeps of a run.
func (w *world) history(t *testing.T, s worker.Started) *historypb.History {
	t.Helper()
	out := &historypb.History{}
	events := w.Client.GetWorkflowHistory(t.Context(), s.WorkflowID, s.RunID, false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		e, err := events.Next()
		require.NoError(t, err)
		out.Events = append(out.Events, e)
	}
	return out
}

// TestApprovalsWhileTheRestIsAway presses buttons while no worker is up, and while Temporal isn't.
func TestApprovalsWhileTheRestIsAway(t *testing.T) {
	w := newWorld(t)
	w.deploy(t, fmt.Sprintf(asks, "away", "1h"))
	one, two := w.start(t, "away", `{:id "1"}`), w.start(t, "away", `{:id "2"}`)
	approve, reject := w.buttons(t, one, w.open(t, one))
	later, _ := w.buttons(t, two, w.open(t, two))
	w.work()

	status, heading := look(t, approve)
	require.Equal(t, "200 go", fmt.Sprint(status, " ", heading), "the page shows what the link says")
	a := press(t, approve, `{"by":"Ann"}`)
	require.Equal(t, told{status: http.StatusAccepted, Outcome: worker.OutcomeKept, Action: "approve", By: "Ann"}, a)
	require.Equal(t, http.StatusAccepted, press(t, reject, `{"by":"Bob"}`).status, "nobody knows yet which was the first")

	require.NoError(t, w.server.Stop())
	a = press(t, later, `{"by":"Ann"}`)
	require.Equal(t, told{status: http.StatusServiceUnavailable, Outcome: "unavailable"}, a)
	status, heading = look(t, later)
	require.Equal(t, "503 Please try again in a moment", fmt.Sprint(status, " ", heading))

	w.startTemporal(t)
	w.startWorker(t)
	require.Equal(t, `"approve Ann"`, w.result(t, one), "what was acknowledged before the server went down takes effect")
	require.Equal(t, told{status: http.StatusConflict, Outcome: worker.OutcomeAlreadyDecided, Action: "approve", By: "Ann"}, without(press(t, reject, "")))
	require.Equal(t, told{status: http.StatusOK, Outcome: worker.OutcomeDecided, Action: "approve", By: "Cid"}, without(press(t, later, `{"by":"Cid"}`)),
		"what was answered 503 left nothing behind")
	require.Equal(t, `"approve Cid"`, w.result(t, two))
	for _, link := range []string{approve, reject, later} {
		require.NotContains(t, w.log.String(), link[strings.LastIndexByte(link, '/')+1:], "no token is logged")
	}
}

// without is an answer without its time.
func without(a told) told {
	a.At = ""
	return a
}

// TestALinkOfAnEarlierRunDecidesNothing: the lane's next run has the same workflow ID, and waits with the same key.
func TestALinkOfAnEarlierRunDecidesNothing(t *testing.T) {
	w := newWorld(t)
	w.deploy(t, fmt.Sprintf(asks, "again", "1h"))
	first := w.start(t, "again", `{:id "1"}`)
	approve, _ := w.buttons(t, first, w.open(t, first))
	require.NoError(t, w.Starter.Cancel(t.Context(), first.WorkflowID, first.RunID))
	_, err := w.Starter.Result(t.Context(), first.WorkflowID, first.RunID)
	require.Error(t, err)
	second := w.start(t, "again", `{:id "1"}`)
	wait := w.open(t, second)
	require.Equal(t, first.WorkflowID, second.WorkflowID)
	require.Equal(t, told{status: http.StatusGone, Outcome: worker.OutcomeOver}, press(t, approve, ""))
	status, heading := look(t, approve)
	require.Equal(t, "410 This question is closed", fmt.Sprint(status, " ", heading))
	require.Equal(t, wait, w.open(t, second), "it still waits")
	_, reject := w.buttons(t, second, wait)
	require.Equal(t, http.StatusOK, press(t, reject, "").status)
	require.Equal(t, `"reject link"`, w.result(t, second))
}

const panel = `{:slug :panel :concurrency {:type :keyed :key-field :id} :invocations {:default {:inputs [{:name :id :required true}]}}
	:flow '(let [d (flow/step :wait :ask {:key "go" :timeout "1500ms" :on-timeout :continue :default-value {:action "timed-out"} :approvers ["ann" "bob" "cid"] :quorum 2})]
	         {:action (:action d) :votes (mapv :approver (:votes d))})}`

// TestApproversAndTheDeadlineAtOnce lets three approvers press twice each at the moment at which the time is up: whatever ends the wait, what each was
// answered is what the run counted, and nobody counts twice.
func TestApproversAndTheDeadlineAtOnce(t *testing.T) {
	w := newWorld(t)
	w.deploy(t, panel)
	outcomes := map[string]int{}
	for n := range panelRounds {
		s := w.start(t, "panel", fmt.Sprintf(`{:id "%d"}`, n))
		wait := w.open(t, s)
		moment := time.NewTimer(time.Until(wait.Deadline) + time.Duration(n%9-6)*10*time.Millisecond)
		links := map[string][2]string{}
		for _, who := range wait.Approvers {
			approve, reject, err := w.links.Links(activities.PendingWait{
				WorkflowID: s.WorkflowID, FirstRunID: s.RunID, RunID: s.RunID, Key: wait.Key, Occurrence: 1, Expires: wait.Deadline, Approver: who,
			})
			require.NoError(t, err)
			links[who] = [2]string{approve, reject}
		}
		<-moment.C
		var mu sync.Mutex
		var all sync.WaitGroup
		answers := map[string][]string{}
		for who, pair := range links {
			for _, link := range pair {
				all.Go(func() {
					a := press(t, link, "")
					mu.Lock()
					defer mu.Unlock()
					answers[who] = append(answers[who], a.Outcome)
				})
			}
		}
		all.Wait()
		var got struct {
			Action string
			Votes  []string
		}
		require.NoError(t, json.Unmarshal([]byte(w.result(t, s)), &got))
		outcomes[got.Action]++
		counted, decided := []string{}, 0
		for who, list := range answers {
			own := 0
			for _, outcome := range list {
				switch outcome {
				case worker.OutcomeDecided:
					decided++
					own++
				case worker.OutcomeCounted:
					own++
				case worker.OutcomeAlreadyCounted, worker.OutcomeAlreadyDecided, worker.OutcomeOver:
				default:
					t.Errorf("round %d: %s was answered %s", n, who, outcome)
				}
			}
			require.LessOrEqual(t, own, 1, "round %d: %s counts twice: %v", n, who, list)
			if own == 1 {
				counted = append(counted, who)
			}
		}
		if got.Action == "timed-out" {
			require.Zero(t, decided, "round %d", n)
		} else {
			require.Equal(t, 1, decided, "round %d: %v", n, answers)
			require.ElementsMatch(t, got.Votes, counted, "round %d: %v", n, answers)
		}
		require.NoError(t, worker.Replay(quiet(), w.history(t, s)), "round %d", n)
	}
	t.Logf("%d rounds: %v", panelRounds, outcomes)
	require.NotZero(t, outcomes["timed-out"])
	require.NotZero(t, outcomes["approve"]+outcomes["reject"])
}
