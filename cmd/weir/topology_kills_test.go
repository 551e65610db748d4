//go:build topology

package main

// Starts on one lane from many processes, while workers and the gateway are killed and started again at random.

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
)

const (
	killStarters = 8
	// perRun is what a run of the lane may take at most, on the average of all, kills included.
	perRun = 5 * time.Second
)

// picking takes a shelf for itself, counts, sends something out into the world, and gives the shelf back.
const picking = `{:slug :picking
 :concurrency {:type :keyed :key-field :shelf :on-new-version :drain}
 :requires [{:slot :orders-api :type :http-api :auth {:type :bearer}} {:slot :webhook-signing-secret :type :secret}]
 :invocations {:pick {:inputs [{:name :shelf :type :text :required true} {:name :n :type :text :required true}]}}
 :interfaces {:webhook [{:id :pick :invocation :pick :delivery-id-header "X-Pick" :auth {:type :bearer :secret-ref :webhook-signing-secret}}]}
 :schedules [{:id :tick :invocation :pick :enabled true :cron "* * * * *" :input {:shelf "mixed" :n "by schedule"}}]
 :flow '(let [{:keys [shelf n]} (flow/input)
              taken (flow/step :kv :take {:operation :set :key (str shelf ":taken") :value n :if-not-exists true})
              place (flow/step :kv :count {:operation :increment :key (str shelf ":count")})]
          (flow/step :sleep :breathe {:millis 20})
          (flow/step :http :fulfill {:connection :orders-api :method :post :path (str "/orders/" shelf "/fulfill") :json {:n n}
                                     :timeout 5 :retry {:max-attempts 50 :backoff-ms 100 :multiplier 1}})
          {:n n :place (:value place) :alone (:created? taken)
           :given (:deleted? (flow/step :kv :give {:operation :delete :key (str shelf ":taken")}))})}`

// replacing writes down again and again who it is. No two runs may mix in what is written, whoever is killed.
const replacing = `{:slug :replacing
 :concurrency {:type :keyed :key-field :shelf :on-new-version :supersede}
 :requires [{:slot :webhook-signing-secret :type :secret}]
 :invocations {:pick {:inputs [{:name :shelf :type :text :required true} {:name :n :type :text :required true}]}}
 :interfaces {:webhook [{:id :replace :invocation :pick :event-name "pick" :delivery-id-header "X-Pick" :auth {:type :bearer :secret-ref :webhook-signing-secret}}]}
 :flow '(let [{:keys [shelf n]} (flow/input)]
          (dotimes [i 5]
            (flow/step :kv :write {:operation :append :key (str shelf ":written") :item (str n) :max-length 10000})
            (flow/step :sleep :breathe {:millis 30}))
          {:n n :written (:value (flow/step :kv :read {:operation :get :key (str shelf ":written")}))})}`

func TestTopologyKills(t *testing.T) {
	top := openTopology(t)
	seed := uint64(time.Now().UnixNano())
	if text := os.Getenv("WEIR_TEST_SEED"); text != "" {
		var err error
		seed, err = strconv.ParseUint(text, 10, 64)
		require.NoError(t, err)
	}
	fmt.Fprintf(os.Stderr, "WEIR_TEST_SEED=%d\n", seed)
	for name, text := range map[string]string{"picking.edn": picking, "replacing.edn": replacing} {
		file := filepath.Join(top.dir, name)
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		top.weir(t, "deploy", file)
	}
	c, err := client.Dial(client.Options{HostPort: top.temporal})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	k := &kills{topology: top, client: c, random: rand.New(rand.NewPCG(seed, seed))}
	t.Run("gateway", func(t *testing.T) { k.drains(t, "plain", false) })
	t.Run("gateway, temporal CLI and schedule", func(t *testing.T) { k.drains(t, "mixed", true) })
	t.Run("superseding", k.supersedes)
}

// kills is a topology whose processes die.
type kills struct {
	*topology
	client client.Client
	random *rand.Rand
}

