// Package eval is what compiled code is made of and runs on: nodes, frames, functions, calls.
//
// A Node evaluates itself on a Machine, in a frame. A frame is a window of the machine's value
// stack: parameters first, then what the function captured and its locals, each in a slot that the compiler
// resolved. Functions are flat closures: making one copies the captured values, calling one copies them into its
// frame. Calls, loops and arithmetic on scalars allocate nothing.
//
// The constructors (If, Let, CallBuiltin, ...) pick the specialised node for what they are given; package
// compile is the only caller, and hands in only what it has checked.
//
// Exceptions (*value.Exception) and limits (*value.LimitError) travel as panics. Try recovers the first kind and
// nothing else; Code.Run and Apply, the mouths, recover both. Any other panic and runtime.Goexit pass
// through as if this package weren't there.
//
// It may import interpreter/value and nothing else of ours.
package eval
