package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v82/webhook"
)

const hookedFlow = `{:slug :hooked :concurrency {:type :singleton :on-new-version :supersede} :requires [{:slot :signing :type :secret}]
 :interfaces {:webhook [{:id :updated :auth {:type :hmac-sha256 :header "Stripe-Signature" :secret-ref :signing}}]}
 :flow '(flow/input)}`

// hooked writes a flow with a webhook, bound if bindings isn't "".
func hooked(t *testing.T, bindings string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "hooked.edn"), []byte(hookedFlow), 0o600))
	if bindings != "" {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "bindings.edn"), []byte(bindings), 0o600))
	}
	return dir
}

// received is a server that keeps what it was sent and answers with a status.
func received(t *testing.T, status int) (*httptest.Server, func() (*http.Request, []byte)) {
	t.Helper()
	var request *http.Request
	var body []byte
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request = r
		body, _ = io.ReadAll(r.Body)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"decision":"started"}`)
	}))
	t.Cleanup(srv.Close)
	return srv, func() (*http.Request, []byte) { return request, body }
}

func TestWebhookSendSignsAsStripeDoes(t *testing.T) {
	srv, last := received(t, http.StatusAccepted)
	dir := hooked(t, `{:signing {:secret "whsec_bound"}}`)
	file := filepath.Join(dir, "body.json")
	require.NoError(t, os.WriteFile(file, []byte(`{"id":"evt_1", "a": 1}`), 0o600))
	code, out, errs := weir("webhook", "send", dir, "--url", srv.URL, "--body", "@"+file)
	require.Equal(t, exitDone, code, errs)
	require.Equal(t, `{"decision":"started"}`, out)
	require.Contains(t, errs, "202")
	r, body := last()
	require.Equal(t, "/hooks/hooked/updated", r.URL.Path)
	require.Equal(t, `{"id":"evt_1", "a": 1}`, string(body), "sent as it is")
	require.NoError(t, webhook.ValidatePayload(body, r.Header.Get("Stripe-Signature"), "whsec_bound"))
	require.NotContains(t, out+errs, "whsec_bound")
}

func TestWebhookSendUsesWhatDevMakesUp(t *testing.T) {
	srv, last := received(t, http.StatusAccepted)
	dir := hooked(t, "")
	code, _, errs := weir("webhook", "send", dir, "--url", srv.URL)
	require.Equal(t, exitUsage, code)
	require.Contains(t, errs, "signing")
	code, _, errs = weir("webhook", "send", dir, "--url", srv.URL, "--dev")
	require.Equal(t, exitDone, code, errs)
	r, body := last()
	require.NoError(t, webhook.ValidatePayload(body, r.Header.Get("Stripe-Signature"), "dev-signing"))
}

func TestWebhookSendTellsWhatWentWrong(t *testing.T) {
	srv, _ := received(t, http.StatusUnauthorized)
	dir := hooked(t, `{:signing {:secret "whsec_bound"}}`)
	code, out, errs := weir("webhook", "send", dir, "--url", srv.URL)
	require.Equal(t, exitFailed, code)
	require.Contains(t, out, "decision")
	require.Contains(t, errs, "401")

	t.Setenv("WEIR_PUBLIC_URL", "")
	for name, args := range map[string][]string{
		"no URL":      {dir},
		"odd URL":     {dir, "--url", "gateway"},
		"no file":     {dir, "--url", srv.URL, "--body", "@" + dir + "/none.json"},
		"no bindings": {dir, "--url", srv.URL, "--bindings", dir + "/none.edn"},
		"no flow":     {"--url", srv.URL},
	} {
		code, _, _ := weir(append([]string{"webhook", "send"}, args...)...)
		require.Equal(t, exitUsage, code, name)
	}
}
