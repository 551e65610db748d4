package request_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/activities/request"
	"github.com/weir-run/weir/interpreter/value"
)

const secretText = "s3cret-value"

var credentials = map[string]binding.Credential{
	"bearer":  {Type: "bearer", Secret: binding.NewSecret(secretText)},
	"basic":   {Type: "basic", Username: "u", Secret: binding.NewSecret(secretText)},
	"api-key": {Type: "api-key", Header: "X-Key", Secret: binding.NewSecret(secretText)},
	"query":   {Type: "api-key", Param: "key", Secret: binding.NewSecret(secretText)},
}

// A credential stays with its origin: another port of the same host is another origin, and there is no way back.
func TestCredentialsDoNotFollowARedirect(t *testing.T) {
	t.Parallel()
	for name, credential := range credentials {
		away := newRecorder(t, nil)
		home := newRecorder(t, func(w http.ResponseWriter, req *http.Request) {
			if req.URL.Path == "/start" {
				http.Redirect(w, req, away.URL+"/out", http.StatusTemporaryRedirect)
			}
		})
		away.answer = func(w http.ResponseWriter, req *http.Request) {
			http.Redirect(w, req, home.URL+"/back", http.StatusTemporaryRedirect)
		}
		_, err := send(t, request.Job{BaseURL: home.URL, Credential: credential}, `{:method :post :path "/start" :json {} :headers {:cookie "c" :x-mine "m"}}`)
		require.NoError(t, err, name)
		require.Len(t, home.requests, 2)
		require.Len(t, away.requests, 1)
		require.Equal(t, "m", home.requests[0].Header.Get("X-Mine"))
		for _, later := range []seen{away.requests[0], home.requests[1]} {
			for header := range later.Header {
				require.Contains(t, []string{"Accept", "Accept-Encoding", "Content-Length", "Content-Type", "User-Agent", "Idempotency-Key"}, header, name)
			}
			require.NotContains(t, fmt.Sprint(later), secretText)
			require.Equal(t, "{}", later.Body)
		}
	}
}

func TestCredentialsFollowWithinTheirOrigin(t *testing.T) {
	t.Parallel()
	r := newRecorder(t, nil)
	r.answer = func(w http.ResponseWriter, req *http.Request) {
		if req.URL.Path == "/a" {
			http.Redirect(w, req, "/b", http.StatusSeeOther)
		}
	}
	answer, err := send(t, request.Job{BaseURL: r.URL, Credential: credentials["api-key"]}, `{:path "/a" :query {:q "private"}}`)
	require.NoError(t, err)
	require.Equal(t, 200, answer.StatusCode)
	require.Equal(t, secretText, r.requests[1].Header.Get("X-Key"))
	require.Empty(t, r.requests[1].Header.Get("Referer"))
}

func TestRedirectsAreBounded(t *testing.T) {
	t.Parallel()
	r := newRecorder(t, func(w http.ResponseWriter, req *http.Request) {
		http.Redirect(w, req, req.URL.Path+"x", http.StatusFound)
	})
	_, err := send(t, request.Job{BaseURL: r.URL}, `{}`)
	requireFault(t, err, fault.HTTPRedirect, false)
	require.Len(t, r.requests, request.DefaultRedirects+1)
	r.requests = nil
	answer, err := send(t, request.Job{BaseURL: r.URL}, `{:client-opts {:follow-redirects false} :accept-status [302]}`)
	require.NoError(t, err)
	require.Equal(t, 302, answer.StatusCode)
	require.Len(t, r.requests, 1)
	r.answer = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "file:///etc/passwd")
		w.WriteHeader(http.StatusFound)
	}
	_, err = send(t, request.Job{BaseURL: r.URL}, `{}`)
	requireFault(t, err, fault.HTTPRedirect, false)
	r.answer = func(w http.ResponseWriter, req *http.Request) {
		http.Redirect(w, req, strings.Replace(r.URL, "127.0.0.1", "0.0.0.0", 1), http.StatusFound)
	}
	_, err = send(t, request.Job{BaseURL: r.URL}, `{}`)
	requireFault(t, err, fault.EgressRefused, false)
}

func requireFault(t *testing.T, err error, code string, retry bool) *fault.Error {
	t.Helper()
	var f *fault.Error
	require.ErrorAs(t, err, &f)
	require.Equal(t, code, f.Code, f.Message)
	require.Equal(t, retry, f.Retry, f.Message)
	require.NotContains(t, f.Error(), secretText)
	require.NotContains(t, value.PrStr(nil, f.Data), secretText)
	return f
}

