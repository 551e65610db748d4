package page_test

import (
	"fmt"
	"math"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"github.com/weir-run/weir/gateway/page"
)

var now = time.Date(2026, 3, 9, 14, 30, 0, 0, time.UTC)

func approval() page.Approval {
	return page.Approval{
		Flow: "Order Orchestration", Question: "Manager approval", Deadline: now.Add(2*time.Hour + 5*time.Minute), Now: now,
		Facts:  []page.Fact{{Label: "Order", Text: "o-1001"}, {Label: "Started", Time: now}},
		First:  page.Button{Label: "Approve", Path: "tokenA", Yes: true},
		Second: page.Button{Label: "Reject", Path: "tokenB"},
	}
}

func TestApprovalPageAsksAndPosts(t *testing.T) {
	t.Parallel()
	text := string(approval().HTML())
	for _, want := range []string{
		`<h1>Manager approval</h1>`, `Order Orchestration`, `o-1001`,
		`<form method="post" action="tokenA"`, `<button type="submit" class="yes">Approve</button>`,
		`<button type="submit" class="no other" formaction="tokenB">Reject</button>`,
		`9 March 2026, 16:35 UTC</time> (in 2 hours 5 minutes)`, `datetime="2026-03-09T14:30:00Z"`,
		`<label for="comment">`, `<label for="field-by">Your name <span>(optional)</span></label>`,
	} {
		require.Contains(t, text, want)
	}
	require.NotContains(t, text, "can’t be shown")
	sparse := approval()
	sparse.Sparse = true
	require.Contains(t, string(sparse.HTML()), "can’t be shown")
}

func TestApprovalPageAsksForWhatTheWaitNeeds(t *testing.T) {
	t.Parallel()
	a := approval()
	a.Required = []string{"comment", "cost-center"}
	a.Problem, a.Typed = "the wait needs :cost-center", map[string]string{"comment": "fine <b>", "by": "Ann"}
	text := string(a.HTML())
	for _, want := range []string{
		`<label for="comment">Comment</label>`, ` required>fine &lt;b&gt;</textarea>`,
		`<label for="field-cost-center">Cost center</label>`, `name="cost-center" type="text" value="" maxlength="100" required>`,
		`name="by" type="text" value="Ann" maxlength="100">`, `role="alert">Nothing was decided yet: the wait needs :cost-center.`,
	} {
		require.Contains(t, text, want)
	}
}

func TestEveryPageRenders(t *testing.T) {
	t.Parallel()
	pages := map[string][]byte{"approval": approval().HTML(), "empty approval": page.Approval{}.HTML()}
	for name, n := range notices() {
		n.Flow, n.Facts = "Order Orchestration", approval().Facts
		pages[name] = n.HTML()
	}
	for name, text := range pages {
		root, err := html.Parse(strings.NewReader(string(text)))
		require.NoError(t, err, name)
		count := map[string]int{}
		for n := range root.Descendants() {
			if n.Type == html.ElementNode {
				count[n.Data]++
			}
			for _, a := range n.Attr {
				require.NotEqual(t, "style", a.Key, name)
				require.False(t, strings.HasPrefix(a.Key, "on"), name)
				require.NotContains(t, a.Val, "://", name)
			}
		}
		require.Equal(t, 1, count["h1"], name)
		require.Equal(t, 1, count["main"], name)
		require.Equal(t, 1, count["title"], name)
		for _, tag := range []string{"script", "img", "link", "iframe"} {
			require.Zero(t, count[tag], name)
		}
		require.NotContains(t, string(text), "ZgotmplZ", name)
	}
}

func notices() map[string]page.Notice {
	return map[string]page.Notice{
		"approved": page.Decided("approve"), "rejected": page.Decided("reject"), "kept": page.Kept("approve"),
		"already approved": page.AlreadyDecided("approve"), "already rejected": page.AlreadyDecided("reject"), "already decided": page.AlreadyDecided("later"),
		"over": page.Over(), "unknown": page.Unknown(), "forbidden": page.Forbidden(), "unavailable": page.Unavailable(), "refused": page.Refused("comment is required"),
	}
}

