package body

import "github.com/weir-run/weir/definition/schema"

// MaxTokens is the most that a :llm step's answer may be asked to have.
const MaxTokens = 128_000

func checkLLM(c *checker, s *Site) {
	const what = "a :llm step"
	m := s.Config
	if m == nil {
		c.Error(s.Node, "missing-field", `add {:connection :slot :model "..." :prompt "..."}`, "%s needs :connection and :model", what)
		return
	}
	c.needs(m, what, "connection", "model")
	c.slot(m.Get("connection"))
	c.needsOne(m, what, "prompt", "messages", "template")
	c.excludes(m, what, "prompt", "messages")
	c.excludes(m, what, "template", "messages")
	if t := m.Get("template"); t != nil {
		c.templateVariables(m, c.template(t, "llm-prompt"))
	}
	if n := m.Get("max-tokens"); n != nil && schema.Positive.Is(n) && schema.IntOf(n) > MaxTokens {
		c.Error(n, "out-of-range", "", ":max-tokens must be at most %d", MaxTokens)
	}
	stream := m.Get("stream")
	if stream == nil || !schema.Bool.Is(stream) || !stream.Value.Truthy() {
		return
	}
	c.excludes(m, what, "schema", "stream")
	if m.Get("persist") == nil {
		c.Error(stream, "missing-field", "add :persist {:type :blob}", "%s that streams needs :persist", what)
	}
}
