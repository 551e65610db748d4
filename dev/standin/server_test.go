package standin_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/dev/standin"
	"github.com/weir-run/weir/interpreter/syntax"
)

const shop = `
;; comments and #_ forms are fine
{:shop {[:get "/orders/{id}"]        {:json {:id "o-1" :total 129.9 :flags #{:new}}}
        [:get "/orders/latest"]      {:edn {:id :latest, :score 1/2}}
        [:get "/jobs/{id}"]          [{:status 503 :headers {"Retry-After" 0}} {:json {:state "open"}} {:json {:state "done"}}]
        [:post "/orders/{id}/pay"]   {:status 201 :headers {"X-Id" ["a" "b"]} :text "paid"}
        [:any "/orders/{id}/pay"]    {:status 405}
        [:delete "/"]                {:status 204}}
 :empty {}}`

type bundle struct {
	server *standin.Server
	url    string
}

func setup(t *testing.T, text string) bundle {
	t.Helper()
	book, problems := standin.Parse("stubs.edn", []byte(text))
	require.NoError(t, problems.Err())
	server := standin.NewServer()
	server.Use("orders", book)
	web := httptest.NewServer(server)
	t.Cleanup(web.Close)
	return bundle{server: server, url: web.URL}
}

func (b bundle) call(t *testing.T, method, path, body string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequest(method, b.url+path, strings.NewReader(body))
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer sesame")
	request.Header.Set("Idempotency-Key", "k-1")
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response, string(text)
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	b := setup(t, shop)
	for _, c := range []struct {
		method, path string
		status       int
		contentType  string
		body         string
	}{
		{"GET", "/orders/shop/orders/o-9", 200, "application/json", `{"id":"o-1","total":129.9,"flags":["new"]}`},
		{"GET", "/orders/shop/orders/a%2Fb", 200, "application/json", `{"id":"o-1","total":129.9,"flags":["new"]}`},
		{"GET", "/orders/shop/orders/latest", 200, "application/edn", `{:id :latest, :score 1/2}`},
		{"GET", "/orders/shop/orders/latest?q=1", 200, "application/edn", `{:id :latest, :score 1/2}`},
		{"HEAD", "/orders/shop/orders/latest", 200, "application/edn", ``},
		{"POST", "/orders/shop/orders/o-9/pay", 201, "text/plain; charset=utf-8", `paid`},
		{"PUT", "/orders/shop/orders/o-9/pay", 405, "", ``},
		{"DELETE", "/orders/shop", 204, "", ``},
		{"DELETE", "/orders/shop/", 204, "", ``},
	} {
		response, body := b.call(t, c.method, c.path, "")
		require.Equal(t, c.status, response.StatusCode, "%s %s", c.method, c.path)
		require.Equal(t, c.body, body, "%s %s", c.method, c.path)
		require.Equal(t, c.contentType, response.Header.Get("Content-Type"), "%s %s", c.method, c.path)
	}
	response, _ := b.call(t, "POST", "/orders/shop/orders/o-9/pay", "")
	require.Equal(t, []string{"a", "b"}, response.Header.Values("X-Id"))
}

func TestSuccessiveAnswersCountPerPath(t *testing.T) {
	t.Parallel()
	b := setup(t, shop)
	job := func(id string) string {
		response, body := b.call(t, "GET", "/orders/shop/jobs/"+id, "")
		if response.StatusCode == 503 {
			require.Equal(t, "0", response.Header.Get("Retry-After"))
		}
		return http.StatusText(response.StatusCode) + body
	}
	require.Equal(t, "Service Unavailable", job("1"))
	require.Equal(t, `OK{"state":"open"}`, job("1"))
	require.Equal(t, "Service Unavailable", job("2"))
	require.Equal(t, `OK{"state":"done"}`, job("1"))
	require.Equal(t, `OK{"state":"done"}`, job("1"), "the last answer repeats")

	book, _ := standin.Parse("stubs.edn", []byte(shop))
	b.server.Use("orders", book)
	require.Equal(t, "Service Unavailable", job("1"), "a new book begins anew")
}

func TestUnknownRequestsAreAnsweredHelpfully(t *testing.T) {
	t.Parallel()
	b := setup(t, shop)
	for path, want := range map[string]string{
		"/orders/shop/order/1": `add [:get \"/order/1\"] {:status 200 :json {}} under :shop in stubs.edn`,
		"/orders/shop/jobs/":   `[:get \"/jobs/{id}\"]`,
		"/orders/mail/send":    `"slots":["empty","shop"]`,
		"/other/shop/x":        `flow \"other\" has no stubs file`,
		"/":                    `/{flow}/{slot}/`,
	} {
		response, body := b.call(t, "GET", path, "")
		require.Equal(t, http.StatusNotFound, response.StatusCode, path)
		require.Contains(t, body, want, path)
	}
}

