package gateway

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v82/webhook"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/gateway/signature"
	"github.com/weir-run/weir/worker"
)

const hookPath = "/hooks/orders/orders.updated"

// stripeHeader has Stripe's own library sign a body.
func stripeHeader(body string, at time.Time) string {
	return webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{Payload: []byte(body), Secret: signingSecret, Timestamp: at}).Header
}

// deliver sends a genuine delivery.
func (b *bundle) deliver(body string) *httptest.ResponseRecorder {
	return b.send(http.MethodPost, hookPath, body, "Stripe-Signature", stripeHeader(body, testNow), "Content-Type", "application/json")
}

func TestADeliverySignedByStripeStartsARun(t *testing.T) {
	t.Parallel()
	b := setup(t)
	w := b.deliver(`{"id":"evt_1","order-id":"o-1","orderId":7,"nested":{"a b":[1]}}`)
	require.Equal(t, http.StatusAccepted, w.Code)
	require.Equal(t, map[string]any{
		"run-id": "run-1", "workflow-id": "orders/o-1", "decision": "started", "lane": "orders/o-1",
		"status-url": publicURL + "/api/runs/orders/o-1?run-id=run-1",
	}, answerOf(t, w))
	require.Equal(t, "application/json", w.Header().Get("Content-Type"))

	require.Len(t, b.runs.starts(), 1)
	got := b.runs.starts()[0]
	require.Equal(t, "orders", got.Slug)
	require.Equal(t, "default", got.Invocation)
	require.Equal(t, 3, got.Version, "the version whose door was opened")
	require.NotEmpty(t, got.DedupeID)
	m, _ := got.Input.AsMap()
	id, _ := m.GetKw("order-id").AsString()
	require.Equal(t, "o-1", id)
	n, _ := m.GetKw("orderId").AsInt()
	require.Equal(t, int64(7), n)
}

// TestUnverifiedDeliveriesStartNothing: each of them gets the very answer that a path without a door gets.
func TestUnverifiedDeliveriesStartNothing(t *testing.T) {
	t.Parallel()
	const body = `{"id":"evt_1","order-id":"o-1"}`
	good := stripeHeader(body, testNow)
	mac := hmac.New(sha256.New, []byte(signingSecret))
	mac.Write([]byte(body))
	b := setup(t)
	b.flows["closed"] = orderFlow()
	b.flows["closed"].Webhook.Enabled = false
	b.flows["none"] = &definition.Flow{Slug: "none"}
	b.flows["unbound"] = orderFlow()
	b.flows["unbound"].Webhook.Auth.SecretRef = "missing"
	first := ""
	for name, c := range map[string]struct{ path, body, header string }{
		"a byte changed":       {hookPath, strings.Replace(body, "o-1", "o-2", 1), good},
		"an old timestamp":     {hookPath, body, stripeHeader(body, testNow.Add(-301*time.Second))},
		"a future timestamp":   {hookPath, body, stripeHeader(body, testNow.Add(301*time.Second))},
		"plain hex HMAC":       {hookPath, body, hex.EncodeToString(mac.Sum(nil))},
		"no signature":         {hookPath, body, ""},
		"an unknown slug":      {"/hooks/unknown/orders.updated", body, good},
		"an impossible slug":   {"/hooks/1%2F2/orders.updated", body, good},
		"an unknown event":     {"/hooks/orders/other", body, good},
		"the interface's id":   {"/hooks/orders/order-updated", body, good},
		"a disabled webhook":   {"/hooks/closed/orders.updated", body, good},
		"a flow without one":   {"/hooks/none/orders.updated", body, good},
		"a slot without value": {"/hooks/unbound/orders.updated", body, good},
		"a malformed query":    {hookPath + "?a=%zz", body, good},
		"not JSON, unverified": {hookPath, "{", good},
	} {
		var headers []string
		if c.header != "" {
			headers = []string{"Stripe-Signature", c.header}
		}
		w := b.send(http.MethodPost, c.path, c.body, headers...)
		require.Equal(t, http.StatusUnauthorized, w.Code, name)
		shown := fmt.Sprint(w.Header(), w.Body)
		if first == "" {
			first = shown
		}
		require.Equal(t, first, shown, name)
	}
	require.Empty(t, b.runs.starts())
	require.NotContains(t, b.log.String(), signingSecret)
	require.NotContains(t, b.log.String(), good)
}

