//go:build !soak

package store_test

// kvWrites is how many writes the processes that are killed make: with -tags soak as many as take minutes.
const kvWrites = 1_600
