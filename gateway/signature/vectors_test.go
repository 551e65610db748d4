package signature_test

import (
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/gateway/signature"
)

// The vectors are fixed texts made by other tools (Python's hmac, OpenSSL, the providers' documentation), for one moment.
const (
	at        = 1760000000
	body      = `{"id":"evt_1","order-id":"o-1"}`
	tampered  = `{"id":"evt_1","order-id":"o-2"}`
	secret    = "whsec_test_secret"
	stripeMAC = "aa486a75e5e134ad288ad51c76f645856d50237e3fe53de0775d7b81eedf46bf"
	hexMAC    = "7b05506e1cf884f561a34621a1ff518839ce1c09d963cbe9697afb48f2ec28b8"
	base64MAC = "ewVQbhz4hPVho0Yhof9RiDnOHAnZY8vpaXr7SPLsKLg="
	stampMAC  = "fX1WPoxwXJITGVtNn5wIZg7ufDHENAPU3gG9Zo6wTSw=" // over at + body
	otherMAC  = "bb486a75e5e134ad288ad51c76f645856d50237e3fe53de0775d7b81eedf46bf"
	ecdsaSig  = "MEYCIQC5iFFFUrYHXd2eosSXqD6XvcdC8bYQ/ZyQwG5pgFhm5gIhAL5x6qnB7j0ehybYqRElUvXDfudNkHjMB9wsAaLRAvNW"
	publicKey = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE72wFqgQVAvKksPHYz18FIXg7wFcI\noYXx4+TS4204SuB6iIlJQk902KmDw1hjr0l3VsEeS3+tm7ovS0U7TxzpRQ==\n-----END PUBLIC KEY-----\n"
	p384Key   = "-----BEGIN PUBLIC KEY-----\nMHYwEAYHKoZIzj0CAQYFK4EEACIDYgAECI4QEIR7D8h5VA/iK9LuE1I8E/MH59IB\ntBhg+NPJWSERByyBf0B1a3nN71vHDAASz0fJ4EbQWUGLswLPJVs27k36L64q0aZW\ngubdYu1QHwOb4BsCvIQzBag7CgxV1Q8Q\n-----END PUBLIC KEY-----\n"
	otherP256 = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEVHFllzIzCvLqx3tW978e8iG0DMBspO/O5/VM6zJvGhHbay8mcothvfjA3y/xzefBylMDpk3tkpJiVAMAUlg7KA=="
	svixAt    = 1614265330
	svixBody  = `{"test": 2432232314}`
	svixID    = "msg_p5jXN8AQM9LWM0D4loKWxJek"
	svixMAC   = "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
	svixKey   = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
)

var (
	stripe    = signature.Scheme{Type: signature.HMAC, Header: "Stripe-Signature", SecretRef: "s"}
	plain     = signature.Scheme{Type: signature.HMAC, Header: "X-Hub-Signature-256", SecretRef: "s"}
	bearer    = signature.Scheme{Type: signature.Bearer, SecretRef: "s"}
	basic     = signature.Scheme{Type: signature.Basic, Username: "ann", SecretRef: "s"}
	apiKey    = signature.Scheme{Type: signature.APIKey, SecretRef: "s"}
	queryKey  = signature.Scheme{Type: signature.APIKey, SecretRef: "s", Location: signature.InQuery, Param: "k"}
	standard  = signature.Scheme{Type: signature.StandardWebhooks, SecretRef: "s"}
	allowlist = signature.Scheme{Type: signature.IPAllowlist, Allow: []netip.Prefix{netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("2001:db8::7/128")}}
	custom    = signature.Scheme{Type: signature.Signature, SecretRef: "s", SignatureHeader: "X-Sig"}
	stamped   = signature.Scheme{Type: signature.Signature, SecretRef: "s", SignatureHeader: "X-Sig", TimestampHeader: "X-Time", SignedMessage: signature.TimestampPayload}
	curve     = signature.Scheme{Type: signature.Signature, Algo: signature.AlgoECDSA, PublicKeyRef: "p", SignatureHeader: "X-Sig", TimestampHeader: "X-Time", SignedMessage: signature.TimestampPayload}
)

