//go:build soak

package store_test

const kvWrites = 100_000
