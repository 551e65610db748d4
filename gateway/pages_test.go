package gateway

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/worker"
)

// Slugs and List make fakeFlows what the pages read.
func (f fakeFlows) Slugs(context.Context) ([]string, error) {
	var slugs []string
	for slug := range f {
		if slug == "(away)" {
			return nil, errStore
		}
		slugs = append(slugs, slug)
	}
	return slugs, nil
}

func (f fakeFlows) List(_ context.Context, slug string) ([]store.Version, error) {
	if f[slug] == nil {
		return nil, nil
	}
	return []store.Version{{Number: 3, Digest: strings.Repeat("ab", 32), At: testNow}, {Number: 2, Digest: strings.Repeat("cd", 32), At: testNow.Add(-time.Hour), Pruned: testNow}}, nil
}

// pagesBundle is a gateway with pages, of the order flow, with a run that waits.
func pagesBundle(t *testing.T, change func(*Options)) *bundle {
	t.Helper()
	b := asking(t)
	f, problems := definition.Load("../examples/order-orchestration")
	require.NotNil(t, f, problems)
	b.flows["orders"] = f
	b.runs.timeline.Entries = orderTimeline(f)
	o := Options{
		Runs: b.runs, Flows: b.flows, Secrets: b.secrets, Deliveries: b.server.deliveries, Keys: b.keys, PublicURL: publicURL, APIToken: apiToken,
		Now: func() time.Time { return testNow }, Logger: b.server.log, Pages: PagesOptions{Flows: b.flows, TemporalUI: "http://temporal.example/namespaces/default"},
	}
	if change != nil {
		change(&o)
	}
	var err error
	b.server, err = New(o)
	require.NoError(t, err)
	b.handler = b.server.Handler()
	return b
}

// askSeveral makes the run's wait one of several approvers, of whom one has decided.
func askSeveral(b *bundle) {
	w := &b.runs.waits[0]
	w.Approvers, w.Quorum, w.Reminders = []string{"ann", "bob", "cid"}, 2, []time.Time{testNow.Add(time.Hour)}
	w.Votes = []worker.Vote{{Approver: "bob", Action: "approve", At: testNow}}
	e := &b.runs.timeline.Entries[len(b.runs.timeline.Entries)-1]
	e.Votes, e.Quorum = w.Votes, w.Quorum
}

// orderTimeline is what a run of the order flow did until it waits.
func orderTimeline(f *definition.Flow) []worker.Entry {
	at := testNow.Add(-time.Hour)
	step := func(id, typ string, after, took time.Duration) worker.Entry {
		return worker.Entry{Kind: worker.KindStep, Step: id, Type: typ, State: worker.StateDone, Started: at.Add(after), Ended: at.Add(after + took), Attempts: 1, Occurrence: 1}
	}
	line := 0
	for _, n := range definition.Graph(f).Nodes {
		if n.Title == "Manager approval required?" {
			line = n.Line
		}
	}
	return []worker.Entry{
		step("fetch-order", "http", 0, 120*time.Millisecond), step("fetch-risk", "http", 130*time.Millisecond, 2*time.Second), step("assess", "function", 2*time.Second, 3*time.Millisecond),
		{Kind: worker.KindDecision, Label: "Manager approval required?", Answer: "Wait for the manager", Line: line, Started: at},
		{Kind: worker.KindWait, Step: "manager-approval", Type: "wait", Key: waitKey, KeyN: 1, State: worker.StateWaiting, Started: at.Add(3 * time.Second), Deadline: testNow.Add(time.Hour), Occurrence: 1},
	}
}

