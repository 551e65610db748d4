package activities_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/llm"
	"github.com/weir-run/weir/interpreter/value"
)

const prompts = ` :templates [{:id :judge :type :llm-prompt :system "You are {{role}}." :prompt "Judge {{order.id}}: {{order}}"}]`

const judgement = `:schema {:type "object" :required ["risk"] :properties {:risk {:enum ["low" "high"]} :score {:type "integer" :maximum 100}}}`

// completion and message are what providers answer, in the one format and in the other.
func completion(content, finish string) string {
	return fmt.Sprintf(`{"id":"c","model":"m-1-2026","choices":[{"message":{"role":"assistant","content":%q},"finish_reason":%q}],"usage":{"prompt_tokens":11,"completion_tokens":7}}`, content, finish)
}

func message(content, stop string) string {
	return fmt.Sprintf(`{"type":"message","model":"c-1","content":[%s],"stop_reason":%q,"usage":{"input_tokens":11,"output_tokens":7}}`, content, stop)
}

func (b *bundle) asked(t *testing.T) (outsideRequest, map[string]any) {
	t.Helper()
	got := b.server.requests()
	last := got[len(got)-1]
	var body map[string]any
	require.NoError(t, json.Unmarshal([]byte(last.Body), &body))
	return last, body
}

func TestLanguageModel(t *testing.T) {
	t.Parallel()
	b := setup(t, prompts)
	b.server.answers(200, "application/json", completion("Fine.", "stop"))
	require.Equal(t, `{:text "Fine.", :model "m-1-2026", :stop :end, :usage {:input-tokens 11, :output-tokens 7}}`,
		show(b.do(t, "llm", `{:connection :api :model "m-1" :template :judge :data {:role "a judge" :order {:id 7}} :temperature 0.5 :options {:seed 3 :model "no"}}`)))
	r, body := b.asked(t)
	require.Equal(t, []any{"POST", "/v1/chat/completions", "Bearer " + secretText}, []any{r.Method, r.URI, r.Header.Get("Authorization")})
	require.NotEmpty(t, r.Header.Get("Idempotency-Key"))
	require.Equal(t, map[string]any{"model": "m-1", "max_tokens": 1024.0, "temperature": 0.5, "seed": 3.0, "messages": []any{
		map[string]any{"role": "system", "content": "You are a judge."}, map[string]any{"role": "user", "content": `Judge 7: {"id":7}`},
	}}, body)

	b.server.answers(200, "application/json", message(`{"type":"text","text":"Fi"},{"type":"text","text":"ne."}`, "max_tokens"))
	require.Equal(t, `{:text "Fine.", :model "c-1", :stop :max-tokens, :usage {:input-tokens 11, :output-tokens 7}}`,
		show(b.do(t, "llm", `{:connection :api :api :anthropic :model "c" :system "Be brief." :max-tokens 7 :messages [{:role :user :content "a"} {:role "assistant" :content "b"} {:role :user :content "c"}]}`)))
	r, body = b.asked(t)
	require.Equal(t, []any{"/v1/messages", "2023-06-01"}, []any{r.URI, r.Header.Get("Anthropic-Version")})
	require.Equal(t, "Be brief.", body["system"])
	require.Len(t, body["messages"], 3)
}

func TestLanguageModelWithSchema(t *testing.T) {
	t.Parallel()
	b := setup(t, prompts)
	b.server.answers(200, "application/json", completion(`{"risk":"high","score":91}`, "stop"))
	require.Equal(t, `{:data {:risk "high", :score 91}, :model "m-1-2026", :stop :end, :usage {:input-tokens 11, :output-tokens 7}}`,
		show(b.do(t, "llm", `{:connection :api :model "m" :prompt "x" `+judgement+`}`)))
	_, body := b.asked(t)
	require.Equal(t, "json_schema", body["response_format"].(map[string]any)["type"])

	b.server.answers(200, "application/json", message(`{"type":"tool_use","name":"answer","input":{"risk":"low"}}`, "tool_use"))
	require.Contains(t, show(b.do(t, "llm", `{:connection :api :api :anthropic :model "m" :prompt "x" `+judgement+`}`)), `{:data {:risk "low"}`)
	_, body = b.asked(t)
	require.Equal(t, map[string]any{"type": "tool", "name": "answer"}, body["tool_choice"])

	for name, c := range map[string]struct {
		answer, code string
		retry        bool
	}{
		"another value":    {completion(`{"risk":"medium"}`, "stop"), llm.CodeOutput, true},
		"a field missing":  {completion(`{"score":1}`, "stop"), llm.CodeOutput, true},
		"words":            {completion("I think it is high", "stop"), llm.CodeOutput, true},
		"two values":       {completion(`{"risk":"low"} {"risk":"low"}`, "stop"), llm.CodeOutput, true},
		"cut off":          {completion(`{"risk":"hi`, "length"), llm.CodeTruncated, false},
		"refused":          {completion("no", "content_filter"), llm.CodeRefused, false},
		"refused in words": {`{"choices":[{"message":{"refusal":"I can't"},"finish_reason":"stop"}]}`, llm.CodeRefused, false},
		"another protocol": {message("", "end_turn"), llm.CodeProtocol, false},
		"no JSON":          {"<html>", llm.CodeProtocol, false},
	} {
		b.server.answers(200, "application/json", c.answer)
		app, _ := b.fails(t, "llm", `{:connection :api :model "m" :prompt "x" `+judgement+`}`, c.code, c.retry)
		require.NotEmpty(t, app.Message(), name)
	}
	for _, config := range []string{
		`{:connection :api :model "m" :prompt "x" :schema {:type "nonsense"}}`, `{:connection :api :model "m" :prompt "x" :schema {:$ref "https://example.com/s.json"}}`,
		`{:connection :api :prompt "x"}`, `{:connection :api :model "m"}`, `{:connection :api :model "m" :prompt "x" :max-tokens 128001}`, `{:connection :api :model "m" :prompt "x" :max-tokens 0}`,
		`{:connection :api :model "m" :messages [{:role :system :content "x"}]}`, `{:connection :api :model "m" :messages []}`, `{:connection :api :model "m" :prompt "x" :api :other}`,
		`{:connection :api :model "m" :prompt "x" :stream true}`, `{:connection :api :model "m" :prompt "x" :temperature "hot"}`, `{:connection :api :model "m" :template :nothing}`,
	} {
		b.fails(t, "llm", config, "invalid-config", false)
	}
}

