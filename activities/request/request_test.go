package request_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/egress"
	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/activities/request"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

func edn(t testing.TB, text string) value.Value {
	t.Helper()
	v, ok, problems := syntax.ReadValue("test", []byte(text))
	require.NoError(t, problems.Err(), text)
	require.True(t, ok)
	return v
}

func fields(t testing.TB, text string) *value.Map {
	t.Helper()
	m, ok := edn(t, text).AsMap()
	require.True(t, ok)
	return m
}

// seen is a request as a server saw it.
type seen struct {
	Method, URI, Body string
	Header            http.Header
}

// recorder is a server that keeps what it is sent, and answers as told.
type recorder struct {
	*httptest.Server
	requests []seen
	answer   http.HandlerFunc
}

func newRecorder(t *testing.T, answer http.HandlerFunc) *recorder {
	t.Helper()
	r := &recorder{answer: answer}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			body = []byte(err.Error())
		}
		r.requests = append(r.requests, seen{req.Method, req.RequestURI, string(body), req.Header.Clone()})
		if r.answer != nil {
			r.answer(w, req)
		}
	}))
	t.Cleanup(r.Close)
	return r
}

func newClient(t *testing.T) *request.Client {
	t.Helper()
	guard, err := egress.New(egress.Options{Dev: true})
	require.NoError(t, err)
	c := request.NewClient(guard, nil)
	t.Cleanup(c.Close)
	return c
}

func send(t *testing.T, job request.Job, step string) (*request.Answer, error) {
	t.Helper()
	if job.BaseURL != "" {
		step = strings.Replace(step, "{", "{:connection :slot ", 1)
	}
	f, err := request.Parse(fields(t, step))
	if err != nil {
		return nil, err
	}
	job.Fields = f
	if job.IdempotencyKey == "" {
		job.IdempotencyKey = "key-1"
	}
	answer, err := newClient(t).Send(context.Background(), job)
	if err == nil {
		t.Cleanup(func() { require.NoError(t, answer.Close()) })
	}
	return answer, err
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	r := newRecorder(t, nil)
	for _, c := range []struct{ base, step, uri string }{
		{"", `{:path "/orders/o-1"}`, "/orders/o-1"},
		{"/", `{:path "orders"}`, "/orders"},
		{"/v1", `{:path "/orders"}`, "/v1/orders"},
		{"/v1/", `{:path "orders/"}`, "/v1/orders/"},
		{"/v1//", `{:path "//orders"}`, "/v1/orders"},
		{"/v1", `{}`, "/v1"},
		{"", `{}`, "/"},
		{"", `{:path "//evil.example/x"}`, "/evil.example/x"},
		{"", `{:path "https://evil.example/x"}`, "/https://evil.example/x"},
		{"", `{:path "@evil.example:80/x"}`, "/@evil.example:80/x"},
		{"", `{:path "\\\\evil.example"}`, "/%5C%5Cevil.example"},
		{"", `{:path "/a b/ü/%2F/%zz#x"}`, "/a%20b/%C3%BC/%2F/%25zz%23x"},
		{"", `{:path "/a\r\nX: 1"}`, "/a%0D%0AX:%201"},
		{"", `{:path "/s?q=a b&x=1#y"}`, "/s?q=a%20b&x=1%23y"},
		{"?v=1", `{:path "/s?q=2" :query {:z 3}}`, "/s?v=1&q=2&z=3"},
		{"", `{:query {:q "a&b=c ü+" "b c" [1 2] :k :kw :n nil :t true :m {:a 1} :d 1.5}}`, "/?q=a%26b%3Dc+%C3%BC%2B&b+c=1&b+c=2&k=kw&t=true&m=%7B%22a%22%3A1%7D&d=1.5"},
	} {
		r.requests = nil
		_, err := send(t, request.Job{BaseURL: r.URL + c.base}, c.step)
		require.NoError(t, err, c.step)
		require.Equal(t, c.uri, r.requests[0].URI, "%s %s", c.base, c.step)
	}
	for _, step := range []string{`{:path "/../admin"}`, `{:path "/a/./b"}`, `{:path "/a/%2e%2E/b"}`, `{:path "/a/..%5cb"}`, `{:path ".."}`} {
		_, err := send(t, request.Job{BaseURL: r.URL}, step)
		require.ErrorContains(t, err, "segment", step)
	}
	r.requests = nil
	_, err := send(t, request.Job{}, `{:url "`+r.URL+`/a?b=1#f" :path "/c"}`)
	require.NoError(t, err)
	require.Equal(t, "/a/c?b=1", r.requests[0].URI)
}

