// Package diagnostic holds problems as people see them: a place, a message, a
// stable code, and a hint. It renders them with the source line and a caret.
//
// It may import interpreter/value (for positions) and nothing else of ours.
package diagnostic

import (
	"sort"
	"strings"

	"github.com/weir-run/weir/interpreter/value"
)

// Severity orders problems.
type Severity uint8

// Errors stop a flow from being deployed; warnings and infos don't.
const (
	Error Severity = iota
	Warning
	Info
)

// String returns the word that stands in front of a message.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	default:
		return "info"
	}
}

// Diagnostic is one problem.
type Diagnostic struct {
	Severity Severity
	Pos      value.Pos
	End      value.Pos // zero: one caret; on the same line: ^~~~ up to it
	Message  string    // lower case, no full stop
	Code     string    // kebab-case, stable, listed in docs/errors.md
	Hint     string    // what to do instead, may be empty
}

// String is the first line of the rendering: FILE:LINE:COL: severity: message [code].
func (d Diagnostic) String() string {
	var b strings.Builder
	if place := Place(d.Pos); place != "" {
		b.WriteString(place)
		b.WriteString(": ")
	}
	b.WriteString(d.Severity.String())
	b.WriteString(": ")
	b.WriteString(d.Message)
	if d.Code != "" {
		b.WriteString(" [" + d.Code + "]")
	}
	return b.String()
}

// Error makes a Diagnostic usable as a Go error.
func (d Diagnostic) Error() string { return d.String() }

// List is the problems of one or more files.
type List []Diagnostic

// Error joins the first lines, so that a List can travel as a Go error.
func (l List) Error() string {
	lines := make([]string, len(l))
	for i, d := range l {
		lines[i] = d.String()
	}
	return strings.Join(lines, "\n")
}

// HasErrors tells whether the list holds anything worse than a warning.
func (l List) HasErrors() bool {
	for _, d := range l {
		if d.Severity == Error {
			return true
		}
	}
	return false
}

// Err returns the list as an error if it has errors, else nil.
func (l List) Err() error {
	if l.HasErrors() {
		return l
	}
	return nil
}

// Sort orders the list by file and position, keeping the order of equals, and drops exact repeats.
func (l List) Sort() List {
	sort.SliceStable(l, func(i, j int) bool {
		a, b := l[i].Pos, l[j].Pos
		if a.File != b.File {
			return a.File < b.File
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Col < b.Col
	})
	out := l[:0]
	for i, d := range l {
		if i == 0 || d != l[i-1] {
			out = append(out, d)
		}
	}
	return out
}
