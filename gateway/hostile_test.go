package gateway

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// listening serves the gateway on a port of its own. Timeouts are as short as a test wants them; the real ones are constants.
func listening(t *testing.T, b *bundle, change func(*http.Server)) string {
	t.Helper()
	srv := b.server.httpServer()
	require.Equal(t, headerTimeout, srv.ReadHeaderTimeout)
	require.Equal(t, readTimeout, srv.ReadTimeout)
	require.Equal(t, MaxHeaderBytes, srv.MaxHeaderBytes)
	if change != nil {
		change(srv)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- serve(ctx, l, srv) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-served)
	})
	return l.Addr().String()
}

// hostile is a sender of bytes, and what should become of them.
type hostile struct {
	send   func(w io.Writer) // writes until it is done or the gateway hangs up
	status int               // 0: the gateway hangs up without a word
	logged string            // is in the one line about it
}

// genuine is a signed request up to its body; lengths and encodings are up to the caller.
func genuine(body, headers string) string {
	return "POST " + hookPath + " HTTP/1.1\r\nHost: x\r\nStripe-Signature: " + stripeHeader(body, testNow) + "\r\n" + headers + "\r\n"
}

// whole is a signed request with its body.
func whole(body, headers string) func(io.Writer) {
	return text(genuine(body, fmt.Sprintf("%sContent-Length: %d\r\n", headers, len(body))) + body)
}

func text(s string) func(io.Writer) {
	return func(w io.Writer) { io.WriteString(w, s) } //nolint:errcheck // the gateway may hang up
}

// endless writes the start, and then the same again and again until the gateway hangs up, or there is far more than it may take.
func endless(start, again string) func(io.Writer) {
	return func(w io.Writer) {
		_, err := io.WriteString(w, start)
		for sent := 0; err == nil && sent < 64<<20; sent += len(again) {
			_, err = io.WriteString(w, again)
		}
	}
}

// gzipBomb is 64 MB of noughts, packed.
func gzipBomb(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write(make([]byte, 64<<20))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	require.Less(t, b.Len(), 100<<10)
	return b.String()
}

