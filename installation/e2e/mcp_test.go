//go:build !slim

package e2e_test

import (
	"net/http"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/stretchr/testify/require"
)

// bearing sends the token along.
type bearing struct{}

func (bearing) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+apiToken)
	return http.DefaultTransport.RoundTrip(r)
}

// TestAFlowIsATool calls a deployed flow by the Model Context Protocol, and asks how its run went.
func TestAFlowIsATool(t *testing.T) {
	w := newWorld(t)
	w.deploy(t, `{:slug :adder :name "Adder" :concurrency {:type :keyed :key-field :id}
		:invocations {:default {:inputs [{:name :id :required true} {:name :n :type :number :default 1}]}}
		:interfaces {:mcp [{:id :add :description "Adds one."}]}
		:flow '{:sum (inc (:n (flow/step :function :keep {:input (flow/input)})))}}`)
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	s, err := client.Connect(t.Context(), &mcp.StreamableClientTransport{Endpoint: w.gate + "/mcp", HTTPClient: &http.Client{Transport: bearing{}}, DisableStandaloneSSE: true}, nil)
	require.NoError(t, err)
	defer s.Close()
	list, err := s.ListTools(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, []string{"weir_run_status", "adder__add"}, []string{list.Tools[0].Name, list.Tools[1].Name})
	got, err := s.CallTool(t.Context(), &mcp.CallToolParams{Name: "adder__add", Arguments: map[string]any{"id": "a", "n": 41}})
	require.NoError(t, err)
	require.Equal(t, map[string]any{"sum": 42.0}, got.StructuredContent)
	status, err := s.CallTool(t.Context(), &mcp.CallToolParams{Name: "weir_run_status", Arguments: map[string]any{"workflow-id": "adder/a"}})
	require.NoError(t, err)
	require.Equal(t, map[string]any{"sum": 42.0}, status.StructuredContent.(map[string]any)["result"])
	got, err = s.CallTool(t.Context(), &mcp.CallToolParams{Name: "adder__add", Arguments: map[string]any{"n": 1}})
	require.NoError(t, err)
	require.True(t, got.IsError)
}
