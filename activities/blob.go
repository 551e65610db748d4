package activities

import (
	"context"
	"errors"

	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/activities/response"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// Blob reads, addresses or deletes a resource: {:operation :read :ref ref :as :auto}, {:operation :url :ref ref :expires "1h"},
// {:operation :delete :ref ref}. :ref takes a ref or its :uri.
func (a *Activities) Blob(ctx context.Context, call Call) (wire.V, error) {
	return answered(ctx, call, a.blob)
}

func (a *Activities) blob(ctx context.Context, call Call) (value.Value, error) {
	config, persist, err := readStep(call)
	if err != nil {
		return value.Nil, err
	}
	v := config.GetKw("ref")
	ref, err := refOf(v)
	if err != nil {
		return value.Nil, err
	}
	at := call.place(ctx)
	var result value.Value
	switch operation := textOf(config.GetKw("operation")); operation {
	case "read", "":
		format := textOf(config.GetKw("as"))
		if format != "" && !response.Known(format) {
			return value.Nil, fault.New(fault.InvalidConfig, ":as can't be %s", format)
		}
		result, err = a.load(ctx, at.Slug, v, format)
	case "url":
		result, err = a.blobURL(ctx, at.Slug, ref, config.GetKw("expires"))
	case "delete":
		result = value.NewMap(value.Kw("success"), value.True, value.Kw("uri"), value.String(ref.URI))
		err = blobDelete(ctx, a, at.Slug, ref)
	default:
		return value.Nil, fault.New(fault.InvalidConfig, ":operation can't be %s: there are :read :url :delete", operation)
	}
	if err != nil {
		return value.Nil, err
	}
	return a.keep(ctx, persist, at, result)
}

func (a *Activities) blobURL(ctx context.Context, slug string, ref store.Ref, expires value.Value) (value.Value, error) {
	lifetime := store.DefaultSignedURL
	if !expires.IsNil() {
		var err error
		if lifetime, err = definition.ParseDuration(expires); err != nil {
			return value.Nil, fault.New(fault.InvalidConfig, ":expires: %v", err)
		}
	}
	address, err := a.Blobs.URL(ctx, ref.URI, slug, lifetime)
	if errors.Is(err, store.ErrNotFound) {
		return value.Nil, err
	}
	if err != nil {
		return value.Nil, fault.New(fault.InvalidConfig, "%v", err)
	}
	return value.NewMap(value.Kw("url"), value.String(address)), nil
}

func blobDelete(ctx context.Context, a *Activities, slug string, ref store.Ref) error {
	if err := a.Blobs.Delete(ctx, ref.URI, slug); err != nil {
		return blobFault(err)
	}
	return nil
}
