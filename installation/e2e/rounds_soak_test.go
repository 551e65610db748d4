//go:build !slim && soak

package e2e_test

const (
	raceRounds  = 1000
	panelRounds = 200
)
