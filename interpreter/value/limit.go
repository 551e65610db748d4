package value

import "fmt"

// LimitError ends an evaluation: out of work, depth or size, or cancelled. Raised by panic; no try of the language sees it,
// and no finally of the language runs for it.
type LimitError struct {
	Code    string // one of the Code... constants
	Message string
	Hint    string
	Pos     Pos
	Stack   []Frame
}

// Codes of LimitError.
const (
	CodeWork      = "work-limit"
	CodeDepth     = "depth-limit"
	CodeSize      = "size-limit"
	CodeCancelled = "cancelled"
)

// Error is the message.
func (e *LimitError) Error() string { return e.Message }

// ThrowLimit panics with a LimitError.
func ThrowLimit(code, hint, format string, args ...any) {
	panic(&LimitError{Code: code, Hint: hint, Message: fmt.Sprintf(format, args...)})
}

// Limits bounds one evaluation. The zero value of a field means its default.
type Limits struct {
	Work  int64 // units of work, some tens of nanoseconds each: calls, loop turns, elements touched by the core library, bytes built
	Depth int   // nested calls (and nested data, where the library recurses)
	Size  int64 // bytes of strings, collections and digits built, estimated, in total
}

// Defaults of Limits. DefaultWork takes a quarter of a second on one slow core, half of one at worst (see
// BenchmarkHostile): well inside the second after which Temporal calls a workflow task deadlocked.
const (
	DefaultWork  int64 = 4_000_000
	DefaultDepth       = 2_000
	DefaultSize  int64 = 96 << 20
)

// LargeSize is what an evaluation may build before Thread.OnLarge is asked.
const LargeSize int64 = 4 << 20

// MaxNumberBits bounds a big integer (about 79 000 decimal digits): its arithmetic and printing
// stay within a millisecond or two.
const MaxNumberBits = 1 << 18

// refillSize is how much built size one Refill gives back: what an ordinary stretch between two
// steps builds. An evaluation that builds more each time still runs into its limit.
const refillSize int64 = 1 << 20

func (l Limits) filled() Limits {
	if l.Work <= 0 {
		l.Work = DefaultWork
	}
	if l.Depth <= 0 {
		l.Depth = DefaultDepth
	}
	if l.Size <= 0 {
		l.Size = DefaultSize
	}
	return l
}
