// Package syntax reads text: into nodes that remember where they stood (Read, for code and definitions), or
// straight into values (ReadValue, for data from outside). Both share one scanner, so both know the same tokens.
//
// The syntax is Clojure's, minus what would run code while reading (#=) or needs a namespace
// (syntax-quote, ::keywords, reader conditionals): those are problems with a code and a hint.
// Nesting and size are bounded; no input makes the reader panic.
//
// It may import interpreter/value, interpreter/diagnostic and interpreter/regex.
package syntax