func TestDeliveriesAreLimitedInSize(t *testing.T) {
	t.Parallel()
	b := setup(t)
	body := func(size int) string {
		const frame = `{"id":"evt_big","order-id":"o-1","x":""}`
		return strings.Replace(frame, `""`, `"`+strings.Repeat("x", size-len(frame))+`"`, 1)
	}
	require.Equal(t, http.StatusAccepted, b.deliver(body(MaxBody)).Code)
	require.Equal(t, http.StatusRequestEntityTooLarge, b.deliver(body(MaxBody+1)).Code)

	// without Content-Length, and to a door that isn't there: the same
	r := httptest.NewRequest(http.MethodPost, "/hooks/unknown/x", struct{ *strings.Reader }{strings.NewReader(body(MaxBody + 1))})
	r.ContentLength = -1
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	require.Equal(t, http.StatusRequestEntityTooLarge, w.Code)
	require.Len(t, b.runs.starts(), 1)
}

func TestInvalidDeliveriesAreToldWhy(t *testing.T) {
	t.Parallel()
	b := setup(t)
	w := b.deliver(`{"id":"evt_1"}`)
	require.Equal(t, http.StatusUnprocessableEntity, w.Code)
	got := answerOf(t, w)
	require.Equal(t, "application/problem+json", w.Header().Get("Content-Type"))
	require.Equal(t, "invalid-input", got["error"])
	require.Equal(t, "urn:weir:problem:invalid-input", got["type"])
	require.Equal(t, "Unprocessable Entity", got["title"])
	require.EqualValues(t, 422, got["status"])
	require.Equal(t, got["message"], got["detail"])
	require.Equal(t, []any{map[string]any{"field": "order-id", "message": "order-id is missing: expected text"}}, got["fields"])

	for name, body := range map[string]string{
		"an array": `[1]`, "a text": `"x"`, "broken": `{"a":`, "two values": `{} {}`, "not UTF-8": "{\"a\":\"\xff\"}",
		"too deep": `{"order-id":"o-1","x":` + strings.Repeat("[", MaxJSONDepth+1) + strings.Repeat("]", MaxJSONDepth+1) + `}`,
	} {
		w := b.deliver(body)
		require.Equal(t, http.StatusUnprocessableEntity, w.Code, name)
		require.Equal(t, "invalid-json", answerOf(t, w)["error"], name)
	}
	require.Equal(t, http.StatusUnprocessableEntity, b.deliver("").Code, "nothing is an empty object, which lacks the order id")
	require.Empty(t, b.runs.starts())

	w = b.deliver(`{"id":"evt_1","order-id":"o-1"}`)
	require.Equal(t, http.StatusAccepted, w.Code, "what was refused isn't remembered")
	require.Equal(t, "started", answerOf(t, w)["decision"])
}

func TestCompressedDeliveriesAreRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	const body = `{"order-id":"o-1"}`
	w := b.send(http.MethodPost, hookPath, body, "Stripe-Signature", stripeHeader(body, testNow), "Content-Encoding", "gzip")
	require.Equal(t, http.StatusUnsupportedMediaType, w.Code)
	w = b.send(http.MethodPost, hookPath, body, "Content-Encoding", "gzip")
	require.Equal(t, http.StatusUnauthorized, w.Code, "that it matters is only told to the verified")
}

func TestRepeatedDeliveriesAreDeduplicated(t *testing.T) {
	t.Parallel()
	b := setup(t)
	const body = `{"id":"evt_1","order-id":"o-1"}`
	require.Equal(t, "started", answerOf(t, b.deliver(body))["decision"])
	again := b.deliver(body)
	require.Equal(t, http.StatusAccepted, again.Code)
	require.Equal(t, map[string]any{
		"run-id": "run-1", "workflow-id": "orders/o-1", "decision": "deduplicated", "lane": "orders/o-1",
		"status-url": publicURL + "/api/runs/orders/o-1?run-id=run-1",
	}, answerOf(t, again))

	b.redis.FlushAll() // Redis lost its memory: Temporal still knows
	require.Equal(t, "deduplicated", answerOf(t, b.deliver(body))["decision"])
	require.Equal(t, "run-1", answerOf(t, b.deliver(body))["run-id"])
	require.Len(t, b.runs.starts(), 1)

	require.Equal(t, "started", answerOf(t, b.deliver(`{"id":"evt_2","order-id":"o-1"}`))["decision"], "another event")
	require.Equal(t, "started", answerOf(t, b.deliver(`{"order-id":"o-1"}`))["decision"], "no id, no memory")
	require.Equal(t, "started", answerOf(t, b.deliver(`{"order-id":"o-1"}`))["decision"])
}

