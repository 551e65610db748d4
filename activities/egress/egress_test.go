package egress_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/egress"
)

// The addresses of this table are dialled as resolved addresses: prod and dev say whether the
// guard lets them pass with nothing allowed, and in dev mode.
var addresses = []struct {
	addr      string
	prod, dev bool
}{
	{"93.184.216.34", true, true},
	{"1.1.1.1", true, true},
	{"8.8.8.8", true, true},
	{"100.63.255.255", true, true},
	{"100.128.0.0", true, true},
	{"172.15.255.255", true, true},
	{"172.32.0.0", true, true},
	{"192.167.255.255", true, true},
	{"198.17.255.255", true, true},
	{"223.255.255.255", true, true},
	{"2606:2800:220:1:248:1893:25c8:1946", true, true},
	{"2a00:1450:4001:81b::200e", true, true},

	{"127.0.0.1", false, true},
	{"127.0.0.2", false, true},
	{"127.255.255.255", false, true},
	{"::1", false, true},
	{"::ffff:127.0.0.1", false, true},
	{"::ffff:7f00:1", false, true},

	{"0.0.0.0", false, false},
	{"0.0.0.1", false, false},
	{"0.255.255.255", false, false},
	{"::", false, false},
	{"::ffff:0.0.0.0", false, false},
	{"::127.0.0.1", false, false},
	{"10.0.0.0", false, false},
	{"10.255.255.255", false, false},
	{"100.64.0.1", false, false},
	{"100.100.100.200", false, false},
	{"169.254.0.1", false, false},
	{"169.254.169.254", false, false},
	{"169.254.170.2", false, false},
	{"172.16.0.1", false, false},
	{"172.31.255.255", false, false},
	{"192.0.0.192", false, false},
	{"192.0.2.1", false, false},
	{"192.88.99.1", false, false},
	{"192.168.0.1", false, false},
	{"192.168.255.255", false, false},
	{"198.18.0.1", false, false},
	{"198.51.100.7", false, false},
	{"203.0.113.7", false, false},
	{"224.0.0.1", false, false},
	{"239.255.255.250", false, false},
	{"240.0.0.1", false, false},
	{"255.255.255.255", false, false},
	{"::ffff:10.0.0.1", false, false},
	{"::ffff:169.254.169.254", false, false},
	{"64:ff9b::7f00:1", false, false},
	{"64:ff9b::a9fe:a9fe", false, false},
	{"2002:7f00:1::", false, false},
	{"2001::1", false, false},
	{"2001:db8::1", false, false},
	{"fc00::1", false, false},
	{"fd00:ec2::254", false, false},
	{"fe80::1", false, false},
	{"fe80::1%eth0", false, false},
	{"ff02::1", false, false},
	{"100::1", false, false},
	{"3fff::1", false, false},

	{"0.1.2.3", false, false},
	{"10.0.0.1", false, false},
	{"10.128.7.7", false, false},
	{"100.64.0.0", false, false},
	{"100.127.255.255", false, false},
	{"127.0.1.1", false, true},
	{"127.1.1.1", false, true},
	{"169.254.0.0", false, false},
	{"169.254.255.255", false, false},
	{"169.254.169.253", false, false},
	{"172.16.0.0", false, false},
	{"172.20.10.2", false, false},
	{"192.0.0.0", false, false},
	{"192.0.0.8", false, false},
	{"192.0.0.170", false, false},
	{"192.0.2.255", false, false},
	{"192.168.1.1", false, false},
	{"192.168.100.100", false, false},
	{"198.18.0.0", false, false},
	{"198.19.255.255", false, false},
	{"198.51.100.0", false, false},
	{"203.0.113.255", false, false},
	{"224.0.0.0", false, false},
	{"224.0.0.251", false, false},
	{"225.1.1.1", false, false},
	{"239.0.0.1", false, false},
	{"240.0.0.0", false, false},
	{"250.1.2.3", false, false},
	{"255.255.255.254", false, false},
	{"::2", false, false},
	{"::ffff:192.168.0.1", false, false},
	{"::ffff:172.16.0.1", false, false},
	{"::ffff:100.64.0.1", false, false},
	{"::ffff:224.0.0.1", false, false},
	{"::ffff:255.255.255.255", false, false},
	{"::10.0.0.1", false, false},
	{"::169.254.169.254", false, false},
	{"64:ff9b::a00:1", false, false},
	{"64:ff9b::c0a8:1", false, false},
	{"64:ff9b:1::1", false, false},
	{"2002:a00:1::", false, false},
	{"2002:a9fe:a9fe::", false, false},
	{"2002:c0a8:101::1", false, false},
	{"2001:0:7f00:1::", false, false},
	{"2001:10::1", false, false},
	{"2001:2::1", false, false},
	{"2001:db8:ffff::1", false, false},
	{"3fff:fff::1", false, false},
	{"5f00::1", false, false},
	{"fc00::", false, false},
	{"fdff:ffff::1", false, false},
	{"fe80::a9fe:a9fe", false, false},
	{"febf::1", false, false},
	{"fec0::1", false, false},
	{"ff01::1", false, false},
	{"ff05::2", false, false},
	{"ff0e::1", false, false},
	{"100::ffff", false, false},
	{"::ffff:0:127.0.0.1", false, false},
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	prod, err := egress.New(egress.Options{})
	require.NoError(t, err)
	dev, err := egress.New(egress.Options{Dev: true})
	require.NoError(t, err)
	refusals := 0
	for _, a := range addresses {
		if !a.prod {
			refusals++
		}
		addr := netip.MustParseAddr(a.addr)
		for _, g := range []struct {
			guard *egress.Guard
			pass  bool
		}{{prod, a.prod}, {dev, a.dev}} {
			err := g.guard.Check("host.example", addr)
			if g.pass {
				require.NoError(t, err, a.addr)
				continue
			}
			refused, ok := egress.Refused(err)
			require.True(t, ok, a.addr)
			require.Equal(t, addr.String(), refused.Address)
		}
	}
	require.GreaterOrEqual(t, refusals, 90)
}

