//go:build !slim && !soak

package e2e_test

import "time"

// streamBytes is how much is streamed: with -tags soak as much as an ephemeral blob may have.
const streamBytes = 96 << 20

// How long the run of longLoop is: with -tags soak 20 000 steps.
const (
	longSteps         = 800
	longContinueAfter = 100
	longRest          = "5s"
	longTimeout       = 2 * time.Minute
)
