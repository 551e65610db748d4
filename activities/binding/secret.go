package binding

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"sort"
	"strings"
)

// hidden is what stands in a secret's place wherever it would show.
const hidden = "[secret]"

// Secret is a text that doesn't print: whatever formats, encodes or logs it gets "[secret]". Only Reveal gives the text.
type Secret struct{ text *string }

// NewSecret keeps text from being printed.
func NewSecret(text string) Secret { return Secret{text: &text} }

// Reveal returns the text: for the request or the check that needs it, and for nothing else.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// IsZero tells whether there is no text.
func (s Secret) IsZero() bool { return s.text == nil || *s.text == "" }

// String, GoString, Format, MarshalJSON, MarshalText and LogValue all hide the text.
func (s Secret) String() string               { return hidden }
func (s Secret) GoString() string             { return hidden }
func (s Secret) Format(f fmt.State, _ rune)   { _, _ = io.WriteString(f, hidden) }
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(hidden) }
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }
func (s Secret) LogValue() slog.Value         { return slog.StringValue(hidden) }

// Scrubber takes secrets out of texts that come back from where they were sent to. The zero value does nothing.
type Scrubber struct{ forms []string }

// Shortest forms that a scrubber takes out: of error texts, where it costs nothing to be wrong, and of answers,
// whose other words must stay as they are.
const (
	ShortestInErrors  = 4
	ShortestInAnswers = 8
)

// NewScrubber knows the secrets as they are, URL-encoded, and in base64, as far as those have shortest bytes.
func NewScrubber(shortest int, secrets ...Secret) Scrubber {
	seen := map[string]bool{}
	var s Scrubber
	for _, secret := range secrets {
		text := secret.Reveal()
		for _, form := range []string{text, url.QueryEscape(text), url.PathEscape(text), quoted(text),
			base64.StdEncoding.EncodeToString([]byte(text)), base64.RawStdEncoding.EncodeToString([]byte(text)),
			base64.URLEncoding.EncodeToString([]byte(text)), base64.RawURLEncoding.EncodeToString([]byte(text))} {
			if len(form) >= shortest && !seen[form] {
				seen[form] = true
				s.forms = append(s.forms, form)
			}
		}
	}
	// Longer forms first: a shorter one may be their beginning.
	sort.SliceStable(s.forms, func(i, j int) bool { return len(s.forms[i]) > len(s.forms[j]) })
	return s
}

// quoted is text as it stands inside of a JSON string.
func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		return ""
	}
	return string(b[1 : len(b)-1])
}

// Text returns s without the secrets.
func (s Scrubber) Text(text string) string {
	for _, form := range s.forms {
		if strings.Contains(text, form) {
			text = strings.ReplaceAll(text, form, hidden)
		}
	}
	return text
}

// Bytes returns b without the secrets; b itself if there are none in it.
func (s Scrubber) Bytes(b []byte) []byte {
	for _, form := range s.forms {
		if bytes.Contains(b, []byte(form)) {
			b = bytes.ReplaceAll(b, []byte(form), []byte(hidden))
		}
	}
	return b
}

// Longest is the length of the longest form, for those who scrub a stream piece by piece.
func (s Scrubber) Longest() int {
	if len(s.forms) == 0 {
		return 0
	}
	return len(s.forms[0])
}
