package gateway

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// document reads the OpenAPI document as it is served.
func document(t *testing.T, b *bundle) *openapi3.T {
	t.Helper()
	w := b.send(http.MethodGet, "/api/openapi.yaml", "")
	require.Equal(t, http.StatusOK, w.Code)
	doc, err := openapi3.NewLoader().LoadFromData(w.Body.Bytes())
	require.NoError(t, err)
	require.NoError(t, doc.Validate(t.Context()))
	return doc
}

// call is one request of the API.
type call struct {
	operation, id string // id: of the path
	query, body   string
	token         string // "" for the one that may do everything
	change        func(b *bundle)
	want          int
	malformed     bool // the document forbids the request, too
}

func failsWith(err error) func(*bundle) {
	return func(b *bundle) { b.runs.runErr, b.runs.startErr, b.runs.decide, b.runs.reassign = err, err, err, err }
}

func outcome(text string) func(*bundle) { return func(b *bundle) { b.runs.outcome = text } }

// calls meet every status that the document has, of every operation.
func calls() []call {
	const (
		run   = "orders/o 1/ä"
		input = `{"input":{"order-id":"o-1"},"invocation":"default","version":3}`
		vote  = `{"key":"k","value":{"action":"approve"},"by":"Ann","approver":"ann","occurrence":1}`
		move  = `{"key":"k","from":"ann","to":"dan","by":"op","occurrence":1}`
	)
	away := failsWith(worker.ErrUnavailable)
	list := []call{
		{operation: "startRun", id: "orders", body: input, want: 202},
		{operation: "startRun", id: "orders", body: input, want: 202, change: func(b *bundle) { b.runs.busy = true }},
		{operation: "startRun", id: "orders", body: input, want: 404, change: failsWith(worker.ErrUnknownFlow)},
		{operation: "startRun", id: "orders", body: `{"input":{"order-id":"` + strings.Repeat("x", MaxBody) + `"}}`, want: 413},
		{operation: "startRun", id: "orders", body: `{"input":{}}`, want: 422},
		{operation: "startRun", id: "orders", body: `{"order-id":"o-1"}`, want: 422, malformed: true},
		{operation: "listRuns", query: "flow=orders&status=waiting&limit=1000&page=", want: 200},
		{operation: "listRuns", query: "limit=1001", want: 422, malformed: true},
		{operation: "showRun", id: run, want: 200},
		{operation: "showRun", id: run, query: "run-id=" + firstRunID, want: 200, change: func(b *bundle) { b.runs.askErr = worker.ErrUnavailable }},
		{operation: "showRun", id: run, want: 200, change: func(b *bundle) { b.runs.run.Status, b.runs.result = worker.StatusCompleted, []byte(`[1,"x",null]`) }},
		{operation: "showRun", id: run, want: 200, change: func(b *bundle) {
			b.runs.run.Status, b.runs.run.Ended = worker.StatusFailed, testNow
			b.runs.ended = &worker.RunError{Status: worker.StatusFailed, Code: "http-status", Message: "it failed", Detail: []byte(`{"a":1}`)}
		}},
		{operation: "showRun", id: "weir.entry/orders/1", want: 200, change: func(b *bundle) {
			b.runs.timeline.Status, b.runs.timeline.Lane, b.runs.timeline.WorkflowID, b.runs.timeline.RunID = worker.StatusQueued, "orders/o-1", "orders/o-1", firstRunID
			b.runs.run.Status = worker.StatusRunning
		}},
		{operation: "showRun", id: run, query: "recording=", want: 200},
		{operation: "showRun", id: run, query: "recording=", want: 422, change: func(b *bundle) { b.runs.askErr = &worker.UnrecordableError{Reason: "it is large"} }},
		{operation: "showRun", id: run, want: 404, change: failsWith(worker.ErrUnknownRun)},
		{operation: "cancelRun", id: run, want: 202},
		{operation: "cancelRun", id: run, want: 404, change: failsWith(worker.ErrUnknownRun)},
		{operation: "decideRun", id: run, body: vote, want: 200},
		{operation: "decideRun", id: run, body: vote, want: 200, change: outcome(worker.OutcomeCounted)},
		{operation: "decideRun", id: run, body: vote, want: 202, change: outcome(worker.OutcomeKept)},
		{operation: "decideRun", id: run, body: vote, want: 404, change: outcome(worker.OutcomeUnknown)},
		{operation: "decideRun", id: run, body: vote, want: 404, change: failsWith(worker.ErrUnknownRun)},
		{operation: "decideRun", id: run, body: vote, want: 409, change: outcome(worker.OutcomeAlreadyCounted)},
		{operation: "decideRun", id: run, body: vote, want: 409, change: func(b *bundle) { b.runs.decided["k"] = worker.Decided{Value: value.Nil, At: testNow} }},
		{operation: "decideRun", id: run, body: vote, want: 410, change: outcome(worker.OutcomeOver)},
		{operation: "decideRun", id: run, body: vote, want: 410, change: outcome(worker.OutcomeReassigned)},
		{operation: "decideRun", id: run, body: `{"key":"` + strings.Repeat("k", MaxDecisionBody) + `"}`, want: 413},
		{operation: "decideRun", id: run, body: vote, want: 422, change: failsWith(&worker.InvalidDecisionError{Reason: "no"})},
		{operation: "decideRun", id: run, body: `{"key":"k","action":"approve"}`, want: 422, malformed: true},
		{operation: "reassignApprover", id: run, body: move, want: 200},
		{operation: "reassignApprover", id: run, body: move, want: 404, change: failsWith(worker.ErrUnknownRun)},
		{operation: "reassignApprover", id: run, body: move, want: 422, change: failsWith(&worker.ReassignError{Reason: "no"})},
		{operation: "reassignApprover", id: run, body: `{"key":"k"}`, want: 422, malformed: true},
		{operation: "listWaits", query: "flow=orders&approver=ann&limit=7", want: 200},
		{operation: "listWaits", want: 200},
		{operation: "listWaits", query: "limit=0", want: 422, malformed: true},
		{operation: "listQueue", query: "flow=orders", want: 200},
		{operation: "listQueue", query: "flow=a/b", want: 422, malformed: true},
		{operation: "openapi", want: 200},
	}
	for _, c := range []call{
		{operation: "startRun", id: "orders", body: input}, {operation: "listRuns", query: "flow=orders"}, {operation: "showRun", id: run}, {operation: "cancelRun", id: run},
		{operation: "decideRun", id: run, body: vote}, {operation: "reassignApprover", id: run, body: move}, {operation: "listWaits", query: "flow=orders"}, {operation: "listQueue", query: "flow=orders"},
	} {
		c.change, c.want = away, 503
		list = append(list, c)
		c.change, c.want, c.token = nil, 401, "wrong"
		list = append(list, c)
		c.want, c.token = 403, map[bool]string{true: "start", false: "read"}[c.operation != "startRun"]
		if c.operation == "decideRun" {
			c.token = "operate"
		}
		list = append(list, c)
	}
	return list
}

