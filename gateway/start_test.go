package gateway

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)

// byHand gives the flow "orders" a :manual interface with inputs of every kind.
func byHand(b *bundle) {
	f := *b.flows["orders"]
	f.Slug, f.Name = "orders", "Orders"
	f.Manual = &definition.Interface{ID: "run", Label: "Handle an order", Invocation: "default", Enabled: true}
	f.Invocations = map[string]*definition.Invocation{"default": {ID: "default", Inputs: []definition.Input{
		{Name: "order-id", Type: "text", Required: true, Description: "As it stands on the bill"}, {Name: "amount", Type: "number", Default: value.Int(7), HasDefault: true},
		{Name: "rush", Type: "boolean", Default: value.True, HasDefault: true}, {Name: "gift", Type: "checkbox"}, {Name: "note", Type: "textarea"},
		{Name: "size", Type: "select", Options: []definition.Option{{Value: value.Kw("s"), Label: "Small"}, {Value: value.Kw("l"), Label: "Large"}}, Default: value.Kw("l"), HasDefault: true},
		{Name: "more", Type: "json"}, {Name: "mail", Type: "email"}, {Name: "day", Type: "date"}, {Name: "pin", Type: "password"}, {Name: "odd name", Type: "text"},
	}}}
	b.flows["orders"] = &f
}

func TestARunIsStartedByHand(t *testing.T) {
	t.Parallel()
	b := pagesBundle(t, nil)
	byHand(b)
	cookie := b.signInto(t)
	auth := []string{"Cookie", cookie.Name + "=" + cookie.Value, "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin"}
	require.Contains(t, b.send("GET", "/ui/flow/orders", "", auth...).Body.String(), `href="/base/ui/start?flow=orders">Handle an order`)
	page := b.send("GET", "/ui/start?flow=orders", "", auth...).Body.String()
	for _, want := range []string{
		`name="field-order-id" type="text" value="" required aria-describedby="h-0"`, `name="field-amount" type="text" value="7"`, `name="field-rush" value="true" checked`,
		`<option value="1" selected>Large</option>`, `name="field-mail" type="email"`, `name="field-day" type="date"`, `name="field-pin" type="password"`, "As it stands on the bill",
	} {
		require.Contains(t, page, want)
	}
	form := hidden(t, page)
	post := func() (int, string) {
		w := b.send("POST", "/ui/start", form.Encode(), auth...)
		return w.Code, w.Body.String() + w.Header().Get("Location")
	}
	for name, text := range map[string]string{"order-id": "o-1", "amount": "3.5", "gift": "true", "size": "0", "more": `{"a":[1]}`, "day": "2026-01-31", "pin": "1234", "odd name": "x"} {
		form.Set("field-"+name, text)
	}
	code, text := post()
	require.Equal(t, http.StatusSeeOther, code, text)
	require.Contains(t, text, "told=started")
	got := b.runs.starts()[0]
	require.Equal(t, []string{"orders", "default"}, []string{got.Slug, got.Invocation})
	require.Equal(t, `{:order-id "o-1", :amount 3.5, :rush false, :gift true, :size :s, :more {:a [1]}, :day "2026-01-31", :pin "1234", "odd name" "x"}`, value.PrStr(nil, got.Input))
	_, text = post()
	require.Contains(t, text, "told=deduplicated", "a button that is pressed twice starts one run")
	require.Len(t, b.runs.starts(), 1)
	require.Contains(t, b.send("GET", "/ui/run?id=orders%2Fo-1&told=started", "", auth...).Body.String(), "Started.")

	form.Set("once", "another")
	form.Set("field-more", "{")
	code, text = post()
	require.Equal(t, http.StatusUnprocessableEntity, code)
	for _, want := range []string{"is no JSON", `>{</textarea>`, `aria-invalid="true"`, `value="o-1"`} {
		require.Contains(t, text, want)
	}
	require.NotContains(t, text, "1234", "what is secret isn't sent back")
	form.Set("field-more", "")
	form.Set("field-size", "7")
	_, text = post()
	require.Contains(t, text, "is none of the choices")
	form.Set("field-size", "")
	form.Del("field-order-id")
	code, text = post()
	require.Equal(t, http.StatusUnprocessableEntity, code)
	require.Contains(t, text, "order-id is missing: expected text")
	require.Len(t, b.runs.starts(), 1)

	form.Set("field-order-id", "o-2")
	b.runs.startErr = worker.ErrUnavailable
	code, _ = post()
	require.Equal(t, http.StatusServiceUnavailable, code)
	b.runs.startErr = nil
	form.Set("csrf", "x")
	code, _ = post()
	require.Equal(t, http.StatusForbidden, code)
	require.Equal(t, http.StatusUnauthorized, b.send("POST", "/ui/start", form.Encode(), auth[2:]...).Code)
	require.Len(t, b.runs.starts(), 1)
}

func TestOnlyManualFlowsHaveAForm(t *testing.T) {
	t.Parallel()
	b := pagesBundle(t, nil)
	byHand(b)
	b.flows["orders"].Manual.Enabled = false
	cookie := b.signInto(t)
	auth := []string{"Cookie", cookie.Name + "=" + cookie.Value}
	for _, slug := range []string{"orders", "none", ""} {
		require.Equal(t, http.StatusNotFound, b.send("GET", "/ui/start?flow="+slug, "", auth...).Code, slug)
	}
	require.NotContains(t, b.send("GET", "/ui/flow/orders", "", auth...).Body.String(), "/ui/start")
}

// hidden are the hidden fields of a page's form.
func hidden(t *testing.T, page string) url.Values {
	t.Helper()
	form := url.Values{}
	for _, m := range hiddenField.FindAllStringSubmatch(page, -1) {
		form.Set(m[1], m[2])
	}
	require.NotEmpty(t, form.Get("csrf"))
	return form
}
