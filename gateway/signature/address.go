package signature

import (
	"fmt"
	"net/netip"
)

// verifyAddress takes deliveries from the listed addresses.
func (s Scheme) verifyAddress(r *Request) error {
	addr := r.Remote.Unmap().WithZone("")
	if !addr.IsValid() {
		return refused("the sender's address is unknown")
	}
	for _, p := range s.Allow {
		if p.Contains(addr) {
			return nil
		}
	}
	return refused("the sender's address isn't on the list")
}

// ParsePrefix reads an address or a CIDR range. Bits past the range's length must be zero, so that a typing mistake shows.
func ParsePrefix(text string) (netip.Prefix, error) {
	if addr, err := netip.ParseAddr(text); err == nil {
		addr = addr.Unmap()
		if addr.Zone() != "" {
			return netip.Prefix{}, fmt.Errorf("%q: an address with a zone", text)
		}
		return netip.PrefixFrom(addr, addr.BitLen()), nil
	}
	p, err := netip.ParsePrefix(text)
	if err != nil {
		return netip.Prefix{}, fmt.Errorf("%q is neither an address nor a CIDR range", text)
	}
	if p.Addr().Is4In6() {
		return netip.Prefix{}, fmt.Errorf("%q: write the range as IPv4", text)
	}
	if p.Masked() != p {
		return netip.Prefix{}, fmt.Errorf("%q has bits beyond its length; %s was probably meant", text, p.Masked())
	}
	return p, nil
}
