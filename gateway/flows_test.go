package gateway

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/gateway/signature"
)

// deployed puts a flow's text behind the gateway, bound to the signing secret.
func (b *bundle) deployed(t *testing.T, text string) *definition.Flow {
	t.Helper()
	f, problems := definition.Parse("flow.edn", []byte(text))
	require.NoError(t, problems.Err())
	b.flows[f.Slug] = f
	return f
}

const flowFrame = `
 :concurrency {:type :singleton :on-new-version :supersede}
 :requires [{:slot :signing :type :secret}]
 :flow '(let [input (flow/input)] input)}`

// TestBothGenerationsOpenTheSameDoor goes from a flow's text to an accepted delivery.
func TestBothGenerationsOpenTheSameDoor(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"current": `{:slug :hooked :invocations {:default {:inputs [{:name :order-id :type :text :required true}]}}
 :interfaces {:webhook [{:id :order-updated :event-name "orders.updated" :auth {:type :hmac-sha256 :header "Stripe-Signature" :secret-ref :signing}}]}` + flowFrame,
		"older": `{:slug :hooked
 :triggers [{:type :event :label "Updated" :enabled true
             :config {:source :webhook :event-name "orders.updated" :auth {:type :hmac-sha256 :header "Stripe-Signature" :secret-ref :signing}
                      :fields [{:name :order-id :type :text :required true}]}}]` + flowFrame,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			b.deployed(t, text)
			const body = `{"id":"evt_1","order-id":"o-1"}`
			path := "/hooks/hooked/orders.updated"
			require.Equal(t, http.StatusUnauthorized, b.send(http.MethodPost, path, body).Code)
			require.Equal(t, http.StatusAccepted, b.send(http.MethodPost, path, body, "Stripe-Signature", stripeHeader(body, testNow)).Code)
			require.Equal(t, "hooked", b.runs.starts()[0].Slug)
		})
	}
}

// TestEveryAuthOfAFlowIsUsable: what definition lets through, signature takes.
func TestEveryAuthOfAFlowIsUsable(t *testing.T) {
	t.Parallel()
	for _, auth := range []string{
		`{:type :none}`,
		`{:type :bearer :secret-ref :signing}`,
		`{:type :basic :username "ann" :secret-ref :signing}`,
		`{:type :api-key :secret-ref :signing}`,
		`{:type :api-key :secret-ref :signing :location :query :param "k"}`,
		`{:type :hmac-sha256 :header "X-Hub-Signature-256" :secret-ref :signing :delivery-id-header "X-Event"}`,
		`{:type :signature :secret-ref :signing :signature-header "X-Sig" :timestamp-header "X-Time" :signed-message :timestamp-payload
		  :signature-format :hex :signature-prefix "v1=" :timestamp-max-skew-ms 1000}`,
		`{:type :signature :algo :ecdsa-p256 :public-key-ref :signing :signature-header "X-Sig"}`,
		`{:type :standard-webhooks :secret-ref :signing}`,
		`{:type :ip-allowlist :allow ["203.0.113.7" "10.0.0.0/8"]}`,
	} {
		b := setup(t)
		f := b.deployed(t, `{:slug :hooked :interfaces {:webhook [{:id :e :auth `+auth+`}]}`+flowFrame)
		scheme := SchemeOf(f.Webhook.Auth)
		require.NoError(t, scheme.Check(), auth)
		if scheme.Type != signature.None && scheme.Type != signature.IPAllowlist {
			require.Equal(t, "signing", scheme.Slot(), auth)
		}
	}
}
