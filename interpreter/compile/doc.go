// Package compile turns forms into code that package eval runs. It resolves every name, expands every macro, picks
// specialised nodes, and finds in one pass whatever can be known to be wrong: names that mean nothing (with
// what was probably meant), calls with the wrong number of arguments, recur outside tail position, malformed
// forms, and what the language refuses (with what to use instead).
//
// Macros of the language are compiled directly, not by rewriting: no local of the author's can break one. As in Clojure,
// locals shadow functions and macros; special forms can't be shadowed.
//
// It may import interpreter/{value,syntax,diagnostic,eval}.
package compile
