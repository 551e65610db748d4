package signature

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"time"
)

// Sign adds to a delivery what Verify asks for: headers or a query parameter.
// secret is the slot's secret; for ecdsa-p256 it is the private key (PEM) of
// the slot's public key. id names the delivery where the scheme signs one.
func (s Scheme) Sign(r *Request, secret []byte, id string, now time.Time) error {
	if err := s.Check(); err != nil {
		return unusable(err.Error())
	}
	if s.Slot() != "" {
		if err := checkSecrets([][]byte{secret}); err != nil {
			return err
		}
	}
	if r.Header == nil {
		r.Header = http.Header{}
	}
	if r.Query == nil {
		r.Query = url.Values{}
	}
	switch s.Type {
	case None, IPAllowlist:
	case APIKey:
		if param := s.KeyParam(); param != "" {
			r.Query.Set(param, string(secret))
		} else {
			r.Header.Set(or(s.Header, DefaultAPIKeyHeader), string(secret))
		}
	case Bearer:
		r.Header.Set(authorization, "Bearer "+string(secret))
	case Basic:
		pair := append([]byte(s.Username+":"), secret...)
		r.Header.Set(authorization, "Basic "+base64.StdEncoding.EncodeToString(pair))
	case HMAC:
		if s.Stripe() {
			signStripe(r, secret, now)
		} else {
			s.signHMAC(r, secret)
		}
	case StandardWebhooks:
		return signStandard(r, secret, id, now)
	default:
		return s.signSignature(r, secret, now)
	}
	return nil
}
