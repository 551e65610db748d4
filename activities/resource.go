package activities

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/activities/request"
	"github.com/weir-run/weir/activities/response"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// MaxLoaded is the most bytes of a resource that are read into a value.
const MaxLoaded = store.MaxRetainedBytes

const ednType = "application/edn"

// refValue is a ref as flows see it.
func refValue(ref store.Ref) *value.Map {
	m := value.EmptyMap.
		Assoc(nil, value.Kw("type"), value.Kw("resource-ref")).
		Assoc(nil, value.Kw("uri"), value.String(ref.URI)).
		Assoc(nil, value.Kw("content-type"), value.String(ref.ContentType)).
		Assoc(nil, value.Kw("size-bytes"), value.Int(ref.Size)).
		Assoc(nil, value.Kw("sha256"), value.String(ref.SHA256))
	if ref.Filename != "" {
		m = m.Assoc(nil, value.Kw("filename"), value.String(ref.Filename))
	}
	return m
}

// refOf reads a ref, or the bare address of one.
func refOf(v value.Value) (store.Ref, error) {
	if uri, ok := v.AsString(); ok && strings.HasPrefix(uri, store.Scheme) {
		return store.Ref{URI: uri}, nil
	}
	m, ok := v.AsMap()
	if uri := ""; ok {
		if uri, ok = m.GetKw("uri").AsString(); ok && strings.HasPrefix(uri, store.Scheme) {
			sum, _ := m.GetKw("sha256").AsString()
			return store.Ref{URI: uri, ContentType: textOf(m.GetKw("content-type")), SHA256: sum, Filename: textOf(m.GetKw("filename"))}, nil
		}
	}
	return store.Ref{}, fault.New(fault.InvalidConfig, "expected a resource: a ref that :persist made, or its :uri")
}

// resources reads what refs name, as the flow may; it is what requests send.
type resources struct {
	*Activities
	slug string
}

// Open begins to read a resource.
func (a resources) Open(ctx context.Context, v value.Value) (request.Resource, error) {
	ref, err := refOf(v)
	if err != nil {
		return request.Resource{}, err
	}
	key, is, err := a.Blobs.KVKey(ctx, ref.URI, a.slug)
	if err != nil {
		return request.Resource{}, blobFault(err)
	}
	if is {
		v, err := a.kvResource(ctx, key)
		if err != nil {
			return request.Resource{}, err
		}
		data, err := encodeAs(ednType, v)
		return request.Resource{ReadCloser: io.NopCloser(bytes.NewReader(data)), Size: int64(len(data)), ContentType: ednType}, err
	}
	r, info, err := a.Blobs.Open(ctx, ref, a.slug)
	if err != nil {
		return request.Resource{}, blobFault(err)
	}
	return request.Resource{ReadCloser: r, Size: info.Size, ContentType: info.ContentType, Filename: info.Filename}, nil
}

func (a *Activities) kvResource(ctx context.Context, key string) (value.Value, error) {
	v, exists, err := a.KV.Get(ctx, key)
	if err == nil && !exists {
		err = fault.New(fault.BlobMissing, "there is nothing under the key %s (any more)", key)
	}
	return v, err
}

// load is the content of a resource as a value, if the flow may read it; format as in :response-as.
func (a *Activities) load(ctx context.Context, slug string, v value.Value, format string) (value.Value, error) {
	ref, err := refOf(v)
	if err != nil {
		return value.Nil, err
	}
	key, is, err := a.Blobs.KVKey(ctx, ref.URI, slug)
	if err != nil {
		return value.Nil, blobFault(err)
	}
	if is {
		return a.kvResource(ctx, key)
	}
	data, info, err := a.Blobs.Read(ctx, ref, slug, MaxLoaded)
	if err != nil {
		return value.Nil, blobFault(err)
	}
	content, err := response.Decode(format, info.ContentType, data)
	if err != nil {
		return value.Nil, fault.New(fault.Decode, "%s doesn't decode: %v", ref.URI, err)
	}
	return content, nil
}

// blobFault keeps a broken connection to the store apart from an address that is none.
func blobFault(err error) error {
	if store.IsNoAddress(err) {
		return fault.New(fault.InvalidConfig, "%v", err)
	}
	return err
}

// encodeAs is a value as the content of a blob.
func encodeAs(contentType string, v value.Value) ([]byte, error) {
	mediaType, _, _ := strings.Cut(contentType, ";")
	switch mediaType = strings.ToLower(strings.TrimSpace(mediaType)); {
	case mediaType == "application/json" || strings.HasSuffix(mediaType, "+json"):
		data, err := wire.MarshalPlain(v)
		if err != nil {
			return nil, fault.New(fault.InvalidConfig, ":persist: %v", err)
		}
		return data, nil
	case strings.HasSuffix(mediaType, "edn"):
		return []byte(value.PrStr(nil, v)), nil
	}
	if text, ok := v.AsString(); ok {
		return []byte(text), nil
	}
	return nil, errNotText
}

var errNotText = errors.New("only text can be kept under that content type")