func TestNoticesSayWhatHappened(t *testing.T) {
	t.Parallel()
	titles := map[string]string{
		"approved": "Approved", "rejected": "Rejected", "kept": "Approved, and kept", "already approved": "Already approved", "already rejected": "Already rejected",
		"already decided": "Already decided", "over": "closed", "unknown": "no longer exists", "forbidden": "doesn’t work", "unavailable": "try again", "refused": "could not be taken",
	}
	for name, n := range notices() {
		require.Contains(t, n.Title, titles[name])
		if name != "approved" && name != "rejected" && name != "kept" {
			require.Contains(t, strings.ToLower(n.Text), "nothing was changed")
		}
	}
}

// TestNothingEscapesItsPlace puts arbitrary text wherever a run's data may stand.
func TestNothingEscapesItsPlace(t *testing.T) {
	t.Parallel()
	const evil = `"><script>alert(1)</script><a href="javascript:x" onclick='x'>&`
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.Just(evil), rapid.String()).Draw(t, "text")
		a := approval()
		a.Flow, a.Question, a.Facts = text, text, []page.Fact{{Label: text, Text: text}}
		a.First.Label, a.First.Path, a.Second.Path = text, text, "javascript:alert(1)"
		n := page.Notice{Title: text, Text: text, Flow: text, Tone: page.Tone(text), Facts: a.Facts}
		for _, out := range [][]byte{a.HTML(), n.HTML()} {
			root, err := html.Parse(strings.NewReader(string(out)))
			require.NoError(t, err)
			for n := range root.Descendants() {
				if n.Type == html.ElementNode {
					require.NotContains(t, []string{"script", "a"}, n.Data)
				}
				for _, attr := range n.Attr {
					require.False(t, strings.HasPrefix(attr.Key, "on"))
					if attr.Key == "action" || attr.Key == "formaction" {
						require.False(t, strings.HasPrefix(attr.Val, "javascript:"))
					}
				}
			}
		}
	})
}

func TestHeadersLockThePageDown(t *testing.T) {
	t.Parallel()
	h := http.Header{}
	page.Headers(h)
	require.Regexp(t, `^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$`, h.Get("Content-Security-Policy"))
	require.Equal(t, "no-referrer", h.Get("Referrer-Policy"))
	require.Equal(t, "no-store", h.Get("Cache-Control"))
	require.Equal(t, "DENY", h.Get("X-Frame-Options"))
	require.Equal(t, "nosniff", h.Get("X-Content-Type-Options"))
}

// TestColoursAreReadable computes WCAG's contrast of every pair of colours that stand on each other, in both schemes.
func TestColoursAreReadable(t *testing.T) {
	t.Parallel()
	text := string(approval().HTML())
	schemes := regexp.MustCompile(`(?s):root \{(.*?)\}`).FindAllStringSubmatch(text, -1)
	require.Len(t, schemes, 2)
	for _, scheme := range schemes {
		colour := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`).FindAllStringSubmatch(scheme[1], -1) {
			colour[m[1]] = m[2]
		}
		for _, pair := range [][2]string{
			{"text", "card"}, {"quiet", "card"}, {"quiet", "ground"}, {"text", "field"}, {"yes-text", "yes"}, {"no-text", "no"},
			{"yes", "card"}, {"no", "card"}, {"text", "line"},
		} {
			require.GreaterOrEqual(t, contrast(t, colour[pair[0]], colour[pair[1]]), 4.5, "%v", pair)
		}
		for _, pair := range [][2]string{{"edge", "card"}, {"edge", "field"}, {"focus", "card"}} {
			require.GreaterOrEqual(t, contrast(t, colour[pair[0]], colour[pair[1]]), 3.0, "%v", pair)
		}
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	var rgb [3]int
	_, err := fmt.Sscanf(colour, "#%02x%02x%02x", &rgb[0], &rgb[1], &rgb[2])
	require.NoError(t, err, colour)
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		c := float64(rgb[i]) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func TestTimeLeftIsRounded(t *testing.T) {
	t.Parallel()
	for left, want := range map[time.Duration]string{
		-time.Hour: "UTC</time>.", 59 * time.Second: "UTC</time>.", time.Minute: "(in 1 minute)", 90 * time.Minute: "(in 1 hour 30 minutes)",
		24 * time.Hour: "(in 1 day)", 49*time.Hour + 5*time.Minute: "(in 2 days 1 hour)", 48*time.Hour + 5*time.Minute: "(in 2 days 5 minutes)",
	} {
		a := approval()
		a.Deadline = now.Add(left)
		require.Contains(t, string(a.HTML()), want)
	}
}
