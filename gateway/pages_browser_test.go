//go:build browser

package gateway

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/worker"
)

// axe checks a page for what keeps people out. WEIR_TEST_AXE names the axe.min.js of the npm package axe-core.
func (b *browser) axe(t *testing.T, name string) {
	t.Helper()
	file := os.Getenv("WEIR_TEST_AXE")
	require.NotEmpty(t, file, "WEIR_TEST_AXE must name axe.min.js: npm install axe-core")
	source, err := os.ReadFile(file)
	require.NoError(t, err)
	script := string(source) + `;axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations.map(v => v.id + ": " + v.help + " " + v.nodes.map(n => n.target.join(" ") + " " + n.failureSummary).join("; "))))`
	text, err := chromedp.Run(b.Context, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
	require.NoError(t, err)
	var violations []string
	require.NoError(t, json.Unmarshal([]byte(text), &violations))
	require.Empty(t, violations, name)
}

// servedPages is a gateway with pages that let this machine in.
func servedPages(t *testing.T) (*bundle, *httptest.Server) {
	t.Helper()
	srv := httptest.NewUnstartedServer(nil)
	b := pagesBundle(t, func(o *Options) { o.PublicURL, o.Pages.Loopback = "http://"+srv.Listener.Addr().String(), true })
	srv.Config.Handler = b.handler
	srv.Start()
	t.Cleanup(func() {
		b.server.Closing()
		srv.Close()
	})
	return b, srv
}

func (b *browser) scheme(t *testing.T, scheme string) {
	t.Helper()
	b.do(t, command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	}))
}

// open goes to a page and waits until it is whole.
func (b *browser) open(t *testing.T, url string) {
	t.Helper()
	b.do(t, chromedp.Navigate(url), chromedp.WaitReady(chromedp.CSS("main")))
}

// await waits until a script's value is true.
func (b *browser) await(t *testing.T, script string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.Context, 20*time.Second)
	defer cancel()
	_, err := chromedp.Run(ctx, chromedp.Poll[bool](script))
	require.NoError(t, err, script)
}

// TestBrowserSeesARunLive looks at a run while it waits, decides it there, and sees it end without loading the page again.
func TestBrowserSeesARunLive(t *testing.T) {
	t.Parallel()
	b, srv := servedPages(t)
	tab := openBrowser(t)
	tab.open(t, srv.URL+runPath)
	tab.await(t, `document.querySelectorAll(".wait.is-waiting").length === 1 && document.querySelectorAll(".edge.taken .line").length === 1`)
	tab.await(t, `document.getElementById("said").textContent.startsWith("The run waits for a decision")`)
	tab.do(t, chromedp.SendKeys(chromedp.ID("f-0-comment"), "half a sent"))
	b.runs.mu.Lock()
	b.runs.timeline.Entries = append(b.runs.timeline.Entries, worker.Entry{Kind: worker.KindNote, Note: "something happened", Started: testNow})
	b.runs.mu.Unlock()
	tab.await(t, `document.getElementById("part-timeline").textContent.includes("something happened")`)
	require.Equal(t, "half a sent", eval[string](t, tab, `document.getElementById("f-0-comment").value`), "what was typed stays")
	require.Equal(t, "f-0-comment", eval[string](t, tab, `document.activeElement.id`))

	tab.do(t, chromedp.Click(chromedp.CSS(`button[value="approve"]`)), chromedp.WaitReady(chromedp.CSS(".told")))
	require.Contains(t, eval[string](t, tab, `document.querySelector(".told").textContent`), "Approved")
	b.runs.mu.Lock()
	require.Len(t, b.runs.offers, 1)
	b.runs.run.Status, b.runs.run.Ended, b.runs.run.Waiting, b.runs.result = worker.StatusCompleted, testNow, nil, json.RawMessage(`{"ok":true}`)
	b.runs.mu.Unlock()
	tab.await(t, `document.querySelector(".status").textContent.includes("completed") && document.querySelectorAll(".is-missed").length > 0`)
	require.Empty(t, tab.problems)
}

// TestBrowserStartsARun fills in the form of a :manual interface.
func TestBrowserStartsARun(t *testing.T) {
	t.Parallel()
	b, srv := servedPages(t)
	byHand(b)
	tab := openBrowser(t)
	tab.open(t, srv.URL+"/ui/start?flow=orders")
	tab.do(t, chromedp.SendKeys(chromedp.ID("f-0"), "o-1"), chromedp.SendKeys(chromedp.ID("f-6"), "{"),
		chromedp.Click(chromedp.CSS("main button.yes")), chromedp.WaitReady(chromedp.CSS("main .problem")))
	tab.axe(t, "a form that was refused")
	tab.shoot(t, "start-refused")
	require.Equal(t, "{", eval[string](t, tab, `document.getElementById("f-6").value`), "what was typed stays")
	eval[string](t, tab, `document.getElementById("f-6").value = "{}"`)
	tab.do(t, chromedp.Click(chromedp.CSS("main button.yes")), chromedp.WaitReady(chromedp.CSS(".told")))
	require.Equal(t, "Started.", eval[string](t, tab, `document.querySelector(".told").textContent`))
	require.Len(t, b.runs.starts(), 1)
}