func TestFieldsAreChecked(t *testing.T) {
	t.Parallel()
	for step, want := range map[string]string{
		`{}`:                            "needs a :connection or a :url",
		`{:connection :a :url "http:"}`: "not both",
		`{:url "ftp://x"}`:              "must be an address",
		`{:url "http://u:p@x"}`:         "user name",
		`{:url "/x"}`:                   "must be an address",
		`{:url 5}`:                      ":url must be a text",
		`{:url "http://127.0.0.1:1" :method :brew}`:                    ":method can't be BREW",
		`{:url "http://127.0.0.1:1" :response-as :csv}`:                ":response-as can't be csv",
		`{:url "http://127.0.0.1:1" :query [1]}`:                       ":query must be a map",
		`{:url "http://127.0.0.1:1" :headers {"a b" 1}}`:               "can't be the name of a header",
		`{:url "http://127.0.0.1:1" :headers {:host "x"}}`:             "Host can't be set",
		`{:url "http://127.0.0.1:1" :headers {:content-length "5"}}`:   "Content-Length can't be set",
		`{:url "http://127.0.0.1:1" :headers {:x "a\r\nY: 1"}}`:        "line break",
		`{:url "http://127.0.0.1:1" :headers {:x "a\u0000"}}`:          "can't be sent",
		`{:url "http://127.0.0.1:1" :accept-status [99]}`:              ":accept-status",
		`{:url "http://127.0.0.1:1" :accept-status "6xx"}`:             ":accept-status",
		`{:url "http://127.0.0.1:1" :client-opts {:max-redirects 99}}`: ":max-redirects",
	} {
		_, err := send(t, request.Job{}, step)
		var f *fault.Error
		require.ErrorAs(t, err, &f, step)
		require.Equal(t, fault.InvalidConfig, f.Code, step)
		require.False(t, f.Retry)
		require.ErrorContains(t, err, want, step)
	}
}

func TestHeadersAndBodies(t *testing.T) {
	t.Parallel()
	r := newRecorder(t, nil)
	for _, c := range []struct{ step, contentType, body string }{
		{`{:method :post :json {:a [1 :k "s" nil] "b c" 1.5}}`, "application/json", `{"a":[1,"k","s",null],"b c":1.5}`},
		{`{:method :post :json nil}`, "application/json", `null`},
		{`{:method :post :json {} :body "lost"}`, "application/json", `{}`},
		{`{:method :post :form {:a "b c&d" :l [1 2] :n nil}}`, "application/x-www-form-urlencoded", `a=b+c%26d&l=1&l=2`},
		{`{:method :post :body "text ü"}`, "text/plain; charset=utf-8", "text ü"},
		{`{:method :post :body "<a/>" :content-type :xml}`, "application/xml", "<a/>"},
		{`{:method :post :body {:a #{1}} :content-type :edn}`, "application/edn", "{:a #{1}}"},
		{`{:method :post :body {:a 1}}`, "application/json", `{"a":1}`},
		{`{:method :post :json {} :content-type "application/vnd.x+json"}`, "application/vnd.x+json", `{}`},
		{`{:method :post :json {} :headers {:content-type "application/y+json"}}`, "application/y+json", `{}`},
		{`{:method :post}`, "", ""},
		{`{:method :post :body ""}`, "text/plain; charset=utf-8", ""},
		{`{:method :delete :body nil}`, "", ""},
	} {
		r.requests = nil
		_, err := send(t, request.Job{BaseURL: r.URL}, c.step)
		require.NoError(t, err, c.step)
		got := r.requests[0]
		require.Equal(t, c.contentType, got.Header.Get("Content-Type"), c.step)
		require.Equal(t, c.body, got.Body, c.step)
		require.Equal(t, "key-1", got.Header.Get("Idempotency-Key"))
		require.NotEmpty(t, got.Header.Get("User-Agent"))
	}
	r.requests = nil
	for _, step := range []string{`{}`, `{:method "HEAD"}`, `{:method :put :headers {:idempotency-key "mine" :X-Many [1 2] :accept "a/b"} :accept :edn}`, `{:accept :edn}`} {
		_, err := send(t, request.Job{BaseURL: r.URL}, step)
		require.NoError(t, err)
	}
	require.Empty(t, r.requests[0].Header.Get("Idempotency-Key"))
	require.Contains(t, r.requests[0].Header.Get("Accept"), "application/json")
	require.Empty(t, r.requests[1].Header.Get("Idempotency-Key"))
	require.Equal(t, "mine", r.requests[2].Header.Get("Idempotency-Key"))
	require.Equal(t, []string{"1", "2"}, r.requests[2].Header.Values("X-Many"))
	require.Equal(t, "a/b", r.requests[2].Header.Get("Accept"))
	require.Equal(t, "application/edn", r.requests[3].Header.Get("Accept"))
}

// blob is a resource of a test.
type blob string

