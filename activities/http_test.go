package activities_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/interpreter/value"
)

func TestHTTP(t *testing.T) {
	t.Parallel()
	b := setup(t, ` :templates [{:id :fetch-risk :type :http-request :request {:method :get :path "/orders/{{order-id}}/risk"}}]`)
	b.server.answers(200, "application/json", `{"risk-level":"high","score":91}`)
	v := b.do(t, "http", `{:connection :api :template :fetch-risk :data {:order-id "o/1"}}`)
	require.Equal(t, `{:status 200, :headers {:content-type "application/json"}, :body {:risk-level "high", :score 91}}`, show(v))
	m, ok := v.AsMap()
	require.True(t, ok)
	require.True(t, m.IsEnvelope())
	require.Equal(t, `"high"`, show(m.GetKw("risk-level")))
	got := b.server.requests()[0]
	require.Equal(t, "/v1/orders/o%2F1/risk", got.URI)
	require.Equal(t, "Bearer "+secretText, got.Header.Get("Authorization"))

	b.server.answers(200, "application/edn", `{:risk-level :high}`)
	v = b.do(t, "http", `{:connection :api :path "/orders/o-1"}`)
	m, _ = v.AsMap()
	require.Equal(t, `:high`, show(m.GetKw("risk-level")))
	v = b.do(t, "http", `{:url "`+b.server.URL+`/x" :response-as :text}`)
	m, _ = v.AsMap()
	require.Equal(t, `"{:risk-level :high}"`, show(m.GetKw("body")))
	require.Empty(t, b.server.requests()[2].Header.Get("Authorization"))
	b.server.answers(204, "", "")
	v = b.do(t, "http", `{:connection :api :method :delete :path "/x"}`)
	require.Equal(t, `{:status 204, :headers {}, :body nil}`, show(v))
}

// The key is the same for every attempt of one occurrence of a step in one run, and for nothing else.
func TestIdempotencyKeys(t *testing.T) {
	t.Parallel()
	b := setup(t, "")
	call := b.call(t, `{:connection :api :method :post :path "/x"}`)
	post := func() string {
		_, err := b.run(t, "http", call)
		require.NoError(t, err)
		all := b.server.requests()
		return all[len(all)-1].Header.Get("Idempotency-Key")
	}
	first := post()
	require.Len(t, first, 64)
	require.Equal(t, first, post())
	seen := map[string]bool{first: true}
	call.N = 2
	seen[post()] = true
	call.N, call.Step = 0, "other"
	seen[post()] = true
	call.Step, call.Origin = "a-step", "another-run"
	seen[post()] = true
	require.Len(t, seen, 4)
}

// TestASupersededRunSendsNothingMore: neither requests nor notifications, whoever tries.
func TestASupersededRunSendsNothingMore(t *testing.T) {
	t.Parallel()
	b := setup(t, "")
	b.server.answers(202, "", "")
	const lane = "default-test-workflow-id" // of the environment
	require.NoError(t, b.deps.KV.Raise(t.Context(), store.Fence{Lane: lane, At: 200}))
	for name, config := range map[string]string{
		"http":   `{:connection :api :method :post :path "/x"}`,
		"notify": `{:channels {:http {:connection :api :path "/x"}}}`,
	} {
		call := b.call(t, config)
		for _, fence := range []int64{0, 200, 201} {
			call.Fence = fence
			_, err := b.run(t, name, call)
			require.NoError(t, err, "%s %d", name, fence)
		}
		sent := len(b.server.requests())
		call.Fence = 199
		v, err := b.run(t, name, call)
		if name == "http" {
			typed(t, err, fault.Superseded, false)
		} else {
			require.Contains(t, show(v), ":sent? false")
			require.Contains(t, show(v), "superseded")
		}
		require.Len(t, b.server.requests(), sent)
	}

	gone := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: gone.Addr(), MaxRetries: -1})
	t.Cleanup(func() { _ = client.Close() })
	gone.Close()
	deps := b.deps
	deps.KV = store.NewKV(client, store.DefaultPrefix)
	b.acts = activities.New(deps)
	t.Cleanup(b.acts.Close)
	call := b.call(t, `{:connection :api :path "/x"}`)
	call.Fence = 199
	_, err := b.run(t, "http", call)
	require.NoError(t, err, "while Redis is away, nothing says that it was")
}

// TestASupersededRunAsksNoDatabaseMore: it is refused before its slot is looked at.
func TestASupersededRunAsksNoDatabaseMore(t *testing.T) {
	t.Parallel()
	b := setup(t, "")
	require.NoError(t, b.deps.KV.Raise(t.Context(), store.Fence{Lane: "default-test-workflow-id", At: 200}))
	call := b.call(t, `{:connection :nowhere :sql "select 1"}`)
	for fence, want := range map[int64]string{0: fault.SlotUnbound, 199: fault.Superseded, 200: fault.SlotUnbound} {
		call.Fence = fence
		_, err := b.run(t, "db", call)
		typed(t, err, want, false)
	}
}