// with is a scheme with some fields changed.
func with(s signature.Scheme, change func(*signature.Scheme)) signature.Scheme {
	change(&s)
	return s
}

type vector struct {
	name    string
	scheme  signature.Scheme
	body    string   // default: body
	headers []string // name, value, name, value, ...
	query   string
	remote  string
	secrets []string // default: secret
	now     int64    // default: at
	want    error    // nil, ErrRefused or ErrUnusable
}

func (v vector) judge() error {
	r := &signature.Request{Header: http.Header{}, Body: []byte(or(v.body, body))}
	for i := 0; i < len(v.headers); i += 2 {
		r.Header.Add(v.headers[i], v.headers[i+1])
	}
	r.Query, _ = url.ParseQuery(v.query)
	if v.remote != "" {
		r.Remote = netip.MustParseAddr(v.remote)
	}
	secrets := [][]byte{[]byte(secret)}
	if v.secrets != nil {
		secrets = nil
		for _, s := range v.secrets {
			secrets = append(secrets, []byte(s))
		}
	}
	if v.now == 0 {
		v.now = at
	}
	return v.scheme.Verify(r, secrets, time.Unix(v.now, 0))
}

func or(got, otherwise string) string {
	if got == "" {
		return otherwise
	}
	return got
}

func judgeAll(t *testing.T, vectors []vector) {
	t.Helper()
	for _, v := range vectors {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			err := v.judge()
			if v.want == nil {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, v.want)
			for _, leak := range append(v.secrets, secret, "evt_1", stripeMAC) {
				if len(leak) > len("whsec_") {
					require.NotContains(t, err.Error(), leak)
				}
			}
		})
	}
}

func ts(offset int) string { return "t=" + strconv.Itoa(at+offset) }

