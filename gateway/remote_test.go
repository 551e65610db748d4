package gateway

import (
	"net/http"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRemoteBelievesTrustedProxiesOnly(t *testing.T) {
	t.Parallel()
	trusted, err := ParseProxies("10.0.0.0/8, ::1,192.0.2.1")
	require.NoError(t, err)
	for name, c := range map[string]struct {
		peer      string
		forwarded []string
		want      string
	}{
		"direct":                            {"203.0.113.9:5000", nil, "203.0.113.9"},
		"direct, mapped":                    {"[::ffff:203.0.113.9]:5000", nil, "203.0.113.9"},
		"an untrusted peer's claim":         {"203.0.113.9:5000", []string{"198.51.100.1"}, "203.0.113.9"},
		"behind a proxy":                    {"10.1.2.3:5000", []string{"198.51.100.1"}, "198.51.100.1"},
		"behind a proxy on IPv6":            {"[::1]:5000", []string{"2001:db8::5"}, "2001:db8::5"},
		"behind two":                        {"10.1.2.3:5000", []string{"198.51.100.1, 192.0.2.1"}, "198.51.100.1"},
		"behind two, in two headers":        {"10.1.2.3:5000", []string{"198.51.100.1", "192.0.2.1"}, "198.51.100.1"},
		"the sender wrote something itself": {"10.1.2.3:5000", []string{"203.0.113.77, 198.51.100.1"}, "198.51.100.1"},
		"all of them trusted":               {"10.1.2.3:5000", []string{"10.9.9.9"}, "10.9.9.9"},
		"a proxy that says nothing":         {"10.1.2.3:5000", nil, "10.1.2.3"},
		"a proxy that says nonsense":        {"10.1.2.3:5000", []string{"198.51.100.1, unknown"}, "10.1.2.3"},
		"no address":                        {"pipe", nil, "invalid IP"},
	} {
		r := &http.Request{RemoteAddr: c.peer, Header: http.Header{"X-Forwarded-For": c.forwarded}}
		require.Equal(t, c.want, remote(r, trusted).String(), name)
	}
}

func TestParseProxies(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"203.0.113.7": "203.0.113.7/32", "10.0.0.0/8": "10.0.0.0/8", "2001:db8::/32": "2001:db8::/32", "::1": "::1/128", "::ffff:1.2.3.4": "1.2.3.4/32",
	} {
		got, err := ParseProxies(text)
		require.NoError(t, err)
		require.Equal(t, []netip.Prefix{netip.MustParsePrefix(want)}, got)
	}
	none, err := ParseProxies(" ,")
	require.NoError(t, err)
	require.Empty(t, none)
	for _, text := range []string{"example.com", "10.0.0.1/8", "10.0.0.0/33", "::ffff:10.0.0.0/104", "fe80::1%eth0", "10.0.0.0/8 ::1"} {
		_, err := ParseProxies(text)
		require.Error(t, err, text)
	}
}
