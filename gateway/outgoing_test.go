package gateway

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
)

// TestWhatWebhookSendMakesIsTaken, for every :auth, and deduplicated where the delivery has an id.
func TestWhatWebhookSendMakesIsTaken(t *testing.T) {
	t.Parallel()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	require.NoError(t, err)
	privatePEM := string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}))
	publicPEM := string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public}))

	for name, c := range map[string]struct {
		auth   definition.Auth
		bound  string
		secret string
		header string
	}{
		"none":         {auth: definition.Auth{Type: "none"}},
		"bearer":       {auth: definition.Auth{Type: "bearer", SecretRef: "s"}},
		"basic":        {auth: definition.Auth{Type: "basic", Username: "ann", SecretRef: "s"}},
		"api-key":      {auth: definition.Auth{Type: "api-key", SecretRef: "s"}},
		"in the query": {auth: definition.Auth{Type: "api-key", Location: "query", Param: "k", SecretRef: "s"}},
		"stripe":       {auth: definition.Auth{Type: "hmac-sha256", Header: "Stripe-Signature", SecretRef: "s"}},
		"github":       {auth: definition.Auth{Type: "hmac-sha256", Header: "X-Hub-Signature-256", SecretRef: "s"}, header: "X-GitHub-Delivery"},
		"standard":     {auth: definition.Auth{Type: "standard-webhooks", SecretRef: "s"}, bound: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"},
		"signature":    {auth: definition.Auth{Type: "signature", SignatureHeader: "X-Sig", TimestampHeader: "X-Time", SignedMessage: "timestamp-payload", SecretRef: "s"}},
		"ecdsa":        {auth: definition.Auth{Type: "signature", Algo: "ecdsa-p256", SignatureHeader: "X-Sig", PublicKeyRef: "s"}, bound: publicPEM, secret: privatePEM},
		"ip-allowlist": {auth: definition.Auth{Type: "ip-allowlist", Allow: []netip.Prefix{netip.MustParsePrefix("192.0.2.1/32")}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			bound := c.bound
			if bound == "" {
				bound = signingSecret
			}
			secret := c.secret
			if secret == "" {
				secret = bound
			}
			b.secrets["s"] = []string{bound}
			flow := b.flows["orders"]
			flow.Webhook.Auth, flow.Webhook.DeliveryIDHeader = c.auth, c.header
			for i, want := range []string{"started", "deduplicated"} {
				r, err := Outgoing{
					URL: "http://gateway.example.com", Secret: []byte(secret), Body: []byte(`{"id":"evt_1","order-id":"o-1"}`), ID: "d-1", At: testNow,
				}.Request(t.Context(), flow)
				require.NoError(t, err)
				require.Equal(t, hookPath, r.URL.Path)
				r.RemoteAddr = "192.0.2.1:4000"
				w := httptest.NewRecorder()
				b.handler.ServeHTTP(w, r)
				require.Equal(t, http.StatusAccepted, w.Code, w.Body.String())
				require.Equal(t, want, answerOf(t, w)["decision"], i)
			}
		})
	}
}

func TestDeliveriesThatCannotBeMade(t *testing.T) {
	t.Parallel()
	flow := orderFlow()
	good := Outgoing{URL: "http://g", Secret: []byte("s"), At: testNow}
	_, err := good.Request(t.Context(), &definition.Flow{Slug: "x"})
	require.ErrorContains(t, err, "has no webhook")
	_, err = Outgoing{URL: "g", Secret: []byte("s")}.Request(t.Context(), flow)
	require.ErrorContains(t, err, "http(s)://")
	_, err = Outgoing{URL: "http://g"}.Request(t.Context(), flow)
	require.ErrorContains(t, err, "empty secret")

	whole := good
	whole.URL = "https://elsewhere.example.com/base/hooks/orders/x?a=b"
	r, err := whole.Request(t.Context(), flow)
	require.NoError(t, err)
	require.Equal(t, whole.URL, r.URL.String())
}
