// Package jail runs Go functions: text with func Run(input map[string]any) (any, error).
//
// The interpreter (yaegi) never runs in the worker's own process, which a deep recursion or a greedy allocation would take with it. The
// program runs itself again as a child that has no environment and no files but its three pipes; before the child reads a word of
// the function it takes rights from itself: limits of memory, processor and files, then landlock, then a list of the few system
// calls that the Go runtime needs. One child serves one text, one call at a time; it is killed at a call's deadline.
//
// A child is made by the init of this package, so that any program that links it can be its own child, tests
// included. It ends when its input does, that is, with its parent.
//
// The package imports nothing of ours but jail/check and jail/symbols.
package jail

import (
	"fmt"
	"time"
)

// Variable is the environment variable by which an operator says what a kernel must offer for Go functions to run.
const Variable = "WEIR_GO_JAIL"

// Mode is what an operator can ask for.
type Mode string

const (
	// Required runs Go functions only where every lock closes. It is what "" means.
	Required Mode = "required"
	// Available runs them with the locks that the kernel has.
	Available Mode = "available"
	// Off runs none.
	Off Mode = "off"
)

// ModeOf reads the variable's text.
func ModeOf(text string) (Mode, error) {
	switch m := Mode(text); m {
	case "":
		return Required, nil
	case Required, Available, Off:
		return m, nil
	}
	return Off, fmt.Errorf("%s can't be %q: there are required, available and off", Variable, text)
}

// Limits of a child and of a call.
const (
	MaxInput     = 32 << 20  // bytes of JSON
	MaxOutput    = 32 << 20  // bytes of JSON
	MaxMemory    = 512 << 20 // bytes that a child may write to, beyond what it begins with
	MaxStack     = 64 << 20  // bytes of stack: a recursion some hundred thousand calls deep
	MaxDepth     = 200       // of a result
	MaxFiles     = 16
	MaxCPU       = 15 * 60 // seconds of a child's whole life
	MaxCalls     = 1000    // calls of one child; then a new one takes over
	MaxKept      = 128 << 20
	MaxIdle      = 8 // children that wait for work
	IdleTime     = time.Minute
	StartTimeout = 20 * time.Second
)

// Codes of errors: they are step failures' codes.
const (
	CodeError       = "go-error"            // it returned an error
	CodePanic       = "go-panic"            // it panicked
	CodeMemory      = "go-memory"           // more than MaxMemory
	CodeStack       = "go-stack"            // more than MaxStack
	CodeTime        = "time-limit"          // it was killed at the deadline
	CodeInput       = "go-input"            // more than MaxInput
	CodeResult      = "go-result"           // no value of a flow, or more than MaxOutput
	CodeUnsupported = "go-unsupported"      // right Go that the interpreter can't run
	CodeLost        = "go-lost"             // the child ended for no reason of its own
	CodeUnavailable = "go-jail-unavailable" // the locks aren't there, or the operator wants no Go functions
)

// Error is why a call has no result.
type Error struct {
	Code, Message, Hint string
	Offset              int // byte of the source, -1 if not known
}

func (e *Error) Error() string { return e.Message }

func failed(code, hint, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Hint: hint, Offset: -1}
}
