package gateway

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/gateway/access"
	"github.com/weir-run/weir/gateway/signature"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// door is one way into a flow: the live version's interface, and how it judges who knocks.
type door struct {
	flow           *definition.Flow
	version        int
	id             string
	invocation     string
	scheme         signature.Scheme
	deliveryHeader string
	rate           definition.Rate
}

// slugText is what a slug can be: anything else needs no look into the store.
var slugText = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_-]{0,127}$`)

// webhook finds the webhook that takes an event, nil if there is none.
func (s *Server) webhook(ctx context.Context, slug, event string) (*door, error) {
	f, version, err := s.live(ctx, slug)
	if f == nil || err != nil || f.Webhook == nil || !f.Webhook.Enabled || f.Webhook.EventName != event {
		return nil, err
	}
	return newDoor(f, version, f.Webhook), nil
}

// httpInterface finds a flow's HTTP interface, nil if there is none of that id. It
// takes a POST, and the method that the flow gives it.
func (s *Server) httpInterface(ctx context.Context, slug, id, method string) (*door, error) {
	f, version, err := s.live(ctx, slug)
	if f == nil || err != nil || f.HTTP == nil || !f.HTTP.Enabled || f.HTTP.ID != id || (method != http.MethodPost && httpMethods[f.HTTP.Method] != method) {
		return nil, err
	}
	return newDoor(f, version, f.HTTP), nil
}

var httpMethods = map[string]string{
	"get": http.MethodGet, "post": http.MethodPost, "put": http.MethodPut, "patch": http.MethodPatch, "delete": http.MethodDelete,
}

// live is the flow that new runs of a slug use, nil if nobody deployed one.
func (s *Server) live(ctx context.Context, slug string) (*definition.Flow, int, error) {
	if !slugText.MatchString(slug) {
		return nil, 0, nil
	}
	version, err := s.flows.Live(ctx, slug)
	if err != nil || version == 0 {
		return nil, 0, err
	}
	f, err := s.flows.Get(ctx, slug, version)
	if err != nil {
		return nil, 0, fmt.Errorf("version %d of %s: %w", version, slug, err)
	}
	return f, version, nil
}

func newDoor(f *definition.Flow, version int, i *definition.Interface) *door {
	return &door{
		flow: f, version: version, id: i.ID, invocation: i.Invocation, scheme: SchemeOf(i.Auth), deliveryHeader: i.DeliveryIDHeader, rate: i.Rate,
	}
}

// request is the start that a knock asks for. Starts with the same id are one.
func (d *door) request(input *value.Map) worker.StartRequest {
	return worker.StartRequest{Slug: d.flow.Slug, Invocation: d.invocation, Input: value.Of(input), Version: d.version}
}

// SchemeOf is a door's :auth as the signature package knows it.
func SchemeOf(a definition.Auth) signature.Scheme {
	return signature.Scheme{
		Type: a.Type, SecretRef: a.SecretRef, PublicKeyRef: a.PublicKeyRef, Header: a.Header, Location: a.Location, Param: a.Param,
		Username: a.Username, Algo: a.Algo, SignatureHeader: a.SignatureHeader, TimestampHeader: a.TimestampHeader,
		SignedMessage: a.SignedMessage, SignatureFormat: a.SignatureFormat, SignaturePrefix: a.SignaturePrefix,
		MaxSkew: a.MaxSkew, Allow: a.Allow,
	}
}

// verify judges a request by the door's scheme and the live secrets of its slot.
func (s *Server) verify(d *door, r *http.Request, body []byte) error {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return fmt.Errorf("%w: the query is malformed", signature.ErrRefused)
	}
	if d.scheme.Type == "" { // an HTTP interface without :auth takes a token of the runs API
		if t := s.tokens.Find(bearer(r)); t == nil || !t.May(access.Start, d.flow.Slug) {
			return fmt.Errorf("%w: no token of the API that may start it", signature.ErrRefused)
		}
		return nil
	}
	secrets, err := s.liveSecrets(d)
	if err != nil {
		return fmt.Errorf("%w: %w", signature.ErrUnusable, err)
	}
	return d.scheme.Verify(&signature.Request{
		Header: r.Header, Query: query, Remote: remote(r, s.trusted), Body: body,
	}, secrets, s.now())
}

func (s *Server) liveSecrets(d *door) ([][]byte, error) {
	slot := d.scheme.Slot()
	if slot == "" {
		return nil, nil
	}
	live, err := s.secrets.Live(d.flow, slot)
	if err != nil {
		return nil, err
	}
	secrets := make([][]byte, len(live))
	for i, secret := range live {
		secrets[i] = []byte(secret.Reveal())
	}
	return secrets, nil
}
