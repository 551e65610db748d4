//go:build !slim && !soak

package e2e_test

// How often decisions race with a deadline: with -tags soak a thousand times, and those of several approvers two hundred times.
const (
	raceRounds  = 60
	panelRounds = 9
)
