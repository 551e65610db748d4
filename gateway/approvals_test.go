package gateway

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/gateway/token"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

const waitKey = "approval:order:o-1"

func waitClaims() token.Claims {
	return token.Claims{
		WorkflowID: "orders/o-1", FirstRunID: firstRunID, RunID: firstRunID, Key: waitKey,
		Occurrence: 1, Action: token.Approve, Expires: testNow.Add(2 * time.Hour),
	}
}

// asking is a gateway whose run waits for the approval.
func asking(t *testing.T) *bundle {
	t.Helper()
	b := setup(t)
	b.runs.waits = []worker.Wait{{
		Key: waitKey, Occurrence: 1, Step: "manager-approval", Title: "Manager approval",
		Since: testNow.Add(-time.Minute), Deadline: testNow.Add(2 * time.Hour),
	}}
	b.runs.timeline.Entries = []worker.Entry{{Kind: worker.KindWait, Key: waitKey, KeyN: 1, State: worker.StateWaiting}}
	return b
}

// link is the path of a link.
func (b *bundle) link(t *testing.T, c token.Claims) string {
	t.Helper()
	text, err := b.keys.Sign(c)
	require.NoError(t, err)
	return "/approvals/" + text
}

var (
	approve = waitClaims()
	reject  = waitClaims().With(token.Reject)
)

func browse(b *bundle, method, path, body string) *httptest.ResponseRecorder {
	return b.send(method, path, body, "Accept", "text/html,application/xhtml+xml", "Content-Type", "application/x-www-form-urlencoded")
}

func TestLookingDecidesNothing(t *testing.T) {
	t.Parallel()
	b := asking(t)
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		w := b.send(method, b.link(t, approve), "", "Purpose", "prefetch")
		require.Equal(t, http.StatusOK, w.Code)
		require.Equal(t, "text/html; charset=utf-8", w.Header().Get("Content-Type"))
		require.Equal(t, "no-store", w.Header().Get("Cache-Control"))
		require.Equal(t, "no-referrer", w.Header().Get("Referrer-Policy"))
		require.Contains(t, w.Header().Get("Content-Security-Policy"), "default-src 'none'")
	}
	for _, visitor := range [][2]string{
		{"User-Agent", "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"}, {"User-Agent", "facebookexternalhit/1.1"}, {"User-Agent", "Twitterbot/1.0"},
		{"User-Agent", "Mozilla/5.0 (compatible; bingbot/2.0) BingPreview/1.0b"}, {"User-Agent", "GoogleImageProxy"}, {"User-Agent", "curl/8.5.0"}, {"User-Agent", ""},
		{"Sec-Purpose", "prefetch;prerender"}, {"Purpose", "preview"}, {"X-Moz", "prefetch"}, {"X-Purpose", "preview"}, {"Range", "bytes=0-99"},
		{"X-HTTP-Method-Override", "POST"}, {"Content-Type", "application/x-www-form-urlencoded"}, {"If-None-Match", "*"},
	} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			for _, query := range []string{"", "?action=approve", "?_method=POST"} {
				require.Equal(t, http.StatusOK, b.send(method, b.link(t, approve)+query, "action=approve&_method=POST", visitor[0], visitor[1]).Code, visitor)
			}
		}
	}
	w := b.send(http.MethodGet, b.link(t, approve), "")
	for _, want := range []string{"Order Orchestration", "<h1>Manager approval</h1>", "orders/o-1", waitKey, "in 2 hours"} {
		require.Contains(t, w.Body.String(), want)
	}
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions} {
		require.Equal(t, http.StatusNotFound, b.send(method, b.link(t, approve), "").Code)
	}
	require.Empty(t, b.runs.offers)
}

// TestButtonsDecide follows the form of the page, as a browser would.
func TestButtonsDecide(t *testing.T) {
	t.Parallel()
	for _, claims := range []token.Claims{approve, reject} {
		for _, button := range []string{"Approve", "Reject"} {
			b := asking(t)
			path := b.link(t, claims)
			target := buttons(t, b.send(http.MethodGet, path, "").Body.String())[button]
			require.NotEmpty(t, target)
			w := browse(b, http.MethodPost, "/approvals/"+target, "comment=fine+by+me&by=Ann")
			require.Equal(t, http.StatusOK, w.Code)
			require.Contains(t, w.Body.String(), "<h1>"+map[string]string{"Approve": "Approved", "Reject": "Rejected"}[button])
			require.Len(t, b.runs.offers, 1)
			d := b.runs.offers[0]
			require.Equal(t, "orders/o-1", d.WorkflowID)
			require.Equal(t, firstRunID, d.RunID)
			require.Equal(t, waitKey, d.Key)
			require.Equal(t, 1, d.Occurrence)
			require.Equal(t, "Ann", d.By)
			require.Equal(t, `{:action "`+strings.ToLower(button)+`", :by "Ann", :comment "fine by me"}`, value.PrStr(nil, d.Value))
		}
	}
}