// TestHostileSenders: whatever they send, it is bounded, answered, starts nothing and is in the log once.
func TestHostileSenders(t *testing.T) {
	t.Parallel()
	const order = `{"id":"evt_1","order-id":"o-1"}`
	bomb := gzipBomb(t)
	chunk := fmt.Sprintf("%x\r\n%s\r\n", 64<<10, strings.Repeat("x", 64<<10))
	deep := `{"order-id":"o-1","x":` + strings.Repeat("[", 1<<20) + strings.Repeat("]", 1<<20) + `}`
	for name, h := range map[string]hostile{
		"headers that never end":           {text("POST " + hookPath + " HTTP/1.1\r\nHost: x\r\nX-Slow: "), 0, "too slow"},
		"a body that never comes":          {text(genuine(order, "Content-Length: 31\r\n")), 408, `"status":408`},
		"a body that stops half way":       {text(genuine(order, "Content-Length: 31\r\n") + order[:10]), 408, `"status":408`},
		"chunks that stop":                 {text(genuine(order, "Transfer-Encoding: chunked\r\n") + "5\r\n{\"id\"\r\n"), 408, `"status":408`},
		"an announced huge body":           {text(genuine(order, "Content-Length: 99999999999\r\n")), 413, `"status":413`},
		"a huge body in chunks":            {endless(genuine(order, "Transfer-Encoding: chunked\r\n"), chunk), 413, `"status":413`},
		"a header flood":                   {endless("POST "+hookPath+" HTTP/1.1\r\nHost: x\r\n", "X-Flood: x\r\n"), 431, "too large"},
		"one huge header":                  {endless("POST "+hookPath+" HTTP/1.1\r\nHost: x\r\nX-Huge: ", "xxxxxxxxxxxxxxxx"), 431, "too large"},
		"a huge path":                      {endless("POST /hooks/", "xxxxxxxxxxxxxxxx"), 431, "too large"},
		"a gzip bomb":                      {whole(bomb, "Content-Encoding: gzip\r\n"), 415, `"status":415`},
		"a gzip bomb that says nothing":    {whole(bomb, ""), 422, `"status":422`},
		"a gzip bomb as transfer":          {text(genuine(bomb, "Transfer-Encoding: gzip, chunked\r\n")), 501, "malformed"},
		"an unknown encoding":              {whole(order, "Content-Encoding: br, gzip\r\n"), 415, `"status":415`},
		"deep JSON":                        {whole(deep, "Content-Type: application/json\r\n"), 422, `"status":422`},
		"a form":                           {whole("order-id=o-1", "Content-Type: application/x-www-form-urlencoded\r\n"), 422, `"status":422`},
		"XML":                              {whole("<order-id>o-1</order-id>", "Content-Type: application/xml\r\n"), 422, `"status":422`},
		"two lengths":                      {text(genuine(order, "Content-Length: 31\r\nContent-Length: 30\r\n") + order), 400, "malformed"},
		"a negative length":                {text(genuine(order, "Content-Length: -1\r\n") + order), 400, "malformed"},
		"chunks of broken lengths":         {text(genuine(order, "Transfer-Encoding: chunked\r\n") + "zz\r\n{}\r\n"), 400, `"status":400`},
		"a header with a line break":       {text("POST " + hookPath + " HTTP/1.1\r\nHost: x\r\nX-A: 1\rX-B: 2\r\n\r\n"), 400, "malformed"},
		"no HTTP at all":                   {text("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"), 400, "malformed"},
		"a huge body to no door":           {endless("POST /hooks/none/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", chunk), 413, `"status":413`},
		"a body that never comes, nowhere": {text("POST /hooks/none/x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n"), 408, `"status":408`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			address := listening(t, b, func(srv *http.Server) {
				srv.ReadHeaderTimeout, srv.ReadTimeout = time.Second, 2*time.Second
			})
			c, err := net.Dial("tcp", address)
			require.NoError(t, err)
			defer c.Close()
			require.NoError(t, c.SetDeadline(time.Now().Add(time.Minute))) // only so that a failure ends
			go h.send(c)
			answer, err := http.ReadResponse(bufio.NewReader(c), nil)
			if h.status == 0 {
				require.Error(t, err)
				require.NotErrorIs(t, err, context.DeadlineExceeded)
			} else {
				require.NoError(t, err)
				require.Equal(t, h.status, answer.StatusCode)
			}
			c.Close()
			require.Eventually(t, func() bool { return strings.Contains(b.log.String(), "\n") }, 10*time.Second, 5*time.Millisecond)
			require.Equal(t, 1, strings.Count(b.log.String(), "\n"), b.log.String())
			require.Contains(t, b.log.String(), h.logged)
			require.Empty(t, b.runs.starts())

			resp, err := http.Get("http://" + address + "/healthz") //nolint:noctx // others are served as before
			require.NoError(t, err)
			resp.Body.Close()
			require.Equal(t, http.StatusOK, resp.StatusCode)
		})
	}
}

// TestOrdinaryConnectionsAreNoNews: a connection that is kept open for several requests has a line for each and none for its end.
func TestOrdinaryConnectionsAreNoNews(t *testing.T) {
	t.Parallel()
	b := setup(t)
	address := listening(t, b, nil)
	c, err := net.Dial("tcp", address)
	require.NoError(t, err)
	answers := bufio.NewReader(c)
	for range 3 {
		whole(`{"id":"evt_1","order-id":"o-1"}`, "")(c)
		resp, err := http.ReadResponse(answers, nil)
		require.NoError(t, err)
		_, err = io.Copy(io.Discard, resp.Body)
		require.NoError(t, err)
		require.Equal(t, http.StatusAccepted, resp.StatusCode)
	}
	c.Close()
	silent, err := net.Dial("tcp", address)
	require.NoError(t, err)
	silent.Close()
	require.Eventually(t, func() bool { return strings.Count(b.log.String(), "\n") == 3 }, 10*time.Second, 5*time.Millisecond)
	require.NotContains(t, b.log.String(), "request not taken")
}
