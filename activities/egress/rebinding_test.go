package egress_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/dns/dnsmessage"

	"github.com/weir-run/weir/activities/egress"
)

// names is a name server on this machine that gives one answer after the other, the last one for ever.
func names(t *testing.T, answers ...string) *net.Resolver {
	t.Helper()
	c, err := net.ListenPacket("udp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close() })
	var asked atomic.Int64
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := c.ReadFrom(buf)
			if err != nil {
				return
			}
			if reply, ok := answer(buf[:n], func() string { return answers[min(int(asked.Add(1)), len(answers))-1] }); ok {
				_, _ = c.WriteTo(reply, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", c.LocalAddr().String())
	}}
}

// answer answers questions for IPv4 addresses, and knows of no others.
func answer(question []byte, next func() string) ([]byte, bool) {
	var m dnsmessage.Message
	if m.Unpack(question) != nil || len(m.Questions) != 1 {
		return nil, false
	}
	q := m.Questions[0]
	m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
	if q.Type == dnsmessage.TypeA {
		for _, addr := range strings.Fields(next()) {
			m.Answers = append(m.Answers, dnsmessage.Resource{
				Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class}, Body: &dnsmessage.AResource{A: netip.MustParseAddr(addr).As4()},
			})
		}
	}
	reply, err := m.Pack()
	return reply, err == nil
}

// TestRebinding: what a name said a moment ago allows nothing. In dev mode this machine stands for a public address.
func TestRebinding(t *testing.T) {
	t.Parallel()
	var hits atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	t.Cleanup(server.Close)
	port := server.URL[strings.LastIndex(server.URL, ":")+1:]
	for _, inner := range []string{"169.254.169.254", "10.0.0.1", "0.0.0.0", "192.168.1.1 169.254.169.254"} {
		hits.Store(0)
		g, err := egress.New(egress.Options{Dev: true, Resolver: names(t, "127.0.0.1", inner)})
		require.NoError(t, err)
		client := http.Client{Transport: &http.Transport{DialContext: g.DialContext, DisableKeepAlives: true}}
		resp, err := client.Get("http://rebinding.example.:" + port)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		for range 3 {
			_, err = client.Get("http://rebinding.example.:" + port)
			refused, ok := egress.Refused(err)
			require.True(t, ok, "%s: %v", inner, err)
			require.Contains(t, inner, refused.Address)
		}
		require.EqualValues(t, 1, hits.Load())
	}
}
