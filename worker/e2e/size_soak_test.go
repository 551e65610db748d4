//go:build !slim && soak

package e2e_test

import (
	"time"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/worker"
)

const streamBytes = store.MaxEphemeralBytes

// A run as long as can be asked for, continued as new as often as in production.
const (
	longSteps         = 20_000
	longContinueAfter = worker.DefaultContinueAfter
	longRest          = "10m"
	longTimeout       = time.Hour
)
