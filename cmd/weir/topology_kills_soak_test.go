//go:build topology && soak

package main

const (
	killStarts = 500
	minKills   = 60
)