func TestFiftyAtOnceAreOneRun(t *testing.T) {
	t.Parallel()
	b := setup(t)
	const body = `{"id":"evt_1","order-id":"o-1"}`
	answers := make([]map[string]any, 50)
	var wg sync.WaitGroup
	for i := range answers {
		wg.Go(func() { answers[i] = answerOf(t, b.deliver(body)) })
	}
	wg.Wait()
	require.Len(t, b.runs.starts(), 1)
	startedBy := 0
	for _, a := range answers {
		require.Equal(t, "run-1", a["run-id"])
		if a["decision"] == "started" {
			startedBy++
		}
	}
	require.Equal(t, 1, startedBy)
}

func TestProvidersNameTheirDeliveries(t *testing.T) {
	t.Parallel()
	github := definition.Auth{Type: "hmac-sha256", Header: "X-Hub-Signature-256", SecretRef: "signing"}
	standard := definition.Auth{Type: "standard-webhooks", SecretRef: "standard"}
	for name, c := range map[string]struct {
		auth     definition.Auth
		named    string
		header   string
		body     string
		wantRuns int // of two deliveries with equal bodies and different ids, each sent twice
	}{
		"GitHub":                         {auth: github, header: "X-GitHub-Delivery", wantRuns: 2},
		"webhook-id":                     {auth: github, header: "webhook-id", wantRuns: 2},
		"Standard Webhooks":              {auth: standard, wantRuns: 2},
		"a named header":                 {auth: github, named: "X-Event", header: "X-Event", wantRuns: 2},
		"only that one":                  {auth: github, named: "X-Event", header: "X-GitHub-Delivery", wantRuns: 4},
		"none":                           {auth: github, header: "X-Other", wantRuns: 4},
		"Stripe's way in another scheme": {auth: github, header: "X-Other", body: `{"id":"evt_1","order-id":"o-1"}`, wantRuns: 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			b.secrets["standard"] = []string{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}
			b.flows["orders"].Webhook.Auth, b.flows["orders"].Webhook.DeliveryIDHeader = c.auth, c.named
			body := c.body
			if body == "" {
				body = `{"order-id":"o-1"}`
			}
			for _, id := range []string{"d-1", "d-2", "d-2", "d-1"} {
				r := &signature.Request{Body: []byte(body)}
				secret := b.secrets[c.auth.SecretRef][0]
				require.NoError(t, SchemeOf(c.auth).Sign(r, []byte(secret), id, testNow))
				headers := []string{}
				for name := range r.Header {
					headers = append(headers, name, r.Header.Get(name))
				}
				if c.header != "" {
					headers = append(headers, c.header, id)
				}
				require.Equal(t, http.StatusAccepted, b.send(http.MethodPost, hookPath, body, headers...).Code)
			}
			require.Len(t, b.runs.starts(), c.wantRuns)
		})
	}
}

func TestContradictoryDeliveryIDsAreRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.flows["orders"].Webhook.Auth = definition.Auth{Type: "bearer", SecretRef: "signing"}
	const body = `{"order-id":"o-1"}`
	auth := []string{"Authorization", "Bearer " + signingSecret}
	for _, headers := range [][]string{{"X-GitHub-Delivery", "a", "X-GitHub-Delivery", "b"}, {"webhook-id", strings.Repeat("x", maxDeliveryID+1)}} {
		w := b.send(http.MethodPost, hookPath, body, append(headers, auth...)...)
		require.Equal(t, http.StatusUnprocessableEntity, w.Code)
		require.Equal(t, "invalid-delivery-id", answerOf(t, w)["error"])
	}
	require.Empty(t, b.runs.starts())
	require.Equal(t, http.StatusAccepted, b.send(http.MethodPost, hookPath, body, append([]string{"webhook-id", strings.Repeat("x", maxDeliveryID)}, auth...)...).Code)
}

