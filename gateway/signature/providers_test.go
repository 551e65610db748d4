package signature_test

import (
	"encoding/json"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/gateway/signature"
)

// providers are the schemes by which a flow takes what those providers send.
var providers = map[string]signature.Scheme{
	"stripe":            stripe,
	"standard-webhooks": standard,
	"github":            plain,
	"sendgrid": {
		Type: signature.Signature, Algo: signature.AlgoECDSA, PublicKeyRef: "p", SignedMessage: signature.TimestampPayload,
		SignatureHeader: "X-Twilio-Email-Event-Webhook-Signature", TimestampHeader: "X-Twilio-Email-Event-Webhook-Timestamp",
	},
}

// recorded is a delivery and what the provider's own library says of it; testdata/providers makes them.
type recorded struct {
	Name, Provider, Secret string
	Headers                http.Header
	Body                   []byte
	At                     int64
	Genuine                bool
}

func (r recorded) judge(secrets ...string) error {
	var live [][]byte
	for _, s := range secrets {
		live = append(live, []byte(s))
	}
	return providers[r.Provider].Verify(&signature.Request{Header: r.Headers, Body: r.Body}, live, time.Unix(r.At, 0))
}

func recordings(t *testing.T) []recorded {
	t.Helper()
	text, err := os.ReadFile("testdata/providers.json")
	require.NoError(t, err)
	var all []recorded
	require.NoError(t, json.Unmarshal(text, &all))
	require.Greater(t, len(all), 150)
	return all
}

// TestProvidersLibrariesAgree: what Stripe's, GitHub's, SendGrid's and the Standard Webhooks libraries take is taken, and nothing else.
func TestProvidersLibrariesAgree(t *testing.T) {
	t.Parallel()
	genuine := map[string]int{}
	for _, r := range recordings(t) {
		t.Run(r.Provider+"/"+r.Name, func(t *testing.T) {
			err := r.judge(r.Secret)
			if r.Genuine {
				genuine[r.Provider]++
				require.NoError(t, err)
			} else {
				require.ErrorIs(t, err, signature.ErrRefused)
			}
		})
	}
	for name := range providers {
		require.GreaterOrEqual(t, genuine[name], 7, name)
	}
}

// TestProvidersRotateTheirSecrets: the old and the new secret are live together, in either order, and no third.
func TestProvidersRotateTheirSecrets(t *testing.T) {
	t.Parallel()
	others := map[string]string{}
	all := recordings(t)
	for _, r := range all {
		if r.Name == "judged with another secret" {
			others[r.Provider] = r.Secret
		}
	}
	for _, r := range all {
		if !r.Genuine {
			continue
		}
		other := others[r.Provider]
		require.NoError(t, r.judge(r.Secret, other), r.Name)
		require.NoError(t, r.judge(other, r.Secret), r.Name)
		require.ErrorIs(t, r.judge(other), signature.ErrRefused, r.Name)
		require.ErrorIs(t, r.judge(other, other), signature.ErrRefused, r.Name)
	}
}

// TestEverySchemeRotates: whichever of two live secrets a delivery was signed with, it is taken; with a third, it isn't.
func TestEverySchemeRotates(t *testing.T) {
	t.Parallel()
	const old, fresh, third = "whsec_b2xkIG9sZCBvbGQ=", "whsec_bmV3IG5ldyBuZXc=", "whsec_dGhpcmQgdGhpcmQ="
	for name, scheme := range map[string]signature.Scheme{
		"stripe": stripe, "hmac": plain, "bearer": bearer, "basic": basic, "api key": apiKey, "api key in query": queryKey,
		"standard webhooks": standard, "signature": custom, "signature with timestamp": stamped,
	} {
		for signer, taken := range map[string]bool{old: true, fresh: true, third: false} {
			r := &signature.Request{Body: []byte(body)}
			require.NoError(t, scheme.Sign(r, []byte(signer), "msg_1", now))
			err := scheme.Verify(r, [][]byte{[]byte(fresh), []byte(old)}, now)
			if taken {
				require.NoError(t, err, name)
			} else {
				require.ErrorIs(t, err, signature.ErrRefused, name)
			}
		}
	}
	oldPrivate, oldPublic := keyPair(t)
	freshPrivate, freshPublic := keyPair(t)
	thirdPrivate, _ := keyPair(t)
	for _, c := range []struct {
		private string
		taken   bool
	}{{string(oldPrivate), true}, {string(freshPrivate), true}, {string(thirdPrivate), false}} {
		r := &signature.Request{Body: []byte(body)}
		require.NoError(t, curve.Sign(r, []byte(c.private), "", now))
		err := curve.Verify(r, [][]byte{[]byte(freshPublic), []byte(oldPublic)}, now)
		require.Equal(t, c.taken, err == nil, err)
	}
}
