//go:build browser

package gateway

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/gateway/token"
	"github.com/weir-run/weir/worker"
)

// These tests drive a real Chromium on a phone-sized screen. They are built with
// -tags browser, as .ci/run does, and fail where there is no Chromium.
// WEIR_TEST_SCREENSHOTS names a folder to leave pictures in.

// browser is one tab, and what its console complained of.
type browser struct {
	context.Context
	mu       sync.Mutex
	problems []string
}

// action is a step that gives nothing back.
type action = chromedp.Action[chromedp.Void]

func openBrowser(t *testing.T) *browser {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(390, 844))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &browser{Context: ctx}
	require.NoError(t, chromedp.Listen(ctx, func(event any) {
		if e, ok := event.(*log.EventEntryAdded); ok {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.problems = append(b.problems, e.Entry.Text+" "+e.Entry.URL)
		}
	}), "these tests need Chromium: apt-get install chromium")
	b.do(t, chromedp.EmulateViewport(390, 844, chromedp.EmulateScale(2), chromedp.EmulateMobile))
	return b
}

// do does the steps, within a bound.
func (b *browser) do(t *testing.T, steps ...action) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b, time.Minute)
	defer cancel()
	require.NoError(t, chromedp.Do(ctx, steps...))
}

// run does the steps and answers the heading that the page shows then.
func (b *browser) run(t *testing.T, steps ...action) string {
	t.Helper()
	b.do(t, append(steps, chromedp.WaitReady(chromedp.CSS("footer")))...)
	heading, err := chromedp.Run(b, chromedp.Text(chromedp.CSS("h1")))
	require.NoError(t, err)
	return heading
}

// press clicks a button and waits for the page that it leads to.
func press(class string) action {
	return chromedp.Steps(chromedp.Click(chromedp.CSS("button."+class)), chromedp.WaitNotPresent(chromedp.CSS("form")))
}

// command is a step that sends a command of the protocol.
func command[P any](c cdp.Command[P, cdp.Empty], params P) action {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, c, params)
		return err
	})
}

func (b *browser) shoot(t *testing.T, name string) {
	t.Helper()
	folder := os.Getenv("WEIR_TEST_SCREENSHOTS")
	if folder == "" {
		return
	}
	png, err := chromedp.Run(b, chromedp.CaptureScreenshot())
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(folder, name+".png"), png, 0o600))
}

func eval[T any](t *testing.T, b *browser, script string) T {
	t.Helper()
	v, err := chromedp.Run(b, chromedp.Evaluate[T](script))
	require.NoError(t, err)
	return v
}

// served is an asking gateway behind a real listener.
func served(t *testing.T) (*bundle, *httptest.Server) {
	t.Helper()
	b := asking(t)
	srv := httptest.NewServer(b.handler)
	t.Cleanup(srv.Close)
	return b, srv
}

func TestBrowserApproves(t *testing.T) {
	t.Parallel()
	b, srv := served(t)
	tab := openBrowser(t)
	url := srv.URL + b.link(t, approve)
	require.Equal(t, "Manager approval", tab.run(t, chromedp.Navigate(url)))
	tab.shoot(t, "approval-light")
	require.Empty(t, b.runs.offers)

	require.Equal(t, "Approved", tab.run(t, chromedp.SendKeys(chromedp.ID("comment"), "fine by me"), chromedp.SendKeys(chromedp.ID("field-by"), "Ann"), press("yes")))
	tab.shoot(t, "approved-light")
	require.Len(t, b.runs.offers, 1)
	require.Equal(t, "Ann", b.runs.offers[0].By)
	m, _ := b.runs.offers[0].Value.AsMap()
	comment, _ := m.GetKw("comment").AsString()
	require.Equal(t, "fine by me", comment)

	require.Equal(t, "Already approved", tab.run(t, chromedp.Navigate(url)))
	require.Equal(t, "Already approved", tab.run(t, chromedp.Navigate(srv.URL+b.link(t, reject))))
	tab.shoot(t, "already-light")
	require.Len(t, b.runs.offers, 1)
	require.Empty(t, tab.problems, "the policy forbids nothing that the page needs")
}