// buttons maps each button's label to where it posts.
func buttons(t *testing.T, text string) map[string]string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	require.NoError(t, err)
	out, action := map[string]string{}, ""
	for n := range root.Descendants() {
		attrs := map[string]string{}
		for _, a := range n.Attr {
			attrs[a.Key] = a.Val
		}
		switch n.Data {
		case "form":
			require.Equal(t, "post", attrs["method"])
			action = attrs["action"]
		case "button":
			target := attrs["formaction"]
			if target == "" {
				target = action
			}
			out[n.FirstChild.Data] = target
		}
	}
	return out
}

func TestADecisionTakesAnyBody(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ body, contentType, want, by string }{
		"nothing":           {"", "", `{:action "approve"}`, "link"},
		"an empty form":     {"", "application/x-www-form-urlencoded", `{:action "approve"}`, "link"},
		"a form":            {"comment=a%26b&cost-center=7&empty=", "application/x-www-form-urlencoded", `{:action "approve", :comment "a&b", :cost-center "7"}`, "link"},
		"an odd field":      {"a%20b=1", "application/x-www-form-urlencoded", `{:action "approve", "a b" "1"}`, "link"},
		"JSON":              {`{"comment":"ok","amount":12.5,"by":"bob","at":"never"}`, "application/json", `{:action "approve", :comment "ok", :amount 12.5, :by "bob"}`, "bob"},
		"JSON, as curl -d":  {` {"comment":"ok"}`, "application/x-www-form-urlencoded", `{:action "approve", :comment "ok"}`, "link"},
		"JSON without type": {`{"action":"approve"}`, "", `{:action "approve"}`, "link"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := asking(t)
			w := b.send(http.MethodPost, b.link(t, approve), c.body, "Content-Type", c.contentType)
			require.Equal(t, http.StatusOK, w.Code, w.Body.String())
			require.Equal(t, c.want, value.PrStr(nil, b.runs.offers[0].Value))
			require.Equal(t, c.by, b.runs.offers[0].By)
			got := answerOf(t, w)
			require.Equal(t, "decided", got["outcome"])
			require.Equal(t, "approve", got["action"])
			require.Equal(t, c.by, got["by"])
			require.Equal(t, "2025-10-09T08:53:20Z", got["at"])
		})
	}
}

func TestABodyThatCannotBeTakenDecidesNothing(t *testing.T) {
	t.Parallel()
	b := asking(t)
	form, json := "application/x-www-form-urlencoded", "application/json"
	for name, c := range map[string]struct {
		body, contentType string
		want              int
	}{
		"another action":    {`{"action":"reject"}`, json, 422},
		"an action by form": {"action=reject", form, 422},
		"a field twice":     {"comment=a&comment=b", form, 422},
		"not UTF-8":         {"comment=%ff", form, 422},
		"a long comment":    {"comment=" + strings.Repeat("x", 2001), form, 422},
		"a long name":       {"by=" + strings.Repeat("x", 101), form, 422},
		"a name no text":    {`{"by":7}`, json, 422},
		"broken JSON":       {`{"a":`, json, 422},
		"JSON no object":    {`[1]`, json, 422},
		"a broken form":     {"comment=%zz", form, 400},
		"another type":      {"comment: a", "text/yaml", 415},
		"too much":          {"comment=" + strings.Repeat("x", MaxDecisionBody), form, 413},
	} {
		w := b.send(http.MethodPost, b.link(t, approve), c.body, "Content-Type", c.contentType)
		require.Equal(t, c.want, w.Code, name)
	}
	require.Equal(t, 415, b.send(http.MethodPost, b.link(t, approve), "{}", "Content-Encoding", "gzip").Code)
	require.Empty(t, b.runs.offers)
	require.Equal(t, 200, b.send(http.MethodPost, b.link(t, approve), "comment="+strings.Repeat("ä", 2000), "Content-Type", form).Code, "the limit counts characters")
}

func TestTheFirstDecisionStands(t *testing.T) {
	t.Parallel()
	b := asking(t)
	require.Equal(t, http.StatusOK, b.send(http.MethodPost, b.link(t, reject), `{"by":"Ann"}`).Code)
	for _, claims := range []token.Claims{approve, reject} {
		w := b.send(http.MethodPost, b.link(t, claims), "")
		require.Equal(t, http.StatusConflict, w.Code)
		got := answerOf(t, w)
		require.Equal(t, "already-decided", got["outcome"])
		require.Equal(t, "reject", got["action"])
		require.Equal(t, "Ann", got["by"])
		require.Contains(t, browse(b, http.MethodPost, b.link(t, claims), "").Body.String(), "<h1>Already rejected</h1>")
		w = b.send(http.MethodGet, b.link(t, claims), "")
		require.Equal(t, http.StatusOK, w.Code, "a look at what was decided is no conflict")
		require.Contains(t, w.Body.String(), "<h1>Already rejected</h1>")
	}
}

