// Package embedded runs, inside one process, the servers that production has
// beside it: Temporal with its Web UI, a Redis, and an S3 store. It exists for
// `weir dev` and for end-to-end tests, and for nothing else.
//
// It may import no other room of Weir. It is the only package that imports
// go.temporal.io/server, whose compile a newcomer waits for; the build tag
// `slim` leaves it out, and StartTemporal then answers ErrSlim.
//
// It promises: every listener is on 127.0.0.1 and on a port that the caller
// chose; nothing is written outside the folder that the caller gave; nothing
// outlives the process, however it ends; what a folder holds is found again by
// the next start on it.
package embedded

import "errors"

// ErrSlim is what StartTemporal answers in a build without the server.
var ErrSlim = errors.New("this is a slim build of weir, without the embedded Temporal server: " +
	"use the full build (go build ./cmd/weir), or name a running server with --temporal ADDRESS")

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
