// Package store keeps what outlives a run: versions of flows and blobs in an S3 store, keys and values in Redis.
//
// Everything of one installation (a workspace) lies under one prefix, in both. The package promises that what may be
// repeated takes effect once: versions are claimed by conditional puts, blobs have names derived from the work that
// makes them, and every write to Redis remembers its caller's token. It needs plain S3 and Redis 7.0, no more.
//
// It may import definition and interpreter.
package store
