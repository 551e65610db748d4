// Package oracle compares the language with real Clojure, in bulk: a generator makes random well-typed expressions, a
// Clojure process and this interpreter evaluate each, and the two answers must agree. Unordered values are compared as such.
// A difference is shrunk to a small expression before it is shown.
//
// The tests need Debian's `clojure` (Java), so they stand behind a build tag; CI and users don't need them, since the
// answers that matter are recorded in interpreter/core/testdata.
//
//	go test -tags oracle ./interpreter/oracle -run Random -expressions 50000 -seed 1
package oracle