func TestTwoSecretsAreLiveWhileTheyRotate(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.secrets["signing"] = []string{"whsec_new", signingSecret}
	require.Equal(t, http.StatusAccepted, b.deliver(`{"id":"evt_1","order-id":"o-1"}`).Code)
	b.secrets["signing"] = []string{"whsec_new"}
	require.Equal(t, http.StatusUnauthorized, b.deliver(`{"id":"evt_2","order-id":"o-1"}`).Code)
}

func TestABusyLaneQueues(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.runs.busy = true
	const body = `{"id":"evt_1","order-id":"o-1"}`
	w := b.deliver(body)
	require.Equal(t, http.StatusAccepted, w.Code)
	got := answerOf(t, w)
	require.Equal(t, "queued", got["decision"])
	require.Equal(t, "weir.entry/orders/1", got["workflow-id"])
	require.Equal(t, "entry-1", got["run-id"])
	require.Equal(t, "orders/o-1", got["lane"])
	require.Equal(t, publicURL+"/api/runs/weir.entry/orders/1?run-id=entry-1", got["status-url"])

	b.runs.busy = false
	again := answerOf(t, b.deliver(body))
	require.Equal(t, "deduplicated", again["decision"], "the same delivery, later")
	require.Equal(t, "weir.entry/orders/1", again["workflow-id"])
	require.NotContains(t, again, "lane")
	require.Len(t, b.runs.starts(), 1)
}

func TestTheQueueIsListed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	w := b.send(http.MethodGet, "/api/queue?flow=orders", "", "Authorization", "Bearer "+apiToken)
	require.Equal(t, http.StatusOK, w.Code)
	require.JSONEq(t, `{"queued":[{"workflow-id":"weir.entry/orders/1","run-id":"entry-1","lane":"orders/o-1","position":1,"since":"`+
		testNow.Format(time.RFC3339)+`"}]}`, w.Body.String())
	require.Equal(t, http.StatusUnprocessableEntity, b.send(http.MethodGet, "/api/queue?flow=a/b", "", "Authorization", "Bearer "+apiToken).Code)
	require.Equal(t, http.StatusUnauthorized, b.send(http.MethodGet, "/api/queue?flow=orders", "").Code)
}

// TestAQueuedEntryIsShown: Temporal only knows that it is open.
func TestAQueuedEntryIsShown(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.runs.run = worker.Run{WorkflowID: "weir.entry/orders/1", RunID: "entry-1", Slug: "orders", Status: worker.StatusRunning}
	b.runs.timeline = worker.Timeline{Status: worker.StatusQueued, WorkflowID: "weir.entry/orders/1", RunID: "entry-1", Lane: "orders/o-1"}
	show := func() map[string]any {
		return answerOf(t, b.send(http.MethodGet, "/api/runs/weir.entry/orders/1", "", "Authorization", "Bearer "+apiToken))
	}
	got := show()
	require.Equal(t, []any{"queued", "orders/o-1"}, []any{got["status"], got["lane"]})
	require.NotContains(t, got, "run")
	b.runs.timeline = worker.Timeline{Status: worker.StatusWaiting, WorkflowID: "orders/o-1", RunID: "run-1", Decision: worker.DecisionQueued}
	got = show()
	require.Equal(t, []any{"waiting", "orders/o-1", "queued"}, []any{got["status"], got["lane"], got["decision"]})
	require.Equal(t, map[string]any{"workflow-id": "orders/o-1", "run-id": "run-1"}, got["run"])
}

