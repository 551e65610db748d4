package activities

import (
	"context"
	"net/http"

	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/activities/llm"
	"github.com/weir-run/weir/activities/request"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/activities/template"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// LanguageModel asks a model and returns {:text :model :stop :usage}, with a :schema :data in the place of :text. With :stream its
// text goes to a blob as it comes, and the value is the ref.
func (a *Activities) LanguageModel(ctx context.Context, call Call) (wire.V, error) {
	return answered(ctx, call, a.languageModel)
}

func (a *Activities) languageModel(ctx context.Context, call Call) (value.Value, error) {
	config, persist, at, f, err := a.stepOf(ctx, call)
	if err != nil {
		return value.Nil, err
	}
	if config, err = withPrompt(f, config); err != nil {
		return value.Nil, err
	}
	ask, err := llm.Read(config)
	if err != nil {
		return value.Nil, err
	}
	schema, err := llm.NewSchema(ask.Schema)
	if err != nil {
		return value.Nil, err
	}
	if ask.Stream && (persist.kind != "blob" || schema != nil) {
		return value.Nil, fault.New(fault.InvalidConfig, ":stream needs :persist {:type :blob}, and no :schema")
	}
	within, cancel := bounded(ctx)
	defer cancel()
	answer, fields, err := a.send(within, f, askRequest(ask, config), at, nil)
	if err != nil {
		return value.Nil, err
	}
	defer answer.Close()
	if !fields.Accepted.Has(answer.StatusCode) || answer.StatusCode != http.StatusOK {
		return value.Nil, answer.StatusFault()
	}
	if ask.Stream {
		return a.keepWords(within, persist, at, ask, answer)
	}
	body, err := answer.Clean(within)
	if err != nil {
		return value.Nil, err
	}
	said, err := llm.Parse(ask.API, body)
	if err != nil {
		return value.Nil, err
	}
	result, err := said.Value(schema)
	if err != nil {
		return value.Nil, err
	}
	return a.keep(ctx, persist, at, result)
}

// keepWords streams a model's words into a blob.
func (a *Activities) keepWords(ctx context.Context, p persistence, at place, ask llm.Ask, answer *request.Answer) (value.Value, error) {
	opt := store.PutOptions{ContentType: p.contentType, Filename: p.filename}
	if opt.ContentType == "" {
		opt.ContentType = "text/plain; charset=utf-8"
	}
	stream := llm.NewStream(ask.API, answer.Stream(ctx))
	ref, err := a.Blobs.Stream(ctx, p.work(at), p.tier, stream, opt)
	if err != nil {
		return value.Nil, err
	}
	m, err := a.refWithURL(ctx, p, at, ref)
	if err != nil {
		return value.Nil, err
	}
	return stream.Answer().About(m), nil
}

// withPrompt puts the step's fields over those of the :template that it names, all rendered with :data.
func withPrompt(f *definition.Flow, config *value.Map) (*value.Map, error) {
	id := config.GetKw("template")
	if id.IsNil() {
		return config, nil
	}
	t, ok := f.Templates[textOf(id)]
	if !ok || t.Type != definition.LLMPrompt {
		return nil, fault.New(fault.InvalidConfig, "there is no template :%s of type :llm-prompt", textOf(id))
	}
	for name, source := range map[string]string{"system": t.System, "prompt": t.Prompt} {
		if source == "" || !config.GetKw(name).IsNil() {
			continue
		}
		rendered, err := template.All(value.String(source), config.GetKw("data"))
		if err != nil {
			return nil, err
		}
		config = config.Assoc(nil, value.Kw(name), value.String(value.Text(nil, rendered)))
	}
	return config, nil
}

// askRequest is the request that asks.
func askRequest(ask llm.Ask, config *value.Map) *value.Map {
	path := config.GetKw("path")
	if path.IsNil() {
		path = value.String(ask.Path())
	}
	m, _ := value.NewMap(value.Kw("connection"), config.GetKw("connection"), value.Kw("path"), path,
		value.Kw("method"), value.Kw("post"), value.Kw("json"), ask.Body()).AsMap()
	if h := ask.Headers(); !h.IsNil() {
		m = m.Assoc(nil, value.Kw("headers"), h)
	}
	return m
}