// TestBrowserDecidesARunWithoutScripts uses the same page as plain HTML.
func TestBrowserDecidesARunWithoutScripts(t *testing.T) {
	t.Parallel()
	b, srv := servedPages(t)
	tab := openBrowser(t)
	tab.do(t, command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	tab.do(t, chromedp.Navigate(srv.URL+runPath), chromedp.WaitReady(chromedp.CSS("main")), chromedp.Click(chromedp.CSS(`button[value="reject"]`)), chromedp.WaitReady(chromedp.CSS(".told")))
	require.Len(t, b.runs.offers, 1)
	require.Equal(t, "reject", actionOf(b.runs.offers[0].Value))
}

// longTimeline has 200 steps, some of which failed, with names without end.
func longTimeline(b *bundle) []worker.Entry {
	entries := orderTimeline(b.flows["orders"])[:4]
	for i := range 200 {
		e := worker.Entry{Kind: worker.KindStep, Step: "charge-the-card-of-a-customer-with-a-very-long-name-that-has-no-end", Type: "http", State: worker.StateDone,
			Started: testNow.Add(-time.Hour + time.Duration(i)*time.Second), Ended: testNow.Add(-time.Hour + time.Duration(i)*time.Second + 180*time.Millisecond), Attempts: 1 + i%3, Occurrence: i + 1}
		if i%40 == 7 {
			e.State, e.Error = worker.StateFailed, "POST https://payments.example.com/v1/charges: 503 Service Unavailable after 3 attempts: "+fmt.Sprint(make([]int, 60))
		}
		entries = append(entries, e)
	}
	return entries
}

// TestBrowserPagesAreForEveryone runs axe over every page, on a phone and a desk, light and dark, and looks that nothing sticks out.
func TestBrowserPagesAreForEveryone(t *testing.T) {
	t.Parallel()
	b, srv := servedPages(t)
	tab := openBrowser(t)
	long, longSrv := servedPages(t)
	long.runs.timeline.Entries = longTimeline(long)
	long.runs.waits[0].Title = "Approve_the_order_with_a_very_long_name_that_has_no_space_in_it_at_all_and_goes_on_and_on"
	long.runs.waits[0].Required = []string{"cost-center"}
	long.runs.run.WorkflowID = "orders/a-customer-with-a-very-long-order-number-0198f3a1-1111-7abc-8def-0123456789ab-and-more"
	failed, failedSrv := servedPages(t)
	failed.runs.run.Status, failed.runs.run.Ended, failed.runs.waits = worker.StatusFailed, testNow, nil
	failed.runs.ended = &worker.RunError{Code: "step-failed", Message: "step fetch-risk failed: 503 Service Unavailable"}
	several, severalSrv := servedPages(t)
	askSeveral(several)
	manual, manualSrv := servedPages(t)
	byHand(manual)
	decided := map[string]string{}
	for name, change := range map[string]func(b *bundle){
		"already":     func(b *bundle) { b.send("POST", b.link(t, approve), `{"by":"Ann"}`) },
		"over":        func(b *bundle) { b.runs.waits = nil; b.runs.timeline.Entries[4].State = worker.StateTimedOut },
		"unknown":     func(b *bundle) { b.runs.runErr = worker.ErrUnknownRun },
		"unavailable": func(b *bundle) { b.runs.runErr = worker.ErrUnavailable },
		"sparse":      func(b *bundle) { b.runs.askErr = worker.ErrUnavailable },
		"required":    func(b *bundle) { b.runs.waits[0].Required = []string{"comment", "cost-center"} },
	} {
		other, srv := servedPages(t)
		change(other)
		decided[name] = srv.URL + other.link(t, approve)
	}
	empty, emptySrv := servedPages(t)
	delete(empty.flows, "orders")
	signIn := httptest.NewUnstartedServer(nil)
	signIn.Config.Handler = pagesBundle(t, func(o *Options) { o.PublicURL = "http://" + signIn.Listener.Addr().String() }).handler
	signIn.Start()
	t.Cleanup(signIn.Close)
	for _, size := range []struct {
		name          string
		width, height int64
	}{{"phone", 390, 844}, {"desk", 1280, 900}} {
		if size.name == "phone" {
			tab.do(t, chromedp.EmulateViewport(size.width, size.height, chromedp.EmulateScale(2), chromedp.EmulateMobile))
		} else {
			tab.do(t, chromedp.EmulateViewport(size.width, size.height))
		}
		for _, scheme := range []string{"light", "dark"} {
			tab.scheme(t, scheme)
			for name, url := range map[string]string{
				"flows": srv.URL + "/ui/", "flow": srv.URL + "/ui/flow/orders", "runs": srv.URL + "/ui/runs", "run": srv.URL + runPath, "none": emptySrv.URL + "/ui/",
				"long": longSrv.URL + runPath, "failed": failedSrv.URL + runPath, "sign-in": signIn.URL + "/ui/sign-in", "approval": srv.URL + b.link(t, approve),
				"waits": severalSrv.URL + "/ui/waits", "several": severalSrv.URL + runPath, "approver": severalSrv.URL + several.link(t, of("ann", approve)),
				"counted": severalSrv.URL + several.link(t, of("bob", approve)), "reassigned": severalSrv.URL + several.link(t, of("eve", approve)),
				"start": manualSrv.URL + "/ui/start?flow=orders", "manual": manualSrv.URL + "/ui/flow/orders",
				"forbidden": srv.URL + "/approvals/broken", "already": decided["already"], "over": decided["over"], "unknown": decided["unknown"],
				"unavailable": decided["unavailable"], "sparse": decided["sparse"], "required": decided["required"],
			} {
				name = name + "-" + size.name + "-" + scheme
				tab.open(t, url)
				tab.axe(t, name)
				tab.shoot(t, name)
				require.LessOrEqual(t, eval[float64](t, tab, `document.documentElement.scrollWidth`), float64(size.width), "%s: nothing runs out of the screen", name)
			}
		}
	}
	for _, problem := range tab.problems {
		if strings.HasPrefix(problem, "[DOM]") { // advice about passwords
			continue
		}
		require.Contains(t, problem, "the server responded with a status of", "the policy forbids nothing that the pages need")
	}
}
