package signature_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v82/webhook"
	"pgregory.net/rapid"

	"github.com/weir-run/weir/gateway/signature"
)

var now = time.Unix(at, 0)

// TestStripeGoDeliveries has Stripe's own library make deliveries, and judge ours.
func TestStripeGoDeliveries(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		payload := rapid.SliceOfN(rapid.Byte(), 1, 200).Draw(t, "payload")
		key := rapid.StringMatching(`whsec_[a-zA-Z0-9]{8,40}`).Draw(t, "secret")
		offset := rapid.IntRange(-600, 600).Draw(t, "offset")
		signed := webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{
			Payload: payload, Secret: key, Timestamp: now.Add(time.Duration(offset) * time.Second),
		})
		r := &signature.Request{Header: http.Header{"Stripe-Signature": {signed.Header}}, Body: signed.Payload}
		err := stripe.Verify(r, [][]byte{[]byte(key)}, now)
		require.Equal(t, offset >= -300 && offset <= 300, err == nil)

		at := rapid.IntRange(0, len(payload)-1).Draw(t, "byte")
		r.Body[at] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		require.ErrorIs(t, stripe.Verify(r, [][]byte{[]byte(key)}, now), signature.ErrRefused)
	})
	mine := &signature.Request{Body: []byte(body)}
	require.NoError(t, stripe.Sign(mine, []byte(secret), "", time.Now()))
	require.NoError(t, webhook.ValidatePayload(mine.Body, mine.Header.Get("Stripe-Signature"), secret))
}

// TestSignedDeliveriesVerify: for every scheme, what Sign makes Verify takes, and not with one bit of the body changed.
func TestSignedDeliveriesVerify(t *testing.T) {
	t.Parallel()
	private, public := keyPair(t)
	schemes := map[string]struct {
		scheme         signature.Scheme
		sign, verify   string
		coversTheBody  bool
		ignoresSecrets bool
	}{
		"none":             {scheme: signature.Scheme{Type: signature.None}, ignoresSecrets: true},
		"ip-allowlist":     {scheme: allowlist, ignoresSecrets: true},
		"api-key":          {scheme: apiKey},
		"api-key in query": {scheme: queryKey},
		"bearer":           {scheme: bearer},
		"basic":            {scheme: basic},
		"stripe":           {scheme: stripe, coversTheBody: true},
		"hmac":             {scheme: plain, coversTheBody: true},
		"standard":         {scheme: standard, sign: svixKey, verify: svixKey, coversTheBody: true},
		"custom":           {scheme: custom, coversTheBody: true},
		"stamped":          {scheme: stamped, coversTheBody: true},
		"prefixed hex": {scheme: with(stamped, func(s *signature.Scheme) {
			s.SignatureFormat, s.SignaturePrefix = signature.Hex, "v0="
		}), coversTheBody: true},
		"ecdsa":                   {scheme: curve, sign: private, verify: public, coversTheBody: true},
		"ecdsa without timestamp": {scheme: with(curve, func(s *signature.Scheme) { s.TimestampHeader, s.SignedMessage = "", "" }), sign: private, verify: public, coversTheBody: true},
	}
	for name, c := range schemes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &signature.Request{Body: []byte(body), Remote: netip.MustParseAddr("203.0.113.9")}
			require.NoError(t, c.scheme.Sign(r, []byte(or(c.sign, secret)), "msg_1", now))
			secrets := [][]byte{[]byte(or(c.verify, secret))}
			require.NoError(t, c.scheme.Verify(r, secrets, now))
			if !c.ignoresSecrets {
				require.ErrorIs(t, c.scheme.Verify(r, nil, now), signature.ErrUnusable)
			}
			r.Body[3] ^= 1
			if c.coversTheBody {
				require.ErrorIs(t, c.scheme.Verify(r, secrets, now), signature.ErrRefused)
			} else {
				require.NoError(t, c.scheme.Verify(r, secrets, now))
			}
		})
	}
}

