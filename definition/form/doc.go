// Package form knows the shapes of the language's forms: what a list calls, which names
// a pattern binds, how the threading macros unfold, where a function's parameters are.
// Whoever reads a body without running it asks here.
//
// It may import interpreter/value and interpreter/syntax.
package form
