package gateway

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/gateway/access"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// call is a request to the runs API with its token.
func (b *bundle) call(method, target, body string, headers ...string) *httptest.ResponseRecorder {
	return b.send(method, target, body, append([]string{"Authorization", "Bearer " + apiToken}, headers...)...)
}

var apiRoutes = [][2]string{
	{http.MethodPost, "/api/flows/orders/runs"}, {http.MethodGet, "/api/runs"}, {http.MethodGet, "/api/runs/orders/o-1"},
	{http.MethodPost, "/api/runs/orders/o-1/cancel"}, {http.MethodPost, "/api/runs/orders/o-1/decide"}, {http.MethodPost, "/api/runs/orders/o-1/reassign"}, {http.MethodGet, "/api/waits"},
}

func TestTheRunsAPINeedsItsToken(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, route := range apiRoutes {
		for name, headers := range map[string][]string{
			"none": nil, "another": {"Authorization", "Bearer x"}, "a prefix": {"Authorization", "Bearer " + apiToken[:4]}, "empty": {"Authorization", "Bearer "},
			"basic": {"Authorization", "Basic " + apiToken}, "bare": {"Authorization", apiToken}, "in another header": {"X-API-Key", apiToken},
			"twice": {"Authorization", "Bearer " + apiToken, "Authorization", "Bearer " + apiToken},
		} {
			w := b.send(route[0], route[1], "{}", headers...)
			require.Equal(t, http.StatusUnauthorized, w.Code, "%v %s", route, name)
			require.Contains(t, w.Header().Get("WWW-Authenticate"), "Bearer")
		}
		require.NotEqual(t, http.StatusUnauthorized, b.call(route[0], route[1], "{}").Code)
	}
	require.Empty(t, b.runs.starts())
	require.NotContains(t, b.log.String(), apiToken)
}

func TestWithoutATokenThereIsNoRunsAPI(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.server.tokens = nil
	b.handler = b.server.Handler()
	for _, route := range apiRoutes {
		for _, header := range []string{"Bearer ", "Bearer x"} {
			require.Equal(t, http.StatusNotFound, b.send(route[0], route[1], "{}", "Authorization", header).Code)
		}
	}
}

func TestStartingARun(t *testing.T) {
	t.Parallel()
	b := setup(t)
	w := b.call(http.MethodPost, "/api/flows/orders/runs", `{"input":{"order-id":"o-1"},"invocation":"default","version":2}`, "Idempotency-Key", "k")
	require.Equal(t, http.StatusAccepted, w.Code)
	require.Equal(t, "started", answerOf(t, w)["decision"])
	got := b.runs.starts()[0]
	require.Equal(t, "default", got.Invocation)
	require.Equal(t, 2, got.Version)
	require.Equal(t, Delivery{Slug: "orders", ID: "k"}.StartID(), got.DedupeID)
	w = b.call(http.MethodPost, "/api/flows/orders/runs", `{"input":{"order-id":"o-1"}}`, "Idempotency-Key", "k")
	require.Equal(t, "deduplicated", answerOf(t, w)["decision"])

	for body, field := range map[string]string{
		`{"order-id":"o-1"}`: "order-id", `{"input":[]}`: "input", `{"input":{},"version":0}`: "version", `{"input":{},"version":"x"}`: "version", `{"invocation":1}`: "invocation",
	} {
		w := b.call(http.MethodPost, "/api/flows/orders/runs", body)
		require.Equal(t, http.StatusUnprocessableEntity, w.Code, body)
		require.Equal(t, field, answerOf(t, w)["fields"].([]any)[0].(map[string]any)["field"], body)
	}
	require.Equal(t, http.StatusUnprocessableEntity, b.call(http.MethodPost, "/api/flows/orders/runs", "").Code, "an empty input lacks the order id")
	b.runs.startErr = worker.ErrUnknownFlow
	require.Equal(t, http.StatusNotFound, b.call(http.MethodPost, "/api/flows/orders/runs", "{}").Code)
	b.runs.startErr = worker.ErrUnavailable
	require.Equal(t, http.StatusServiceUnavailable, b.call(http.MethodPost, "/api/flows/orders/runs", "{}").Code)
}

