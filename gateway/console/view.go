package console

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/definition/picture"
	"github.com/weir-run/weir/worker"
)

//go:embed *.html
var sources embed.FS

//go:embed style.css
var ownStyle string

//go:embed live.js
var scriptText string

var styleText = ownStyle + picture.Style

// frame is what every page stands in.
type frame struct {
	Title, Name string
	Prefix      string
	Style       string
	Script      string
	SignedIn    bool
	Loopback    bool
	CSRF        string
	Body        template.HTML
	Live        bool
}

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"machine": func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
	"human":   func(t time.Time) string { return t.UTC().Format("2 Jan 2006, 15:04:05 UTC") },
	"day":     func(t time.Time) string { return t.UTC().Format("2 Jan 2006, 15:04 UTC") },
	"lasted":  lasted, "since": took, "words": words, "readable": readable, "sign": sign,
	"occurred": func(e worker.Entry) string {
		if e.Occurrence > 1 {
			return fmt.Sprintf("%s #%d", e.Step, e.Occurrence)
		}
		return e.Step
	},
	"maxComment": func() int { return maxComment }, "maxField": func() int { return maxField }, "maxName": func() int { return maxName },
	"told": func(i int, f startField) struct {
		I     int
		Field startField
	} {
		return struct {
			I     int
			Field startField
		}{i, f}
	},
	"maxApprover": func() int { return definition.MaxApprover },
}).ParseFS(sources, "*.html"))

// render writes a page.
func (c *Console) render(w http.ResponseWriter, status int, name, title string, s session, data any) {
	var body, page bytes.Buffer
	err := templates.ExecuteTemplate(&body, name, struct {
		Prefix string
		P      any
	}{c.prefix, data})
	if err == nil {
		f := frame{
			Title: title + " · Weir", Name: name, Prefix: c.prefix, Style: "style.css?" + styleHash, Script: "live.js?" + scriptHash,
			SignedIn: s.csrf != "", Loopback: s.id == "", CSRF: s.csrf, Body: template.HTML(body.String()), //nolint:gosec // rendered just now
		}
		if p, ok := data.(*runPage); ok {
			f.Live = p.Live != ""
		}
		err = templates.ExecuteTemplate(&page, "frame", f)
	}
	if err != nil { // the templates take every value of these types: TestEveryPageRenders
		c.Logger.Error("render page", "page", name, "error", err)
		http.Error(w, "something went wrong here", http.StatusInternalServerError)
		return
	}
	headers(w.Header())
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(page.Bytes()) //nolint:errcheck // the reader left
}

var styleHash, scriptHash = hashOf(styleText), hashOf(scriptText)

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}

// policy lets nothing in but what we serve ourselves: no script, style or picture in a page or from elsewhere.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

func headers(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Frame-Options", "DENY")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

type notice struct{ Title, Text string }

func (c *Console) notice(w http.ResponseWriter, status int, title, text string) {
	c.render(w, status, "notice", title, session{}, notice{title, text})
}

// fault answers what went wrong behind us.
func (c *Console) fault(w http.ResponseWriter, err error) {
	if errors.Is(err, worker.ErrUnknownRun) {
		c.notice(w, http.StatusNotFound, "There is no such run", "It may have ended so long ago that it isn’t kept any more.")
		return
	}
	c.Logger.Error("page", "error", err)
	w.Header().Set("Retry-After", "5")
	c.notice(w, http.StatusServiceUnavailable, "Please try again in a moment", "Something that this page needs can’t be reached right now. Nothing was changed.")
}

// lasted writes a duration for people: two digits that matter.
func lasted(d time.Duration) string {
	switch {
	case d < 0:
		return "0 ms"
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Hour:
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h %d min", int(d.Hours()), int(d.Minutes())%60)
	}
	return fmt.Sprintf("%d d %d h", int(d.Hours())/24, int(d.Hours())%24)
}

// words is a state as people say it.
func words(state string) string { return strings.ReplaceAll(state, "-", " ") }

// readable is a title, or else an id as people write it.
func readable(title, id string) string {
	if title != "" {
		return title
	}
	id = strings.NewReplacer("-", " ", "_", " ").Replace(id)
	r, size := utf8.DecodeRuneInString(id)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + id[size:]
}

// sign stands beside a state's words, so that it is seen at a glance without its colour.
func sign(state string) string {
	switch state {
	case worker.StateDone, worker.StateDecided, worker.StatusCompleted:
		return "✓"
	case worker.StateFailed, worker.StatusTerminated:
		return "✕"
	case worker.StateWaiting:
		return "‖"
	case worker.StateRunning:
		return "▸"
	}
	return "–"
}