func (b blob) Open(context.Context, value.Value) (request.Resource, error) {
	return request.Resource{ReadCloser: io.NopCloser(strings.NewReader(string(b))), Size: int64(len(b)), ContentType: "text/csv", Filename: "a.csv"}, nil
}

func TestBodiesFromResources(t *testing.T) {
	t.Parallel()
	moved := false
	r := newRecorder(t, func(w http.ResponseWriter, req *http.Request) {
		if !moved {
			moved = true
			http.Redirect(w, req, "/again", http.StatusTemporaryRedirect)
		}
	})
	_, err := send(t, request.Job{BaseURL: r.URL, Resources: blob("a,b")}, `{:method :put :body-from-ref "res://x"}`)
	require.NoError(t, err)
	require.Len(t, r.requests, 2)
	for _, got := range r.requests {
		require.Equal(t, "a,b", got.Body)
		require.Equal(t, "text/csv", got.Header.Get("Content-Type"))
	}
	r.requests = nil
	_, err = send(t, request.Job{BaseURL: r.URL, Resources: blob("a,b"), IdempotencyKey: "k"},
		`{:method :post :multipart [{:name :note :content "hi"} {:name "file" :ref "res://x"} {:name :j :content {:a 1} :filename "q\"x.json" :content-type :json}]}`)
	require.NoError(t, err)
	require.Equal(t, "multipart/form-data; boundary=k", r.requests[0].Header.Get("Content-Type"))
	require.Equal(t, strings.ReplaceAll(`--k
Content-Disposition: form-data; name="note"

hi
--k
Content-Disposition: form-data; name="file"; filename="a.csv"
Content-Type: text/csv

a,b
--k
Content-Disposition: form-data; name="j"; filename="q\"x.json"
Content-Type: application/json

{"a":1}
--k--
`, "\n", "\r\n"), r.requests[0].Body)
	_, err = send(t, request.Job{BaseURL: r.URL}, `{:method :post :multipart {:a 1 :b {:content "x" :filename "f"}}}`)
	require.NoError(t, err)
	_, err = send(t, request.Job{BaseURL: r.URL}, `{:method :post :multipart [{:content 1}]}`)
	require.ErrorContains(t, err, "needs a :name")
	_, err = send(t, request.Job{BaseURL: r.URL}, `{:method :post :multipart [{:name "a\r\nb" :content 1}]}`)
	require.ErrorContains(t, err, "line breaks")
}

func TestTheSizeOfABodyIsBounded(t *testing.T) {
	t.Parallel()
	r := newRecorder(t, nil)
	body := value.String(strings.Repeat("x", request.MaxBody+1))
	f, err := request.Parse(fields(t, `{:url "`+r.URL+`" :method :post}`).Assoc(nil, value.Kw("body"), body))
	require.NoError(t, err)
	_, err = newClient(t).Send(context.Background(), request.Job{Fields: f})
	var over *fault.Error
	require.ErrorAs(t, err, &over)
	require.Equal(t, fault.TooLarge, over.Code)
	require.Empty(t, r.requests)
	text, _ := body.AsString()
	f, err = request.Parse(fields(t, `{:url "`+r.URL+`" :method :post}`).Assoc(nil, value.Kw("body"), value.String(text[1:])))
	require.NoError(t, err)
	answer, err := newClient(t).Send(context.Background(), request.Job{Fields: f})
	require.NoError(t, err)
	require.NoError(t, answer.Close())
	require.Len(t, r.requests[0].Body, request.MaxBody)
}

func TestTemplatesAndSteps(t *testing.T) {
	t.Parallel()
	r := newRecorder(t, nil)
	template := fields(t, `{:connection :slot :method :post :path "/orders/{{id}}/x" :query {:q "{{id}}" :keep 1} :headers {:X-A "{{h}}" :X-B "b"}
		:json {:id "{{id}}" :n "{{n}}" :text "n={{n}}" :list ["{{l}}"]}}`)
	data := edn(t, `{:id "a/../b?c" :n 7 :h "v" :l [1 2]}`)
	rendered, err := request.FromTemplate(template, data)
	require.NoError(t, err)
	merged := request.Merge(rendered, fields(t, `{:query {:q "mine"} :headers {"x-b" "{{n}}"}}`))
	f, err := request.Parse(merged)
	require.NoError(t, err)
	_, err = newClient(t).Send(context.Background(), request.Job{Fields: f, BaseURL: r.URL, IdempotencyKey: "k"})
	require.NoError(t, err)
	got := r.requests[0]
	require.Equal(t, "/orders/a%2F..%2Fb%3Fc/x?keep=1&q=mine", got.URI)
	require.Equal(t, "v", got.Header.Get("X-A"))
	require.Equal(t, "{{n}}", got.Header.Get("X-B"), "a step's own texts are no templates")
	require.Equal(t, `{"id":"a/../b?c","n":7,"text":"n=7","list":[[1,2]]}`, got.Body)

	_, err = request.FromTemplate(template, edn(t, `{:h "a\r\nX-Evil: 1"}`))
	require.ErrorContains(t, err, "line break")
	_, err = request.FromTemplate(template, edn(t, `{:id ".."}`))
	require.ErrorContains(t, err, "..")

	over := request.Merge(template, fields(t, `{:url "http://other" :body "x"}`))
	require.True(t, over.GetKw("connection").IsNil())
	require.True(t, over.GetKw("json").IsNil())
	require.Equal(t, `"x"`, value.PrStr(nil, over.GetKw("body")))
}