// TestAStartWithAKeyIsOne: through any gateway, at one moment, and when other runs of the lane came after it; but another door's is another.
func TestAStartWithAKeyIsOne(t *testing.T) {
	t.Parallel()
	const path, interfacePath = "/api/flows/orders/runs", "/flows/orders/interfaces/quote"
	b := setup(t)
	b.runs.result = json.RawMessage(`1`)
	other := *b // a second gateway
	server, err := New(Options{
		Runs: b.runs, Flows: b.flows, Secrets: b.secrets, Deliveries: b.server.deliveries, Keys: b.keys, PublicURL: publicURL + "/", APIToken: apiToken,
	})
	require.NoError(t, err)
	other.handler = server.Handler()
	start := func(b *bundle, key string) map[string]any {
		w := b.call(http.MethodPost, path, `{"input":{"order-id":"o-1"}}`, "Idempotency-Key", key)
		require.Equal(t, http.StatusAccepted, w.Code, w.Body.String())
		return answerOf(t, w)
	}
	answers := make([]map[string]any, 20)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() { answers[i] = start([]*bundle{b, &other}[i%2], "k") })
	}
	all.Wait()
	decisions := map[any]int{}
	for _, a := range answers {
		require.Equal(t, "run-1", a["run-id"])
		decisions[a["decision"]]++
	}
	require.Equal(t, map[any]int{"started": 1, "deduplicated": 19}, decisions)

	require.Equal(t, "run-2", start(b, "another")["run-id"])
	require.Equal(t, "run-1", start(&other, "k")["run-id"], "another run holds the lane now")
	require.Equal(t, "run-2", start(&other, "another")["run-id"])

	quote := func() int {
		return b.send(http.MethodPost, interfacePath, `{"order-id":"o-1"}`, "Authorization", "Bearer "+signingSecret, "Idempotency-Key", "k").Code
	}
	require.Equal(t, http.StatusOK, quote())
	require.Equal(t, "run-4", start(b, "third")["run-id"])
	require.Equal(t, http.StatusOK, quote())
	require.Len(t, b.runs.starts(), 4, "the interface's k is one start too, and not the API's")

	w := b.call(http.MethodPost, path, `{"input":{}}`, "Idempotency-Key", "refused")
	require.Equal(t, http.StatusUnprocessableEntity, w.Code)
	require.Equal(t, "run-5", start(b, "refused")["run-id"], "what was refused isn't remembered")
	for _, headers := range [][]string{{strings.Repeat("k", maxDeliveryID+1)}, {"a", "Idempotency-Key", "b"}} {
		w := b.call(http.MethodPost, path, `{"input":{"order-id":"o-1"}}`, append([]string{"Idempotency-Key"}, headers...)...)
		require.Equal(t, http.StatusUnprocessableEntity, w.Code)
		require.Equal(t, "Idempotency-Key", answerOf(t, w)["fields"].([]any)[0].(map[string]any)["field"])
	}
	start(b, strings.Repeat("k", maxDeliveryID))
}

func TestListingRuns(t *testing.T) {
	t.Parallel()
	b := setup(t)
	w := b.call(http.MethodGet, "/api/runs?flow=orders&status=waiting&limit=7", "")
	require.Equal(t, http.StatusOK, w.Code)
	got := answerOf(t, w)
	require.Len(t, got["runs"], 1)
	require.Equal(t, worker.ListRequest{Slug: "orders", Status: "waiting", Limit: 7, Page: []byte{}}, b.runs.listed)
	b.call(http.MethodGet, "/api/runs?page="+got["next-page"].(string), "")
	require.Equal(t, "more", string(b.runs.listed.Page))
	for _, query := range []string{"limit=0", "limit=1001", "limit=x", "page=%25"} {
		require.Equal(t, http.StatusUnprocessableEntity, b.call(http.MethodGet, "/api/runs?"+query, "").Code, query)
	}
}

