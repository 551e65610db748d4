package signature

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"time"
)

// ErrRefused is what every refusal of Verify wraps.
var ErrRefused = errors.New("delivery refused")

// ErrUnusable is what Verify wraps when the fault is on this side: a scheme
// that is incomplete or a secret that is missing or malformed. A sender is told
// the same as with ErrRefused; an operator should hear the difference.
var ErrUnusable = errors.New("webhook auth unusable")

// Request is what a delivery consists of, as far as its proof is concerned.
type Request struct {
	Header http.Header
	Query  url.Values
	Remote netip.Addr // the sender, behind trusted proxies
	Body   []byte     // as received
}

// Verify tells whether the delivery is genuine at the time now. Any one of the
// secrets may have made it. The error says which check failed and nothing more.
func (s Scheme) Verify(r *Request, secrets [][]byte, now time.Time) error {
	if err := s.Check(); err != nil {
		return unusable(err.Error())
	}
	if s.Slot() != "" {
		if err := checkSecrets(secrets); err != nil {
			return err
		}
	}
	switch s.Type {
	case None:
		return nil
	case IPAllowlist:
		return s.verifyAddress(r)
	case APIKey:
		return s.verifyAPIKey(r, secrets)
	case Bearer:
		return s.verifyBearer(r, secrets)
	case Basic:
		return s.verifyBasic(r, secrets)
	case HMAC:
		if s.Stripe() {
			return verifyStripe(r, secrets, now)
		}
		return s.verifyHMAC(r, secrets)
	case StandardWebhooks:
		return verifyStandard(r, secrets, now)
	default:
		return s.verifySignature(r, secrets, now)
	}
}

// Burn spends the time that verifying a body of that size by HMAC takes. A door
// that isn't there calls it, so that it answers no faster than one that is.
func Burn(body []byte) {
	mac := sum([]byte("no such door"), body)
	hmac.Equal(mac, mac)
}

func checkSecrets(secrets [][]byte) error {
	if len(secrets) == 0 {
		return unusable("the slot has no secret")
	}
	if len(secrets) > MaxSecrets {
		return unusable("the slot has too many secrets")
	}
	for _, secret := range secrets {
		if len(secret) == 0 {
			return unusable("the slot has an empty secret")
		}
	}
	return nil
}

// sum is the HMAC-SHA256 of the parts, one after the other.
func sum(key []byte, parts ...[]byte) []byte {
	mac := hmac.New(sha256.New, key)
	for _, p := range parts {
		mac.Write(p)
	}
	return mac.Sum(nil)
}

// signedBy tells whether any candidate is the HMAC of the message under any
// secret. It compares all pairs, whatever it finds on the way.
func signedBy(secrets, candidates [][]byte, message ...[]byte) bool {
	found := 0
	for _, secret := range secrets {
		want := sum(secret, message...)
		for _, c := range candidates {
			found |= subtle.ConstantTimeCompare(want, c)
		}
	}
	return found == 1
}

// sameText compares texts without telling by time how much agrees, length included.
func sameText(got []byte, wanted [][]byte) bool {
	g := sha256.Sum256(got)
	found := 0
	for _, w := range wanted {
		h := sha256.Sum256(w)
		found |= subtle.ConstantTimeCompare(g[:], h[:])
	}
	return found == 1
}

// single returns the header's value if it is there exactly once and not empty.
func single(h http.Header, name string) (string, error) {
	values := h.Values(name)
	switch {
	case len(values) == 0 || (len(values) == 1 && values[0] == ""):
		return "", refused(http.CanonicalHeaderKey(name) + " is missing")
	case len(values) > 1:
		return "", refused(http.CanonicalHeaderKey(name) + " is repeated")
	}
	return values[0], nil
}

// millisecondsFrom is where a timestamp stops being read as seconds: 1e11 s lies
// in the year 5138, 1e11 ms in 1973.
const millisecondsFrom = 100_000_000_000

// maxTimestampDigits keeps timestamps inside an int64 with room to spare.
const maxTimestampDigits = 15

// freshSeconds refuses a timestamp in seconds that is further than Tolerance from now, before or after.
func freshSeconds(text string, now time.Time) error {
	n, err := parseTimestamp(text)
	if err != nil {
		return err
	}
	return near(time.Unix(n, 0), Tolerance, now)
}

// freshEither is the same for seconds or milliseconds and any skew.
func freshEither(text string, skew time.Duration, now time.Time) error {
	n, err := parseTimestamp(text)
	if err != nil {
		return err
	}
	if n >= millisecondsFrom {
		return near(time.UnixMilli(n), skew, now)
	}
	return near(time.Unix(n, 0), skew, now)
}

func near(at time.Time, skew time.Duration, now time.Time) error {
	if off := now.Sub(at); off > skew || off < -skew {
		return refused("the timestamp is too far from now")
	}
	return nil
}

// parseTimestamp reads digits and nothing else: no sign, no space, no fraction.
func parseTimestamp(text string) (int64, error) {
	n, err := strconv.ParseUint(text, 10, 63)
	if err != nil || len(text) > maxTimestampDigits {
		return 0, refused("the timestamp is malformed")
	}
	return int64(n), nil
}

// problem is a sentinel with its reason.
type problem struct {
	kind   error
	reason string
}

func (p *problem) Error() string { return p.kind.Error() + ": " + p.reason }
func (p *problem) Unwrap() error { return p.kind }

func refused(reason string) error  { return &problem{ErrRefused, reason} }
func unusable(reason string) error { return &problem{ErrUnusable, reason} }
