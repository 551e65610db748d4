package request

import (
	"slices"
	"strings"

	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/activities/response"
	"github.com/weir-run/weir/activities/template"
	"github.com/weir-run/weir/interpreter/value"
)

// Fields are what a step says about its request.
type Fields struct {
	Connection string // a slot, or "" where URL is set
	URL        string
	Path       string
	Method     string // upper case
	Query      value.Value
	Headers    value.Value
	Body       Body
	Accept     string // a media type, or "" for the default
	ResponseAs string
	Auth       value.Value // a map, or nil
	Accepted   Accepted
	Shown      Shown
	Redirects  int // how many are followed
}

// DefaultRedirects and MaxRedirects are how many redirects a request follows unless :client-opts says otherwise, and at most.
const (
	DefaultRedirects = 5
	MaxRedirects     = 20
)

// bodyFields exclude each other, the first one present wins.
var bodyFields = []string{"json", "form", "multipart", "body", "body-from-ref"}

var methods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

// FromTemplate renders the texts of a template's fields, each as its place needs it.
func FromTemplate(fields *value.Map, data value.Value) (*value.Map, error) {
	out := value.EmptyMap
	var err error
	fields.Each(func(k, v value.Value) bool {
		name := ""
		if kw, ok := k.AsKeyword(); ok {
			name = kw.FullName()
		}
		switch name {
		case "path", "url":
			v, err = renderText(v, data, template.Path)
		case "headers":
			v, err = renderHeaders(v, data)
		default:
			v, err = template.All(v, data)
		}
		if err != nil {
			return false
		}
		out = out.Assoc(nil, k, v)
		return true
	})
	return out, err
}

func renderText(v, data value.Value, ctx template.Context) (value.Value, error) {
	text, ok := v.AsString()
	if !ok || template.Literal(text) {
		return v, nil
	}
	t, err := template.Compile(text)
	if err != nil {
		return value.Nil, err
	}
	rendered, err := t.Render(data, ctx)
	return value.String(rendered), err
}

func renderHeaders(v, data value.Value) (value.Value, error) {
	m, ok := v.AsMap()
	if !ok {
		return v, nil
	}
	out := value.EmptyMap
	var err error
	m.Each(func(k, x value.Value) bool {
		x, err = renderText(x, data, template.Header)
		out = out.Assoc(nil, k, x)
		return err == nil
	})
	return value.Of(out), err
}

// Merge puts a step's own fields over those of its template.
func Merge(base, step *value.Map) *value.Map {
	if hasBody(step) {
		for _, name := range bodyFields {
			base = base.Without(nil, value.Kw(name))
		}
	}
	if !step.GetKw("connection").IsNil() || !step.GetKw("url").IsNil() {
		base = base.Without(nil, value.Kw("connection")).Without(nil, value.Kw("url"))
	}
	step.Each(func(k, v value.Value) bool {
		if name := keyName(k); name == "headers" || name == "query" {
			if under, ok := base.GetKw(name).AsMap(); ok {
				if over, ok := v.AsMap(); ok {
					v = value.Of(mergeKeys(under, over, name == "headers"))
				}
			}
		}
		base = base.Assoc(nil, k, v)
		return true
	})
	return base
}

func mergeKeys(under, over *value.Map, ignoreCase bool) *value.Map {
	out := value.EmptyMap
	under.Each(func(k, v value.Value) bool {
		if !hasKey(over, keyName(k), ignoreCase) {
			out = out.Assoc(nil, k, v)
		}
		return true
	})
	over.Each(func(k, v value.Value) bool {
		out = out.Assoc(nil, k, v)
		return true
	})
	return out
}

func hasKey(m *value.Map, name string, ignoreCase bool) (found bool) {
	m.Each(func(k, _ value.Value) bool {
		other := keyName(k)
		found = other == name || ignoreCase && strings.EqualFold(other, name)
		return !found
	})
	return found
}

