package signature

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"
)

// The types of a Scheme, as a flow spells them (without the colon).
const (
	None             = "none"
	APIKey           = "api-key"
	Bearer           = "bearer"
	Basic            = "basic"
	HMAC             = "hmac-sha256"
	Signature        = "signature"
	StandardWebhooks = "standard-webhooks"
	IPAllowlist      = "ip-allowlist"
)

// The values that Algo, SignedMessage, SignatureFormat and Location take.
const (
	AlgoHMAC         = "hmac-sha256"
	AlgoECDSA        = "ecdsa-p256"
	Payload          = "payload"
	TimestampPayload = "timestamp-payload"
	Base64           = "base64"
	Hex              = "hex"
	InHeader         = "header"
	InQuery          = "query"
)

// Defaults and bounds.
const (
	Tolerance           = 300 * time.Second // how far a timestamp may be off, either way
	DefaultAPIKeyHeader = "X-API-Key"
	DefaultAPIKeyParam  = "api_key"
	StripeHeader        = "Stripe-Signature"
	MaxSecrets          = 4 // live at once, for rotation
)

// Scheme is how deliveries to one door prove where they come from. The zero
// value of a field means its default; the zero Scheme is not usable.
type Scheme struct {
	Type            string
	SecretRef       string         // slot of the shared secret
	PublicKeyRef    string         // slot of the public key: ecdsa-p256
	Header          string         // api-key, hmac-sha256
	Location        string         // api-key: InHeader (default) or InQuery
	Param           string         // api-key in the query
	Username        string         // basic
	Algo            string         // signature: AlgoHMAC (default) or AlgoECDSA
	SignatureHeader string         // signature
	TimestampHeader string         // signature
	SignedMessage   string         // signature: Payload (default) or TimestampPayload
	SignatureFormat string         // signature: Base64 (default) or Hex
	SignaturePrefix string         // signature: what stands before the encoded signature
	MaxSkew         time.Duration  // signature: default Tolerance
	Allow           []netip.Prefix // ip-allowlist
}

// Slot names the slot whose values verify deliveries, or "" for a scheme that needs none.
func (s Scheme) Slot() string {
	switch s.Type {
	case None, IPAllowlist:
		return ""
	case Signature:
		if s.algo() == AlgoECDSA {
			return s.PublicKeyRef
		}
	}
	return s.SecretRef
}

// KeyParam names the query parameter that carries the key, or is "".
func (s Scheme) KeyParam() string {
	if s.Type != APIKey || s.Location != InQuery {
		return ""
	}
	return or(s.Param, DefaultAPIKeyParam)
}

// Stripe tells whether the scheme is Stripe's own.
func (s Scheme) Stripe() bool {
	return s.Type == HMAC && strings.EqualFold(s.Header, StripeHeader)
}

// Check says what is missing or contradictory, naming the field as a flow spells it.
func (s Scheme) Check() error {
	switch s.Type {
	case None:
		return nil
	case IPAllowlist:
		if len(s.Allow) == 0 {
			return errors.New(":ip-allowlist needs :allow, addresses or CIDR ranges")
		}
		return nil
	case APIKey:
		return errors.Join(s.need("secret-ref", s.SecretRef), oneOf("location", s.Location, InHeader, InQuery))
	case Bearer, StandardWebhooks:
		return s.need("secret-ref", s.SecretRef)
	case Basic:
		if strings.Contains(s.Username, ":") {
			return errors.New(":basic :username must not contain a colon")
		}
		return errors.Join(s.need("username", s.Username), s.need("secret-ref", s.SecretRef))
	case HMAC:
		return errors.Join(s.need("header", s.Header), s.need("secret-ref", s.SecretRef))
	case Signature:
		return s.checkSignature()
	default:
		return fmt.Errorf("unknown :auth type %q", s.Type)
	}
}

func (s Scheme) checkSignature() error {
	errs := []error{
		s.need("signature-header", s.SignatureHeader),
		oneOf("algo", s.Algo, AlgoHMAC, AlgoECDSA),
		oneOf("signed-message", s.SignedMessage, Payload, TimestampPayload),
		oneOf("signature-format", s.SignatureFormat, Base64, Hex),
	}
	if s.algo() == AlgoECDSA {
		errs = append(errs, s.need("public-key-ref", s.PublicKeyRef))
	} else {
		errs = append(errs, s.need("secret-ref", s.SecretRef))
	}
	if s.SignedMessage == TimestampPayload {
		errs = append(errs, s.need("timestamp-header", s.TimestampHeader))
	}
	if s.MaxSkew < 0 {
		errs = append(errs, errors.New(":timestamp-max-skew-ms must not be negative"))
	}
	return errors.Join(errs...)
}

func (s Scheme) need(field, got string) error {
	if got == "" {
		return fmt.Errorf(":%s needs :%s", s.Type, field)
	}
	return nil
}

func oneOf(field, got string, allowed ...string) error {
	if got == "" {
		return nil
	}
	for _, a := range allowed {
		if got == a {
			return nil
		}
	}
	return fmt.Errorf(":%s must be one of :%s", field, strings.Join(allowed, " :"))
}

func (s Scheme) algo() string { return or(s.Algo, AlgoHMAC) }

func or(got, otherwise string) string {
	if got == "" {
		return otherwise
	}
	return got
}
