package signature

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