// starts has all starters at work on one lane, and kills around them. It gives what they were told once all is over.
func (k *kills) starts(t *testing.T, slug, shelf string, mixed bool) []ack {
	var running []*exec.Cmd
	logs := len(k.logs)
	for i := range killStarters {
		orders := starterOrders{
			Gateway: k.gateway, Temporal: k.temporal, Slug: slug, Shelf: shelf, Way: []string{"api", "hook"}[i%2],
			First: i, Step: killStarters, Starts: killStarts, Seed: k.random.Uint64(),
		}
		if mixed && i%4 == 3 {
			orders.Way, orders.CLI = "cli", needed(t, "WEIR_TEST_TEMPORAL")
		}
		text, err := json.Marshal(orders)
		require.NoError(t, err)
		running = append(running, k.start("starter", append(os.Environ(), starterVariable+"="+string(text)), os.Args[0]))
	}
	written := k.logs[logs:len(k.logs):len(k.logs)]
	done := make(chan error, killStarters)
	for _, cmd := range running {
		go func() { done <- cmd.Wait() }()
	}
	deadline := time.Now().Add(patience + killStarts*perRun)
	killed := 0
	for left := killStarters; left > 0 || killed < minKills; {
		select {
		case err := <-done:
			require.NoError(t, err, "a starter")
			left--
		case <-time.After(time.Duration(1+k.random.IntN(5)) * time.Second):
			k.kill(t)
			killed++
			if mixed {
				k.cli(t, "schedule", "trigger", "--schedule-id", "picking/schedule/tick")
			}
		}
		require.True(t, time.Now().Before(deadline), "%d starters are still at it", left)
	}
	if mixed {
		k.cli(t, "schedule", "toggle", "--schedule-id", "picking/schedule/tick", "--pause", "--reason", "test")
	}
	require.Eventually(t, func() bool {
		return k.count(t, "ExecutionStatus = 'Running' AND WorkflowType IN ('"+slug+"', 'weir.queue')") == 0
	}, time.Until(deadline), time.Second, "every run and queue ends")

	var acked []ack
	decisions := map[string]int{}
	for _, path := range written {
		for _, a := range readAcks(t, path) {
			acked = append(acked, a)
			decisions[a.Decision]++
		}
	}
	require.Len(t, acked, killStarts)
	t.Logf("%d kills, decisions %v", killed, decisions)
	return acked
}

// drains has every start its run, one after the other.
func (k *kills) drains(t *testing.T, shelf string, mixed bool) {
	acked := k.starts(t, "picking", shelf, mixed)
	runs := k.history(t, "picking/"+shelf)
	for _, r := range runs {
		require.True(t, r.completed, "%+v", r)
	}
	k.check(t, shelf, mixed, runs, acked)
}

// supersedes has each start end the run before it: what a run wrote, it wrote before the next one did.
func (k *kills) supersedes(t *testing.T) {
	acked := k.starts(t, "replacing", "shelf", false)
	runs := k.history(t, "replacing/shelf")
	require.Len(t, runs, len(acked))
	order := map[string]int{} // of the runs, by whom they are of
	for i, a := range acked {
		at := slices.IndexFunc(runs, func(r picked) bool { return r.run == a.RunID })
		require.GreaterOrEqual(t, at, 0, "%+v", acked[i])
		order[a.N] = at
	}
	require.Len(t, order, len(runs), "each start has a run of its own")
	last := runs[len(runs)-1]
	require.True(t, last.completed, "nothing came after it")
	require.Equal(t, 5, count(last.Written, last.N), "it wrote all, and each once")
	for i, n := range last.Written[1:] {
		require.GreaterOrEqual(t, order[n], order[last.Written[i]], "%s wrote after %s had taken its place", n, last.Written[i])
	}
	for _, r := range runs {
		require.LessOrEqual(t, count(last.Written, r.N), 5)
	}
}

func count(texts []string, text string) int {
	n := 0
	for _, t := range texts {
		if t == text {
			n++
		}
	}
	return n
}

// kill ends a worker or the gateway the hard way and starts another.
func (k *kills) kill(t *testing.T) {
	pause := time.Duration(k.random.IntN(1500)) * time.Millisecond
	if which := k.random.IntN(3); which < len(k.workers) {
		dies := k.workers[which]
		k.workers = slices.Delete(k.workers, which, which+1)
		require.NoError(t, dies.Process.Kill())
		_ = dies.Wait()
		time.Sleep(pause)
		k.worker(t)
		return
	}
	require.NoError(t, k.door.Process.Kill())
	_ = k.door.Wait()
	time.Sleep(pause)
	k.openDoor(t)
}

func (k *kills) count(t *testing.T, query string) int {
	answer, err := k.client.CountWorkflow(t.Context(), &workflowservice.CountWorkflowExecutionsRequest{Query: query})
	require.NoError(t, err)
	return int(answer.GetCount())
}

// picked is a run of the lane as Temporal's history tells it.
type picked struct {
	run          string
	began, ended time.Time // its first task (zero: it never had one) and its end
	completed    bool
	N            string // of a run that completed, as what follows
	Place        int
	Alone, Given bool
	Written      []string
}