func TestHTTPFailures(t *testing.T) {
	t.Parallel()
	b := setup(t, "")
	b.server.answers(404, "application/json", `{"echo":"`+secretText+`"}`)
	app, detail := b.fails(t, "http", `{:connection :api :path "/x" :query {:q 1}}`, fault.HTTPStatus, false)
	require.Equal(t, 404, detail.Status)
	require.Equal(t, `{:status 404, :body {:echo "[secret]"}}`, show(detail.Data.Value))
	require.Equal(t, "GET "+b.server.URL+"/v1/x answered 404 Not Found", app.Message())
	b.server.mu.Lock()
	b.server.answer = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "3")
		w.WriteHeader(503)
	}
	b.server.mu.Unlock()
	app, _ = b.fails(t, "http", `{:connection :api :path "/x"}`, fault.HTTPStatus, true)
	require.Equal(t, 3*time.Second, app.NextRetryDelay())
	require.Equal(t, `{:status 503, :headers {:retry-after "3"}, :body nil}`, show(b.do(t, "http", `{:connection :api :path "/x" :accept-status [503]}`)))

	b.server.answers(200, "application/json", `{"a":`)
	b.fails(t, "http", `{:connection :api}`, fault.Decode, false)
	b.server.answers(200, "text/plain", strings.Repeat("x", 5<<20))
	app, _ = b.fails(t, "http", `{:connection :api}`, fault.TooLarge, false)
	require.Contains(t, app.Message(), ":persist")
	b.fails(t, "http", `{:url "http://169.254.169.254/latest"}`, fault.EgressRefused, false)
	b.fails(t, "http", `{:url "http://127.0.0.1:1/"}`, fault.HTTPConnection, true)
	b.fails(t, "http", `{:connection :nope}`, fault.SlotUnbound, false)
	b.fails(t, "http", `{:connection :api :template :nope}`, fault.InvalidConfig, false)
	b.fails(t, "http", `[1]`, fault.InvalidConfig, false)
	b.fails(t, "http", `{:connection :api :persist :blob}`, fault.InvalidConfig, false)
	call := b.call(t, `{:connection :api}`)
	call.Version = 9
	_, err := b.run(t, "http", call)
	typed(t, err, fault.UnknownVersion, false)
}

func TestTemplateErrorsAreTyped(t *testing.T) {
	t.Parallel()
	b := setup(t, ` :templates [{:id :a :type :http-request :request {:method :get :path "/{{join n}}" :headers {:x "{{h}}"}}}]`)
	app, _ := b.fails(t, "http", `{:connection :api :template :a :data {:n 5}}`, fault.Template, false)
	require.Contains(t, app.Message(), "template 1:4: join")
	b.fails(t, "http", `{:connection :api :template :a :data {:h "a\r\nb"}}`, fault.Template, false)
	require.Empty(t, b.server.requests())
}

func TestPersistedAnswers(t *testing.T) {
	t.Parallel()
	b := setup(t, "")
	body := strings.Repeat("0123456789", 300_000) + " " + secretText
	b.server.answers(200, "text/csv", body)
	v := b.do(t, "http", `{:connection :api :path "/report" :persist {:type :blob :filename "r.csv" :signed-url true}}`)
	ref, ok := v.AsMap()
	require.True(t, ok)
	kept := strings.ReplaceAll(body, secretText, "[secret]")
	sum := sha256.Sum256([]byte(kept))
	uri, _ := ref.GetKw("uri").AsString()
	require.True(t, strings.HasPrefix(uri, "res://retained/orders/"), uri)
	require.Equal(t, fmt.Sprintf(`{:type :resource-ref, :uri %q, :content-type "text/csv", :size-bytes %d, :sha256 %q, :filename "r.csv"`, uri, len(kept), hex.EncodeToString(sum[:])),
		show(v)[:strings.Index(show(v), ", :signed-url")])
	require.Equal(t, `200`, show(ref.GetKw("status")))
	require.Equal(t, `{:content-type "text/csv"}`, show(ref.GetKw("headers")))
	address, _ := ref.GetKw("signed-url").AsString()
	resp, err := http.Get(address)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, 200, resp.StatusCode)
	again := b.do(t, "http", `{:connection :api :path "/report" :persist {:type :blob :tier :retained}}`)
	m, _ := again.AsMap()
	require.Equal(t, uri, textValue(m, "uri"), "an attempt that is made again writes the same object")

	sent := b.do(t, "http", `{:connection :api :method :put :body-from-ref `+show(v)+`}`)
	require.Contains(t, show(sent), ":status 200")
	all := b.server.requests()
	require.Equal(t, kept, all[len(all)-1].Body)
	require.Equal(t, "text/csv", all[len(all)-1].Header.Get("Content-Type"))

	b.server.answers(200, "application/json", `{"a":1}`)
	v = b.do(t, "http", `{:connection :api :persist {:type :kv :key "answers:1" :ttl 60}}`)
	m, _ = v.AsMap()
	require.Regexp(t, `^res://kv/answers:1/[0-9a-f]{32}$`, textValue(m, "uri"))
	require.Equal(t, `{:success true, :value {:a 1}, :exists? true}`, show(b.do(t, "kv", `{:operation :get :key "answers:1"}`)))
	require.Equal(t, `{:a 1}`, show(b.do(t, "blob", `{:operation :read :ref "`+textValue(m, "uri")+`"}`)))
	b.server.answers(500, "application/json", `{}`)
	b.fails(t, "http", `{:connection :api :persist {:type :blob}}`, fault.HTTPStatus, true)
}

func textValue(m *value.Map, name string) string {
	s, _ := m.GetKw(name).AsString()
	return s
}

func TestABlobThatIsTooLargeIsTyped(t *testing.T) {
	t.Parallel()
	b := setup(t, "")
	b.server.answers(200, "text/plain", strings.Repeat("0123456789abcdef", store.MaxRetainedBytes/16)+"x")
	b.fails(t, "http", `{:connection :api :persist {:type :blob}}`, fault.BlobTooLarge, false)
}
