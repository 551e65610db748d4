package activities

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/activities/request"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// persistence is a step's :persist.
type persistence struct {
	kind        string // "", "blob" or "kv"
	tier        store.Tier
	filename    string
	contentType string
	signedURL   time.Duration // 0: none
	shared      bool          // all flows of the installation may read it
	key         string
	ttl         int64
}

func parsePersist(v value.Value) (persistence, error) {
	p := persistence{tier: store.Retained}
	if v.IsNil() {
		return p, nil
	}
	m, ok := v.AsMap()
	if !ok {
		return p, fault.New(fault.InvalidConfig, ":persist must be a map like {:type :blob} (found: %s)", value.KindName(v))
	}
	p.kind, p.shared = textOf(m.GetKw("type")), m.GetKw("shared").Truthy()
	switch p.kind {
	case "blob":
		return p, p.parseBlob(m)
	case "kv":
		p.key = textOf(m.GetKw("key"))
		var err error
		p.ttl, err = wholeNumber(m, "ttl", 0)
		return p, errors.Join(err, store.CheckKey(p.key))
	}
	return p, fault.New(fault.InvalidConfig, ":persist takes :type :blob or :type :kv")
}

func (p *persistence) parseBlob(m *value.Map) error {
	p.filename, p.contentType = textOf(m.GetKw("filename")), textOf(m.GetKw("content-type"))
	if tier := textOf(m.GetKw("tier")); tier != "" {
		p.tier = store.Tier(tier)
	}
	if p.tier != store.Retained && p.tier != store.Ephemeral {
		return fault.New(fault.InvalidConfig, ":tier can't be %s: there are :retained and :ephemeral", p.tier)
	}
	signed := m.GetKw("signed-url")
	if signed.Truthy() {
		p.signedURL = store.DefaultSignedURL
		if wish, isBool := signed.AsBool(); !isBool || !wish {
			var err error
			if p.signedURL, err = definition.ParseDuration(signed); err != nil {
				return fault.New(fault.InvalidConfig, ":signed-url takes true or how long it is good for: %v", err)
			}
		}
	}
	return nil
}

// keep puts a step's result where :persist says and returns what the step's value is then.
func (a *Activities) keep(ctx context.Context, p persistence, at place, result value.Value) (value.Value, error) {
	switch p.kind {
	case "blob":
		return a.keepBlob(ctx, p, at, result)
	case "kv":
		return a.keepKV(ctx, p, at, result)
	}
	return result, nil
}

// keepBlob stores text as it is and any other value as EDN, which loses nothing, unless :content-type asks for JSON.
func (a *Activities) keepBlob(ctx context.Context, p persistence, at place, result value.Value) (value.Value, error) {
	if p.contentType == "" {
		p.contentType = ednType
		if _, ok := result.AsString(); ok {
			p.contentType = "text/plain; charset=utf-8"
		}
	}
	data, err := encodeAs(p.contentType, result)
	if errors.Is(err, errNotText) {
		return value.Nil, fault.New(fault.InvalidConfig, "a value of type %s can't be kept as %s", value.KindName(result), p.contentType).
			Hinted("leave :content-type out, or write application/json or application/edn")
	}
	if err != nil {
		return value.Nil, err
	}
	ref, err := a.Blobs.Put(ctx, p.work(at), p.tier, data, store.PutOptions{ContentType: p.contentType, Filename: p.filename})
	if err != nil {
		return value.Nil, err
	}
	m, err := a.refWithURL(ctx, p, at, ref)
	return value.Of(m), err
}

func (p persistence) work(at place) store.Work {
	w := at.work()
	w.Shared = p.shared
	return w
}

func (a *Activities) refWithURL(ctx context.Context, p persistence, at place, ref store.Ref) (*value.Map, error) {
	m := refValue(ref)
	if p.signedURL == 0 {
		return m, nil
	}
	address, err := a.Blobs.URL(ctx, ref.URI, at.Slug, p.signedURL)
	if err != nil {
		return nil, fault.New(fault.InvalidConfig, "%v", err)
	}
	return m.Assoc(nil, value.Kw("signed-url"), value.String(address)), nil
}

func (a *Activities) keepKV(ctx context.Context, p persistence, at place, result value.Value) (value.Value, error) {
	data, err := wire.Marshal(result)
	if err != nil {
		return value.Nil, fault.New(fault.InvalidConfig, ":persist: %v", err)
	}
	sum := sha256.Sum256(data)
	digest := hex.EncodeToString(sum[:])
	// An attempt that brought something else counts as another write: the ref has to describe what is there.
	w := store.Write{Key: p.key, TTL: p.ttl, Token: at.idempotencyKey() + ":" + digest[:16], Fence: at.fence()}
	if _, err := a.KV.Set(ctx, w, result, false); err != nil {
		return value.Nil, err
	}
	uri, err := a.Blobs.KVAddress(ctx, p.key, at.Slug, p.shared)
	if err != nil {
		return value.Nil, err
	}
	m := refValue(store.Ref{URI: uri, ContentType: ednType, Size: int64(len(data)), SHA256: digest})
	return value.Of(m.Assoc(nil, value.Kw("key"), value.String(p.key))), nil
}

// keepAnswer persists an HTTP answer's body, streamed if it becomes a blob; status and headers stay in the ref.
func (a *Activities) keepAnswer(ctx context.Context, p persistence, at place, answer *request.Answer, f *request.Fields) (value.Value, error) {
	var kept value.Value
	if p.kind == "blob" {
		opt := store.PutOptions{ContentType: p.contentType, Filename: p.filename}
		if opt.ContentType == "" {
			opt.ContentType = answer.Header.Get("Content-Type")
		}
		if opt.ContentType == "" {
			opt.ContentType = "application/octet-stream"
		}
		ref, err := a.Blobs.Stream(ctx, p.work(at), p.tier, answer.Stream(ctx), opt)
		if err != nil {
			return value.Nil, err
		}
		m, err := a.refWithURL(ctx, p, at, ref)
		if err != nil {
			return value.Nil, err
		}
		kept = value.Of(m)
	} else {
		body, err := answer.Read(ctx)
		if err != nil {
			return value.Nil, err
		}
		v, err := answer.Decode(f.ResponseAs, body)
		if err != nil {
			return value.Nil, err
		}
		if kept, err = a.keepKV(ctx, p, at, v); err != nil {
			return value.Nil, err
		}
	}
	m, _ := kept.AsMap()
	return value.Of(m.Assoc(nil, value.Kw("status"), value.Int(int64(answer.StatusCode))).Assoc(nil, value.Kw("headers"), answer.Headers(f.Shown))), nil
}

// wholeNumber reads an integer field of a config.
func wholeNumber(m *value.Map, name string, fallback int64) (int64, error) {
	v := m.GetKw(name)
	if v.IsNil() {
		return fallback, nil
	}
	n, ok := v.AsInt()
	if !ok {
		return 0, fault.New(fault.InvalidConfig, ":%s must be a whole number, not %s", name, value.PrStr(nil, v))
	}
	return n, nil
}