func TestWhatIsNotDurableIsNotAcknowledged(t *testing.T) {
	t.Parallel()
	const body = `{"id":"evt_1","order-id":"o-1"}`
	unavailable := fmt.Errorf("start: %w", worker.ErrUnavailable)
	for name, breakIt := range map[string]func(b *bundle) (mend func()){
		"Temporal":      func(b *bundle) func() { b.runs.startErr = unavailable; return func() { b.runs.startErr = nil } },
		"unknown error": func(b *bundle) func() { b.runs.startErr = errors.New("?"); return func() { b.runs.startErr = nil } },
		"the answer":    func(b *bundle) func() { b.runs.lostErr = unavailable; return func() { b.runs.lostErr = nil } },
		"Redis":         func(b *bundle) func() { b.redis.SetError("LOADING"); return func() { b.redis.SetError("") } },
		"the store":     func(b *bundle) func() { b.flows["(away)"] = orderFlow(); return func() { delete(b.flows, "(away)") } },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			mend := breakIt(b)
			w := b.deliver(body)
			require.Equal(t, http.StatusServiceUnavailable, w.Code)
			require.Equal(t, "5", w.Header().Get("Retry-After"))
			require.Contains(t, b.log.String(), `"level":"ERROR"`)
			mend()
			w = b.deliver(body)
			require.Equal(t, http.StatusAccepted, w.Code, w.Body.String())
			require.Len(t, b.runs.starts(), 1, "whether or not the first attempt started it")
			require.Equal(t, "run-1", answerOf(t, w)["run-id"])
		})
	}
}

// TestAGatewayMayDieAtAnyPoint: between claim and start, between start and confirm, and a run of another delivery on
// the same lane may come and go before the provider tries again.
func TestAGatewayMayDieAtAnyPoint(t *testing.T) {
	t.Parallel()
	const body = `{"id":"evt_1","order-id":"o-1"}`
	del := Delivery{Slug: "orders", Door: "order-updated", ID: "evt_1"}
	for name, c := range map[string]struct {
		started, another bool
		wantRun          string
		wantStarts       int
	}{
		"before the start":               {false, false, "run-1", 1},
		"before the start, then another": {false, true, "run-2", 2},
		"after the start":                {true, false, "run-1", 1},
		"after the start, then another":  {true, true, "run-1", 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			dying := &Deliveries{redis: b.server.deliveries.redis, lease: time.Millisecond, wait: time.Second}
			_, err := dying.Claim(t.Context(), del)
			require.NoError(t, err)
			if c.started {
				d, err := b.server.webhook(t.Context(), "orders", "orders.updated")
				require.NoError(t, err)
				m, p := readObject([]byte(body))
				require.Nil(t, p)
				request := d.request(m)
				request.DedupeID = del.StartID()
				_, p = b.server.start(t.Context(), request)
				require.Nil(t, p)
			}
			if c.another {
				require.Equal(t, "started", answerOf(t, b.deliver(`{"id":"evt_2","order-id":"o-1"}`))["decision"])
			}
			for range 2 {
				w := b.deliver(body)
				require.Equal(t, http.StatusAccepted, w.Code)
				require.Equal(t, c.wantRun, answerOf(t, w)["run-id"])
			}
			require.Len(t, b.runs.starts(), c.wantStarts)
		})
	}
}

func TestADeliveryUnderWayIsAskedToComeAgain(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, err := b.server.deliveries.Claim(t.Context(), Delivery{Slug: "orders", Door: "order-updated", ID: "evt_1"})
	require.NoError(t, err)
	b.server.deliveries.wait = 20 * time.Millisecond
	w := b.deliver(`{"id":"evt_1","order-id":"o-1"}`)
	require.Equal(t, http.StatusServiceUnavailable, w.Code)
	require.Contains(t, w.Body.String(), "at this moment")
	require.Empty(t, b.runs.starts())
}

func TestAnOpenDoorTakesAnyone(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.flows["orders"].Webhook.Auth = definition.Auth{Type: "none"}
	require.Equal(t, http.StatusAccepted, b.send(http.MethodPost, hookPath, `{"order-id":"o-1"}`).Code)
}

func TestStatusURLsKeepOddKeysWhole(t *testing.T) {
	t.Parallel()
	b := setup(t)
	got := answerOf(t, b.deliver(`{"order-id":"ä b/c?d#e"}`))
	require.Equal(t, publicURL+"/api/runs/orders/%C3%A4%20b/c%3Fd%23e?run-id=run-1", got["status-url"])
	path := strings.TrimPrefix(got["status-url"].(string), publicURL)
	w := b.send(http.MethodGet, path, "", "Authorization", "Bearer "+apiToken)
	require.Equal(t, http.StatusOK, w.Code)
}