func TestConnectionFailures(t *testing.T) {
	t.Parallel()
	gone := newRecorder(t, nil)
	gone.Close()
	_, err := send(t, request.Job{BaseURL: gone.URL, Credential: credentials["query"]}, `{:path "/x" :query {:private "p4ssw0rd"}}`)
	f := requireFault(t, err, fault.HTTPConnection, true)
	require.Contains(t, f.Message, "GET "+gone.URL+"/x: ")
	require.NotContains(t, f.Message, "p4ssw0rd")

	broken := newRecorder(t, func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err == nil {
			_ = conn.Close()
		}
	})
	_, err = send(t, request.Job{BaseURL: broken.URL}, `{:method :post}`)
	requireFault(t, err, fault.HTTPConnection, true)

	_, err = send(t, request.Job{BaseURL: "http://name.invalid"}, `{}`)
	requireFault(t, err, fault.HTTPConnection, true)
	_, err = send(t, request.Job{BaseURL: "http://0.0.0.0:1"}, `{}`)
	f = requireFault(t, err, fault.EgressRefused, false)
	require.Contains(t, f.Hint, "WEIR_EGRESS_ALLOW")

	release := make(chan struct{})
	slow := newRecorder(t, func(http.ResponseWriter, *http.Request) { <-release })
	t.Cleanup(func() { close(release) })
	ctx, cancel := context.WithDeadline(context.Background(), time.Now().Add(30*time.Millisecond))
	defer cancel()
	parsed, err := request.Parse(fields(t, `{:url "`+slow.URL+`"}`))
	require.NoError(t, err)
	_, err = newClient(t).Send(ctx, request.Job{Fields: parsed})
	requireFault(t, err, fault.HTTPTimeout, true)
}

func TestStatuses(t *testing.T) {
	t.Parallel()
	r := newRecorder(t, nil)
	for status, retry := range map[int]bool{
		300: false, 304: false, 400: false, 401: false, 404: false, 408: true, 409: false, 422: false, 425: true, 429: true, 500: true, 501: true, 502: true, 503: true, 599: true,
	} {
		r.answer = func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(status)
			if status != 304 {
				fmt.Fprintf(w, `{"problem":"no %s here"}`, secretText)
			}
		}
		answer, err := send(t, request.Job{BaseURL: r.URL, Credential: credentials["bearer"]}, `{:path "/x" :query {:a 1}}`)
		require.NoError(t, err)
		f := requireFault(t, answer.StatusFault(), fault.HTTPStatus, retry)
		require.Equal(t, status, f.Status)
		require.Contains(t, f.Message, fmt.Sprintf("GET %s/x answered %d", r.URL, status))
		if retry {
			require.Equal(t, 7*time.Second, f.After)
		} else {
			require.Zero(t, f.After)
		}
		if status != 304 {
			require.Equal(t, fmt.Sprintf(`{:status %d, :body {:problem "no [secret] here"}}`, status), value.PrStr(nil, f.Data))
		}
	}
	parsed, err := request.Parse(fields(t, `{:url "http://x" :accept-status [404 "5xx"]}`))
	require.NoError(t, err)
	for status, ok := range map[int]bool{200: false, 404: true, 500: true, 599: true, 400: false} {
		require.Equal(t, ok, parsed.Accepted.Has(status), status)
	}
	parsed, err = request.Parse(fields(t, `{:url "http://x" :accept-status :any}`))
	require.NoError(t, err)
	require.True(t, parsed.Accepted.Has(500))
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	r := newRecorder(t, nil)
	after := func(text string) time.Duration {
		r.answer = func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", text)
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		answer, err := send(t, request.Job{BaseURL: r.URL}, `{}`)
		require.NoError(t, err)
		return answer.StatusFault().After
	}
	require.Equal(t, 3*time.Second, after("3"))
	require.Equal(t, request.MaxRetryAfter, after("99999999"))
	require.InDelta(t, 60, after(time.Now().Add(time.Minute).UTC().Format(http.TimeFormat)).Seconds(), 2)
	require.Equal(t, request.MaxRetryAfter, after(time.Now().Add(72*time.Hour).UTC().Format(http.TimeFormat)))
	for _, nothing := range []string{"", "0", "-5", "soon", time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat)} {
		require.Zero(t, after(nothing), nothing)
	}
}

