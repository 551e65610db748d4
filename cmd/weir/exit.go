package main

import "fmt"

// Exit codes of every verb.
const (
	exitDone   = 0 // what was asked for is done
	exitFailed = 1 // the run or the check failed
	exitUsage  = 2 // wrong usage or input
)

// exitError ends the process with a code. A nil err means that the verb has
// told the user already.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// failed ends a verb with code 1; a nil err prints nothing more.
func failed(err error) error { return &exitError{code: exitFailed, err: err} }

// usage ends a verb with code 2: the command line or its input is wrong.
func usage(err error) error { return &exitError{code: exitUsage, err: err} }
