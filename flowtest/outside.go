package flowtest

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/activities/response"
	"github.com/weir-run/weir/dev/standin"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// maxRecorded bounds the requests that one run's record keeps, and maxRecordedBody what it keeps of a body.
const (
	maxRecorded     = 10_000
	maxRecordedBody = 1 << 20
)

// runHeader names the run that a request is of, on its way to the outside.
const runHeader = "Weir-Test-Run"

// outside stands for all services: it records what is sent to them and lets the stand-ins answer.
type outside struct {
	standins *standin.Server

	mu    sync.Mutex
	run   int // counts the runs
	sent  []*sent
	calls map[string]caller // by idempotency key
}

// caller is the step that sends a request.
type caller struct {
	typ string
	activities.Call
}

// sent is one request.
type sent struct {
	slot, method, path string
	query              url.Values
	header             http.Header
	body               []byte
	status             int
	caller             caller // of a request with an idempotency key
}

func newOutside() *outside {
	return &outside{standins: standin.NewServer(), calls: map[string]caller{}}
}

// forget begins the record of a new run.
func (o *outside) forget() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.run++
	o.sent, o.calls = nil, map[string]caller{}
}

// stamped marks every request with the run under way: one that its run has given up may be read only when the next has begun.
type stamped struct {
	next    http.RoundTripper
	outside *outside
}

func (s stamped) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set(runHeader, s.outside.current())
	return s.next.RoundTrip(r)
}

func (o *outside) current() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return strconv.Itoa(o.run)
}

// expect notes whose requests will carry a key.
func (o *outside) expect(key string, c caller) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.calls[key] = c
}

// requests are those so far, in the order in which they came.
func (o *outside) requests() []sent {
	o.mu.Lock()
	defer o.mu.Unlock()
	list := make([]sent, len(o.sent))
	for i, s := range o.sent {
		list[i] = *s
	}
	return list
}

// ServeHTTP takes /{flow}/{slot}/PATH.
func (o *outside) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxRecordedBody))
	if err == nil {
		_, err = io.Copy(io.Discard, r.Body)
	}
	if err != nil {
		return // the caller went away in the middle of its request
	}
	parts := strings.SplitN(strings.TrimPrefix(r.URL.Path, "/"), "/", 3)
	s := &sent{method: r.Method, path: "/", query: r.URL.Query(), header: r.Header.Clone(), body: body}
	if len(parts) > 1 {
		s.slot = parts[1]
	}
	if len(parts) > 2 {
		s.path += parts[2]
	}
	s.header.Del(runHeader)
	if !o.note(s, r.Header.Get(runHeader)) {
		return // of an earlier run, which hears nothing any more
	}
	r.Header.Del(runHeader)
	r.Body = io.NopCloser(bytes.NewReader(body))
	watched := &statusWriter{ResponseWriter: w, status: http.StatusOK}
	o.standins.ServeHTTP(watched, r)

	o.mu.Lock()
	defer o.mu.Unlock()
	s.status = watched.status
}

// note records a request, unless it isn't of the run under way or the record is full. It tells whether the run is under way.
func (o *outside) note(s *sent, run string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if run != strconv.Itoa(o.run) {
		return false
	}
	s.caller = o.calls[s.header.Get("Idempotency-Key")]
	if len(o.sent) < maxRecorded {
		o.sent = append(o.sent, s)
	}
	return true
}

// statusWriter remembers the status.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// notifies tells whether the request is a notification's.
func (s sent) notifies() bool { return s.caller.typ == activities.NameNotify }

// value is the request as expectations see it. A header that came once is text, and so is a field of the query.
func (s sent) value() value.Value {
	pairs := []value.Value{
		value.Kw("slot"), value.Kw(s.slot), value.Kw("method"), value.Kw(strings.ToLower(s.method)), value.Kw("path"), value.String(s.path),
		value.Kw("query"), fields(s.query, keyOf),
		value.Kw("headers"), fields(url.Values(s.header), func(name string) value.Value { return value.Kw(strings.ToLower(name)) }),
		value.Kw("body"), s.decoded(), value.Kw("status"), value.Int(int64(s.status)),
		value.Kw("authorized"), value.Bool(s.header.Get("Authorization") != ""),
	}
	if key := s.header.Get("Idempotency-Key"); key != "" {
		pairs = append(pairs, value.Kw("idempotency-key"), value.String(key))
	}
	if s.caller.Step != "" {
		step := s.caller.Step
		if wait, ok := worker.NoticeOf(step); ok {
			step = wait
		}
		pairs = append(pairs, value.Kw("step"), value.Kw(step), value.Kw("occurrence"), value.Int(int64(max(s.caller.N, 1))))
	}
	if w := s.caller.Wait; w != nil && w.Approver != "" {
		pairs = append(pairs, value.Kw("approver"), value.String(w.Approver))
	}
	if w := s.caller.Wait; w != nil && w.Reminder > 0 {
		pairs = append(pairs, value.Kw("reminder"), value.Int(int64(w.Reminder)))
	}
	return value.NewMap(pairs...)
}

// line is the request on one line.
func (s sent) line() string {
	return ":" + s.slot + " " + strings.ToLower(s.method) + " " + s.path
}

// decoded is the body by its content type; text where it can't be read.
func (s sent) decoded() value.Value {
	if len(s.body) == 0 {
		return value.Nil
	}
	v, err := response.Decode(response.Auto, s.header.Get("Content-Type"), s.body)
	if err != nil {
		return value.String(string(s.body))
	}
	return v
}

// keyOf is a name as JSON's keys are read: a keyword where it can be one.
func keyOf(name string) value.Value {
	if syntax.SafeKeyword(name) {
		return value.Kw(name)
	}
	return value.String(name)
}

func fields(values url.Values, key func(name string) value.Value) value.Value {
	var pairs []value.Value
	for _, name := range slices.Sorted(maps.Keys(values)) {
		list := make([]value.Value, len(values[name]))
		for i, text := range values[name] {
			list[i] = value.String(text)
		}
		v := value.VectorFrom(list)
		if len(list) == 1 {
			v = list[0]
		}
		pairs = append(pairs, key(name), v)
	}
	return value.NewMap(pairs...)
}
