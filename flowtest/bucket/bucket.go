// Package bucket is an S3 bucket in memory, for tests of flows: the S3 client speaks to it as to any store, over a
// transport that has no socket.
//
//	objects, err := store.OpenObjects(ctx, store.S3Options{Endpoint: bucket.Endpoint, AccessKey: "a", SecretKey: "b", Transport: bucket.New()})
//
// It knows the requests that Weir makes: objects with their metadata, conditional puts, ranges, copies, lists, and uploads in
// parts. Any other is answered as not implemented. It imports nothing of ours.
package bucket

import (
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"io"
	"net/http"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Endpoint is where the client believes the bucket to be; nothing is ever dialled.
const Endpoint = "http://bucket.invalid"

// Bucket is every bucket of one store: names are not told apart by their bucket. It is safe for concurrent use.
type Bucket struct {
	mu      sync.Mutex
	objects map[string]*object
	uploads map[string]*upload
	serial  int
}

// object is a stored object. It never changes: a put makes a new one.
type object struct {
	data     []byte
	header   http.Header // Content-Type and the user's metadata
	etag     string
	modified time.Time
}

// New makes an empty bucket.
func New() *Bucket {
	return &Bucket{objects: map[string]*object{}, uploads: map[string]*upload{}}
}

// RoundTrip answers a request of the S3 client.
func (b *Bucket) RoundTrip(r *http.Request) (*http.Response, error) {
	w := &written{header: http.Header{}}
	b.ServeHTTP(w, r)
	if r.Body != nil {
		_ = r.Body.Close()
	}
	w.WriteHeader(http.StatusOK)
	return &http.Response{
		Status: http.StatusText(w.status), StatusCode: w.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.header, Body: io.NopCloser(&w.body), ContentLength: w.length(), Request: r,
	}, nil
}

// written is an answer while it is written.
type written struct {
	header http.Header
	status int // 0: not yet known
	body   bytes.Buffer
}

func (w *written) Header() http.Header { return w.header }

func (w *written) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
}

func (w *written) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(p)
}

// length is that of the object for a HEAD, which has no body.
func (w *written) length() int64 {
	if n, err := strconv.ParseInt(w.header.Get("Content-Length"), 10, 64); err == nil {
		return n
	}
	return int64(w.body.Len())
}

// Names lists what is stored, in order.
func (b *Bucket) Names() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.names("")
}

// Keep drops every object but those, and every upload that is under way.
func (b *Bucket) Keep(names []string) {
	kept := map[string]*object{}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, name := range names {
		if o, ok := b.objects[name]; ok {
			kept[name] = o
		}
	}
	b.objects, b.uploads = kept, map[string]*upload{}
}

func (b *Bucket) names(prefix string) []string {
	var out []string
	for name := range b.objects {
		if strings.HasPrefix(name, prefix) {
			out = append(out, name)
		}
	}
	sort.Strings(out)
	return out
}

func newObject(data []byte, header http.Header) *object {
	o := &object{data: data, header: http.Header{}, etag: quotedSum(data), modified: time.Now()}
	for name, values := range header {
		if name == "Content-Type" || strings.HasPrefix(name, "X-Amz-Meta-") {
			o.header[name] = values
		}
	}
	return o
}

// quotedSum is an ETag.
func quotedSum(data []byte) string {
	sum := md5.Sum(data)
	return `"` + hex.EncodeToString(sum[:]) + `"`
}