func TestRequestsAreRecordedWithoutCredentials(t *testing.T) {
	t.Parallel()
	b := setup(t, shop)
	var seen []standin.Request
	b.server.Watch(func(r standin.Request) { seen = append(seen, r) })
	b.call(t, "POST", "/orders/shop/orders/o%2F9/pay?api_key=sesame", `{"n":1}`)
	b.call(t, "GET", "/orders/shop/nowhere", "")

	got := b.server.Requests()
	require.Len(t, got, 2)
	require.Equal(t, seen, got)
	require.Equal(t, "orders", got[0].Flow)
	require.Equal(t, "shop", got[0].Slot)
	require.Equal(t, "/orders/o/9/pay", got[0].Path)
	require.Equal(t, `[:post "/orders/{id}/pay"]`, got[0].Route)
	require.Equal(t, "k-1", got[0].IdempotencyKey())
	require.Equal(t, `{"n":1}`, got[0].Body)
	require.True(t, got[0].Authorized)
	require.NotContains(t, fmt.Sprintf("%+v", got), "sesame")
	require.Equal(t, http.StatusNotFound, got[1].Status)
	require.Empty(t, got[1].Route)
}

func TestProblemsHaveTheirPlace(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`[1]`:                                    "s.edn:1:1: error: a stubs file is a map, slot to routes [stubs-shape]",
		`{} {}`:                                  "s.edn:1:4: error: a stubs file holds one map, slot to routes [stubs-shape]",
		`{"a" {}}`:                               "s.edn:1:2: error: a slot is an unqualified keyword [stubs-slot]",
		`{:a []}`:                                "s.edn:1:5: error: the routes of a slot are a map, [:get \"/path\"] to an answer [stubs-shape]",
		`{:a {:get {}}}`:                         "s.edn:1:6: error: a route is a vector of a method and a path [stubs-route]",
		`{:a {[:fetch "/x"] {}}}`:                "s.edn:1:7: error: this is no method [stubs-method]",
		`{:a {[:get "x"] {}}}`:                   "s.edn:1:12: error: a path is a string that starts with / and has no query [stubs-path]",
		`{:a {[:get "/x?y=1"] {}}}`:              "s.edn:1:12: error: a path is a string that starts with / and has no query [stubs-path]",
		`{:a {[:get "/x"] []}}`:                  "s.edn:1:18: error: a vector of answers holds at least one [stubs-answer]",
		`{:a {[:get "/x"] 200}}`:                 "s.edn:1:18: error: an answer is a map like {:status 200 :json {...}} [stubs-shape]",
		`{:a {[:get "/x"] {:status 99}}}`:        "s.edn:1:27: error: this is a whole number from 100 to 599 [stubs-answer]",
		`{:a {[:get "/x"] {:delay-ms -1}}}`:      "s.edn:1:29: error: this is a whole number from 0 to 600000 [stubs-answer]",
		`{:a {[:get "/x"] {:body 1}}}`:           "s.edn:1:19: error: an answer has no such field [stubs-field]",
		`{:a {[:get "/x"] {:json 1 :edn 2}}}`:    "s.edn:1:18: error: an answer has one body [stubs-answer]",
		`{:a {[:get "/x"] {:text 1}}}`:           "s.edn:1:25: error: :text is a string [stubs-answer]",
		`{:a {[:get "/x"] {:headers {"A" :b}}}}`: "s.edn:1:33: error: a header's value is a string or a number [stubs-answer]",
	} {
		book, problems := standin.Parse("s.edn", []byte(text))
		require.Nil(t, book, text)
		require.NotEmpty(t, problems, text)
		require.Equal(t, want, problems[0].String(), text)
	}
}

func TestAnEmptyFileStandsInForNothing(t *testing.T) {
	t.Parallel()
	book, problems := standin.Parse("s.edn", []byte(" ;; nothing yet\n"))
	require.Empty(t, problems)
	require.Empty(t, book.Slots())
	_, problems = standin.Load("absent.edn")
	require.True(t, problems.HasErrors())
	require.Contains(t, problems[0].String(), "absent.edn: error: open absent.edn")
}

func TestABookLaidOverAnotherReplacesItsRoutes(t *testing.T) {
	t.Parallel()
	const text = `{:shop {[:get "/orders/{id}"] {:status 404} [:get "/new"] {:edn :new}} :more {[:get "/"] {:text "more"}}}`
	under, problems := standin.Parse("stubs.edn", []byte(shop))
	require.NoError(t, problems.Err())
	forms, problems := syntax.Read("order.test.edn", []byte(text))
	require.NoError(t, problems.Err())
	over, problems := standin.Read([]byte(text), forms[0])
	require.NoError(t, problems.Err())
	b := setup(t, shop)
	b.server.Use("orders", over.Over(under))
	for path, want := range map[string]int{"/orders/shop/orders/o-9": 404, "/orders/shop/new": 200, "/orders/shop/orders/latest": 200, "/orders/more/": 200} {
		response, _ := b.call(t, "GET", path, "")
		require.Equal(t, want, response.StatusCode, path)
	}
	require.Equal(t, []string{"empty", "more", "shop"}, over.Over(under).Slots())
	require.Same(t, over, over.Over(nil))
	require.Same(t, under, (*standin.Book)(nil).Over(under))

	forms, _ = syntax.Read("order.test.edn", []byte(`{:shop {[:gat "/"] {}}}`))
	_, problems = standin.Read([]byte(`{:shop {[:gat "/"] {}}}`), forms[0])
	require.Equal(t, "order.test.edn:1:10: error: this is no method [stubs-method]", problems.Error())
}