func TestCredentials(t *testing.T) {
	t.Parallel()
	secret := binding.NewSecret("s3cret-value")
	r := newRecorder(t, nil)
	for _, c := range []struct {
		credential  binding.Credential
		header, uri string
		step        string
	}{
		{binding.Credential{Type: "bearer", Secret: secret}, "Authorization: Bearer s3cret-value", "/", `{}`},
		{binding.Credential{Type: "basic", Secret: secret, Username: "u"}, "Authorization: Basic dTpzM2NyZXQtdmFsdWU=", "/", `{}`},
		{binding.Credential{Type: "api-key", Secret: secret, Header: "X-Key"}, "X-Key: s3cret-value", "/", `{}`},
		{binding.Credential{Type: "api-key", Secret: secret, Param: "key"}, "", "/?a=1&key=s3cret-value", `{:query {:a 1}}`},
		{binding.Credential{Type: "none"}, "", "/", `{}`},
		{binding.Credential{Type: "bearer", Secret: secret}, "Authorization: mine", "/", `{:headers {:authorization "mine"}}`},
	} {
		r.requests = nil
		answer, err := send(t, request.Job{BaseURL: r.URL + "/", Credential: c.credential}, c.step)
		require.NoError(t, err)
		require.Equal(t, c.uri, r.requests[0].URI)
		require.Equal(t, r.URL+"/", answer.Address, "it shows no query")
		if name, text, ok := strings.Cut(c.header, ": "); ok {
			require.Equal(t, text, r.requests[0].Header.Get(name))
		} else {
			require.Empty(t, r.requests[0].Header.Get("Authorization"))
		}
	}
}

func TestTheStepsOwnAuth(t *testing.T) {
	t.Parallel()
	find := func(slot string) (binding.Secret, error) { return binding.NewSecret("of " + slot), nil }
	slot := binding.Credential{Type: "bearer", Secret: binding.NewSecret("slot's")}
	for step, want := range map[string]binding.Credential{
		`{:url "http://x"}`:                                                                  slot,
		`{:url "http://x" :auth :none}`:                                                      {Type: "none"},
		`{:url "http://x" :auth {:type :none}}`:                                              {Type: "none"},
		`{:url "http://x" :auth {:type :bearer :secret-ref :t}}`:                             {Type: "bearer", Secret: binding.NewSecret("of t")},
		`{:url "http://x" :auth {:type :basic :username "u" :secret-ref :t}}`:                {Type: "basic", Username: "u", Secret: binding.NewSecret("of t")},
		`{:url "http://x" :auth {:type :api-key :secret-ref :t}}`:                            {Type: "api-key", Header: "X-API-Key", Secret: binding.NewSecret("of t")},
		`{:url "http://x" :auth {:type :api-key :header "H" :secret-ref "t"}}`:               {Type: "api-key", Header: "H", Secret: binding.NewSecret("of t")},
		`{:url "http://x" :auth {:type :api-key :location :query :param :k :secret-ref :t}}`: {Type: "api-key", Param: "k", Secret: binding.NewSecret("of t")},
	} {
		f, err := request.Parse(fields(t, step))
		require.NoError(t, err)
		got, err := f.CredentialOf(slot, find)
		require.NoError(t, err, step)
		require.Equal(t, want, got, step)
	}
	for step, message := range map[string]string{
		`{:url "http://x" :auth {:type :bearer :token "abc"}}`: "can't hold a secret",
		`{:url "http://x" :auth {:type :bearer}}`:              "needs :secret-ref",
		`{:url "http://x" :auth :bearer}`:                      "takes a map",
		`{:url "http://x" :auth {:type :magic}}`:               ":auth takes :type",
	} {
		f, err := request.Parse(fields(t, step))
		require.NoError(t, err)
		_, err = f.CredentialOf(slot, find)
		require.ErrorContains(t, err, message, step)
		require.NotContains(t, err.Error(), "abc")
	}
}