func TestAnswersAreBoundedAndScrubbed(t *testing.T) {
	t.Parallel()
	r := newRecorder(t, nil)
	get := func(step string) *request.Answer {
		answer, err := send(t, request.Job{BaseURL: r.URL, Credential: credentials["basic"]}, step)
		require.NoError(t, err)
		return answer
	}
	ctx := context.Background()
	size := request.MaxAnswer
	r.answer = func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, strings.Repeat("x", size)) }
	body, err := get(`{}`).Read(ctx)
	require.NoError(t, err)
	require.Len(t, body, size)
	size++
	_, err = get(`{}`).Read(ctx)
	f := requireFault(t, err, fault.TooLarge, false)
	require.Contains(t, f.Hint, ":persist")

	r.answer = func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Echo", req.Header.Get("Authorization"))
		fmt.Fprintf(w, `{"auth":%q,"plain":%q}`, req.Header.Get("Authorization"), secretText)
	}
	answer := get(`{}`)
	body, err = answer.Read(ctx)
	require.NoError(t, err)
	v, err := answer.Decode("", body)
	require.NoError(t, err)
	require.Equal(t, `{:auth "Basic [secret]", :plain "[secret]"}`, value.PrStr(nil, v))
	parsed, err := request.Parse(fields(t, `{:url "http://x"}`))
	require.NoError(t, err)
	require.Equal(t, `{:content-type "application/json", :x-echo "Basic [secret]"}`, value.PrStr(nil, answer.Headers(parsed.Shown)))
	stream, err := io.ReadAll(get(`{}`).Stream(ctx))
	require.NoError(t, err)
	require.Equal(t, `{"auth":"Basic [secret]","plain":"[secret]"}`, string(stream))

	r.answer = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"a": nonsense}`)
	}
	answer = get(`{}`)
	body, err = answer.Read(ctx)
	require.NoError(t, err)
	_, err = answer.Decode("", body)
	requireFault(t, err, fault.Decode, false)

	r.answer = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, "half")
	}
	_, err = get(`{}`).Read(ctx)
	requireFault(t, err, fault.HTTPConnection, true)
	_, err = io.ReadAll(get(`{}`).Stream(ctx))
	requireFault(t, err, fault.HTTPConnection, true)
}

// A secret that lies across the pieces of a stream is found as well.
func TestStreamsAreScrubbedAcrossPieces(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("abc ", 8190) + secretText + " " + strings.Repeat("s3cret-", 9000) + secretText
	r := newRecorder(t, func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(text); i += 1000 {
			_, _ = io.WriteString(w, text[i:min(i+1000, len(text))])
			_ = http.NewResponseController(w).Flush()
		}
	})
	answer, err := send(t, request.Job{BaseURL: r.URL, Credential: credentials["bearer"]}, `{}`)
	require.NoError(t, err)
	got, err := io.ReadAll(answer.Stream(context.Background()))
	require.NoError(t, err)
	require.Equal(t, strings.ReplaceAll(text, secretText, "[secret]"), string(got))
}

func TestShownHeaders(t *testing.T) {
	t.Parallel()
	h := http.Header{"Date": {"d"}, "Set-Cookie": {"c"}, "X-Total": {"1", "2"}, "Content-Type": {"t"}}
	for step, want := range map[string]string{
		`{:url "http://x"}`:                                       `{:content-type "t", :x-total "1, 2"}`,
		`{:url "http://x" :include-headers true}`:                 `{:content-type "t", :date "d", :set-cookie "c", :x-total "1, 2"}`,
		`{:url "http://x" :include-headers false}`:                `{}`,
		`{:url "http://x" :include-headers ["Date" :x-total :y]}`: `{:date "d", :x-total "1, 2"}`,
	} {
		f, err := request.Parse(fields(t, step))
		require.NoError(t, err)
		require.Equal(t, want, value.PrStr(nil, f.Shown.Map(h, func(s string) string { return s })), step)
	}
}

func TestAFailingResourceFailsTheRequest(t *testing.T) {
	t.Parallel()
	r := newRecorder(t, nil)
	_, err := send(t, request.Job{BaseURL: r.URL, Resources: noBlob{}}, `{:method :post :body-from-ref "res://x"}`)
	require.ErrorIs(t, err, errNoBlob)
	require.Empty(t, r.requests)
}

var errNoBlob = errors.New("no blob")

type noBlob struct{}

func (noBlob) Open(context.Context, value.Value) (request.Resource, error) {
	return request.Resource{}, errNoBlob
}
