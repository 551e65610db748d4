package outbox_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/dev/outbox"
)

var mail = outbox.Message{
	At: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Flow: "orders", Slot: "mail", Method: "POST", Path: "/send", Status: 202,
	Body: `{"to":[{"email":"a@example.com"}],"urgent":true,"score":91.50,` +
		`"text":"Approve: http://localhost:1/approvals/x.\nReject:  http://localhost:1/approvals/y?z=1&w=2\n(see http://localhost:1/approvals/x)"}`,
}

func TestFieldsKeepTheirOrderAndText(t *testing.T) {
	t.Parallel()
	require.Equal(t, []outbox.Field{
		{Name: "to.0.email", Text: "a@example.com"},
		{Name: "urgent", Text: "true"},
		{Name: "score", Text: "91.50"},
		{Name: "text", Text: "Approve: http://localhost:1/approvals/x.\nReject:  http://localhost:1/approvals/y?z=1&w=2\n(see http://localhost:1/approvals/x)"},
	}, mail.Fields())
	for _, body := range []string{"plain text", `{"cut": `, `{"a":1} {"b":2}`, strings.Repeat("[", 1000) + strings.Repeat("]", 1000)} {
		require.Equal(t, []outbox.Field{{Text: body}}, outbox.Message{Body: body}.Fields())
	}
	require.Empty(t, outbox.Message{}.Fields())
}

func TestLinksCarryTheirLabels(t *testing.T) {
	t.Parallel()
	require.Equal(t, []outbox.Link{
		{Label: "Approve", URL: "http://localhost:1/approvals/x"},
		{Label: "Reject", URL: "http://localhost:1/approvals/y?z=1&w=2"},
	}, mail.Links())
	require.Empty(t, outbox.Message{Body: `javascript:alert(1) http:// ftp://x`}.Links())
}

func TestPage(t *testing.T) {
	t.Parallel()
	var box outbox.Box
	require.Contains(t, get(&box, "").Body.String(), "Nothing was sent yet")
	require.Equal(t, "[]\n", get(&box, "application/json").Body.String())

	var seen int
	box.Watch(func(outbox.Message) { seen++ })
	box.Add(mail)
	box.Add(outbox.Message{Slot: "chat", Body: `<script>alert(1)</script>`})
	require.Equal(t, 2, seen)
	answer := get(&box, "")
	html := answer.Body.String()
	require.Contains(t, html, `<a href="http://localhost:1/approvals/y?z=1&amp;w=2" rel="noreferrer">Reject</a>`)
	require.NotContains(t, html, "<script>")
	require.Less(t, strings.Index(html, ":chat"), strings.Index(html, ":mail"), "newest first")
	require.Contains(t, answer.Header().Get("Content-Security-Policy"), "default-src 'none'")

	var messages []outbox.Message
	require.NoError(t, json.Unmarshal(get(&box, "application/json").Body.Bytes(), &messages))
	require.Equal(t, box.Messages(), messages)

	refused := httptest.NewRecorder()
	box.ServeHTTP(refused, httptest.NewRequest(http.MethodPost, "/outbox", nil))
	require.Equal(t, http.StatusMethodNotAllowed, refused.Code)
}

func TestOldMessagesGo(t *testing.T) {
	t.Parallel()
	var box outbox.Box
	for i := range outbox.MaxMessages + 1 {
		box.Add(outbox.Message{Path: fmt.Sprint(i)})
	}
	require.Len(t, box.Messages(), outbox.MaxMessages)
	require.Equal(t, "1", box.Messages()[0].Path)
}

func get(box *outbox.Box, accept string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/outbox", nil)
	r.Header.Set("Accept", accept)
	box.ServeHTTP(w, r)
	return w
}