func TestStripeVectors(t *testing.T) {
	t.Parallel()
	no := signature.ErrRefused
	good := ts(0) + ",v1=" + stripeMAC
	h := func(value string) []string { return []string{"Stripe-Signature", value} }
	judgeAll(t, []vector{
		{name: "as sent", scheme: stripe, headers: h(good)},
		{name: "scheme's header in lower case", scheme: with(stripe, func(s *signature.Scheme) { s.Header = "stripe-signature" }), headers: h(good)},
		{name: "second v1 matches", scheme: stripe, headers: h(ts(0) + ",v1=" + otherMAC + ",v1=" + stripeMAC)},
		{name: "first v1 matches", scheme: stripe, headers: h(good + ",v1=" + otherMAC)},
		{name: "v0 beside it", scheme: stripe, headers: h(good + ",v0=" + otherMAC)},
		{name: "malformed v1 beside a good one", scheme: stripe, headers: h(ts(0) + ",v1=zz,v1=" + stripeMAC)},
		{name: "t after v1", scheme: stripe, headers: h("v1=" + stripeMAC + "," + ts(0))},
		{name: "300 s late", scheme: stripe, headers: h(good), now: at + 300},
		{name: "300 s early", scheme: stripe, headers: h(good), now: at - 300},
		{name: "second secret", scheme: stripe, headers: h(good), secrets: []string{"new", secret}},
		{name: "301 s late", scheme: stripe, headers: h(good), now: at + 301, want: no},
		{name: "301 s early", scheme: stripe, headers: h(good), now: at - 301, want: no},
		{name: "a byte changed", scheme: stripe, headers: h(good), body: tampered, want: no},
		{name: "a byte more", scheme: stripe, headers: h(good), body: body + "\n", want: no},
		{name: "empty body", scheme: stripe, headers: h(good), body: " ", want: no},
		{name: "other secret", scheme: stripe, headers: h(good), secrets: []string{"whsec_other"}, want: no},
		{name: "secret without its prefix", scheme: stripe, headers: h(good), secrets: []string{"test_secret"}, want: no},
		{name: "timestamp changed", scheme: stripe, headers: h(ts(1) + ",v1=" + stripeMAC), want: no},
		{name: "signature only as v0", scheme: stripe, headers: h(ts(0) + ",v0=" + stripeMAC), want: no},
		{name: "plain hex of the body", scheme: stripe, headers: h(hexMAC), want: no},
		{name: "plain sha256=hex of the body", scheme: stripe, headers: h("sha256=" + hexMAC), want: no},
		{name: "plain hex of the body as v1", scheme: stripe, headers: h(ts(0) + ",v1=" + hexMAC), want: no},
		{name: "no timestamp", scheme: stripe, headers: h("v1=" + stripeMAC), want: no},
		{name: "two timestamps", scheme: stripe, headers: h(good + "," + ts(0)), want: no},
		{name: "two headers merged", scheme: stripe, headers: h(good + "," + good), want: no},
		{name: "empty timestamp", scheme: stripe, headers: h("t=,v1=" + stripeMAC), want: no},
		{name: "timestamp with a sign", scheme: stripe, headers: h("t=+1760000000,v1=" + stripeMAC), want: no},
		{name: "timestamp with a fraction", scheme: stripe, headers: h("t=1760000000.0,v1=" + stripeMAC), want: no},
		{name: "timestamp in hex", scheme: stripe, headers: h("t=0x68e77800,v1=" + stripeMAC), want: no},
		{name: "timestamp in milliseconds", scheme: stripe, headers: h("t=1760000000000,v1=" + stripeMAC), want: no},
		{name: "timestamp beyond int64", scheme: stripe, headers: h("t=99999999999999999999,v1=" + stripeMAC), want: no},
		{name: "truncated signature", scheme: stripe, headers: h(ts(0) + ",v1=" + stripeMAC[:62]), want: no},
		{name: "one digit short", scheme: stripe, headers: h(ts(0) + ",v1=" + stripeMAC[:63]), want: no},
		{name: "empty signature", scheme: stripe, headers: h(ts(0) + ",v1="), want: no},
		{name: "base64 signature", scheme: stripe, headers: h(ts(0) + ",v1=" + base64MAC), want: no},
		{name: "no signature", scheme: stripe, headers: h(ts(0)), want: no},
		{name: "part without a key", scheme: stripe, headers: h(good + ",junk"), want: no},
		{name: "empty header", scheme: stripe, headers: h(""), want: no},
		{name: "no header", scheme: stripe, want: no},
		{name: "header twice", scheme: stripe, headers: append(h(good), h(good)...), want: no},
		{name: "header twice, one bad", scheme: stripe, headers: append(h(good), h("t=1,v1=00")...), want: no},
		{name: "header twice, one empty", scheme: stripe, headers: append(h(good), h("")...), want: no},
		{name: "in another header", scheme: stripe, headers: []string{"X-Signature", good}, want: no},
		{name: "no secret", scheme: stripe, headers: h(good), secrets: []string{}, want: signature.ErrUnusable},
		{name: "empty secret", scheme: stripe, headers: h(good), secrets: []string{""}, want: signature.ErrUnusable},
		{name: "empty second secret", scheme: stripe, headers: h(good), secrets: []string{secret, ""}, want: signature.ErrUnusable},
		{name: "five secrets", scheme: stripe, headers: h(good), secrets: []string{secret, "b", "c", "d", "e"}, want: signature.ErrUnusable},
	})
}

