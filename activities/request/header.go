package request

import (
	"net/http"
	"strings"

	"golang.org/x/net/http/httpguts"

	"github.com/weir-run/weir/activities/fault"
)

// The headers that Weir adds.
const (
	IdempotencyHeader = "Idempotency-Key"
	userAgent         = "weir"
	defaultAccept     = "application/json, application/edn;q=0.9, */*;q=0.5"
)

// reserved headers are the transport's own business.
var reserved = map[string]bool{
	"Connection": true, "Content-Length": true, "Host": true, "Keep-Alive": true, "Proxy-Authorization": true, "Proxy-Connection": true,
	"Te": true, "Trailer": true, "Transfer-Encoding": true, "Upgrade": true,
}

// header makes the request's headers, credentials excepted.
func (f *Fields) header(body *content, idempotencyKey string) (http.Header, error) {
	pairs, err := pairsOf("headers", f.Headers)
	if err != nil {
		return nil, err
	}
	h := http.Header{}
	for _, p := range pairs {
		name := http.CanonicalHeaderKey(p.name)
		switch {
		case !httpguts.ValidHeaderFieldName(p.name):
			return nil, fault.New(fault.InvalidConfig, ":headers: %q can't be the name of a header", p.name)
		case reserved[name]:
			return nil, fault.New(fault.InvalidConfig, ":headers: %s can't be set by a step", name)
		case strings.ContainsAny(p.text, "\r\n"):
			return nil, fault.New(fault.InvalidConfig, ":headers: the value of %s holds a line break", name)
		case !httpguts.ValidHeaderFieldValue(p.text):
			return nil, fault.New(fault.InvalidConfig, ":headers: the value of %s can't be sent", name)
		}
		h.Add(name, p.text)
	}
	set := func(name, text string) {
		if text != "" && h.Get(name) == "" {
			h.Set(name, text)
		}
	}
	set("Accept", f.Accept)
	set("Accept", defaultAccept)
	set("User-Agent", userAgent)
	if body != nil {
		set("Content-Type", body.contentType)
	}
	if f.Method != http.MethodGet && f.Method != http.MethodHead {
		set(IdempotencyHeader, idempotencyKey)
	}
	return h, nil
}
