package activities_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/interpreter/value"
)

// as executes an attempt of another flow's step.
func (b *bundle) as(t testing.TB, slug, name, config string) (value.Value, error) {
	t.Helper()
	call := b.call(t, config)
	call.Slug = slug
	return b.run(t, name, call)
}

// An address that text from outside brings into another flow opens nothing, in any of the ways a flow reads.
func TestAnotherFlowsResourcesStayClosed(t *testing.T) {
	t.Parallel()
	b := setup(t, "")
	other, problems := parse("other.edn", strings.Replace(flowHead, ":orders", ":other", 1)+" :flow '1}")
	require.NoError(t, problems.Err())
	_, _, err := b.deps.Versions.Deploy(t.Context(), other)
	require.NoError(t, err)
	for _, persist := range []string{`{:type :blob}`, `{:type :kv :key "k:1"}`} {
		ref := show(b.do(t, "function", `{:input {:a "private"} :persist `+persist+`}`))
		for step, config := range map[string]string{
			"function": `{:load [:r] :input {:r ` + ref + `}}`, "blob": `{:operation :read :ref ` + ref + `}`,
			"http": `{:connection :api :method :post :body-from-ref ` + ref + `}`,
		} {
			_, err := b.as(t, "other", step, config)
			app, _ := typed(t, err, fault.BlobMissing, false)
			require.Contains(t, app.Message(), ":shared true")
			_, err = b.as(t, "orders", step, config)
			require.NoError(t, err, config)
		}
		shared := show(b.do(t, "function", `{:input {:a "ours"} :persist `+strings.Replace(persist, "}", " :shared true}", 1)+`}`))
		v, err := b.as(t, "other", "blob", `{:operation :read :ref `+shared+`}`)
		require.NoError(t, err)
		require.Equal(t, `{:a "ours"}`, show(v))
	}
	for _, r := range b.server.requests() {
		require.Contains(t, r.Body, "private")
	}
	require.Len(t, b.server.requests(), 2)
}

// Parts of a multipart body are sent as they are read: more of them than a request may hold in memory.
func TestMultipartStreamsResources(t *testing.T) {
	t.Parallel()
	b := setup(t, "")
	large := strings.Repeat("0123456789abcdef", 40<<20/16)
	b.server.answers(200, "application/octet-stream", large)
	ref := show(b.do(t, "http", `{:connection :api :persist {:type :blob :filename "a \"b\".bin"}}`))
	type got struct{ name, filename, kind, sum string }
	var parts []got
	var length int64
	b.server.mu.Lock()
	b.server.answer = nil
	b.server.raw = func(_ http.ResponseWriter, r *http.Request) {
		length = r.ContentLength
		_, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if err != nil {
			return
		}
		reader := multipart.NewReader(r.Body, params["boundary"])
		for {
			p, err := reader.NextPart()
			if err != nil {
				return
			}
			sum := sha256.New()
			_, _ = io.Copy(sum, p)
			parts = append(parts, got{p.FormName(), p.FileName(), p.Header.Get("Content-Type"), hex.EncodeToString(sum.Sum(nil))})
		}
	}
	b.server.mu.Unlock()
	b.do(t, "http", fmt.Sprintf(`{:connection :api :method :post :multipart [{:name "note" :content "hi"} {:name "one" :ref %s} {:name "two" :ref %s :filename "2" :content-type "text/plain"}]}`, ref, ref))
	sum, hi := sha256.Sum256([]byte(large)), sha256.Sum256([]byte("hi"))
	require.Equal(t, []got{
		{"note", "", "", hex.EncodeToString(hi[:])},
		{"one", `a "b".bin`, "application/octet-stream", hex.EncodeToString(sum[:])},
		{"two", "2", "text/plain", hex.EncodeToString(sum[:])},
	}, parts)
	require.Greater(t, length, int64(2*len(large)), "the length is told beforehand")
}
