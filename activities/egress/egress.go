// Package egress decides which addresses a step may connect to.
//
// A flow's text, its input and the answers of the services that it calls can all name hosts, so the
// decision is taken where it cannot be talked around: on the resolved address, at the moment of dialling,
// for first requests and redirects alike. Addresses that aren't public are refused unless the operator
// allows them. The package imports nothing of ours.
package egress

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

// AllowVariable names the environment variable with the operator's allow list: hosts, addresses
// and CIDRs, separated by commas or white space.
const AllowVariable = "WEIR_EGRESS_ALLOW"

// Code is the code of a step's failure when its address was refused.
const Code = "egress-refused"

// Bounds of one dial.
const (
	DialTimeout = 10 * time.Second
	KeepAlive   = 30 * time.Second
)

// Options says what is allowed beyond public addresses.
type Options struct {
	// Allow holds hosts ("api.internal", "*.corp.example" for everything below), addresses and CIDRs.
	// A host allows whatever private or loopback address it resolves to.
	Allow []string
	// Dev allows 127.0.0.0/8 and ::1 (and with them localhost).
	Dev bool
	// Sealed refuses whatever isn't allowed, public addresses included, and looks no name up: tests of flows reach nobody.
	Sealed bool
	// Resolver looks names up; nil is Go's own.
	Resolver *net.Resolver
}

// Guard checks addresses. It is immutable, and safe for concurrent use.
type Guard struct {
	public  *ssrf.Guardian // for every host
	trusted *ssrf.Guardian // for hosts that the operator named
	hosts   map[string]bool
	domains []string // ".corp.example"
	names   *net.Resolver
	sealed  []netip.Prefix // nil: it isn't; else all that may be dialled
}

// RefusedError tells that an address may not be dialled.
type RefusedError struct {
	Host    string // as the request named it, if known
	Address string // the resolved one

	sealed bool // nothing at all may be reached
}

func (e *RefusedError) Error() string {
	if e.sealed {
		return fmt.Sprintf("egress refused: nothing is reached from here, %s neither", e.Host)
	}
	if e.Host == "" || e.Host == e.Address {
		return fmt.Sprintf("egress refused: %s is not a public address", e.Address)
	}
	return fmt.Sprintf("egress refused: %s is %s, which is not a public address", e.Host, e.Address)
}

// Hint names what an operator can do about it.
func (e *RefusedError) Hint() string {
	if e.sealed {
		return "give the request a :connection and stubs, or answer the step"
	}
	return "allow the host or its network in " + AllowVariable + " if flows may reach it"
}

// New checks the options and returns the guard.
func New(opt Options) (*Guard, error) {
	g := &Guard{hosts: map[string]bool{}, names: opt.Resolver}
	var allowed []netip.Prefix
	if opt.Dev {
		allowed = append(allowed, netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128"))
	}
	for _, entry := range opt.Allow {
		prefix, host, err := parseEntry(entry)
		switch {
		case err != nil:
			return nil, fmt.Errorf("egress: allow entry %q: %w", entry, err)
		case strings.HasPrefix(host, "*."):
			g.domains = append(g.domains, host[1:])
		case host != "":
			g.hosts[host] = true
		default:
			allowed = append(allowed, prefix)
		}
	}
	if opt.Sealed {
		g.sealed = append([]netip.Prefix{}, allowed...)
	}
	g.public = guardian(allowed)
	g.trusted = guardian(append(allowed, privateNetworks...))
	return g, nil
}

// Split takes an allow list in its text form apart.
func Split(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' || r == '\r' })
}

// DialContext connects to addr ("host:port") if the guard lets it: it is what an http.Transport takes.
// A refusal can be found in the error with errors.As and *RefusedError.
func (g *Guard) DialContext(ctx context.Context, network, addr string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("egress: %w", err)
	}
	if _, err := netip.ParseAddr(host); err != nil && g.sealed != nil {
		return nil, &RefusedError{Host: host, Address: host, sealed: true}
	}
	dialer := net.Dialer{Timeout: DialTimeout, KeepAlive: KeepAlive, Resolver: g.names, Control: func(network, address string, _ syscall.RawConn) error {
		return g.control(host, network, address)
	}}
	return dialer.DialContext(ctx, network, addr)
}

// Check tells whether host, resolved to addr, may be dialled: nil or a *RefusedError.
func (g *Guard) Check(host string, addr netip.Addr) error {
	if g.sealed != nil && !slices.ContainsFunc(g.sealed, func(p netip.Prefix) bool { return p.Contains(addr.Unmap().WithZone("")) }) {
		return &RefusedError{Host: host, Address: addr.String(), sealed: true}
	}
	guard := g.public
	if g.named(host) {
		guard = g.trusted
	}
	// A mapped address is dialled as the IPv4 address that it holds; a zone doesn't change what an address is.
	if err := guard.SafeAddr(addr.Unmap().WithZone("")); err != nil {
		return &RefusedError{Host: host, Address: addr.String()}
	}
	return nil
}

// Refused finds a refusal in an error.
func Refused(err error) (*RefusedError, bool) {
	var refused *RefusedError
	ok := errors.As(err, &refused)
	return refused, ok
}

func (g *Guard) control(host, network, address string) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || (network != "tcp4" && network != "tcp6") {
		return &RefusedError{Host: host, Address: address}
	}
	return g.Check(host, at.Addr())
}

func (g *Guard) named(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if g.hosts[host] {
		return true
	}
	for _, domain := range g.domains {
		if strings.HasSuffix(host, domain) && len(host) > len(domain) {
			return true
		}
	}
	return false
}

// privateNetworks is what the name of a host can allow: private and loopback addresses. Link-local ones
// (cloud metadata), multicast and the unspecified address have to be allowed as an address or a CIDR.
var privateNetworks = []netip.Prefix{
	netip.MustParsePrefix("10.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"),
	netip.MustParsePrefix("127.0.0.0/8"),
	netip.MustParsePrefix("172.16.0.0/12"),
	netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("::1/128"),
	netip.MustParsePrefix("fc00::/7"),
}

func guardian(allowed []netip.Prefix) *ssrf.Guardian {
	var v4, v6 []netip.Prefix
	for _, p := range allowed {
		if p.Addr().Is4() {
			v4 = append(v4, p)
		} else {
			v6 = append(v6, p)
		}
	}
	return ssrf.New(ssrf.WithAnyPort(), ssrf.WithAnyNetwork(), ssrf.WithAllowedV4Prefixes(v4...), ssrf.WithAllowedV6Prefixes(v6...))
}

// parseEntry reads one entry as a prefix or as a host name in lower case.
func parseEntry(entry string) (netip.Prefix, string, error) {
	if strings.Contains(entry, "/") {
		p, err := netip.ParsePrefix(entry)
		if err != nil {
			return netip.Prefix{}, "", errors.New("not a CIDR")
		}
		return p.Masked(), "", nil
	}
	if a, err := netip.ParseAddr(strings.Trim(entry, "[]")); err == nil {
		a = a.Unmap().WithZone("")
		return netip.PrefixFrom(a, a.BitLen()), "", nil
	}
	host := strings.TrimSuffix(strings.ToLower(entry), ".")
	name := strings.TrimPrefix(host, "*.")
	if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-._") != "" || strings.HasPrefix(name, ".") {
		return netip.Prefix{}, "", errors.New("not a host name, address or CIDR (a port is not part of it)")
	}
	return netip.Prefix{}, host, nil
}
