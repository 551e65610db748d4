package operator_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/installation/operator"
)

// call is what the gateway was asked.
type call struct{ method, url, auth, body string }

// open answers every call with what answers holds for "METHOD /path".
func open(t *testing.T, answers map[string]string, status int) (*operator.Client, *[]call) {
	t.Helper()
	calls := &[]call{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		*calls = append(*calls, call{r.Method, r.URL.RequestURI(), r.Header.Get("Authorization"), string(body)})
		text, ok := answers[r.Method+" "+r.URL.RequestURI()]
		switch {
		case !ok:
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, `{"error":"unknown-run","message":"there is no such run"}`)
		default:
			w.WriteHeader(status)
			_, _ = io.WriteString(w, text)
		}
	}))
	t.Cleanup(server.Close)
	return operator.New(server.URL, "t0ken"), calls
}

func TestStartSendsInputAndVersion(t *testing.T) {
	t.Parallel()
	c, calls := open(t, map[string]string{
		"POST /api/flows/orders/runs": `{"workflow-id":"orders/o-1","run-id":"r","decision":"started"}`,
	}, http.StatusAccepted)
	started, err := c.Start(context.Background(), "orders", json.RawMessage(`{"order-id":"o-1"}`), 3)
	require.NoError(t, err)
	require.Equal(t, "started", started.Decision)
	require.Equal(t, "Bearer t0ken", (*calls)[0].auth)
	require.JSONEq(t, `{"input":{"order-id":"o-1"},"version":3}`, (*calls)[0].body)
}

func TestAListIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	c, calls := open(t, map[string]string{
		"GET /api/runs?flow=orders&limit=3":        `{"runs":[{"workflow-id":"orders/1"},{"workflow-id":"orders/2"}],"next-page":"p"}`,
		"GET /api/runs?flow=orders&limit=3&page=p": `{"runs":[{"workflow-id":"orders/3"},{"workflow-id":"orders/4"}],"next-page":"q"}`,
	}, http.StatusOK)
	runs, err := c.List(context.Background(), "orders", "", 3)
	require.NoError(t, err)
	require.Len(t, runs, 3)
	require.Len(t, *calls, 2)
}

func TestARunIsFoundByItsRunID(t *testing.T) {
	t.Parallel()
	const id = "01a20575-dd83-7360-870e-6373a6fe1f86"
	c, _ := open(t, map[string]string{
		"GET /api/runs?limit=1000":                `{"runs":[{"workflow-id":"orders/a b","run-id":"` + id + `"}]}`,
		"GET /api/runs/orders/a%20b?run-id=" + id: `{"workflow-id":"orders/a b","run-id":"` + id + `","status":"completed","result":{"n":1}}`,
	}, http.StatusOK)
	shown, err := c.Find(context.Background(), id)
	require.NoError(t, err)
	require.True(t, shown.Over())
	require.JSONEq(t, `{"n":1}`, string(shown.Result))
	_, err = c.Find(context.Background(), "orders/absent")
	require.ErrorIs(t, err, operator.ErrNoRun)
}

func TestRefusalsAreTold(t *testing.T) {
	t.Parallel()
	c, _ := open(t, map[string]string{
		"POST /api/flows/orders/runs": `{"error":"invalid-input","message":"the input is wrong","fields":[{"field":"order-id","message":"is required"}]}`,
	}, http.StatusUnprocessableEntity)
	_, err := c.Start(context.Background(), "orders", nil, 0)
	var refusal *operator.Error
	require.ErrorAs(t, err, &refusal)
	require.True(t, refusal.Input())
	require.Equal(t, "the input is wrong\n  order-id is required [invalid-input]", err.Error())

	c, _ = open(t, map[string]string{"GET /api/runs?limit=5": `<html>a proxy</html>`}, http.StatusBadGateway)
	_, err = c.List(context.Background(), "", "", 5)
	require.ErrorContains(t, err, "Bad Gateway [http-502]")

	c, _ = open(t, map[string]string{"POST /api/runs/orders/decide": `{"outcome":"already-decided","action":"approve"}`}, http.StatusConflict)
	decided, err := c.Decide(context.Background(), "orders", "", operator.Decision{Key: "k", Value: json.RawMessage(`{"action":"reject"}`), By: "ada"})
	require.NoError(t, err, "an answer that says no is an answer")
	require.Equal(t, "already-decided", decided.Outcome)
}

func TestReassigningIsSent(t *testing.T) {
	t.Parallel()
	c, _ := open(t, map[string]string{"POST /api/runs/orders/1/reassign?run-id=r": `{"key":"k","approvers":["ann","dan"]}`}, http.StatusOK)
	wait, err := c.Reassign(context.Background(), "orders/1", "r", operator.Reassignment{Key: "k", From: "bob", To: "dan"})
	require.NoError(t, err)
	require.Equal(t, []string{"ann", "dan"}, wait.Approvers)
}

func TestARecordingIsAskedFor(t *testing.T) {
	t.Parallel()
	c, _ := open(t, map[string]string{
		"GET /api/runs/orders/1?recording=&run-id=r": `{"slug":"orders","input":{"id":1},"steps":[{"step":"a","occurrence":1,"value":"~:high"}],"definition":"{}"}`,
	}, http.StatusOK)
	rec, err := c.Record(context.Background(), "orders/1", "r")
	require.NoError(t, err)
	k, ok := rec.Steps[0].Value.Value.AsKeyword()
	require.True(t, ok, "values keep their EDN types")
	require.Equal(t, "high", k.Name)
	_, err = c.Record(context.Background(), "orders/2", "r")
	require.ErrorIs(t, err, operator.ErrNoRun)
}
