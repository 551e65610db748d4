package outbox

import (
	"encoding/json"
	"html/template"
	"net/http"
	"slices"
	"strings"
)

// ServeHTTP shows the box, newest first: as a page, or as a JSON array (oldest
// first) where that is asked for by `Accept: application/json`.
func (b *Box) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "the outbox can only be read", http.StatusMethodNotAllowed)
		return
	}
	messages := b.Messages()
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		w.Header().Set("Content-Type", "application/json")
		if messages == nil {
			messages = []Message{}
		}
		_ = json.NewEncoder(w).Encode(messages)
		return
	}
	slices.Reverse(messages)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	_ = page.Execute(w, messages)
}

var page = template.Must(template.New("outbox").Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="5">
<title>Outbox</title>
<style>
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 46rem; padding: 1rem }
article { border: 1px solid #8886; border-radius: .5rem; margin: 1rem 0; padding: 1rem; overflow-wrap: anywhere }
header { color: #666; color: light-dark(#5b6067, #a9aeb6); font-size: .875rem }
dt { color: #666; color: light-dark(#5b6067, #a9aeb6); font-size: .875rem }
dd { margin: 0 0 .5rem; white-space: pre-wrap }
.links a { display: inline-block; margin: .25rem .5rem .25rem 0; padding: .5rem 1rem; border: 1px solid; border-radius: .5rem; text-decoration: none }
</style>
</head>
<body>
<p><a href="ui/">Flows and runs</a></p>
<h1>Outbox</h1>
{{range .}}<article>
<header>{{.At.Format "15:04:05"}} · {{with .Flow}}<a href="ui/runs?flow={{.}}">runs of {{.}}</a>{{end}} · :{{.Slot}} · {{.Method}} {{.Path}} · {{.Status}}</header>
<dl>{{range .Fields}}{{with .Name}}<dt>{{.}}</dt>{{end}}<dd>{{.Text}}</dd>{{end}}</dl>
{{with .Links}}<p class="links">{{range .}}<a href="{{.URL}}" rel="noreferrer">{{or .Label .URL}}</a>{{end}}</p>{{end}}
</article>
{{else}}<p>Nothing was sent yet. What a notification sends to a stand-in appears here.</p>
{{end}}</body>
</html>
`))
