package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"

	"github.com/weir-run/weir/worker"
)

// The load of the doors: so many webhooks a second are offered to one gateway, whether it takes them or not.
const (
	doorsSlug   = "doors-load"
	doorsSecret = "bench-secret"
	doorsFlow   = `{:slug :doors-load :concurrency {:type :keyed :key-field :order-id}
 :requires [{:slot :hook :type :secret}]
 :invocations {:default {:inputs [{:name :order-id :type :text :required true}]}}
 :interfaces {:webhook [{:id :in :event-name "in" :invocation :default :enabled true :delivery-id-header "X-Delivery" :auth {:type :bearer :secret-ref :hook}}]}
 :flow '(do (flow/step :sleep :later {:duration "6d"}) 1)}`
	rateSlots = 16 // starts at once while the rates are compared
)

// gate is the role "gateway": a gateway in a process of its own, which tells its memory when it is asked.
func gate() error {
	in := json.NewDecoder(os.Stdin)
	var s crewSettings
	if err := in.Decode(&s); err != nil {
		return err
	}
	t, err := newWeirTeam(context.Background(), s)
	if err != nil {
		return err
	}
	defer t.stop()
	server, err := t.open.NewGateway()
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx, l) }()
	out := json.NewEncoder(os.Stdout)
	if err := out.Encode(l.Addr().String()); err != nil {
		return err
	}
	var question string
	for in.Decode(&question) == nil {
		if err := out.Encode(residentKB()); err != nil {
			return err
		}
	}
	stop()
	return <-ended
}

// residentKB is this process's resident memory.
func residentKB() int {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, _ := strconv.Atoi(strings.Fields(rest)[0])
			return n
		}
	}
	return 0
}

// doorsReport is what a load of the doors came to.
type doorsReport struct {
	Offered, Accepted, TurnedAway, Unsent, Other int
	Took                                         time.Duration
	Missing, Doubled                             int // accepted ones without a run, or with two
	Uninvited                                    int // runs of requests that weren't accepted
	Memory                                       []int
	Rates                                        []rates
}

type rates struct{ Gateway, GatewayWithID, Bare float64 }

// doors measures.
func doors(ctx context.Context, at places, perSecond int, lasting time.Duration) (*doorsReport, error) {
	file, err := os.CreateTemp("", "doors-*.edn")
	if err != nil {
		return nil, err
	}
	defer os.Remove(file.Name())
	if _, err := file.WriteString(doorsFlow); err != nil {
		return nil, err
	}
	g, err := startProcess("gateway", crewSettings{Kind: weir, At: at, Flow: file.Name()})
	if err != nil {
		return nil, err
	}
	defer g.stop()
	var address string
	if err := g.hear(&address); err != nil {
		return nil, err
	}
	c, err := client.DialContext(ctx, worker.ClientOptions(client.Options{HostPort: at.Temporal, Logger: log.NewStructuredLogger(quietLogger())}))
	if err != nil {
		return nil, err
	}
	defer c.Close()
	d := &doorsLoad{url: "http://" + address + "/hooks/" + doorsSlug + "/in", client: c, http: &http.Client{
		Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 600, MaxConnsPerHost: 600},
	}}
	report := &doorsReport{}
	for range 3 {
		report.Rates = append(report.Rates, d.compare(ctx))
	}
	memory := func() {
		kb := 0
		if g.ask("memory", &kb) == nil {
			report.Memory = append(report.Memory, kb/1024)
		}
	}
	memory()
	if err := d.offer(ctx, perSecond, lasting, report, memory); err != nil {
		return nil, err
	}
	memory()
	return report, d.check(ctx, report)
}

type doorsLoad struct {
	url    string
	client client.Client
	http   *http.Client
	next   atomic.Int64
	mu     sync.Mutex
	taken  map[string]string // workflow ID to run ID
	sent   map[string]bool   // workflow IDs that were asked for
}

// send makes one delivery.
func (d *doorsLoad) send(ctx context.Context, order string, withID bool) (status int, workflowID, runID string) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, d.url, bytes.NewReader([]byte(`{"order-id":"`+order+`"}`)))
	if err != nil {
		return 0, "", ""
	}
	r.Header.Set("Authorization", "Bearer "+doorsSecret)
	if withID {
		r.Header.Set("X-Delivery", order)
	}
	answer, err := d.http.Do(r)
	if err != nil {
		return 0, "", ""
	}
	defer answer.Body.Close()
	var got struct {
		RunID      string `json:"run-id"`
		WorkflowID string `json:"workflow-id"`
	}
	text, _ := io.ReadAll(answer.Body)
	_ = json.Unmarshal(text, &got)
	return answer.StatusCode, got.WorkflowID, got.RunID
}