func TestAllow(t *testing.T) {
	t.Parallel()
	g, err := egress.New(egress.Options{Allow: egress.Split("10.1.0.0/16, 192.168.7.7\n[fd00::1] Api.Internal *.corp.example.,169.254.1.1")})
	require.NoError(t, err)
	for _, c := range []struct {
		host, addr string
		pass       bool
	}{
		{"x", "10.1.2.3", true},
		{"x", "::ffff:10.1.2.3", true},
		{"x", "10.2.0.0", false},
		{"x", "192.168.7.7", true},
		{"x", "192.168.7.8", false},
		{"x", "fd00::1", true},
		{"x", "fd00::2", false},
		{"x", "169.254.1.1", true},
		{"api.internal", "10.9.9.9", true},
		{"API.internal.", "127.0.0.1", true},
		{"api.internal", "169.254.169.254", false},
		{"api.internal", "0.0.0.0", false},
		{"xapi.internal", "10.9.9.9", false},
		{"a.b.corp.example", "fd12::1", true},
		{"corp.example", "10.9.9.9", false},
		{"evilcorp.example", "10.9.9.9", false},
	} {
		err := g.Check(c.host, netip.MustParseAddr(c.addr))
		require.Equal(t, c.pass, err == nil, "%s %s", c.host, c.addr)
	}
}

func TestAllowEntriesAreChecked(t *testing.T) {
	t.Parallel()
	for _, entry := range []string{"10.0.0.0/33", "host:80", "http://x", "*", "*.", ".x", "a b", "ho$t", "300.1.1.1/8"} {
		_, err := egress.New(egress.Options{Allow: []string{entry}})
		require.ErrorContains(t, err, "allow entry", entry)
	}
}

// A refusal happens before a byte is sent, whatever the way the address is written.
func TestDialling(t *testing.T) {
	t.Parallel()
	hits := 0
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits++ }))
	t.Cleanup(server.Close)
	port := server.URL[strings.LastIndex(server.URL, ":")+1:]

	prod, err := egress.New(egress.Options{})
	require.NoError(t, err)
	for _, host := range []string{"127.0.0.1", "localhost", "0.0.0.0", "::1", "::", "::ffff:127.0.0.1"} {
		_, err := prod.DialContext(context.Background(), "tcp", net.JoinHostPort(host, port))
		_, ok := egress.Refused(err)
		require.True(t, ok, "%s: %v", host, err)
	}
	require.Zero(t, hits)

	dev, err := egress.New(egress.Options{Dev: true})
	require.NoError(t, err)
	client := http.Client{Transport: &http.Transport{DialContext: dev.DialContext, DisableKeepAlives: true}}
	for _, host := range []string{"127.0.0.1", "localhost"} {
		resp, err := client.Get("http://" + net.JoinHostPort(host, port))
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
	}
	require.Equal(t, 2, hits)
	_, err = client.Get("http://0.0.0.0:" + port)
	refused, ok := egress.Refused(err)
	require.True(t, ok)
	require.Contains(t, refused.Error(), "0.0.0.0")
	require.Contains(t, refused.Hint(), egress.AllowVariable)
}

func TestRedirectsAreCheckedToo(t *testing.T) {
	t.Parallel()
	inside := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(inside.Close)
	target := strings.Replace(inside.URL, "127.0.0.1", "0.0.0.0", 1)
	outside := httptest.NewServer(http.RedirectHandler(target, http.StatusFound))
	t.Cleanup(outside.Close)
	dev, err := egress.New(egress.Options{Dev: true})
	require.NoError(t, err)
	client := http.Client{Transport: &http.Transport{DialContext: dev.DialContext, DisableKeepAlives: true}}
	_, err = client.Get(outside.URL)
	_, ok := egress.Refused(err)
	require.True(t, ok)
}

func TestOtherFailuresAreNotRefusals(t *testing.T) {
	t.Parallel()
	_, ok := egress.Refused(errors.New("connection reset"))
	require.False(t, ok)
	g, err := egress.New(egress.Options{})
	require.NoError(t, err)
	_, err = g.DialContext(context.Background(), "tcp", "no-port")
	require.Error(t, err)
	_, err = g.DialContext(context.Background(), "udp", "1.1.1.1:53")
	_, ok = egress.Refused(err)
	require.True(t, ok)
}

func TestASealedGuardReachesNobody(t *testing.T) {
	t.Parallel()
	g, err := egress.New(egress.Options{Dev: true, Sealed: true})
	require.NoError(t, err)
	for _, addr := range []string{"93.184.216.34", "10.0.0.1", "2a00:1450:4001:81b::200e", "0.0.0.0"} {
		require.Error(t, g.Check(addr, netip.MustParseAddr(addr)), addr)
	}
	require.NoError(t, g.Check("127.0.0.1", netip.MustParseAddr("127.0.0.1")))
	_, err = g.DialContext(t.Context(), "tcp", "localhost:1")
	refused, ok := egress.Refused(err)
	require.True(t, ok, "no name is looked up")
	require.Contains(t, refused.Error(), "localhost")
	require.Contains(t, refused.Hint(), "answer the step")

	g, err = egress.New(egress.Options{Sealed: true})
	require.NoError(t, err)
	require.Error(t, g.Check("127.0.0.1", netip.MustParseAddr("127.0.0.1")))
}
