package request

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/url"
	"strings"

	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// MaxBody is the most bytes of a request's body that are made in memory. A body from a resource is streamed, and has
// the limits of resources.
const MaxBody = 64 << 20

// Body is what a request sends.
type Body struct {
	kind        string // a name of bodyFields, or ""
	v           value.Value
	contentType string
}

// Resources reads the blobs that requests send. store.Blobs, behind refs, does.
type Resources interface {
	Open(ctx context.Context, ref value.Value) (Resource, error)
}

// Resource is an open blob.
type Resource struct {
	io.ReadCloser
	Size        int64
	ContentType string
	Filename    string
}

func parseBody(m *value.Map) (Body, error) {
	b := Body{}
	for _, name := range bodyFields {
		// An explicit nil is JSON's null for :json, and nothing for the others.
		v, ok := m.Own(nil, value.Kw(name))
		if ok && (name == "json" || !v.IsNil()) {
			b.kind, b.v = name, v
			break
		}
	}
	if v := m.GetKw("content-type"); !v.IsNil() {
		name, err := nameOrText("content-type", v)
		if err != nil {
			return b, err
		}
		b.contentType = mediaType(name)
	}
	return b, nil
}

// content is a body ready to be sent: open gives it anew, for redirects.
type content struct {
	contentType string
	size        int64
	open        func() (io.ReadCloser, error)
}

func inMemory(contentType string, data []byte) *content {
	return &content{contentType: contentType, size: int64(len(data)), open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(data)), nil
	}}
}

// encode makes the body; nil for none. boundary separates the parts of a multipart body.
func (b Body) encode(ctx context.Context, res Resources, boundary string) (*content, error) {
	c, err := b.encodeAs(ctx, res, boundary)
	if err != nil || c == nil {
		return nil, err
	}
	if !b.streams() && c.size > MaxBody {
		return nil, fault.New(fault.TooLarge, "the request's body has %d bytes, and at most %d can be sent", c.size, MaxBody).
			Hinted("persist it and send it with :body-from-ref")
	}
	if b.contentType != "" && b.kind != "multipart" {
		c.contentType = b.contentType
	}
	return c, nil
}

func (b Body) encodeAs(ctx context.Context, res Resources, boundary string) (*content, error) {
	switch b.kind {
	case "json":
		return jsonContent(b.v)
	case "form":
		pairs, err := pairsOf("form", b.v)
		if err != nil {
			return nil, err
		}
		parts := make([]string, len(pairs))
		for i, p := range pairs {
			parts[i] = url.QueryEscape(p.name) + "=" + url.QueryEscape(p.text)
		}
		return inMemory("application/x-www-form-urlencoded", []byte(strings.Join(parts, "&"))), nil
	case "multipart":
		return b.multipart(ctx, res, boundary)
	case "body":
		return b.plain()
	case "body-from-ref":
		return fromRef(ctx, res, b.v)
	}
	return nil, nil
}

func jsonContent(v value.Value) (*content, error) {
	data, err := wire.MarshalPlain(v)
	if err != nil {
		return nil, fault.New(fault.InvalidConfig, ":json: %v", err)
	}
	return inMemory("application/json", data), nil
}

// plain sends a string as it is, and other values as EDN where :content-type says so, else as JSON.
func (b Body) plain() (*content, error) {
	if text, ok := b.v.AsString(); ok {
		return inMemory("text/plain; charset=utf-8", []byte(text)), nil
	}
	if strings.HasSuffix(strings.TrimSpace(strings.SplitN(b.contentType, ";", 2)[0]), "edn") {
		return inMemory("application/edn", []byte(value.PrStr(nil, b.v))), nil
	}
	return jsonContent(b.v)
}

func fromRef(ctx context.Context, res Resources, ref value.Value) (*content, error) {
	first, err := res.Open(ctx, ref)
	if err != nil {
		return nil, err
	}
	c := &content{contentType: first.ContentType, size: first.Size}
	unused := io.ReadCloser(first)
	c.open = func() (io.ReadCloser, error) {
		if r := unused; r != nil {
			unused = nil
			return r, nil
		}
		return res.Open(ctx, ref)
	}
	return c, nil
}

// multipart sends a map, name to content, or a vector of {:name :content :ref :filename :content-type}.
func (b Body) multipart(ctx context.Context, res Resources, boundary string) (*content, error) {
	parts, err := partsOf(b.v)
	if err != nil {
		return nil, err
	}
	m := &multipartBody{ctx: ctx, res: res}
	w := multipart.NewWriter(&m.frame)
	if err := w.SetBoundary(boundary); err != nil {
		return nil, fmt.Errorf("encode multipart: %w", err)
	}
	for _, p := range parts {
		if err := m.add(w, p); err != nil {
			return nil, err
		}
		if m.frame.Len() > MaxBody {
			return nil, fault.New(fault.TooLarge, "the parts have more than %d bytes besides those from resources", MaxBody)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("encode multipart: %w", err)
	}
	m.cut()
	return &content{contentType: w.FormDataContentType(), size: m.size, open: m.open}, nil
}

// streams tells whether the body is read while it is sent, and not held.
func (b Body) streams() bool { return b.kind == "body-from-ref" || b.kind == "multipart" }
