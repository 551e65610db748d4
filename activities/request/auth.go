package request

import (
	"encoding/base64"
	"net/http"
	"net/url"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/fault"
)

// SecretFinder resolves the slot that a :secret-ref names.
type SecretFinder func(slot string) (binding.Secret, error)

// CredentialOf is what the request proves itself by: the step's own :auth ({:type :bearer :secret-ref :slot}, or :none), else
// that of its slot.
func (f *Fields) CredentialOf(slot binding.Credential, find SecretFinder) (binding.Credential, error) {
	if f.Auth.IsNil() {
		return slot, nil
	}
	m, ok := f.Auth.AsMap()
	kind := keyName(f.Auth)
	if ok {
		kind = keyName(m.GetKw("type"))
	}
	c := binding.Credential{Type: kind}
	switch kind {
	case binding.AuthNone:
		return c, nil
	case binding.AuthBearer, binding.AuthBasic, binding.AuthAPIKey:
	default:
		return c, fault.New(fault.InvalidConfig, ":auth takes :type :none, :bearer, :basic or :api-key")
	}
	if !ok {
		return c, fault.New(fault.InvalidConfig, ":auth takes a map like {:type :%s :secret-ref :my-secret}", kind)
	}
	for _, name := range []string{"token", "password", "api-key", "secret"} {
		if !m.GetKw(name).IsNil() {
			return c, fault.New(fault.InvalidConfig, ":auth can't hold a secret: it would stand in the run's history").
				Hinted("declare a slot of type :secret and write :secret-ref :that-slot")
		}
	}
	ref := keyName(m.GetKw("secret-ref"))
	if ref == "" {
		return c, fault.New(fault.InvalidConfig, ":auth needs :secret-ref, the slot that has the secret")
	}
	var err error
	if c.Secret, err = find(ref); err != nil {
		return c, err
	}
	c.Username = keyName(m.GetKw("username"))
	if kind == binding.AuthAPIKey {
		c.Header, c.Param = keyName(m.GetKw("header")), ""
		if keyName(m.GetKw("location")) == "query" {
			c.Header, c.Param = "", keyName(m.GetKw("param"))
		}
		if c.Header == "" && c.Param == "" {
			c.Header = binding.DefaultKeyHeader
		}
	}
	return c, nil
}

// secrets are what has to be taken out of texts once the credential was sent.
func secrets(c binding.Credential) []binding.Secret {
	if c.Secret.IsZero() {
		return nil
	}
	out := []binding.Secret{c.Secret}
	if c.Type == binding.AuthBasic {
		out = append(out, binding.NewSecret(basicText(c)))
	}
	return out
}

func basicText(c binding.Credential) string { return c.Username + ":" + c.Secret.Reveal() }

// attach puts the credential on a request. A header that the step has set itself stays.
func attach(c binding.Credential, u *url.URL, h http.Header) (credentialHeader string) {
	switch c.Type {
	case binding.AuthBearer:
		credentialHeader = "Authorization"
		if h.Get(credentialHeader) == "" {
			h.Set(credentialHeader, "Bearer "+c.Secret.Reveal())
		}
	case binding.AuthBasic:
		credentialHeader = "Authorization"
		if h.Get(credentialHeader) == "" {
			h.Set(credentialHeader, "Basic "+base64.StdEncoding.EncodeToString([]byte(basicText(c))))
		}
	case binding.AuthAPIKey:
		if c.Param != "" {
			u.RawQuery = joinQueries(u.RawQuery, url.QueryEscape(c.Param)+"="+url.QueryEscape(c.Secret.Reveal()))
			break
		}
		credentialHeader = c.Header
		if h.Get(credentialHeader) == "" {
			h.Set(credentialHeader, c.Secret.Reveal())
		}
	}
	return credentialHeader
}