func TestOppositeDecisionsAtOnce(t *testing.T) {
	t.Parallel()
	b := asking(t)
	codes := make([]int, 40)
	links := []string{b.link(t, approve), b.link(t, reject)}
	var wg sync.WaitGroup
	for i := range codes {
		wg.Go(func() { codes[i] = b.send(http.MethodPost, links[i%2], "").Code })
	}
	wg.Wait()
	count := map[int]int{}
	for _, c := range codes {
		count[c]++
	}
	require.Equal(t, map[int]int{http.StatusOK: 1, http.StatusConflict: 39}, count)
}

func TestOutcomesHaveTheirCodes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		outcome    string
		err        error
		want       int
		page, json string
	}{
		"kept":        {worker.OutcomeKept, nil, 202, "Approved, and kept", "kept"},
		"over":        {worker.OutcomeOver, nil, 410, "This question is closed", "over"},
		"unknown":     {worker.OutcomeUnknown, nil, 404, "This question no longer exists", "unknown"},
		"away":        {"", worker.ErrUnavailable, 503, "Please try again", "unavailable"},
		"broken":      {"", errors.New("?"), 503, "Please try again", "unavailable"},
		"not allowed": {"", &worker.InvalidDecisionError{Reason: "the wait needs :comment"}, 422, "Manager approval", "invalid-decision"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := asking(t)
			b.runs.outcome, b.runs.decide = c.outcome, c.err
			w := b.send(http.MethodPost, b.link(t, approve), "")
			require.Equal(t, c.want, w.Code)
			require.Equal(t, c.json, answerOf(t, w)["outcome"])
			w = browse(b, http.MethodPost, b.link(t, approve), "by=Ann")
			require.Equal(t, c.want, w.Code)
			require.Contains(t, w.Body.String(), "<h1>"+c.page)
			if c.want == 503 {
				require.Equal(t, "5", w.Header().Get("Retry-After"))
			}
		})
	}
}

func TestAQuestionWithoutATitleIsCalledByItsStep(t *testing.T) {
	t.Parallel()
	b := asking(t)
	b.runs.waits[0].Title, b.runs.waits[0].Step = "", "legal-review"
	require.Contains(t, b.send(http.MethodGet, b.link(t, approve), "").Body.String(), "<h1>Legal review</h1>")
}

func TestARefusedFormIsShownAgain(t *testing.T) {
	t.Parallel()
	b := asking(t)
	b.runs.waits[0].Required = []string{"action", "comment", "cost-center"}
	require.Contains(t, b.send(http.MethodGet, b.link(t, approve), "").Body.String(), `name="cost-center"`)
	b.runs.decide = &worker.InvalidDecisionError{Reason: "the wait needs :cost-center"}
	w := browse(b, http.MethodPost, b.link(t, approve), "comment=fine&by=Ann")
	require.Equal(t, http.StatusUnprocessableEntity, w.Code)
	for _, want := range []string{"the wait needs :cost-center", ">fine</textarea>", `value="Ann"`} {
		require.Contains(t, w.Body.String(), want)
	}
}

// TestAnEndedRunStillTellsWhatWasDecided: somebody presses twice, and the run is over by then.
func TestAnEndedRunStillTellsWhatWasDecided(t *testing.T) {
	t.Parallel()
	b := asking(t)
	require.Equal(t, http.StatusOK, b.send(http.MethodPost, b.link(t, approve), "").Code)
	b.runs.timeline.Status, b.runs.outcome = worker.StatusCompleted, worker.OutcomeOver
	w := b.send(http.MethodPost, b.link(t, approve), "")
	require.Equal(t, http.StatusConflict, w.Code)
	require.Equal(t, "approve", answerOf(t, w)["action"])
}