// compare measures starts through the gateway and bare ones in turn, for two seconds each.
func (d *doorsLoad) compare(ctx context.Context) rates {
	measure := func(start func(id string) bool) float64 {
		var n atomic.Int64
		began := time.Now()
		var group sync.WaitGroup
		for range rateSlots {
			group.Go(func() {
				for time.Since(began) < 2*time.Second && ctx.Err() == nil {
					if start(fmt.Sprintf("r-%d", d.next.Add(1))) {
						n.Add(1)
					}
				}
			})
		}
		group.Wait()
		return float64(n.Load()) / time.Since(began).Seconds()
	}
	return rates{
		Gateway:       measure(func(id string) bool { status, _, _ := d.send(ctx, id, false); return status == http.StatusAccepted }),
		GatewayWithID: measure(func(id string) bool { status, _, _ := d.send(ctx, id, true); return status == http.StatusAccepted }),
		Bare: measure(func(id string) bool {
			_, err := d.client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
				ID: doorsSlug + "/" + id, TaskQueue: worker.DefaultTaskQueue, WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
			}, doorsSlug, map[string]string{"order-id": id})
			return err == nil
		}),
	}
}

// offer sends at a steady rate, whatever becomes of it; what can't even be sent is counted.
func (d *doorsLoad) offer(ctx context.Context, perSecond int, lasting time.Duration, report *doorsReport, each func()) error {
	d.taken, d.sent = map[string]string{}, map[string]bool{}
	const most = 4000 // requests under way on this side
	under := make(chan struct{}, most)
	var group sync.WaitGroup
	began := time.Now()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	next := 5 * time.Second
	for sent := 0; time.Since(began) < lasting && ctx.Err() == nil; <-tick.C {
		for due := int(time.Since(began).Seconds() * float64(perSecond)); sent < due; sent++ {
			report.Offered++
			select {
			case under <- struct{}{}:
			default:
				report.Unsent++
				continue
			}
			order := fmt.Sprintf("l-%d", sent)
			group.Go(func() {
				defer func() { <-under }()
				status, workflowID, runID := d.send(ctx, order, true)
				d.mu.Lock()
				defer d.mu.Unlock()
				d.sent[doorsSlug+"/"+order] = true
				switch status {
				case http.StatusAccepted:
					report.Accepted++
					d.taken[workflowID] = runID
				case http.StatusServiceUnavailable, http.StatusTooManyRequests:
					report.TurnedAway++
				default:
					report.Other++
				}
			})
		}
		if time.Since(began) > next {
			each()
			next += 5 * time.Second
		}
	}
	group.Wait()
	report.Took = time.Since(began)
	return ctx.Err()
}

// check reads from Temporal every run that there is, once its index has caught up.
func (d *doorsLoad) check(ctx context.Context, report *doorsReport) error {
	var runs map[string][]string
	for range 60 {
		runs = map[string][]string{}
		request := &workflowservice.ListWorkflowExecutionsRequest{PageSize: 1000, Query: "WorkflowType = '" + doorsSlug + "'"}
		for {
			answer, err := d.client.ListWorkflow(ctx, request)
			if err != nil {
				return err
			}
			for _, info := range answer.GetExecutions() {
				id := info.GetExecution().GetWorkflowId()
				runs[id] = append(runs[id], info.GetExecution().GetRunId())
			}
			if request.NextPageToken = answer.GetNextPageToken(); len(request.NextPageToken) == 0 {
				break
			}
		}
		report.Missing, report.Doubled, report.Uninvited = 0, 0, 0
		for id, run := range d.taken {
			switch {
			case len(runs[id]) == 0:
				report.Missing++
			case len(runs[id]) > 1 || runs[id][0] != run:
				report.Doubled++
			}
		}
		for id := range d.sent {
			if d.taken[id] == "" && len(runs[id]) > 0 {
				report.Uninvited++
			}
		}
		if report.Missing == 0 {
			break
		}
		time.Sleep(time.Second)
	}
	return nil
}

func (r *doorsReport) print() {
	for _, rate := range r.Rates {
		fmt.Printf("starts/s   gateway %.0f   gateway with delivery ids %.0f   bare %.0f   ratio %.2f / %.2f\n",
			rate.Gateway, rate.GatewayWithID, rate.Bare, rate.Gateway/rate.Bare, rate.GatewayWithID/rate.Bare)
	}
	fmt.Printf("offered %d in %.0f s: accepted %d (%.0f/s), turned away %d, not sent %d, other %d\n",
		r.Offered, r.Took.Seconds(), r.Accepted, float64(r.Accepted)/r.Took.Seconds(), r.TurnedAway, r.Unsent, r.Other)
	fmt.Printf("accepted without a run %d, with another or a second run %d; runs of what was not accepted %d\n", r.Missing, r.Doubled, r.Uninvited)
	fmt.Printf("memory of the gateway, MB every 5 s: %v\n", r.Memory)
}
