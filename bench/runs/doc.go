// Command runs measures flows on Temporal beside the same workflow written by hand in Go.
//
// The order flow of /examples' kind (two GETs, a function, a blob, a POST, a KV write, a notification) runs as a Weir flow
// and as four twins: every step a regular activity; function, blob and KV local; placed as Weir places them; everything
// local. All run in turn, in rounds, against one Temporal server, one Redis and one S3 store, which have a process of their
// own, and against one HTTP server that stands for the outside. Whoever runs flows is a process, too (a "crew"): it
// starts runs and works on them, as `weir serve` does.
//
//	go run . [-rounds 3] [-seconds 5] [-at 1,10,50] [-parked 1000] [-only weir,placed]
//
// What counts are the ratios of one run of it, not the absolute figures.
package main
