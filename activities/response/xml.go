package response

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"

	"github.com/weir-run/weir/interpreter/value"
)

// element is one that is being read.
type element struct {
	tag     string
	attrs   []value.Value
	content []value.Value
	text    strings.Builder
}

// decodeXML reads a document. Entities other than XML's own five are errors, so nothing can grow by them; namespaces are
// kept as the prefixes' names are dropped: <a:b xmlns:a="..."> is :b.
func decodeXML(body []byte, label string) (value.Value, error) {
	d := xml.NewDecoder(bytes.NewReader(body))
	d.CharsetReader = charset.NewReaderLabel
	if label != "" && !strings.EqualFold(label, "utf-8") {
		text, err := unicodeText(body, label)
		if err != nil {
			return value.Nil, err
		}
		d = xml.NewDecoder(bytes.NewReader(text))
		d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	}
	var open []*element
	root, found := value.Nil, false
	for nodes := 0; ; nodes++ {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && found:
			return root, nil
		case errors.Is(err, io.EOF):
			return value.Nil, errors.New("decode XML: there is no element")
		case err != nil:
			return value.Nil, fmt.Errorf("decode XML: %w", withoutText(err))
		case nodes > MaxNodes:
			return value.Nil, fmt.Errorf("decode XML: more than %d nodes", MaxNodes)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(open) >= MaxDepth {
				return value.Nil, fmt.Errorf("decode XML: nested more than %d deep", MaxDepth)
			}
			if len(open) > 0 {
				open[len(open)-1].flush()
			}
			open = append(open, begin(t))
		case xml.EndElement:
			last := open[len(open)-1]
			last.flush()
			v := value.NewMap(value.Kw("tag"), value.Kw(last.tag), value.Kw("attrs"), value.NewMap(last.attrs...),
				value.Kw("content"), value.VectorFrom(last.content))
			if open = open[:len(open)-1]; len(open) == 0 {
				root, found = v, true
			} else {
				parent := open[len(open)-1]
				parent.content = append(parent.content, v)
			}
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].text.Write(t)
			}
		}
	}
}

func begin(t xml.StartElement) *element {
	e := &element{tag: t.Name.Local}
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" {
			continue
		}
		e.attrs = append(e.attrs, value.Kw(a.Name.Local), value.String(a.Value))
	}
	return e
}

// flush ends a piece of text.
func (e *element) flush() {
	if text := e.text.String(); strings.TrimSpace(text) != "" {
		e.content = append(e.content, value.String(text))
	}
	e.text.Reset()
}

// withoutText keeps the line of a syntax error and what it says, which names tags at most.
func withoutText(err error) error {
	var s *xml.SyntaxError
	if errors.As(err, &s) {
		return fmt.Errorf("line %d: %s", s.Line, s.Msg)
	}
	return errors.New("it is not well-formed")
}
