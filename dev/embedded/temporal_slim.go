//go:build slim

package embedded

// Temporal is a running server with its Web UI; a slim build never has one.
type Temporal struct {
	// Address is the frontend's host:port; UI is the Web UI's URL.
	Address, UI string
}

// StartTemporal answers ErrSlim: this build has no server in it.
func StartTemporal(TemporalOptions) (*Temporal, error) { return nil, ErrSlim }

// Stop has nothing to stop.
func (t *Temporal) Stop() error { return nil }
