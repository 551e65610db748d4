// Package interpreter is the language: a pure Clojure without vars, namespaces, interop, I/O, time or chance.
//
// Compile turns a form into a Program once; Program.Run evaluates it on a value.Thread, which carries the
// budget of work, depth and size and what the host's functions need. Programs are immutable and may be run
// by many goroutines at once, each with its own Thread.
//
//	forms, problems := syntax.Read("a.clj", []byte("(+ 1 2)"))
//	program, more := interpreter.Compile(forms[0], interpreter.Options{})
//	v, err := program.Run(value.NewThread(value.Limits{}))
//
// Below it: syntax (text to forms), compile (forms to code), eval (what code runs on), core (the library),
// value (what everything works on), wire (values as JSON), diagnostic (problems as people see them).
//
// It promises: no input panics or hangs; every evaluation ends within its Limits, and no try can hide that; results
// depend on the program and its input alone; errors carry a place, a code, a hint and a stack. Panics that
// aren't the language's own, and runtime.Goexit, pass through.
package interpreter
