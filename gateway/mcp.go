package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/gateway/access"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// runStatusTool shows a run that a call didn't wait for. No flow's tool has a name without two underscores.
const runStatusTool = "weir_run_status"

// maxTools is how many tools a list has at most.
const maxTools = 1000

// mcpHandler serves the Model Context Protocol, by its streamable HTTP transport and without sessions: each :mcp interface of a live flow is a
// tool. It shows and runs what the request's token may start.
func (s *Server) mcpHandler() http.Handler {
	return mcp.NewStreamableHTTPHandler(s.mcpServer, &mcp.StreamableHTTPOptions{
		Stateless: true, JSONResponse: true,
		// A proxy on this machine sends the public name. What protects from pages of other names is that each request needs a token.
		DisableLocalhostProtection: true,
	})
}

// serveMCP bounds what a request may send. Its token has to have a scope that any tool needs.
func (s *Server) serveMCP(handler http.Handler) http.HandlerFunc {
	return s.authorized(func(w http.ResponseWriter, r *http.Request) {
		if t := tokenOf(r.Context()); !slices.Contains(t.Scopes, access.Start) && !slices.Contains(t.Scopes, access.Read) {
			s.hasScope(w, r, access.Start)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, MaxBody)
		handler.ServeHTTP(w, r)
	})
}

// mcpServer serves one request. Tools are looked up when they are asked for: flows come and go.
func (s *Server) mcpServer(r *http.Request) *mcp.Server {
	ctx := r.Context()
	server := mcp.NewServer(&mcp.Implementation{Name: "weir", Title: "Weir", Version: "1"}, &mcp.ServerOptions{
		Instructions: "Each tool starts a run of a flow and waits a while for its result. A run that takes longer goes on: ask " + runStatusTool + " for it.",
		Capabilities: &mcp.ServerCapabilities{Tools: &mcp.ToolCapabilities{}},
	})
	server.AddReceivingMiddleware(func(next mcp.MethodHandler) mcp.MethodHandler {
		return func(within context.Context, method string, req mcp.Request) (mcp.Result, error) {
			switch params := req.GetParams().(type) {
			case *mcp.ListToolsParams:
				return s.tools(ctx)
			case *mcp.CallToolParamsRaw:
				return s.callTool(ctx, params)
			}
			return next(within, method, req)
		}
	})
	return server
}

// toolName names the tool of a flow's interface.
func toolName(slug, id string) string { return slug + "__" + id }

// tools lists what the token may start.
func (s *Server) tools(ctx context.Context) (*mcp.ListToolsResult, error) {
	t := tokenOf(ctx)
	out := &mcp.ListToolsResult{Tools: []*mcp.Tool{}}
	if slices.Contains(t.Scopes, access.Read) {
		out.Tools = append(out.Tools, statusTool())
	}
	slugs, err := s.flows.Slugs(ctx)
	if err != nil {
		return nil, s.mcpUnavailable(ctx, err)
	}
	named := map[string]bool{}
	for _, slug := range slugs {
		if !t.May(access.Start, slug) {
			continue
		}
		f, _, err := s.live(ctx, slug)
		if err != nil {
			return nil, s.mcpUnavailable(ctx, err)
		}
		if f == nil {
			continue
		}
		for _, i := range f.MCP {
			if name := toolName(slug, i.ID); i.Enabled && !named[name] && len(out.Tools) < maxTools {
				named[name] = true
				out.Tools = append(out.Tools, toolOf(f, i))
			}
		}
	}
	return out, nil
}

func toolOf(f *definition.Flow, i *definition.Interface) *mcp.Tool {
	tool := &mcp.Tool{Name: toolName(f.Slug, i.ID), Title: i.Label, Description: i.Description}
	if tool.Title == "" {
		tool.Title = f.Name
	}
	if tool.Description == "" {
		tool.Description = f.Description
	}
	if tool.Description == "" {
		tool.Description = "Starts a run of the flow " + f.Name + "."
	}
	tool.InputSchema = json.RawMessage(`{"type":"object"}`)
	if invocation := f.Invocations[i.Invocation]; invocation != nil {
		tool.InputSchema = invocation.JSONSchema()
	}
	return tool
}

func statusTool() *mcp.Tool {
	return &mcp.Tool{
		Name: runStatusTool, Title: "Status of a run",
		Description: "Tells how a run stands that a tool started: its status, what it waits for, its result or failure.",
		InputSchema: json.RawMessage(`{"type":"object","properties":{"workflow-id":{"type":"string"},"run-id":{"type":"string"}},"required":["workflow-id"]}`),
		Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true},
	}
}

