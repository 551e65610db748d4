// Package language measures the evaluator beside the other interpreters that a Go program can embed, row by row, in one run:
//
//	go test -bench . -benchmem
//
// Every engine gets the same work in its own idiom. Data is prepared outside the timed part and lives in the engine's own
// values, except in the row call, which goes from Go values to Go values. An engine that can't say a row is left out of it.
package language
