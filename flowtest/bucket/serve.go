package bucket

import (
	"bytes"
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// ServeHTTP answers one request of S3's protocol, in path style: /bucket/name.
func (b *Bucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	q := r.URL.Query()
	switch {
	case name == "":
		b.serveBucket(w, r, q)
	case q.Has("uploads") || q.Has("uploadId"):
		b.serveUpload(w, r, name, q)
	default:
		b.serveObject(w, r, name)
	}
}

func (b *Bucket) serveBucket(w http.ResponseWriter, r *http.Request, q url.Values) {
	switch {
	case r.Method == http.MethodHead, r.Method == http.MethodPut && len(q) == 0:
		w.WriteHeader(http.StatusOK)
	case r.Method == http.MethodGet && q.Has("uploads"):
		b.listUploads(w, q)
	case r.Method == http.MethodGet && q.Get("list-type") == "2":
		b.list(w, q)
	default:
		refuse(w, http.StatusNotImplemented, "NotImplemented")
	}
}

func (b *Bucket) serveObject(w http.ResponseWriter, r *http.Request, name string) {
	o := b.objects[name]
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		if o == nil {
			refuse(w, http.StatusNotFound, "NoSuchKey")
			return
		}
		for field, values := range o.header {
			w.Header()[field] = values
		}
		w.Header().Set("ETag", o.etag)
		http.ServeContent(w, r, "", o.modified.Truncate(time.Second), bytes.NewReader(o.data))
	case http.MethodPut:
		b.put(w, r, name)
	case http.MethodDelete:
		delete(b.objects, name)
		w.WriteHeader(http.StatusNoContent)
	default:
		refuse(w, http.StatusNotImplemented, "NotImplemented")
	}
}

func (b *Bucket) put(w http.ResponseWriter, r *http.Request, name string) {
	if _, exists := b.objects[name]; exists && r.Header.Get("If-None-Match") == "*" {
		refuse(w, http.StatusPreconditionFailed, "PreconditionFailed")
		return
	}
	if from := r.Header.Get("X-Amz-Copy-Source"); from != "" {
		b.copy(w, r, name, from)
		return
	}
	data, ok := body(w, r)
	if !ok {
		return
	}
	o := newObject(data, r.Header)
	b.objects[name] = o
	w.Header().Set("ETag", o.etag)
}

func (b *Bucket) copy(w http.ResponseWriter, r *http.Request, name, from string) {
	plain, err := url.PathUnescape(strings.TrimPrefix(from, "/"))
	_, source, _ := strings.Cut(plain, "/")
	o := b.objects[source]
	if err != nil || o == nil {
		refuse(w, http.StatusNotFound, "NoSuchKey")
		return
	}
	header := o.header
	if r.Header.Get("X-Amz-Metadata-Directive") == "REPLACE" {
		header = r.Header
	}
	made := newObject(o.data, header)
	b.objects[name] = made
	answer(w, struct {
		XMLName      xml.Name `xml:"CopyObjectResult"`
		ETag         string
		LastModified string
	}{ETag: made.etag, LastModified: made.modified.UTC().Format(time.RFC3339)})
}

// body reads what a request brings. Bodies in signed chunks are not understood: Weir sends none.
func body(w http.ResponseWriter, r *http.Request) ([]byte, bool) {
	if strings.HasPrefix(r.Header.Get("X-Amz-Content-Sha256"), "STREAMING-") {
		refuse(w, http.StatusNotImplemented, "NotImplemented")
		return nil, false
	}
	if r.Body == nil {
		return nil, true
	}
	data, err := io.ReadAll(r.Body)
	if err != nil {
		refuse(w, http.StatusBadRequest, "IncompleteBody")
		return nil, false
	}
	return data, true
}

// entry is one object of a list, in S3's words.
type entry struct {
	Key          string
	LastModified string
	ETag         string
	Size         int
}

type commonPrefix struct{ Prefix string }

func (b *Bucket) list(w http.ResponseWriter, q url.Values) {
	out := struct {
		XMLName        xml.Name `xml:"ListBucketResult"`
		Contents       []entry
		CommonPrefixes []commonPrefix
		IsTruncated    bool
	}{}
	prefix, delimiter, folded := q.Get("prefix"), q.Get("delimiter"), ""
	for _, name := range b.names(prefix) {
		if name <= q.Get("start-after") {
			continue
		}
		if at := strings.Index(name[len(prefix):], delimiter); delimiter != "" && at >= 0 {
			if whole := name[:len(prefix)+at+len(delimiter)]; whole != folded {
				folded = whole
				out.CommonPrefixes = append(out.CommonPrefixes, commonPrefix{whole})
			}
			continue
		}
		o := b.objects[name]
		out.Contents = append(out.Contents, entry{name, o.modified.UTC().Format(time.RFC3339), o.etag, len(o.data)})
	}
	answer(w, out)
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/xml")
	_ = xml.NewEncoder(w).Encode(v) // a recorder takes every write
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	_ = xml.NewEncoder(w).Encode(struct {
		XMLName xml.Name `xml:"Error"`
		Code    string
		Message string
	}{Code: code, Message: code})
}