// signInto signs in and returns the cookie.
func (b *bundle) signInto(t *testing.T) *http.Cookie {
	t.Helper()
	w := b.send("POST", "/ui/sign-in", url.Values{"token": {apiToken}, "to": {"/ui/runs"}}.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
	require.Equal(t, http.StatusSeeOther, w.Code, w.Body.String())
	require.Equal(t, "/base/ui/runs", w.Header().Get("Location"))
	cookies := w.Result().Cookies()
	require.Len(t, cookies, 1)
	return cookies[0]
}

const runPath = "/ui/run?id=orders%2Fo-1"

func TestPagesNeedASession(t *testing.T) {
	t.Parallel()
	b := pagesBundle(t, nil)
	for _, path := range []string{"/ui/", "/ui/runs", "/ui/waits", runPath, "/ui/flow/orders"} {
		w := b.send("GET", path, "", "Accept", "text/html")
		require.Equal(t, http.StatusSeeOther, w.Code, path)
		require.Equal(t, "/base/ui/sign-in?to="+url.QueryEscape(path), w.Header().Get("Location"))
		require.Equal(t, http.StatusUnauthorized, b.send("GET", path, "").Code)
		require.NotContains(t, w.Body.String(), "orders/o-1")
	}
	require.Equal(t, http.StatusUnauthorized, b.send("GET", "/ui/live?id=orders/o-1", "").Code)
	require.Equal(t, http.StatusUnauthorized, b.send("POST", "/ui/decide", "id=orders/o-1").Code)
	require.Empty(t, b.runs.offers)
	w := b.send("POST", "/ui/sign-in", "token=wrong", "Content-Type", "application/x-www-form-urlencoded")
	require.Equal(t, http.StatusUnauthorized, w.Code)
	require.Empty(t, w.Result().Cookies())
	require.NotContains(t, b.log.String(), apiToken)

	without := pagesBundle(t, func(o *Options) { o.APIToken = "" })
	require.Equal(t, http.StatusNotFound, without.send("GET", "/ui/", "").Code)
}

func TestSessionCookie(t *testing.T) {
	t.Parallel()
	b := pagesBundle(t, nil)
	cookie := b.signInto(t)
	require.True(t, cookie.HttpOnly && cookie.Secure && cookie.SameSite == http.SameSiteStrictMode && cookie.Path == "/")
	require.True(t, strings.HasPrefix(cookie.Name, "__Host-"))
	require.NotContains(t, cookie.Value, apiToken)
	get := func(b *bundle, value string) int {
		return b.send("GET", "/ui/runs", "", "Cookie", cookie.Name+"="+value).Code
	}
	require.Equal(t, http.StatusOK, get(b, cookie.Value))
	for i := range len(cookie.Value) { // every character counts, but for unused bits at the end of base64
		changed := []byte(cookie.Value)
		changed[i] ^= 1
		if i != len(cookie.Value)-1 {
			require.Equal(t, http.StatusUnauthorized, get(b, string(changed)), "character %d", i)
		}
	}
	require.Equal(t, http.StatusUnauthorized, b.send("GET", "/ui/runs", "", "Cookie", cookie.Name+"="+cookie.Value+"; "+cookie.Name+"=x").Code, "two contradict each other")
	other := pagesBundle(t, func(o *Options) { o.APIToken = "another" })
	require.Equal(t, http.StatusUnauthorized, get(other, cookie.Value), "sessions end with their token")
	later := pagesBundle(t, func(o *Options) { o.Now = func() time.Time { return testNow.Add(12 * time.Hour) } })
	require.Equal(t, http.StatusUnauthorized, get(later, cookie.Value))
	before := pagesBundle(t, func(o *Options) { o.Now = func() time.Time { return testNow.Add(-time.Hour) } })
	require.Equal(t, http.StatusUnauthorized, get(before, cookie.Value), "from the future")
	for to, want := range map[string]string{"https://evil.example/": "/base/ui/", "//evil.example": "/base/ui/", "/ui/\\evil": "/base/ui/", "/api/runs": "/base/ui/", "/ui/flow/orders": "/base/ui/flow/orders"} {
		w := b.send("POST", "/ui/sign-in", url.Values{"token": {apiToken}, "to": {to}}.Encode(), "Content-Type", "application/x-www-form-urlencoded")
		require.Equal(t, want, w.Header().Get("Location"), to)
	}
	require.Equal(t, -1, b.send("POST", "/ui/sign-out", "").Result().Cookies()[0].MaxAge)
}

// TestLoopbackLetsOnlyThisMachineIn tries what another site's page, a rebound name or a proxy would send.
func TestLoopbackLetsOnlyThisMachineIn(t *testing.T) {
	t.Parallel()
	b := pagesBundle(t, func(o *Options) { o.Pages.Loopback, o.PublicURL = true, "http://127.0.0.1:7777" })
	for name, c := range map[string]struct {
		remote, host string
		headers      []string
		in           bool
	}{
		"typed":              {"127.0.0.1:5000", "127.0.0.1:7777", []string{"Sec-Fetch-Site", "none"}, true},
		"curl":               {"[::1]:5000", "localhost:7777", nil, true},
		"IPv6":               {"[::1]:5000", "[::1]:7777", nil, true},
		"own page":           {"127.0.0.1:5000", "localhost:7777", []string{"Sec-Fetch-Site", "same-origin"}, true},
		"a link elsewhere":   {"127.0.0.1:5000", "localhost:7777", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, true},
		"another machine":    {"192.0.2.1:5000", "127.0.0.1:7777", nil, false},
		"rebound name":       {"127.0.0.1:5000", "evil.example:7777", []string{"Sec-Fetch-Site", "same-origin"}, false},
		"like localhost":     {"127.0.0.1:5000", "localhost.evil.example:7777", nil, false},
		"another site's img": {"127.0.0.1:5000", "127.0.0.1:7777", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image"}, false},
		"a frame":            {"127.0.0.1:5000", "127.0.0.1:7777", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"}, false},
		"behind a proxy":     {"127.0.0.1:5000", "127.0.0.1:7777", []string{"X-Forwarded-For", "192.0.2.1"}, false},
	} {
		r := httptest.NewRequest("GET", runPath, nil)
		r.RemoteAddr, r.Host = c.remote, c.host
		for i := 0; i < len(c.headers); i += 2 {
			r.Header.Set(c.headers[i], c.headers[i+1])
		}
		w := httptest.NewRecorder()
		b.handler.ServeHTTP(w, r)
		require.Equal(t, c.in, w.Code == http.StatusOK, "%s: %d", name, w.Code)
	}
}

// formOf is what the run's page would send.
func formOf(t *testing.T, page, action string) url.Values {
	t.Helper()
	form := url.Values{"action": {action}}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`).FindAllStringSubmatch(page[strings.Index(page, `action="decide"`):], -1) {
		form.Set(m[1], html.UnescapeString(m[2]))
	}
	require.NotEmpty(t, form.Get("csrf"))
	return form
}

func TestPagesDecide(t *testing.T) {
	t.Parallel()
	b := pagesBundle(t, nil)
	cookie := b.signInto(t)
	auth := []string{"Cookie", cookie.Name + "=" + cookie.Value, "Content-Type", "application/x-www-form-urlencoded"}
	page := b.send("GET", runPath, "", auth...).Body.String()
	form := formOf(t, page, "approve")
	form.Set("field-by", "Ann")
	form.Set("field-comment", "fine")
	for name, headers := range map[string][]string{
		"another site":    append(auth, "Sec-Fetch-Site", "cross-site"),
		"a sibling":       append(auth, "Sec-Fetch-Site", "same-site"),
		"another origin":  append(auth, "Origin", "https://evil.example"),
		"without session": {"Content-Type", "application/x-www-form-urlencoded"},
	} {
		require.GreaterOrEqual(t, b.send("POST", "/ui/decide", form.Encode(), headers...).Code, 400, name)
	}
	forged := url.Values{}
	for k, v := range form {
		forged[k] = v
	}
	forged.Set("csrf", "x")
	require.Equal(t, http.StatusForbidden, b.send("POST", "/ui/decide", forged.Encode(), auth...).Code)
	require.Empty(t, b.runs.offers)
	require.Equal(t, http.StatusNotFound, b.send("GET", "/ui/decide?"+form.Encode(), "", auth...).Code, "only a POST decides")

	w := b.send("POST", "/ui/decide", form.Encode(), append(auth, "Sec-Fetch-Site", "same-origin")...)
	require.Equal(t, http.StatusSeeOther, w.Code, w.Body.String())
	require.Contains(t, w.Header().Get("Location"), "told=approve")
	require.Len(t, b.runs.offers, 1)
	offer := b.runs.offers[0]
	require.Equal(t, []any{"orders/o-1", waitKey, "Ann", "approve"}, []any{offer.WorkflowID, offer.Key, offer.By, actionOf(offer.Value)})
	w = b.send("POST", "/ui/decide", form.Encode(), auth...)
	require.Contains(t, w.Header().Get("Location"), "told=already")
	require.Contains(t, b.send("GET", strings.TrimPrefix(w.Header().Get("Location"), "/base"), "", auth...).Body.String(), "was decided before")

	cancel := url.Values{"csrf": form["csrf"], "id": {"orders/o-1"}}
	require.Equal(t, http.StatusSeeOther, b.send("POST", "/ui/cancel", cancel.Encode(), auth...).Code)
	require.Equal(t, []string{"orders/o-1"}, b.runs.canceled)
}

func TestPagesListWaitsAndReassign(t *testing.T) {
	t.Parallel()
	b := pagesBundle(t, nil)
	cookie := b.signInto(t)
	auth := []string{"Cookie", cookie.Name + "=" + cookie.Value, "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin"}
	b.runs.nextPage = []byte("more")
	list := b.send("GET", "/ui/waits?flow=orders", "", auth...).Body.String()
	for _, want := range []string{"Waits of orders", "Manager approval", waitKey, "orders/o-1", "/base/ui/waits?flow=orders&amp;page=bW9yZQ"} {
		require.Contains(t, list, want)
	}
	askSeveral(b)
	require.Contains(t, b.send("GET", "/ui/waits", "", auth...).Body.String(), "1 of 3 decided, 2 needed")
	page := b.send("GET", runPath, "", auth...).Body.String()
	for _, want := range []string{"2 of 3 have to approve", "The next reminder goes out at", "<option>ann</option><option>cid</option>", "bob: approve"} {
		require.Contains(t, page, want)
	}
	csrf := regexp.MustCompile(`name="csrf" value="([^"]+)"`).FindStringSubmatch(page)[1]
	form := url.Values{"csrf": {csrf}, "id": {"orders/o-1"}, "run-id": {firstRunID}, "key": {waitKey}, "occurrence": {"1"}, "from": {"ann"}, "to": {"dan"}}
	w := b.send("POST", "/ui/reassign", form.Encode(), auth...)
	require.Equal(t, http.StatusSeeOther, w.Code)
	require.Contains(t, w.Header().Get("Location"), "told=reassigned")
	require.Equal(t, worker.Reassignment{WorkflowID: "orders/o-1", RunID: firstRunID, Key: waitKey, Occurrence: 1, From: "ann", To: "dan", By: "console"}, b.runs.reassigned[0])
	forged := url.Values{}
	for name, texts := range form {
		forged[name] = texts
	}
	forged.Set("csrf", "x")
	require.Equal(t, http.StatusForbidden, b.send("POST", "/ui/reassign", forged.Encode(), auth...).Code)
	require.Len(t, b.runs.reassigned, 1)
	b.runs.reassign = &worker.ReassignError{Reason: "ann has decided already"}
	w = b.send("POST", "/ui/reassign", form.Encode(), auth...)
	require.Equal(t, http.StatusUnprocessableEntity, w.Code)
	require.Contains(t, w.Body.String(), "ann has decided already")
}

// TestEveryPageRenders looks at each page's parts, its headers, and that nothing of a run's data escapes its place.
func TestEveryPageRenders(t *testing.T) {
	t.Parallel()
	const evil = `"><script>alert(1)</script>`
	b := pagesBundle(t, nil)
	cookie := b.signInto(t)
	b.runs.timeline.Entries = append(b.runs.timeline.Entries, worker.Entry{Kind: worker.KindNote, Note: evil}, worker.Entry{Kind: worker.KindStep, Step: evil, Title: evil, State: worker.StateFailed, Error: evil, Occurrence: 2, Attempts: 3})
	b.runs.waits[0].Required = []string{"cost-center", "comment", "by"}
	for path, want := range map[string]string{
		"/ui/": "Order orchestration", "/ui/flow/orders": "How to start it", "/ui/runs": "orders/o-1", "/ui/runs?status=waiting&flow=orders": "Runs of orders",
		runPath: "Manager approval required?", "/ui/sign-in": "", "/ui/nothing": "There is nothing here", "/ui/flow/none": "There is no such flow", "/ui/run": "There is no such run",
	} {
		w := b.send("GET", path, "", "Cookie", cookie.Name+"="+cookie.Value)
		require.Contains(t, w.Body.String(), want, path)
		require.NotContains(t, w.Body.String(), "<script>", path)
		require.NotContains(t, w.Body.String(), "ZgotmplZ", path)
		require.NotContains(t, w.Body.String(), " style=", path)
		require.Equal(t, "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'", w.Header().Get("Content-Security-Policy"), path)
		require.Equal(t, "no-referrer", w.Header().Get("Referrer-Policy"))
		require.Equal(t, "no-store", w.Header().Get("Cache-Control"))
	}
	b.runs.run.Status, b.runs.run.Ended, b.runs.result = worker.StatusCompleted, testNow, json.RawMessage(`{"fulfilled":true}`)
	done := b.send("GET", runPath, "", "Cookie", cookie.Name+"="+cookie.Value).Body.String()
	require.Contains(t, done, "&#34;fulfilled&#34;: true")
	require.Contains(t, done, `is-missed`)
	require.Contains(t, done, `href="http://temporal.example/namespaces/default/workflows/orders%2Fo-1/`+firstRunID)
	b.runs.askErr = worker.ErrUnavailable
	require.Contains(t, b.send("GET", runPath, "", "Cookie", cookie.Name+"="+cookie.Value).Body.String(), "No worker answers")
	b.runs.runErr = worker.ErrUnavailable
	require.Equal(t, http.StatusServiceUnavailable, b.send("GET", runPath, "", "Cookie", cookie.Name+"="+cookie.Value).Code)
}

// TestLiveEndsWithItsServer opens a stream and stops the server: it doesn't keep it.
func TestLiveEndsWithItsServer(t *testing.T) {
	t.Parallel()
	b := pagesBundle(t, func(o *Options) { o.PublicURL, o.Pages.Loopback = "http://127.0.0.1:1", true })
	srv := httptest.NewServer(b.handler)
	defer srv.Close()
	answer, err := http.Get(srv.URL + "/ui/live?id=orders/o-1")
	require.NoError(t, err)
	defer answer.Body.Close()
	require.Equal(t, "text/event-stream", answer.Header.Get("Content-Type"))
	text := make([]byte, 64)
	_, err = answer.Body.Read(text)
	require.NoError(t, err)
	require.Contains(t, string(text), "retry:")
	b.server.Closing()
	require.Equal(t, http.StatusServiceUnavailable, b.send("GET", "/readyz", "").Code)
	for err == nil {
		_, err = answer.Body.Read(text)
	}
	require.EqualError(t, err, "EOF")
}

// TestLiveOutlastsTheServersTimeouts has a server that cuts requests off long before a stream's news come.
func TestLiveOutlastsTheServersTimeouts(t *testing.T) {
	t.Parallel()
	b := pagesBundle(t, func(o *Options) { o.PublicURL, o.Pages.Loopback = "http://127.0.0.1:1", true })
	srv := httptest.NewUnstartedServer(b.handler)
	srv.Config.ReadTimeout, srv.Config.WriteTimeout = 200*time.Millisecond, 200*time.Millisecond
	srv.Start()
	defer srv.Close()
	defer b.server.Closing()
	answer, err := http.Get(srv.URL + "/ui/live?id=orders/o-1")
	require.NoError(t, err)
	defer answer.Body.Close()
	time.AfterFunc(time.Second, func() {
		b.runs.mu.Lock()
		defer b.runs.mu.Unlock()
		b.runs.timeline.Entries = append(b.runs.timeline.Entries, worker.Entry{Kind: worker.KindNote, Note: "late news", Started: testNow})
	})
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "late news") {
			return
		}
	}
	require.Fail(t, "the stream ended before its news came", "%v", lines.Err())
}
