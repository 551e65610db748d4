// Package diagnostic holds problems as people see them: place, message, code, hint.
package diagnostic

import "github.com/weir-run/weir/interpreter/value"

// Severity orders problems.
type Severity uint8

// Errors stop a flow from being deployed; warnings don't.
const (
	Error Severity = iota
	Warning
	Info
)

// Diagnostic is one problem.
type Diagnostic struct {
	Severity Severity
	Pos      value.Pos
	End      value.Pos // zero: a caret under one character, else ^~~~ up to it (same line)
	Message  string    // lower case, no full stop
	Code     string    // kebab-case, stable, listed in docs/errors.md
	Hint     string    // what to do, may be empty
}