func hasBody(m *value.Map) bool {
	return slices.ContainsFunc(bodyFields, func(name string) bool { return !m.GetKw(name).IsNil() })
}

// keyName is the text of a map's key: of a keyword its name.
func keyName(k value.Value) string {
	if kw, ok := k.AsKeyword(); ok {
		return kw.FullName()
	}
	text, err := template.TextOf(k)
	if err != nil {
		return ""
	}
	return text
}

// Parse checks a step's fields, template and all.
func Parse(m *value.Map) (*Fields, error) {
	f := &Fields{Query: m.GetKw("query"), Headers: m.GetKw("headers"), Auth: m.GetKw("auth"), Redirects: DefaultRedirects}
	var err error
	text := func(name string, into *string) {
		if v := m.GetKw(name); !v.IsNil() && err == nil {
			*into, err = nameOrText(name, v)
		}
	}
	text("connection", &f.Connection)
	text("url", &f.URL)
	text("path", &f.Path)
	text("method", &f.Method)
	text("accept", &f.Accept)
	text("response-as", &f.ResponseAs)
	if err != nil {
		return nil, err
	}
	switch {
	case f.Connection == "" && f.URL == "":
		return nil, fault.New(fault.InvalidConfig, "an http request needs a :connection or a :url")
	case f.Connection != "" && f.URL != "":
		return nil, fault.New(fault.InvalidConfig, "an http request takes a :connection or a :url, not both")
	}
	if f.Method = strings.ToUpper(f.Method); f.Method == "" {
		f.Method = "GET"
	}
	if !slices.Contains(methods, f.Method) {
		return nil, fault.New(fault.InvalidConfig, ":method can't be %s: there are %s", f.Method, strings.ToLower(strings.Join(methods, " ")))
	}
	if f.ResponseAs != "" && !response.Known(f.ResponseAs) {
		return nil, fault.New(fault.InvalidConfig, ":response-as can't be %s: there are %s", f.ResponseAs, strings.Join(response.Formats, " "))
	}
	f.Accept = mediaType(f.Accept)
	if f.Body, err = parseBody(m); err != nil {
		return nil, err
	}
	if f.Accepted, err = parseAccepted(m.GetKw("accept-status")); err != nil {
		return nil, err
	}
	if f.Shown, err = parseShown(m.GetKw("include-headers")); err != nil {
		return nil, err
	}
	f.Redirects, err = parseRedirects(m.GetKw("client-opts"))
	return f, err
}

func nameOrText(field string, v value.Value) (string, error) {
	switch v.Kind() {
	case value.KindString, value.KindKeyword, value.KindSymbol:
		return template.TextOf(v)
	}
	return "", fault.New(fault.InvalidConfig, ":%s must be a text (found: %s)", field, value.KindName(v))
}

// mediaTypes are the short names that :accept and :content-type take.
var mediaTypes = map[string]string{
	"json": "application/json", "edn": "application/edn", "text": "text/plain", "xml": "application/xml", "yaml": "application/yaml",
	"html": "text/html", "form": "application/x-www-form-urlencoded", "bytes": "application/octet-stream", "sse": "text/event-stream",
	"jsonl": "application/x-ndjson", "csv": "text/csv",
}

func mediaType(name string) string {
	if long, ok := mediaTypes[name]; ok {
		return long
	}
	return name
}

// parseRedirects reads :client-opts {:follow-redirects false :max-redirects 3}.
func parseRedirects(v value.Value) (int, error) {
	m, ok := v.AsMap()
	if !ok {
		return DefaultRedirects, nil
	}
	if follow, ok := m.GetKw("follow-redirects").AsBool(); ok && !follow {
		return 0, nil
	}
	limit := m.GetKw("max-redirects")
	if limit.IsNil() {
		return DefaultRedirects, nil
	}
	n, ok := limit.AsInt()
	if !ok || n < 0 || n > MaxRedirects {
		return 0, fault.New(fault.InvalidConfig, ":max-redirects must be between 0 and %d", MaxRedirects)
	}
	return int(n), nil
}
