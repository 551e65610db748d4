package gateway

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// call is a request to the runs API with its token.
func (b *bundle) call(method, target, body string, headers ...string) *httptest.ResponseRecorder {
	return b.send(method, target, body, append([]string{"Authorization", "Bearer " + apiToken}, headers...)...)
}

var apiRoutes = [][2]string{
	{http.MethodPost, "/api/flows/orders/runs"}, {http.MethodGet, "/api/runs"}, {http.MethodGet, "/api/runs/orders/o-1"},
	{http.MethodPost, "/api/runs/orders/o-1/cancel"}, {http.MethodPost, "/api/runs/orders/o-1/decide"},
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
	b.server.apiToken = ""
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
	require.Equal(t, "api:k", got.DedupeID)
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
	require.Equal(t, byAPI, b.runs.offers[1].By)

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
