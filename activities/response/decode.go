package response

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// Auto lets the content type decide.
const Auto = "auto"

// Formats are the names that :response-as takes.
var Formats = []string{Auto, "json", "jsonl", "text", "bytes", "edn", "xml", "yaml", "sse"}

// Known tells whether there is such a format.
func Known(format string) bool { return slices.Contains(Formats, format) }

// Limits of what is decoded.
const (
	MaxDepth = 200       // of nesting, in every format
	MaxNodes = 1_000_000 // of a YAML document with its aliases followed, and of an XML one
)

// Decode reads a body. Its errors say what is wrong with the text, and show none of it.
func Decode(format, contentType string, body []byte) (value.Value, error) {
	mediaType, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		mediaType, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(contentType)), ";")
	}
	if len(body) == 0 {
		return value.Nil, nil
	}
	if format == Auto || format == "" {
		format = formatOf(mediaType, body)
	}
	switch format {
	case "bytes":
		return value.String(base64.StdEncoding.EncodeToString(body)), nil
	case "xml":
		return decodeXML(body, params["charset"])
	}
	text, err := unicodeText(body, params["charset"])
	if err != nil {
		return value.Nil, err
	}
	switch format {
	case "json":
		return wire.FromJSON(text, wire.JSONLimits{Depth: MaxDepth})
	case "jsonl":
		return decodeLines(text)
	case "edn":
		return decodeEDN(text)
	case "yaml":
		return decodeYAML(text)
	case "sse":
		return decodeEvents(text), nil
	case "text":
		return value.String(string(text)), nil
	}
	return value.Nil, fmt.Errorf("unknown format %q: there are %s", format, strings.Join(Formats, ", "))
}

// formatOf is what auto means for a content type.
func formatOf(mediaType string, body []byte) string {
	switch mediaType {
	case "":
		return sniffed(body)
	case "application/json", "text/json":
		return "json"
	case "application/edn", "text/edn", "application/vnd.edn":
		return "edn"
	case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines", "application/jsonlines":
		return "jsonl"
	case "application/xml", "text/xml":
		return "xml"
	case "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml":
		return "yaml"
	case "text/event-stream":
		return "sse"
	case "application/javascript", "application/x-www-form-urlencoded", "application/graphql":
		return "text"
	}
	switch {
	case strings.HasSuffix(mediaType, "+json"):
		return "json"
	case strings.HasSuffix(mediaType, "+xml") && mediaType != "image/svg+xml":
		return "xml"
	case strings.HasSuffix(mediaType, "+yaml"):
		return "yaml"
	case strings.HasPrefix(mediaType, "text/"):
		return "text"
	}
	return "bytes"
}

// sniffed is for answers that don't say what they are.
func sniffed(body []byte) string {
	if !utf8.Valid(body) {
		return "bytes"
	}
	if c := bytes.TrimLeft(body, " \t\r\n"); len(c) > 0 && (c[0] == '{' || c[0] == '[') {
		if _, err := wire.FromJSON(body, wire.JSONLimits{Depth: MaxDepth}); err == nil {
			return "json"
		}
	}
	return "text"
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// unicodeText decodes a body to UTF-8, without a byte order mark.
func unicodeText(body []byte, label string) ([]byte, error) {
	switch strings.ToLower(label) {
	case "", "utf-8", "utf8", "us-ascii":
		body = bytes.TrimPrefix(body, byteOrderMark)
		if !utf8.Valid(body) {
			return nil, errors.New("the text is not valid UTF-8")
		}
		return body, nil
	}
	r, err := charset.NewReaderLabel(label, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("unknown charset %q", label)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("the text is not valid %s", label)
	}
	return bytes.TrimPrefix(text, byteOrderMark), nil
}

func decodeLines(text []byte) (value.Value, error) {
	var out []value.Value
	n := 0
	for line := range bytes.Lines(text) {
		n++
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		v, err := wire.FromJSON(line, wire.JSONLimits{Depth: MaxDepth})
		if err != nil {
			return value.Nil, fmt.Errorf("line %d: %w", n, err)
		}
		out = append(out, v)
	}
	return value.VectorFrom(out), nil
}

func decodeEDN(text []byte) (value.Value, error) {
	vs, problems := syntax.ReadValues("body", text)
	if problems.HasErrors() {
		return value.Nil, fmt.Errorf("decode EDN: %w", problems)
	}
	switch len(vs) {
	case 0:
		return value.Nil, nil
	case 1:
		return vs[0], nil
	}
	return value.Nil, errors.New("decode EDN: more than one form")
}

// decodeEvents reads server-sent events as the HTML standard has it; an event that isn't closed by an empty line counts, too.
func decodeEvents(text []byte) value.Value {
	var out []value.Value
	var data []string
	event, id, has := "", "", false
	flush := func() {
		if has {
			if event == "" {
				event = "message"
			}
			kvs := []value.Value{value.Kw("event"), value.String(event), value.Kw("data"), value.String(strings.Join(data, "\n"))}
			if id != "" {
				kvs = append(kvs, value.Kw("id"), value.String(id))
			}
			out = append(out, value.NewMap(kvs...))
		}
		event, data, has = "", nil, false
	}
	for line := range strings.SplitSeq(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(text)), "\n") {
		if line == "" {
			flush()
			continue
		}
		field, rest, _ := strings.Cut(line, ":")
		rest = strings.TrimPrefix(rest, " ")
		switch field {
		case "data":
			data, has = append(data, rest), true
		case "event":
			event = rest
		case "id":
			id = rest
		}
	}
	flush()
	return value.VectorFrom(out)
}
