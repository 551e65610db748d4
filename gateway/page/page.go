// Package page renders the pages that people decide on, and the ones that tell
// them how it stands.
//
// Pages are plain HTML and one style sheet in the page itself: no script, no
// image, no font, nothing from elsewhere. They fit a phone, follow the reader's
// light or dark mode, and read well aloud. Whatever a page shows goes through
// html/template.
//
// It imports nothing of ours.
package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"
)

// Limits of what a decider types, in characters. A browser keeps to them; the gateway checks them.
const (
	MaxComment = 2000
	MaxName    = 100
)

// Fact is one line of what a page tells of a run: a text, or a moment.
type Fact struct {
	Label string
	Text  string
	Time  time.Time
}

//go:embed layout.html approval.html notice.html
var sources embed.FS

//go:embed style.css
var style string

// The style sheet is named in the policy by its hash; nothing else may load or run.
var policy = func() string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
}()

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"style":      func() template.CSS { return template.CSS(style) }, //nolint:gosec // our own file
	"machine":    func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
	"human":      Moment,
	"until":      until,
	"maxComment": func() int { return MaxComment },
	"maxName":    func() int { return MaxName },
}).ParseFS(sources, "*.html"))

// Headers sets what every page carries: no caching, no framing, no referrer, no content but its own.
func Headers(h http.Header) {
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Frame-Options", "DENY")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
}

// Moment writes a time for people, in UTC.
func Moment(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") }

// until tells how long is left, in the two largest units.
func until(deadline, now time.Time) string {
	left := deadline.Sub(now)
	if left < time.Minute {
		return ""
	}
	minutes := int(left / time.Minute)
	counts := []struct {
		n    int
		unit string
	}{{minutes / (24 * 60), "day"}, {minutes / 60 % 24, "hour"}, {minutes % 60, "minute"}}
	var parts []string
	for _, c := range counts {
		if c.n == 1 {
			parts = append(parts, "1 "+c.unit)
		} else if c.n > 1 {
			parts = append(parts, fmt.Sprintf("%d %ss", c.n, c.unit))
		}
	}
	return "in " + strings.Join(parts[:min(2, len(parts))], " ")
}

type view struct {
	Title    string
	Approval *Approval
	Notice   *Notice
}

func render(v view) []byte {
	var b bytes.Buffer
	if err := templates.ExecuteTemplate(&b, "layout", v); err != nil {
		// The templates are part of the program and take every value of these types: TestEveryPageRenders.
		panic(fmt.Sprintf("render page: %v", err))
	}
	return b.Bytes()
}
