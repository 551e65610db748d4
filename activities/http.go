package activities

import (
	"context"
	"errors"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/activities/request"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// HTTP sends a request and returns {:status :headers :body}, the body's own keys readable from it too.
func (a *Activities) HTTP(ctx context.Context, call Call) (wire.V, error) {
	return answered(ctx, call, a.http)
}

func (a *Activities) http(ctx context.Context, call Call) (value.Value, error) {
	config, persist, at, f, err := a.stepOf(ctx, call)
	if err != nil {
		return value.Nil, err
	}
	if config, err = withTemplate(f, config); err != nil {
		return value.Nil, err
	}
	within, cancel := bounded(ctx)
	defer cancel()
	answer, fields, err := a.send(within, f, config, at, nil)
	if err != nil {
		return value.Nil, err
	}
	defer answer.Close()
	if !fields.Accepted.Has(answer.StatusCode) {
		return value.Nil, answer.StatusFault()
	}
	if persist.kind != "" {
		return a.keepAnswer(within, persist, at, answer, fields)
	}
	body, err := answer.Read(within)
	if err != nil {
		return value.Nil, err
	}
	decoded, err := answer.Decode(fields.ResponseAs, body)
	if err != nil {
		return value.Nil, err
	}
	result, _ := value.NewMap(value.Kw("status"), value.Int(int64(answer.StatusCode)), value.Kw("headers"), answer.Headers(fields.Shown),
		value.Kw("body"), decoded).AsMap()
	return value.Of(result.Envelope()), nil
}

// withTemplate puts the step's fields over those of the :template that it names, rendered with its :data.
func withTemplate(f *definition.Flow, config *value.Map) (*value.Map, error) {
	id := config.GetKw("template")
	if id.IsNil() {
		return config, nil
	}
	t, ok := f.Templates[textOf(id)]
	if !ok || t.Type != definition.HTTPRequest {
		return nil, fault.New(fault.InvalidConfig, "there is no template :%s of type :http-request", textOf(id))
	}
	fields, ok := t.Request.AsMap()
	if !ok {
		return nil, fault.New(fault.InvalidConfig, "the template :%s has no :request", t.ID)
	}
	rendered, err := request.FromTemplate(fields, config.GetKw("data"))
	if err != nil {
		return nil, err
	}
	return request.Merge(rendered, config), nil
}

// mayReachOutside fails with store.ErrSuperseded once the run was superseded: the worker hears of that only with its next word to
// Temporal, and would go on trying.
func (a *Activities) mayReachOutside(ctx context.Context, at place) error {
	err := a.KV.Passed(ctx, at.fence())
	if err == nil || errors.Is(err, store.ErrSuperseded) {
		return err
	}
	// Who can't be asked says nothing against it.
	a.Logger.Warn("whether a run was superseded is unknown", "flow", at.Slug, "step", at.Step, "error", err)
	return nil
}

// send resolves the slot and its credential, and sends the request, unless the run was superseded. What is hidden stays out of everything that
// comes back.
func (a *Activities) send(ctx context.Context, f *definition.Flow, config *value.Map, at place, hidden []binding.Secret) (*request.Answer, *request.Fields, error) {
	fields, err := request.Parse(config)
	if err != nil {
		return nil, nil, err
	}
	if err := a.mayReachOutside(ctx, at); err != nil {
		return nil, nil, err
	}
	var slot binding.Endpoint
	if fields.Connection != "" {
		if slot, err = a.Bindings.Endpoint(f, fields.Connection); err != nil {
			return nil, nil, err
		}
	}
	credential, err := fields.CredentialOf(slot.Auth, func(name string) (binding.Secret, error) { return a.Bindings.Secret(f, name) })
	if err != nil {
		return nil, nil, err
	}
	answer, err := a.client.Send(ctx, request.Job{
		Fields: fields, BaseURL: slot.BaseURL, Credential: credential, IdempotencyKey: at.idempotencyKey(), Resources: resources{a, f.Slug}, Hidden: hidden,
	})
	return answer, fields, err
}
