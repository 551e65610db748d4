package gateway

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"google.golang.org/protobuf/encoding/protojson"

	"github.com/weir-run/weir/worker/payload"
)

const (
	codecToken = "codec-token-0123456789"
	webUI      = "https://temporal.example.com"
)

// codec is a gateway whose codec has a key.
func codec(t *testing.T) *bundle {
	t.Helper()
	b := setup(t)
	keys, err := payload.ParseKeys("k:" + base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{9}, 32)))
	require.NoError(t, err)
	way, err := payload.NewWay(nil, keys)
	require.NoError(t, err)
	h, err := way.Handler()
	require.NoError(t, err)
	b.server.codec = Codec{Handler: h, Token: codecToken, Origins: []string{webUI}}
	b.handler = b.server.Handler()
	return b
}

func (b *bundle) ask(method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	return w
}

const plainPayloads = `{"payloads":[{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"eyJhIjoxfQ=="}]}`

func TestTheCodecDecodesForThoseWithItsToken(t *testing.T) {
	t.Parallel()
	b := codec(t)
	w := b.ask(http.MethodPost, "/codec/encode", plainPayloads, "Authorization", "Bearer "+codecToken)
	require.Equal(t, http.StatusOK, w.Code)
	sealed := w.Body.String()
	require.NotContains(t, sealed, "eyJhIjoxfQ")
	for _, path := range []string{"/codec/decode", "/codec/" + codecToken + "/decode"} {
		w := b.ask(http.MethodPost, path, sealed, "Authorization", "Bearer "+codecToken)
		require.Equal(t, http.StatusOK, w.Code)
		require.Equal(t, "no-store", w.Header().Get("Cache-Control"))
		var got, want commonpb.Payloads
		require.NoError(t, protojson.Unmarshal(w.Body.Bytes(), &got))
		require.NoError(t, protojson.Unmarshal([]byte(plainPayloads), &want))
		require.Equal(t, want.Payloads[0].Data, got.Payloads[0].Data)
	}
	require.NotContains(t, b.log.String(), codecToken)
}

func TestTheCodecRefusesOthers(t *testing.T) {
	t.Parallel()
	b := codec(t)
	for name, c := range map[string]struct {
		path, token, origin string
		status              int
	}{
		"no token":        {"/codec/decode", "", "", http.StatusUnauthorized},
		"another token":   {"/codec/decode", "Bearer " + apiToken, "", http.StatusUnauthorized},
		"a basic one":     {"/codec/decode", "Basic " + codecToken, "", http.StatusUnauthorized},
		"in the address":  {"/codec/codec-token-0123456788/decode", "", "", http.StatusUnauthorized},
		"another origin":  {"/codec/" + codecToken + "/decode", "", "https://evil.example.com", http.StatusForbidden},
		"an unknown verb": {"/codec/" + codecToken + "/drop", "", "", http.StatusNotFound},
	} {
		headers := []string{}
		if c.token != "" {
			headers = append(headers, "Authorization", c.token)
		}
		if c.origin != "" {
			headers = append(headers, "Origin", c.origin)
		}
		w := b.ask(http.MethodPost, c.path, plainPayloads, headers...)
		require.Equal(t, c.status, w.Code, name)
		require.NotContains(t, w.Body.String(), "eyJhIjoxfQ", name)
		require.Empty(t, w.Header().Get("Access-Control-Allow-Origin"), name)
	}
	w := b.ask(http.MethodPost, "/codec/decode", strings.Repeat("x", MaxCodecBody+1), "Authorization", "Bearer "+codecToken)
	require.Equal(t, http.StatusBadRequest, w.Code)
	b.server.codec.Token = ""
	b.handler = b.server.Handler()
	require.Equal(t, http.StatusNotFound, b.ask(http.MethodPost, "/codec/decode", plainPayloads).Code, "without a token there is no endpoint")
}

func TestPagesOfTheWebUIMayAsk(t *testing.T) {
	t.Parallel()
	b := codec(t)
	w := b.ask(http.MethodOptions, "/codec/"+codecToken+"/decode", "", "Origin", webUI, "Access-Control-Request-Method", "POST",
		"Access-Control-Request-Headers", "content-type,x-namespace,authorization")
	require.Equal(t, http.StatusNoContent, w.Code)
	require.Equal(t, webUI, w.Header().Get("Access-Control-Allow-Origin"))
	require.Contains(t, w.Header().Get("Access-Control-Allow-Headers"), "X-Namespace")
	w = b.ask(http.MethodPost, "/codec/"+codecToken+"/decode", plainPayloads, "Origin", webUI)
	require.Equal(t, http.StatusOK, w.Code)
	require.Equal(t, webUI, w.Header().Get("Access-Control-Allow-Origin"))
	w = b.ask(http.MethodOptions, "/codec/"+codecToken+"/decode", "", "Origin", "https://evil.example.com")
	require.Empty(t, w.Header().Get("Access-Control-Allow-Origin"))
}
