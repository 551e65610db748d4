package interpreter

import (
	"errors"
	"fmt"
	"strings"

	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/value"
)

// Error is what an evaluation ended with instead of a value.
type Error struct {
	Code    string        // stable, for programs: "exception", "wrong-arity", "work-limit", ...
	Class   string        // of the exception; empty for a limit
	Message string        // ex-message
	Hint    string        // what to do, for people; may be empty
	Data    value.Value   // ex-data, or nil
	Pos     value.Pos     // of the form that threw
	Stack   []value.Frame // the named functions under way, innermost first
	Limit   bool          // a limit ended it: no try of the language could see it
	Cause   error         // the *value.Exception or *value.LimitError: a host that goes on throwing panics with it
}

// maxShownFrames is how many calls a rendering shows.
const maxShownFrames = 10

// maxShownData is how many characters of an exception's data a rendering shows.
const maxShownData = 300

func errorOf(err error) *Error {
	var e *value.Exception
	if errors.As(err, &e) {
		out := &Error{Code: e.Code, Class: e.Class, Message: e.Message, Hint: e.Hint, Data: e.Data,
			Pos: e.Pos, Stack: e.Stack, Cause: e}
		if out.Code == "" {
			out.Code = "exception"
		}
		return out
	}
	var l *value.LimitError
	if errors.As(err, &l) {
		return &Error{Code: l.Code, Message: l.Message, Hint: l.Hint, Pos: l.Pos, Stack: l.Stack, Limit: true, Cause: l}
	}
	return &Error{Code: "internal", Message: err.Error(), Cause: err}
}

// Error is FILE:LINE:COL: error: message [code].
func (e *Error) Error() string { return e.Diagnostic().String() }

// Unwrap gives the exception or limit behind it.
func (e *Error) Unwrap() error { return e.Cause }

// Diagnostic is the error as a problem with a place.
func (e *Error) Diagnostic() diagnostic.Diagnostic {
	message := e.Message
	if e.Class != "" && e.Class != "ExceptionInfo" {
		message = e.Class
		if e.Message != "" {
			message += ": " + e.Message
		}
	}
	return diagnostic.Diagnostic{Severity: diagnostic.Error, Pos: e.Pos, Message: message, Code: e.Code, Hint: e.Hint}
}

// Render is the error for people: its first line, the source line with a caret, the hint, the data and the calls.
func (e *Error) Render(source diagnostic.Source) string {
	var b strings.Builder
	b.WriteString(e.Diagnostic().Render(source))
	if !e.Data.IsNil() {
		data := []rune(value.PrStr(nil, e.Data))
		if len(data) > maxShownData {
			data = append(data[:maxShownData], '.', '.', '.')
		}
		fmt.Fprintf(&b, "  data: %s\n", string(data))
	}
	for i, f := range e.Stack {
		if i == maxShownFrames {
			fmt.Fprintf(&b, "  ... and %d more calls\n", len(e.Stack)-i)
			break
		}
		b.WriteString("  in " + f.Fn)
		if place := diagnostic.Place(f.Pos); place != "" {
			b.WriteString(", called at " + place)
		}
		b.WriteByte('\n')
	}
	return b.String()
}