func TestHMACVectors(t *testing.T) {
	t.Parallel()
	no := signature.ErrRefused
	h := func(value string) []string { return []string{"x-hub-signature-256", value} }
	judgeAll(t, []vector{
		{name: "github's documented example", scheme: plain, body: "Hello, World!", secrets: []string{"It's a Secret to Everybody"}, headers: h("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")},
		{name: "sha256= and hex", scheme: plain, headers: h("sha256=" + hexMAC)},
		{name: "hex", scheme: plain, headers: h(hexMAC)},
		{name: "hex in capitals", scheme: plain, headers: h(strings.ToUpper(hexMAC))},
		{name: "base64", scheme: plain, headers: h(base64MAC)},
		{name: "old secret", scheme: plain, headers: h(hexMAC), secrets: []string{"new", secret}},
		{name: "stripe's form in another header", scheme: plain, headers: h(ts(0) + ",v1=" + stripeMAC), want: no},
		{name: "a byte changed", scheme: plain, headers: h(hexMAC), body: tampered, want: no},
		{name: "other secret", scheme: plain, headers: h(hexMAC), secrets: []string{"x"}, want: no},
		{name: "sha1= prefix", scheme: plain, headers: h("sha1=" + hexMAC), want: no},
		{name: "sha256= and base64", scheme: plain, headers: h("sha256=" + base64MAC), want: no},
		{name: "prefix in capitals", scheme: plain, headers: h("SHA256=" + hexMAC), want: no},
		{name: "prefix alone", scheme: plain, headers: h("sha256="), want: no},
		{name: "truncated hex", scheme: plain, headers: h(hexMAC[:32]), want: no},
		{name: "truncated base64", scheme: plain, headers: h(base64MAC[:40]), want: no},
		{name: "base64 without padding", scheme: plain, headers: h(strings.TrimRight(base64MAC, "=")), want: no},
		{name: "base64 with other trailing bits", scheme: plain, headers: h(strings.Replace(base64MAC, "Lg=", "Lh=", 1)), want: no},
		{name: "leading space", scheme: plain, headers: h(" " + hexMAC), want: no},
		{name: "two merged", scheme: plain, headers: h(hexMAC + ", " + hexMAC), want: no},
		{name: "twice", scheme: plain, headers: append(h(hexMAC), h(hexMAC)...), want: no},
		{name: "empty", scheme: plain, headers: h(""), want: no},
		{name: "missing", scheme: plain, want: no},
		{name: "no header configured", scheme: with(plain, func(s *signature.Scheme) { s.Header = "" }), headers: h(hexMAC), want: signature.ErrUnusable},
	})
}

