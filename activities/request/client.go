package request

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/egress"
	"github.com/weir-run/weir/activities/fault"
)

// Bounds of connections.
const (
	tlsTimeout        = 10 * time.Second
	idleTimeout       = 90 * time.Second
	maxIdle           = 256
	maxIdlePerHost    = 64
	maxResponseHeader = 64 << 10
)

// Client sends requests over one pool of connections, all of them dialled through the guard. Proxies of the environment are not used:
// the guard would see their address instead of the target's.
type Client struct {
	pool *http.Transport
	send http.RoundTripper // over the pool
}

// NewClient makes a client. Around, if it isn't nil, is put around its transport, and sees every request, redirected ones too.
func NewClient(guard *egress.Guard, around func(http.RoundTripper) http.RoundTripper) *Client {
	pool := &http.Transport{
		DialContext: guard.DialContext, ForceAttemptHTTP2: true, TLSHandshakeTimeout: tlsTimeout, IdleConnTimeout: idleTimeout,
		MaxIdleConns: maxIdle, MaxIdleConnsPerHost: maxIdlePerHost, MaxResponseHeaderBytes: maxResponseHeader,
		ExpectContinueTimeout: time.Second, TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12},
	}
	c := &Client{pool: pool, send: pool}
	if around != nil {
		c.send = around(pool)
	}
	return c
}

// Close lets go of idle connections.
func (c *Client) Close() { c.pool.CloseIdleConnections() }

// Job is a request to send.
type Job struct {
	Fields         *Fields
	BaseURL        string // of the slot; empty for a :url
	Credential     binding.Credential
	IdempotencyKey string
	Resources      Resources
	Hidden         []binding.Secret // what else in the request must not come back
}

// Answer is what came back: status, headers, and a body that is yet to be read. Close it.
type Answer struct {
	*http.Response
	Method  string
	Address string // as asked for, without the query
	hidden  []binding.Secret
}

// Close gives the connection back.
func (a *Answer) Close() error { return a.Response.Body.Close() }

// Send sends the request and follows redirects. Its errors are faults, free of credentials.
func (c *Client) Send(ctx context.Context, job Job) (*Answer, error) {
	u, err := job.Fields.address(job.BaseURL)
	if err != nil {
		return nil, err
	}
	boundary := job.IdempotencyKey[:min(len(job.IdempotencyKey), 60)]
	body, err := job.Fields.Body.encode(ctx, job.Resources, boundary)
	if err != nil {
		return nil, err
	}
	header, err := job.Fields.header(body, job.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	shown := shownAddress(u)
	attach(job.Credential, u, header)
	req, err := newRequest(ctx, job.Fields.Method, u, header, body)
	if err != nil {
		return nil, err
	}
	client := http.Client{Transport: c.send, CheckRedirect: redirects(job.Fields.Redirects)}
	resp, err := client.Do(req)
	known := append(secrets(job.Credential), job.Hidden...)
	if err != nil {
		return nil, sendFault(ctx, job.Fields.Method+" "+shown, err, binding.NewScrubber(binding.ShortestInErrors, known...))
	}
	return &Answer{Response: resp, Method: job.Fields.Method, Address: shown, hidden: known}, nil
}

func newRequest(ctx context.Context, method string, u *url.URL, header http.Header, body *content) (*http.Request, error) {
	req := (&http.Request{Method: method, URL: u, Host: u.Host, Header: header, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}).WithContext(ctx)
	if body == nil {
		return req, nil
	}
	if body.size == 0 {
		req.Body = http.NoBody
		return req, nil
	}
	r, err := body.open()
	if err != nil {
		return nil, err
	}
	req.Body, req.ContentLength, req.GetBody = r, body.size, body.open
	return req, nil
}

var (
	errTooManyRedirects = errors.New("too many redirects")
	errForeignScheme    = errors.New("it redirects to something that is neither http nor https")
)

// carried are the headers that a redirect to another origin keeps: nothing that anyone may have put a secret into.
var carried = []string{"Accept", "Content-Type", "User-Agent", IdempotencyHeader}

// redirects makes the policy: so many, http and https only, and once a request has left the origin that it was meant
// for, it has no credentials any more, nor any header of the author's own.
func redirects(limit int) func(*http.Request, []*http.Request) error {
	return func(req *http.Request, via []*http.Request) error {
		if limit == 0 {
			return http.ErrUseLastResponse
		}
		if len(via) > limit {
			return errTooManyRedirects
		}
		if req.URL.Scheme != "http" && req.URL.Scheme != "https" {
			return errForeignScheme
		}
		req.Header.Del("Referer")
		home := origin(via[0].URL)
		foreign := origin(req.URL) != home
		for _, earlier := range via {
			foreign = foreign || origin(earlier.URL) != home
		}
		if foreign {
			kept := http.Header{}
			for _, name := range carried {
				if values := req.Header.Values(name); len(values) > 0 {
					kept[name] = values
				}
			}
			req.Header = kept
		}
		return nil
	}
}

// origin is scheme, host and port.
func origin(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u.Scheme + "://" + net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// sendFault says why there is no answer. The URL that net/http puts into its errors is left out: its query may hold anything.
func sendFault(ctx context.Context, what string, err error, scrub binding.Scrubber) error {
	var f *fault.Error
	if errors.As(err, &f) {
		return f // reading a resource for the body failed
	}
	if refused, ok := egress.Refused(err); ok {
		return fault.New(fault.EgressRefused, "%s: %v", what, refused).Hinted(refused.Hint())
	}
	cause := err
	var outer *url.Error
	if errors.As(err, &outer) {
		cause = outer.Err
	}
	if errors.Is(err, errTooManyRedirects) || errors.Is(err, errForeignScheme) {
		return fault.New(fault.HTTPRedirect, "%s: %v", what, cause)
	}
	var timeout interface{ Timeout() bool }
	if errors.Is(ctx.Err(), context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout() {
		return fault.Passing(fault.HTTPTimeout, "%s: no answer in time", what)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fault.Passing(fault.HTTPConnection, "%s: the connection was closed without an answer", what)
	}
	return fault.Passing(fault.HTTPConnection, "%s: %s", what, scrub.Text(cause.Error()))
}
