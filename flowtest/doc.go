// Package flowtest is `weir test`: it runs flows as their test files say, and compares what they did with what the files
// expect.
//
// A run of a test is a run: worker's own workflow code in Temporal's test environment, whose clock skips, with the real
// activities. Around them stand stand-ins for the services, a Redis in this process, and blobs in memory: nothing is
// reached outside. Read on in this order:
//
//	suite.go     test files, and the flows that they are about
//	read.go      a test file as tests; answer.go, decision.go, expect.go: its parts
//	world.go     what a run needs around it; outside.go records what it sends
//	rehearse.go  one run: the decisions of its waits, and what it did; inflight.go what it has under way
//	check.go     what it did against what is expected; check_path.go the way it took, and what it sent
//	runner.go    many tests at once
//	coverage.go  which steps and branches the tests came by
//	mutate.go    flows that are broken on purpose (mutant.go), to see whether their tests notice
//	record.go    a test from a run; record_text.go writes it
//
// It may import worker, activities, definition, interpreter and dev's stand-ins, not the Temporal server; only cmd imports
// it. It promises that a mistake in a test file is shown with its place, and that tests don't see each other.
package flowtest
