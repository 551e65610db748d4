// Package embedded runs, inside one process, the servers that production has
// beside it: Temporal with its Web UI, a Redis, and an S3 store. It exists for
// `weir dev` and for end-to-end tests, and for nothing else.
//
// Of Weir's rooms it imports activities/store/s3child only. It is the only package
// that imports go.temporal.io/server, whose compile a newcomer waits for; the
// build tag `slim` leaves all three servers out: Slim is true then, and every
// start answers ErrSlim.
//
// It promises: every listener is on 127.0.0.1 and on a port that the caller
// chose; nothing is written outside the folder that the caller gave; nothing
// outlives the process, however it ends; what a folder holds is found again by
// the next start on it.
package embedded

import (
	"errors"
	"time"
)

// ErrSlim is what every start answers in a build without the servers.
var ErrSlim = errors.New("this is a slim build of weir, without the embedded servers of dev mode: use the full build " +
	"(go build ./cmd/weir), or name running ones: --temporal ADDRESS, WEIR_REDIS_URL and WEIR_S3_*")

// Loopback is the only address that embedded servers listen on.
const Loopback = "127.0.0.1"

// TemporalOptions says where an embedded Temporal server listens and where it
// keeps its state. All ports are required, and must be free.
type TemporalOptions struct {
	// File is the SQLite database; its folder must exist.
	File string
	// Durable makes the database survive a crash of the machine, at the price
	// of a disk flush a transaction. A crash of the process alone never harms it.
	Durable bool
	// Frontend is the gRPC port that clients and workers use, UI the Web UI's.
	Frontend, UI int
	// HTTP, History, Matching and Worker are the server's internal ports.
	HTTP, History, Matching, Worker int
	// LogFile receives the server's warnings and errors; empty drops them.
	LogFile string
}

// SearchAttributes are the names that Weir's runs carry in Temporal, each with
// its type as Temporal's operator API spells it. They are frozen.
var SearchAttributes = map[string]string{
	"WeirFlow":    "Keyword",
	"WeirVersion": "Int",
	"WeirKey":     "Keyword",
	"WeirStep":    "Keyword",
	"WeirWaiting": "KeywordList",
}

// RedisOptions says where an embedded Redis listens and what it remembers.
type RedisOptions struct {
	// Address is the host:port to listen on.
	Address string
	// File is its snapshot: loaded at the start, written while it runs and at
	// Stop. Empty keeps everything in memory.
	File string
	// Every is how often a changed state is written; zero means SnapshotEvery.
	Every time.Duration
}

// SnapshotEvery is how much work an embedded Redis may lose when its process
// is killed; a clean stop loses nothing.
const SnapshotEvery = time.Second

// S3Options says where an embedded S3 store listens and keeps its objects.
type S3Options struct {
	// Address is the host:port to listen on.
	Address string
	// Dir holds the objects; it is made where it is missing.
	Dir string
}
