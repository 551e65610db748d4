// Package console is what operators see in a browser: the flows, the runs, one flow with its picture, one run with its
// state on the picture, its timeline, live, and buttons for its waits.
//
// Pages are rendered here, whole, and work without JavaScript; the one script only brings news of a run that is looked
// at. A browser is let in by a cookie that holds no token, or, in dev mode, by being on this very machine; session.go
// says how. Every POST is checked to come from a page of ours.
//
// It may import worker and what lies below it.
package console