func TestListingWaits(t *testing.T) {
	t.Parallel()
	b := panelled(t)
	b.runs.nextPage = []byte("more")
	w := b.call(http.MethodGet, "/api/waits?flow=orders&limit=7", "")
	require.Equal(t, http.StatusOK, w.Code)
	got := answerOf(t, w)
	first := got["waits"].([]any)[0].(map[string]any)
	require.Equal(t, []any{"orders/o-1", firstRunID, "orders", waitKey, 2.0}, []any{first["workflow-id"], first["run-id"], first["slug"], first["key"], first["quorum"]})
	require.Equal(t, worker.ListRequest{Slug: "orders", Limit: 7, Page: []byte{}}, b.runs.listed)
	b.call(http.MethodGet, "/api/waits?page="+got["next-page"].(string), "")
	require.Equal(t, "more", string(b.runs.listed.Page))
	require.Equal(t, http.StatusUnprocessableEntity, b.call(http.MethodGet, "/api/waits?limit=0", "").Code)

	b.runs.waits[0].Votes = []worker.Vote{{Approver: "bob", Action: "approve"}}
	for approver, want := range map[string]int{"ann": 1, "bob": 0, "dan": 0} {
		require.Len(t, answerOf(t, b.call(http.MethodGet, "/api/waits?approver="+approver, ""))["waits"], want, approver)
	}
	b.runs.runErr = worker.ErrUnavailable
	require.Equal(t, http.StatusServiceUnavailable, b.call(http.MethodGet, "/api/waits", "").Code)
}

func TestRecordingARun(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.runs.run = worker.Run{WorkflowID: "orders/o-1", RunID: "r-1"}
	answer := b.call(http.MethodGet, "/api/runs/orders/o-1?recording", "")
	require.Equal(t, http.StatusOK, answer.Code)
	require.Contains(t, answer.Body.String(), `"workflow-id":"orders/o-1","run-id":"r-1"`)
	b.runs.askErr = &worker.UnrecordableError{Reason: "it is large"}
	answer = b.call(http.MethodGet, "/api/runs/orders/o-1?recording", "")
	require.Equal(t, http.StatusUnprocessableEntity, answer.Code)
	require.Contains(t, answer.Body.String(), "unrecordable")
	b.runs.askErr = worker.ErrUnavailable
	require.Equal(t, http.StatusServiceUnavailable, b.call(http.MethodGet, "/api/runs/orders/o-1?recording", "").Code)
}

func TestShowingARun(t *testing.T) {
	t.Parallel()
	b := asking(t)
	got := answerOf(t, b.call(http.MethodGet, "/api/runs/orders/o-1", ""))
	require.Equal(t, "waiting", got["status"])
	require.Equal(t, "orders/o-1", got["workflow-id"])
	require.InDelta(t, 3, got["version"], 0)
	require.Len(t, got["timeline"], 1)
	require.Equal(t, waitKey, got["waits"].([]any)[0].(map[string]any)["key"])
	require.NotContains(t, got, "unanswered")

	b.runs.askErr = worker.ErrUnavailable
	require.Equal(t, true, answerOf(t, b.call(http.MethodGet, "/api/runs/orders/o-1", ""))["unanswered"])

	b.runs.askErr, b.runs.run.Status, b.runs.result = nil, worker.StatusCompleted, json.RawMessage(`{"done":true}`)
	require.Equal(t, map[string]any{"done": true}, answerOf(t, b.call(http.MethodGet, "/api/runs/orders/o-1", ""))["result"])
	b.runs.run.Status, b.runs.ended = worker.StatusFailed, &worker.RunError{Status: worker.StatusFailed, Code: "http-status", Message: "step fetch failed"}
	failure := answerOf(t, b.call(http.MethodGet, "/api/runs/orders/o-1", ""))["failure"].(map[string]any)
	require.Equal(t, "http-status", failure["code"])
	require.Contains(t, failure["message"], "step fetch failed")

	b.runs.runErr = worker.ErrUnknownRun
	require.Equal(t, http.StatusNotFound, b.call(http.MethodGet, "/api/runs/orders/o-9", "").Code)
	b.runs.runErr = worker.ErrUnavailable
	require.Equal(t, http.StatusServiceUnavailable, b.call(http.MethodGet, "/api/runs/orders/o-1", "").Code)
}

