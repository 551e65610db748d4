package definition

import (
	"github.com/weir-run/weir/definition/body"
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// The types of a Template.
const (
	HTTPRequest  = "http-request"
	Notification = "notification"
	DBQuery      = "db-query"
	LLMPrompt    = "llm-prompt"
)

// Template is a request or a notification whose texts are filled in when a step uses it, a query, or a prompt.
type Template struct {
	ID, Type string
	Request  value.Value // of an HTTPRequest: a map
	Channels value.Value // of a Notification: a map of channels
	SQL      string      // of a DBQuery
	System   string      // of an LLMPrompt, as Prompt
	Prompt   string
}

// templateForm is a template and its nodes.
type templateForm struct {
	Template
	request, channels, prompt *syntax.Node
}

var templateTable = schema.Table[templateForm]{
	{Name: "id", Required: true, Shape: schema.Name, Set: schema.Into(func(t *templateForm) *string { return &t.ID })},
	{Name: "type", Required: true, Shape: schema.OneOf(HTTPRequest, Notification, DBQuery, LLMPrompt),
		Set: schema.Into(func(t *templateForm) *string { return &t.Type })},
	{Name: "label", Shape: schema.Text},
	{Name: "description", Shape: schema.Text},
	{Name: "request", Shape: schema.Map, Set: schema.IntoNode(func(t *templateForm) **syntax.Node { return &t.request })},
	{Name: "channels", Shape: schema.Map, Set: schema.IntoNode(func(t *templateForm) **syntax.Node { return &t.channels })},
	{Name: "sql", Shape: schema.Text, Set: schema.Into(func(t *templateForm) *string { return &t.SQL })},
	{Name: "system", Shape: schema.Text, Set: schema.Into(func(t *templateForm) *string { return &t.System })},
	{Name: "prompt", Shape: schema.Text, Set: schema.IntoNode(func(t *templateForm) **syntax.Node { return &t.prompt })},
}

func (b *builder) templates(n *syntax.Node) {
	schema.Entries(&b.Report, n, "an entry of :templates", func(entry *syntax.Node) {
		b.partSize(entry, "template")
		var t templateForm
		templateTable.Read(&b.Report, entry, "a template", &t)
		b.templateBody(entry, &t)
		if t.ID == "" || !b.unique(b.templateAt, entry.Get("id"), t.ID, "template") {
			return
		}
		b.flow.Templates[t.ID] = &t.Template
		texts := firstNode(t.request, t.channels)
		if t.Type == LLMPrompt {
			texts = entry // its :system and its :prompt
		}
		b.env.Templates[t.ID] = body.Template{Type: t.Type, Body: texts}
	})
}

// templateBody checks that a template holds what its type needs.
func (b *builder) templateBody(entry *syntax.Node, t *templateForm) {
	switch {
	case t.Type == HTTPRequest && entry.Get("request") == nil:
		b.Error(entry, "missing-field", `add :request {:method :get :path "/..."}`, "a template of type :http-request needs :request")
	case t.Type == Notification && entry.Get("channels") == nil:
		b.Error(entry, "missing-field", "add :channels {:http {...}}", "a template of type :notification needs :channels")
	case t.Type == DBQuery && entry.Get("sql") == nil:
		b.Error(entry, "missing-field", `add :sql "select ..."`, "a template of type :db-query needs :sql")
	case t.Type == LLMPrompt && entry.Get("prompt") == nil:
		b.Error(entry, "missing-field", `add :prompt "..."`, "a template of type :llm-prompt needs :prompt")
	}
	if t.request != nil {
		t.Request = t.request.Datum()
		body.CheckRequest(&b.Report, t.request, b.env)
	}
	if t.prompt != nil {
		t.Prompt = schema.TextOf(t.prompt)
	}
	if t.channels != nil {
		t.Channels = t.channels.Datum()
		body.CheckChannels(&b.Report, t.channels, b.env)
	}
}

func firstNode(nodes ...*syntax.Node) *syntax.Node {
	for _, n := range nodes {
		if n != nil {
			return n
		}
	}
	return nil
}