func (k *kills) executions(t *testing.T, query string) []*workflowpb.WorkflowExecutionInfo {
	request := &workflowservice.ListWorkflowExecutionsRequest{Query: query}
	var out []*workflowpb.WorkflowExecutionInfo
	for {
		answer, err := k.client.ListWorkflow(t.Context(), request)
		require.NoError(t, err)
		out = append(out, answer.GetExecutions()...)
		if request.NextPageToken = answer.GetNextPageToken(); len(request.NextPageToken) == 0 {
			return out
		}
	}
}

// history reads the runs of a lane, in turn: no two of them at once. They are told by their ends and their first tasks, for the server dates starts
// from when they came in, and they may have waited there for the end of another run.
func (k *kills) history(t *testing.T, lane string) []picked {
	var runs []picked
	for _, info := range k.executions(t, "WorkflowId = '"+lane+"'") {
		var last *historypb.HistoryEvent
		p := picked{run: info.GetExecution().GetRunId()}
		id := info.GetExecution()
		events := k.client.GetWorkflowHistory(t.Context(), id.GetWorkflowId(), id.GetRunId(), false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
		for events.HasNext() {
			e, err := events.Next()
			require.NoError(t, err)
			if p.began.IsZero() && e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED {
				p.began = e.GetEventTime().AsTime()
			}
			last = e
		}
		p.ended = last.GetEventTime().AsTime()
		switch last.GetEventType() {
		case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:
			p.completed = true
			result := last.GetWorkflowExecutionCompletedEventAttributes().GetResult().GetPayloads()[0]
			require.NoError(t, converter.GetDefaultDataConverter().FromPayload(result, &p))
		case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED:
		default:
			require.Fail(t, "neither completed nor superseded", "%v %v", id, last)
		}
		runs = append(runs, p)
	}
	slices.SortFunc(runs, func(a, b picked) int { return a.ended.Compare(b.ended) })
	for i := 1; i < len(runs); i++ {
		require.False(t, !runs[i].began.IsZero() && runs[i].began.Before(runs[i-1].ended), "two runs overlap:\n%+v\n%+v", runs[i-1], runs[i])
	}
	return runs
}

// check holds the runs against the starts that were acknowledged.
func (k *kills) check(t *testing.T, shelf string, mixed bool, runs []picked, acked []ack) {
	scheduled := k.executions(t, "WorkflowType = 'picking' AND WorkflowId STARTS_WITH 'weir.schedule/picking/tick'")
	if mixed {
		require.NotEmpty(t, scheduled)
	} else {
		scheduled = nil // none of them is of this shelf
	}
	times := map[string]int{}
	for i, r := range runs {
		require.Equal(t, i+1, r.Place, "each run counts once, in its turn")
		require.True(t, r.Alone && r.Given, "run %d shares the shelf: %+v", i+1, r)
		times[r.N]++
	}
	require.Len(t, runs, len(acked)+len(scheduled))
	require.Equal(t, len(scheduled), times["by schedule"])

	places := map[string]int{}
	for _, r := range runs {
		places[r.N] = r.Place
	}
	for _, a := range acked {
		require.Equal(t, 1, times[a.N], "start %s has one run", a.N)
		var result picked
		require.NoError(t, k.client.GetWorkflow(t.Context(), a.WorkflowID, a.RunID).Get(t.Context(), &result), "what start %s was told", a.N)
		require.Equal(t, a.N, result.N)
	}
	inTurn(t, acked, places)

	sent := k.api.fulfilments(shelf)
	distinct := slices.Compact(slices.Clone(sent))
	require.Len(t, distinct, len(runs), "what a run sends, it sends before the next one begins")
	slices.Sort(sent)
	require.Len(t, slices.Compact(sent), len(runs), "and under one key")
}

// inTurn finds no start that was made after another one was acknowledged, and whose run went before. Starts by hand have no place before a worker sees them.
func inTurn(t *testing.T, acked []ack, places map[string]int) {
	var ordered []ack
	for _, a := range acked {
		if a.Decision != byHand {
			ordered = append(ordered, a)
		}
	}
	slices.SortFunc(ordered, func(a, b ack) int { return cmp.Compare(places[a.N], places[b.N]) })
	var latest ack // of those whose runs went before
	for _, a := range ordered {
		require.False(t, a.Acked.Before(latest.Sent), "start %s was acknowledged (%s) before %s was made, and went after it\n%+v\n%+v", a.N, a.Decision, latest.N, a, latest)
		if a.Sent.After(latest.Sent) {
			latest = a
		}
	}
}

func readAcks(t *testing.T, path string) []ack {
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	var out []ack
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		var a ack
		if strings.HasPrefix(lines.Text(), "{") {
			require.NoError(t, json.Unmarshal(lines.Bytes(), &a))
			out = append(out, a)
		}
	}
	return out
}
