package gateway

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/gateway/access"
	"github.com/weir-run/weir/gateway/token"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// panelled is a gateway whose run asks several.
func panelled(t *testing.T) *bundle {
	t.Helper()
	b := asking(t)
	b.runs.waits[0].Approvers, b.runs.waits[0].Quorum = []string{"ann", "bob", "cid"}, 2
	return b
}

func of(approver string, c token.Claims) token.Claims {
	c.Approver = approver
	return c
}

func TestAnApproversLinkSaysWhoDecides(t *testing.T) {
	t.Parallel()
	b := panelled(t)
	b.runs.waits[0].Votes = []worker.Vote{{Approver: "bob", Action: "approve", At: testNow}}
	link := b.link(t, of("ann", approve))
	page := b.send(http.MethodGet, link, "").Body.String()
	for _, want := range []string{"You are asked as <strong>ann</strong>", "<dt>Approved by</dt><dd>bob</dd>", "<dd>2 of 3</dd>", "Your first decision counts"} {
		require.Contains(t, page, want)
	}
	require.NotContains(t, page, "Your name")

	require.Equal(t, http.StatusUnprocessableEntity, b.send(http.MethodPost, link, `{"by":"bob"}`).Code, "the link is ann's")
	require.Empty(t, b.runs.offers)
	for _, target := range buttons(t, page) {
		claims, err := b.keys.Verify(target, testNow)
		require.NoError(t, err)
		require.Equal(t, "ann", claims.Approver)
	}
	b.runs.outcome = worker.OutcomeCounted
	w := b.send(http.MethodPost, link, `{"comment":"ok","by":"ann"}`)
	require.Equal(t, http.StatusOK, w.Code)
	require.Equal(t, "counted", answerOf(t, w)["outcome"])
	require.Equal(t, []string{"ann", "ann"}, []string{b.runs.offers[0].Approver, b.runs.offers[0].By})
	require.Equal(t, `{:action "approve", :comment "ok", :by "ann"}`, value.PrStr(nil, b.runs.offers[0].Value))
	require.Contains(t, browse(b, http.MethodPost, link, "").Body.String(), "<h1>Approved</h1>")
	require.Equal(t, []string{"ann", "ann"}, []string{b.runs.offers[1].Approver, b.runs.offers[1].By})
}

func TestWhatApproversAreTold(t *testing.T) {
	t.Parallel()
	b := panelled(t)
	b.runs.waits[0].Votes = []worker.Vote{{Approver: "ann", Action: "reject", At: testNow}}
	ann, dan := b.link(t, of("ann", approve)), b.link(t, of("dan", approve))
	for link, want := range map[string]struct {
		look, press    int
		title, outcome string
	}{ann: {200, 409, "You have rejected already", "already-counted"}, dan: {410, 410, "Somebody else is asked now", "reassigned"}} {
		w := b.send(http.MethodGet, link, "")
		require.Equal(t, want.look, w.Code)
		require.Contains(t, w.Body.String(), "<h1>"+want.title+"</h1>")
		b.runs.outcome = want.outcome
		w = b.send(http.MethodPost, link, "")
		require.Equal(t, want.press, w.Code)
		require.Equal(t, want.outcome, answerOf(t, w)["outcome"])
	}
	require.Equal(t, http.StatusOK, b.send(http.MethodGet, b.link(t, approve), "").Code, "a link of nobody in particular")
}

func TestDecidingAsAnApproverOverTheRunsAPI(t *testing.T) {
	t.Parallel()
	b := panelled(t)
	w := b.call(http.MethodPost, "/api/runs/orders/o-1/decide", `{"key":"`+waitKey+`","value":{"action":"approve"},"approver":"ann"}`)
	require.Equal(t, http.StatusOK, w.Code)
	require.Equal(t, []string{"ann", "ann"}, []string{b.runs.offers[0].Approver, b.runs.offers[0].By})
	require.Equal(t, http.StatusUnprocessableEntity, b.call(http.MethodPost, "/api/runs/orders/o-1/decide", `{"key":"k","approver":7}`).Code)
}

func TestReassigningOverTheRunsAPI(t *testing.T) {
	t.Parallel()
	b := panelled(t)
	const path = "/api/runs/orders/o-1/reassign"
	w := b.call(http.MethodPost, path+"?run-id="+firstRunID, `{"key":"k","from":"bob","to":"dan","occurrence":1}`)
	require.Equal(t, http.StatusOK, w.Code)
	require.Equal(t, []any{"ann", "dan", "cid"}, answerOf(t, w)["approvers"])
	require.Equal(t, worker.Reassignment{WorkflowID: "orders/o-1", RunID: firstRunID, Key: "k", Occurrence: 1, From: "bob", To: "dan", By: access.RootID}, b.runs.reassigned[0])
	for body, field := range map[string]string{
		`{}`: "key", `{"key":"k","to":"x"}`: "from", `{"key":"k","from":"x","to":""}`: "to", `{"key":"k","from":"a","to":"b","by":1}`: "by",
		`{"key":"k","from":"a","to":"b","occurrence":0}`: "occurrence", `{"key":"k","form":"a"}`: "form",
	} {
		w := b.call(http.MethodPost, path, body)
		require.Equal(t, http.StatusUnprocessableEntity, w.Code, body)
		require.Equal(t, field, answerOf(t, w)["fields"].([]any)[0].(map[string]any)["field"], body)
	}
	require.Len(t, b.runs.reassigned, 1)
	for err, want := range map[error]int{&worker.ReassignError{Reason: "no"}: 422, worker.ErrUnknownRun: 404, worker.ErrUnavailable: 503} {
		b.runs.reassign = err
		require.Equal(t, want, b.call(http.MethodPost, path, `{"key":"k","from":"a","to":"b"}`).Code)
	}
}
