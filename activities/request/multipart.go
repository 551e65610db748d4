package request

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/textproto"
	"strings"

	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/activities/template"
	"github.com/weir-run/weir/interpreter/value"
)

type part struct {
	name, filename, contentType string
	content, ref                value.Value
}

func partsOf(v value.Value) ([]part, error) {
	var out []part
	add := func(name string, x value.Value) error {
		p := part{name: name, content: x}
		if m, ok := x.AsMap(); ok {
			if p.name == "" {
				p.name = keyName(m.GetKw("name"))
			}
			p.content, p.ref = m.GetKw("content"), m.GetKw("ref")
			p.filename, p.contentType = keyName(m.GetKw("filename")), mediaType(keyName(m.GetKw("content-type")))
		}
		if p.name == "" || strings.ContainsAny(p.name+p.filename+p.contentType, "\r\n") {
			return fault.New(fault.InvalidConfig, "a part of :multipart needs a :name, without line breaks")
		}
		out = append(out, p)
		return nil
	}
	var err error
	switch m, ok := v.AsMap(); {
	case ok:
		m.Each(func(k, x value.Value) bool {
			err = add(keyName(k), x)
			return err == nil
		})
	default:
		for _, x := range each(v) {
			if err = add("", x); err != nil {
				break
			}
		}
	}
	return out, err
}

var quoteEscaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// multipartBody is a body in pieces: text that is held, and resources that are read when they are sent.
type multipartBody struct {
	ctx    context.Context
	res    Resources
	frame  bytes.Buffer // text since the last resource
	pieces []piece
	size   int64
}

// piece is text, or a resource.
type piece struct {
	text []byte
	ref  value.Value
	size int64
}

// cut makes a piece of the text so far.
func (m *multipartBody) cut() {
	if m.frame.Len() == 0 {
		return
	}
	text := bytes.Clone(m.frame.Bytes())
	m.frame.Reset()
	m.pieces = append(m.pieces, piece{text: text})
	m.size += int64(len(text))
}

// add writes a part. A resource is opened for what is known of it, and read later.
func (m *multipartBody) add(w *multipart.Writer, p part) error {
	if p.ref.IsNil() {
		text, err := template.TextOf(p.content)
		if err != nil {
			return fault.New(fault.InvalidConfig, ":multipart: %v", err)
		}
		out, err := w.CreatePart(p.header())
		if err == nil {
			_, err = io.WriteString(out, text)
		}
		return err
	}
	r, err := m.res.Open(m.ctx, p.ref)
	if err != nil {
		return err
	}
	if err := r.Close(); err != nil {
		return err
	}
	if p.filename == "" {
		p.filename = r.Filename
	}
	if p.contentType == "" {
		p.contentType = r.ContentType
	}
	if strings.ContainsAny(p.filename+p.contentType, "\r\n") {
		return fault.New(fault.InvalidConfig, "a part of :multipart needs a :filename and a :content-type without line breaks")
	}
	if _, err := w.CreatePart(p.header()); err != nil {
		return err
	}
	m.cut()
	m.pieces = append(m.pieces, piece{ref: p.ref, size: r.Size})
	m.size += r.Size
	return nil
}

func (p part) header() textproto.MIMEHeader {
	header := textproto.MIMEHeader{}
	disposition := `form-data; name="` + quoteEscaper.Replace(p.name) + `"`
	if p.filename != "" {
		disposition += `; filename="` + quoteEscaper.Replace(p.filename) + `"`
	}
	header.Set("Content-Disposition", disposition)
	if p.contentType != "" {
		header.Set("Content-Type", p.contentType)
	}
	return header
}

// open gives the body from its beginning.
func (m *multipartBody) open() (io.ReadCloser, error) { return &multipartReader{body: m}, nil }

type multipartReader struct {
	body *multipartBody
	next int
	r    io.ReadCloser
}

func (m *multipartReader) Read(p []byte) (int, error) {
	for {
		if m.r == nil {
			if m.next == len(m.body.pieces) {
				return 0, io.EOF
			}
			piece := m.body.pieces[m.next]
			m.next++
			if piece.ref.IsNil() {
				m.r = io.NopCloser(bytes.NewReader(piece.text))
			} else {
				resource, err := m.body.res.Open(m.body.ctx, piece.ref)
				if err != nil {
					return 0, err
				}
				m.r = resource
			}
		}
		n, err := m.r.Read(p)
		if err == io.EOF {
			err = m.r.Close()
			m.r = nil
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

func (m *multipartReader) Close() error {
	if m.r == nil {
		return nil
	}
	return m.r.Close()
}
