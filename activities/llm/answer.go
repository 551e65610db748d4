package llm

import (
	"encoding/json"
	"strings"

	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// Codes of answers that can't be used. They are a contract with flows.
const (
	CodeTruncated = "llm-truncated"      // :max-tokens ended an answer that has to be whole
	CodeRefused   = "llm-refused"        // the model, or its provider's filter, won't answer
	CodeOutput    = "llm-invalid-output" // it isn't what :schema asks for; another attempt may be
	CodeProtocol  = "llm-protocol"       // the answer isn't of this wire format
)

// Why an answer ended.
const (
	StopEnd       = "end"
	StopMaxTokens = "max-tokens"
	StopRefused   = "refused"
)

var stops = map[string]string{
	"stop": StopEnd, "end_turn": StopEnd, "stop_sequence": StopEnd, "tool_use": StopEnd, "tool_calls": StopEnd,
	"length": StopMaxTokens, "max_tokens": StopMaxTokens, "model_context_window_exceeded": StopMaxTokens,
	"content_filter": StopRefused, "refusal": StopRefused,
}

// Answer is what a model said.
type Answer struct {
	Text          string
	Model         string
	Stop          string // StopEnd, ..., or the provider's own word
	Input, Output int64  // tokens; 0 where the provider doesn't tell

	data json.RawMessage // of a tool's input
}

// completion is an answer, or an event of a stream, of chat completions.
type completion struct {
	Model   string `json:"model"`
	Choices []struct {
		Message, Delta struct {
			Content string `json:"content"`
			Refusal string `json:"refusal"`
		}
		Finish string `json:"finish_reason"`
	} `json:"choices"`
	Usage struct {
		Input  int64 `json:"prompt_tokens"`
		Output int64 `json:"completion_tokens"`
	} `json:"usage"`
	Error *struct {
		Message string `json:"message"`
	} `json:"error"`
}

// reply is an answer of messages.
type reply struct {
	Type    string `json:"type"`
	Model   string `json:"model"`
	Content []struct {
		Type  string          `json:"type"`
		Text  string          `json:"text"`
		Input json.RawMessage `json:"input"`
	} `json:"content"`
	Stop  string `json:"stop_reason"`
	Usage struct {
		Input  int64 `json:"input_tokens"`
		Output int64 `json:"output_tokens"`
	} `json:"usage"`
}

// Parse reads a whole answer.
func Parse(api string, body []byte) (Answer, error) {
	if api == Anthropic {
		return parseReply(body)
	}
	var c completion
	if err := json.Unmarshal(body, &c); err != nil || len(c.Choices) == 0 {
		return Answer{}, fault.New(CodeProtocol, "the provider's answer is no chat completion").Hinted("is the slot's address right, and :api?")
	}
	first := c.Choices[0]
	a := Answer{Text: first.Message.Content, Model: c.Model, Stop: stopOf(first.Finish), Input: c.Usage.Input, Output: c.Usage.Output}
	if first.Message.Refusal != "" {
		a.Text, a.Stop = first.Message.Refusal, StopRefused
	}
	return a, nil
}

func parseReply(body []byte) (Answer, error) {
	var r reply
	if err := json.Unmarshal(body, &r); err != nil || r.Type != "message" {
		return Answer{}, fault.New(CodeProtocol, "the provider's answer is no message").Hinted("is the slot's address right, and :api?")
	}
	a := Answer{Model: r.Model, Stop: stopOf(r.Stop), Input: r.Usage.Input, Output: r.Usage.Output}
	var text strings.Builder
	for _, part := range r.Content {
		switch part.Type {
		case "text":
			text.WriteString(part.Text)
		case "tool_use":
			a.data = part.Input
		}
	}
	a.Text = text.String()
	return a, nil
}

func stopOf(said string) string {
	if known, ok := stops[said]; ok {
		return known
	}
	return said
}

// Value is the step's value: {:text :model :stop :usage}, or with a schema :data in the place of :text. Errors are faults.
func (a Answer) Value(s *Schema) (value.Value, error) {
	if a.Stop == StopRefused {
		return value.Nil, fault.New(CodeRefused, "the model won't answer: %s", shortened(a.Text))
	}
	pairs := []value.Value{value.Kw("text"), value.String(a.Text)}
	if s != nil {
		data, err := a.structured(s)
		if err != nil {
			return value.Nil, err
		}
		pairs = []value.Value{value.Kw("data"), data}
	}
	return value.NewMap(append(pairs, a.about()...)...), nil
}

// about is what is told of an answer, wherever its text went.
func (a Answer) about() []value.Value {
	pairs := []value.Value{value.Kw("model"), value.String(a.Model), value.Kw("stop"), value.Kw(a.Stop)}
	if a.Input > 0 || a.Output > 0 {
		pairs = append(pairs, value.Kw("usage"), value.NewMap(value.Kw("input-tokens"), value.Int(a.Input), value.Kw("output-tokens"), value.Int(a.Output)))
	}
	return pairs
}

// About adds to a ref what is told of the answer that it keeps.
func (a Answer) About(ref *value.Map) value.Value {
	about := a.about()
	for i := 0; i < len(about); i += 2 {
		ref = ref.Assoc(nil, about[i], about[i+1])
	}
	return value.Of(ref)
}

func (a Answer) structured(s *Schema) (value.Value, error) {
	if a.Stop == StopMaxTokens {
		return value.Nil, fault.New(CodeTruncated, "the answer was cut off after %d tokens", a.Output).Hinted("raise :max-tokens")
	}
	data := a.data
	if data == nil {
		data = json.RawMessage(a.Text)
	}
	if problem := s.check(data); problem != "" {
		return value.Nil, &fault.Error{Code: CodeOutput, Message: "the answer doesn't fit the :schema: " + problem, Retry: true}
	}
	v, err := wire.FromJSON(data, wire.JSONLimits{})
	if err != nil {
		return value.Nil, &fault.Error{Code: CodeOutput, Message: "the answer can't be read: " + err.Error(), Retry: true}
	}
	return v, nil
}

// maxShown is how much of a model's words a message has.
const maxShown = 300

func shortened(text string) string {
	if r := []rune(text); len(r) > maxShown {
		return string(r[:maxShown]) + "..."
	}
	return text
}