func TestConfiguredSignatureVectors(t *testing.T) {
	t.Parallel()
	no, unusable := signature.ErrRefused, signature.ErrUnusable
	now := strconv.Itoa(at)
	h := func(sig, stamp string) []string { return []string{"X-Sig", sig, "X-Time", stamp} }
	hexed := with(custom, func(s *signature.Scheme) { s.SignatureFormat, s.SignaturePrefix = signature.Hex, "v1:" })
	skew := with(stamped, func(s *signature.Scheme) { s.MaxSkew = 10 * time.Second })
	unsigned := with(stamped, func(s *signature.Scheme) { s.SignedMessage = signature.Payload })
	ms := "NdocbH4zhaILIBqiG8MRxFZvb3tTntxIRYuiOa4oygU="
	bareKey := strings.NewReplacer("-----BEGIN PUBLIC KEY-----", "", "-----END PUBLIC KEY-----", "", "\n", "").Replace(publicKey)
	judgeAll(t, []vector{
		{name: "base64 of the payload", scheme: custom, headers: []string{"X-Sig", base64MAC}},
		{name: "prefix and hex", scheme: hexed, headers: []string{"X-Sig", "v1:" + hexMAC}},
		{name: "timestamp and payload", scheme: stamped, headers: h(stampMAC, now)},
		{name: "timestamp in milliseconds", scheme: stamped, headers: h(ms, now+"123")},
		{name: "within its own skew", scheme: skew, headers: h(stampMAC, now), now: at + 10},
		{name: "timestamp checked though unsigned", scheme: unsigned, headers: h(base64MAC, now)},
		{name: "ecdsa by openssl", scheme: curve, headers: h(ecdsaSig, now), secrets: []string{publicKey}},
		{name: "ecdsa, key as bare base64", scheme: curve, headers: h(ecdsaSig, now), secrets: []string{bareKey}},
		{name: "ecdsa, second key", scheme: curve, headers: h(ecdsaSig, now), secrets: []string{otherP256, publicKey}},
		{name: "milliseconds, one changed", scheme: stamped, headers: h(ms, now+"124"), want: no},
		{name: "prefix missing", scheme: hexed, headers: []string{"X-Sig", hexMAC}, want: no},
		{name: "prefix where none belongs", scheme: custom, headers: []string{"X-Sig", "v1:" + base64MAC}, want: no},
		{name: "hex where base64 belongs", scheme: custom, headers: []string{"X-Sig", hexMAC}, want: no},
		{name: "base64 where hex belongs", scheme: hexed, headers: []string{"X-Sig", "v1:" + base64MAC}, want: no},
		{name: "prefix alone", scheme: hexed, headers: []string{"X-Sig", "v1:"}, want: no},
		{name: "payload signature where the timestamp belongs", scheme: stamped, headers: h(base64MAC, now), want: no},
		{name: "timestamp changed", scheme: stamped, headers: h(stampMAC, strconv.Itoa(at+1)), want: no},
		{name: "timestamp missing", scheme: stamped, headers: []string{"X-Sig", stampMAC}, want: no},
		{name: "timestamp twice", scheme: stamped, headers: append(h(stampMAC, now), "X-Time", now), want: no},
		{name: "signature twice", scheme: stamped, headers: append(h(stampMAC, now), "X-Sig", stampMAC), want: no},
		{name: "signature missing", scheme: stamped, headers: []string{"X-Time", now}, want: no},
		{name: "past its own skew", scheme: skew, headers: h(stampMAC, now), now: at + 11, want: no},
		{name: "before its own skew", scheme: skew, headers: h(stampMAC, now), now: at - 11, want: no},
		{name: "unsigned timestamp too old", scheme: unsigned, headers: h(base64MAC, "1000"), want: no},
		{name: "timestamp no number", scheme: stamped, headers: h(stampMAC, "Thu, 09 Oct 2025"), want: no},
		{name: "body changed", scheme: stamped, headers: h(stampMAC, now), body: tampered, want: no},
		{name: "byte moved from timestamp to body", scheme: stamped, headers: h(stampMAC, now[:9]), body: "0" + body, want: no},
		{name: "ecdsa, body changed", scheme: curve, headers: h(ecdsaSig, now), secrets: []string{publicKey}, body: tampered, want: no},
		{name: "ecdsa, timestamp changed", scheme: curve, headers: h(ecdsaSig, strconv.Itoa(at+1)), secrets: []string{publicKey}, want: no},
		{name: "ecdsa, signature truncated", scheme: curve, headers: h(ecdsaSig[:92], now), secrets: []string{publicKey}, want: no},
		{name: "ecdsa, hmac instead", scheme: curve, headers: h(stampMAC, now), secrets: []string{publicKey}, want: no},
		{name: "ecdsa, hmac keyed by the public key", scheme: curve, headers: h(keyedByPublicKey, now), secrets: []string{publicKey}, want: no},
		{name: "ecdsa, other key", scheme: curve, headers: h(ecdsaSig, now), secrets: []string{otherP256}, want: no},
		{name: "ecdsa, another curve", scheme: curve, headers: h(ecdsaSig, now), secrets: []string{p384Key}, want: unusable},
		{name: "ecdsa, key no key", scheme: curve, headers: h(ecdsaSig, now), secrets: []string{"hello"}, want: unusable},
		{name: "ecdsa, key empty", scheme: curve, headers: h(ecdsaSig, now), secrets: []string{""}, want: unusable},
		{name: "unknown algorithm", scheme: with(custom, func(s *signature.Scheme) { s.Algo = "hmac-sha1" }), headers: []string{"X-Sig", base64MAC}, want: unusable},
		{name: "unknown type", scheme: signature.Scheme{Type: "magic"}, want: unusable},
		{name: "zero scheme", scheme: signature.Scheme{}, want: unusable},
	})
}

// keyedByPublicKey is what a confused verifier would take: HMAC with the public key's text as its secret.
const keyedByPublicKey = "pkuK4AICB98OjgvzzyNQuLR6ZEmtTRfm4UnY1C6X9Ww="

