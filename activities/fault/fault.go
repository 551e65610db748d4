// Package fault holds why a step can't do its work, in the form that everything under activities shares: a stable
// code, a message for people, and whether trying again may help.
//
// It may import interpreter/value.
package fault

import (
	"fmt"
	"time"

	"github.com/weir-run/weir/interpreter/value"
)

// Codes of steps' failures. They are a contract with flows, which tell failures apart by them.
const (
	InvalidConfig  = "invalid-config"    // the step's fields don't make sense
	SlotUnbound    = "slot-unbound"      // a slot lacks an address or a credential
	Template       = "template-error"    // a template is wrong, or its values don't fit
	EgressRefused  = "egress-refused"    // the address isn't public
	HTTPStatus     = "http-status"       // an answer outside of :accept-status
	HTTPConnection = "http-connection"   // no answer
	HTTPTimeout    = "http-timeout"      // no answer in time
	HTTPRedirect   = "http-redirect"     // too many redirects, or an impossible one
	Decode         = "decode"            // a body that isn't what it should be
	TooLarge       = "value-too-large"   // more than a history takes: persist it
	BlobTooLarge   = "blob-too-large"    // more than the tier takes
	BlobMissing    = "blob-missing"      // no such resource
	BlobDamaged    = "blob-damaged"      // not what was written
	StoreFailed    = "store-unavailable" // S3 or Redis doesn't answer
	KVInvalid      = "kv-invalid"        // an operation that can't work
	Superseded     = "superseded"        // another run took the lane: this one writes no more
	Function       = "function-error"    // a function threw
	UnknownVersion = "unknown-version"   // no such version of the flow
	Internal       = "internal"
)

// Error is a failure of a step.
type Error struct {
	Code    string
	Message string
	Hint    string
	Status  int           // of HTTP
	Data    value.Value   // for the flow: (:data (ex-data e))
	Retry   bool          // another attempt may succeed
	After   time.Duration // not before; 0: as the step's policy says
	Cause   error
}

func (e *Error) Error() string {
	if e.Hint != "" {
		return e.Message + " (" + e.Hint + ")"
	}
	return e.Message
}

func (e *Error) Unwrap() error { return e.Cause }

// New makes a failure that another attempt would meet as well.
func New(code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Passing makes a failure that another attempt may not meet.
func Passing(code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Retry: true}
}

// Hinted adds what to do about it.
func (e *Error) Hinted(hint string) *Error {
	e.Hint = hint
	return e
}
