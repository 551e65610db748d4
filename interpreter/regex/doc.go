// Package regex gives Java's regular expressions on top of Go's: same syntax, same matches, in linear time.
//
// A pattern is translated to the syntax of package regexp. Where the two would disagree about a text (the
// end of a line, word boundaries outside ASCII, searching on from the middle), a small machine of our own
// runs the same program with Java's rules. What needs backtracking, i.e. lookaround, backreferences, possessive
// quantifiers and atomic groups, is refused by name.
//
// It imports nothing of ours. A Regex is immutable and may be shared.
package regex
