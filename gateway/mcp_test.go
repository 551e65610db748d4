package gateway

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// withTools is a gateway whose flow "orders" is a tool, and one whose token is for another flow.
func withTools(t *testing.T) (*bundle, map[string]string, string) {
	t.Helper()
	b, tokens := tokened(t)
	f := *b.flows["orders"]
	f.Slug, f.Name, f.Description = "orders", "Orders", "Handles an order."
	f.Invocations = map[string]*definition.Invocation{"default": {ID: "default", Inputs: []definition.Input{
		{Name: "order-id", Type: "text", Label: "Order", Description: "Its number", Required: true},
		{Name: "amount", Type: "number", Default: value.Int(7), HasDefault: true}, {Name: "rush", Type: "boolean"},
		{Name: "size", Type: "select", Options: []definition.Option{{Value: value.Kw("s")}, {Value: value.String("l")}}}, {Name: "when", Type: "datetime"}, {Name: "more", Type: "json"},
	}}}
	f.MCP = []*definition.Interface{
		{ID: "handle", Invocation: "default", Enabled: true, Label: "Handle an order"}, {ID: "off", Invocation: "default"}, {ID: "bare", Invocation: "none", Enabled: true, Description: "Bare."},
	}
	b.flows["orders"] = &f
	b.flows["plain"] = orderFlow()
	srv := httptest.NewServer(b.handler)
	t.Cleanup(srv.Close)
	return b, tokens, srv.URL + "/mcp"
}

// bearing sends a token along.
type bearing struct{ header string }

func (b bearing) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", b.header)
	return http.DefaultTransport.RoundTrip(r)
}

// connect is a session of the SDK's own client, over streamable HTTP.
func connect(t *testing.T, url, header string) (*mcp.ClientSession, error) {
	t.Helper()
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &mcp.StreamableClientTransport{Endpoint: url, HTTPClient: &http.Client{Transport: bearing{header}}, DisableStandaloneSSE: true}, nil)
	if err == nil {
		t.Cleanup(func() { session.Close() })
	}
	return session, err
}

func session(t *testing.T, url, header string) *mcp.ClientSession {
	t.Helper()
	s, err := connect(t, url, header)
	require.NoError(t, err)
	return s
}

func toolNames(t *testing.T, s *mcp.ClientSession) []string {
	t.Helper()
	list, err := s.ListTools(t.Context(), nil)
	require.NoError(t, err)
	names := []string{}
	for _, tool := range list.Tools {
		names = append(names, tool.Name)
	}
	return names
}

func textOfResult(r *mcp.CallToolResult) string { return r.Content[0].(*mcp.TextContent).Text }

func TestFlowsAreTools(t *testing.T) {
	t.Parallel()
	_, tokens, url := withTools(t)
	for id, want := range map[string][]string{
		"all": {"weir_run_status", "orders__handle", "orders__bare"}, "start": {"orders__handle", "orders__bare"}, "read": {"weir_run_status"},
		"orders": {"weir_run_status", "orders__handle", "orders__bare"}, "other": {"weir_run_status"},
	} {
		require.Equal(t, want, toolNames(t, session(t, url, tokens[id])), id)
	}
	list, err := session(t, url, tokens["start"]).ListTools(t.Context(), nil)
	require.NoError(t, err)
	tool, bare := list.Tools[0], list.Tools[1]
	require.Equal(t, []string{"Handle an order", "Handles an order.", "Orders", "Bare."}, []string{tool.Title, tool.Description, bare.Title, bare.Description})
	schema, err := json.Marshal(tool.InputSchema)
	require.NoError(t, err)
	require.JSONEq(t, `{"type":"object","required":["order-id"],"properties":{"order-id":{"type":"string","title":"Order","description":"Its number"},
		"amount":{"type":"number","default":7},"rush":{"type":"boolean"},"size":{"enum":["s","l"]},"when":{"type":"string","format":"date-time"},"more":{}}}`, string(schema))
}

func TestMCPNeedsAToken(t *testing.T) {
	t.Parallel()
	b, tokens, url := withTools(t)
	for _, header := range []string{"", "Bearer x", tokens["decide"], tokens["operate"], strings.TrimPrefix(tokens["all"], "Bearer ")} {
		_, err := connect(t, url, header)
		require.Error(t, err, header)
	}
	for _, method := range []string{http.MethodGet, http.MethodDelete, http.MethodPost} {
		require.Equal(t, http.StatusUnauthorized, b.send(method, "/mcp", "{}").Code)
	}
	require.Equal(t, http.StatusMethodNotAllowed, b.send(http.MethodGet, "/mcp", "", "Authorization", tokens["all"], "Accept", "text/event-stream").Code)
	require.GreaterOrEqual(t, b.send(http.MethodPost, "/mcp", `{"x":"`+strings.Repeat("x", MaxBody)+`"}`, "Authorization", tokens["all"], "Content-Type", "application/json", "Accept", "application/json, text/event-stream").Code, 400)
	require.Empty(t, b.runs.starts())
}

