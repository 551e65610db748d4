package outbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// Message is one thing that was sent.
type Message struct {
	At     time.Time `json:"at"`
	Flow   string    `json:"flow"`
	Slot   string    `json:"slot"`
	Method string    `json:"method"`
	Path   string    `json:"path"`
	Status int       `json:"status"` // what the stand-in answered
	Body   string    `json:"body"`
}

// Field is one leaf of a message's body: its place, and its text.
type Field struct {
	Name string
	Text string
}

// Link is an address in a message, with the words that stand before it on its line.
type Link struct {
	Label string `json:"label"`
	URL   string `json:"url"`
}

// Fields are the leaves of a JSON body in their order, or else the body whole
// under the empty name.
func (m Message) Fields() []Field {
	decoder := json.NewDecoder(strings.NewReader(m.Body))
	decoder.UseNumber()
	var fields []Field
	if err := leaves(decoder, "", &fields, 0); err != nil || decoder.More() {
		if m.Body == "" {
			return nil
		}
		return []Field{{Text: m.Body}}
	}
	return fields
}

// Links are the http and https addresses in the message, in order, each once.
func (m Message) Links() []Link {
	var links []Link
	seen := map[string]bool{}
	for _, field := range m.Fields() {
		for line := range strings.Lines(field.Text) {
			for _, at := range addresses.FindAllStringIndex(line, -1) {
				address := strings.TrimRight(line[at[0]:at[1]], ".,;:!?)]}>'\"")
				if seen[address] || !isWeb(address) {
					continue
				}
				seen[address] = true
				label := strings.TrimRight(strings.TrimSpace(line[:at[0]]), ":= ")
				links = append(links, Link{Label: label, URL: address})
			}
		}
	}
	return links
}

// maxDepth bounds how deep a body is taken apart; deeper ones are shown whole.
const maxDepth = 64

var (
	addresses = regexp.MustCompile(`https?://[^\s<>"']+`)
	errDeep   = fmt.Errorf("deeper than %d levels", maxDepth)
)

func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// leaves reads one JSON value and appends its leaves, keeping the order of keys.
func leaves(d *json.Decoder, name string, into *[]Field, depth int) error {
	if depth > maxDepth {
		return errDeep
	}
	token, err := d.Token()
	if err != nil {
		return err
	}
	switch t := token.(type) {
	case json.Delim:
		for i := 0; d.More(); i++ {
			part := fmt.Sprint(i)
			if t == '{' {
				key, err := d.Token()
				if err != nil {
					return err
				}
				part = fmt.Sprint(key)
			}
			if name != "" {
				part = name + "." + part
			}
			if err := leaves(d, part, into, depth+1); err != nil {
				return err
			}
		}
		_, err = d.Token()
		return err
	case string:
		*into = append(*into, Field{Name: name, Text: t})
	default:
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		if err := encoder.Encode(t); err != nil {
			return err
		}
		*into = append(*into, Field{Name: name, Text: strings.TrimSpace(text.String())})
	}
	return nil
}
