package gateway

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/gateway/access"
	"github.com/weir-run/weir/worker"
)

// tokened is an asking gateway with a tokens file; each of its tokens is named by what it may do.
func tokened(t *testing.T) (*bundle, map[string]string) {
	t.Helper()
	tokens, text := map[string]string{}, "{"
	for id, may := range map[string]string{
		"read": ":scopes [:read]", "start": ":scopes [:start]", "decide": ":scopes [:decide]", "operate": ":scopes [:operate]", "all": ":scopes [:read :start :decide :operate]",
		"orders": ":scopes [:read :start :decide :operate] :flows [:orders]", "other": ":scopes [:read :start :decide :operate] :flows [:other]",
	} {
		token, sum := access.Generate()
		tokens[id] = "Bearer " + token
		text += `"` + id + `" {:sha256 "` + sum + `" ` + may + `} `
	}
	file := filepath.Join(t.TempDir(), "tokens.edn")
	require.NoError(t, os.WriteFile(file, []byte(text+"}"), 0o600))
	b := pagesBundle(t, func(o *Options) { o.APITokens = file })
	return b, tokens
}

func TestTokensDoWhatTheirScopesSay(t *testing.T) {
	t.Parallel()
	b, tokens := tokened(t)
	const (
		start = `{"input":{"order-id":"o-1"}}`
		vote  = `{"key":"k","value":{"action":"approve"}}`
		move  = `{"key":"k","from":"ann","to":"dan"}`
	)
	for _, c := range []struct {
		method, path, body, scope string
		ok                        int
	}{
		{http.MethodGet, "/api/runs?flow=orders", "", "read", 200}, {http.MethodGet, "/api/waits?flow=orders", "", "read", 200},
		{http.MethodGet, "/api/queue?flow=orders", "", "read", 200}, {http.MethodGet, "/api/runs/orders/o-1", "", "read", 200},
		{http.MethodGet, "/api/runs/orders/o-1?recording", "", "read", 200}, {http.MethodPost, "/api/flows/orders/runs", start, "start", 202},
		{http.MethodPost, "/api/runs/orders/o-1/decide", vote, "decide", 200}, {http.MethodPost, "/api/runs/orders/o-1/cancel", "", "operate", 202},
		{http.MethodPost, "/api/runs/orders/o-1/reassign", move, "operate", 200},
	} {
		for id, token := range tokens {
			want := http.StatusForbidden
			switch id {
			case c.scope, "all", "orders":
				want = c.ok
			case "other":
				if c.path != "/api/flows/orders/runs" && c.path[:10] == "/api/runs/" {
					want = http.StatusNotFound // a run of another flow looks like none
				}
			}
			b.runs.decided, b.runs.waits = map[string]worker.Decided{}, []worker.Wait{{Key: "k", Approvers: []string{"ann"}}}
			w := b.send(c.method, c.path, c.body, "Authorization", token)
			require.Equal(t, want, w.Code, "%s %s by %s: %s", c.method, c.path, id, w.Body)
		}
	}
	for _, path := range []string{"/api/runs", "/api/waits", "/api/runs?flow=other"} {
		require.Equal(t, http.StatusForbidden, b.send(http.MethodGet, path, "", "Authorization", tokens["orders"]).Code, "%s shows other flows, too", path)
		require.Equal(t, http.StatusOK, b.send(http.MethodGet, path, "", "Authorization", tokens["read"]).Code)
	}
	require.Equal(t, http.StatusForbidden, b.send(http.MethodPost, "/api/flows/other/runs", start, "Authorization", tokens["orders"]).Code)
	require.Contains(t, b.log.String(), `"token":"orders"`)
	for _, token := range tokens {
		require.NotContains(t, b.log.String(), token[len("Bearer "):])
	}
}

// TestARunSaysItselfWhoseItIs: a workflow ID that looks like another flow's opens nothing.
func TestARunSaysItselfWhoseItIs(t *testing.T) {
	t.Parallel()
	b, tokens := tokened(t)
	b.runs.run.Slug = "secret"
	for _, path := range []string{"/api/runs/orders/o-1", "/api/runs/orders/o-1?recording"} {
		require.Equal(t, http.StatusNotFound, b.send(http.MethodGet, path, "", "Authorization", tokens["orders"]).Code)
	}
	for _, verb := range []string{"decide", "cancel", "reassign"} {
		require.Equal(t, http.StatusNotFound, b.send(http.MethodPost, "/api/runs/orders/o-1/"+verb, `{"key":"k"}`, "Authorization", tokens["orders"]).Code)
	}
	require.Empty(t, b.runs.offers)
	require.Empty(t, b.runs.canceled)
	b.runs.runErr = worker.ErrUnavailable
	require.Equal(t, http.StatusServiceUnavailable, b.send(http.MethodPost, "/api/runs/orders/o-1/cancel", "", "Authorization", tokens["orders"]).Code)
}

func TestWhoDecidesIsTheToken(t *testing.T) {
	t.Parallel()
	b, tokens := tokened(t)
	b.send(http.MethodPost, "/api/runs/orders/o-1/decide", `{"key":"a","value":{"action":"approve"}}`, "Authorization", tokens["decide"])
	b.send(http.MethodPost, "/api/runs/orders/o-1/decide", `{"key":"b","value":{"action":"approve"},"by":"Ann"}`, "Authorization", tokens["decide"])
	require.Equal(t, []string{"decide", "Ann"}, []string{b.runs.offers[0].By, b.runs.offers[1].By})
}

func TestScopesAtOtherDoors(t *testing.T) {
	t.Parallel()
	b, tokens := tokened(t)
	b.flows["orders"].Slug = "orders"
	b.flows["orders"].HTTP = &definition.Interface{ID: "quote", Invocation: "default", Enabled: true, Method: "post"}
	b.runs.result = []byte(`1`)
	for id, want := range map[string]int{"start": 200, "all": 200, "orders": 200, "read": 401, "decide": 401, "operate": 401, "other": 401} {
		require.Equal(t, want, b.send(http.MethodPost, quotePath, `{"order-id":"o-1"}`, "Authorization", tokens[id]).Code, id)
		signIn := b.send(http.MethodPost, "/ui/sign-in", "token="+tokens[id][len("Bearer "):], "Content-Type", "application/x-www-form-urlencoded")
		require.Equal(t, map[bool]int{true: 303, false: 401}[id == "all"], signIn.Code, "only who may do everything sees the pages: %s", id)
	}
}
