//go:build !slim

package e2e_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/proto"

	"github.com/weir-run/weir/activities/binding/bindingtest"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// parrot is an API that repeats what it was sent, in every form, and keeps a secret of its own that nobody sent.
type parrot struct {
	*httptest.Server
	own string
	mu  sync.Mutex
	got []string // Authorization and the like
}

func (p *parrot) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, password, _ := r.BasicAuth()
	heard := strings.Join([]string{r.Header.Get("Authorization"), r.Header.Get("X-Api-Key"), password}, " ")
	p.mu.Lock()
	p.got = append(p.got, heard)
	p.mu.Unlock()
	w.Header().Set("X-Heard", heard)
	said := heard
	for before := range 3 {
		said += "\n" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("~", before)+heard)) + "\n" + base64.URLEncoding.EncodeToString([]byte(strings.Repeat("~", before)+heard))
	}
	said += "\n" + url.QueryEscape(heard) + "\n" + hex.EncodeToString([]byte(heard)) + "\n" + fmt.Sprintf("%q", heard)
	switch {
	case strings.HasPrefix(r.URL.Path, "/stream"):
		for _, piece := range []byte(said) {
			_, _ = w.Write([]byte{piece})
			if piece%16 == 0 {
				_ = http.NewResponseController(w).Flush()
			}
		}
	case strings.HasPrefix(r.URL.Path, "/refuse"):
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, strings.Repeat(".", 2048-len(heard)/2)+heard+said)
	case strings.HasPrefix(r.URL.Path, "/own"):
		_, _ = io.WriteString(w, p.own)
	default:
		_, _ = io.WriteString(w, said)
	}
}

func (p *parrot) heard() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.got, "\n")
}

const canaryFlow = `{:slug :SLUG :concurrency {:type :keyed :key-field :id :on-new-version :coexist}
 :requires [{:slot :bearer :type :http-api :auth {:type :bearer}} {:slot :basic :type :http-api :auth {:type :basic}}
            {:slot :keyed :type :http-api :auth {:type :api-key}} {:slot :closed :type :http-api :auth {:type :bearer}}]
 :templates [{:id :note :type :notification :channels {:http {:connection :bearer :path "/refuse" :method :post :json {:a 1}}}}]
 :flow '(let [said (mapv (fn [slot] (flow/step :http :ask {:connection slot :path "/say" :include-headers true :response-as :text})) [:bearer :basic :keyed])
              kept (mapv (fn [slot] (flow/step :http :keep {:connection slot :path "/stream" :persist {:type :blob}})) [:bearer :basic :keyed])
              _ (flow/step :http :remember {:connection :bearer :path "/say" :response-as :text :persist {:type :kv :key "SLUG:said"}})
              again (flow/step :function :again {:input {:text (:body (first said))} :persist {:type :blob}})
              refused (mapv (fn [slot] (try (flow/step :http :refused {:connection slot :path "/refuse"}) (catch Exception e [(ex-message e) (ex-data e)]))) [:bearer :basic :keyed])
              closed (try (flow/step :http :closed {:connection :closed :path "/x" :retry {:max-attempts 1}}) (catch Exception e [(ex-message e) (ex-data e)]))
              note (flow/step :notify :note {:template :note})
              plain (flow/step :function :plain {:input {:text "MARKER-OF-THIS-TEST"}})
              own (if (:own (flow/input))
                    [(flow/step :http :own {:url "$PARROT/own" :response-as :text}) (flow/step :http :own {:url "$PARROT/own" :persist {:type :blob}})
                     (flow/step :http :own {:url "$PARROT/own" :response-as :text :persist {:type :kv :key "SLUG:own"}})] [])]
          (if (:fail (flow/input)) (flow/step :http :last {:connection :bearer :path "/refuse"}) [said kept again refused closed note plain own]))}`

func canaryPlain(t *testing.T, w *world) { canary(t, w, "canary-plain", "") }

func canarySealed(t *testing.T, w *world) {
	canary(t, w, "canary-sealed", "k1:"+base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{5}, 32)))
}

