package gateway

import (
	"bytes"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"unicode/utf8"

	"github.com/weir-run/weir/gateway/page"
	"github.com/weir-run/weir/gateway/token"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// decision is what a decider sent along with an approval link.
type decision struct {
	payload *value.Map // with :action, without :by and :at
	by      string
	form    url.Values // as typed, to show again; nil if it wasn't a form
}

// readDecision reads a decision's body: nothing, a form, or a JSON object. The
// link says what is decided and, where the wait asks somebody in particular, by whom; a body that says otherwise is refused.
func readDecision(w http.ResponseWriter, r *http.Request, c token.Claims) (decision, *problem) {
	body, p := readBody(w, r, MaxDecisionBody)
	if p != nil {
		return decision{}, p
	}
	if encoded(r) {
		return decision{}, &problemEncoded
	}
	fields, form, p := decisionFields(r.Header.Get("Content-Type"), body)
	if p != nil {
		return decision{}, p
	}
	d := decision{by: byLink, form: form, payload: value.EmptyMap.Assoc(nil, value.Kw("action"), value.String(c.Action))}
	fields.Each(func(k, v value.Value) bool {
		p = d.add(k, v, c)
		return p == nil
	})
	if c.Approver != "" {
		d.by = c.Approver
	}
	return d, p
}

// decisionFields tells the three forms of a body apart. JSON is taken under any
// type but a form's own, and there, too, where it plainly is JSON: curl -d sends it so.
func decisionFields(contentType string, body []byte) (*value.Map, url.Values, *problem) {
	text := bytes.TrimSpace(body)
	media, _, _ := mime.ParseMediaType(contentType) //nolint:errcheck // an unreadable type is no form
	switch {
	case len(text) == 0:
		return value.EmptyMap, nil, nil
	case text[0] == '{' || media == "application/json":
		m, p := readObject(text)
		return m, nil, p
	case media == "application/x-www-form-urlencoded":
	default:
		return nil, nil, &problem{
			status: http.StatusUnsupportedMediaType, Code: "unsupported-type", Message: "send a form or a JSON object",
		}
	}
	form, err := url.ParseQuery(string(text))
	if err != nil {
		return nil, nil, &problemBroken
	}
	m := value.EmptyMap
	for _, name := range slices.Sorted(maps.Keys(form)) {
		if len(form[name]) > 1 {
			return nil, nil, fieldRefused(name, "is repeated")
		}
		if form.Get(name) != "" {
			m = m.Assoc(nil, fieldKey(name), value.String(form.Get(name)))
		}
	}
	return m, form, nil
}

// fieldKey is the key of a form's field, by the same rule as a JSON object's.
func fieldKey(name string) value.Value {
	if syntax.SafeKeyword(name) {
		return value.Kw(name)
	}
	return value.String(name)
}

// add takes one field over into the decision.
func (d *decision) add(k, v value.Value, c token.Claims) *problem {
	name := ""
	if kw, ok := k.AsKeyword(); ok {
		name = kw.FullName()
	}
	text, isText := v.AsString()
	switch {
	case isText && !utf8.ValidString(text):
		return fieldRefused(name, "isn't UTF-8")
	case name == "action":
		if !isText || text != c.Action {
			return fieldRefused(name, "contradicts the link, which says "+c.Action)
		}
		return nil
	case name == "at": // the run's own clock says when
		return nil
	case name == "by":
		if !isText || utf8.RuneCountInString(text) > page.MaxName {
			return fieldRefused(name, "must be a text of at most 100 characters")
		}
		if c.Approver != "" && text != "" && text != c.Approver {
			return fieldRefused(name, "contradicts the link, which is "+c.Approver+"'s")
		}
		if text != "" {
			d.by, d.payload = text, d.payload.Assoc(nil, k, v)
		}
		return nil
	case name == "comment" && isText && utf8.RuneCountInString(text) > page.MaxComment:
		return fieldRefused(name, "has more than 2000 characters")
	}
	d.payload = d.payload.Assoc(nil, k, v)
	return nil
}

func fieldRefused(name, message string) *problem {
	return &problem{
		status: http.StatusUnprocessableEntity, Code: "invalid-decision", Message: name + " " + message,
		Fields: []fieldProblem{{Field: name, Message: message}},
	}
}
