package binding

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
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

// NewScrubber knows the secrets as they are, URL-encoded, in hex, and in base64, also as a part of something longer, as far as
// those have shortest bytes.
func NewScrubber(shortest int, secrets ...Secret) Scrubber {
	seen := map[string]bool{}
	var s Scrubber
	for _, secret := range secrets {
		for _, form := range formsOf(secret.Reveal()) {
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

// formsOf are the ways in which a text may stand in another.
func formsOf(text string) []string {
	hexed := hex.EncodeToString([]byte(text))
	forms := []string{
		text, url.QueryEscape(text), url.PathEscape(text), strings.ToLower(url.QueryEscape(text)), quoted(text, true), quoted(text, false), strings.ReplaceAll(quoted(text, false), "/", `\/`), hexed, strings.ToUpper(hexed),
		base64.StdEncoding.EncodeToString([]byte(text)), base64.RawStdEncoding.EncodeToString([]byte(text)),
		base64.URLEncoding.EncodeToString([]byte(text)), base64.RawURLEncoding.EncodeToString([]byte(text)),
	}
	for before := range 3 {
		forms = append(forms, inside(base64.RawStdEncoding, text, before), inside(base64.RawURLEncoding, text, before))
	}
	return forms
}

// inside is what base64 makes of text when it follows so many bytes (modulo three), whatever those are and whatever
// comes after: less the characters at either end that depend on it.
func inside(enc *base64.Encoding, text string, before int) string {
	padded := append(make([]byte, before), text...)
	from, to := (before*8+5)/6, len(padded)*8/6
	return enc.EncodeToString(padded)[from:max(from, to)]
}

// quoted is text as it stands inside of a JSON string, with or without the escapes that some write for < > &.
func quoted(text string, html bool) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(html)
	if err := enc.Encode(text); err != nil {
		return ""
	}
	return b.String()[1 : b.Len()-2] // less the quotes and the line break
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