func TestSignNeedsAUsableSecret(t *testing.T) {
	t.Parallel()
	public, _ := keyPair(t)
	for name, c := range map[string]struct {
		scheme signature.Scheme
		secret string
	}{
		"empty":              {stripe, ""},
		"not PEM":            {curve, "hello"},
		"PEM but no key":     {curve, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"},
		"standard no base64": {standard, "whsec_###"},
		"unfinished scheme":  {signature.Scheme{Type: signature.Bearer}, public},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.ErrorIs(t, c.scheme.Sign(&signature.Request{}, []byte(c.secret), "", now), signature.ErrUnusable)
		})
	}
}

func TestCheckNamesTheField(t *testing.T) {
	t.Parallel()
	for want, s := range map[string]signature.Scheme{
		":secret-ref":            {Type: signature.Bearer},
		":username":              {Type: signature.Basic, SecretRef: "s"},
		":header":                {Type: signature.HMAC, SecretRef: "s"},
		":signature-header":      {Type: signature.Signature, SecretRef: "s"},
		":timestamp-header":      {Type: signature.Signature, SecretRef: "s", SignatureHeader: "X", SignedMessage: signature.TimestampPayload},
		":public-key-ref":        {Type: signature.Signature, Algo: signature.AlgoECDSA, SignatureHeader: "X"},
		":timestamp-max-skew-ms": {Type: signature.Signature, SecretRef: "s", SignatureHeader: "X", MaxSkew: -1},
		":algo":                  {Type: signature.Signature, SecretRef: "s", SignatureHeader: "X", Algo: "rsa"},
		":signed-message":        {Type: signature.Signature, SecretRef: "s", SignatureHeader: "X", SignedMessage: "url"},
		":signature-format":      {Type: signature.Signature, SecretRef: "s", SignatureHeader: "X", SignatureFormat: "base32"},
		":location":              {Type: signature.APIKey, SecretRef: "s", Location: "body"},
		":allow":                 {Type: signature.IPAllowlist},
		"magic":                  {Type: "magic"},
	} {
		require.ErrorContains(t, s.Check(), want)
	}
	for _, s := range []signature.Scheme{stripe, plain, bearer, basic, apiKey, queryKey, standard, allowlist, custom, stamped, curve, {Type: signature.None}} {
		require.NoError(t, s.Check())
	}
}

func TestSlotIsTheOneThatVerifies(t *testing.T) {
	t.Parallel()
	require.Equal(t, "s", stripe.Slot())
	require.Equal(t, "s", custom.Slot())
	require.Equal(t, "p", curve.Slot())
	require.Empty(t, allowlist.Slot())
}

func keyPair(t *testing.T) (private, public string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	der, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	pub, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	require.NoError(t, err)
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})),
		string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: pub}))
}

func FuzzVerifyNeverPanicsNorTakesGuesses(f *testing.F) {
	f.Add("t=1760000000,v1="+otherMAC, []byte(body))
	f.Add("sha256="+otherMAC, []byte{})
	f.Add("v1,AAAA v1,", []byte("x"))
	f.Fuzz(func(t *testing.T, header string, payload []byte) {
		h := http.Header{}
		for _, name := range []string{"Stripe-Signature", "X-Hub-Signature-256", "Authorization", "X-Api-Key", "X-Sig", "Webhook-Id", "Webhook-Signature"} {
			h.Set(name, header)
		}
		h.Set("X-Time", "1760000000")
		h.Set("Webhook-Timestamp", "1760000000")
		r := &signature.Request{Header: h, Body: payload}
		for _, s := range []signature.Scheme{stripe, plain, basic, custom, stamped, standard} {
			require.ErrorIs(t, s.Verify(r, [][]byte{[]byte("d2VpciBmdXp6IHNlY3JldA==")}, now), signature.ErrRefused)
		}
	})
}
