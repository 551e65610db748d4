package gateway

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

const quotePath = "/flows/orders/interfaces/quote"

func (b *bundle) quote(body string, headers ...string) *httptest.ResponseRecorder {
	return b.send(http.MethodPost, quotePath, body, append([]string{"Authorization", "Bearer " + signingSecret}, headers...)...)
}

func TestAnInterfaceAnswersWithTheResult(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		result, body, contentType string
		status                    int
		header                    string
	}{
		"a map":              {`{"total":12}`, "{\"total\":12}\n", "application/json", 200, ""},
		"nothing":            {`null`, "null\n", "application/json", 200, ""},
		"a response":         {`{"status":201,"headers":{"x-total":"12","retry-after":5},"body":{"total":12}}`, `{"total":12}`, "application/json", 201, "12"},
		"a text":             {`{"status":200,"body":"hello"}`, "hello", "text/plain; charset=utf-8", 200, ""},
		"its own type":       {`{"status":200,"headers":{"Content-Type":"text/csv"},"body":"a,b"}`, "a,b", "text/csv", 200, ""},
		"no body":            {`{"status":204}`, "", "", 204, ""},
		"an error":           {`{"status":404,"body":{"error":"none"}}`, `{"error":"none"}`, "application/json", 404, ""},
		"a status in words":  {`{"status":"approved"}`, "{\"status\":\"approved\"}\n", "application/json", 200, ""},
		"no possible status": {`{"status":99}`, "{\"status\":99}\n", "application/json", 200, ""},
		"a smuggled header":  {`{"status":200,"headers":{"x-total":"1\r\nSet-Cookie: a=b","Content-Length":"999","Transfer-Encoding":"chunked","a b":"c"},"body":"x"}`, "x", "text/plain; charset=utf-8", 200, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			b.runs.result = json.RawMessage(c.result)
			w := b.quote(`{"order-id":"o-1"}`)
			require.Equal(t, c.status, w.Code)
			require.Equal(t, c.body, w.Body.String())
			require.Equal(t, c.contentType, w.Header().Get("Content-Type"))
			require.Equal(t, c.header, w.Header().Get("X-Total"))
			require.Empty(t, w.Header().Get("Content-Length"))
			require.Empty(t, w.Header().Get("Transfer-Encoding"))
			require.NotContains(t, w.Header(), "Set-Cookie")
		})
	}
}

func TestAnInterfaceThatTakesLongerAnswersWhereToLook(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.runs.never = true
	w := b.quote(`{"order-id":"o-1"}`, "Prefer", "respond-async, wait=0")
	require.Equal(t, http.StatusAccepted, w.Code)
	require.Equal(t, publicURL+"/api/runs/orders/o-1?run-id=run-1", answerOf(t, w)["status-url"])
}

func TestAFailedRunIsABadGateway(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.runs.ended = &worker.RunError{Status: worker.StatusFailed, Code: "http-status", Message: "inner detail"}
	w := b.quote(`{"order-id":"o-1"}`)
	require.Equal(t, http.StatusBadGateway, w.Code)
	require.Equal(t, map[string]any{"code": "http-status", "message": "the run failed"}, answerOf(t, w)["failure"])
	require.NotContains(t, w.Body.String(), "inner detail")
}

func TestAnInterfaceChecksWhoKnocks(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for name, w := range map[string]*httptest.ResponseRecorder{
		"no token":     b.send(http.MethodPost, quotePath, "{}"),
		"wrong token":  b.send(http.MethodPost, quotePath, "{}", "Authorization", "Bearer x"),
		"unknown id":   b.send(http.MethodPost, "/flows/orders/interfaces/other", "{}", "Authorization", "Bearer "+signingSecret),
		"other method": b.send(http.MethodPut, quotePath, "{}", "Authorization", "Bearer "+signingSecret),
		"unknown flow": b.send(http.MethodPost, "/flows/none/interfaces/quote", "{}", "Authorization", "Bearer "+signingSecret),
	} {
		require.Equal(t, http.StatusUnauthorized, w.Code, name)
	}
	require.Empty(t, b.runs.starts())
}

func TestAnInterfaceWithoutAuthTakesTheAPIToken(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.runs.result = json.RawMessage(`1`)
	b.flows["orders"].HTTP.Auth = definition.Auth{}
	require.Equal(t, http.StatusUnauthorized, b.quote(`{"order-id":"o-1"}`).Code)
	require.Equal(t, http.StatusOK, b.call(http.MethodPost, quotePath, `{"order-id":"o-1"}`).Code)
	b.server.tokens = nil
	for _, header := range []string{"Bearer ", "Bearer " + apiToken} {
		require.Equal(t, http.StatusUnauthorized, b.send(http.MethodPost, quotePath, `{"order-id":"o-1"}`, "Authorization", header).Code)
	}
}

func TestAGetInterfaceReadsItsQuery(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.runs.result = json.RawMessage(`1`)
	b.flows["orders"].HTTP.Method = "get"
	b.flows["orders"].HTTP.Auth = definition.Auth{Type: "api-key", Location: "query", Param: "k", SecretRef: "signing"}
	w := b.send(http.MethodGet, quotePath+"?order-id=o-1&k="+signingSecret+"&a%20b=1", "")
	require.Equal(t, http.StatusOK, w.Code)
	require.Equal(t, `{"a b" "1", :order-id "o-1"}`, value.PrStr(nil, b.runs.starts()[0].Input))
	require.NotContains(t, b.log.String(), signingSecret)
	require.NotContains(t, b.log.String(), "o-1?")
}

func TestAnInterfaceRepeatedWithItsKeyStartsOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.runs.result = json.RawMessage(`1`)
	for range 2 {
		require.Equal(t, http.StatusOK, b.quote(`{"order-id":"o-1"}`, "Idempotency-Key", "k").Code)
	}
	require.Len(t, b.runs.starts(), 1)
	require.Equal(t, http.StatusUnprocessableEntity, b.quote(`{}`).Code)
}

func TestHowLongAResultIsWaitedFor(t *testing.T) {
	t.Parallel()
	for prefer, want := range map[string]time.Duration{
		"": DefaultResultWait, "wait=5": 5 * time.Second, "respond-async, Wait=5": 5 * time.Second, "wait=0": 0,
		"wait=3600": MaxResultWait, "wait=-1": DefaultResultWait, "wait=x": DefaultResultWait, "wait": DefaultResultWait,
	} {
		require.Equal(t, want, resultWait(http.Header{"Prefer": {prefer}}), prefer)
	}
}
