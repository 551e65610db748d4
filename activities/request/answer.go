package request

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/activities/response"
	"github.com/weir-run/weir/interpreter/value"
)

// Limits of answers.
const (
	MaxAnswer     = 4 << 20          // bytes of a body that are read into a value, before decoding
	MaxExcerpt    = 2 << 10          // bytes of an error's body that its message and data keep
	MaxRetryAfter = 10 * time.Minute // the longest that a Retry-After is obeyed
)

// Read reads the whole body, up to MaxAnswer.
func (a *Answer) Read(ctx context.Context) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(a.Body, MaxAnswer+1))
	if err != nil {
		return nil, a.readFault(ctx, err)
	}
	if len(body) > MaxAnswer {
		return nil, fault.New(fault.TooLarge, "%s %s: the answer has more than %d bytes", a.Method, a.Address, MaxAnswer).Hinted("persist it: :persist {:type :blob}")
	}
	return body, nil
}

// Clean is Read without the credential that was sent, should it be in there.
func (a *Answer) Clean(ctx context.Context) ([]byte, error) {
	body, err := a.Read(ctx)
	return a.scrubber().Bytes(body), err
}

// readFault says why a body ended early: another attempt may get it whole.
func (a *Answer) readFault(ctx context.Context, err error) error {
	var f *fault.Error
	if errors.As(err, &f) {
		return f
	}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fault.Passing(fault.HTTPTimeout, "%s %s: the answer didn't end in time", a.Method, a.Address)
	}
	return fault.Passing(fault.HTTPConnection, "%s %s: the answer broke off", a.Method, a.Address)
}

// Stream is the body as it comes, for those who keep it: without the credential that was sent, should it be in there.
func (a *Answer) Stream(ctx context.Context) io.Reader {
	return &scrubbedReader{r: faultReader{a, ctx}, scrub: binding.NewScrubber(binding.ShortestInAnswers, a.hidden...)}
}

// faultReader turns a broken connection into the fault that says so.
type faultReader struct {
	a   *Answer
	ctx context.Context
}

func (r faultReader) Read(p []byte) (int, error) {
	n, err := r.a.Body.Read(p)
	if err != nil && err != io.EOF {
		err = r.a.readFault(r.ctx, err)
	}
	return n, err
}

// Decode reads a body as a value, without the credential that was sent.
func (a *Answer) Decode(format string, body []byte) (value.Value, error) {
	v, err := response.Decode(format, a.Header.Get("Content-Type"), a.scrubber().Bytes(body))
	if err != nil {
		return value.Nil, fault.New(fault.Decode, "%s %s answered %d with a body that doesn't decode: %v", a.Method, a.Address, a.StatusCode, err)
	}
	return v, nil
}

// Headers are those that the result shows.
func (a *Answer) Headers(s Shown) value.Value { return s.Map(a.Header, a.scrubber().Text) }

func (a *Answer) scrubber() binding.Scrubber {
	return binding.NewScrubber(binding.ShortestInAnswers, a.hidden...)
}

// StatusFault says that the answer is none: which statuses may pass by themselves, and when. It reads a piece of the body.
func (a *Answer) StatusFault() *fault.Error {
	f := fault.New(fault.HTTPStatus, "%s %s answered %d", a.Method, a.Address, a.StatusCode)
	if text := http.StatusText(a.StatusCode); text != "" {
		f.Message += " " + text
	}
	f.Status = a.StatusCode
	f.Retry = passing(a.StatusCode)
	if f.Retry {
		f.After = retryAfter(a.Header.Get("Retry-After"), time.Now())
	}
	// What is cut off mustn't be the half of a secret that would have told the other half.
	scrub := binding.NewScrubber(binding.ShortestInErrors, a.hidden...)
	head, err := io.ReadAll(io.LimitReader(a.Body, int64(MaxExcerpt+scrub.Longest()+1)))
	if err != nil {
		head = nil // the status is what counts
	}
	whole := len(head) <= MaxExcerpt
	text := scrub.Text(string(head))
	if !whole {
		text = text[:max(len(text)-scrub.Longest(), 0)]
	}
	kvs := []value.Value{value.Kw("status"), value.Int(int64(a.StatusCode))}
	body, err := response.Decode(response.Auto, a.Header.Get("Content-Type"), []byte(text))
	if err != nil || !whole {
		body = value.String(excerpt(text))
	}
	if !body.IsNil() {
		kvs = append(kvs, value.Kw("body"), body)
	}
	f.Data = value.NewMap(kvs...)
	return f
}

// passing are the statuses after which another attempt may do better.
func passing(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	}
	return status >= 500
}

// retryAfter reads both forms of the header: seconds, or a date.
func retryAfter(text string, now time.Time) time.Duration {
	text = strings.TrimSpace(text)
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return min(time.Duration(seconds)*time.Second, MaxRetryAfter)
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	return min(max(at.Sub(now), 0), MaxRetryAfter)
}

// excerpt is the beginning of a text that may be no text at all.
func excerpt(text string) string {
	if len(text) > MaxExcerpt {
		text = text[:MaxExcerpt]
		for len(text) > 0 && !utf8.ValidString(text) && len(text) > MaxExcerpt-utf8.UTFMax {
			text = text[:len(text)-1]
		}
		text += "..."
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}

// scrubbedReader takes secrets out of a stream. It holds back as much as the beginning of one could be.
type scrubbedReader struct {
	r     io.Reader
	scrub binding.Scrubber
	ready []byte // scrubbed
	held  []byte // not yet
	err   error
}

const scrubChunk = 32 << 10

func (s *scrubbedReader) Read(p []byte) (int, error) {
	if s.scrub.Longest() == 0 {
		return s.r.Read(p)
	}
	for len(s.ready) == 0 {
		if s.err != nil {
			return 0, s.err
		}
		chunk := make([]byte, scrubChunk)
		n, err := s.r.Read(chunk)
		s.err = err
		s.held = s.scrub.Bytes(append(s.held, chunk[:n]...))
		keep := min(len(s.held), s.scrub.Longest()-1)
		if err != nil {
			keep = 0
		}
		s.ready, s.held = s.held[:len(s.held)-keep], append([]byte(nil), s.held[len(s.held)-keep:]...)
	}
	n := copy(p, s.ready)
	s.ready = s.ready[n:]
	return n, nil
}
