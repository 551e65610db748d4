package signature

import (
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// Stripe's scheme: Stripe-Signature: t=SECONDS,v1=HEX[,v1=HEX...], each v1 the
// HMAC-SHA256 of "SECONDS.BODY". Other versions (v0) are passed over.

// verifyStripe takes the delivery if its one timestamp is fresh and any v1 matches.
func verifyStripe(r *Request, secrets [][]byte, now time.Time) error {
	header, err := single(r.Header, StripeHeader)
	if err != nil {
		return err
	}
	timestamp, candidates, err := parseStripe(header)
	if err != nil {
		return err
	}
	if err := freshSeconds(timestamp, now); err != nil {
		return err
	}
	if !signedBy(secrets, candidates, []byte(timestamp), []byte("."), r.Body) {
		return refused("no v1 signature matches")
	}
	return nil
}

func parseStripe(header string) (timestamp string, candidates [][]byte, err error) {
	for part := range strings.SplitSeq(header, ",") {
		key, text, ok := strings.Cut(part, "=")
		if !ok {
			return "", nil, refused("Stripe-Signature is malformed")
		}
		switch key {
		case "t":
			if timestamp != "" || text == "" {
				return "", nil, refused("Stripe-Signature needs exactly one t")
			}
			timestamp = text
		case "v1":
			if mac, err := hex.DecodeString(text); err == nil {
				candidates = append(candidates, mac)
			}
		}
	}
	if timestamp == "" {
		return "", nil, refused("Stripe-Signature needs exactly one t")
	}
	if len(candidates) == 0 {
		return "", nil, refused("Stripe-Signature holds no v1 signature")
	}
	return timestamp, candidates, nil
}

func signStripe(r *Request, secret []byte, now time.Time) {
	timestamp := strconv.FormatInt(now.Unix(), 10)
	mac := sum(secret, []byte(timestamp), []byte("."), r.Body)
	r.Header.Set(StripeHeader, "t="+timestamp+",v1="+hex.EncodeToString(mac))
}
