// Package bindingtest finds secrets where none may show. Tests of whatever leaves a process use it.
package bindingtest

import (
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strings"
)

// Window is how many characters of a secret in a row count as a leak of it, in whatever form.
const Window = 12

// Traces are the pieces of a secret that may show nowhere: of the text itself, in hex, URL-encoded, and in base64
// wherever in a longer text it stands.
func Traces(secret string) map[string]bool {
	all := map[string]bool{}
	note := func(form string) {
		for i := 0; i+Window <= len(form); i++ {
			all[form[i:i+Window]] = true
		}
	}
	note(secret)
	note(url.QueryEscape(secret))
	note(hex.EncodeToString([]byte(secret)))
	note(strings.ToUpper(hex.EncodeToString([]byte(secret))))
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before := range 3 {
			form := enc.EncodeToString(append(make([]byte, before), secret...))
			note(form[(before*8+5)/6 : (len(secret)+before)*8/6])
		}
	}
	return all
}

// Leak is the first trace in a text.
func Leak(text []byte, of map[string]bool) (string, bool) {
	for i := 0; i+Window <= len(text); i++ {
		if of[string(text[i:i+Window])] {
			return string(text[max(i-30, 0):min(i+Window+30, len(text))]), true
		}
	}
	return "", false
}