func TestLanguageModelFails(t *testing.T) {
	t.Parallel()
	b := setup(t, prompts)
	for status, retry := range map[int]bool{400: false, 401: false, 429: true, 500: true, 529: true} {
		b.server.answers(status, "application/json", `{"error":{"message":"your key `+secretText+` is wrong"}}`)
		b.fails(t, "llm", `{:connection :api :model "m" :prompt "x"}`, "http-status", retry)
	}
	b.server.answers(200, "application/json", completion("your key is "+secretText, "stop"))
	require.NotContains(t, show(b.do(t, "llm", `{:connection :api :model "m" :prompt "x"}`)), secretText)
}

// events answers with a stream of events, which may break off.
func (b *bundle) events(list []string, breaks bool) {
	b.server.mu.Lock()
	defer b.server.mu.Unlock()
	b.server.answer = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for _, e := range list {
			_, _ = io.WriteString(w, ": a comment\n"+e+"\n\n")
			_ = http.NewResponseController(w).Flush()
		}
		if breaks {
			panic(http.ErrAbortHandler)
		}
	}
}

func TestLanguageModelStreams(t *testing.T) {
	t.Parallel()
	b := setup(t, prompts)
	long := strings.Repeat("word ", 2000)
	delta := func(text string) string { return fmt.Sprintf(`data: {"choices":[{"delta":{"content":%q}}]}`, text) }
	openAI := []string{
		`data: {"model":"m-1","choices":[{"delta":{"role":"assistant"}}]}`, delta(long), delta("é the key is " + secretText[:5]), delta(secretText[5:] + "."),
		`data: {"choices":[{"delta":{},"finish_reason":"stop"}]}`, `data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2000}}`, "data: [DONE]",
	}
	anthropic := []string{
		`event: message_start` + "\n" + `data: {"type":"message_start","message":{"model":"c-1","usage":{"input_tokens":3}}}`,
		fmt.Sprintf(`data: {"type":"content_block_delta","delta":{"type":"text_delta","text":%q}}`, long), `data: {"type":"ping"}`,
		`data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2000}}`, `data: {"type":"message_stop"}`,
	}
	const step = `{:connection :api :model "m" :prompt "x" :stream true :persist {:type :blob} :api `
	for api, list := range map[string][]string{":openai": openAI, ":anthropic": anthropic} {
		b.events(list, false)
		v := b.do(t, "llm", step+api+"}")
		require.Contains(t, show(v), `:stop :end, :usage {:input-tokens 3, :output-tokens 2000}`, api)
		m, _ := v.AsMap()
		uri, _ := m.GetKw("uri").AsString()
		text := b.text(t, uri)
		require.True(t, strings.HasPrefix(text, long), api)
		_, body := b.asked(t)
		require.Equal(t, true, body["stream"])

		for end := range list {
			b.events(list[:end], true)
			b.fails(t, "llm", step+api+"}", "http-connection", true)
		}
		if end := len(list) - 1; true {
			b.events(list[:end], false) // it ends without saying so
			b.fails(t, "llm", step+api+"}", "http-connection", true)
		}
	}
	b.events([]string{`data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}`}, false)
	b.fails(t, "llm", step+":anthropic}", "http-connection", true)
	b.events([]string{`data: {"choices":[{"delta":{"refusal":"no"},"finish_reason":"stop"}]}`, "data: [DONE]"}, false)
	b.fails(t, "llm", step+":openai}", llm.CodeRefused, false)
	b.events([]string{"data: nonsense"}, false)
	b.fails(t, "llm", step+":openai}", llm.CodeProtocol, false)
	b.events([]string{"data: " + strings.Repeat("x", 2<<20)}, false)
	b.fails(t, "llm", step+":openai}", llm.CodeProtocol, false)
}

// text is what a blob holds.
func (b *bundle) text(t *testing.T, uri string) string {
	t.Helper()
	v := b.do(t, "function", `{:input {:r {:type :resource-ref :uri "`+uri+`"}} :load [:r] :code "(fn [{:keys [r]}] r)"}`)
	s, ok := v.AsString()
	require.True(t, ok, value.KindName(v))
	return s
}