func TestStandardWebhooksVectors(t *testing.T) {
	t.Parallel()
	no := signature.ErrRefused
	h := func(id, stamp, sig string) []string {
		return []string{"webhook-id", id, "webhook-timestamp", stamp, "webhook-signature", sig}
	}
	now, good := strconv.Itoa(svixAt), "v1,"+svixMAC
	rawKey := strings.TrimPrefix(svixKey, "whsec_")
	flipped, err := base64.StdEncoding.DecodeString(svixMAC)
	require.NoError(t, err)
	flipped[31] ^= 1
	bad := "v1," + base64.StdEncoding.EncodeToString(flipped)
	vectors := []vector{
		{name: "the specification's own", headers: h(svixID, now, good)},
		{name: "svix's names", headers: []string{"svix-id", svixID, "svix-timestamp", now, "svix-signature", good}},
		{name: "several signatures", headers: h(svixID, now, bad+" v1a,xyz "+good)},
		{name: "secret without whsec_", headers: h(svixID, now, good), secrets: []string{rawKey}},
		{name: "rotated secret", headers: h(svixID, now, good), secrets: []string{"whsec_AAAA", svixKey}},
		{name: "300 s late", headers: h(svixID, now, good), now: svixAt + 300},
		{name: "301 s late", headers: h(svixID, now, good), now: svixAt + 301, want: no},
		{name: "301 s early", headers: h(svixID, now, good), now: svixAt - 301, want: no},
		{name: "id changed", headers: h(svixID+"x", now, good), want: no},
		{name: "timestamp changed", headers: h(svixID, strconv.Itoa(svixAt+1), good), want: no},
		{name: "body changed", headers: h(svixID, now, good), body: `{"test": 2432232315}`, want: no},
		{name: "signature changed", headers: h(svixID, now, bad), want: no},
		{name: "version missing", headers: h(svixID, now, svixMAC), want: no},
		{name: "version 2", headers: h(svixID, now, "v2,"+svixMAC), want: no},
		{name: "hex", headers: h(svixID, now, "v1,"+hex.EncodeToString(flipped)), want: no},
		{name: "id missing", headers: h(svixID, now, good)[2:], want: no},
		{name: "id twice", headers: append(h(svixID, now, good), "webhook-id", svixID), want: no},
		{name: "signature twice", headers: append(h(svixID, now, good), "webhook-signature", good), want: no},
		{name: "both families", headers: append(h(svixID, now, good), "svix-id", "msg_other"), want: no},
		{name: "families mixed", headers: []string{"svix-id", svixID, "webhook-timestamp", now, "webhook-signature", good}, want: no},
		{name: "secret not base64", headers: h(svixID, now, good), secrets: []string{"whsec_###"}, want: signature.ErrUnusable},
		{name: "secret empty after its prefix", headers: h(svixID, now, good), secrets: []string{"whsec_"}, want: signature.ErrUnusable},
	}
	for i := range vectors {
		v := &vectors[i]
		v.scheme, v.body = standard, or(v.body, svixBody)
		if v.secrets == nil {
			v.secrets = []string{svixKey}
		}
		if v.now == 0 {
			v.now = svixAt
		}
	}
	judgeAll(t, vectors)
}