// TestTheAPIIsAsItsDocumentSays sends requests to the real handlers, and holds requests and answers against the document.
func TestTheAPIIsAsItsDocumentSays(t *testing.T) {
	t.Parallel()
	first, _ := tokened(t)
	doc := document(t, first)
	seen := map[string]bool{}
	for _, c := range calls() {
		b, tokens := tokened(t)
		askSeveral(b)
		if c.change != nil {
			c.change(b)
		}
		path, item, operation := find(t, doc, c.operation)
		target := strings.NewReplacer("{slug}", url.PathEscape(c.id), "{id}", url.PathEscape(c.id)).Replace(path) + "?" + c.query
		r := httptest.NewRequest(methodOf(item, operation), target, strings.NewReader(c.body))
		if c.body != "" {
			r.Header.Set("Content-Type", "application/json")
		}
		if c.token == "" {
			c.token = "all"
		}
		r.Header.Set("Authorization", tokens[c.token])
		sent := &openapi3filter.RequestValidationInput{
			Request: r.Clone(t.Context()), PathParams: map[string]string{"id": c.id, "slug": c.id}, QueryParams: r.URL.Query(),
			Route:   &routers.Route{Spec: doc, Path: path, PathItem: item, Method: r.Method, Operation: operation},
			Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true},
		}
		sent.Request.Body = io.NopCloser(strings.NewReader(c.body))
		err := openapi3filter.ValidateRequest(t.Context(), sent)
		require.Equal(t, c.malformed, err != nil, "%s %s %.200s: %v", c.operation, c.query, c.body, err)

		w := httptest.NewRecorder()
		b.handler.ServeHTTP(w, r)
		require.Equal(t, c.want, w.Code, "%s %s: %s", c.operation, target, w.Body)
		require.NoError(t, openapi3filter.ValidateResponse(t.Context(), &openapi3filter.ResponseValidationInput{
			RequestValidationInput: sent, Status: w.Code, Header: w.Header(), Body: io.NopCloser(bytes.NewReader(w.Body.Bytes())), Options: sent.Options,
		}), "%s answers %d: %s", c.operation, w.Code, w.Body)
		seen[fmt.Sprint(c.operation, " ", w.Code)] = true
	}
	for path, item := range doc.Paths.Map() {
		for _, operation := range item.Operations() {
			for status := range operation.Responses.Map() {
				require.True(t, seen[operation.OperationID+" "+status], "%s: nothing is answered %s", path, status)
			}
		}
	}
}

// TestTheDocumentHasEveryRoute compares it with the routes of the server.
func TestTheDocumentHasEveryRoute(t *testing.T) {
	t.Parallel()
	b := setup(t)
	doc := document(t, b)
	var told []string
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			told = append(told, method+" "+path)
		}
	}
	var have []string
	for pattern := range b.server.api() {
		if method, path, _ := strings.Cut(pattern, " "); strings.HasSuffix(path, "{id...}") && method == http.MethodPost {
			for verb := range verbs {
				have = append(have, method+" /api/runs/{id}/"+verb)
			}
		} else {
			have = append(have, strings.ReplaceAll(pattern, "{id...}", "{id}"))
		}
	}
	slices.Sort(told)
	slices.Sort(have)
	require.Equal(t, have, told)
}

func find(t *testing.T, doc *openapi3.T, id string) (string, *openapi3.PathItem, *openapi3.Operation) {
	t.Helper()
	for path, item := range doc.Paths.Map() {
		for _, operation := range item.Operations() {
			if operation.OperationID == id {
				return path, item, operation
			}
		}
	}
	t.Fatal("the document has no operation " + id)
	return "", nil, nil
}

func methodOf(item *openapi3.PathItem, operation *openapi3.Operation) string {
	for method, o := range item.Operations() {
		if o == operation {
			return method
		}
	}
	return ""
}