// canary lets flows use secrets in every way and looks for them in all that leaves a process: histories, Redis, the S3 store, logs,
// answers and errors. A secret that an API tells by itself is found there, so that the search is known to find.
func canary(t *testing.T, w *world, slug, keys string) {
	secret, rotated := "Qc7/+&=\""+rand.Text(), "Zr9/+&=\""+rand.Text()
	api := &parrot{own: "Own/+&=" + rand.Text()}
	api.Server = httptest.NewServer(api)
	t.Cleanup(api.Close)
	dir := t.TempDir()
	file := filepath.Join(dir, "secret")
	require.NoError(t, os.WriteFile(file, []byte(secret+"\n"), 0o600))
	var logs lockedBuffer
	p := w.places
	p.PayloadKeys, p.TaskQueue, p.Bindings = keys, slug, filepath.Join(dir, "bindings.edn")
	p.logger = slog.New(slog.NewJSONHandler(&logs, &slog.HandlerOptions{Level: slog.LevelDebug}))
	require.NoError(t, os.WriteFile(p.Bindings, fmt.Appendf(nil, `{:bearer {:base-url "%s" :token #file "%s"} :basic {:base-url "%s" :username "u" :password #file "%s"}
 :keyed {:base-url "%s" :api-key #file "%s"} :closed {:base-url "http://127.0.0.1:1" :token #file "%s"}}`, api.URL, file, api.URL, file, api.URL, file, file), 0o600))
	c, err := p.dial()
	require.NoError(t, err)
	t.Cleanup(c.Close)
	acts, versions, err := p.activities()
	require.NoError(t, err)
	t.Cleanup(acts.Close)
	sdk := worker.New(c, acts, worker.Options{TaskQueue: slug, SearchAttributes: true})
	require.NoError(t, sdk.Start())
	t.Cleanup(sdk.Stop)
	starter := worker.NewStarter(c, versions, worker.StarterOptions{TaskQueue: slug, SearchAttributes: true})
	w.deploy(t, strings.NewReplacer("SLUG", slug, "$PARROT", api.URL).Replace(canaryFlow))

	places := map[string][]byte{}
	run := func(id string, input ...value.Value) {
		m := value.NewMap(append([]value.Value{value.Kw("id"), value.String(id)}, input...)...)
		s, err := starter.Start(t.Context(), worker.StartRequest{Slug: slug, Input: m})
		require.NoError(t, err)
		result, err := starter.Result(t.Context(), s.WorkflowID, s.RunID)
		places["result of "+id] = append(result, fmt.Sprint(err)...)
		timeline, err := starter.Timeline(t.Context(), s.WorkflowID, s.RunID)
		require.NoError(t, err)
		places["timeline of "+id] = fmt.Appendf(nil, "%+v", timeline)
		h := historyOf(t, c, s.WorkflowID, s.RunID)
		way, err := p.way()
		require.NoError(t, err)
		require.NoError(t, way.Resolve(t.Context(), h))
		places["history of "+id] = decoded(t, h)
		raw, err := client.Dial(client.Options{HostPort: p.Temporal, Logger: quiet()})
		require.NoError(t, err)
		defer raw.Close()
		places["raw history of "+id] = decoded(t, historyOf(t, raw, s.WorkflowID, s.RunID))
	}
	run("usual")
	require.NoError(t, os.WriteFile(file, []byte(rotated), 0o600)) // no restart
	run("failing", value.Kw("fail"), value.True)
	places["logs"] = logs.bytes()
	places["Redis"], places["S3"] = w.redisContent(t), w.storeContent(t)

	require.Contains(t, api.heard(), "Bearer "+secret, "the secrets were used")
	require.Contains(t, api.heard(), "Bearer "+rotated, "and replaced")
	for _, known := range []string{secret, rotated} {
		of := bindingtest.Traces(known)
		for place, content := range places {
			where, found := bindingtest.Leak(content, of)
			require.False(t, found, "%s: ...%s...", place, where)
		}
	}
	for place, content := range places {
		require.NotEmpty(t, content, place)
		sealed := strings.HasPrefix(place, "raw history") && keys != ""
		if strings.HasPrefix(place, "raw history") || strings.HasPrefix(place, "history") {
			require.Equal(t, !sealed, bytes.Contains(content, []byte("MARKER-OF-THIS-TEST")), place)
			require.Equal(t, !sealed, bytes.Contains(content, []byte("answered 400")), "what errors say: %s", place)
		}
	}

	// The proof that the search finds what is there.
	run("telling", value.Kw("own"), value.True)
	places["Redis"], places["S3"] = w.redisContent(t), w.storeContent(t)
	of := bindingtest.Traces(api.own)
	for _, place := range []string{"result of telling", "history of telling", "Redis", "S3"} {
		_, found := bindingtest.Leak(places[place], of)
		require.True(t, found, place)
	}
}

func historyOf(t *testing.T, c client.Client, workflowID, runID string) *historypb.History {
	t.Helper()
	out := &historypb.History{}
	events := c.GetWorkflowHistory(t.Context(), workflowID, runID, false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		e, err := events.Next()
		require.NoError(t, err)
		out.Events = append(out.Events, e)
	}
	return out
}

// decoded is all that a history says, payloads as the bytes that they are.
func decoded(t *testing.T, h *historypb.History) []byte {
	t.Helper()
	data, err := proto.Marshal(h)
	require.NoError(t, err)
	return data
}

func (w *world) redisContent(t *testing.T) (all []byte) {
	t.Helper()
	r := redis.NewClient(&redis.Options{Addr: w.places.Redis})
	defer r.Close()
	keys := r.Scan(t.Context(), 0, "*", 1000).Iterator()
	for keys.Next(t.Context()) {
		all = append(append(all, keys.Val()...), '\n')
		if text, err := r.Get(t.Context(), keys.Val()).Bytes(); err == nil {
			all = append(append(all, text...), '\n')
		}
	}
	require.NoError(t, keys.Err())
	return all
}

// storeContent is what lies in the store under 1 MB: names, contents, file names.
func (w *world) storeContent(t *testing.T) (all []byte) {
	t.Helper()
	objects, err := store.OpenObjects(t.Context(), w.places.S3)
	require.NoError(t, err)
	for _, info := range w.objects(t, "") {
		all = append(append(all, info.Name...), '\n')
		if info.Size > 1<<20 {
			continue
		}
		data, err := objects.Get(t.Context(), info.Name, 1<<20)
		if err != nil {
			continue // another scenario has removed it
		}
		all = append(append(all, data...), '\n')
	}
	return all
}

// lockedBuffer is a log that several write to.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) bytes() []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	return bytes.Clone(l.b.Bytes())
}