func TestCredentialVectors(t *testing.T) {
	t.Parallel()
	no := signature.ErrRefused
	h := func(value string) []string { return []string{"Authorization", value} }
	pair := func(s string) []string { return h("Basic " + base64.StdEncoding.EncodeToString([]byte(s))) }
	key := func(value string) []string { return []string{"X-Api-Key", value} }
	judgeAll(t, []vector{
		{name: "bearer", scheme: bearer, headers: h("Bearer " + secret)},
		{name: "bearer, scheme in lower case", scheme: bearer, headers: h("bearer " + secret)},
		{name: "bearer, rotated", scheme: bearer, headers: h("Bearer " + secret), secrets: []string{"new", secret}},
		{name: "bearer, other token", scheme: bearer, headers: h("Bearer other"), want: no},
		{name: "bearer, prefix of the token", scheme: bearer, headers: h("Bearer " + secret[:5]), want: no},
		{name: "bearer, more than the token", scheme: bearer, headers: h("Bearer " + secret + "x"), want: no},
		{name: "bearer, empty", scheme: bearer, headers: h("Bearer "), want: no},
		{name: "bearer, without the scheme", scheme: bearer, headers: h(secret), want: no},
		{name: "bearer, as basic", scheme: bearer, headers: h("Basic " + secret), want: no},
		{name: "bearer, missing", scheme: bearer, want: no},
		{name: "bearer, twice", scheme: bearer, headers: append(h("Bearer "+secret), h("Bearer "+secret)...), want: no},
		{name: "bearer and basic at once", scheme: bearer, headers: append(h("Bearer "+secret), pair("ann:"+secret)...), want: no},
		{name: "bearer, two merged", scheme: bearer, headers: h("Bearer " + secret + ", Bearer x"), want: no},
		{name: "bearer, in another header", scheme: bearer, headers: key(secret), want: no},
		{name: "bearer, empty secret and empty token", scheme: bearer, headers: h("Bearer "), secrets: []string{""}, want: signature.ErrUnusable},
		{name: "basic", scheme: basic, headers: pair("ann:" + secret)},
		{name: "basic, password with a colon", scheme: basic, headers: pair("ann:a:b"), secrets: []string{"a:b"}},
		{name: "basic, rotated", scheme: basic, headers: pair("ann:" + secret), secrets: []string{"new", secret}},
		{name: "basic, other user", scheme: basic, headers: pair("bob:" + secret), want: no},
		{name: "basic, user in capitals", scheme: basic, headers: pair("Ann:" + secret), want: no},
		{name: "basic, other password", scheme: basic, headers: pair("ann:x"), want: no},
		{name: "basic, no password", scheme: basic, headers: pair("ann"), want: no},
		{name: "basic, not base64", scheme: basic, headers: h("Basic ann:" + secret), want: no},
		{name: "basic, colon moved", scheme: basic, headers: pair("an:n" + secret), want: no},
		{name: "basic, twice", scheme: basic, headers: append(pair("ann:"+secret), pair("ann:"+secret)...), want: no},
		{name: "basic, user with a colon", scheme: with(basic, func(s *signature.Scheme) { s.Username = "a:b" }), headers: pair("a:b:" + secret), want: signature.ErrUnusable},
		{name: "api key", scheme: apiKey, headers: key(secret)},
		{name: "api key, own header", scheme: with(apiKey, func(s *signature.Scheme) { s.Header = "X-Token" }), headers: []string{"x-token", secret}},
		{name: "api key in the query", scheme: queryKey, query: "k=" + secret},
		{name: "api key in the query, default name", scheme: with(queryKey, func(s *signature.Scheme) { s.Param = "" }), query: "api_key=" + secret},
		{name: "api key, other", scheme: apiKey, headers: key("other"), want: no},
		{name: "api key, missing", scheme: apiKey, want: no},
		{name: "api key, twice", scheme: apiKey, headers: append(key(secret), key(secret)...), want: no},
		{name: "api key, twice, one wrong", scheme: apiKey, headers: append(key("wrong"), key(secret)...), want: no},
		{name: "api key, header where query belongs", scheme: queryKey, headers: key(secret), want: no},
		{name: "api key, query where header belongs", scheme: apiKey, query: "X-API-Key=" + secret, want: no},
		{name: "api key, parameter twice", scheme: queryKey, query: "k=" + secret + "&k=" + secret, want: no},
		{name: "api key, parameter empty", scheme: queryKey, query: "k=", want: no},
		{name: "api key, parameter in capitals", scheme: queryKey, query: "K=" + secret, want: no},
		{name: "api key, unknown location", scheme: with(apiKey, func(s *signature.Scheme) { s.Location = "cookie" }), headers: key(secret), want: signature.ErrUnusable},
	})
}

func TestAddressVectors(t *testing.T) {
	t.Parallel()
	no := signature.ErrRefused
	judgeAll(t, []vector{
		{name: "none", scheme: signature.Scheme{Type: signature.None}, secrets: []string{}},
		{name: "in the range", scheme: allowlist, remote: "203.0.113.200", secrets: []string{}},
		{name: "mapped into IPv6", scheme: allowlist, remote: "::ffff:203.0.113.1", secrets: []string{}},
		{name: "IPv6", scheme: allowlist, remote: "2001:db8::7"},
		{name: "IPv6 with a zone", scheme: allowlist, remote: "2001:db8::7%eth0"},
		{name: "outside", scheme: allowlist, remote: "203.0.114.1", want: no},
		{name: "IPv6 outside", scheme: allowlist, remote: "2001:db8::8", want: no},
		{name: "unknown", scheme: allowlist, want: no},
		{name: "claimed in a header", scheme: allowlist, remote: "198.51.100.1", headers: []string{"X-Forwarded-For", "203.0.113.1"}, want: no},
		{name: "empty list", scheme: signature.Scheme{Type: signature.IPAllowlist}, remote: "203.0.113.1", want: signature.ErrUnusable},
	})
}