func TestAToolStartsARun(t *testing.T) {
	t.Parallel()
	b, tokens, url := withTools(t)
	s := session(t, url, tokens["start"])
	call := func(name string, args any, meta mcp.Meta) (*mcp.CallToolResult, error) {
		return s.CallTool(t.Context(), &mcp.CallToolParams{Meta: meta, Name: name, Arguments: args})
	}
	b.runs.result = json.RawMessage(`{"ok":true}`)
	got, err := call("orders__handle", map[string]any{"order-id": "o-1", "amount": 3}, nil)
	require.NoError(t, err)
	require.False(t, got.IsError)
	require.JSONEq(t, `{"ok":true}`, textOfResult(got))
	require.Equal(t, map[string]any{"ok": true}, got.StructuredContent)
	start := b.runs.starts()[0]
	require.Equal(t, []any{"orders", "default", 3}, []any{start.Slug, start.Invocation, start.Version})
	require.Equal(t, `{:order-id "o-1", :amount 3}`, sortedText(start.Input))

	b.runs.result = json.RawMessage(`[1,2]`)
	got, err = call("orders__bare", map[string]any{"order-id": "o-2"}, nil)
	require.NoError(t, err)
	require.Equal(t, "[1,2]", textOfResult(got))
	require.Nil(t, got.StructuredContent)

	for range 2 {
		got, err = call("orders__handle", map[string]any{"order-id": "o-3"}, mcp.Meta{"weir/idempotency-key": "k"})
		require.NoError(t, err)
		require.Equal(t, "[1,2]", textOfResult(got))
	}
	require.Len(t, b.runs.starts(), 3, "calls with one key are one")
	got, err = call("orders__handle", map[string]any{"order-id": "o-3"}, mcp.Meta{"weir/idempotency-key": 7})
	require.NoError(t, err)
	require.True(t, got.IsError)

	got, err = call("orders__handle", map[string]any{}, nil)
	require.NoError(t, err)
	require.True(t, got.IsError, "the model can mend it")
	require.Contains(t, textOfResult(got), `"field":"order-id"`)

	b.runs.ended = &worker.RunError{Status: worker.StatusFailed, Code: "http-status", Message: "step fetch failed with a secret"}
	got, err = call("orders__handle", map[string]any{"order-id": "o-4"}, nil)
	require.NoError(t, err)
	require.True(t, got.IsError)
	require.Contains(t, textOfResult(got), `"code":"http-status"`)
	require.NotContains(t, textOfResult(got), "secret", "who may start may not read")

	for _, name := range []string{"orders__off", "orders__none", "nobody__x", "plain__quote", "orders", "__"} {
		_, err = call(name, map[string]any{"order-id": "o-5"}, nil)
		require.ErrorContains(t, err, "unknown tool", name)
	}
	_, err = session(t, url, tokens["other"]).CallTool(t.Context(), &mcp.CallToolParams{Name: "orders__handle", Arguments: map[string]any{"order-id": "o-6"}})
	require.ErrorContains(t, err, "unknown tool", "a token for another flow")
	b.runs.startErr = worker.ErrUnavailable
	got, err = call("orders__handle", map[string]any{"order-id": "o-7"}, nil)
	require.NoError(t, err)
	require.True(t, got.IsError)
	require.Contains(t, textOfResult(got), "unavailable")
	require.Len(t, b.runs.starts(), 4)
}

// sortedText is a map as text; the order of a JSON object's keys says nothing.
func sortedText(v value.Value) string {
	m, _ := v.AsMap()
	return value.PrStr(nil, value.NewMap(value.Kw("order-id"), m.GetKw("order-id"), value.Kw("amount"), m.GetKw("amount")))
}

func TestAToolThatTakesLongTellsWhereItsRunIs(t *testing.T) {
	t.Parallel()
	b, tokens, url := withTools(t)
	b.server.resultWait, b.runs.never = 1, true
	s := session(t, url, tokens["all"])
	got, err := s.CallTool(t.Context(), &mcp.CallToolParams{Name: "orders__handle", Arguments: map[string]any{"order-id": "o-1"}})
	require.NoError(t, err)
	require.False(t, got.IsError)
	at := got.StructuredContent.(map[string]any)
	require.Equal(t, []any{"orders/o-1", "run-1", "running"}, []any{at["workflow-id"], at["run-id"], at["status"]})
	b.runs.never = false
	status := func(session *mcp.ClientSession, args map[string]any) *mcp.CallToolResult {
		got, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "weir_run_status", Arguments: args})
		require.NoError(t, err)
		return got
	}
	require.Equal(t, "waiting", status(s, map[string]any{"workflow-id": "orders/o-1"}).StructuredContent.(map[string]any)["status"])
	b.runs.run.Status, b.runs.result = worker.StatusCompleted, json.RawMessage(`{"done":true}`)
	require.Equal(t, map[string]any{"done": true}, status(s, map[string]any{"workflow-id": "orders/o-1", "run-id": firstRunID}).StructuredContent.(map[string]any)["result"])
	for _, args := range []map[string]any{{}, {"workflow-id": 7}} {
		require.True(t, status(s, args).IsError)
	}
	require.Contains(t, textOfResult(status(session(t, url, tokens["other"]), map[string]any{"workflow-id": "orders/o-1"})), "unknown-run", "a run of another flow")
	_, err = session(t, url, tokens["start"]).CallTool(t.Context(), &mcp.CallToolParams{Name: "weir_run_status", Arguments: map[string]any{"workflow-id": "orders/o-1"}})
	require.ErrorContains(t, err, "unknown tool")
	b.runs.runErr = worker.ErrUnknownRun
	require.Contains(t, textOfResult(status(s, map[string]any{"workflow-id": "x"})), "unknown-run")
	b.runs.runErr = worker.ErrUnavailable
	_, err = s.CallTool(t.Context(), &mcp.CallToolParams{Name: "weir_run_status", Arguments: map[string]any{"workflow-id": "x"}})
	require.ErrorContains(t, err, "unavailable")
}