// callTool starts a run, or shows one. What the model can mend is a result that says so; the rest is an error of the protocol.
func (s *Server) callTool(ctx context.Context, params *mcp.CallToolParamsRaw) (*mcp.CallToolResult, error) {
	input, p := value.EmptyMap, (*problem)(nil)
	if len(params.Arguments) > 0 && string(params.Arguments) != "null" {
		input, p = readObject(params.Arguments)
	}
	if p != nil {
		return refusedCall(p), nil
	}
	if params.Name == runStatusTool {
		return s.runStatus(ctx, input)
	}
	d, err := s.toolDoor(ctx, params.Name)
	if err != nil {
		return nil, s.mcpUnavailable(ctx, err)
	}
	if d == nil || !tokenOf(ctx).May(access.Start, d.flow.Slug) {
		return nil, unknownTool(params.Name)
	}
	note(ctx, slog.String("tool", params.Name))
	key, p := callKey(params.Meta)
	var got started
	if p == nil {
		got, p = s.once(ctx, Delivery{Slug: d.flow.Slug, Door: d.id, ID: key}, d.request(input))
	}
	if p != nil {
		return refusedCall(p), nil
	}
	within, cancel := context.WithTimeout(ctx, s.resultWait)
	defer cancel()
	result, err := s.runs.Result(within, got.WorkflowID, got.RunID)
	var failed *worker.RunError
	switch {
	case err == nil:
		return textResult(result), nil
	case errors.As(err, &failed):
		r := textResult(mustJSON(struct {
			started
			Failure shownFailure `json:"failure"`
		}{got, shownFailure{Code: failed.Code, Message: "the run " + failed.Status}}))
		r.IsError = true
		return r, nil
	}
	return textResult(mustJSON(struct {
		started
		Status  string `json:"status"`
		Message string `json:"message"`
	}{got, worker.StatusRunning, "the run goes on; ask " + runStatusTool + " for it"})), nil
}

// toolDoor finds the interface that a tool's name means, nil if there is none.
func (s *Server) toolDoor(ctx context.Context, name string) (*door, error) {
	for at := 1; at+2 < len(name); at++ {
		if name[at:at+2] != "__" {
			continue
		}
		f, version, err := s.live(ctx, name[:at])
		if err != nil {
			return nil, err
		}
		if f == nil {
			continue
		}
		for _, i := range f.MCP {
			if i.Enabled && i.ID == name[at+2:] {
				return newDoor(f, version, i), nil
			}
		}
	}
	return nil, nil
}

// callKey is the idempotency key that a client may put into a call's _meta.
func callKey(meta mcp.Meta) (string, *problem) {
	raw, ok := meta["weir/idempotency-key"]
	if !ok {
		return "", nil
	}
	key, isText := raw.(string)
	if !isText || len(key) > maxDeliveryID {
		return "", invalid("weir/idempotency-key", fmt.Sprintf("must be a text of at most %d characters", maxDeliveryID))
	}
	return key, nil
}

// runStatus is the tool that shows a run.
func (s *Server) runStatus(ctx context.Context, input *value.Map) (*mcp.CallToolResult, error) {
	t := tokenOf(ctx)
	if !slices.Contains(t.Scopes, access.Read) {
		return nil, unknownTool(runStatusTool)
	}
	id, idOK := optionalText(input, "workflow-id")
	runID, runOK := optionalText(input, "run-id")
	if !idOK || !runOK || id == "" {
		return refusedCall(invalid("workflow-id", "must be a text, and so must run-id if it is there")), nil
	}
	run, err := s.runs.Describe(ctx, id, runID)
	if errors.Is(err, worker.ErrUnknownRun) || err == nil && !t.May(access.Read, run.Slug) {
		return refusedCall(&problemNoRun), nil
	}
	if err != nil {
		return nil, s.mcpUnavailable(ctx, err)
	}
	shown := shownRun{Run: run}
	switch run.Status {
	case worker.StatusRunning, worker.StatusWaiting:
	default:
		shown.Result, shown.Failure = s.ended(ctx, run)
	}
	return textResult(mustJSON(shown)), nil
}

// textResult is JSON as text, and as structured content where it is an object.
func textResult(text json.RawMessage) *mcp.CallToolResult {
	r := &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: string(text)}}}
	if len(text) > 0 && text[0] == '{' {
		r.StructuredContent = text
	}
	return r
}

// refusedCall tells the model what is wrong with its call.
func refusedCall(p *problem) *mcp.CallToolResult {
	r := textResult(mustJSON(p))
	r.IsError = true
	return r
}

func mustJSON(v any) json.RawMessage {
	text, err := json.Marshal(v)
	if err != nil { // of texts, numbers, and JSON that a worker wrote
		return json.RawMessage(`{"error":"internal"}`)
	}
	return text
}

func unknownTool(name string) error {
	return &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: fmt.Sprintf("unknown tool %q", name)}
}

func (s *Server) mcpUnavailable(ctx context.Context, err error) error {
	noteFault(ctx, err)
	return &jsonrpc.Error{Code: jsonrpc.CodeInternalError, Message: "unavailable: nothing was started; try again"}
}
