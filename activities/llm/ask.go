package llm

import (
	"strings"

	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/interpreter/value"
)

// The wire formats.
const (
	OpenAI    = "openai"    // POST .../chat/completions
	Anthropic = "anthropic" // POST .../messages
)

// anthropicVersion is the version of the messages format that is spoken.
const anthropicVersion = "2023-06-01"

// Limits of a question.
const (
	DefaultTokens = 1_024
	MaxTokens     = 128_000
	MaxMessages   = 200
)

// answerTool is how a schema reaches a provider of messages: as the input of a tool that the model has to use.
const answerTool = "answer"

// Ask is a question.
type Ask struct {
	API         string
	Model       string
	System      string
	Messages    []Message
	MaxTokens   int64
	Temperature value.Value // a number, or nil for the provider's own
	Schema      value.Value // a JSON schema, or nil for text
	Options     *value.Map  // what else the body has
	Stream      bool
}

// Message is one turn of a conversation.
type Message struct{ Role, Content string }

// Read reads the fields of a :llm step whose texts are rendered.
func Read(m *value.Map) (Ask, error) {
	a := Ask{API: text(m, "api"), Model: text(m, "model"), System: text(m, "system"), MaxTokens: DefaultTokens,
		Temperature: m.GetKw("temperature"), Schema: m.GetKw("schema"), Stream: m.GetKw("stream").Truthy()}
	if a.API == "" {
		a.API = OpenAI
	}
	if a.API != OpenAI && a.API != Anthropic {
		return a, fault.New(fault.InvalidConfig, ":api can't be %q: there are :openai :anthropic", a.API)
	}
	if a.Model == "" {
		return a, fault.New(fault.InvalidConfig, "a :llm step needs :model, a text")
	}
	if n := m.GetKw("max-tokens"); !n.IsNil() {
		most, ok := n.AsInt()
		if !ok || most < 1 || most > MaxTokens {
			return a, fault.New(fault.InvalidConfig, ":max-tokens must be a whole number from 1 to %d, not %s", MaxTokens, value.PrStr(nil, n))
		}
		a.MaxTokens = most
	}
	if !a.Temperature.IsNil() && !value.IsNumber(a.Temperature) {
		return a, fault.New(fault.InvalidConfig, ":temperature must be a number, not %s", value.PrStr(nil, a.Temperature))
	}
	if o := m.GetKw("options"); !o.IsNil() {
		options, ok := o.AsMap()
		if !ok {
			return a, fault.New(fault.InvalidConfig, ":options must be a map, not a %s", value.KindName(o))
		}
		a.Options = options
	}
	err := a.conversation(m)
	return a, err
}

// conversation reads :prompt, or :messages.
func (a *Ask) conversation(m *value.Map) error {
	prompt, many := text(m, "prompt"), m.GetKw("messages")
	switch {
	case prompt != "" && many.IsNil():
		a.Messages = []Message{{"user", prompt}}
		return nil
	case prompt != "" || many.IsNil():
		return fault.New(fault.InvalidConfig, "a :llm step needs one of :prompt and :messages")
	}
	var problem error
	value.Each(nil, many, func(v value.Value) bool {
		one, _ := v.AsMap()
		if one == nil {
			one = value.EmptyMap
		}
		said := Message{strings.ToLower(text(one, "role")), text(one, "content")}
		if said.Role != "user" && said.Role != "assistant" || said.Content == "" {
			problem = fault.New(fault.InvalidConfig, "a message must be a map like {:role :user :content \"...\"}, its :role :user or :assistant, not %s", value.KindName(v))
			return false
		}
		a.Messages = append(a.Messages, said)
		return true
	})
	if problem == nil && (len(a.Messages) == 0 || len(a.Messages) > MaxMessages) {
		problem = fault.New(fault.InvalidConfig, ":messages takes 1 to %d messages", MaxMessages)
	}
	return problem
}

// Path is where the question goes, from the slot's address on.
func (a Ask) Path() string {
	if a.API == Anthropic {
		return "/messages"
	}
	return "/chat/completions"
}

// Headers are those that the format wants.
func (a Ask) Headers() value.Value {
	if a.API == Anthropic {
		return value.NewMap(value.String("anthropic-version"), value.String(anthropicVersion))
	}
	return value.Nil
}

// Body is the request's JSON.
func (a Ask) Body() value.Value {
	m := value.EmptyMap
	if a.Options != nil {
		m = a.Options
	}
	put := func(name string, v value.Value) { m = m.Assoc(nil, value.Kw(name), v) }
	put("model", value.String(a.Model))
	var messages []value.Value
	if a.System != "" && a.API == OpenAI {
		messages = append(messages, said("system", a.System))
	}
	for _, one := range a.Messages {
		messages = append(messages, said(one.Role, one.Content))
	}
	put("messages", value.NewVector(messages...))
	put("max_tokens", value.Int(a.MaxTokens))
	if !a.Temperature.IsNil() {
		put("temperature", a.Temperature)
	}
	if a.Stream {
		put("stream", value.True)
	}
	if a.API == Anthropic {
		a.anthropic(put)
	} else {
		a.openAI(put)
	}
	return value.Of(m)
}

func (a Ask) openAI(put func(string, value.Value)) {
	if a.Stream {
		put("stream_options", value.NewMap(value.Kw("include_usage"), value.True))
	}
	if !a.Schema.IsNil() {
		put("response_format", value.NewMap(value.Kw("type"), value.String("json_schema"),
			value.Kw("json_schema"), value.NewMap(value.Kw("name"), value.String(answerTool), value.Kw("schema"), a.Schema)))
	}
}

func (a Ask) anthropic(put func(string, value.Value)) {
	if a.System != "" {
		put("system", value.String(a.System))
	}
	if !a.Schema.IsNil() {
		put("tools", value.NewVector(value.NewMap(value.Kw("name"), value.String(answerTool),
			value.Kw("description"), value.String("Give the answer."), value.Kw("input_schema"), a.Schema)))
		put("tool_choice", value.NewMap(value.Kw("type"), value.String("tool"), value.Kw("name"), value.String(answerTool)))
	}
}

func said(role, content string) value.Value {
	return value.NewMap(value.Kw("role"), value.String(role), value.Kw("content"), value.String(content))
}

func text(m *value.Map, name string) string {
	v := m.GetKw(name)
	if k, ok := v.AsKeyword(); ok {
		return k.FullName()
	}
	s, _ := v.AsString()
	return s
}
