// Package core is the language's library: the pure functions of clojure.core,
// clojure.string, clojure.set, clojure.walk, clojure.edn and clojure.math, and
// the few helpers that a flow's functions get on top (json/parse, base64-encode, ...).
//
// Results, laziness and error classes are those of Clojure 1.11, which is the
// oracle of its tests (see oracle/). What differs is listed in docs/.
//
// Every function charges its Thread: work per element it touches, and the size of
// what it builds before building it. None of them prints, reads a clock, draws a
// random number or keeps state between evaluations.
//
// It may import interpreter/value, interpreter/syntax, interpreter/wire and interpreter/regex.
package core