func TestLinksTellHowItStands(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(b *bundle)
		want   int
		shows  string
	}{
		"open":      {func(*bundle) {}, 200, "Manager approval"},
		"timed out": {func(b *bundle) { b.runs.waits = nil; b.runs.timeline.Entries[0].State = worker.StateTimedOut }, 410, "This question is closed"},
		"run over": {func(b *bundle) {
			b.runs.waits, b.runs.timeline.Entries = nil, nil
			b.runs.timeline.Status = worker.StatusFailed
		}, 410, "This question is closed"},
		"cancelled": {func(b *bundle) { b.runs.waits = nil; b.runs.timeline.Entries[0].State = worker.StateCancelled }, 410, "This question is closed"},
		"an earlier occurrence": {func(b *bundle) {
			b.runs.waits[0].Occurrence = 2
			b.runs.timeline.Entries[0].State = worker.StateTimedOut
		}, 410, "This question is closed"},
		"ended long ago":      {func(b *bundle) { b.runs.waits, b.runs.timeline.Entries, b.runs.timeline.Skipped = nil, nil, 9 }, 410, "This question is closed"},
		"not reached yet":     {func(b *bundle) { b.runs.waits, b.runs.timeline.Entries = nil, nil }, 200, waitKey},
		"no such run":         {func(b *bundle) { b.runs.runErr = worker.ErrUnknownRun }, 404, "This question no longer exists"},
		"no worker":           {func(b *bundle) { b.runs.askErr = worker.ErrUnavailable }, 200, "The details can’t be shown right now"},
		"no worker, run over": {func(b *bundle) { b.runs.askErr = worker.ErrUnavailable; b.runs.run.Status = worker.StatusCompleted }, 410, "This question is closed"},
		"no Temporal":         {func(b *bundle) { b.runs.runErr = worker.ErrUnavailable }, 503, "Please try again"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := asking(t)
			c.change(b)
			w := b.send(http.MethodGet, b.link(t, approve), "")
			require.Equal(t, c.want, w.Code)
			require.Contains(t, w.Body.String(), c.shows)
		})
	}
}

func TestExpiredLinksDecideNothing(t *testing.T) {
	t.Parallel()
	b := asking(t)
	expired := approve
	expired.Expires = testNow.Add(-linkGrace - time.Second)
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		require.Equal(t, http.StatusGone, b.send(method, b.link(t, expired), "").Code)
	}
	require.Empty(t, b.runs.offers)
	require.Equal(t, http.StatusOK, b.send(http.MethodPost, b.link(t, approve), "").Code)
	require.Equal(t, http.StatusConflict, b.send(http.MethodPost, b.link(t, expired), "").Code, "what was decided is still told")
	require.Len(t, b.runs.offers, 1)

	late := approve
	late.Expires = testNow.Add(-linkGrace)
	b.runs.outcome = worker.OutcomeOver
	b.send(http.MethodPost, b.link(t, late), "")
	require.Len(t, b.runs.offers, 2, "within the grace, the run says whether the time is up")
}

func TestForgedLinksAreForbidden(t *testing.T) {
	t.Parallel()
	b := asking(t)
	good := b.link(t, approve)
	last := "A"
	if strings.HasSuffix(good, "A") {
		last = "B"
	}
	for _, path := range []string{good[:len(good)-1], good[:len(good)-1] + last, good + "A", "/approvals/x", "/approvals/" + strings.Repeat("A", token.MaxLength+1)} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			require.Equal(t, http.StatusForbidden, b.send(method, path, "").Code)
		}
		require.Contains(t, b.send(http.MethodGet, path, "").Body.String(), "This link doesn’t work")
	}
	require.Empty(t, b.runs.offers)
}

func TestLinkMakerMakesLinks(t *testing.T) {
	t.Parallel()
	b := asking(t)
	links, err := LinkMaker(publicURL+"/", b.keys)
	require.NoError(t, err)
	var maker activities.LinkMaker = links
	yes, no, err := maker.Links(activities.PendingWait{
		WorkflowID: "orders/o-1", FirstRunID: firstRunID, RunID: firstRunID, Key: waitKey, Occurrence: 1, Expires: testNow.Add(time.Hour),
	})
	require.NoError(t, err)
	for i, url := range []string{no, yes} {
		path, ok := strings.CutPrefix(url, publicURL)
		require.True(t, ok)
		require.Equal(t, []int{http.StatusOK, http.StatusConflict}[i], b.send(http.MethodPost, path, "").Code)
	}
	require.Equal(t, "reject", actionOf(b.runs.offers[0].Value))
	require.Equal(t, "approve", actionOf(b.runs.offers[1].Value))
	_, _, err = maker.Links(activities.PendingWait{})
	require.Error(t, err)

	_, err = LinkMaker(publicURL, token.Keys{})
	require.ErrorContains(t, err, "WEIR_SIGNING_KEYS")
	for _, bad := range []string{"", "weir.example.com", "ftp://x", "https://", "https://a?b=c", "https://u:p@a", "https://a#b"} {
		_, err = LinkMaker(bad, b.keys)
		require.ErrorContains(t, err, "WEIR_PUBLIC_URL", bad)
	}
}