func TestCancellingARun(t *testing.T) {
	t.Parallel()
	b := setup(t)
	require.Equal(t, http.StatusAccepted, b.call(http.MethodPost, "/api/runs/orders/o-1/cancel", "").Code)
	require.Equal(t, http.StatusAccepted, b.call(http.MethodPost, "/api/runs/hello/cancel", "").Code)
	require.Equal(t, http.StatusAccepted, b.call(http.MethodPost, "/api/runs/orders/cancel/cancel", "").Code, "a key may be called cancel")
	require.Equal(t, []string{"orders/o-1", "hello", "orders/cancel"}, b.runs.canceled)
	b.runs.runErr = worker.ErrUnknownRun
	require.Equal(t, http.StatusNotFound, b.call(http.MethodPost, "/api/runs/orders/o-9/cancel", "").Code)
	for _, path := range []string{"/api/runs/orders/o-1/pause", "/api/runs/cancel", "/api/runs/"} {
		require.Equal(t, http.StatusNotFound, b.call(http.MethodPost, path, "").Code, path)
	}
}

func TestDecidingOverTheRunsAPI(t *testing.T) {
	t.Parallel()
	b := asking(t)
	path := "/api/runs/orders/o-1/decide?run-id=" + firstRunID
	w := b.call(http.MethodPost, path, `{"key":"`+waitKey+`","value":{"action":"approve","note":1},"by":"Ann","occurrence":1}`)
	require.Equal(t, http.StatusOK, w.Code)
	require.Equal(t, "approve", answerOf(t, w)["action"])
	d := b.runs.offers[0]
	require.Equal(t, "orders/o-1", d.WorkflowID)
	require.Equal(t, firstRunID, d.RunID)
	require.Equal(t, 1, d.Occurrence)
	require.Equal(t, "Ann", d.By)
	require.Equal(t, `{:action "approve", :note 1}`, value.PrStr(nil, d.Value))
	w = b.call(http.MethodPost, path, `{"key":"`+waitKey+`","value":{"action":"reject"}}`)
	require.Equal(t, http.StatusConflict, w.Code)
	require.Equal(t, "approve", answerOf(t, w)["action"])
	require.Equal(t, access.RootID, b.runs.offers[1].By)

	for body, field := range map[string]string{
		`{}`: "key", `{"key":7}`: "key", `{"key":"k","by":1}`: "by", `{"key":"k","occurrence":0}`: "occurrence", `{"key":"k","action":"approve"}`: "action",
	} {
		w := b.call(http.MethodPost, path, body)
		require.Equal(t, http.StatusUnprocessableEntity, w.Code, body)
		require.Equal(t, field, answerOf(t, w)["fields"].([]any)[0].(map[string]any)["field"])
	}
	for outcome, want := range map[string]int{worker.OutcomeKept: 202, worker.OutcomeUnknown: 404} {
		b.runs.outcome = outcome
		require.Equal(t, want, b.call(http.MethodPost, path, `{"key":"k"}`).Code, outcome)
	}
	b.runs.decide = &worker.InvalidDecisionError{Reason: "the wait needs :comment"}
	require.Equal(t, 422, b.call(http.MethodPost, path, `{"key":"k"}`).Code)
	b.runs.decide = worker.ErrUnavailable
	require.Equal(t, 503, b.call(http.MethodPost, path, `{"key":"k"}`).Code)
	require.Equal(t, 413, b.call(http.MethodPost, path, `{"key":"`+strings.Repeat("k", MaxDecisionBody)+`"}`).Code)
}