func TestBrowserRejectsFromEitherLink(t *testing.T) {
	t.Parallel()
	tab := openBrowser(t)
	for _, claims := range []token.Claims{approve, reject} {
		b, srv := served(t)
		require.Equal(t, "Rejected", tab.run(t, chromedp.Navigate(srv.URL+b.link(t, claims)), press("no")))
		require.Len(t, b.runs.offers, 1)
		require.Equal(t, "reject", actionOf(b.runs.offers[0].Value))
	}
}

// TestBrowserDecidesWithoutScripts switches them off; there are none anyway.
func TestBrowserDecidesWithoutScripts(t *testing.T) {
	t.Parallel()
	b, srv := served(t)
	tab := openBrowser(t)
	tab.do(t, command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	require.Equal(t, "Approved", tab.run(t, chromedp.Navigate(srv.URL+b.link(t, approve)), press("yes")))
	require.Len(t, b.runs.offers, 1)
}

func TestBrowserShowsOtherStates(t *testing.T) {
	t.Parallel()
	tab := openBrowser(t)
	for name, c := range map[string]struct {
		change func(b *bundle)
		want   string
	}{
		"over":        {func(b *bundle) { b.runs.waits = nil; b.runs.timeline.Entries[0].State = worker.StateTimedOut }, "This question is closed"},
		"unknown":     {func(b *bundle) { b.runs.runErr = worker.ErrUnknownRun }, "This question no longer exists"},
		"unavailable": {func(b *bundle) { b.runs.runErr = worker.ErrUnavailable }, "Please try again in a moment"},
		"sparse":      {func(b *bundle) { b.runs.askErr = worker.ErrUnavailable }, waitKey},
	} {
		b, srv := served(t)
		c.change(b)
		require.Equal(t, c.want, tab.run(t, chromedp.Navigate(srv.URL+b.link(t, approve))), name)
		tab.shoot(t, name+"-light")
	}
	b, srv := served(t)
	expired := approve
	expired.Expires = testNow.Add(-2 * linkGrace)
	require.Equal(t, "This question is closed", tab.run(t, chromedp.Navigate(srv.URL+b.link(t, expired))))
	require.Equal(t, "This link doesn’t work", tab.run(t, chromedp.Navigate(srv.URL+"/approvals/broken")))
	b.runs.outcome = worker.OutcomeKept
	require.Equal(t, "Approved, and kept", tab.run(t, chromedp.Navigate(srv.URL+b.link(t, approve)), press("yes")))
	tab.shoot(t, "kept-light")
}

// TestBrowserFitsAPhone looks at long names, both colour schemes, and the size of what is to be pressed.
func TestBrowserFitsAPhone(t *testing.T) {
	t.Parallel()
	b, srv := served(t)
	b.runs.waits[0].Title = "Approve_the_order_with_a_very_long_name_that_has_no_space_in_it_at_all_and_goes_on"
	b.runs.waits[0].Required = []string{"cost-center"}
	tab := openBrowser(t)
	var grounds []string
	for _, scheme := range []string{"light", "dark"} {
		tab.do(t, command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		}))
		tab.run(t, chromedp.Navigate(srv.URL+b.link(t, approve)))
		tab.shoot(t, "long-"+scheme)
		require.LessOrEqual(t, eval[float64](t, tab, `document.documentElement.scrollWidth`), 390.0, "nothing runs out of the screen")
		require.GreaterOrEqual(t, eval[float64](t, tab, `Math.min(...[...document.querySelectorAll("button")].map(b => b.getBoundingClientRect().height))`), 48.0)
		require.Zero(t, eval[int](t, tab, `[...document.querySelectorAll("input,textarea")].filter(f => f.labels.length !== 1 || !f.labels[0].textContent.trim()).length`))
		grounds = append(grounds, eval[string](t, tab, `getComputedStyle(document.body).backgroundColor`))
	}
	require.NotEqual(t, grounds[0], grounds[1])
	require.NotContains(t, fmt.Sprint(grounds), "rgba(0, 0, 0, 0)", "the style sheet was applied")
}
