//go:build topology && !soak

package main

const (
	killStarts = 48
	minKills   = 8
)
