// Package picture draws a flow's body: steps in their order, branches by their labels,
// waits, loops, and what runs at once. It draws what the text says, without running it.
//
// It may import interpreter/value, interpreter/syntax, definition/form and its own layout.
//
// It promises that the same text always gives the same picture, and that steps are
// named by their ids, so that an edit elsewhere leaves them alone.
package picture
