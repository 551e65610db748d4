//go:build !slim

package e2e_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/workflowservice/v1"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/gateway"
	"github.com/weir-run/weir/gateway/signature"
	"github.com/weir-run/weir/gateway/token"
	"github.com/weir-run/weir/worker"
)

func init() { scenarios["deliveries, over and over"] = deliveriesOverAndOver }

const delivered = `{:slug :delivered :concurrency {:type :keyed :key-field :id}
	:requires [{:slot :webhook-signing-secret :type :secret}]
	:invocations {:default {:inputs [{:name :id :required true}]}}
	:interfaces {:webhook [{:id :news :invocation :default :auth {:type :hmac-sha256 :header "X-Hub-Signature-256" :secret-ref :webhook-signing-secret}}]}
	:flow '(:value (flow/step :kv :count {:operation :increment :key (str "delivered-" (:id (flow/input)))}))}`

// door is a gateway of its own: its own connections, and nothing in memory.
func (w *world) door(t *testing.T, temporal, kv string) *httptest.Server {
	t.Helper()
	p := w.places
	p.Temporal = temporal
	c, err := p.dial()
	require.NoError(t, err)
	t.Cleanup(c.Close)
	r := redis.NewClient(&redis.Options{Addr: kv, MaxRetries: -1, DialTimeout: time.Second})
	t.Cleanup(func() { r.Close() })
	secrets, err := binding.Open(binding.File{Path: p.Bindings})
	require.NoError(t, err)
	keys, err := token.ParseKeys("k:" + base64.StdEncoding.EncodeToString(make([]byte, 32)))
	require.NoError(t, err)
	server, err := gateway.New(gateway.Options{
		Runs: worker.NewStarter(c, w.versions, worker.StarterOptions{SearchAttributes: true}), Flows: w.versions, Secrets: secrets,
		Deliveries: gateway.NewDeliveries(r), Keys: keys, PublicURL: "https://weir.example.com", Logger: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	srv := httptest.NewServer(server.Handler())
	t.Cleanup(srv.Close)
	return srv
}

// taken is an answer to a delivery.
type taken struct {
	status     int
	retryAfter string
	answer     map[string]any
}

// ids are what must be the same in all answers to one delivery.
func (d taken) ids() string {
	return fmt.Sprint(d.answer["workflow-id"], d.answer["run-id"], d.answer["status-url"])
}

func deliver(t *testing.T, srv *httptest.Server, id, body string) taken {
	t.Helper()
	signed := &signature.Request{Body: []byte(body)}
	require.NoError(t, signature.Scheme{Type: signature.HMAC, Header: "X-Hub-Signature-256", SecretRef: "s"}.Sign(signed, []byte("s"), "", time.Now()))
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL+"/hooks/delivered/news", strings.NewReader(body))
	require.NoError(t, err)
	r.Header = signed.Header
	r.Header.Set("X-GitHub-Delivery", id)
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return taken{resp.StatusCode, resp.Header.Get("Retry-After"), decode(t, string(text))}
}

// cuttable is a line to an address, until it is cut.
func cuttable(t *testing.T, address string) (line string, cut func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", address)
			if err != nil {
				near.Close()
				continue
			}
			context.AfterFunc(ctx, func() {
				near.Close()
				far.Close()
			})
			go io.Copy(far, near) //nolint:errcheck // it ends by being cut
			go io.Copy(near, far) //nolint:errcheck
		}
	}()
	cut = func() {
		l.Close()
		cancel()
	}
	t.Cleanup(cut)
	return l.Addr().String(), cut
}

// runsOf counts the runs that Temporal has of a lane.
func (w *world) runsOf(t *testing.T, lane string) int64 {
	t.Helper()
	n, err := w.client.CountWorkflow(t.Context(), &workflowservice.CountWorkflowExecutionsRequest{Query: "WorkflowId = '" + lane + "'"})
	require.NoError(t, err)
	return n.GetCount()
}

// deliveriesOverAndOver: whatever happens between its repetitions, a delivery has one run.
func deliveriesOverAndOver(t *testing.T, w *world) {
	w.deploy(t, delivered)
	kv := miniredis.RunT(t)
	a, b := w.door(t, w.places.Temporal, kv.Addr()), w.door(t, w.places.Temporal, kv.Addr())
	const body = `{"id":"o-1"}`

	// Temporal or Redis away: nothing is started, and the sender is asked to come again.
	line, cut := cuttable(t, w.places.Temporal)
	cutOff := w.door(t, line, kv.Addr())
	cut()
	for name, srv := range map[string]*httptest.Server{
		"Temporal": cutOff, "Redis": w.door(t, w.places.Temporal, "127.0.0.1:1"),
	} {
		got := deliver(t, srv, "d-1", body)
		require.Equal(t, http.StatusServiceUnavailable, got.status, name)
		require.NotEmpty(t, got.retryAfter, name)
	}
	require.Zero(t, w.runsOf(t, "delivered/o-1"))

	answers := make([]taken, crowd)
	var ready, done sync.WaitGroup
	ready.Add(crowd)
	for i := range crowd {
		done.Go(func() {
			ready.Done()
			ready.Wait()
			answers[i] = deliver(t, []*httptest.Server{a, b}[i%2], "d-1", body)
		})
	}
	done.Wait()
	first, decisions := answers[0].ids(), map[any]int{}
	for _, got := range answers {
		require.Equal(t, http.StatusAccepted, got.status, got.answer)
		require.Equal(t, first, got.ids())
		decisions[got.answer["decision"]]++
	}
	require.GreaterOrEqual(t, decisions[worker.DecisionDeduplicated], crowd-1, decisions)

	same := func(when string) {
		got := deliver(t, w.door(t, w.places.Temporal, kv.Addr()), "d-1", body) // a new gateway each time
		require.Equal(t, http.StatusAccepted, got.status, when)
		require.Equal(t, first, got.ids(), when)
		require.Equal(t, worker.DecisionDeduplicated, got.answer["decision"], when)
	}
	same("at once")
	require.Equal(t, "1", w.result(t, "delivered/o-1", fmt.Sprint(answers[0].answer["run-id"])))
	same("after the run ended")
	kv.FlushAll()
	same("after Redis was emptied")

	// Another event with the very same body is another run.
	second := deliver(t, a, "d-2", body)
	require.Equal(t, http.StatusAccepted, second.status)
	require.NotEqual(t, first, second.ids())
	require.Equal(t, "2", w.result(t, "delivered/o-1", fmt.Sprint(second.answer["run-id"])))
	same("after another run of its lane")
	require.Eventually(t, func() bool { return w.runsOf(t, "delivered/o-1") == 2 }, 20*time.Second, 20*time.Millisecond)
	kv.FlushAll()
	same("after another run of its lane, with Redis emptied")
	require.Equal(t, second.ids(), deliver(t, b, "d-2", body).ids())
	require.Equal(t, int64(2), w.runsOf(t, "delivered/o-1"))
	require.Equal(t, http.StatusUnprocessableEntity, deliver(t, a, "d-3", `{"order":1}`).status)
}
